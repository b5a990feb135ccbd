use crate::{mandates, mandates::GivenMandate, organisations::WHOLE_TOWN, setup};
use axum::extract::State;
use schemars::JsonSchema;
use serde::Serialize;
use web::{
    Answer, Doc, Frame, Sayings, Stop, Town, Visit, Wants,
    answer::{json, page},
    table::csv_answer,
};

#[derive(askama::Template)]
#[template(path = "people_mandates.html")]
struct MandatesPage {
    frame: Frame,
    rows: Vec<MandateRow>,
}

/// A mandate in the words of a reader.
pub(super) struct MandateRow {
    /// The id, for the form that ends it.
    pub id: String,
    /// The pseudonym.
    pub handle: String,
    /// The role.
    pub role: String,
    /// The organisation or the whole town.
    pub scope: String,
    /// The day.
    pub since: String,
    /// Who gave it.
    pub by: String,
}

/// A mandate for machines.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct MandateView {
    /// The id.
    pub id: String,
    /// The pseudonym of its holder.
    pub handle: String,
    /// The role, as `officer`.
    pub role: String,
    /// The code of the organisation, or `town`.
    pub scope: String,
    /// Since when (RFC 3339, UTC).
    pub given_at: String,
    /// The pseudonym of who gave it, or `setup`.
    pub given_by: String,
}

impl From<&GivenMandate> for MandateView {
    fn from(mandate: &GivenMandate) -> Self {
        Self {
            id: mandate.id.text(),
            handle: mandate.handle.clone(),
            role: mandate.role.word().to_owned(),
            scope: mandate.organisation_code.clone().unwrap_or_else(|| WHOLE_TOWN.to_owned()),
            given_at: mandate.given_at.rfc3339(),
            given_by: mandate.given_by.clone(),
        }
    }
}

impl MandateRow {
    /// The mandate in the words of this visit's reader.
    pub(super) fn of(mandate: &GivenMandate, visit: &Visit) -> Self {
        let t = &visit.t;
        let by_setup = mandate.given_by == setup::GIVER;
        Self {
            id: mandate.id.text(),
            handle: mandate.handle.clone(),
            role: role_name(mandate.role.word(), t),
            scope: mandate.organisation_code.clone().unwrap_or_else(|| t.say("people-mandate-town").to_owned()),
            since: visit.date(mandate.given_at),
            by: if by_setup { t.say("people-mandate-setup").to_owned() } else { mandate.given_by.clone() },
        }
    }
}

/// What people call a role.
pub(super) fn role_name(word: &str, t: &Sayings) -> String {
    t.say(&format!("people-role-{word}")).to_owned()
}

/// GET /mandates
pub(super) async fn list(State(town): State<Town>, visit: Visit) -> Answer {
    let now = town.now();
    let all = town.db().read(move |tx| mandates::list(tx, now)).await.map_err(Stop::from)?;
    let views = all.iter().map(MandateView::from);
    match visit.wants {
        Wants::Json => json(&views.collect::<Vec<_>>()),
        Wants::Csv => csv_answer(&["id", "handle", "role", "scope", "given_at", "given_by"], views.map(cells)),
        _ => {
            let frame = Frame::new(&town, &visit, visit.t.say("people-mandates-heading"));
            let frame = frame.describe(visit.t.say("people-mandates-lead")).twins(&visit, &[Wants::Json, Wants::Csv]);
            page(&MandatesPage { frame, rows: all.iter().map(|one| MandateRow::of(one, &visit)).collect() })
        }
    }
}

fn cells(view: MandateView) -> [String; 6] {
    [view.id, view.handle, view.role, view.scope, view.given_at, view.given_by]
}

/// How developers read about it.
pub(super) fn doc() -> Doc {
    let schema = web::openapi::schema_of::<Vec<MandateView>>();
    Doc::new("people", "Who may do what: all mandates in force").answers(
        200,
        Wants::Json.media_type(),
        "The mandates, by role, oldest first",
        schema,
    )
}
