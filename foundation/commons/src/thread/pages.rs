//! The page of a thread, its twin, and the form by which officers change it.

use super::{
    change::{Asked, change},
    draw::{Words, thread_svg},
    panel::offshoots,
    walk::{STEPS_LIMIT, Thread, walk},
};
use crate::{
    acts,
    links::{self, Change, Link, Relation},
};
use axum::{extract::State, http::StatusCode};
use civic::Subject;
use database::Tx;
use schemars::JsonSchema;
use serde::Serialize;
use web::{
    Answer, Frame, Refusal, Route, Stop, Town, Visit, Wants,
    answer::{json, page_with, see_other_saying},
    forms::{FormErrors, Submission},
    manifest::{Catalogue, Doc},
    openapi::{schema_of, text_schema},
    parts::Choice,
    visit::Path,
};

/// Changes by hand that the page shows.
const CHANGES_SHOWN: u32 = 20;
/// Bytes an identifier in the address may have.
const ID_LIMIT_BYTES: usize = 200;

pub(crate) fn routes() -> Vec<Route> {
    let doc = Doc::new("thread", "Everything that led to a matter and everything that came of it, across all rooms")
        .path("kind", "The kind of the matter, as `request`.", text_schema())
        .path("id", "Its reference, as R-7K2M.", text_schema())
        .answers(200, "application/json", "The thread, causes first.", schema_of::<ThreadView>());
    vec![
        Route::get("/thread/{kind}/{id}", acts::READ, show).twins(&[Wants::Json]).documented(doc),
        Route::post("/thread/{kind}/{id}", acts::LINK, settle),
    ]
}

/// The address of the thread of a subject.
pub(super) fn address(subject: &Subject) -> String {
    format!("/thread/{}/{}", subject.kind, subject.id)
}

/// A thread, for machines.
#[derive(Debug, Serialize, JsonSchema)]
struct ThreadView {
    /// The matters, causes first.
    steps: Vec<StepView>,
    /// The links between them.
    links: Vec<LinkView>,
    /// Whether there is more than one page shows.
    cut: bool,
}

#[derive(Debug, Serialize, JsonSchema)]
struct StepView {
    /// The kind, as `request`.
    kind: String,
    /// Its reference.
    id: String,
    /// What people call it.
    title: String,
    /// Where it stands, in the reader's language.
    state: Option<String>,
    /// When it last changed (RFC 3339).
    at: String,
    /// Its page.
    url: String,
    /// Whether the thread is told from here.
    here: bool,
}

#[derive(Debug, Serialize, JsonSchema)]
struct LinkView {
    /// As kind/reference.
    from: String,
    /// `grew-out-of`, `answers`, `funds`, `measures` or `duplicate-of`.
    relation: String,
    /// As kind/reference.
    to: String,
}

struct Line {
    class: &'static str,
    here: bool,
    kind: String,
    id: String,
    title: String,
    state: String,
    href: String,
    when: String,
    links: Vec<LineLink>,
}

struct LineLink {
    how: String,
    title: String,
    anchor: usize,
}

struct ChangeLine {
    sentence: String,
    reason: String,
    by: String,
}

#[derive(askama::Template)]
#[template(path = "thread.html")]
struct ThreadPage {
    frame: Frame,
    errors: FormErrors,
    title: String,
    back: String,
    address: String,
    lines: Vec<Line>,
    drawing: String,
    cut: String,
    changes: Vec<ChangeLine>,
    offshoots: Vec<(String, String)>,
    may_link: bool,
    relations: Vec<Choice>,
    removable: Vec<Choice>,
    other: String,
    reason: String,
}

/// What was typed into the form.
#[derive(Default)]
struct Typed {
    relation: String,
    other: String,
    reason: String,
}

/// GET /thread/{kind}/{id}
async fn show(State(town): State<Town>, visit: Visit, Path((kind, id)): Path<(String, String)>) -> Answer {
    let subject = Subject { kind, id };
    render(&town, &visit, subject, &Typed::default(), FormErrors::default(), StatusCode::OK).await
}

