//! `polity check`: what would stand in the way of serving this town.

use crate::{
    assemble::{self, Folder},
    command_line::CheckArgs,
    config::Config,
    serve,
    shell::SystemClock,
    town_commands::config_of,
};
use anyhow::{Context as _, bail};
use std::{fs, io::ErrorKind, net::SocketAddr, sync::Arc, time::Duration};
use web::Settings;

/// How long the mail server has to answer.
const MAIL_PATIENCE: Duration = Duration::from_secs(10);
/// A file that is made and taken away again, to know whether the folder takes any.
const TRIAL: &str = "check.trial";

/// Checks settings, folder, address, mail, database and record, one line each, and puts the town together as `polity serve` does.
///
/// # Errors
/// A sentence that counts what is wrong.
pub fn run(checked: &CheckArgs) -> anyhow::Result<()> {
    let (asked, folder) = (&checked.town, Folder(checked.town.dir.clone()));
    if asked.database.is_none() && !assemble::holds_town(&asked.dir) {
        bail!("there is no town in {}; `polity serve --dir {}` makes one", asked.dir.display(), asked.dir.display());
    }
    let config = config_of(asked).context("settings")?;
    let settings = config.settings(checked.listen.port(), false).context("settings")?;
    println!("settings   good: {} at {}", settings.name.in_language(civic::Language::En), settings.address);
    let mut wrong = 0;
    let mut line = |what: &str, found: anyhow::Result<String>| match found {
        Ok(good) => println!("{what:10} good: {good}"),
        Err(error) => {
            wrong += 1;
            println!("{what:10} WRONG: {error:#}");
        }
    };
    line("folder", folder_line(&folder));
    // Several processes of a town on PostgreSQL have no lock that says that one of them is served here.
    let may_be_served = asked.database.is_some() || folder.occupy().is_err();
    line("address", address_line(checked.listen, may_be_served));
    line("mail", mail_line(&config, &settings));
    let db = assemble::open_database(&assemble::source(&folder, asked.database.as_deref()));
    match db {
        Ok(db) => {
            line("database", Ok("it opens, and its tables are up to date".to_owned()));
            line("record", record_line(&folder, &db, &settings.jurisdiction));
            line("its name", name_line(&folder, &settings.jurisdiction));
            line("outbox", outbox_line(&db));
            let whole = assemble::assemble(&folder, db.clone(), &config, settings, Arc::new(SystemClock));
            line("all of it", whole.map(|_| "it can be put together, as it would be served".to_owned()));
            db.close();
        }
        Err(error) => line("database", Err(error)),
    }
    if wrong > 0 {
        bail!("{wrong} of these must be put right first")
    }
    Ok(())
}

/// Whether the folder takes files.
fn folder_line(folder: &Folder) -> anyhow::Result<String> {
    folder.make()?;
    let trial = folder.0.join(TRIAL);
    fs::write(&trial, b"x").and_then(|()| fs::remove_file(&trial)).context("no file can be made in it")?;
    Ok(format!("{} can be written to", folder.0.display()))
}

/// Whether the address can be listened at. One that is taken may be this town's own, where it may be served already.
fn address_line(listen: SocketAddr, may_be_served: bool) -> anyhow::Result<String> {
    match serve::listen(listen) {
        Ok(_) => Ok(format!("{listen} is free")),
        Err(error) if may_be_served && is_taken(&error) => {
            Ok(format!("{listen} is taken, as it is while this town is served"))
        }
        Err(error) => Err(error),
    }
}

fn is_taken(error: &anyhow::Error) -> bool {
    error.downcast_ref::<std::io::Error>().is_some_and(|error| error.kind() == ErrorKind::AddrInUse)
}

/// Whether mail can leave: the mail server is asked, and nothing is sent.
fn mail_line(config: &Config, settings: &Settings) -> anyhow::Result<String> {
    let mail = config.mail(settings)?;
    if mail.smtp_url.is_none() {
        return Ok("no mail server is set, so no mail leaves the town: set mail.smtp_url; `polity sign-in-link` lets people in meanwhile".to_owned());
    }
    mail.reach(MAIL_PATIENCE).map_err(anyhow::Error::msg)?;
    Ok(format!("the mail server answers; mail leaves from {}; /admin/operations sends a test", mail.from))
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

#[cfg(test)]
mod tests {
    use super::{address_line, folder_line, mail_line};
    use crate::{assemble::Folder, config};
    use std::net::TcpListener;

    #[test]
    fn what_serve_would_refuse_is_found_before() {
        let taken = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = taken.local_addr().unwrap();
        let refused = format!("{:#}", address_line(address, false).unwrap_err());
        assert!(refused.contains("nothing can listen at"), "{refused}");
        assert!(address_line(address, true).unwrap().contains("taken"), "it is our own");
        let elsewhere = format!("{:#}", address_line("192.0.2.1:80".parse().unwrap(), true).unwrap_err());
        assert!(elsewhere.contains("192.0.2.1:80"), "not of this machine, whoever is served: {elsewhere}");
        drop(taken);
        assert!(address_line(address, false).unwrap().contains("free"));
    }

    #[test]
    fn a_folder_that_takes_no_files_is_found_before() {
        let path = std::env::temp_dir().join(format!("polity-check-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        assert!(folder_line(&Folder(path.clone())).is_ok());
        assert_eq!(std::fs::read_dir(&path).unwrap().count(), 0, "nothing is left behind");
        let file = path.join("file");
        std::fs::write(&file, b"x").unwrap();
        assert!(folder_line(&Folder(file.join("below"))).is_err());
        std::fs::remove_dir_all(&path).unwrap();
    }

    #[test]
    fn a_mail_server_that_is_not_there_is_found_before() {
        let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let of = |url: &str| {
            let text = format!("[mail]\nsmtp_url = \"{url}\"\nfrom = \"Town <town@example.org>\"");
            let config = config::read_text(&text, |_| None).unwrap();
            mail_line(&config, &config.settings(8080, false).unwrap()).map_err(|error| format!("{error:#}"))
        };
        let refused = of(&format!("smtp://name:secret-word@{closed}")).unwrap_err();
        assert!(refused.contains("cannot be reached") && !refused.contains("secret-word"), "{refused}");
        assert!(of("").unwrap().contains("no mail server is set"));
    }
}
