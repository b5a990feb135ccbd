//! The form of a proposal, with what was typed, what is wrong with it, and what is similar already.

use crate::{
    decide::Words,
    model::{DOCUMENTS_LIMIT, Group, PHOTOS_LIMIT, PhaseAct, Process, Proposal, State},
    pages::{
        show::{DocumentLine, document_lines},
        similar,
    },
    store,
};
use axum::http::StatusCode;
use commons::documents::Document;
use database::DbError;
use places::Districts;
use web::{
    Answer, Frame, Stop, Town, Visit,
    answer::page_with,
    forms::FormErrors,
    parts::{Choice, Crumb},
};

/// What was typed so far, and what it belongs to.
pub(super) struct Sheet {
    pub process: Process,
    /// The proposal; `None` before the first save.
    pub proposal: Option<Proposal>,
    pub words: Words,
    pub errors: FormErrors,
    pub status: StatusCode,
    pub zoom: String,
}

#[derive(askama::Template)]
#[template(path = "proposal_write.html")]
struct WritePage {
    frame: Frame,
    errors: FormErrors,
    crumbs: Vec<Crumb>,
    action: String,
    code: String,
    is_draft: bool,
    can_submit: bool,
    version: i64,
    process_title: String,
    process_code: String,
    words: Words,
    categories: Vec<Choice>,
    districts: Vec<Choice>,
    asks_cost: bool,
    currency: String,
    picture: String,
    zoom: String,
    bounds: String,
    photos: Vec<String>,
    photos_most: usize,
    similar: Vec<similar::Similar>,
    /// In whose name it is: one's own, or a group's.
    groups: Vec<Choice>,
    documents: Vec<DocumentLine>,
    may_add_document: bool,
}

/// What the database knows beside what was typed.
struct Beside {
    similar: Vec<similar::Similar>,
    attached: Vec<String>,
    documents: Vec<Document>,
    groups: Vec<Group>,
}

pub(super) async fn show(town: &Town, visit: &Visit, sheet: Sheet) -> Answer {
    let text = format!("{} {}", sheet.words.title, sheet.words.text);
    let own = sheet.proposal.as_ref().map(|one| one.code.to_string()).unwrap_or_default();
    let is_submitted = sheet.proposal.as_ref().is_some_and(|one| one.state != State::Draft);
    let subject = sheet.proposal.as_ref().map(Proposal::subject);
    let (draft, person) = (subject.clone().filter(|_| !is_submitted), visit.actor.person);
    let look = move |tx: &mut database::Tx<'_>| {
        let files = match subject.filter(|_| is_submitted) {
            Some(subject) => commons::files::of(tx, &subject)?,
            None => Vec::new(),
        };
        let documents = match &draft {
            Some(draft) => commons::documents::unseen(tx, draft)?,
            None => Vec::new(),
        };
        let groups = match person {
            Some(person) => store::groups_of(tx, person)?,
            None => Vec::new(),
        };
        Ok::<_, DbError>((similar::find(tx, &text, &own)?, files, documents, groups))
    };
    let (found, files, documents, groups) = town.db().read(look).await.map_err(Stop::from)?;
    let attached = files.into_iter().map(|file| format!("/files/{}.jpg?small=1", file.id)).collect();
    let beside = Beside { similar: similar::shown(town, found), attached, documents, groups };
    let status = sheet.status;
    page_with(status, &compose(town, visit, sheet, beside))
}

fn compose(
    town: &Town,
    visit: &Visit,
    sheet: Sheet,
    Beside { similar, attached, documents, groups }: Beside,
) -> WritePage {
    let t = &visit.t;
    let Sheet { process, proposal, words, errors, zoom, .. } = sheet;
    let language = t.language();
    let definition = &process.definition;
    let districts = town.part::<Districts>();
    let title = definition.title.in_language(language).to_owned();
    let code = proposal.as_ref().map(|one| one.code.to_string()).unwrap_or_default();
    let is_draft = proposal.as_ref().is_none_or(|one| one.state == State::Draft);
    let heading = t.say(if is_draft { "proposal-new" } else { "proposal-correct" });
    let named = |topic: &crate::model::Topic| (topic.code.clone(), topic.name.in_language(language).to_owned());
    let offered = districts
        .all()
        .into_iter()
        .filter(|(code, _)| definition.districts.is_empty() || definition.districts.contains(code));
    let picture = if districts.is_empty() {
        String::new()
    } else {
        format!("/districts/pin-map.svg?lat={}&long={}&zoom={zoom}", number(&words.lat), number(&words.long))
    };
    WritePage {
        frame: Frame::new(town, visit, heading),
        errors,
        crumbs: vec![
            Crumb { href: "/processes".to_owned(), label: t.say("processes-title").to_owned() },
            Crumb { href: format!("/processes/{}", process.code), label: title.clone() },
            Crumb { href: String::new(), label: heading.to_owned() },
        ],
        action: if code.is_empty() { "/proposals/new".to_owned() } else { format!("/proposals/{code}/edit") },
        can_submit: process.allows(PhaseAct::Submit, visit.at, 0),
        version: proposal.as_ref().map_or(1, |one| one.version),
        process_title: title,
        categories: crate::pages::choices(
            t.say("proposal-no-category"),
            definition.categories.iter().map(named),
            &words.category,
        ),
        districts: crate::pages::choices(t.say("proposal-no-district"), offered, &words.district),
        asks_cost: definition.rules.asks_cost,
        currency: town.settings().currency.to_string(),
        bounds: districts.bounds_text(),
        photos: photos(proposal.as_ref(), attached),
        photos_most: PHOTOS_LIMIT,
        groups: group_choices(t.say("proposal-group-none"), &groups, words.group.as_deref().unwrap_or_default()),
        may_add_document: is_draft && !code.is_empty() && documents.len() < DOCUMENTS_LIMIT,
        documents: document_lines(visit, &documents),
        process_code: process.code,
        is_draft,
        code,
        picture,
        zoom,
        words,
        similar,
    }
}

/// One's own name, and the groups one is in; nothing to choose where one is in none.
fn group_choices(own: &str, groups: &[Group], chosen: &str) -> Vec<Choice> {
    if groups.is_empty() {
        return Vec::new();
    }
    let named = groups.iter().map(|group| (group.code.to_string(), group.shown().to_owned()));
    crate::pages::choices(own, named, chosen)
}

/// Only a number goes into the address of the picture.
fn number(text: &str) -> String {
    text.trim()
        .parse::<f64>()
        .ok()
        .filter(|number| number.is_finite())
        .map(|number| number.to_string())
        .unwrap_or_default()
}

/// Photos of a draft, which only its authors see, and those that are public.
fn photos(proposal: Option<&Proposal>, attached: Vec<String>) -> Vec<String> {
    let Some(proposal) = proposal else { return attached };
    let of_draft = proposal.photos.iter().map(|id| format!("/files/{id}.jpg?small=1&draft={}", proposal.photo_key));
    of_draft.chain(attached).collect()
}
