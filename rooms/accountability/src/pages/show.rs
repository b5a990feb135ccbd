//! The page of one commitment.

use crate::{
    acts,
    commands::{has_asked, say_whether_it_helped},
    decide::{HelpedFacts, may_say},
    model::{Commitment, Helped, Milestone, Opinions, SMALL_COUNT, STEP, Standing, Step as OwnStep},
    store,
    views::{CommitmentRow, Eyes, Organisations, organisations},
};
use axum::{extract::State, http::StatusCode};
use civic::Moment;
use commons::{comments::SeenComment, thread::Near};
use database::{DbError, Tx};
use std::collections::BTreeMap;
use web::{
    Answer, Frame, Stop, Town, Visit, Wants,
    answer::{json, page_with, see_other_saying},
    chart::cell_bar_svg,
    dates,
    feed::{Item, rss_answer},
    forms::{FormErrors, Submission},
    money::money,
    parts::{Choice, Crumb, Step, StepState},
    visit::Path,
};

/// Entries of the record that the page names.
const ENTRIES_SHOWN: u32 = 200;

/// Everything about a commitment that its pages show.
pub(super) struct Matter {
    pub commitment: Commitment,
    pub steps: Vec<OwnStep>,
    pub milestones: Vec<Milestone>,
    pub photos: BTreeMap<String, String>,
    pub organisations: Organisations,
    opinions: Opinions,
    comments: Vec<SeenComment>,
    followers: i64,
    near: Vec<Near>,
    positions: Vec<(String, u64)>,
    asked: bool,
    answered: bool,
}

/// Reads a commitment with all that is public about it, and what of it is the reader's own.
pub(super) fn read(town: &Town, tx: &mut Tx<'_>, visit: &Visit, code: &str) -> Result<Matter, Stop> {
    let commitment = store::by_code(tx, code)?.ok_or(Stop::NotFound)?;
    let subject = commitment.subject();
    let steps = store::steps(tx, &commitment.code)?;
    // Only of what was kept is it asked whether it helped.
    let person = visit.actor.person.filter(|_| commitment.standing(visit.at) == Standing::Kept);
    Ok(Matter {
        photos: photos(tx, &steps)?,
        milestones: store::milestones(tx, &commitment.code)?,
        organisations: organisations(tx)?,
        opinions: store::opinions(tx, &commitment)?,
        comments: commons::comments::seen_by(tx, &subject, &visit.actor)?,
        followers: commons::followers::count(tx, &subject)?,
        near: commons::thread::near(town, tx, &subject, visit.t.language())?,
        positions: record::about(tx, &subject, ENTRIES_SHOWN)?.into_iter().map(|e| (e.id, e.position)).collect(),
        asked: person.map_or(Ok(false), |person| has_asked(town, tx, &commitment, person))?,
        answered: person.map_or(Ok(false), |person| store::has_answered(tx, &commitment, person))?,
        steps,
        commitment,
    })
}

/// The photos of steps, by step.
fn photos(tx: &mut Tx<'_>, steps: &[OwnStep]) -> Result<BTreeMap<String, String>, DbError> {
    let ids: Vec<&str> = steps.iter().map(|step| step.id.as_str()).collect();
    commons::files::first_addresses(tx, STEP.0, &ids)
}

/// What the organisation said, as the page shows it.
struct Official {
    heading: String,
    by: String,
    text: String,
    link: String,
    photo: Option<String>,
}

/// An amount and its bar.
struct Amount {
    label: String,
    text: String,
    bar: String,
}

/// Whether it helped, as the page shows it.
struct HelpedPart {
    sentence: String,
    counts: Vec<(String, String)>,
    choices: Vec<Choice>,
    not: String,
}

#[derive(askama::Template)]
#[template(path = "show.html")]
struct ShowPage {
    frame: Frame,
    errors: FormErrors,
    crumbs: Vec<Crumb>,
    row: CommitmentRow,
    state: String,
    chip: &'static str,
    summary: String,
    late: String,
    due: String,
    earlier: Vec<(String, String)>,
    promised: String,
    amounts: Vec<Amount>,
    over: bool,
    milestones: Vec<Step>,
    officials: Vec<Official>,
    thread: Vec<Step>,
    helped: Option<HelpedPart>,
    receipts: Vec<(u64, String)>,
    near: String,
    comments: String,
    follow: String,
    picture: String,
    at_desk: bool,
}

