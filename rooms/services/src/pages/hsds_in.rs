//! Taking over services of another directory: looked at first, then made drafts, undone where nobody worked on them.

use super::with_status;
use crate::{
    acts,
    hsds_in::{self, Aside, Look, PastImport, Plan},
    model::Definition,
};
use axum::{extract::State, http::StatusCode};
use civic::{Language, OrganisationId};
use database::DbError;
use people::organisations::{self, Organisation};
use serde_json::{Value, json};
use web::{
    Answer, Frame, Refusal, Route, Stop, Town, Visit, Wants,
    answer::{json as json_answer, page_with, see_other_saying},
    forms::{FormErrors, Submission},
    manifest::Doc,
    parts::{Choice, Crumb},
    visit::Path,
};

/// Bytes of the form: the file, and room for what it grows by when it is sent back as text.
const FORM_LIMIT_BYTES: usize = 16 * 1024 * 1024;

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/admin/services/import", acts::KEEP, begin),
        Route::post("/admin/services/import", acts::KEEP, import)
            .body_limit(FORM_LIMIT_BYTES)
            .field_limit(FORM_LIMIT_BYTES)
            .documented(doc()),
        Route::post("/admin/services/import/{id}/undo", acts::KEEP, undo),
    ]
}

fn doc() -> Doc {
    let body = json!({"type": "object", "required": ["organisation", "json"], "properties": {
        "organisation": {"type": "string", "description": "The code of the agency that will answer for the services."},
        "language": {"type": "string", "description": "The language of the directory, as `en`."},
        "json": {"type": "string", "description": "HSDS 3 as text: a page or list of services, or one service."},
        "act": {"type": "string", "enum": ["look", "take"], "description": "`look` says what would happen; `take` does it."},
    }});
    Doc::new("services", "Services of another directory (HSDS 3) as drafts; each file can be looked at first")
        .body("application/json", body)
        .answers(200, "application/json", "What is made, changed, the same and set aside.", json!({"type": "object"}))
}

/// Services of a plan as the page lists them.
struct Line {
    code: String,
    title: String,
}

struct AsideLine {
    number: String,
    name: String,
    reason: String,
}

struct PastLine {
    id: String,
    words: String,
    may_undo: bool,
}

#[derive(askama::Template)]
#[template(path = "services_import.html")]
struct ImportPage {
    frame: Frame,
    errors: FormErrors,
    crumbs: Vec<Crumb>,
    organisations: Vec<Choice>,
    languages: Vec<Choice>,
    past: Vec<PastLine>,
    /// What was looked at: its counts in words, then service by service.
    sum: String,
    makes: Vec<Line>,
    changes: Vec<Line>,
    asides: Vec<AsideLine>,
    may_take: bool,
    organisation: String,
    language: String,
    name: String,
    json: String,
}

/// GET /admin/services/import
async fn begin(State(town): State<Town>, visit: Visit) -> Answer {
    render(&town, &visit, None, None, FormErrors::default()).await
}

/// POST /admin/services/import
async fn import(State(town): State<Town>, visit: Visit, form: Submission) -> Answer {
    let look = match asked(&town, &form) {
        Ok(look) => look,
        Err(refusal) if visit.wants == Wants::Json => return Err(refusal.into()),
        Err(refusal) => {
            let errors = FormErrors::of(std::slice::from_ref(&refusal), &visit.t);
            return with_status(render(&town, &visit, None, None, errors).await, &[refusal]);
        }
    };
    let takes = form.text("act") == Some("take");
    let done = if takes {
        hsds_in::take(&town, visit.actor.clone(), look.clone()).await.map(|imported| (imported.id, imported.plan))
    } else {
        hsds_in::look(&town, visit.actor.clone(), look.clone()).await.map(|plan| (None, plan))
    };
    match done {
        Ok((id, plan)) if visit.wants == Wants::Json => json_answer(&view(&visit, id, &plan)),
        Ok((_, plan)) if takes && plan.asides.is_empty() => {
            let key = if plan.makes.is_empty() && plan.changes.is_empty() { "sv-flash-in-same" } else { "sv-flash-in" };
            see_other_saying("/admin/services", key)
        }
        Ok((_, plan)) => render(&town, &visit, Some(&look), Some((plan, takes)), FormErrors::default()).await,
        Err(Stop::Refused(refusals)) if visit.wants != Wants::Json => {
            let errors = FormErrors::of(&refusals, &visit.t);
            with_status(render(&town, &visit, Some(&look), None, errors).await, &refusals)
        }
        Err(other) => Err(other),
    }
}

fn asked(town: &Town, form: &Submission) -> Result<Look, Refusal> {
    let file = form.file("file");
    let text = match (file, form.raw("json")) {
        (Some(file), _) if !file.bytes.is_empty() => String::from_utf8(file.bytes.to_vec())
            .map_err(|_| Refusal::new("hsds-unreadable").at("file").with("line", 1_i64).with("column", 1_i64))?,
        (_, Some(text)) if !text.is_empty() => text.to_owned(),
        _ => return Err(Refusal::new("hsds-file").at("file")),
    };
    let usual = town.settings().languages.first().copied().unwrap_or(Language::En);
    Ok(Look {
        organisation: form.text("organisation").unwrap_or_default().to_owned(),
        language: form.text("language").and_then(|text| text.parse().ok()).unwrap_or(usual),
        name: file.map_or_else(|| form.text("name").unwrap_or_default().to_owned(), |file| file.file_name.clone()),
        // Browsers send back what was looked at with longer line ends; it must not grow past the limit by that.
        text: if text.contains("\r\n") { text.replace("\r\n", "\n") } else { text },
    })
}

