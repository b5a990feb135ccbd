//! The annual report: what became of the town's promises in one year, to read, to print and to count again.

use crate::{
    store,
    views::{CommitmentRow, Eyes, organisations},
    yearly::{Fate, Figures, Report, Sums, Told, Year, report},
};
use axum::extract::State;
use civic::{Moment, Money};
use database::{DbError, Tx};
use jiff::{civil::date, tz::TimeZone};
use places::Districts;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;
use web::{
    Answer, Frame, Sayings, Stop, Town, Visit, Wants,
    answer::{json, page, see_other},
    dates,
    money::money,
    table::csv_answer,
    visit::Path,
};

/// Promises that one report tells of.
const REPORT_LIMIT: u32 = 20_000;
/// Years for which there can be a report.
const YEARS: std::ops::RangeInclusive<i16> = 1970..=2200;

/// The report of a year, for machines.
#[derive(Debug, Serialize, JsonSchema)]
pub struct YearView {
    /// The year on the town's clock.
    pub year: i16,
    /// The moment for which it is told: the end of the year, or now while it lasts (RFC 3339).
    pub until: String,
    /// The whole town.
    pub all: FiguresView,
    /// By the code of a district; empty for what is in none.
    pub districts: BTreeMap<String, FiguresView>,
    /// The promises that were there in the year.
    pub commitments: Vec<LineView>,
}

/// Figures.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FiguresView {
    /// Promises made in the year.
    pub made: i64,
    /// Kept in the year by the day that was promised first.
    pub kept: i64,
    /// Kept in the year after that day, or after they had been given up.
    pub kept_late: i64,
    /// Late when it ended.
    pub late: i64,
    /// Open when it ended, past the day that was promised first, moved to a later one.
    pub moved: i64,
    /// Broken in the year, also where they were taken up again and not kept yet.
    pub broken: i64,
    /// Dropped in the year.
    pub dropped: i64,
    /// Open when it ended, and not late.
    pub open: i64,
    /// Money of all of these, as it stands now, by currency.
    pub money: BTreeMap<String, SumsView>,
}

/// Money in cents.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SumsView {
    /// What may be spent.
    pub budgeted_cents: i64,
    /// What was ordered.
    pub contracted_cents: i64,
    /// What was paid.
    pub paid_cents: i64,
}

/// A promise with how it stood.
#[derive(Debug, Serialize, JsonSchema)]
pub struct LineView {
    /// How it stood when the year ended: kept, kept-late, late, moved, broken, dropped, open.
    pub stood: &'static str,
    /// The end of the day that was promised first, by which it is counted (RFC 3339).
    pub first_due_at: String,
    /// It, as it stands now.
    #[serde(flatten)]
    pub row: CommitmentRow,
}

struct Row {
    name: String,
    cells: Vec<String>,
}

struct Line {
    code: String,
    title: String,
    by: String,
    district: String,
    due: String,
    /// The day that was promised first, where it was moved; else empty.
    first_due: String,
    ended: String,
    amount: String,
}

struct Section {
    id: &'static str,
    title: String,
    lines: Vec<Line>,
}

#[derive(askama::Template)]
#[template(path = "yearly.html")]
struct YearPage {
    frame: Frame,
    title: String,
    lead: String,
    made: String,
    figures: Vec<(String, String)>,
    money: Vec<Row>,
    districts: Vec<Row>,
    sections: Vec<Section>,
    years: Vec<i16>,
    base: String,
}

/// GET /commitments/years: to the report of the last whole year, or of this one where there is none.
pub async fn newest(State(town): State<Town>, visit: Visit) -> Answer {
    let first = town.db().read(store::first_promised).await.map_err(|error: DbError| Stop::from(error))?;
    let this = visit.at.in_zone(&visit.zone).year();
    let first = first.map_or(this, |at| at.in_zone(&visit.zone).year());
    see_other(&format!("/commitments/years/{}", (this - 1).max(first)))
}

