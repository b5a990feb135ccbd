//! The list of processes, one process, its calendar.

use super::chip;
use crate::{
    acts,
    joining::standing_key,
    model::{PhaseAct, Process, Standing, StateWord},
    store::{self, Filter, Order},
    views::{Eyes, ProcessView, ProposalRow, money, phase_title, process_view},
};
use axum::{extract::State, http::header};
use civic::Language;
use commons::thread::Near;
use database::{DbError, Tx};
use places::Districts;
use schemars::JsonSchema;
use serde::Serialize;
use web::{
    Answer, Frame, Stop, Town, Visit, Wants,
    answer::{json, page},
    calendar::{self, Event, When},
    dates,
    parts::{Crumb, Step, StepState},
    table::csv_answer,
    visit::Path,
};

/// Proposals that the page of a process shows.
const PROPOSALS_SHOWN: u32 = 6;

/// All processes, for machines.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ProcessList {
    /// What ends last first.
    pub processes: Vec<ProcessView>,
}

/// A process as a card of the list.
pub(super) struct Card {
    pub code: String,
    pub title: String,
    pub summary: String,
    pub template: String,
    pub phase: String,
    pub until: String,
    pub proposals: i64,
    pub open: bool,
}

#[derive(askama::Template)]
#[template(path = "processes.html")]
struct ListPage {
    frame: Frame,
    open: Vec<Card>,
    coming: Vec<Card>,
    over: Vec<Card>,
    steward: bool,
}

/// A process with what is counted of it.
pub(super) struct Counted {
    pub process: Process,
    pub proposals: i64,
    pub waiting: i64,
}

/// Public processes with their counts.
pub(super) fn counted(town: &Town, tx: &mut Tx<'_>) -> Result<Vec<Counted>, DbError> {
    let mut found = Vec::new();
    for process in store::processes(tx, false)? {
        found.push(count(town, tx, process)?);
    }
    Ok(found)
}

fn count(town: &Town, tx: &mut Tx<'_>, process: Process) -> Result<Counted, DbError> {
    let filter = Filter { process: Some(process.code.clone()), ..Filter::default() };
    let waiting = store::waiting(tx, &process, town.now())?;
    Ok(Counted { proposals: store::count(tx, &filter)?, waiting, process })
}

/// GET /processes
pub async fn list(State(town): State<Town>, visit: Visit) -> Answer {
    let own = town.clone();
    let found = town.db().read(move |tx| counted(&own, tx)).await.map_err(Stop::from)?;
    let view = |one: &Counted| process_view(&town, &visit.t, &one.process, one.proposals, one.waiting);
    match visit.wants {
        Wants::Csv => csv(&visit, found.iter().map(view).collect()),
        Wants::Html => html(&town, &visit, &found),
        _ => json(&ProcessList { processes: found.iter().map(view).collect() }),
    }
}

fn html(town: &Town, visit: &Visit, found: &[Counted]) -> Answer {
    let (mut open, mut coming, mut over) = (Vec::new(), Vec::new(), Vec::new());
    for one in found {
        let place = match one.process.standing(visit.at, one.waiting) {
            Standing::Open(_) | Standing::Held(_) | Standing::Between(_) => &mut open,
            Standing::Coming => &mut coming,
            Standing::Over => &mut over,
        };
        place.push(card(visit, one));
    }
    page(&ListPage {
        frame: Frame::new(town, visit, visit.t.say("processes-title")).twins(visit, super::PROCESSES_TWINS),
        open,
        coming,
        over,
        steward: visit.actor.may(&acts::STEWARD),
    })
}

/// A process as a card.
pub(super) fn card(visit: &Visit, one: &Counted) -> Card {
    let (t, process) = (&visit.t, &one.process);
    let standing = process.standing(visit.at, one.waiting);
    let phases = &process.definition.phases;
    let (phase, until) = match standing {
        Standing::Open(index) | Standing::Held(index) => {
            let until = t.with1("process-until", "date", visit.date_time(phases[index].closes_at));
            let late = t.say("process-held").to_owned();
            (phase_title(&phases[index], t), if matches!(standing, Standing::Held(_)) { late } else { until })
        }
        Standing::Coming | Standing::Between(_) => {
            let next = if let Standing::Between(next) = standing { next } else { 0 };
            let from = phases.get(next).map(|phase| t.with1("process-from", "date", visit.date_time(phase.opens_at)));
            (t.say(standing_key(standing)).to_owned(), from.unwrap_or_default())
        }
        Standing::Over => {
            let ended = t.with1("process-ended", "date", visit.date(process.closes_at()));
            (t.say(standing_key(standing)).to_owned(), ended)
        }
    };
    let language = t.language();
    Card {
        code: process.code.clone(),
        title: process.definition.title.in_language(language).to_owned(),
        summary: process.definition.summary.in_language(language).to_owned(),
        template: t.say(process.template.key()).to_owned(),
        phase,
        until,
        proposals: one.proposals,
        open: matches!(standing, Standing::Open(_) | Standing::Held(_)),
    }
}

