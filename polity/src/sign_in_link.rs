//! `polity sign-in-link`: a way in where no mail arrives, for whoever sits at the machine.

use crate::{
    assemble::{self, Folder},
    command_line::SignInLinkArgs,
    shell::{SystemChance, SystemClock},
    town_commands::{config_of, runtime},
};
use anyhow::{Context as _, bail};
use civic::Clock as _;
use people::{EmailAddress, links};
use std::sync::Arc;

/// Makes a link by which the person of an address signs in once, and prints it.
///
/// # Errors
/// A sentence that says what stands in the way.
pub fn print(asked: &SignInLinkArgs) -> anyhow::Result<()> {
    let email: EmailAddress = asked.email.parse().map_err(|_| anyhow::anyhow!("“{}” is no address", asked.email))?;
    if asked.town.database.is_none() && !assemble::holds_town(&asked.town.dir) {
        bail!("there is no town in {}", asked.town.dir.display());
    }
    let settings = config_of(&asked.town)?.settings(asked.port, false)?;
    let db =
        assemble::open_database(&assemble::source(&Folder(asked.town.dir.clone()), asked.town.database.as_deref()))?;
    let made = runtime()?.block_on(links::make_at_console(&db, email, SystemClock.now(), Arc::new(SystemChance)));
    db.close();
    let secret = made.context("the link was not kept")?;
    let secret = secret.context("there is no account with this address, or too many links to it are open")?;
    println!("A link that signs in once, good for {} minutes while the town is served:", links::LINK_MINUTES);
    println!("{}/sign-in/link/{secret}", settings.address);
    Ok(())
}
