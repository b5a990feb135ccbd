//! Setting up the town, one thing on a page: it can be left, gone on with, skipped and changed again.

mod fields;
mod read;
mod standing;
mod starter;

use crate::{kept, settings};
use axum::{extract::State, http::StatusCode};
use fields::Field;
use schemars::JsonSchema;
use serde::Serialize;
use standing::Standing;
use std::str::FromStr;
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit, Wants,
    answer::{json, page, page_with, see_other_saying},
    forms::{FormErrors, Submission},
    parts::Crumb,
    visit::Path,
};

/// A step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Name,
    Languages,
    Time,
    Hues,
    Districts,
    Agencies,
    Categories,
    Mail,
    Officers,
}

impl Step {
    const ALL: [Self; 9] = [
        Self::Name,
        Self::Languages,
        Self::Time,
        Self::Hues,
        Self::Districts,
        Self::Agencies,
        Self::Categories,
        Self::Mail,
        Self::Officers,
    ];

    /// The word in its address and in the database.
    fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Languages => "languages",
            Self::Time => "time",
            Self::Hues => "hues",
            Self::Districts => "districts",
            Self::Agencies => "agencies",
            Self::Categories => "categories",
            Self::Mail => "mail",
            Self::Officers => "officers",
        }
    }

    fn key(self) -> String {
        format!("setup.{}", self.word())
    }

    fn number(self) -> usize {
        Self::ALL.iter().position(|step| *step == self).map_or(1, |at| at + 1)
    }

    /// Where one goes after it.
    fn next_path(self) -> String {
        Self::ALL.get(self.number()).map_or_else(|| "/admin/setup".to_owned(), |next| next.path())
    }

    fn path(self) -> String {
        format!("/admin/setup/{}", self.word())
    }

    fn title(self, visit: &Visit) -> String {
        visit.t.say(&format!("setup-step-{}", self.word())).to_owned()
    }
}

impl FromStr for Step {
    type Err = ();
    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|step| step.word() == word).ok_or(())
    }
}

#[derive(askama::Template)]
#[template(path = "town_setup.html")]
struct OverviewPage {
    frame: Frame,
    progress: String,
    next: Option<(String, String)>,
    rows: Vec<Row>,
}

struct Row {
    href: String,
    title: String,
    state: String,
    chip: &'static str,
}

#[derive(askama::Template)]
#[template(path = "town_setup_step.html")]
struct StepPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    errors: FormErrors,
    path: String,
    number: String,
    lead: String,
    notes: Vec<String>,
    links: Vec<(String, String)>,
    fields: Vec<Field>,
    swatches: Vec<fields::Swatch>,
    test_mail: bool,
    next: String,
}

/// How far the setup is.
#[derive(Debug, Serialize, JsonSchema)]
struct SetupView {
    /// The steps in order.
    steps: Vec<StepView>,
}

/// A step.
#[derive(Debug, Serialize, JsonSchema)]
struct StepView {
    /// Its word.
    step: &'static str,
    /// `done`, `skipped` or `open`.
    state: &'static str,
}

/// GET /admin/setup
pub async fn overview(State(town): State<Town>, visit: Visit) -> Answer {
    let standing = Standing::of(&town).await?;
    if visit.wants == Wants::Json {
        let steps = Step::ALL.iter().map(|step| StepView { step: step.word(), state: standing.state(*step) });
        return json(&SetupView { steps: steps.collect() });
    }
    let settled = Step::ALL.iter().filter(|step| standing.state(**step) != "open").count();
    let next = Step::ALL.into_iter().find(|step| standing.state(*step) == "open");
    let next = next.map(|step| (step.path(), visit.t.with1("setup-next", "step", step.title(&visit))));
    let row = |step: &Step| Row {
        href: step.path(),
        title: step.title(&visit),
        state: visit.t.say(&format!("setup-state-{}", standing.state(*step))).to_owned(),
        chip: match standing.state(*step) {
            "done" => "g",
            "skipped" => "k",
            _ => "y",
        },
    };
    page(&OverviewPage {
        frame: Frame::new(&town, &visit, visit.t.say("setup-title")).twins(&visit, &[Wants::Json]),
        progress: visit.t.with2("setup-progress", "done", settled as i64, "all", Step::ALL.len() as i64),
        next,
        rows: Step::ALL.iter().map(row).collect(),
    })
}