fn csv(visit: &Visit, views: Vec<ProcessView>) -> Answer {
    let header = ["code", "title", "template", "standing", "opens_at", "closes_at", "proposals", "waiting", "url"];
    let template = |view: &ProcessView| visit.t.say(view.template.key()).to_owned();
    let rows = views.into_iter().map(|view| {
        let opens = view.phases.first().map(|phase| phase.opens_at.clone()).unwrap_or_default();
        let closes = view.phases.last().map(|phase| phase.closes_at.clone()).unwrap_or_default();
        let (template, standing) = (template(&view), view.standing.to_owned());
        [
            view.code,
            view.title,
            template,
            standing,
            opens,
            closes,
            view.proposals.to_string(),
            view.waiting.to_string(),
            view.url,
        ]
    });
    csv_answer(&header, rows)
}

/// A proposal as the page of a process shows it.
struct Line {
    row: ProposalRow,
    state: String,
    chip: &'static str,
}

/// A rule, in words.
struct Rule {
    label: String,
    value: String,
}

#[derive(askama::Template)]
#[template(path = "process.html")]
struct ShowPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    card: Card,
    about: String,
    private: bool,
    phases: Vec<Step>,
    rules: Vec<Rule>,
    lines: Vec<Line>,
    may_propose: bool,
    waiting: i64,
    overdue: i64,
    steward: bool,
    threads: String,
}

/// GET /processes/{process}
pub async fn show(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let (own, actor, language) = (town.clone(), visit.actor.clone(), visit.t.language());
    let read = town.db().read(move |tx| read(&own, tx, &code, &actor, language)).await?;
    let Shown { one, rows, overdue, near } = read;
    if visit.wants != Wants::Html {
        return json(&process_view(&town, &visit.t, &one.process, one.proposals, one.waiting));
    }
    let process = &one.process;
    let eyes = Eyes::new(&town, language, [process.clone()]);
    let lines = rows.iter().map(|proposal| eyes.row(proposal)).map(|row| line(&visit, row)).collect();
    let card = card(&visit, &one);
    let about = process.definition.about.as_ref().map(|about| about.in_language(language).to_owned());
    let frame =
        Frame::new(&town, &visit, card.title.clone()).twins(&visit, &[Wants::Json]).describe(card.summary.clone());
    page(&ShowPage {
        frame,
        crumbs: vec![
            Crumb { href: "/processes".to_owned(), label: visit.t.say("processes-title").to_owned() },
            Crumb { href: String::new(), label: card.title.clone() },
        ],
        about: about.unwrap_or_default(),
        private: process.published_at.is_none(),
        phases: phases(&visit, &one),
        rules: rules(&town, &visit, process),
        lines,
        may_propose: process.allows(PhaseAct::Submit, visit.at, one.waiting) && process.published_at.is_some(),
        waiting: one.waiting,
        overdue,
        steward: visit.actor.may_for(&acts::STEWARD, process.organisation),
        threads: commons::thread::panel(&town, &visit, &process.subject(), &near),
        card,
    })
}

/// What stands on the page of a process.
struct Shown {
    one: Counted,
    rows: Vec<crate::model::Proposal>,
    overdue: i64,
    near: Vec<Near>,
}

/// A process that is not public is there only for who leads it.
fn read(town: &Town, tx: &mut Tx<'_>, code: &str, actor: &civic::Actor, language: Language) -> Result<Shown, Stop> {
    let process = store::process(tx, code)?.ok_or(Stop::NotFound)?;
    if process.published_at.is_none() && !actor.may_for(&acts::STEWARD, process.organisation) {
        return Err(Stop::NotFound);
    }
    let filter = Filter { process: Some(process.code.clone()), ..Filter::default() };
    let order = if process.will_allow(PhaseAct::Submit, town.now()) { Order::Newest } else { Order::Supported };
    let rows = store::page_of(tx, &filter, order, None, PROPOSALS_SHOWN)?.items;
    let overdue = store::count(tx, &Filter { due_before: Some(town.now()), ..filter })?;
    let near = commons::thread::near(town, tx, &process.subject(), language)?;
    Ok(Shown { one: count(town, tx, process)?, rows, overdue, near })
}

