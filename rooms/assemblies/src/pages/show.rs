//! The page of one assembly.

use super::{
    list::{Card, card},
    views::{Matter, QuotaView, seen, source},
};
use crate::{
    acts,
    model::{Draw, Entrant, Kind, State},
    store,
};
use axum::extract::State as Given;
use civic::{Moment, Subject};
use commons::{comments::SeenComment, thread::Near};
use database::Tx;
use jiff::civil::Date;
use web::{
    Answer, Frame, Stop, Town, Visit, Wants,
    answer::{json, page},
    manifest::Catalogue,
    parts::{Crumb, Step, StepState},
    table::csv_answer,
    visit::Path,
};

/// Another matter as the page names it.
struct Named {
    title: String,
    page: String,
}

/// A draw as a line.
pub(super) struct DrawLine {
    pub number: i64,
    pub title: String,
    pub state: String,
    pub when: String,
    pub reason: String,
}

struct RecommendationLine {
    href: String,
    title: String,
    state: String,
    answered: bool,
}

#[derive(askama::Template)]
#[template(path = "assembly.html")]
struct ShowPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    card: Card,
    code: String,
    private: bool,
    remit: String,
    steps: Vec<Step>,
    registers: bool,
    open: bool,
    known: bool,
    ticket: String,
    registered: String,
    seats: String,
    taken: String,
    seed_sha256: String,
    source: String,
    quotas: Vec<QuotaView>,
    has_pool: bool,
    is_drawn: bool,
    draws: Vec<DrawLine>,
    recommendations: Vec<RecommendationLine>,
    due: String,
    overdue: bool,
    belongs: Option<Named>,
    keeps: bool,
    threads: String,
    follow: String,
    talk: String,
}

struct Read {
    matter: Matter,
    mine: Option<Entrant>,
    belongs: Option<Named>,
    followers: i64,
    comments: Vec<SeenComment>,
    near: Vec<Near>,
}

fn read(town: &Town, visit: &Visit, tx: &mut Tx<'_>, code: &str) -> Result<Read, Stop> {
    let assembly = seen(tx, code, &visit.actor)?;
    let (subject, language) = (assembly.subject(), visit.t.language());
    let catalogue = town.part::<Catalogue>();
    let belongs: Option<&Subject> = assembly.plan.belongs_to.as_ref();
    let belongs = match belongs {
        Some(subject) => {
            let brief = catalogue.briefs(town, tx, std::slice::from_ref(subject), language)?.pop();
            let page = catalogue.page_of(&subject.kind, &subject.id);
            brief.zip(page).map(|(brief, page)| Named { title: brief.title, page })
        }
        None => None,
    };
    Ok(Read {
        mine: match visit.actor.person {
            Some(person) => store::of_person(tx, code, person)?,
            None => None,
        },
        belongs,
        followers: commons::followers::count(tx, &subject)?,
        comments: commons::comments::seen_by(tx, &subject, &visit.actor)?,
        near: commons::thread::near(town, tx, &subject, language)?,
        matter: Matter::of(tx, assembly)?,
    })
}

/// GET /assemblies/{code}
pub async fn show(Given(town): Given<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let (own, reader) = (town.clone(), visit.clone());
    let found = town.db().read(move |tx| read(&own, &reader, tx, &code)).await?;
    match visit.wants {
        Wants::Html => page(&compose(&town, &visit, found)),
        Wants::Csv => {
            let number = |count: Option<u32>| count.map(|count| count.to_string()).unwrap_or_default();
            let row = |one: QuotaView| {
                let (least, most) = (one.min.to_string(), one.max.to_string());
                [one.category, one.feature, least, most, number(one.pool), number(one.drawn)]
            };
            let quotas = found.matter.quotas(visit.t.language(), found.matter.last_drawn());
            csv_answer(&["category", "feature", "min", "max", "pool", "drawn"], quotas.into_iter().map(row))
        }
        _ => json(&found.matter.view(&town, &visit)),
    }
}

pub(super) fn draw_line(visit: &Visit, draw: &Draw) -> DrawLine {
    let t = &visit.t;
    let kind = match draw.kind {
        Kind::First => "assembly-draw-first",
        Kind::Again => "assembly-draw-again",
        Kind::Vacancies => "assembly-draw-vacancies",
    };
    DrawLine {
        number: draw.number,
        title: t.with2("assembly-draw-line", "number", draw.number, "kind", t.say(kind)),
        state: t.say(&format!("assembly-state-{}", draw.state.word())).to_owned(),
        when: visit.date_time(draw.state_at),
        reason: draw.reason.clone(),
    }
}

/// Whether a day is over by the town's calendar.
fn is_over(town: &Town, day: &str, now: Moment) -> bool {
    day.parse::<Date>().is_ok_and(|day| now.in_zone(&town.settings().zone).date() > day)
}

/// A day as people write it.
fn day_in_words(visit: &Visit, day: &str) -> String {
    let noon = day.parse::<Date>().ok().and_then(|day| day.at(12, 0, 0, 0).to_zoned(visit.zone.clone()).ok());
    noon.map_or_else(|| day.to_owned(), |noon| visit.date(noon.timestamp().into()))
}

