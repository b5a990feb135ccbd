//! `polity check`: what would stand in the way of serving this town.

use crate::{
    assemble::{self, Folder},
    command_line::TownArgs,
    town_commands::config_of,
};
use anyhow::{Context as _, bail};

/// Checks settings, database, record and mail, one line each.
///
/// # Errors
/// A sentence that counts what is wrong.
pub fn run(asked: &TownArgs) -> anyhow::Result<()> {
    let folder = Folder(asked.dir.clone());
    if asked.database.is_none() && !assemble::holds_town(&asked.dir) {
        bail!("there is no town in {}; `polity serve --dir {}` makes one", asked.dir.display(), asked.dir.display());
    }
    let config = config_of(asked).context("settings")?;
    let settings = config.settings(8080, false).context("settings")?;
    println!("settings   good: {} at {}", settings.name.in_language(civic::Language::En), settings.address);
    let mut wrong = 0;
    let mut line = |what: &str, found: anyhow::Result<String>| match found {
        Ok(good) => println!("{what:10} good: {good}"),
        Err(error) => {
            wrong += 1;
            println!("{what:10} WRONG: {error:#}");
        }
    };
    let leaves = config.mail(&settings).map(|mail| match mail.smtp_url {
        Some(_) => format!("it is to leave by SMTP, from {}; /admin/operations sends a test", mail.from),
        None => "no mail server is set, so no mail leaves the town: set mail.smtp_url; `polity sign-in-link` lets people in meanwhile".to_owned(),
    });
    line("mail", leaves);
    let db = assemble::open_database(&assemble::source(&folder, asked.database.as_deref()));
    match db {
        Ok(db) => {
            line("database", Ok("it opens, and its tables are up to date".to_owned()));
            line("record", record_line(&folder, &db, &settings.jurisdiction));
            line("its name", name_line(&folder, &settings.jurisdiction));
            line("outbox", outbox_line(&db));
            db.close();
        }
        Err(error) => line("database", Err(error)),
    }
    if wrong > 0 {
        bail!("{wrong} of these must be put right first")
    }
    Ok(())
}

/// What the record of this database comes to.
///
/// # Errors
/// A sentence, where it does not agree with what was signed before.
pub fn record_line(folder: &Folder, db: &database::Db, jurisdiction: &str) -> anyhow::Result<String> {
    let key = record::load_or_make_key(&folder.key(), &format!("{jurisdiction}/record"), &crate::shell::SystemChance)?;
    let verifier = key.verifier();
    let outside = record::KeptOutside::open(&folder.checkpoint(), &verifier)?;
    let waiting = db.read_blocking(|tx| record::pending(tx, 1_000_000))?;
    let inside = match db.read_blocking(move |tx| record::agrees(tx, &verifier, &outside)) {
        Ok(checkpoint) => checkpoint.map_or(0, |checkpoint| checkpoint.size),
        Err(record::SequenceError::WouldGoBack { outside, inside }) if inside < outside => bail!(
            "the database has {inside} signed entries, but {outside} were signed before: an older backup was restored"
        ),
        Err(record::SequenceError::WouldGoBack { outside, .. }) => {
            bail!("the database does not contain the {outside} entries that were signed before: it is not this town's")
        }
        Err(error) => return Err(error.into()),
    };
    Ok(format!("{inside} entries signed by {}, {waiting} waiting", key.verifier().name()))
}

/// A record keeps the name it was begun with; what others call the town must agree with it.
fn name_line(folder: &Folder, jurisdiction: &str) -> anyhow::Result<String> {
    let key = record::load_or_make_key(&folder.key(), &format!("{jurisdiction}/record"), &crate::shell::SystemChance)?;
    let verifier = key.verifier();
    let begun = record::first_name(verifier.name()).trim_end_matches("/record");
    if begun != jurisdiction {
        bail!(
            "the record was begun as {begun} and keeps that name, but the settings say {jurisdiction}: set town.jurisdiction_id = \"{begun}\""
        );
    }
    Ok(format!("{begun}, as the settings say"))
}

fn outbox_line(db: &database::Db) -> anyhow::Result<String> {
    let counts = db.read_blocking(database::jobs::counts)?;
    if counts.dead > 0 {
        bail!("{} jobs were given up; see /admin/jobs", counts.dead);
    }
    Ok(format!("{} jobs waiting", counts.waiting))
}