fn line(visit: &Visit, row: ProposalRow) -> Line {
    Line { state: visit.t.say(row.state.key()).to_owned(), chip: chip(row.state), row }
}

/// The phases as a thread: what is over, what is now, what comes.
fn phases(visit: &Visit, one: &Counted) -> Vec<Step> {
    let now = match one.process.standing(visit.at, one.waiting) {
        Standing::Open(index) | Standing::Held(index) => Some(index),
        _ => None,
    };
    let step = |(index, phase): (usize, &crate::model::Phase)| Step {
        state: match now {
            Some(now) if now == index => StepState::Now,
            Some(now) if index > now => StepState::Todo,
            _ if phase.closes_at <= visit.at => StepState::Done,
            _ => StepState::Todo,
        },
        title: phase_title(phase, &visit.t),
        detail: phase_detail(visit, phase),
    };
    one.process.definition.phases.iter().enumerate().map(step).collect()
}

/// When it lasts, and what may be done where that is more than its name says.
fn phase_detail(visit: &Visit, phase: &crate::model::Phase) -> String {
    let (from, until) = (visit.date_time(phase.opens_at), visit.date_time(phase.closes_at));
    let times = visit.t.with2("process-phase-times", "from", from, "until", until);
    if phase.acts.len() < 2 {
        return times;
    }
    let acts: Vec<&str> = phase.acts.iter().map(|act| visit.t.say(act.key())).collect();
    format!("{times}: {}", acts.join(", "))
}

fn rules(town: &Town, visit: &Visit, process: &Process) -> Vec<Rule> {
    let (t, definition) = (&visit.t, &process.definition);
    let language = t.language();
    let number = |value: u32| dates::number(i64::from(value), language);
    let mut rules = Vec::new();
    let mut rule = |key: &str, value: Option<String>| {
        rules.extend(value.map(|value| Rule { label: t.say(key).to_owned(), value }));
    };
    rule("process-budget", definition.budget_cents.map(|cents| money(town, cents, language)));
    rule("process-cost-most", definition.rules.cost_most_cents.map(|cents| money(town, cents, language)));
    let least = definition.rules.supports_min;
    rule("process-supports-min", (least > 0).then(|| number(least)));
    rule("process-supports-most", definition.rules.supports_most.map(number));
    rule("process-supports-least", definition.rules.supports_least.map(number));
    rule("process-grades", definition.rules.grades.map(number));
    let answer = |days: u32| t.with1("process-working-days", "count", i64::from(days));
    rule("process-answer-days", definition.rules.answer_days.map(answer));
    let account = definition.rules.account_days;
    rule("process-account-days", (account > 0).then(|| t.with1("process-days", "count", i64::from(account))));
    let districts = town.part::<Districts>();
    let named = |code: &String| districts.name(code).unwrap_or_else(|| code.clone());
    let names: Vec<String> = definition.districts.iter().map(named).collect();
    rule("process-districts", (!names.is_empty()).then(|| names.join(", ")));
    rules
}

/// GET /processes/{process}/calendar.ics
pub async fn calendar(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let process = town.db().read(move |tx| store::published(tx, &code)?.ok_or(Stop::NotFound)).await?;
    let title = process.definition.title.in_language(visit.t.language()).to_owned();
    let url = town.url(&format!("/processes/{}", process.code));
    let event = |(index, phase): (usize, &crate::model::Phase)| Event {
        uid: format!("process-{}-{index}", process.code),
        when: When::Period(phase.opens_at, phase.closes_at),
        summary: format!("{title}: {}", phase_title(phase, &visit.t)),
        description: String::new(),
        url: url.clone(),
        changed_at: process.updated_at,
    };
    let events: Vec<Event> = process.definition.phases.iter().enumerate().map(event).collect();
    let mut answer = calendar::answer(&title, &town.settings().jurisdiction, &events);
    let name = format!("inline; filename=\"{}.ics\"", process.code);
    answer.headers_mut().insert(header::CONTENT_DISPOSITION, name.parse().map_err(Stop::fault)?);
    Ok(answer)
}

/// The key of a state, for choices.
pub(super) fn state_choices(visit: &Visit) -> impl Iterator<Item = (String, String)> + '_ {
    StateWord::PUBLIC.into_iter().map(|word| (word.as_str().to_owned(), visit.t.say(word.key()).to_owned()))
}
