//! What other rooms may know of services and decided applications.

use crate::{
    figures::{By, Measure},
    model::{Outcome, SERVICE},
    pilot::Ending,
    store::{self, Waiting},
    trial::{self, DRAFT},
};
use civic::{Language, Subject};
use commons::search::{self, Document};
use database::{Cursor, DbError, Tx};
use people::accounts;
use record::Sequenced;
use web::{
    Refusal, Town,
    manifest::{AskedWork, Brief, Work},
};

/// Published services in a line each. Applications are in nobody's thread.
pub fn briefs(_: &Town, tx: &mut Tx<'_>, subjects: &[Subject], language: Language) -> Result<Vec<Brief>, DbError> {
    let mut briefs = drafts(tx, subjects, language)?;
    for subject in subjects.iter().filter(|subject| subject.kind == SERVICE.0) {
        let Some(one) = store::service(tx, &subject.id)? else { continue };
        let (Some(definition), Some(at)) = (&one.published, one.published_at) else { continue };
        let title = definition.title.in_language(language).to_owned();
        briefs.push(Brief { subject: subject.clone(), title, state: None, at });
    }
    Ok(briefs)
}

/// Drafts that are shown, and their parts.
fn drafts(tx: &mut Tx<'_>, subjects: &[Subject], language: Language) -> Result<Vec<Brief>, DbError> {
    let mut briefs = Vec::new();
    for subject in subjects.iter().filter(|subject| subject.kind == DRAFT.0) {
        let (service, part) = trial::within(&subject.id);
        let Some(shown) = trial::open_trial(tx, service)? else { continue };
        let own = shown.definition.title.in_language(language).to_owned();
        let title = if part.is_empty() {
            own
        } else {
            let found = trial::parts(&shown.definition, language).into_iter().find(|one| one.name == part);
            let Some(found) = found else { continue };
            format!("{own}: {}", found.title)
        };
        briefs.push(Brief { subject: subject.clone(), title, state: None, at: shown.at });
    }
    Ok(briefs)
}

/// Nobody comments on a draft that is not shown, or on a part that it does not have.
pub fn quiet(_: &Town, tx: &mut Tx<'_>, subject: &Subject) -> Result<Option<Refusal>, DbError> {
    if subject.kind != DRAFT.0 {
        return Ok(None);
    }
    let is_there = !drafts(tx, std::slice::from_ref(subject), Language::En)?.is_empty();
    Ok((!is_there).then(|| Refusal::conflict("trial-closed")))
}

/// The page of a draft, or of a part of it.
pub fn page_of_draft(id: &str) -> String {
    match trial::within(id) {
        (service, "") => format!("/services/{service}/draft"),
        (service, part) => format!("/services/{service}/draft/parts/{part}"),
    }
}

/// What waits at the desk of applications for an officer. Their titles are those of the services: who applied, and with which answers,
/// is read only by those who said why.
pub fn work(town: &Town, tx: &mut Tx<'_>, asked: &AskedWork<'_>) -> Result<Vec<Work>, DbError> {
    let own = crate::pages::own_organisations(asked.actor);
    let today = crate::team::today(town, town.now());
    let account = asked.actor.person.map(|person| accounts::by_id(tx, person)).transpose()?.flatten();
    let email = |one: &accounts::Person| one.email.as_ref().map(|email| email.as_str().to_owned()).unwrap_or_default();
    let waiting = Waiting {
        own: account.map(|one| (one.id.text(), email(&one))),
        organisations: own.as_deref(),
        officer: &asked.actor.handle,
        today: &today,
        only_mine: asked.only_mine,
    };
    let after = asked.after.as_ref().map(|(due, place)| Cursor::new(*due, place.as_str()));
    let found = store::waiting(tx, &waiting, after.as_ref(), asked.limit)?;
    let services = store::named(tx)?;
    let t = town.words().of(asked.language);
    let line = |one: &crate::model::Application| Work {
        code: one.code.to_string(),
        title: store::Named::title(&services, &one.service, asked.language),
        state: t.say(&format!("sv-state-{}", one.state.word())).to_owned(),
        due_at: Some(one.due_at),
        since: one.filed_at,
        is_mine: one.officer == asked.actor.handle,
        href: format!("/desk/services/{}", one.code),
        place: one.code.to_string(),
    };
    Ok(found.iter().map(line).collect())
}

/// Puts services into the search when they are published.
pub fn follow_for_search(town: &Town, tx: &mut Tx<'_>, entries: &[Sequenced]) -> Result<(), DbError> {
    for entry in entries.iter().filter(|entry| entry.saying == "service.published") {
        let Some(one) = store::service(tx, &entry.subject.id)? else { continue };
        let (Some(definition), Some(at)) = (&one.published, one.published_at) else { continue };
        let mut text = definition.keywords.clone();
        for language in Language::ALL {
            for words in [&definition.title, &definition.summary] {
                text.push(' ');
                text.push_str(words.in_language(language));
            }
        }
        let own = town.settings().languages.first().copied().unwrap_or_default();
        let title = definition.title.in_language(own).to_owned();
        search::put(tx, &Document { subject: entry.subject.clone(), title, text, at })?;
    }
    Ok(())
}

/// What a code of an entry is called.
pub fn name_of(town: &Town, field: &str, code: &str, language: Language) -> Option<String> {
    let t = town.words().of(language);
    match field {
        "ending" => Some(t.say(&format!("sv-pilot-ending-{}", Ending::of_word(code)?.word())).to_owned()),
        "outcome" => Some(t.say(&format!("sv-outcome-{}", Outcome::of_word(code)?.word())).to_owned()),
        "measure" => Some(t.say(&format!("sv-gap-{}", Measure::of_word(code)?.word())).to_owned()),
        "group" => {
            let (by, group) = code.split_once('.')?;
            Some(group_name(town, By::of_word(by)?, group, language))
        }
        _ => None,
    }
}

/// What a group is called whose figures are told.
pub fn group_name(town: &Town, by: By, group: &str, language: Language) -> String {
    match by {
        By::District => town.part::<places::Districts>().name(group).unwrap_or_else(|| group.to_owned()),
        By::Channel => town.words().of(language).say(&format!("sv-channel-{group}")).to_owned(),
        By::Language => group.parse::<Language>().map_or_else(|_| group.to_owned(), |one| one.own_name().to_owned()),
    }
}

/// The page of an application, where there is something to see.
pub fn page_of_application(code: &str) -> String {
    format!("/applications/{code}")
}
