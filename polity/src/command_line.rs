//! What can be typed. Every command has an example in its `--help`.

use clap::{Args, Parser, Subcommand};
use std::{net::SocketAddr, path::PathBuf};

/// A town's public service and civic innovation in one program.
#[derive(Debug, Parser)]
#[command(
    name = "polity",
    version,
    about,
    after_help = "Example: polity demo\n\nExit codes: 0 done, 1 refused with a sentence, 2 wrong usage."
)]
pub struct CommandLine {
    /// How much is logged: error, warn, info, debug, or a filter by module.
    #[arg(long, global = true, env = "POLITY_LOG", default_value = "info")]
    pub log: String,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What can be done.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Build a demo town from real public data, then serve it.
    #[command(after_help = "Example: polity demo --listen 127.0.0.1:8080 --reset")]
    Demo(DemoArgs),
    /// Serve a town.
    #[command(after_help = "Example: polity serve --dir /var/lib/polity --listen 127.0.0.1:8080 --config polity.toml")]
    Serve(ServeArgs),
    /// Check a whole public record: every entry, every hash, the signature.
    #[command(after_help = "Example: polity verify https://report.example.org")]
    Verify(VerifyArgs),
    /// Watch a public record from outside: what it shows now must contain what it showed before.
    #[command(after_help = "Example: polity monitor https://report.example.org --every 60 --keep report.checkpoint")]
    Monitor(MonitorArgs),
    /// Cosign the checkpoints of other towns' records (c2sp.org/tlog-witness).
    #[command(
        after_help = "Example: polity witness --dir /var/lib/witness --name witness.example.org --record \"$(curl -s https://report.example.org/record/key)\""
    )]
    Witness(WitnessArgs),
    /// Check settings, database, record and mail of a town without serving it.
    #[command(after_help = "Example: polity check --dir /var/lib/polity --listen 127.0.0.1:8080")]
    Check(CheckArgs),
    /// Print a link by which somebody with an account signs in once, where mail does not arrive.
    #[command(after_help = "Example: polity sign-in-link mireia@example.org --dir /var/lib/polity")]
    SignInLink(SignInLinkArgs),
    /// Keys for programs.
    Token {
        /// What to do with them.
        #[command(subcommand)]
        command: TokenCommand,
    },
    /// Take over what another system has, see what was taken over, undo it.
    Import {
        /// What to do.
        #[command(subcommand)]
        command: ImportCommand,
    },
    /// The public record of a town.
    Record {
        /// What to do.
        #[command(subcommand)]
        command: RecordCommand,
    },
    /// Copy a town's SQLite database while it is being served.
    #[command(after_help = "Example: polity backup --dir /var/lib/polity --to /backups/polity-monday.db")]
    Backup(BackupArgs),
    /// Put a copy in the place of a town's SQLite database; what was there is kept beside it.
    #[command(after_help = "Example: polity restore --dir /var/lib/polity --from /backups/polity-monday.db")]
    Restore(RestoreArgs),
    /// Answer one question in SQL over public tables, given as JSON on the input: started by the server for each question.
    #[command(hide = true, after_help = "Example: polity sql-worker < question.json")]
    SqlWorker,
    /// What the engines can be asked at the terminal.
    #[command(flatten)]
    Workbench(workbench::WorkbenchCommand),
}

/// What can be done with imports.
#[derive(Debug, Subcommand)]
pub enum ImportCommand {
    /// Take over requests from a table (CSV, TSV) or from another Open311 server. First try it with --dry-run.
    #[command(after_help = "Example: polity import requests requests.csv --dir /var/lib/polity --dry-run")]
    Requests(ImportArgs),
    /// Take over a conversation that was held with Polis, from the folder of its export. First try it with --dry-run.
    #[command(after_help = "Example: polity import conversation vtaiwan.uberx --dir /var/lib/polity --dry-run")]
    Conversation(ConversationArgs),
    /// Show what was imported.
    #[command(after_help = "Example: polity import list --dir /var/lib/polity")]
    List(TownArgs),
    /// Take away again what one import stored, where nobody has acted on it since: of requests (I-…) or of a conversation (C-…).
    #[command(after_help = "Example: polity import undo I-7K2M4P --dir /var/lib/polity")]
    Undo(UndoArgs),
}

/// `polity import requests`
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// Where the town is.
    #[command(flatten)]
    pub town: TownArgs,
    /// The table.
    #[arg(required_unless_present = "open311", conflicts_with = "open311")]
    pub file: Option<PathBuf>,
    /// The address of another Open311 GeoReport v2 server, up to where /requests.json would follow.
    #[arg(long, value_name = "URL")]
    pub open311: Option<String>,
    /// The jurisdiction_id, where that server wants one.
    #[arg(long, requires = "open311")]
    pub jurisdiction: Option<String>,
    /// The first day to take over, as 2024-01-01; without it, until a whole year is empty.
    #[arg(long, requires = "open311", value_name = "DAY")]
    pub since: Option<String>,
    /// A mapping file: which column is which, and what its values mean (docs/guides/importing.md).
    #[arg(long, value_name = "MAPPING")]
    pub map: Option<PathBuf>,
    /// Write the mapping that was found to this file.
    #[arg(long, value_name = "MAPPING")]
    pub save_map: Option<PathBuf>,
    /// What the other system is called: its ids are remembered under this name. Without it, by the file or the host.
    #[arg(long)]
    pub source: Option<String>,
    /// Store nothing: say what would be stored and what set aside.
    #[arg(long)]
    pub dry_run: bool,
    /// Do not ask before storing.
    #[arg(long)]
    pub yes: bool,
}

