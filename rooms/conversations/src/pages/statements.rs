//! Every statement that is public, with how it was answered.

use super::{crumbs, known, shown::group_name};
use crate::{
    books::Known,
    importance::{SMALL, protected},
    model::{Standing, Statement},
    store,
    views::{Said, StatementView, is_public, path, said, statement_view},
};
use axum::extract::State;
use database::Cursor;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit, Wants,
    answer::{json, page},
    chart::cell_bar_svg,
    dates::{decimal, number},
    paging,
    parts::{Choice, Crumb},
    table::csv_answer,
    visit::{Path, Query},
};

/// In which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Number,
    New,
    Agreed,
    Divided,
}

impl Sort {
    const ALL: [(&'static str, Self); 4] =
        [("number", Self::Number), ("new", Self::New), ("agreed", Self::Agreed), ("divided", Self::Divided)];

    fn read(text: &str) -> Result<Self, Refusal> {
        if text.is_empty() {
            return Ok(Self::Agreed);
        }
        let found = Self::ALL.into_iter().find(|(word, _)| *word == text);
        found.map(|(_, sort)| sort).ok_or_else(|| Refusal::new("statements-sort").at("sort"))
    }

    fn word(self) -> &'static str {
        Self::ALL.iter().find(|(_, sort)| *sort == self).map_or("agreed", |(word, _)| word)
    }
}

/// What an address asks for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    sort: String,
    after: String,
    limit: String,
}

/// A page of statements, for machines.
#[derive(Debug, Serialize, JsonSchema)]
pub struct StatementsView {
    /// The statements.
    pub statements: Vec<StatementView>,
    /// The value of `after` for the next page, if there is more.
    pub next: Option<String>,
    /// How many there are in all.
    pub total: usize,
}

struct Line {
    said: Said,
    agree: String,
    disagree: String,
    pass: String,
    bar: String,
    important: String,
    /// Whether the counts are hidden until the end.
    hidden: bool,
    by_group: String,
    merged_into: Option<i64>,
    split_into: Vec<i64>,
    split_from: Option<i64>,
    meta: bool,
}

#[derive(askama::Template)]
#[template(path = "statements.html")]
struct StatementsPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    own: String,
    code: String,
    question: String,
    total: String,
    hidden: bool,
    sorts: Vec<Choice>,
    lines: Vec<Line>,
    first: String,
    next: String,
}

/// GET /conversations/{code}/statements
pub async fn list(
    State(town): State<Town>,
    visit: Visit,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let known = known(&town, &visit, &code)?;
    let sort = Sort::read(&asked.sort)?;
    let (after, limit) = paging::read(Some(&asked.after), Some(&asked.limit))?;
    let tally = if known.hides_map {
        BTreeMap::new()
    } else {
        town.db().read_long(move |tx| store::tally(tx, &code)).await.map_err(Stop::from)?
    };
    let important =
        |number: i64| if known.hides_map { None } else { protected(tally.get(&number).map_or(0, |one| one.important)) };
    let all = sorted(&known, sort);
    let from =
        after.as_ref().and_then(|after| all.iter().position(|one| one.number == after.at())).map_or(0, |at| at + 1);
    let shown: Vec<&Statement> = all.iter().skip(from).take(limit as usize).copied().collect();
    let more = from + shown.len() < all.len();
    let next = shown.last().filter(|_| more).map(|one| Cursor::new(one.number, "").encode());
    match visit.wants {
        Wants::Json => json(&StatementsView {
            statements: shown.iter().map(|one| statement_view(&known, one, important(one.number))).collect(),
            next,
            total: all.len(),
        }),
        Wants::Csv => csv(&known, &shown, important),
        _ => html(&town, &visit, &known, &asked, sort, (&shown, all.len(), next), &tally),
    }
}

fn sorted(known: &Known, sort: Sort) -> Vec<&Statement> {
    let mut all: Vec<&Statement> = known.statements.iter().filter(|one| is_public(one)).collect();
    let figures = |one: &&Statement| known.map.as_ref().and_then(|map| map.figures(one.number));
    let agreed = |one: &&Statement| figures(one).map_or(0.0, |figures| figures.group_informed);
    // The difference between the groups that agree most and least.
    let divided = |one: &&Statement| {
        let shares = figures(one).map(|figures| {
            figures.by_group.iter().map(|(agrees, _, seen)| (f64::from(*agrees) + 1.0) / (f64::from(*seen) + 2.0))
        });
        let (least, most) = shares
            .into_iter()
            .flatten()
            .fold((1.0_f64, 0.0_f64), |(least, most), share| (least.min(share), most.max(share)));
        (most - least).max(0.0)
    };
    match sort {
        Sort::Number => {}
        Sort::New => all.reverse(),
        Sort::Agreed => all.sort_by(|one, other| agreed(other).total_cmp(&agreed(one))),
        Sort::Divided => all.sort_by(|one, other| divided(other).total_cmp(&divided(one))),
    }
    all
}