fn steps(visit: &Visit, matter: &Matter) -> Vec<Step> {
    let (one, t, now) = (&matter.assembly, &visit.t, visit.at);
    let at = |moment: Moment| visit.date_time(moment);
    let mut steps = Vec::new();
    let mut step = |done: bool, key: &str, detail: String| {
        let state = if done { StepState::Done } else { StepState::Todo };
        steps.push(Step { state, title: t.say(key).to_owned(), detail });
    };
    step(one.published_at.is_some(), "assembly-step-committed", one.published_at.map(at).unwrap_or_default());
    step(now >= one.opens_at && one.published_at.is_some(), "assembly-step-opens", at(one.opens_at));
    step(now >= one.closes_at, "assembly-step-closes", at(one.closes_at));
    for draw in matter.draws.iter().filter(|draw| draw.is_drawn()) {
        step(true, &format!("assembly-step-drawn-{}", draw.kind.word()), at(draw.state_at));
    }
    if !matter.is_drawn() {
        step(false, "assembly-step-drawn-first", String::new());
    }
    let (_, asked, free) = matter.seats(visit);
    step(matter.is_drawn() && asked + free == 0, "assembly-step-seated", String::new());
    step(!matter.recommendations.is_empty(), "assembly-step-recommended", String::new());
    let answered = !matter.recommendations.is_empty() && matter.recommendations.iter().all(|one| one.answer.is_some());
    step(
        answered,
        "assembly-step-answered",
        one.plan.answer_due.as_deref().map(|day| day_in_words(visit, day)).unwrap_or_default(),
    );
    if let Some(next) = steps.iter_mut().find(|step| step.state == StepState::Todo) {
        next.state = StepState::Now;
    }
    steps
}

fn compose(town: &Town, visit: &Visit, found: Read) -> ShowPage {
    let Read { matter, mine, belongs, followers, comments, near } = found;
    let (one, t, language) = (&matter.assembly, &visit.t, visit.t.language());
    let (subject, path) = (one.subject(), format!("/assemblies/{}", one.code));
    let is_public = one.published_at.is_some();
    let card = card(visit, &matter, path.clone());
    let (accepted, asked, free) = matter.seats(visit);
    let quotas = matter.quotas(language, matter.last_drawn());
    let body = matter.answered_by.as_ref().map(|one| one.name.in_language(language).to_owned());
    let body = body.unwrap_or_else(|| t.say("assembly-town").to_owned());
    let unanswered = matter.recommendations.iter().any(|one| one.answer.is_none());
    let due = match &one.plan.answer_due {
        Some(day) => t.with2("assembly-due", "body", body, "day", day_in_words(visit, day)),
        None => t.with1("assembly-due-none", "body", body),
    };
    let line = |r: &crate::model::Recommendation| RecommendationLine {
        href: format!("{path}/recommendations/{}", r.number),
        title: r.title.in_language(language).to_owned(),
        state: t.say(if r.answer.is_some() { "assembly-answered" } else { "assembly-unanswered" }).to_owned(),
        answered: r.answer.is_some(),
    };
    let first = matter.draws.first();
    ShowPage {
        talk: if is_public { commons::talk::comments(visit, &subject, &path, comments) } else { String::new() },
        frame: Frame::new(town, visit, card.title.clone()).twins(visit, super::JSON_CSV).describe(card.summary.clone()),
        crumbs: vec![
            Crumb { href: "/assemblies".to_owned(), label: t.say("assemblies-title").to_owned() },
            Crumb { href: String::new(), label: card.title.clone() },
        ],
        code: one.code.to_string(),
        private: !is_public,
        remit: one.plan.remit.as_ref().map(|r| commons::markdown::html(r.in_language(language))).unwrap_or_default(),
        steps: steps(visit, &matter),
        registers: one.plan.open,
        open: is_public && visit.at >= one.opens_at && visit.at < one.closes_at,
        known: visit.actor.person.is_some(),
        ticket: mine.map(|mine| mine.ticket).unwrap_or_default(),
        registered: t.with1("assembly-registered", "count", matter.registered),
        seats: t.with1("assembly-seats-count", "count", i64::from(one.plan.seats)),
        taken: if matter.is_drawn() {
            let values = [
                ("accepted", i64::from(accepted).into()),
                ("asked", i64::from(asked).into()),
                ("free", i64::from(free).into()),
                ("held", i64::from(accepted + asked).into()),
                ("seats", i64::from(one.plan.seats).into()),
            ];
            t.with("assembly-taken", &values)
        } else {
            String::new()
        },
        seed_sha256: first.map(|first| first.seed_sha256.clone()).unwrap_or_default(),
        source: first.map(|first| source(one, first)).unwrap_or_else(|| one.plan.source.clone()),
        has_pool: first.is_some_and(|first| matches!(first.state, State::Prepared | State::Drawn)),
        is_drawn: matter.is_drawn(),
        quotas,
        draws: matter.draws.iter().filter(|d| d.state != State::Committed).map(|d| draw_line(visit, d)).collect(),
        recommendations: matter.recommendations.iter().map(line).collect(),
        overdue: unanswered && one.plan.answer_due.as_ref().is_some_and(|day| is_over(town, day, visit.at)),
        due,
        belongs,
        keeps: visit.actor.may_for(&acts::KEEP, one.organisation),
        threads: if is_public { commons::thread::panel(town, visit, &subject, &near) } else { String::new() },
        follow: if is_public { commons::talk::follow(visit, &subject, &path, followers, false) } else { String::new() },
        card,
    }
}
