//! The statements of a conversation at the desk: those that wait first.

use super::{choices::language_choices, desk_path, led, read, typed::Typed};
use crate::{
    books::Known,
    commands::{self, ModerateStatement, SplitStatement},
    decide::seeds_of,
    model::{OF_STATEMENTS, Reason, Standing, Statement, why},
    pages::similar,
    views::{Said, path, said},
};
use axum::{extract::State, http::StatusCode};
use database::Cursor;
use serde::Deserialize;
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit,
    answer::{page_with, see_other_saying},
    forms::{FormErrors, Submission},
    paging,
    parts::{Choice, Crumb},
    visit::{Path, Query},
};

/// What an address asks for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    show: String,
    after: String,
}

/// Which statements are shown.
const SHOWS: [&str; 5] = ["waiting", "open", "out", "merged", "split"];

struct Tab {
    href: String,
    label: String,
    count: usize,
    current: bool,
}

struct Line {
    /// Whether an act on it was refused just now: then its fields hold what was typed.
    refused: bool,
    /// The act that was refused.
    act: String,
    reasons: Vec<Choice>,
    into: String,
    parts: String,
    /// The languages it may have been written in; none where there is only the one it has.
    languages: Vec<Choice>,
    said: Said,
    when: String,
    why: String,
    figures: String,
    can_accept: bool,
    can_reject: bool,
    pinned: bool,
    meta: bool,
    seeded: bool,
    hidden: bool,
    similar: Vec<Said>,
    translations: Vec<(String, &'static str, String)>,
}

impl Line {
    /// The id of a field. Where an act was refused the summary of what is wrong leads to it.
    fn id(&self, field: &str) -> String {
        if self.refused { field.to_owned() } else { format!("{field}-{}", self.said.number) }
    }
}

#[derive(askama::Template)]
#[template(path = "desk_statements.html")]
struct QueuePage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    errors: FormErrors,
    desk: String,
    own: String,
    show: String,
    tabs: Vec<Tab>,
    lines: Vec<Line>,
    first: String,
    next: String,
}

/// GET /desk/conversations/{code}/statements
pub async fn queue(
    State(town): State<Town>,
    visit: Visit,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let known = led(&town, &visit, &code)?;
    show(&town, &visit, &known, &asked, Refused::default(), StatusCode::OK).await
}

/// POST /desk/conversations/{code}/statements/{number}
pub async fn moderate(
    State(town): State<Town>,
    visit: Visit,
    Path((code, number)): Path<(String, i64)>,
    form: Submission,
) -> Answer {
    let known = led(&town, &visit, &code)?;
    let shown = form.text("show").filter(|word| SHOWS.contains(word)).unwrap_or("waiting").to_owned();
    if form.text("act") == Some("split") {
        let parts = seeds_of(form.text("parts").unwrap_or_default());
        let asked = SplitStatement { conversation: code.clone(), number, parts };
        let done = commands::split_statement(&town, visit.actor.clone(), asked).await.map(|_| ());
        return settled(&town, &visit, &known, (shown, number, &form), done).await;
    }
    let done = match read::statement_act(&town, &form) {
        Ok(act) => {
            let asked = ModerateStatement { conversation: code.clone(), number, act };
            commands::moderate_statement(&town, visit.actor.clone(), asked).await.map(|_| ())
        }
        Err(refusal) => Err(refusal.into()),
    };
    settled(&town, &visit, &known, (shown, number, &form), done).await
}

/// An act that was refused.
#[derive(Default)]
struct Refused<'f> {
    errors: FormErrors,
    /// The number of the statement.
    number: Option<i64>,
    typed: Typed<'f>,
}

async fn settled(
    town: &Town,
    visit: &Visit,
    known: &Known,
    (shown, number, form): (String, i64, &Submission),
    done: Result<(), Stop>,
) -> Answer {
    match done {
        Ok(()) => {
            let desk = desk_path(known.conversation.code.as_str());
            see_other_saying(&format!("{desk}/statements?show={shown}"), "flash-statement-done")
        }
        Err(Stop::Refused(refusals)) => {
            let status = refusals[0].status;
            let shown = known.statement(number).map_or(shown, |one| one.standing.word().to_owned());
            // The page on which the statement is, with what was typed about it.
            let before = known.statements.iter().filter(|one| one.standing.word() == shown && one.number < number);
            let far = before.count() >= paging::PAGE_SIZE as usize;
            let after = if far { Cursor::new(number - 1, "").encode() } else { String::new() };
            let errors = FormErrors::of(&refusals, &visit.t);
            let refused = Refused { errors, number: Some(number), typed: Typed(Some(form)) };
            show(town, visit, known, &Asked { show: shown, after }, refused, status).await
        }
        Err(stop) => Err(stop),
    }
}

