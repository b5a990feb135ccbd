//! Residents of the demo who put a petition forward together. The people are simulated and the words are ours.

use super::replay::in_words;
use anyhow::Context as _;
use civic::{Actor, Language, PersonId};
use database::{DbError, Tx};
use participation::{ask_into_group, form_group, join_group};
use people::{EmailAddress, accounts, mail};
use web::Town;

/// Forms a group of the first of these people, into which the others come by the mailed link; its code.
pub(super) async fn together(town: &Town, people: &[Actor]) -> anyhow::Result<String> {
    let (first, others) = people.split_first().context("a group needs somebody")?;
    let name = match first.language {
        Language::En => "Neighbours for safe streets",
        Language::Es => "Vecinos por calles seguras",
        Language::Ar => "جيران من أجل شوارع آمنة",
    };
    let code = form_group(town, first.clone(), name).await.map_err(in_words)?.code.to_string();
    for other in others {
        let person = other.person.context("whoever comes in has an account")?;
        let address = address_of(town, person).await?;
        ask_into_group(town, first.clone(), code.clone(), address.clone()).await.map_err(in_words)?;
        let key = key_in_mail(town, address).await?;
        join_group(town, other.clone(), code.clone(), key).await.map_err(in_words)?;
    }
    Ok(code)
}

async fn address_of(town: &Town, person: PersonId) -> anyhow::Result<EmailAddress> {
    let look = move |tx: &mut Tx<'_>| Ok::<_, DbError>(accounts::by_id(tx, person)?.and_then(|one| one.email));
    town.db().read(look).await?.context("an account of the demo has an address")
}

/// The key in the newest mail to an address.
async fn key_in_mail(town: &Town, address: EmailAddress) -> anyhow::Result<String> {
    let look = move |tx: &mut Tx<'_>| mail::newest_to(tx, &address, 1);
    let mails = town.db().read(look).await.map_err(|error: DbError| error)?;
    let text = mails.first().map(|one| one.mail.body_text.as_str()).unwrap_or_default();
    let key = text.split_whitespace().find_map(|word| word.split_once("?key=")).map(|(_, key)| key.to_owned());
    key.context("the invitation has a key")
}