/// GET /commitments/years/{year}
pub async fn yearly(State(town): State<Town>, visit: Visit, Path(asked): Path<String>) -> Answer {
    let number = asked.parse::<i16>().ok().filter(|year| YEARS.contains(year)).ok_or(Stop::NotFound)?;
    let zone = town.settings().zone.clone();
    let begins_at = first_moment(number, &zone).ok_or(Stop::NotFound)?;
    let whole = first_moment(number + 1, &zone).ok_or(Stop::NotFound)?;
    if begins_at > visit.at {
        return Err(Stop::NotFound);
    }
    let year = Year { begins_at, ends_at: whole.min(Moment(visit.at.micros() + 1)) };
    let look = move |tx: &mut Tx<'_>| {
        let found = store::alive_between(tx, year.begins_at, year.ends_at, REPORT_LIMIT)?;
        let pasts = store::pasts(tx, &found)?;
        Ok::<_, DbError>((report(found, &pasts, year), organisations(tx)?, store::first_promised(tx)?))
    };
    let (report, organisations, first) = town.db().read_long(look).await.map_err(|error: DbError| Stop::from(error))?;
    let eyes = Eyes::new(&town, visit.t.language(), organisations);
    match visit.wants {
        Wants::Html => {
            let first = first.map_or(number, |at| at.in_zone(&zone).year());
            let years = (first..=visit.at.in_zone(&zone).year()).rev().collect();
            page(&compose(&town, &visit, &eyes, number, year, &report, years))
        }
        Wants::Csv => csv(&eyes, &report),
        _ => json(&view(&eyes, number, year, &report)),
    }
}

fn first_moment(year: i16, zone: &TimeZone) -> Option<Moment> {
    let midnight = date(year, 1, 1).to_zoned(zone.clone()).ok()?;
    Some(midnight.timestamp().into())
}

fn view(eyes: &Eyes<'_>, year: i16, of: Year, report: &Report) -> YearView {
    let line = |told: &Told| LineView {
        stood: told.fate.word(),
        first_due_at: told.first_due_at.rfc3339(),
        row: eyes.row(&told.commitment),
    };
    YearView {
        year,
        until: of.ends_at.rfc3339(),
        all: figures_view(&report.all),
        districts: report.districts.iter().map(|(code, figures)| (code.clone(), figures_view(figures))).collect(),
        commitments: report.lines.iter().map(line).collect(),
    }
}

fn figures_view(figures: &Figures) -> FiguresView {
    let sums = |sums: &Sums| SumsView {
        budgeted_cents: sums.budgeted_cents,
        contracted_cents: sums.contracted_cents,
        paid_cents: sums.paid_cents,
    };
    FiguresView {
        made: figures.made,
        kept: figures.of(Fate::Kept),
        kept_late: figures.of(Fate::KeptLate),
        late: figures.of(Fate::Late),
        moved: figures.of(Fate::Moved),
        broken: figures.of(Fate::Broken),
        dropped: figures.of(Fate::Dropped),
        open: figures.of(Fate::Open),
        money: figures.money.iter().map(|(currency, of)| (currency.clone(), sums(of))).collect(),
    }
}

fn csv(eyes: &Eyes<'_>, report: &Report) -> Answer {
    let header = [
        "stood",
        "code",
        "title",
        "organisation",
        "district",
        "promised_at",
        "first_due_at",
        "due_at",
        "closed_at",
        "currency",
        "budgeted_cents",
        "contracted_cents",
        "paid_cents",
        "url",
    ];
    let cents = |cents: Option<i64>| cents.map(|cents| cents.to_string()).unwrap_or_default();
    let line = |told: &Told| {
        let row = eyes.row(&told.commitment);
        [
            told.fate.word().to_owned(),
            row.code,
            row.title,
            row.organisation.name,
            row.district.map(|district| district.name).unwrap_or_default(),
            row.promised_at,
            told.first_due_at.rfc3339(),
            row.due_at,
            row.closed_at.unwrap_or_default(),
            row.currency,
            cents(row.budgeted_cents),
            cents(row.contracted_cents),
            cents(row.paid_cents),
            row.url,
        ]
    };
    csv_answer(&header, report.lines.iter().map(line))
}