async fn show(
    town: &Town,
    visit: &Visit,
    known: &Known,
    asked: &Asked,
    refused: Refused<'_>,
    status: StatusCode,
) -> Answer {
    let shown = match asked.show.as_str() {
        "" if known.statements.iter().any(|one| one.standing == Standing::Waiting) => "waiting",
        "" => "open",
        word => {
            SHOWS.into_iter().find(|show| *show == word).ok_or_else(|| Refusal::new("statements-sort").at("show"))?
        }
    };
    let (after, limit) = paging::read(Some(&asked.after), None)?;
    let t = &visit.t;
    let desk = desk_path(known.conversation.code.as_str());
    let of = |word: &str| known.statements.iter().filter(|one| one.standing.word() == word).collect::<Vec<_>>();
    let tab = |word: &&str| Tab {
        href: format!("{desk}/statements?show={word}"),
        label: t.say(&format!("cqueue-{word}")).to_owned(),
        count: of(word).len(),
        current: *word == shown,
    };
    let all = of(shown);
    let from = after.as_ref().map_or(0, |after| all.partition_point(|one| one.number <= after.at()));
    let some: Vec<&&Statement> = all.iter().skip(from).take(limit as usize).collect();
    let more = from + some.len() < all.len();
    let next = some.last().filter(|_| more).map(|one| Cursor::new(one.number, "").encode());
    let title = t.say("cqueue-title");
    let reasons = reasons(town, visit).await?;
    page_with(
        status,
        &QueuePage {
            frame: Frame::new(town, visit, title),
            crumbs: queue_crumbs(visit, known, title),
            lines: some.iter().map(|one| line(town, visit, known, one, &reasons, &refused)).collect(),
            errors: refused.errors,
            own: path(known.conversation.code.as_str()),
            tabs: SHOWS.iter().map(tab).collect(),
            first: if asked.after.is_empty() { String::new() } else { format!("{desk}/statements?show={shown}") },
            next: next.map(|next| format!("{desk}/statements?show={shown}&after={next}")).unwrap_or_default(),
            show: shown.to_owned(),
            desk,
        },
    )
}

/// The way to a page of the desk.
pub(super) fn queue_crumbs(visit: &Visit, known: &Known, title: &str) -> Vec<Crumb> {
    let question = known.conversation.question.in_language(visit.t.language()).chars().take(60).collect();
    vec![
        Crumb { href: "/desk/conversations".to_owned(), label: visit.t.say("facilitate-title").to_owned() },
        Crumb { href: desk_path(known.conversation.code.as_str()), label: question },
        Crumb { href: String::new(), label: title.to_owned() },
    ]
}

/// What can be chosen: a reason of statements by its sentence, one of the town by its name.
async fn reasons(town: &Town, visit: &Visit) -> Result<Vec<Choice>, Stop> {
    let offered = town.db().read(commands::offered_reasons).await.map_err(Stop::from)?;
    let choice = |reason: Reason| Choice {
        label: match &reason.words {
            None if OF_STATEMENTS.contains(&reason.code.as_str()) => why(&reason, &visit.t),
            _ => reason.name(&visit.t),
        },
        value: reason.code,
        detail: String::new(),
        chosen: false,
    };
    Ok(offered.into_iter().map(choice).collect())
}

/// The languages of the town, with that of a statement chosen, where another can be said.
fn other_languages(town: &Town, visit: &Visit, one: &Statement) -> Vec<Choice> {
    let mut all = language_choices(town, visit);
    all.iter_mut().for_each(|choice| choice.chosen = choice.value == one.words.language);
    let is_other = all.iter().any(|choice| !choice.chosen);
    if is_other { all } else { Vec::new() }
}

/// Numbers of statements in a row.
fn listed(numbers: &[i64]) -> String {
    numbers.iter().map(i64::to_string).collect::<Vec<_>>().join(", ")
}

fn line(town: &Town, visit: &Visit, known: &Known, one: &Statement, reasons: &[Choice], refused: &Refused<'_>) -> Line {
    let is_refused = refused.number == Some(one.number);
    let typed = if is_refused { refused.typed } else { Typed::default() };
    let (t, language) = (&visit.t, visit.t.language());
    let why = match &one.standing {
        Standing::Out(reason) => why(reason, t),
        Standing::Merged(into) => t.with1("cqueue-merged-into", "number", into.to_string()),
        Standing::Split => t.with1("cqueue-split-into", "numbers", listed(&known.parts_of(one.number))),
        Standing::Waiting | Standing::Open => match one.split_from {
            Some(whole) => t.with1("statement-split-from", "number", whole),
            None => String::new(),
        },
    };
    let figures = known.map.as_ref().and_then(|map| map.figures(one.number)).map(|figures| {
        let values = [
            ("agrees", i64::from(figures.agrees).into()),
            ("disagrees", i64::from(figures.disagrees).into()),
            ("passes", i64::from(figures.passes).into()),
        ];
        t.with("cqueue-figures", &values)
    });
    let mut similar = similar::shown(known, &one.words.original, language);
    similar.retain(|other| other.number != one.number);
    similar.truncate(3);
    let others = town.settings().languages.iter().filter(|language| language.tag() != one.words.language);
    let near = similar.first().map(|other: &Said| other.number.to_string()).unwrap_or_default();
    Line {
        refused: is_refused,
        act: typed.or("act", String::new),
        reasons: typed.chosen("reason", reasons.to_vec()),
        into: typed.or("into", || near),
        parts: typed.or("parts", String::new),
        languages: other_languages(town, visit, one),
        said: said(one, language),
        when: visit.date_time(one.at),
        why,
        figures: figures.unwrap_or_default(),
        can_accept: one.standing != Standing::Open && !one.words.original.is_empty(),
        can_reject: matches!(one.standing, Standing::Open | Standing::Waiting),
        pinned: one.pinned,
        meta: one.meta,
        seeded: one.seeded,
        hidden: one.words.original.is_empty(),
        similar,
        translations: others
            .map(|language| {
                let own = if typed.given("language") == Some(language.tag()) { typed } else { Typed::default() };
                let stored = || one.words.translations.get(language).cloned().unwrap_or_default();
                let words = own.or("translation", stored);
                (language.own_name().to_owned(), language.tag(), words)
            })
            .collect(),
    }
}