/// `polity import conversation`
#[derive(Debug, Args)]
pub struct ConversationArgs {
    /// Where the town is.
    #[command(flatten)]
    pub town: TownArgs,
    /// The folder with participants-votes.csv or votes.csv, and comments.csv and summary.csv where they are.
    pub folder: PathBuf,
    /// Whom to name wherever the data is shown, as its licence wants.
    #[arg(long, default_value = "")]
    pub attribution: String,
    /// Store nothing: say what would be stored and what set aside.
    #[arg(long)]
    pub dry_run: bool,
    /// Do not ask before storing.
    #[arg(long)]
    pub yes: bool,
}

/// `polity import undo`
#[derive(Debug, Args)]
pub struct UndoArgs {
    /// Where the town is.
    #[command(flatten)]
    pub town: TownArgs,
    /// The import, as `polity import list` shows it; or the reference of a conversation that was taken over.
    pub import: String,
    /// Do not ask first.
    #[arg(long)]
    pub yes: bool,
}

/// What can be done with the record.
#[derive(Debug, Subcommand)]
pub enum RecordCommand {
    /// Begin a new record where the old one cannot go on: its key or signed entries are lost for good. Nothing of the old is deleted.
    #[command(after_help = "Example: polity record begin-anew --dir /var/lib/polity --why entries-lost")]
    BeginAnew(BeginAnewArgs),
}

/// `polity record begin-anew`
#[derive(Debug, Args)]
pub struct BeginAnewArgs {
    /// Where the town is. It must not be served meanwhile.
    #[command(flatten)]
    pub town: TownArgs,
    /// Why: key-lost, entries-lost (an older copy was restored), or key-exposed (others may have the key).
    #[arg(long)]
    pub why: String,
    /// The key of the old record, as the town printed it at /record/key, where its file is lost.
    #[arg(long)]
    pub old_key: Option<String>,
    /// A file with a newer checkpoint of the record than the town's own, as a witness or somebody who follows it has kept it.
    #[arg(long)]
    pub checkpoint: Option<PathBuf>,
    /// Do not ask first.
    #[arg(long)]
    pub yes: bool,
}

/// What can be done with keys.
#[derive(Debug, Subcommand)]
pub enum TokenCommand {
    /// Make a key; its secret is the last line printed and is never shown again.
    #[command(after_help = "Example: polity token create --dir /var/lib/polity --role open311")]
    Create(TokenArgs),
    /// List the keys made at this console: id, role, until when, what it is called, and under which name it acts.
    #[command(after_help = "Example: polity token list --dir /var/lib/polity")]
    List(TownArgs),
    /// Take a key back that was made at this console: from then on it opens nothing.
    #[command(after_help = "Example: polity token revoke 01a2b3c4-d5e6-7f80-9a1b-2c3d4e5f6071 --dir /var/lib/polity")]
    Revoke(TokenRevokeArgs),
}

/// An address of PostgreSQL, and nothing that would be taken for the name of a file.
fn postgres_address(text: &str) -> Result<String, String> {
    let is_one = ["postgres://", "postgresql://"].iter().any(|scheme| text.starts_with(scheme));
    is_one.then(|| text.to_owned()).ok_or_else(|| "write it as postgres://name@host/database".to_owned())
}

/// Where a town is.
#[derive(Debug, Clone, Args)]
pub struct TownArgs {
    /// The folder with its database, its record's key and its settings.
    #[arg(long, env = "POLITY_DIR", default_value = "town")]
    pub dir: PathBuf,
    /// A PostgreSQL address instead of the SQLite file in the folder.
    #[arg(long, env = "POLITY_DATABASE", value_parser = postgres_address)]
    pub database: Option<String>,
    /// The settings; without it polity.toml in the folder, where there is one.
    #[arg(long, env = "POLITY_CONFIG")]
    pub config: Option<PathBuf>,
}

/// `polity serve`
#[derive(Debug, Args)]
pub struct ServeArgs {
    /// Where the town is.
    #[command(flatten)]
    pub town: TownArgs,
    /// Where to listen.
    #[arg(long, env = "POLITY_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
}

/// `polity check`
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Where the town is.
    #[command(flatten)]
    pub town: TownArgs,
    /// Where it is to listen.
    #[arg(long, env = "POLITY_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
}

/// `polity demo`
#[derive(Debug, Args)]
pub struct DemoArgs {
    /// The folder of the demo town.
    #[arg(long, default_value = "demo-town")]
    pub dir: PathBuf,
    /// Where to listen.
    #[arg(long, env = "POLITY_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// Build it anew, throwing away what was done in it.
    #[arg(long)]
    pub reset: bool,
    /// Only build it, do not serve it.
    #[arg(long)]
    pub build_only: bool,
    /// Replay the facts so many times, for measuring a large town.
    #[arg(long, hide = true, default_value_t = 1)]
    pub copies: usize,
}