fn view(visit: &Visit, id: Option<String>, plan: &Plan) -> Value {
    let aside = |one: &Aside| json!({"number": one.number, "name": one.name, "reason": one.reason.sentence(&visit.t)});
    json!({
        "import": id,
        "made": plan.makes.iter().map(|(code, ..)| code).collect::<Vec<_>>(),
        "changed": plan.changes.iter().map(|(code, ..)| code).collect::<Vec<_>>(),
        "same": plan.same,
        "aside": plan.asides.iter().map(aside).collect::<Vec<_>>(),
    })
}

async fn render(
    town: &Town,
    visit: &Visit,
    look: Option<&Look>,
    looked: Option<(Plan, bool)>,
    errors: FormErrors,
) -> Answer {
    let actor = visit.actor.clone();
    let found = town
        .db()
        .read(move |tx| {
            let mut own = organisations::list(tx)?;
            own.retain(|one| actor.may_for(&acts::KEEP, Some(one.id)));
            let ids: Vec<OrganisationId> = own.iter().map(|one| one.id).collect();
            Ok((own, hsds_in::past(tx, &ids)?))
        })
        .await;
    let (own, past): (Vec<Organisation>, Vec<PastImport>) = found.map_err(|error: DbError| Stop::from(error))?;
    let t = &visit.t;
    let choice = |value: &str, label: &str, chosen: bool| Choice {
        value: value.to_owned(),
        label: label.to_owned(),
        detail: String::new(),
        chosen,
    };
    let organisation = look.map(|look| look.organisation.clone()).unwrap_or_default();
    let usual = town.settings().languages.first().copied().unwrap_or(Language::En);
    let language = look.map_or(usual, |look| look.language);
    let line = |(code, draft): (&String, &Definition)| Line {
        code: code.clone(),
        title: draft.title.in_language(t.language()).to_owned(),
    };
    let aside = |one: &Aside| AsideLine {
        number: one.number.to_string(),
        name: one.name.clone(),
        reason: one.reason.sentence(t),
    };
    let (plan, taken) = looked.unwrap_or_default();
    let is_looked = plan != Plan::default();
    let has_news = !plan.makes.is_empty() || !plan.changes.is_empty();
    let sum = [
        ("made", plan.makes.len()),
        ("changed", plan.changes.len()),
        ("same", plan.same.len()),
        ("aside", plan.asides.len()),
    ];
    let sum: [(&str, web::words::Value); 4] = sum.map(|(name, count)| (name, count.into()));
    let status = match errors.is_empty() {
        true if taken => StatusCode::CONFLICT,
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    page_with(
        status,
        &ImportPage {
            frame: Frame::new(town, visit, t.say("sv-in-title")),
            errors,
            crumbs: vec![
                Crumb { href: "/admin/services".to_owned(), label: t.say("sv-keep-title").to_owned() },
                Crumb { href: String::new(), label: t.say("sv-in-title").to_owned() },
            ],
            organisations: own
                .iter()
                .map(|by| choice(&by.code, by.name.in_language(t.language()), by.code == organisation))
                .collect(),
            languages: Language::ALL.iter().map(|one| choice(one.tag(), one.own_name(), *one == language)).collect(),
            past: past.iter().map(|one| past_line(visit, one)).collect(),
            sum: match (is_looked, taken) {
                (false, _) => String::new(),
                (true, true) => t.with("sv-in-done", &sum),
                (true, false) => t.with("sv-in-would", &sum),
            },
            makes: plan.makes.iter().map(|(code, _, draft)| line((code, draft))).collect(),
            changes: plan.changes.iter().map(|(code, _, draft)| line((code, draft))).collect(),
            asides: plan.asides.iter().map(aside).collect(),
            may_take: !taken && has_news,
            language: language.tag().to_owned(),
            name: look.map(|look| look.name.clone()).unwrap_or_default(),
            json: look.filter(|_| is_looked && !taken).map(|look| look.text.clone()).unwrap_or_default(),
            organisation,
        },
    )
}

fn past_line(visit: &Visit, one: &PastImport) -> PastLine {
    let [made, changed, same, aside] = one.counts;
    let values = [
        ("date", visit.date_time(one.at).into()),
        ("name", one.name.as_str().into()),
        ("made", made.into()),
        ("changed", changed.into()),
        ("same", same.into()),
        ("aside", aside.into()),
    ];
    let undone = one.undone_at.map(|at| visit.t.with1("sv-in-undone", "date", visit.date(at)));
    let words = visit.t.with("sv-in-past-line", &values);
    PastLine {
        id: one.id.clone(),
        words: undone.map_or_else(|| words.clone(), |undone| format!("{words} {undone}")),
        may_undo: one.undone_at.is_none(),
    }
}

/// POST /admin/services/import/{id}/undo
async fn undo(State(town): State<Town>, visit: Visit, Path(id): Path<String>) -> Answer {
    match hsds_in::undo(&town, visit.actor.clone(), id).await {
        Ok(done) if visit.wants == Wants::Json => json_answer(&json!({"undone": done.undone, "left": done.left})),
        Ok(done) => {
            let key = if done.left.is_empty() { "sv-flash-in-undone" } else { "sv-flash-in-undone-partly" };
            see_other_saying("/admin/services/import", key)
        }
        Err(Stop::Refused(refusals)) if visit.wants != Wants::Json => {
            let errors = FormErrors::of(&refusals, &visit.t);
            with_status(render(&town, &visit, None, None, errors).await, &refusals)
        }
        Err(other) => Err(other),
    }
}
