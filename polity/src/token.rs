//! `polity token create`: a key for a program, made by whoever sits at the machine.

use crate::{
    assemble::{self, Folder},
    command_line::TokenArgs,
    shell::{SystemChance, SystemClock},
    town_commands::{config_of, runtime},
};
use anyhow::{Context as _, anyhow, bail};
use civic::{Clock as _, Role};
use people::{organisations, tokens::ConsoleToken};
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
    if asked.town.database.is_none() && !assemble::holds_town(&asked.town.dir) {
        bail!("there is no town in {}", asked.town.dir.display());
    }
    let folder = Folder(asked.town.dir.clone());
    let settings = config_of(&asked.town)?.settings(0, false)?;
    let db = assemble::open_database(&assemble::source(&folder, asked.town.database.as_deref()))?;
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
    let made = runtime()?.block_on(people::tokens::create_at_console(&db, token, now, Arc::new(SystemChance)));
    let secret = made.context("the key was not kept")?.map_err(|refusal| anyhow!("{refusal}"))?;
    db.close();
    println!("A key with the role {role}, good for {} days. It is shown only now:", asked.days);
    println!("{secret}");
    Ok(())
}