/// `polity verify`
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// The address of a town, or a folder: of a town, or of a copied record. Not needed with --receipt.
    #[arg(required_unless_present = "receipt")]
    pub place: Option<String>,
    /// The proof of one decision, as its applicant loaded it: checked by itself; with the address of a town also that the record there still
    /// holds what the proof rests on.
    #[arg(long)]
    pub receipt: Option<PathBuf>,
    /// The key to trust, as the town prints it at /record/key; without it the record's own is taken.
    #[arg(long)]
    pub key: Option<String>,
    /// In the folder of a town: check the record of this number that ended, not the one now. At an address, say …/record/before/1.
    #[arg(long)]
    pub before: Option<u32>,
}

/// `polity monitor`
#[derive(Debug, Args)]
pub struct MonitorArgs {
    /// The address of a town.
    pub url: String,
    /// The key to trust; without it the record's own, from the first look on.
    #[arg(long)]
    pub key: Option<String>,
    /// Where the newest checkpoint that was seen is kept.
    #[arg(long, default_value = "record.checkpoint")]
    pub keep: PathBuf,
    /// Seconds between looks.
    #[arg(long, default_value_t = 60)]
    pub every: u64,
    /// Look once.
    #[arg(long)]
    pub once: bool,
    /// A witness whose view is compared: its address, a blank, and its key. May be given several times.
    #[arg(long = "witness")]
    pub witnesses: Vec<String>,
    /// Ask witnesses at http:// and private addresses too; only in a network of one's own.
    #[arg(long)]
    pub plain_http: bool,
}

/// `polity witness`
#[derive(Debug, Args)]
pub struct WitnessArgs {
    /// The folder with the witness' key and what it cosigned last.
    #[arg(long, default_value = "witness")]
    pub dir: PathBuf,
    /// What its key is called, as witness.example.org; needed at the first start.
    #[arg(long)]
    pub name: Option<String>,
    /// The key of a record to watch, as a town shows it at /record/key; more of them may stand in the file
    /// `records` of the folder, one in a line.
    #[arg(long = "record")]
    pub records: Vec<String>,
    /// Where to listen.
    #[arg(long, default_value = "127.0.0.1:8090")]
    pub listen: SocketAddr,
}

/// `polity token create`
#[derive(Debug, Args)]
pub struct TokenArgs {
    /// Where the town is.
    #[command(flatten)]
    pub town: TownArgs,
    /// What it may do: open311, administrator, officer, moderator, analyst, auditor, resident.
    #[arg(long)]
    pub role: String,
    /// For which agency, by its code; without it for the whole town.
    #[arg(long)]
    pub organisation: Option<String>,
    /// What it is called.
    #[arg(long, default_value = "made at the console")]
    pub name: String,
    /// Days until it ends.
    #[arg(long, default_value_t = 90)]
    pub days: u16,
}

/// `polity token revoke`
#[derive(Debug, Args)]
pub struct TokenRevokeArgs {
    /// Its id, as `polity token list` shows it.
    pub id: String,
    /// Where the town is.
    #[command(flatten)]
    pub town: TownArgs,
}

/// `polity sign-in-link`
#[derive(Debug, Args)]
pub struct SignInLinkArgs {
    /// Where the town is.
    #[command(flatten)]
    pub town: TownArgs,
    /// Whose account: the address it has.
    pub email: String,
    /// The port where the town is served, where `town.address` is not set.
    #[arg(long, default_value_t = 8080)]
    pub port: u16,
}

/// `polity backup`
#[derive(Debug, Args)]
pub struct BackupArgs {
    /// Where the town is.
    #[command(flatten)]
    pub town: TownArgs,
    /// The file to write; it must not exist.
    #[arg(long)]
    pub to: PathBuf,
}

/// `polity restore`
#[derive(Debug, Args)]
pub struct RestoreArgs {
    /// Where the town is. It must not be served meanwhile.
    #[command(flatten)]
    pub town: TownArgs,
    /// The copy that `polity backup` made.
    #[arg(long)]
    pub from: PathBuf,
    /// Take a copy that is older than what the record has signed. Nothing is signed until the newest database is back.
    #[arg(long)]
    pub older: bool,
}

#[cfg(test)]
mod tests {
    use super::CommandLine;
    use clap::CommandFactory as _;

    #[test]
    fn every_command_has_an_example_and_no_two_arguments_one_name() {
        fn look(command: &clap::Command, path: &str) {
            let path = format!("{path} {}", command.get_name());
            if command.has_subcommands() {
                command.get_subcommands().for_each(|below| look(below, &path));
            } else {
                let example = command.get_after_help().map(ToString::to_string).unwrap_or_default();
                assert!(example.contains("Example: polity "), "{path} has no example");
            }
        }
        let command = CommandLine::command();
        command.clone().debug_assert();
        command.get_subcommands().for_each(|below| look(below, "polity"));
    }
}
