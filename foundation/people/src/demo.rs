//! The people of the demo town, and the switch by which a visitor becomes one of them.
//! Every part of it refuses itself where the town is not a demo.

use crate::{EmailAddress, accounts, accounts::NewPerson, acts, links, mandates, organisations, pages, setup};
use civic::{Actor, Chance, Language, Moment, Role};
use database::{Db, DbError, Done, OffRecord, Tx};
use web::{Room, Route, frame::Personas};

/// Somebody a visitor of the demo can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Persona {
    /// The word in the address, and the first part of the pseudonym.
    pub word: &'static str,
    /// Where their mail would go.
    pub email: &'static str,
    /// How pages greet them.
    pub name: &'static str,
    /// The Fluent key of the button.
    pub key: &'static str,
    /// The mandate they hold, besides being a resident.
    pub role: Option<Role>,
}

/// The personas that have an account.
pub const PERSONAS: [Persona; 5] = [
    Persona { word: "resident", email: "amina@example.org", name: "Amina", key: "people-persona-resident", role: None },
    Persona {
        word: "officer",
        email: "jonas@example.org",
        name: "Jonas",
        key: "people-persona-officer",
        role: Some(Role::Officer),
    },
    Persona {
        word: "administrator",
        email: "mireia@example.org",
        name: "Mireia",
        key: "people-persona-administrator",
        role: Some(Role::Administrator),
    },
    Persona {
        word: "moderator",
        email: "lena@example.org",
        name: "Lena",
        key: "people-persona-moderator",
        role: Some(Role::Moderator),
    },
    Persona {
        word: "auditor",
        email: "tarek@example.org",
        name: "Tarek",
        key: "people-persona-auditor",
        role: Some(Role::Auditor),
    },
];

/// Nobody: the persona that is signed out.
pub const VISITOR: &str = "visitor";

/// What the frame shows in the ribbon of the demo; a part of the town.
pub fn personas() -> Personas {
    let visitor = std::iter::once((VISITOR, "people-persona-visitor"));
    Personas(visitor.chain(PERSONAS.iter().map(|persona| (persona.word, persona.key))).collect())
}

/// Makes the accounts of the personas and gives their mandates, each on the record; the officer
/// answers for each of the `organisations` (their codes), which must be there, so that whatever a visitor reports
/// can be answered. Making them again changes nothing.
///
/// # Errors
/// [`DbError::NotFound`] when there is no such organisation; those of the database.
pub async fn make_personas(
    db: &Db,
    organisations: &[String],
    now: Moment,
    chance: std::sync::Arc<dyn Chance>,
) -> Result<(), DbError> {
    for persona in PERSONAS {
        let scopes = match persona.role {
            Some(Role::Officer) => organisations.iter().cloned().map(Some).collect(),
            _ => vec![None],
        };
        for scope in scopes {
            let chance = std::sync::Arc::clone(&chance);
            db.write(move |tx| make(tx, persona, scope.as_deref(), now, &*chance)).await?;
        }
    }
    Ok(())
}

fn make(
    tx: &mut Tx<'_>,
    persona: Persona,
    organisation: Option<&str>,
    now: Moment,
    chance: &dyn Chance,
) -> Result<Done<()>, DbError> {
    let organisation = match organisation {
        Some(code) => Some(organisations::by_code(tx, code)?.ok_or(DbError::NotFound)?),
        None => None,
    };
    let email = address_of(persona);
    let new = NewPerson { kind: persona.word, email: &email, name: persona.name, language: Language::En };
    let person = accounts::find_or_make(tx, &new, now, chance)?;
    let giver = Actor { handle: setup::GIVER.to_owned(), ..Actor::visitor(Language::En) };
    let given = match persona.role {
        Some(role) => {
            mandates::give(tx, (person.id, &person.handle), role, organisation.as_ref(), &giver, now, chance)?
        }
        None => None,
    };
    match given {
        Some(given) => tx.commit(mandates::entry(&given, mandates::GIVEN, &giver, now, chance)?, ()),
        None => tx.commit(OffRecord("a new account is private"), ()),
    }
}

/// The address of a persona.
pub(crate) fn address_of(persona: Persona) -> EmailAddress {
    persona.email.parse().expect("the addresses above are plain")
}

/// The persona switch and the outbox. Mounted by the binary for a demo only; each handler
/// asks the settings once more.
pub fn demo_room() -> Room {
    Room {
        name: "demo",
        routes: vec![
            Route::post("/demo/be/{persona}", acts::PLAY, pages::demo::become_persona),
            Route::get("/outbox", acts::PLAY, pages::demo::outbox),
        ],
        ..Room::default()
    }
}

/// A link for each persona that signs in once, for the terminal of a demo: name, role, address.
///
/// # Errors
/// Those of the database; [`DbError::NotFound`] where the town is not a demo.
pub async fn sign_in_links(town: &web::Town) -> Result<Vec<(Persona, String)>, DbError> {
    if !town.settings().demo {
        return Err(DbError::NotFound);
    }
    let mut made = Vec::new();
    for persona in PERSONAS {
        let (now, chance) = (town.now(), town.chance_handle());
        let secret = town.db().write(move |tx| {
            let secret = links::make(tx, &address_of(persona), "/", now, &*chance)?;
            tx.commit(OffRecord("whom the terminal shows a link to is not known"), secret)
        });
        if let Some(secret) = secret.await? {
            made.push((persona, town.url(&format!("/sign-in/link/{secret}"))));
        }
    }
    Ok(made)
}