fn csv(known: &Known, shown: &[&Statement], important: impl Fn(i64) -> Option<i64>) -> Answer {
    let header = [
        "number",
        "words",
        "language",
        "state",
        "merged_into",
        "split_from",
        "meta",
        "seeded",
        "agrees",
        "disagrees",
        "passes",
        "important",
        "at",
    ];
    let rows = shown.iter().map(|one| {
        let view = statement_view(known, one, important(one.number));
        vec![
            view.number.to_string(),
            view.words,
            view.language,
            view.state,
            view.merged_into.map(|into| into.to_string()).unwrap_or_default(),
            view.split_from.map(|whole| whole.to_string()).unwrap_or_default(),
            view.meta.to_string(),
            view.seeded.to_string(),
            said_count(view.agrees),
            said_count(view.disagrees),
            said_count(view.passes),
            view.important.map(|count| count.to_string()).unwrap_or_default(),
            view.at,
        ]
    });
    csv_answer(&header, rows)
}

fn said_count(count: Option<i64>) -> String {
    count.map(|count| count.to_string()).unwrap_or_default()
}

type Found<'f> = (&'f [&'f Statement], usize, Option<String>);

fn html(
    town: &Town,
    visit: &Visit,
    known: &Known,
    asked: &Asked,
    sort: Sort,
    (shown, total, next): Found<'_>,
    tally: &BTreeMap<i64, store::Tally>,
) -> Answer {
    let (one, t) = (&known.conversation, &visit.t);
    let own = path(one.code.as_str());
    let title = t.say("statements-title");
    let choice = |(word, of): (&str, Sort)| Choice {
        value: word.to_owned(),
        label: t.say(&format!("statements-sort-{word}")).to_owned(),
        detail: String::new(),
        chosen: of == sort,
    };
    page(&StatementsPage {
        frame: Frame::new(town, visit, title).twins(visit, &[Wants::Json, Wants::Csv]),
        crumbs: crumbs(visit, known, title),
        code: one.code.to_string(),
        question: one.question.in_language(t.language()).to_owned(),
        total: t.with1("statements-total", "count", total),
        hidden: known.hides_map,
        sorts: Sort::ALL.into_iter().map(choice).collect(),
        lines: shown.iter().map(|one| line(visit, known, one, tally)).collect(),
        first: if asked.after.is_empty() { String::new() } else { format!("{own}/statements?sort={}", sort.word()) },
        next: next.map(|next| format!("{own}/statements?sort={}&after={next}", sort.word())).unwrap_or_default(),
        own,
    })
}

fn line(visit: &Visit, known: &Known, one: &Statement, tally: &BTreeMap<i64, store::Tally>) -> Line {
    let (t, language) = (&visit.t, visit.t.language());
    let counts = tally.get(&one.number).copied().unwrap_or_default();
    let seen = counts.agrees + counts.disagrees + counts.passes;
    let percent = |part: i64| decimal(100.0 * part as f64 / seen.max(1) as f64, 0, language);
    let by_group = |map: &std::sync::Arc<crate::map_view::MapView>| {
        let figures = map.figures(one.number).filter(|_| map.has_groups())?;
        let share = |(group, (agrees, _, seen)): (usize, &(u32, u32, u32))| {
            let share = decimal(100.0 * f64::from(*agrees) / f64::from((*seen).max(1)), 0, language);
            t.with2("statements-group-share", "group", group_name(visit, group), "share", share)
        };
        Some(figures.by_group.iter().enumerate().map(share).collect::<Vec<_>>().join(" · "))
    };
    Line {
        hidden: known.hides_map,
        said: said(one, language),
        agree: t.with2("statements-agree", "share", percent(counts.agrees), "count", number(counts.agrees, language)),
        disagree: t.with2(
            "statements-disagree",
            "share",
            percent(counts.disagrees),
            "count",
            number(counts.disagrees, language),
        ),
        pass: t.with2("statements-pass", "share", percent(counts.passes), "count", number(counts.passes, language)),
        bar: cell_bar_svg(counts.agrees as f64, seen.max(1) as f64, language.direction() == "rtl"),
        important: match protected(counts.important) {
            Some(0) => String::new(),
            Some(count) => t.with1("statements-important", "count", count),
            None => t.with1("statements-important-few", "count", SMALL),
        },
        by_group: known.map.as_ref().and_then(by_group).unwrap_or_default(),
        merged_into: match one.standing {
            Standing::Merged(into) => Some(into),
            _ => None,
        },
        split_into: if one.standing == Standing::Split { known.parts_of(one.number) } else { Vec::new() },
        split_from: one.split_from,
        meta: one.meta,
    }
}
