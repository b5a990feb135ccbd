use crate::{EmailAddress, accounts, accounts::NewPerson, links, mail, mail::Mail, mandates, sessions, setup};
use civic::{Actor, Language, PersonId, Role};
use database::OffRecord;
use web::{Answer, Refusal, Sayings, Stop, Town};

/// Signing in is not an act of the town.
const PRIVATE: OffRecord = OffRecord("who signs in, and when, is nobody else's business");

/// Mails a link to sign in. It does the same for every address, known or not, so that
/// nobody learns who has an account.
pub(crate) async fn ask_for_link(town: &Town, t: &Sayings, email: EmailAddress, back: String) -> Answer<()> {
    let (now, chance) = (town.now(), town.chance_handle());
    let (t, address) = (t.clone(), town.settings().address.clone());
    let town_name = town.settings().name.in_language(t.language()).to_owned();
    let asked = town.db().write(move |tx| {
        if let Some(secret) = links::make(tx, &email, &back, now, &*chance)? {
            let link = format!("{address}/sign-in/link/{secret}");
            mail::put(tx, &sign_in_mail(&t, email, &town_name, link), now, &*chance)?;
        }
        Ok(tx.commit(PRIVATE, ())?)
    });
    asked.await
}

fn sign_in_mail(t: &Sayings, to: EmailAddress, town: &str, link: String) -> Mail {
    let values = [("town", town.into()), ("link", link.into()), ("minutes", links::LINK_MINUTES.into())];
    Mail {
        to,
        subject: t.with("people-mail-sign-in-subject", &values),
        body_text: t.with("people-mail-sign-in-body", &values),
    }
}

/// A browser that is signed in now.
pub(crate) struct SignedIn {
    /// The secret for its cookie.
    pub session: String,
    /// Where it wanted to go.
    pub back: String,
}

/// Signs in with the secret of a link: uses it up, makes the account where there is none, ends
/// the session the browser had and begins a new one.
pub(crate) async fn sign_in(town: &Town, language: Language, secret: String, old: Option<String>) -> Answer<SignedIn> {
    let (now, chance) = (town.now(), town.chance_handle());
    let signed_in = town.db().write(move |tx| {
        let link = links::use_up(tx, &secret, now)?.ok_or_else(link_spent)?;
        let new = NewPerson { kind: "resident", email: &link.email, name: "", language };
        let person = accounts::find_or_make(tx, &new, now, &*chance)?;
        if let Some(old) = old {
            sessions::end(tx, &old)?;
        }
        let session = sessions::begin(tx, person.id, now, &*chance)?;
        Ok(tx.commit(PRIVATE, SignedIn { session, back: link.back })?)
    });
    signed_in.await
}

/// The one refusal for a link that does not work, whatever the reason.
pub(crate) fn link_spent() -> Refusal {
    Refusal::new("people-link-spent").status(axum::http::StatusCode::GONE).with("minutes", links::LINK_MINUTES)
}

/// Signs the browser in as `person` without a link: the demo's personas only.
pub(crate) async fn sign_in_as(town: &Town, person: PersonId, old: Option<String>) -> Answer<String> {
    let (now, chance) = (town.now(), town.chance_handle());
    let session = town.db().write(move |tx| {
        if let Some(old) = old {
            sessions::end(tx, &old)?;
        }
        let session = sessions::begin(tx, person, now, &*chance)?;
        Ok(tx.commit(PRIVATE, session)?)
    });
    session.await
}

/// Ends the session with this secret.
pub(crate) async fn sign_out(town: &Town, session: String) -> Answer<()> {
    let ended = town.db().write(move |tx| {
        sessions::end(tx, &session)?;
        Ok(tx.commit(PRIVATE, ())?)
    });
    ended.await
}

/// What the first administrator sends.
pub(crate) struct SetUp {
    /// The code from the terminal.
    pub code: String,
    /// Their address.
    pub email: EmailAddress,
    /// How pages greet them.
    pub name: String,
}

/// Makes the first administrator and signs them in; answers the secret for the cookie.
pub(crate) async fn set_up(town: &Town, language: Language, asked: SetUp, old: Option<String>) -> Answer<String> {
    let (now, chance) = (town.now(), town.chance_handle());
    let session = town.db().write(move |tx| {
        if !setup::use_up(tx, &asked.code, now)? {
            return Err(wrong_code());
        }
        let new = NewPerson { kind: "resident", email: &asked.email, name: &asked.name, language };
        let person = accounts::find_or_make(tx, &new, now, &*chance)?;
        let setup = Actor { handle: setup::GIVER.to_owned(), ..Actor::visitor(language) };
        let given = mandates::give(tx, (person.id, &person.handle), Role::Administrator, None, &setup, now, &*chance)?;
        let given = given.ok_or_else(wrong_code)?;
        if let Some(old) = old {
            sessions::end(tx, &old)?;
        }
        let session = sessions::begin(tx, person.id, now, &*chance)?;
        Ok(tx.commit(mandates::entry(&given, mandates::GIVEN, &setup, now, &*chance)?, session)?)
    });
    session.await
}

/// The one refusal for a code that does not work, whatever the reason.
fn wrong_code() -> Stop {
    Refusal::new("people-setup-code").at("code").into()
}