/// GET /commitments/{code}
pub async fn show(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    render(&town, &visit, code, FormErrors::default(), StatusCode::OK).await
}

async fn render(town: &Town, visit: &Visit, code: String, errors: FormErrors, status: StatusCode) -> Answer {
    let (own, reader) = (town.clone(), visit.clone());
    let matter = town.db().read(move |tx| read(&own, tx, &reader, &code)).await?;
    let eyes = Eyes::new(town, visit.t.language(), matter.organisations.clone());
    match visit.wants {
        Wants::Html => page_with(status, &compose(town, visit, &eyes, matter, errors)),
        Wants::Rss => Ok(rss(town, visit, &eyes, &matter)),
        _ => {
            let Matter { commitment, steps, milestones, photos, opinions, .. } = &matter;
            json(&eyes.view(commitment, steps, milestones, photos, *opinions))
        }
    }
}

fn compose(town: &Town, visit: &Visit, eyes: &Eyes<'_>, matter: Matter, errors: FormErrors) -> ShowPage {
    let t = &visit.t;
    let one = &matter.commitment;
    let row = eyes.row(one);
    let subject = one.subject();
    let path = format!("/commitments/{}", one.code);
    let summary = one.summary.as_ref().map(|text| text.in_language(t.language()).to_owned()).unwrap_or_default();
    let frame = Frame::new(town, visit, row.title.clone()).twins(visit, super::PAGE_TWINS);
    let crumb = |href: &str, label: &str| Crumb { href: href.to_owned(), label: label.to_owned() };
    ShowPage {
        frame: frame.describe(t.with2("commitment-description", "what", &row.title, "state", t.say(row.state.key()))),
        errors,
        crumbs: vec![crumb("/commitments", t.say("commitments-title")), crumb("", one.code.as_str())],
        state: t.say(row.state.key()).to_owned(),
        chip: row.state.chip(),
        summary,
        late: late(visit, &matter),
        due: visit.date(one.due_at),
        earlier: earlier(visit, &matter.steps),
        promised: visit.date(one.promised_at),
        amounts: amounts(visit, one),
        over: one.spending.is_over(),
        milestones: milestones(visit, &matter.milestones, eyes.now(), one.state.is_open()),
        officials: officials(visit, eyes, &matter),
        thread: thread(visit, eyes, &matter),
        helped: helped_part(visit, &matter, eyes.now()),
        receipts: receipts(visit, &matter),
        near: commons::thread::panel(town, visit, &subject, &matter.near),
        follow: commons::talk::follow(visit, &subject, &path, matter.followers, true),
        picture: picture(one),
        at_desk: visit.actor.may_for(&acts::KEEP, Some(one.organisation)),
        comments: commons::talk::comments(visit, &subject, &path, matter.comments),
        row,
    }
}

/// That it is late, and whether reasons were given since it was due.
fn late(visit: &Visit, matter: &Matter) -> String {
    let one = &matter.commitment;
    if one.standing(visit.at) != Standing::Late {
        return String::new();
    }
    let spoke = matter.steps.iter().any(|step| step.at > one.due_at && !step.body.is_empty());
    let days = visit.at.seconds_since(one.due_at) / 86_400 + 1;
    let key = if spoke { "commitment-late-since" } else { "commitment-late-silent" };
    visit.t.with2(key, "days", days, "date", visit.date(one.due_at))
}

/// The days that were promised before, each with why it was moved.
fn earlier(visit: &Visit, steps: &[OwnStep]) -> Vec<(String, String)> {
    let moved = steps.iter().filter_map(|step| {
        let from = Moment::parse(step.detail.get("from_due")?).ok()?;
        Some((visit.date(from), step.body.clone()))
    });
    moved.collect()
}

fn amounts(visit: &Visit, one: &Commitment) -> Vec<Amount> {
    let spending = one.spending;
    let all = [
        ("commitment-budgeted", spending.budgeted_cents),
        ("commitment-contracted", spending.contracted_cents),
        ("commitment-paid", spending.paid_cents),
    ];
    let most = all.iter().filter_map(|(_, cents)| *cents).max().unwrap_or(0);
    let language = visit.t.language();
    let amount = |(key, cents): (&str, Option<i64>)| {
        let cents = cents?;
        Some(Amount {
            label: visit.t.say(key).to_owned(),
            text: money(spending.money(cents), language),
            bar: cell_bar_svg(cents as f64, most as f64, language.direction() == "rtl"),
        })
    };
    all.into_iter().filter_map(amount).collect()
}

