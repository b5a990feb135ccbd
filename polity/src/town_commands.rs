//! `polity serve` and `polity backup`.

use crate::{
    assemble::{self, Folder, assemble},
    command_line::{BackupArgs, ServeArgs, TownArgs},
    config::{self, Config},
    operations::note_backup,
    serve as server,
    shell::{SystemChance, SystemClock},
};
use anyhow::{Context as _, bail};
use civic::Clock as _;
use std::{
    io::{BufRead as _, IsTerminal as _, Write as _},
    path::PathBuf,
    sync::Arc,
};

/// The settings of a town: the file that is named, else the one in its folder, else none.
///
/// # Errors
/// As [`config::read`].
pub fn config_of(asked: &TownArgs) -> anyhow::Result<Config> {
    let in_folder = Folder(asked.dir.clone()).settings();
    let file: Option<PathBuf> = asked.config.clone().or_else(|| in_folder.exists().then_some(in_folder));
    config::read(file.as_deref(), |name| std::env::var(name).ok())
}

/// What to know before a real town begins.
const NAMED_BY_MACHINE: &str = "It calls itself localhost, and its record keeps that name for ever. For a real town stop it now, remove the \
    folder, set town.address (docs/guides/configuration.md) and start again.";

/// Serves a town.
///
/// # Errors
/// A sentence that says what stands in the way.
pub fn serve(asked: &ServeArgs) -> anyhow::Result<()> {
    let config = config_of(&asked.town)?;
    let listener = server::listen(asked.listen)?;
    let port = listener.local_addr()?.port();
    let folder = Folder(asked.town.dir.clone());
    folder.make()?;
    let _occupied = asked.town.database.is_none().then(|| folder.occupy()).transpose()?;
    let db = assemble::open_database(&assemble::source(&folder, asked.town.database.as_deref()))?;
    let settings = config.settings(port, false)?;
    let address = settings.address.clone();
    let named_by_machine = settings.jurisdiction == "localhost";
    let assembled = assemble(&folder, db, &config, settings, Arc::new(SystemClock))?;
    runtime()?.block_on(async move {
        let town = assembled.town.clone();
        if let Some(code) = people::setup::fresh_code(town.db(), SystemClock.now(), Arc::new(SystemChance)).await? {
            println!("This town has no administrator yet. Open {address}/setup and enter this code:\n\n    {code}\n");
            if named_by_machine {
                println!("{NAMED_BY_MACHINE}\n");
            }
        }
        println!("The town is served at {address} (listening at {}). Stop it with Ctrl-C.", listener.local_addr()?);
        server::serve(assembled, listener).await
    })
}

/// The threads that answer.
///
/// # Errors
/// When the machine gives none.
pub fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().context("no threads can be started")
}

/// Copies a town's SQLite database.
///
/// # Errors
/// A sentence that says what stands in the way.
pub fn backup(asked: &BackupArgs) -> anyhow::Result<()> {
    if asked.town.database.is_some() {
        bail!("a town on PostgreSQL is backed up with pg_dump");
    }
    if asked.to.exists() {
        bail!("{} is there already; choose a new file", asked.to.display());
    }
    if !assemble::holds_town(&asked.town.dir) {
        bail!("there is no town in {}", asked.town.dir.display());
    }
    let folder = Folder(asked.town.dir.clone());
    // The database is not opened as a town's: that would bring its tables up to date, and fold its log at the end.
    database::back_up(&folder.database(), &asked.to).context("the copy was not made")?;
    #[cfg(unix)]
    std::fs::set_permissions(&asked.to, std::os::unix::fs::PermissionsExt::from_mode(0o600))
        .context("the copy is made, but others on this machine may read it")?;
    note_backup(&folder, SystemClock.now(), &asked.to)
        .context("the copy is made, but that it was could not be noted")?;
    println!(
        "Copied to {}. Keep {} and {} with it.",
        asked.to.display(),
        folder.key().display(),
        folder.checkpoint().display()
    );
    Ok(())
}

/// Asks for a yes on a terminal; where nobody can be asked, --yes must say it.
///
/// # Errors
/// Where nobody can be asked.
pub fn confirmed(question: &str) -> anyhow::Result<bool> {
    if !std::io::stdin().is_terminal() {
        bail!("nobody can be asked here: say --yes to do it");
    }
    print!("{question} [y/N] ");
    std::io::stdout().flush()?;
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    Ok(matches!(line.trim().to_lowercase().as_str(), "y" | "yes"))
}