async fn render(
    town: &Town,
    visit: &Visit,
    subject: Subject,
    typed: &Typed,
    errors: FormErrors,
    status: StatusCode,
) -> Answer {
    let back = page_of(town, &subject)?;
    let (own, asked, language) = (town.clone(), subject.clone(), visit.t.language());
    let read = town.db().read(move |tx: &mut Tx<'_>| {
        let thread = walk(&own, tx, &asked, language)?.ok_or(Stop::NotFound)?;
        Ok::<_, Stop>((thread, links::changes_of(tx, &asked, CHANGES_SHOWN)?))
    });
    let (thread, changes) = read.await?;
    if visit.wants == Wants::Json {
        return json(&view(town, &thread));
    }
    page_with(status, &compose(town, visit, &subject, back, &thread, &changes, typed, errors))
}

fn page_of(town: &Town, subject: &Subject) -> Result<String, Stop> {
    let known = subject.kind.len() <= ID_LIMIT_BYTES && subject.id.len() <= ID_LIMIT_BYTES;
    let page = town.part::<Catalogue>().page_of(&subject.kind, &subject.id);
    page.filter(|_| known).ok_or(Stop::NotFound)
}

fn view(town: &Town, thread: &Thread) -> ThreadView {
    let step = |step: &super::walk::Step| {
        let Subject { kind, id } = step.brief.subject.clone();
        StepView {
            url: town.part::<Catalogue>().page_of(&kind, &id).map(|page| town.url(&page)).unwrap_or_default(),
            title: step.brief.title.clone(),
            state: step.brief.state.clone(),
            at: step.brief.at.rfc3339(),
            here: step.here,
            kind,
            id,
        }
    };
    let link = |link: &Link| LinkView {
        from: link.from.to_string(),
        relation: link.relation.word().to_owned(),
        to: link.to.to_string(),
    };
    ThreadView {
        steps: thread.steps.iter().map(step).collect(),
        links: thread.links.iter().map(link).collect(),
        cut: thread.cut,
    }
}

#[expect(clippy::too_many_arguments, reason = "one page: what is there, what was typed, what is wrong with it")]
fn compose(
    town: &Town,
    visit: &Visit,
    subject: &Subject,
    back: String,
    thread: &Thread,
    changes: &[Change],
    typed: &Typed,
    errors: FormErrors,
) -> ThreadPage {
    let t = &visit.t;
    let title = title_of(thread, subject);
    let labels: Vec<String> = thread
        .steps
        .iter()
        .map(|step| format!("{} {}", kind_name(town, visit, &step.brief.subject.kind), step.brief.subject.id))
        .collect();
    let desc = t.with2("thread-drawing-desc", "steps", thread.steps.len(), "links", thread.links.len());
    let rtl = t.language().direction() == "rtl";
    let words = Words { title: t.say("thread-drawing"), desc: &desc, rtl, labels: &labels };
    let drawing = if thread.steps.len() > 1 { thread_svg(thread, &words) } else { String::new() };
    let may_link = visit.actor.may(&acts::LINK);
    let heading = t.with1("thread-title", "what", title.as_str());
    ThreadPage {
        frame: Frame::new(town, visit, heading).twins(visit, &[Wants::Json]),
        errors,
        back,
        address: address(subject),
        lines: lines(town, visit, thread),
        drawing,
        cut: if thread.cut { t.with1("thread-cut", "most", STEPS_LIMIT) } else { String::new() },
        changes: changes.iter().map(|change| change_line(visit, change)).collect(),
        offshoots: offshoots(town, visit, subject),
        relations: if may_link { relations(visit, &typed.relation) } else { Vec::new() },
        removable: if may_link { removable(visit, subject, thread) } else { Vec::new() },
        may_link,
        other: typed.other.clone(),
        reason: typed.reason.clone(),
        title,
    }
}

