//! Pages for people, with their machine twins.

mod admin;
mod amend;
mod desk;
mod documents;
mod front;
mod groups;
mod imports;
mod keep;
mod list;
mod part;
mod processes;
mod show;
mod similar;
mod split;
mod versions;
mod write;

pub use front::front_panel;

use crate::{acts, views};
use serde_json::json;
use web::{
    Route, Wants,
    manifest::Doc,
    openapi::{schema_of, text_schema},
    parts::Choice,
};

/// Bytes a form with photos may have.
const PHOTO_FORM_LIMIT_BYTES: usize = 21 * 1024 * 1024;

const LIST_TWINS: &[Wants] = &[Wants::Json, Wants::Csv, Wants::GeoJson, Wants::Rss];
const PAGE_TWINS: &[Wants] = &[Wants::Json, Wants::Rss];
const PROCESSES_TWINS: &[Wants] = &[Wants::Json, Wants::Csv];

/// The routes of the pages.
pub fn routes() -> Vec<Route> {
    let mut routes = process_routes();
    routes.extend(proposal_routes());
    routes.extend(group_routes());
    routes
}

fn group_routes() -> Vec<Route> {
    vec![
        Route::get("/groups", acts::PROPOSE, groups::mine).twins(&[Wants::Json]),
        Route::post("/groups", acts::PROPOSE, groups::form_group),
        Route::get("/groups/{code}", acts::READ, groups::show).twins(&[Wants::Json]).documented(groups::group_doc()),
        Route::post("/groups/{code}/invite", acts::PROPOSE, groups::invite),
        Route::get("/groups/{code}/join", acts::PROPOSE, groups::asked),
        Route::post("/groups/{code}/join", acts::PROPOSE, groups::join),
        Route::post("/groups/{code}/leave", acts::PROPOSE, groups::leave),
    ]
}

fn process_routes() -> Vec<Route> {
    vec![
        Route::get("/processes", acts::READ, processes::list).twins(PROCESSES_TWINS).documented(processes_doc()),
        Route::get("/processes/{process}", acts::READ, processes::show).twins(&[Wants::Json]).documented(process_doc()),
        Route::get("/processes/{process}/calendar.ics", acts::READ, processes::calendar),
        Route::get("/admin/processes", acts::STEWARD, admin::list),
        Route::post("/admin/processes", acts::STEWARD, admin::create),
        Route::get("/admin/processes/{process}", acts::STEWARD, admin::edit),
        Route::post("/admin/processes/{process}", acts::STEWARD, admin::save),
        Route::post("/admin/processes/{process}/publish", acts::STEWARD, admin::publish),
        Route::get("/admin/processes/{process}/imports", acts::STEWARD, imports::show).twins(&[Wants::Json]),
        Route::post("/admin/processes/{process}/imports", acts::STEWARD, imports::send)
            .body_limit(imports::FILE_LIMIT_BYTES),
        Route::post("/admin/processes/{process}/imports/{import}/undo", acts::STEWARD, imports::undo),
    ]
}

fn proposal_routes() -> Vec<Route> {
    vec![
        Route::get("/proposals", acts::READ, list::list).twins(LIST_TWINS).documented(list_doc()),
        Route::post("/proposals", acts::PROPOSE, write::propose).documented(propose_doc()),
        Route::get("/proposals/new", acts::PROPOSE, write::start),
        Route::post("/proposals/new", acts::PROPOSE, write::begin).body_limit(PHOTO_FORM_LIMIT_BYTES),
        Route::get("/proposals/mine", acts::PROPOSE, write::mine).twins(&[Wants::Json]),
        Route::get("/proposals/similar", acts::READ, similar::ask).for_machines().documented(similar_doc()),
        Route::get("/proposals/desk", acts::EVALUATE, desk::waiting).twins(&[Wants::Json]),
        Route::get("/proposals/{code}", acts::READ, show::show).twins(PAGE_TWINS).documented(show_doc()),
        Route::get("/proposals/{code}/versions", acts::READ, versions::show)
            .twins(&[Wants::Json])
            .documented(versions_doc()),
        Route::get("/proposals/{code}/edit", acts::PROPOSE, write::edit),
        Route::post("/proposals/{code}/edit", acts::PROPOSE, write::save).body_limit(PHOTO_FORM_LIMIT_BYTES),
        Route::post("/proposals/keep", acts::PROPOSE, keep::first),
        Route::post("/proposals/{code}/keep", acts::PROPOSE, keep::more),
        Route::post("/proposals/{code}/withdraw", acts::PROPOSE, part::withdraw),
        Route::post("/proposals/{code}/support", acts::SUPPORT, part::support).documented(support_doc()),
        Route::post("/proposals/{code}/arguments", acts::ARGUE, part::argue),
        Route::post("/proposals/{code}/endorse", acts::ENDORSE, part::endorse),
        Route::post("/proposals/{code}/documents", acts::PROPOSE, documents::add).body_limit(PHOTO_FORM_LIMIT_BYTES),
        Route::get("/proposals/{code}/documents/{file}", acts::PROPOSE, documents::of_draft),
        Route::post("/proposals/{code}/documents/{file}/remove", acts::PROPOSE, documents::remove),
        Route::post("/proposals/{code}/invite", acts::PROPOSE, part::invite),
        Route::get("/proposals/{code}/join", acts::PROPOSE, part::asked),
        Route::post("/proposals/{code}/join", acts::PROPOSE, part::join),
        Route::get("/proposals/{code}/amend", acts::AMEND, amend::form),
        Route::post("/proposals/{code}/amend", acts::AMEND, amend::send),
        Route::get("/proposals/{code}/answer", acts::EVALUATE, desk::form),
        Route::post("/proposals/{code}/answer", acts::EVALUATE, desk::answer),
        Route::post("/proposals/{code}/merge", acts::STEWARD, desk::merge),
        Route::post("/proposals/{code}/separate", acts::STEWARD, desk::separate),
        Route::get("/proposals/{code}/split", acts::STEWARD, split::form),
        Route::post("/proposals/{code}/split", acts::STEWARD, split::send),
        Route::get("/arguments/{id}", acts::READ, part::argument),
        Route::get("/amendments/{code}", acts::READ, amend::show).twins(&[Wants::Json]).documented(amendment_doc()),
        Route::post("/amendments/{code}/{act}", acts::AMEND, amend::settle),
    ]
}

