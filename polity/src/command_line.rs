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
    /// Check settings, database, record and mail of a town without serving it.
    #[command(after_help = "Example: polity check --dir /var/lib/polity")]
    Check(TownArgs),
    /// Keys for programs.
    Token {
        /// What to do with them.
        #[command(subcommand)]
        command: TokenCommand,
    },
    /// Copy a town's SQLite database while it is being served.
    #[command(after_help = "Example: polity backup --dir /var/lib/polity --to /backups/polity-monday.db")]
    Backup(BackupArgs),
    /// Put a copy in the place of a town's SQLite database; what was there is kept beside it.
    #[command(after_help = "Example: polity restore --dir /var/lib/polity --from /backups/polity-monday.db")]
    Restore(RestoreArgs),
}

/// What can be done with keys.
#[derive(Debug, Subcommand)]
pub enum TokenCommand {
    /// Make a key; its secret is the last line printed and is never shown again.
    #[command(after_help = "Example: polity token create --dir /var/lib/polity --role open311")]
    Create(TokenArgs),
}

/// Where a town is.
#[derive(Debug, Clone, Args)]
pub struct TownArgs {
    /// The folder with its database, its record's key and its settings.
    #[arg(long, env = "POLITY_DIR", default_value = "town")]
    pub dir: PathBuf,
    /// A PostgreSQL address instead of the SQLite file in the folder.
    #[arg(long, env = "POLITY_DATABASE")]
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
    /// The address of a town, or a folder: of a town, or of a copied record.
    pub place: String,
    /// The key to trust, as the town prints it at /record/key; without it the record's own is taken.
    #[arg(long)]
    pub key: Option<String>,
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