fn milestones(visit: &Visit, all: &[Milestone], now: Moment, open: bool) -> Vec<Step> {
    let step = |one: &Milestone| {
        let (state, key, at) = match one.done_at {
            Some(at) => (StepState::Done, "commitment-reached-on", at),
            None if open && one.due_at < now => (StepState::Bad, "commitment-was-due", one.due_at),
            None => (StepState::Todo, "commitment-by-date", one.due_at),
        };
        Step { state, title: one.title.clone(), detail: visit.t.with1(key, "date", visit.date(at)) }
    };
    all.iter().map(step).collect()
}

/// What the organisation said in public, newest first.
fn officials(visit: &Visit, eyes: &Eyes<'_>, matter: &Matter) -> Vec<Official> {
    let spoke =
        |step: &&OwnStep| !step.body.is_empty() || !step.link.is_empty() || matter.photos.contains_key(&step.id);
    let official = |step: &OwnStep| Official {
        heading: visit.t.say(step_key(&step.saying)).to_owned(),
        by: visit.t.with2("step-of", "who", eyes.agency(&step.agency), "when", visit.date_time(step.at)),
        text: step.body.clone(),
        link: step.link.clone(),
        photo: matter.photos.get(&step.id).cloned(),
    };
    matter.steps.iter().rev().filter(spoke).map(official).collect()
}

/// The commitment's life, and what is still to come.
pub(super) fn thread(visit: &Visit, eyes: &Eyes<'_>, matter: &Matter) -> Vec<Step> {
    let t = &visit.t;
    let last = matter.steps.len().saturating_sub(1);
    let open = matter.commitment.state.is_open();
    let step = |(number, step): (usize, &OwnStep)| {
        let state = match step.saying.as_str() {
            "commitment.late" | "commitment.broken" | "commitment.dropped" | "commitment.postponed" => StepState::Bad,
            _ if number == last && open => StepState::Now,
            _ => StepState::Done,
        };
        let when = visit.date(step.at);
        let who = eyes.agency(&step.agency);
        let detail = if who.is_empty() { when } else { t.with2("step-of", "who", who, "when", when) };
        Step { state, title: step_title(visit, matter, step), detail }
    };
    let mut thread: Vec<Step> = matter.steps.iter().enumerate().map(step).collect();
    if open {
        let late = matter.commitment.due_at <= visit.at;
        let key = if late { "commitment-was-due" } else { "commitment-by-date" };
        let detail = t.with1(key, "date", visit.date(matter.commitment.due_at));
        thread.push(Step { state: StepState::Todo, title: t.say("commitment-to-come").to_owned(), detail });
    }
    thread
}

/// The title of a step, with what changed.
fn step_title(visit: &Visit, matter: &Matter, step: &OwnStep) -> String {
    let t = &visit.t;
    let title = t.say(step_key(&step.saying));
    let amount = |key: &str| {
        let cents: i64 = step.detail.get(key)?.parse().ok()?;
        Some(money(matter.commitment.spending.money(cents), t.language()))
    };
    if let Some(due) = step.detail.get("due").and_then(|due| Moment::parse(due).ok()) {
        return format!("{title}: {}", t.with1("commitment-by-date", "date", visit.date(due)));
    }
    if let Some(position) = step.detail.get("milestone") {
        let found = matter.milestones.iter().find(|one| one.position.to_string() == *position);
        return format!("{title}: {}", found.map(|one| one.title.as_str()).unwrap_or_default());
    }
    let spent: Vec<String> = [("commitment-contracted", "contracted_cents"), ("commitment-paid", "paid_cents")]
        .into_iter()
        .filter_map(|(label, key)| Some(format!("{} {}", t.say(label), amount(key)?)))
        .collect();
    if spent.is_empty() { title.to_owned() } else { format!("{title}: {}", spent.join(", ")) }
}

/// The Fluent key of a step's title.
pub(super) fn step_key(saying: &str) -> &'static str {
    match saying {
        "commitment.made" => "step-made",
        "commitment.begun" => "step-begun",
        "commitment.spent" => "step-spent",
        "commitment.milestone-reached" => "step-milestone",
        "commitment.postponed" => "step-postponed",
        "commitment.late" => "step-late",
        "commitment.kept" => "step-kept",
        "commitment.broken" => "step-broken",
        "commitment.dropped" => "step-dropped",
        "commitment.reopened" => "step-commitment-reopened",
        _ => "step-reported",
    }
}