fn read_step(word: &str) -> Answer<Step> {
    word.parse().map_err(|()| Stop::NotFound)
}

/// GET /admin/setup/{step}
pub async fn show(State(town): State<Town>, visit: Visit, Path(word): Path<String>) -> Answer {
    step_page(&town, &visit, read_step(&word)?, StatusCode::OK, None, FormErrors::default()).await
}

async fn step_page(
    town: &Town,
    visit: &Visit,
    step: Step,
    status: StatusCode,
    form: Option<&Submission>,
    errors: FormErrors,
) -> Answer {
    let standing = Standing::of(town).await?;
    let facts = settings::facts(town).await.map_err(Stop::fault)?;
    let title = step.title(visit);
    let all = Crumb { href: "/admin/setup".to_owned(), label: visit.t.say("setup-title").to_owned() };
    let number = visit.t.with2("setup-step-number", "number", step.number() as i64, "all", Step::ALL.len() as i64);
    page_with(
        status,
        &StepPage {
            frame: Frame::new(town, visit, title.clone()),
            crumbs: vec![all, Crumb { href: String::new(), label: title }],
            errors,
            path: step.path(),
            number,
            lead: visit.t.say(&format!("setup-lead-{}", step.word())).to_owned(),
            notes: standing.notes(town, visit, step),
            links: standing::links(visit, step),
            fields: fields::of(town, visit, step, &standing, &facts, form),
            swatches: if step == Step::Hues { fields::swatches(town, visit) } else { Vec::new() },
            test_mail: step == Step::Mail,
            next: step.next_path(),
        },
    )
}

/// POST /admin/setup/{step}
pub async fn save(State(town): State<Town>, visit: Visit, Path(word): Path<String>, form: Submission) -> Answer {
    let step = read_step(&word)?;
    match try_to_save(&town, &visit, step, &form).await {
        Ok(()) => {
            mark(&town, step, "done").await?;
            // The shades that were found are looked at before one goes on.
            let to = if matches!(step, Step::Hues | Step::Mail) { step.path() } else { step.next_path() };
            see_other_saying(
                &to,
                if step == Step::Mail { super::operations::tested(&town, "setup-mail-sent") } else { "setup-saved" },
            )
        }
        Err(Stop::Refused(refusals)) if visit.wants == Wants::Html => {
            let errors = FormErrors::of(&refusals, &visit.t);
            step_page(&town, &visit, step, StatusCode::UNPROCESSABLE_ENTITY, Some(&form), errors).await
        }
        Err(stop) => Err(stop),
    }
}

async fn try_to_save(town: &Town, visit: &Visit, step: Step, form: &Submission) -> Answer<()> {
    match step {
        Step::Name | Step::Languages | Step::Time | Step::Hues => {
            let values = read::values(town, step, form).map_err(Stop::Refused)?;
            settings::save(town, visit.actor(), values).await
        }
        Step::Categories => starter::define(town, visit.actor(), form).await,
        Step::Mail => super::operations::send_test_to(town, visit).await,
        Step::Districts | Step::Agencies | Step::Officers => Ok(()),
    }
}

/// POST /admin/setup/{step}/skip
pub async fn skip(State(town): State<Town>, Path(word): Path<String>) -> Answer {
    let step = read_step(&word)?;
    mark(&town, step, "skipped").await?;
    see_other_saying(&step.next_path(), "setup-skipped")
}

/// Notes where a step stands.
async fn mark(town: &Town, step: Step, state: &'static str) -> Answer<()> {
    let now = town.now();
    let marked = town.db().write(move |tx| {
        kept::put(tx, &step.key(), state, now)?;
        tx.commit(database::OffRecord("how far the setup is says nothing of the town"), ())
    });
    marked.await.map_err(|error: database::DbError| Stop::from(error))
}

/// A refusal at a field.
fn at(code: &'static str, field: &'static str) -> Refusal {
    Refusal::new(code).at(field)
}