fn title_of(thread: &Thread, subject: &Subject) -> String {
    let own = thread.steps.iter().find(|step| step.brief.subject == *subject);
    own.map(|step| step.brief.title.clone()).unwrap_or_default()
}

fn kind_name(town: &Town, visit: &Visit, kind: &str) -> String {
    let known = town.part::<Catalogue>().subjects.iter().find(|subject| subject.kind == kind);
    known.map(|subject| visit.t.say(subject.key).to_owned()).unwrap_or_default()
}

fn lines(town: &Town, visit: &Visit, thread: &Thread) -> Vec<Line> {
    let last = thread.steps.len().saturating_sub(1);
    let line = |(number, step): (usize, &super::walk::Step)| {
        let brief = &step.brief;
        Line {
            class: if step.here || number == last && thread.steps.len() == 1 { "now" } else { "done" },
            here: step.here,
            kind: kind_name(town, visit, &brief.subject.kind),
            id: brief.subject.id.clone(),
            title: brief.title.clone(),
            state: brief.state.clone().unwrap_or_default(),
            href: town.part::<Catalogue>().page_of(&brief.subject.kind, &brief.subject.id).unwrap_or_default(),
            when: visit.date(brief.at),
            links: back_links(visit, thread, &brief.subject),
        }
    };
    thread.steps.iter().enumerate().map(line).collect()
}

/// How a step hangs on the steps above it.
fn back_links(visit: &Visit, thread: &Thread, subject: &Subject) -> Vec<LineLink> {
    let above = thread.links.iter().filter(|link| *link.flow().1 == *subject);
    let line = |link: &Link| {
        let key = if link.from == *subject { link.relation.key() } else { link.relation.key_back() };
        let cause = link.flow().0;
        let anchor = thread.steps.iter().position(|step| step.brief.subject == *cause)?;
        let title = thread.steps[anchor].brief.title.clone();
        Some(LineLink { how: visit.t.say(key).to_owned(), title, anchor: anchor + 1 })
    };
    above.filter_map(line).collect()
}

fn change_line(visit: &Visit, change: &Change) -> ChangeLine {
    let key = if change.made { "thread-was-linked" } else { "thread-was-unlinked" };
    let values = [
        ("from", change.link.from.id.as_str().into()),
        ("how", visit.t.say(change.link.relation.key()).into()),
        ("to", change.link.to.id.as_str().into()),
    ];
    ChangeLine {
        sentence: visit.t.with(key, &values),
        reason: change.reason.clone(),
        by: visit.t.with2("thread-by", "who", change.handle.as_str(), "when", visit.date_time(change.at)),
    }
}

/// The relations by hand, each in both directions.
const BY_HAND: [Relation; 4] = [Relation::GrewOutOf, Relation::Answers, Relation::Funds, Relation::Measures];

fn relations(visit: &Visit, chosen: &str) -> Vec<Choice> {
    let both = |relation: Relation| {
        [(relation.word().to_owned(), relation.key()), (format!("{}-back", relation.word()), relation.key_back())]
    };
    let choice = |(value, key): (String, &str)| Choice {
        chosen: value == chosen,
        label: visit.t.say(key).to_owned(),
        detail: String::new(),
        value,
    };
    BY_HAND.into_iter().flat_map(both).map(choice).collect()
}

/// The links of the subject itself that can be taken away here, as `relation kind/id`.
fn removable(visit: &Visit, subject: &Subject, thread: &Thread) -> Vec<Choice> {
    let own = thread.links.iter().filter(|link| link.relation != Relation::DuplicateOf);
    let choice = |link: &Link| {
        let (word, other, key) = if link.from == *subject {
            (link.relation.word().to_owned(), &link.to, link.relation.key())
        } else if link.to == *subject {
            (format!("{}-back", link.relation.word()), &link.from, link.relation.key_back())
        } else {
            return None;
        };
        let label = format!("{} {}", visit.t.say(key), title_of(thread, other));
        Some(Choice { value: format!("{word} {other}"), label, detail: String::new(), chosen: false })
    };
    own.filter_map(choice).collect()
}

