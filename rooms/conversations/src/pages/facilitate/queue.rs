//! The statements of a conversation at the desk: those that wait first.

use super::{desk_path, led, read};
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
    reasons: Vec<Choice>,
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
    show(&town, &visit, &known, &asked, FormErrors::default(), StatusCode::OK).await
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
        return settled(&town, &visit, &known, shown, done).await;
    }
    let done = match read::statement_act(&town, &form) {
        Ok(act) => {
            let asked = ModerateStatement { conversation: code.clone(), number, act };
            commands::moderate_statement(&town, visit.actor.clone(), asked).await.map(|_| ())
        }
        Err(refusal) => Err(refusal.into()),
    };
    settled(&town, &visit, &known, shown, done).await
}

async fn settled(town: &Town, visit: &Visit, known: &Known, shown: String, done: Result<(), Stop>) -> Answer {
    match done {
        Ok(()) => {
            let desk = desk_path(known.conversation.code.as_str());
            see_other_saying(&format!("{desk}/statements?show={shown}"), "flash-statement-done")
        }
        Err(Stop::Refused(refusals)) => {
            let status = refusals[0].status;
            let asked = Asked { show: shown, after: String::new() };
            show(town, visit, known, &asked, FormErrors::of(&refusals, &visit.t), status).await
        }
        Err(stop) => Err(stop),
    }
}

async fn show(
    town: &Town,
    visit: &Visit,
    known: &Known,
    asked: &Asked,
    errors: FormErrors,
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
    page_with(
        status,
        &QueuePage {
            frame: Frame::new(town, visit, title),
            crumbs: queue_crumbs(visit, known, title),
            errors,
            own: path(known.conversation.code.as_str()),
            tabs: SHOWS.iter().map(tab).collect(),
            lines: some.iter().map(|one| line(town, visit, known, one)).collect(),
            reasons: reasons(town, visit).await?,
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

/// Numbers of statements in a row.
fn listed(numbers: &[i64]) -> String {
    numbers.iter().map(i64::to_string).collect::<Vec<_>>().join(", ")
}

fn line(town: &Town, visit: &Visit, known: &Known, one: &Statement) -> Line {
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
    Line {
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
                let words = one.words.translations.get(language).cloned().unwrap_or_default();
                (language.own_name().to_owned(), language.tag(), words)
            })
            .collect(),
    }
}
