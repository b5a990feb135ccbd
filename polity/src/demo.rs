//! `polity demo`: a town from real public data, built by the real commands.

mod accountability;
mod assemblies;
mod conversations;
mod data_notes;
mod facts;
mod gatherings;
mod groups;
#[cfg(test)]
mod import_test;
mod nearby;
mod open_data;
mod participation;
mod replay;
mod services;
mod voting;
mod winners;

use crate::{
    assemble::{self, Folder, assemble},
    command_line::DemoArgs,
    config, serve,
    shell::{SetBackClock, SystemChance, SystemClock},
    town_commands::runtime,
};
use anyhow::{Context as _, bail};
use civic::{Clock as _, Moment};
use std::{fs, net::SocketAddr, path::PathBuf, sync::Arc};

pub use facts::{ORIGIN, Origin};

/// Builds the demo town unless it is there, then serves it.
///
/// # Errors
/// A sentence that says what stands in the way.
pub fn run(asked: &DemoArgs) -> anyhow::Result<()> {
    let listener = serve::listen(asked.listen)?;
    let address = listener.local_addr()?;
    let folder = DemoFolder(Folder(asked.dir.clone()));
    folder.make()?;
    // Before anything is thrown away: another process may be building or serving this very town.
    let _occupied = folder.0.occupy()?;
    folder.prepare(asked.reset)?;
    let config = config::read_text(facts::TOWN, |name| std::env::var(name).ok())?;
    let built = folder.built();
    let is_built = built.is_some();
    let behind_micros = built.unwrap_or_else(behind_now);
    let settings = config.settings(address.port(), true)?;
    let db = assemble::open_database(&assemble::source(&folder.0, None))?;
    let assembled = assemble(&folder.0, db, &config, settings, Arc::new(SetBackClock { behind_micros }))?;
    runtime()?.block_on(async move {
        if !is_built {
            replay::build(&assembled, asked.copies).await.context("the demo town could not be built")?;
            folder.mark_built(behind_micros)?;
        }
        if asked.build_only {
            assembled.town.db().close();
            return Ok(());
        }
        introduce(&assembled.town, address).await?;
        serve::serve(assembled, listener).await
    })
}

/// Says where the town is and who one can be.
async fn introduce(town: &web::Town, listening: SocketAddr) -> anyhow::Result<()> {
    println!(
        "\nThe demo town is served at {} (listening at {listening}). Stop it with Ctrl-C.",
        town.settings().address
    );
    println!("The bar at the top of each page lets you be anybody. Or sign in once by a link:");
    for (persona, link) in people::demo::sign_in_links(town).await? {
        println!("  {:14} {:8} {link}", persona.word, persona.name);
    }
    println!("Mails go nowhere: read them at {}", town.url("/outbox"));
    Ok(())
}

/// The folder of a demo, told apart from that of a real town by a file.
struct DemoFolder(Folder);

impl DemoFolder {
    fn marker(&self) -> PathBuf {
        self.0.0.join("demo")
    }

    /// By how much the clock of a demo that was built is set back.
    fn built(&self) -> Option<i64> {
        let text = fs::read_to_string(self.marker()).ok()?;
        text.trim().strip_prefix("built, microseconds behind: ")?.parse().ok()
    }

    fn mark_built(&self, behind_micros: i64) -> anyhow::Result<()> {
        let text = format!("built, microseconds behind: {behind_micros}\n");
        fs::write(self.marker(), text).context("the demo's folder cannot be written")
    }

    /// Makes the folder, unless it is a real town's.
    fn make(&self) -> anyhow::Result<()> {
        if self.0.database().exists() && !self.marker().exists() {
            bail!("{} holds a real town, which a demo must not touch; choose another --dir", self.0.0.display());
        }
        self.0.make()
    }

    /// Throws away what is in it when asked to, or when it was never finished. Only for who occupies it.
    fn prepare(&self, reset: bool) -> anyhow::Result<()> {
        if reset || self.built().is_none() {
            self.empty()?;
        }
        if self.built().is_none() {
            fs::write(self.marker(), "being built\n").context("the demo's folder cannot be written")?;
        }
        Ok(())
    }

    /// Removes the files of the demo town, and no others.
    fn empty(&self) -> anyhow::Result<()> {
        let database = self.0.database();
        let beside = ["-wal", "-shm"].map(|end| PathBuf::from(format!("{}{end}", database.display())));
        let ours = [database, self.0.key(), self.0.checkpoint(), self.marker()];
        for file in ours.iter().chain(&beside) {
            match fs::remove_file(file) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(error).with_context(|| format!("{} cannot be removed", file.display()));
                }
                _ => {}
            }
        }
        for folder in [::voting::folder_of_boxes(&self.0.0), self.0.tables()] {
            match fs::remove_dir_all(&folder) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(error).with_context(|| format!("{} cannot be removed", folder.display()));
                }
                _ => {}
            }
        }
        Ok(())
    }
}

/// What the personas and agencies are made with.
pub(super) async fn make_personas(town: &web::Town, organisations: &[String]) -> anyhow::Result<()> {
    let now = town.now();
    people::demo::make_personas(town.db(), organisations, now, Arc::new(SystemChance)).await.context("the personas")
}

/// Where the replay stops and the demo's clock goes on: a Monday morning in Los Angeles, a week after the last report, so
/// that there is work on the desk. What the city did later is not replayed.
pub(super) fn stands_at() -> Moment {
    Moment(STANDS_AT_MICROS)
}

/// 2018-01-08 09:00 in Los Angeles.
const STANDS_AT_MICROS: i64 = 1_515_430_800_000_000;

/// By how much a clock is set back that stands there now.
fn behind_now() -> i64 {
    SystemClock.now().micros() - STANDS_AT_MICROS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demo_stands_on_a_monday_morning() {
        assert_eq!(stands_at().rfc3339(), "2018-01-08T17:00:00Z");
    }

    #[test]
    fn a_town_that_another_process_builds_or_serves_is_left_alone() {
        let dir = std::env::temp_dir().join(format!("polity-demo-occupied-{}", std::process::id()));
        let folder = DemoFolder(Folder(dir.clone()));
        folder.make().unwrap();
        let occupied = folder.0.occupy().unwrap();
        for (marker, reset) in [("being built\n", false), ("built, microseconds behind: 5\n", true)] {
            fs::write(folder.marker(), marker).unwrap();
            fs::write(folder.0.database(), "somebody's acts").unwrap();
            let listen = "127.0.0.1:0".parse().unwrap();
            let asked = DemoArgs { dir: dir.clone(), listen, reset, build_only: true, copies: 1 };
            let refused = run(&asked).unwrap_err().to_string();
            assert!(refused.contains("is being served already"), "{refused}");
            assert_eq!(fs::read_to_string(folder.0.database()).unwrap(), "somebody's acts");
        }
        drop(occupied);
        fs::remove_dir_all(dir).unwrap();
    }
}
