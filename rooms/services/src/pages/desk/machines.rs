//! The inbox for machines: what its page says, and no more.

use super::asked::PATH;
use crate::{
    model::{Application, State as Standing},
    store::Named,
};
use civic::{Language, Moment};
use places::Districts;
use schemars::JsonSchema;
use serde::Serialize;
use web::{
    Answer,
    manifest::Doc,
    openapi::{schema_of, text_schema},
    table::csv_answer,
};

/// An application in the inbox: references and days, nothing that was answered but its district.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct InboxRow {
    /// Its reference.
    pub code: String,
    /// Its page at the desk.
    pub url: String,
    /// The code of the service.
    pub service: String,
    /// What the service is called.
    pub service_title: String,
    /// When it was filed.
    pub filed_at: String,
    /// By when an answer is promised.
    pub due_at: String,
    /// Whether that is over, it is open, and it does not wait for the applicant.
    pub overdue: bool,
    /// Where it stands.
    pub state: String,
    /// How it came.
    pub channel: String,
    /// The language in which it was written.
    pub language: String,
    /// The code of the district that was answered; empty where none was asked.
    pub district: String,
    /// The name of that district.
    pub district_name: String,
    /// The pseudonym of who looks after it; empty for nobody.
    pub officer: String,
    /// Counts its changes; acts at the desk send it along.
    pub version: i64,
}

/// A page of the inbox.
#[derive(Debug, Serialize, JsonSchema)]
pub struct InboxView {
    /// The applications, in the order asked for.
    pub applications: Vec<InboxRow>,
    /// The value of `after` for the next page, if there is more.
    pub next: Option<String>,
}

/// The row of an application.
pub(super) fn row(
    one: &Application,
    services: &[Named],
    districts: &Districts,
    language: Language,
    now: Moment,
) -> InboxRow {
    let district = one.district.clone().unwrap_or_default();
    let waits = matches!(one.state, Standing::Incomplete { .. });
    InboxRow {
        code: one.code.to_string(),
        url: format!("{PATH}/{}", one.code),
        service: one.service.clone(),
        service_title: Named::title(services, &one.service, language),
        filed_at: one.filed_at.rfc3339(),
        due_at: one.due_at.rfc3339(),
        overdue: one.state.is_open() && one.due_at < now && !waits,
        state: one.state.word().to_owned(),
        channel: one.channel.word().to_owned(),
        language: one.language.tag().to_owned(),
        // A district that is no more keeps its code.
        district_name: districts.name(&district).unwrap_or_else(|| district.clone()),
        district,
        officer: one.officer.clone(),
        version: one.version,
    }
}

/// The rows as a table; where the next page is stands in the Link header, which the caller sets.
pub(super) fn csv(rows: Vec<InboxRow>) -> Answer {
    let header = [
        "code",
        "url",
        "service",
        "service_title",
        "filed_at",
        "due_at",
        "overdue",
        "state",
        "channel",
        "language",
        "district",
        "district_name",
        "officer",
        "version",
    ];
    csv_answer(
        &header,
        rows.into_iter().map(|row| {
            [
                row.code,
                row.url,
                row.service,
                row.service_title,
                row.filed_at,
                row.due_at,
                row.overdue.to_string(),
                row.state,
                row.channel,
                row.language,
                row.district,
                row.district_name,
                row.officer,
                row.version.to_string(),
            ]
        }),
    )
}

/// What programs read of it.
pub fn doc() -> Doc {
    Doc::new("services", "The inbox: what an officer's agencies have to decide, without what was answered")
        .query("show", "`open`, unless asked otherwise, or `done`.", text_schema())
        .query(
            "officer",
            "Looked after by: `mine`, with whoever one covers for, `nobody` or `somebody`.",
            text_schema(),
        )
        .query("service", "The code of a service.", text_schema())
        .query("state", "Where it stands, as `under-review`; goes before `show`.", text_schema())
        .query("district", "The code of a district.", text_schema())
        .query("language", "In which it was written: `en`, `es` or `ar`.", text_schema())
        .query("overdue", "`yes` for what is overdue.", text_schema())
        .query("q", "A part of its reference.", text_schema())
        .query("sort", "`due`, unless asked otherwise, `oldest` or `newest`.", text_schema())
        .query("after", "The value of `next` of the page before.", text_schema())
        .query("limit", "From 1 to 1000; 50 unless asked otherwise.", text_schema())
        .answers(200, "application/json", "A page of the inbox.", schema_of::<InboxView>())
        .answers(
            422,
            "application/problem+json",
            "A value that names nothing; a sentence for each.",
            serde_json::json!({"type": "object"}),
        )
}
