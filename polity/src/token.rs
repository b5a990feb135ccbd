//! `polity token create`: a key for a program, made by whoever sits at the machine.

use crate::{
    assemble::{self, Folder},
    command_line::{TokenArgs, TokenRevokeArgs, TownArgs},
    shell::{SystemChance, SystemClock},
    town_commands::{config_of, runtime},
};
use anyhow::{Context as _, anyhow, bail};
use civic::{Clock as _, Moment, Role};
use database::Db;
use people::{
    organisations,
    tokens::{self, ConsoleToken, Token},
};
use std::sync::Arc;

/// Makes a key and prints it.
///
/// # Errors
/// A sentence that says what stands in the way.
pub fn create(asked: &TokenArgs) -> anyhow::Result<()> {
    let role: Role = asked.role.parse().map_err(anyhow::Error::msg)?;
    if role == Role::Visitor {
        bail!("a visitor needs no key");
    }
    let (folder, db) = open(&asked.town)?;
    let settings = config_of(&asked.town)?.settings(0, false)?;
    let (_, record) = assemble::open_record(&folder, &db, &settings.jurisdiction)?;
    let code = asked.organisation.clone();
    let organisation = match code {
        Some(code) => {
            let found = db.read_blocking(move |tx| organisations::by_code(tx, &code))?;
            Some(found.ok_or_else(|| anyhow!("there is no such agency"))?.id)
        }
        None => None,
    };
    let now = SystemClock.now();
    let token = ConsoleToken {
        name: asked.name.clone(),
        role,
        organisation,
        town: record::first_name(record.verifier().name()).to_owned(),
        expires_at: now.plus_days(asked.days.into()),
    };
    let made = runtime()?.block_on(tokens::create_at_console(&db, token, now, Arc::new(SystemChance)));
    let secret = made.context("the key was not kept")?.map_err(|refusal| anyhow!("{refusal}"))?;
    db.close();
    println!("A key with the role {role}, good for {} days. It is shown only now:", asked.days);
    println!("{secret}");
    Ok(())
}

/// Lists the keys made at this console.
///
/// # Errors
/// A sentence that says what stands in the way.
pub fn list(asked: &TownArgs) -> anyhow::Result<()> {
    let (_, db) = open(asked)?;
    let all = db.read_blocking(tokens::of_console)?;
    db.close();
    if all.is_empty() {
        println!("No key was made at this console.");
    }
    let now = SystemClock.now();
    for one in &all {
        println!(
            "{}  {:<14} {:<28} {} (acts as {})",
            one.id,
            one.role.word(),
            standing(one, now),
            one.name,
            one.handle
        );
    }
    Ok(())
}

/// Takes a key back.
///
/// # Errors
/// A sentence that says what stands in the way.
pub fn revoke(asked: &TokenRevokeArgs) -> anyhow::Result<()> {
    let id = asked.id.parse().map_err(|_| anyhow!("“{}” is no id of a key; polity token list shows them", asked.id))?;
    let (_, db) = open(&asked.town)?;
    let revoked = runtime()?.block_on(tokens::revoke_at_console(&db, id, SystemClock.now()));
    db.close();
    if !revoked.context("the key was not taken back")? {
        bail!("no key in force has this id; polity token list shows them");
    }
    println!("The key {id} opens nothing any more.");
    Ok(())
}

fn open(asked: &TownArgs) -> anyhow::Result<(Folder, Db)> {
    if asked.database.is_none() && !assemble::holds_town(&asked.dir) {
        bail!("there is no town in {}", asked.dir.display());
    }
    let folder = Folder(asked.dir.clone());
    let db = assemble::open_database(&assemble::source(&folder, asked.database.as_deref()))?;
    Ok((folder, db))
}

fn standing(one: &Token, now: Moment) -> String {
    match one.revoked_at {
        Some(at) => format!("taken back {}", at.rfc3339()),
        None if one.expires_at <= now => format!("ended {}", one.expires_at.rfc3339()),
        None => format!("until {}", one.expires_at.rfc3339()),
    }
}
