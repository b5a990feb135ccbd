//! Pages for people, with their machine twins.

mod again;
mod apply;
mod appointments;
mod check_answers;
mod desk;
mod desk_case;
mod edit_form;
mod entitled;
mod fees;
mod figures;
mod files;
mod front;
mod hsds;
mod hsds_in;
mod joint;
mod keep;
mod letter_templates;
mod letters;
mod link;
mod linked;
mod list;
mod named;
mod openfisca;
mod own;
mod page;
mod paper;
mod pilot;
mod post;
mod proof;
mod queue;
mod receipt;
mod show;
mod status;
mod take_up;
mod team;
mod trial;
mod version;

pub(crate) use desk::own_organisations;
pub use front::front_panel;

use crate::acts;
use serde_json::json;
use web::{
    Answer, Refusal, Route, Wants,
    manifest::Doc,
    openapi::{schema_of, text_schema},
};

/// Bytes a page with photos may have.
const PHOTO_FORM_LIMIT_BYTES: usize = 41 * 1024 * 1024;
/// Bytes a form's schema or a table of words may have.
const SCHEMA_FORM_LIMIT_BYTES: usize = 1024 * 1024;
/// Bytes a table of households may have.
const TABLE_FORM_LIMIT_BYTES: usize = 8 * 1024 * 1024;
const LIST_TWINS: &[Wants] = &[Wants::Json, Wants::Csv];
const PAGE_TWINS: &[Wants] = &[Wants::Json];

/// A form to put right, with the status of the first thing: 422 for what was typed, 409 for what somebody else changed meanwhile.
fn with_status(answer: Answer, refusals: &[Refusal]) -> Answer {
    let mut answer = answer?;
    if let Some(first) = refusals.first() {
        *answer.status_mut() = first.status;
    }
    Ok(answer)
}

/// The routes of the room.
pub fn routes() -> Vec<Route> {
    let mut routes = public();
    routes.extend(applying());
    routes.extend(office());
    routes.extend(appointments::routes());
    routes.extend(fees::routes());
    routes.extend(trial::routes());
    routes.extend(hsds::routes());
    routes.extend(openfisca::routes());
    routes.extend(joint::routes());
    routes.extend(post::routes());
    routes.extend(hsds_in::routes());
    routes.extend(letter_templates::routes());
    routes
}

fn public() -> Vec<Route> {
    vec![
        Route::get("/services", acts::READ, list::list).twins(LIST_TWINS).documented(list_doc()),
        Route::get("/services/figures", acts::READ, figures::figures).twins(LIST_TWINS).documented(figures_doc()),
        Route::get("/services/take-up", acts::READ, take_up::show).twins(LIST_TWINS).documented(take_up_doc()),
        Route::get("/services/linked-data", acts::READ, linked::catalogue).for_other_sites().documented(linked_doc()),
        Route::get("/services/{code}", acts::READ, show::show).twins(PAGE_TWINS).documented(show_doc()),
        Route::get("/services/{code}/versions/{number}", acts::READ, version::show)
            .twins(PAGE_TWINS)
            .documented(version::doc()),
        Route::get("/services/{code}/entitled", acts::READ, entitled::begin),
        Route::post("/services/{code}/entitled", acts::READ, entitled::ask).unmetered().documented(entitled_doc()),
        Route::get("/services/{code}/pilot", acts::READ, pilot::show).twins(PAGE_TWINS).documented(pilot_doc()),
        Route::get("/services/{code}/paper.pdf", acts::READ, paper::print).documented(paper_doc()),
        Route::get("/services/{code}/schema", acts::READ, show::schema).for_other_sites().documented(schema_doc()),
    ]
}

fn applying() -> Vec<Route> {
    vec![
        Route::get("/services/{code}/apply", acts::APPLY, apply::start).twins(PAGE_TWINS).documented(start_doc()),
        Route::post("/services/{code}/apply", acts::APPLY, apply::begin),
        Route::get("/apply/{draft}/check", acts::APPLY, check_answers::check),
        Route::post("/apply/{draft}/check", acts::APPLY, check_answers::send),
        Route::get("/apply/{draft}/photo/{file}", acts::APPLY, page::photo),
        Route::get("/apply/{draft}/{page}", acts::APPLY, page::show),
        Route::post("/apply/{draft}/{page}", acts::APPLY, page::save).body_limit(PHOTO_FORM_LIMIT_BYTES),
        Route::post("/apply/{draft}/{page}/keep", acts::APPLY, page::keep).unmetered(),
        Route::get("/applications", acts::OWN, own::list).twins(PAGE_TWINS),
        Route::get("/applications/link", acts::APPLY, link::ask),
        Route::post("/applications/link", acts::APPLY, link::send).documented(link::doc()),
        Route::get("/applications/{code}", acts::APPLY, status::show).twins(PAGE_TWINS).documented(decided_doc()),
        Route::get("/applications/{code}/receipt", acts::APPLY, receipt::page),
        Route::get("/applications/{code}/receipt.pdf", acts::APPLY, receipt::pdf).for_machines(),
        Route::get("/applications/{code}/certificate.pdf", acts::APPLY, receipt::certificate).for_machines(),
        Route::get("/applications/{code}/proof", acts::APPLY, proof::file).documented(proof::doc()),
        Route::get("/applications/{code}/photo/{file}", acts::APPLY, status::photo),
        Route::post("/applications/{code}/reopen", acts::APPLY, again::reopen).documented(reopen_doc()),
        Route::post("/applications/{code}/{act}", acts::APPLY, status::act),
    ]
}