fn compose(
    town: &Town,
    visit: &Visit,
    eyes: &Eyes<'_>,
    number: i16,
    year: Year,
    report: &Report,
    years: Vec<i16>,
) -> YearPage {
    let t = &visit.t;
    let count = |count: i64| dates::number(count, t.language());
    let title = t.with1("yearly-title", "year", number.to_string());
    let district = |(code, figures): (&String, &Figures)| {
        let name = match code.as_str() {
            "" => t.say("yearly-no-district").to_owned(),
            code => town.part::<Districts>().name(code).unwrap_or_else(|| code.to_owned()),
        };
        let counts = [
            figures.made,
            figures.of(Fate::Kept) + figures.of(Fate::KeptLate),
            figures.of(Fate::Late) + figures.of(Fate::Moved),
        ];
        let ended = [figures.of(Fate::Broken), figures.of(Fate::Dropped)];
        let mut cells: Vec<String> = counts.into_iter().chain(ended).map(count).collect();
        cells.extend(sums_words(&figures.money, t));
        Row { name, cells }
    };
    YearPage {
        frame: Frame::new(town, visit, title.clone()).twins(visit, super::YEAR_TWINS),
        lead: t.with(
            "yearly-lead",
            &[
                ("all", count(report.all.all()).into()),
                ("until", visit.date(Moment(year.ends_at.micros() - 1)).into()),
                ("town", town.settings().name.in_language(t.language()).into()),
            ],
        ),
        made: count(report.all.made),
        figures: Fate::ALL
            .iter()
            .map(|fate| (t.say(&format!("yearly-{}", fate.word())).to_owned(), count(report.all.of(*fate))))
            .collect(),
        money: money_rows(&report.all.money, t),
        districts: report.districts.iter().map(district).collect(),
        sections: Fate::ALL.iter().filter_map(|fate| section(visit, eyes, *fate, report)).collect(),
        years,
        base: format!("/commitments/years/{number}"),
        title,
    }
}

/// Budgeted, ordered and paid; several currencies are told one after another.
fn sums_words(all: &BTreeMap<String, Sums>, t: &Sayings) -> Vec<String> {
    let of = |pick: fn(&Sums) -> i64| {
        let each = all.iter().filter_map(|(currency, sums)| {
            let currency = currency.parse().ok()?;
            Some(money(Money { amount_cents: pick(sums), currency }, t.language()))
        });
        each.collect::<Vec<_>>().join(" · ")
    };
    vec![of(|sums| sums.budgeted_cents), of(|sums| sums.contracted_cents), of(|sums| sums.paid_cents)]
}

fn money_rows(all: &BTreeMap<String, Sums>, t: &Sayings) -> Vec<Row> {
    let one = |(currency, sums): (&String, &Sums)| {
        let only = BTreeMap::from([(currency.clone(), *sums)]);
        Row { name: currency.clone(), cells: sums_words(&only, t) }
    };
    all.iter().map(one).collect()
}

fn section(visit: &Visit, eyes: &Eyes<'_>, fate: Fate, report: &Report) -> Option<Section> {
    let t = &visit.t;
    let line = |told: &Told| {
        let one = &told.commitment;
        let row = eyes.row(one);
        let amount = one.spending.budgeted_cents.map(|cents| money(one.spending.money(cents), t.language()));
        Line {
            code: row.code,
            title: row.title,
            by: row.organisation.name,
            district: row.district.map(|district| district.name).unwrap_or_default(),
            due: visit.date(one.due_at),
            first_due: if told.first_due_at == one.due_at { String::new() } else { visit.date(told.first_due_at) },
            ended: one.state.closed_at().map(|at| visit.date(at)).unwrap_or_default(),
            amount: amount.unwrap_or_default(),
        }
    };
    let lines: Vec<Line> = report.lines.iter().filter(|told| told.fate == fate).map(line).collect();
    let title = t.say(&format!("yearly-{}", fate.word())).to_owned();
    (!lines.is_empty()).then_some(Section { id: fate.word(), title, lines })
}
