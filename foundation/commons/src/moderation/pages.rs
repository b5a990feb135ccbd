//! Pages of moderation: reporting, the queue, one case, what became of a subject, and the public log.

mod case;
mod log;
mod of;
mod queue;
mod reasons;
mod report;

use super::{
    APPEAL, FLAG, MODERATE, READ, REASONS, book, notices,
    reasons::{Template, Templates},
};
use civic::{FileId, Subject};
use web::{
    Route, Sayings, Stop, Town, Visit, Wants,
    manifest::{Catalogue, Doc},
    openapi::{schema_of, text_schema},
    parts::Choice,
};

const LOG_TWINS: &[Wants] = &[Wants::Json, Wants::Csv, Wants::Rss];

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/moderation/report/{kind}/{id}", FLAG, report::ask),
        Route::post("/moderation/report/{kind}/{id}", FLAG, report::send),
        Route::get("/moderation/of/{kind}/{id}", READ, of::show).twins(&[Wants::Json]).documented(of_doc()),
        Route::post("/moderation/of/{kind}/{id}", APPEAL, of::appeal),
        Route::get("/moderation/log", READ, log::show).twins(LOG_TWINS).documented(log_doc()),
        Route::get("/moderation", MODERATE, queue::show).twins(&[Wants::Json]).documented(queue_doc()),
        Route::get("/moderation/cases/{case}", MODERATE, case::show),
        Route::post("/moderation/cases/{case}", MODERATE, case::act),
        Route::get("/admin/reasons", REASONS, reasons::list).twins(&[Wants::Json]).documented(reasons_doc()),
        Route::post("/admin/reasons", REASONS, reasons::save),
    ]
}

fn of_doc() -> Doc {
    Doc::new("moderation", "What moderators did about one subject")
        .path("kind", "Its kind, as request or comment.", text_schema())
        .path("id", "Its public id.", text_schema())
        .query("key", "The key of the private link, for whoever sent it without an account.", text_schema())
        .answers(200, "application/json", "What is hidden and why, and every act.", schema_of::<of::OfView>())
}

fn log_doc() -> Doc {
    Doc::new("moderation", "The public log of moderation, newest first; never the hidden words")
        .query("act", "Only these acts, as hidden.", text_schema())
        .query("after", "The `next` of the page before.", text_schema())
        .query("limit", "Acts of a page, at most 1000.", text_schema())
        .answers(200, "application/json", "A page of the log.", schema_of::<log::LogView>())
}

fn queue_doc() -> Doc {
    Doc::new("moderation", "What waits for a moderator, longest first")
        .query("state", "waiting, appealed, held or closed.", text_schema())
        .query("kind", "Only subjects of this kind.", text_schema())
        .query("reason", "Only what somebody reported for this reason.", text_schema())
        .query("after", "The `next` of the page before.", text_schema())
        .query("limit", "Cases of a page, at most 1000.", text_schema())
        .answers(200, "application/json", "A page of the queue.", schema_of::<queue::QueueView>())
}

fn reasons_doc() -> Doc {
    Doc::new("moderation", "The reasons that reports and moderators can choose, in their order")
        .query("edit", "The code of the reason whose form the page shows.", text_schema())
        .answers(200, "application/json", "All reasons, retired ones too.", schema_of::<reasons::ReasonsView>())
}

/// The subject of an address.
fn subject((kind, id): (String, String)) -> Subject {
    Subject { kind, id }
}

/// The page of a subject; of the matter it stands under, where it has none.
fn page_of(town: &Town, subject: &Subject) -> String {
    town.part::<Catalogue>().page_of(&subject.kind, &subject.id).unwrap_or_else(|| "/".to_owned())
}

/// What a kind of subject is called.
fn kind_name(town: &Town, t: &Sayings, kind: &str) -> String {
    let known = town.part::<Catalogue>().moderated(kind);
    known.map_or_else(|| kind.to_owned(), |moderated| t.say(moderated.key).to_owned())
}

/// The reasons to choose from, each with its public sentence.
fn reasons(t: &Sayings, templates: &Templates, chosen: &str) -> Vec<Choice> {
    templates.offered().map(|one| choice(t, one, chosen)).collect()
}

fn choice(t: &Sayings, template: &Template, chosen: &str) -> Choice {
    let reason = &template.reason;
    Choice { value: reason.code.clone(), label: reason.name(t), detail: reason.why(t), chosen: reason.code == chosen }
}

/// The names of parts by their Fluent keys, as one line.
fn part_names(t: &Sayings, keys: &[String]) -> String {
    let names: Vec<&str> = keys.iter().map(|key| t.say(key)).collect();
    names.join(t.say("moderation-comma"))
}

/// Whether a reader may see a photo that is hidden: a moderator whom it concerns, an officer while it is with the desk, or its author.
pub(crate) async fn may_see_photo(town: &Town, visit: &Visit, file: FileId, secret: &str) -> Result<bool, Stop> {
    let (actor, own, secret) = (visit.actor.clone(), town.clone(), secret.to_owned());
    town.db()
        .read(move |tx| {
            let Some(subject) = notices::notice_of_photo(tx, file)? else { return Ok(false) };
            let Some((moderated, contents)) = book::contents(own.part::<Catalogue>(), tx, &subject)? else {
                return Ok(false);
            };
            let secret = Some(secret.as_str()).filter(|secret| !secret.is_empty());
            let desk = super::desk::parts(tx, &subject)?.iter().any(|part| part.photo == Some(file));
            Ok(actor.may_for(&MODERATE, contents.organisation)
                || (desk && actor.may_for(&super::desk::READ, contents.organisation))
                || (moderated.is_author)(tx, &subject.id, &actor, secret)?)
        })
        .await
        .map_err(|error: database::DbError| error.into())
}