/// POST /thread/{kind}/{id}
async fn settle(
    State(town): State<Town>,
    visit: Visit,
    Path((kind, id)): Path<(String, String)>,
    form: Submission,
) -> Answer {
    let subject = Subject { kind, id };
    page_of(&town, &subject)?;
    match try_change(&town, &visit, &subject, &form).await {
        Ok(made) => {
            see_other_saying(&address(&subject), if made { "flash-thread-linked" } else { "flash-thread-unlinked" })
        }
        Err(Stop::Refused(refusals)) if visit.wants == Wants::Html => {
            let field = |name: &str| form.text(name).unwrap_or_default().to_owned();
            let typed = Typed { relation: field("relation"), other: field("other"), reason: field("reason") };
            let status = refusals.first().map_or(StatusCode::UNPROCESSABLE_ENTITY, |refusal| refusal.status);
            render(&town, &visit, subject, &typed, FormErrors::of(&refusals, &visit.t), status).await
        }
        Err(stop) => Err(stop),
    }
}

async fn try_change(town: &Town, visit: &Visit, subject: &Subject, form: &Submission) -> Result<bool, Stop> {
    let asked = read(town, subject, form)?;
    let made = asked.made;
    let (own, by, now, chance) = (town.clone(), visit.actor.clone(), town.now(), town.chance_handle());
    let done = town.db().write(move |tx| {
        let entry = change(tx, &own, &by, &asked, now, &*chance)?;
        tx.commit(entry, ()).map_err(Stop::from)
    });
    done.await.map(|()| made)
}

/// Reads the form: `take` names a link to take away; else `relation` and `other` name one to make.
fn read(town: &Town, subject: &Subject, form: &Submission) -> Result<Asked, Refusal> {
    let reason = form.raw("reason").unwrap_or_default().trim().replace("\r\n", "\n");
    if let Some(take) = form.text("take") {
        let (word, other) = take.split_once(' ').ok_or_else(|| Refusal::new("thread-relation").at("relation"))?;
        let (kind, id) = other.split_once('/').ok_or_else(unknown)?;
        let other = Subject { kind: kind.to_owned(), id: id.to_owned() };
        return Ok(Asked { made: false, link: link_of(subject, word, other)?, reason });
    }
    let other = other_of(town, form.text("other").unwrap_or_default()).ok_or_else(unknown)?;
    Ok(Asked { made: true, link: link_of(subject, form.text("relation").unwrap_or_default(), other)?, reason })
}

fn unknown() -> Refusal {
    Refusal::new("thread-other").at("other")
}

fn link_of(subject: &Subject, word: &str, other: Subject) -> Result<Link, Refusal> {
    let (bare, back) = word.strip_suffix("-back").map_or((word, false), |bare| (bare, true));
    let relation: Relation = bare.parse().map_err(|_| Refusal::new("thread-relation").at("relation"))?;
    let (from, to) = if back { (other, subject.clone()) } else { (subject.clone(), other) };
    Ok(Link { from, relation, to })
}

/// The matter whose page is at this address; `kind/id` names it too.
fn other_of(town: &Town, text: &str) -> Option<Subject> {
    let text = text.split(['?', '#']).next().unwrap_or_default();
    let path = text.strip_prefix(town.settings().address.as_str()).unwrap_or(text);
    let (before, id) = path.trim_end_matches('/').rsplit_once('/')?;
    if id.is_empty() || id.len() > ID_LIMIT_BYTES {
        return None;
    }
    let subjects = &town.part::<Catalogue>().subjects;
    let found = subjects.iter().find(|info| info.kind == before || (info.page)(id) == path.trim_end_matches('/'))?;
    Some(Subject { kind: found.kind.to_owned(), id: id.to_owned() })
}