fn processes_doc() -> Doc {
    Doc::new("participation", "Processes in which residents take part, what ends last first").answers(
        200,
        "application/json",
        "All public processes.",
        schema_of::<processes::ProcessList>(),
    )
}

fn process_doc() -> Doc {
    Doc::new("participation", "One process with its phases and rules; with /calendar.ics its phases as a calendar")
        .path("process", "Its code.", text_schema())
        .answers(200, "application/json", "The process.", schema_of::<views::ProcessView>())
}

fn list_doc() -> Doc {
    Doc::new("participation", "Proposals")
        .query("q", "Words to find.", text_schema())
        .query("process", "The code of a process.", text_schema())
        .query("district", "The code of a district.", text_schema())
        .query("category", "The code of a category of the process.", text_schema())
        .query("state", "open, feasible, infeasible, answered, withdrawn, merged, or overdue.", text_schema())
        .query("sort", "newest, supported, discussed or random.", text_schema())
        .query("seed", "With sort=random: a number; the same seed gives the same order.", text_schema())
        .query("after", "The `next` of the page before.", text_schema())
        .query(
            "limit",
            "Items of a page.",
            json!({"type": "integer", "minimum": 1, "maximum": web::paging::PAGE_SIZE_LIMIT}),
        )
        .answers(200, "application/json", "A page of proposals.", schema_of::<list::ListView>())
}

fn show_doc() -> Doc {
    Doc::new("participation", "One proposal with arguments, amendments, answers and what it grew from")
        .path("code", "Its reference, as P-7K2M.", text_schema())
        .answers(200, "application/json", "The proposal.", schema_of::<show::ProposalView>())
}

fn versions_doc() -> Doc {
    Doc::new("participation", "The texts a proposal had, and what changed word by word")
        .path("code", "Its reference.", text_schema())
        .answers(200, "application/json", "Its versions, newest first.", schema_of::<versions::VersionsView>())
}

fn amendment_doc() -> Doc {
    Doc::new("participation", "One amendment: other words for a proposal, and what its authors decided")
        .path("code", "Its reference, as A-7K2M.", text_schema())
        .answers(200, "application/json", "The amendment.", schema_of::<amend::AmendmentView>())
}

fn similar_doc() -> Doc {
    Doc::new("participation", "What says something similar already: proposals and reports, the most similar first")
        .query("text", "The words of a proposal that is being written.", text_schema())
        .answers(200, "application/json", "At most eight matters.", schema_of::<similar::SimilarList>())
}

fn support_doc() -> Doc {
    Doc::new("participation", "Support a proposal, once however often it is asked; with leave=yes take that back")
        .path("code", "Its reference.", text_schema())
        .answers(200, "application/json", "The count.", schema_of::<part::SupportView>())
}

fn propose_doc() -> Doc {
    let text = |description: &str| json!({"type": "string", "description": description});
    let body = json!({
        "type": "object",
        "required": ["process", "title", "text"],
        "properties": {
            "process": text("The code of a process."),
            "title": text("8 to 150 characters."),
            "text": text("20 to 10,000 characters, plain."),
            "category": text("The code of a category, where the process has some."),
            "district": text("The code of a district, where there is no pin."),
            "lat": {"type": "number", "minimum": -90, "maximum": 90},
            "long": {"type": "number", "minimum": -180, "maximum": 180},
            "address": text("The place in words."),
            "cost": text("What it costs, in whole units of the town's currency, where the process asks."),
            "sources": text("References of what it grew from, with commas between."),
        },
    });
    Doc::new("participation", "Hand in a proposal; needs an account").body("application/json", body).answers(
        201,
        "application/json",
        "The proposal.",
        schema_of::<views::ProposalRow>(),
    )
}

/// Named codes as choices, behind one that stands for all where it has words.
fn choices(all: &str, named: impl Iterator<Item = (String, String)>, chosen: &str) -> Vec<Choice> {
    let first = (!all.is_empty()).then(|| (String::new(), all.to_owned()));
    first
        .into_iter()
        .chain(named)
        .map(|(value, label)| Choice { chosen: value == chosen, value, label, detail: String::new() })
        .collect()
}

/// The colour of a state's chip.
fn chip(state: crate::model::StateWord) -> &'static str {
    use crate::model::StateWord::{Answered, Draft, Feasible, Infeasible, Merged, Open, Withdrawn};
    match state {
        Draft | Withdrawn | Merged => "",
        Open => "p",
        Feasible | Answered => "g",
        Infeasible => "r",
    }
}