fn office() -> Vec<Route> {
    vec![
        Route::get("/desk/services", acts::INBOX, desk::inbox).twins(LIST_TWINS).documented(desk::doc()),
        Route::get("/desk/services/views", acts::INBOX, desk::views).twins(PAGE_TWINS).documented(desk::views_doc()),
        Route::post("/desk/services/views", acts::INBOX, desk::act_on_views).documented(desk::act_doc()),
        Route::get("/desk/services/queue", acts::INBOX, queue::show).twins(PAGE_TWINS).documented(queue_doc()),
        Route::post("/desk/services/letters", acts::HANDLE, letters::letters).documented(letters_doc()),
        Route::get("/desk/services/team", acts::INBOX, team::show),
        Route::post("/desk/services/team/{act}", acts::HANDLE, team::act),
        Route::get("/desk/services/{code}", acts::HANDLE, desk_case::show),
        Route::get("/desk/services/{code}/photo/{file}", acts::HANDLE, paper::desk_file),
        Route::post("/desk/services/{code}/scan", acts::HANDLE, paper::scan)
            .body_limit(PHOTO_FORM_LIMIT_BYTES)
            .documented(scan_doc()),
        Route::post("/desk/services/{code}/{act}", acts::HANDLE, desk_case::act),
        Route::get("/admin/services", acts::KEEP, keep::list),
        Route::post("/admin/services", acts::KEEP, keep::create),
        Route::get("/admin/services/population", acts::DESCRIBE, take_up::population),
        Route::post("/admin/services/population", acts::DESCRIBE, take_up::describe).body_limit(TABLE_FORM_LIMIT_BYTES),
        Route::get("/admin/services/{code}", acts::KEEP, keep::edit),
        Route::post("/admin/services/{code}", acts::KEEP, keep::save),
        Route::post("/admin/services/{code}/publish", acts::KEEP, keep::publish),
        Route::post("/admin/services/{code}/pilot/{act}", acts::KEEP, pilot::change),
        Route::get("/admin/services/{code}/form", acts::KEEP, edit_form::edit),
        Route::post("/admin/services/{code}/form", acts::KEEP, edit_form::change)
            .body_limit(SCHEMA_FORM_LIMIT_BYTES)
            .field_limit(SCHEMA_FORM_LIMIT_BYTES),
    ]
}

fn list_doc() -> Doc {
    Doc::new("services", "The town's services")
        .query("q", "What people type, as `moved house`.", text_schema())
        .query("event", "An event in a life, as `moving`.", text_schema())
        .query("organisation", "The code of an organisation.", text_schema())
        .answers(
            200,
            "application/json",
            "The services, best match first, else by name.",
            schema_of::<list::ListView>(),
        )
}

fn show_doc() -> Doc {
    Doc::new("services", "One service: who it is for, what it needs and costs, and how long it really takes")
        .path("code", "Its code, as `residents-parking`.", text_schema())
        .answers(200, "application/json", "The service.", schema_of::<crate::views::ServiceView>())
}

fn schema_doc() -> Doc {
    Doc::new("services", "The form of a service as JSON Schema 2020-12, pages and questions under `x-polity`")
        .path("code", "The code of the service.", text_schema())
        .query("number", "The version; the one in force unless asked otherwise.", text_schema())
        .answers(200, "application/schema+json", "The schema.", json!({"type": "object"}))
}

fn paper_doc() -> Doc {
    Doc::new("services", "The form on paper; its code opens the page on which a clerk types it in")
        .path("code", "The code of the service.", text_schema())
        .query("language", "`en`, `es` or `ar`; the reader's unless asked otherwise.", text_schema())
        .answers(200, "application/pdf", "Sheets of A4.", json!({"type": "string", "format": "binary"}))
}

fn scan_doc() -> Doc {
    let body =
        json!({"type": "object", "required": ["scan"], "properties": {"scan": {"type": "string", "format": "binary"}}});
    let file = json!({"type": "object", "properties": {"file": {"type": "string"}, "url": {"type": "string"}}});
    Doc::new("services", "A photo or PDF of a paper that came to the office goes into the file of a case")
        .path("code", "The reference of the application.", text_schema())
        .body("multipart/form-data", body)
        .answers(201, "application/json", "The file.", file)
}

