//! The form of a proposal, with what was typed, what is wrong with it, and what is similar already.

use crate::{
    decide::Words,
    model::{PHOTOS_LIMIT, PhaseAct, Process, Proposal, State},
    pages::similar,
};
use axum::http::StatusCode;
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
}

pub(super) async fn show(town: &Town, visit: &Visit, sheet: Sheet) -> Answer {
    let text = format!("{} {}", sheet.words.title, sheet.words.text);
    let own = sheet.proposal.as_ref().map(|one| one.code.to_string()).unwrap_or_default();
    let is_submitted = sheet.proposal.as_ref().is_some_and(|one| one.state != State::Draft);
    let subject = sheet.proposal.as_ref().map(Proposal::subject);
    let look = move |tx: &mut database::Tx<'_>| {
        let files = match subject.filter(|_| is_submitted) {
            Some(subject) => commons::files::of(tx, &subject)?,
            None => Vec::new(),
        };
        Ok::<_, DbError>((similar::find(tx, &text, &own)?, files))
    };
    let (found, files) = town.db().read(look).await.map_err(Stop::from)?;
    let similar = similar::shown(town, found);
    let attached = files.into_iter().map(|file| format!("/files/{}.jpg?small=1", file.id)).collect();
    let status = sheet.status;
    page_with(status, &compose(town, visit, sheet, similar, attached))
}

fn compose(
    town: &Town,
    visit: &Visit,
    sheet: Sheet,
    similar: Vec<similar::Similar>,
    attached: Vec<String>,
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
        process_code: process.code,
        is_draft,
        code,
        picture,
        zoom,
        words,
        similar,
    }
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