/// Whether it helped: only of what was kept.
fn helped_part(visit: &Visit, matter: &Matter, now: Moment) -> Option<HelpedPart> {
    let t = &visit.t;
    if matter.commitment.standing(now) != Standing::Kept {
        return None;
    }
    let facts = HelpedFacts { commitment: &matter.commitment, asked: matter.asked, now };
    let may = may_say(&facts).map_err(|refusal| refusal.sentence(t));
    let not = match (&visit.actor.person, matter.answered, &may) {
        (Some(_), true, _) => t.say("helped-thanks").to_owned(),
        (Some(_), false, Err(sentence)) => sentence.clone(),
        _ => String::new(),
    };
    let choice = |answer: Helped| Choice {
        value: answer.word().to_owned(),
        label: t.say(answer.key()).to_owned(),
        detail: String::new(),
        chosen: false,
    };
    let is_asked = visit.actor.person.is_some() && not.is_empty();
    Some(HelpedPart {
        sentence: helped_sentence(visit, matter.opinions),
        counts: counts(visit, matter.opinions),
        choices: if is_asked { Helped::ALL.map(choice).to_vec() } else { Vec::new() },
        not,
    })
}

/// How many answered, where that tells nobody's own answer.
pub(super) fn helped_sentence(visit: &Visit, opinions: Opinions) -> String {
    match opinions.shown() {
        Some(shown) => visit.t.with2("helped-count", "yes", shown.yes, "all", shown.all()),
        None => visit.t.with1("helped-few", "few", SMALL_COUNT),
    }
}

fn counts(visit: &Visit, opinions: Opinions) -> Vec<(String, String)> {
    let Some(shown) = opinions.shown() else { return Vec::new() };
    let line = |answer: Helped, count| (visit.t.say(answer.key()).to_owned(), dates::number(count, visit.t.language()));
    vec![line(Helped::Yes, shown.yes), line(Helped::Partly, shown.partly), line(Helped::No, shown.no)]
}

/// The places of its entries in the record, oldest first, with what each says.
fn receipts(visit: &Visit, matter: &Matter) -> Vec<(u64, String)> {
    let named = |(id, position): &(String, u64)| {
        let step = matter.steps.iter().find(|step| step.id == *id)?;
        Some((*position, visit.t.say(step_key(&step.saying)).to_owned()))
    };
    let mut found: Vec<_> = matter.positions.iter().filter_map(named).collect();
    found.sort();
    found
}

/// The picture of where it is; empty without a pin.
fn picture(one: &Commitment) -> String {
    places::pin_picture(one.place, one.district.as_deref())
}

fn rss(town: &Town, visit: &Visit, eyes: &Eyes<'_>, matter: &Matter) -> axum::response::Response {
    let row = eyes.row(&matter.commitment);
    let item = |step: &OwnStep| Item {
        title: step_title(visit, matter, step),
        link: row.url.clone(),
        description: step.body.clone(),
        at: step.at,
        id: step.id.clone(),
    };
    let items: Vec<Item> = matter.steps.iter().rev().map(item).collect();
    let title = format!("{} – {}", row.title, town.settings().name.in_language(visit.t.language()));
    rss_answer(&title, &row.url, visit.t.say(row.state.key()), visit.t.language().tag(), &items)
}

/// POST /commitments/{code}/helped
pub async fn helped(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let answer = form.text("helped").and_then(|word| word.parse::<Helped>().ok());
    let done = match answer {
        Some(answer) => say_whether_it_helped(&town, visit.actor.clone(), code.clone(), answer).await,
        None => Err(web::Refusal::new("helped-choose").at("helped").into()),
    };
    match done {
        Ok(()) => see_other_saying(&format!("/commitments/{code}#helped"), "flash-helped"),
        Err(Stop::Refused(refusals)) if visit.wants == Wants::Html => {
            let status = refusals.first().map_or(StatusCode::UNPROCESSABLE_ENTITY, |refusal| refusal.status);
            render(&town, &visit, code, FormErrors::of(&refusals, &visit.t), status).await
        }
        Err(stop) => Err(stop),
    }
}