fn entitled_doc() -> Doc {
    let body = json!({"type": "object", "properties": {"facts": {"type": "object", "description": "Facts by name, as `{\"income\": \"1200\"}`; none to begin."}}});
    Doc::new("services", "Am I entitled? Nothing is kept of what is asked")
        .path("code", "The code of the service.", text_schema())
        .body("application/json", body)
        .answers(
            200,
            "application/json",
            "What the rules say, or the next fact that matters.",
            json!({"type": "object"}),
        )
        .answers(
            422,
            "application/problem+json",
            "A fact that cannot be read, or that the form would refuse too; the sentence names it.",
            json!({"type": "object"}),
        )
}

fn linked_doc() -> Doc {
    Doc::new("services", "The catalogue as linked data: CPSV-AP 3.2 in JSON-LD").answers(
        200,
        "application/ld+json",
        "A graph of public services, organisations, channels, costs, rules and events.",
        json!({"type": "object"}),
    )
}

fn figures_doc() -> Doc {
    Doc::new("services", "How soon and how fairly services are given; nothing is said of fewer than ten applications")
        .query("service", "The code of a service; all of them unless asked otherwise.", text_schema())
        .answers(200, "application/json", "The figures.", schema_of::<crate::figures::FiguresView>())
}

fn queue_doc() -> Doc {
    Doc::new("services", "The queue of an agency, as measured, and what another plan of work would change")
        .query("agency", "The code of an agency of one's own.", text_schema())
        .query("service", "The code of a service; all of the agency unless asked otherwise.", text_schema())
        .query(
            "rate",
            "Applications that one clerk decides in a day; as measured unless asked otherwise.",
            text_schema(),
        )
        .query(
            "now-1",
            "Clerks on Mondays now, and so on to `now-7`; as measured unless asked otherwise.",
            text_schema(),
        )
        .query("then-1", "Clerks on Mondays then, and so on to `then-7`; as now unless asked otherwise.", text_schema())
        .answers(200, "application/json", "What is likely to wait.", schema_of::<queue::QueueView>())
}

fn letters_doc() -> Doc {
    let body = json!({"type": "object", "required": ["pick", "batch", "why"], "properties": {
        "pick": {"type": "array", "items": {"type": "string"}, "maxItems": crate::decide::LETTERS_LIMIT, "description": "References of applications."},
        "text": {"type": "string", "description": "The letter; fields in braces are filled in for each, as {reference}, {service}, {filed}, {due} or the name of a question."},
        "text-es": {"type": "string", "description": "The letter for those who read Spanish; so for each language of the town. The others get `template`, or `text` where none is named."},
        "template": {"type": "string", "description": "Instead of `text` the id of a kept letter (`/admin/services/letter-templates.json`): each gets it in their language, but who reads in one for which a text is written here."},
        "batch": {"type": "string", "description": "A name of one's own: under the same name nobody gets the letter twice."},
        "why": {"type": "string", "enum": crate::model::LOOKS, "description": "Why the applications are opened; their applicants read it."},
        "stage": {"type": "string", "enum": ["read", "send"], "description": "`read` says what each would get and sends nothing; `send`, or nothing, sends."},
    }});
    Doc::new("services", "One letter to several applicants, each filled in and sent by itself")
        .body("application/json", body)
        .answers(
            200,
            "application/json",
            "Who was written to, and why others were not.",
            schema_of::<letters::LettersView>(),
        )
}

fn take_up_doc() -> Doc {
    Doc::new(
        "services",
        "Who is entitled by the rules over the households that the town describes, and who got it, by district",
    )
    .query("service", "The code of a service; all of them unless asked otherwise.", text_schema())
    .answers(200, "application/json", "The gap.", schema_of::<crate::take_up::TownTakeUp>())
}

fn start_doc() -> Doc {
    Doc::new(
        "services",
        "Before an application: what the town already holds about the signed-in person and could be taken over",
    )
    .path("code", "The code of the service.", text_schema())
    .query("paper", "The version of the form that was filled in on paper.", text_schema())
    .answers(200, "application/json", "What could be taken over.", schema_of::<apply::StartView>())
}

fn pilot_doc() -> Doc {
    Doc::new("services", "Two versions of a service given out by chance, and what came of each")
        .path("code", "The code of the service.", text_schema())
        .answers(200, "application/json", "The pilot.", schema_of::<crate::pilot::PilotView>())
}

fn reopen_doc() -> Doc {
    let body = json!({"type": "object", "properties": {"key": {"type": "string", "description": "The key of the private link; none for who is signed in and filed it."}}});
    let draft = json!({"type": "object", "properties": {
        "draft": {"type": "string", "description": "The secret under which the open pages are answered, as those of a new application, and sent to `/apply/{draft}/check.json`."},
        "url": {"type": "string", "description": "The first open page."},
    }});
    Doc::new("services", "Opens the questions again that the office asks for")
        .path("code", "The reference of the application, as A-7K2M4P.", text_schema())
        .body("application/json", body)
        .answers(201, "application/json", "Where they are answered.", draft)
}

fn decided_doc() -> Doc {
    Doc::new("services", "What everybody may know of a decided application")
        .path("code", "Its reference, as A-7K2M4P.", text_schema())
        .query("key", "The key of the applicant's private link.", text_schema())
        .answers(200, "application/json", "The decision.", schema_of::<crate::views::DecidedView>())
}
