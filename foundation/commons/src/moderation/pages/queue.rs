//! The moderators' queue: what waits longest comes first.

use super::{choice, kind_name};
use crate::moderation::{
    MODERATE, REASONS, book, commands,
    model::{Case, Cause, Standing},
    reasons::{Reason, Templates, templates},
    store::{self, Filter},
};
use axum::extract::State;
use civic::{Actor, OrganisationId, Scope};
use database::{Cursor, DbError, Page, Tx};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit, Wants,
    answer::{json, page},
    manifest::Catalogue,
    paging,
    parts::Choice,
    visit::Query,
};

/// Characters of an excerpt.
pub(super) const EXCERPT_LIMIT: usize = 240;
/// From so many reports on a case is marked as reported by many.
const MANY_REPORTS: i64 = 3;

/// The tabs: what waits, appeals, what the score holds, what is decided.
const TABS: [(&str, &str); 4] = [
    ("", "moderation-tab-all"),
    ("appealed", "moderation-tab-appealed"),
    ("held", "moderation-tab-held"),
    ("closed", "moderation-tab-closed"),
];

/// What an address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    state: String,
    kind: String,
    reason: String,
    after: String,
    limit: String,
}

/// A page of the queue, for machines.
#[derive(Debug, Serialize, JsonSchema)]
pub struct QueueView {
    /// The cases.
    pub cases: Vec<CaseView>,
    /// The value of `after` for the next page, if there is more.
    pub next: Option<String>,
}

/// A case, for machines.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CaseView {
    /// Its code.
    pub case: String,
    /// What it is about, as `comment/…`.
    pub subject: String,
    /// The matter on whose page that stands.
    pub about: String,
    /// reported, marked or held.
    pub cause: String,
    /// waiting, appealed or closed.
    pub standing: String,
    /// Since when it waits (RFC 3339).
    pub queued_at: String,
    /// How many reported it.
    pub reports: i64,
    /// Points of the spam score.
    pub points: i64,
    /// By when an appeal is decided.
    pub due_at: Option<String>,
}

struct Line {
    code: String,
    kind: String,
    about: String,
    excerpt: String,
    why: String,
    many: bool,
    cause: String,
    chip: &'static str,
    since: String,
    due: String,
    late: bool,
}

struct Tab {
    href: String,
    label: String,
    current: bool,
}

#[derive(askama::Template)]
#[template(path = "moderation_queue.html")]
struct QueuePage {
    frame: Frame,
    tabs: Vec<Tab>,
    state: String,
    kinds: Vec<Choice>,
    reasons: Vec<Choice>,
    lines: Vec<Line>,
    first: String,
    next: String,
    narrowed: bool,
    may_set_reasons: bool,
}

/// A page of cases with what is shown of each.
struct Found {
    page: Page<Case>,
    excerpts: BTreeMap<String, String>,
    reasons: BTreeMap<String, Vec<(Reason, i64)>>,
    templates: Templates,
}

/// GET /moderation
pub async fn show(State(town): State<Town>, visit: Visit, Query(asked): Query<Asked>) -> Answer {
    let (after, limit) = paging::read(Some(&asked.after), Some(&asked.limit))?;
    let filter = filter_of(&town, &visit.actor, &asked)?;
    let (own, actor) = (town.clone(), visit.actor.clone());
    let look = move |tx: &mut Tx<'_>| read(&own, tx, &actor, &filter, after.as_ref(), limit);
    let db = town.db();
    let found = if limit > paging::PAGE_SIZE { db.read_long(look).await } else { db.read(look).await };
    let found = found.map_err(|error: DbError| Stop::from(error))?;
    if !asked.reason.is_empty() && found.templates.get(&asked.reason).is_none() {
        return Err(Refusal::new("report-reason").at("reason").into());
    }
    if visit.wants != Wants::Html {
        let cases = found.page.items.iter().map(case_view).collect();
        return json(&QueueView { cases, next: found.page.next.as_ref().map(Cursor::encode) });
    }
    let t = &visit.t;
    let all = |key: &str, chosen: &str| Choice {
        value: String::new(),
        label: t.say(key).to_owned(),
        detail: String::new(),
        chosen: chosen.is_empty(),
    };
    let moderated = &town.part::<Catalogue>().moderated;
    let kinds = moderated.iter().map(|one| Choice {
        value: one.kind.to_owned(),
        label: kind_name(&town, t, one.kind),
        detail: String::new(),
        chosen: one.kind == asked.kind,
    });
    page(&QueuePage {
        frame: Frame::new(&town, &visit, t.say("moderation-title")).twins(&visit, &[Wants::Json]),
        tabs: TABS.iter().map(|(state, key)| tab(&visit, &asked, state, key)).collect(),
        kinds: std::iter::once(all("moderation-all-kinds", &asked.kind)).chain(kinds).collect(),
        reasons: std::iter::once(all("moderation-all-reasons", &asked.reason))
            .chain(found.templates.0.iter().map(|one| choice(t, one, &asked.reason)))
            .collect(),
        lines: found.page.items.iter().map(|case| line(&town, &visit, case, &found)).collect(),
        first: if asked.after.is_empty() { String::new() } else { queue_address(&asked, &asked.state, None) },
        next: found
            .page
            .next
            .as_ref()
            .map(|next| queue_address(&asked, &asked.state, Some(&next.encode())))
            .unwrap_or_default(),
        may_set_reasons: visit.actor.may(&REASONS),
        narrowed: !(asked.kind.is_empty() && asked.reason.is_empty()),
        state: asked.state,
    })
}

/// The filter of an address, never wider than the mandate.
fn filter_of(town: &Town, actor: &Actor, asked: &Asked) -> Result<Filter, Refusal> {
    let mut filter = Filter { organisations: own_organisations(actor), ..Filter::default() };
    match asked.state.as_str() {
        "" => {}
        "waiting" => filter.standing = Some(Standing::Waiting),
        "appealed" => filter.standing = Some(Standing::Appealed),
        "closed" => filter.standing = Some(Standing::Closed),
        "held" => filter.held = true,
        _ => return Err(Refusal::new("moderation-state").at("state")),
    }
    if !asked.kind.is_empty() {
        let known = town.part::<Catalogue>().moderated(&asked.kind).is_some();
        filter.kind = Some(asked.kind.clone()).filter(|_| known);
        filter.kind.as_ref().ok_or_else(|| Refusal::new("moderation-kind").at("kind"))?;
    }
    filter.reason = Some(asked.reason.clone()).filter(|reason| !reason.is_empty());
    Ok(filter)
}

/// What a moderator looks after; `None` for the whole town.
fn own_organisations(actor: &Actor) -> Option<Vec<OrganisationId>> {
    let own: Vec<Scope> =
        actor.mandates.iter().filter(|one| MODERATE.roles.contains(&one.role)).map(|one| one.scope).collect();
    let of = |scope: Scope| if let Scope::Organisation(id) = scope { Some(id) } else { None };
    own.iter().all(|scope| *scope != Scope::Town).then(|| own.into_iter().filter_map(of).collect())
}

fn read(
    town: &Town,
    tx: &mut Tx<'_>,
    actor: &Actor,
    filter: &Filter,
    after: Option<&Cursor>,
    limit: u32,
) -> Result<Found, DbError> {
    let mut page = store::page_of(tx, filter, after, limit)?;
    let mut excerpts = BTreeMap::new();
    let mut reachable = Vec::new();
    for case in std::mem::take(&mut page.items) {
        let found = book::contents(town.part::<Catalogue>(), tx, &case.subject)?;
        // A matter that was passed on since belongs to other moderators now.
        if commands::may_see(actor, &case, found.as_ref().map(|(_, contents)| contents)).is_err() {
            continue;
        }
        let public = found.iter().flat_map(|(_, contents)| &contents.parts).map(|part| part.shown().to_owned());
        let hidden = store::of_subject(tx, &case.subject)?.into_iter().map(|one| one.shown);
        let words: Vec<String> = hidden.chain(public).filter(|words| !words.is_empty()).collect();
        let excerpt: String = words.join(" · ").chars().take(EXCERPT_LIMIT).collect();
        excerpts.insert(case.code.to_string(), excerpt);
        reachable.push(case);
    }
    page.items = reachable;
    let codes: Vec<&str> = page.items.iter().map(|case| case.code.as_str()).collect();
    let templates = templates(tx)?;
    let reasons = store::reasons_of_each(tx, &codes, &templates)?;
    Ok(Found { page, excerpts, reasons, templates })
}

fn line(town: &Town, visit: &Visit, case: &Case, found: &Found) -> Line {
    let t = &visit.t;
    let reasons = found.reasons.get(case.code.as_str()).map(Vec::as_slice).unwrap_or_default();
    let mut why: Vec<String> = reasons
        .iter()
        .map(|(reason, count)| t.with2("moderation-reason-times", "reason", reason.name(t), "count", *count))
        .collect();
    if case.points > 0 {
        why.push(t.with1("moderation-points", "points", case.points));
    }
    let due = case.appeal.as_ref().filter(|appeal| appeal.ended.is_none()).and_then(|appeal| appeal.due_at);
    Line {
        code: case.code.to_string(),
        kind: kind_name(town, t, &case.subject.kind),
        about: case.about.id.clone(),
        excerpt: found.excerpts.get(case.code.as_str()).cloned().unwrap_or_default(),
        why: why.join(t.say("moderation-comma")),
        many: case.reports >= MANY_REPORTS,
        cause: t.say(&cause_key(case)).to_owned(),
        chip: chip(case),
        since: visit.date_time(case.queued_at),
        due: due.map(|due| visit.date_time(due)).unwrap_or_default(),
        late: due.is_some_and(|due| due < visit.at),
    }
}

/// The Fluent key of how a case stands, in one word.
fn cause_key(case: &Case) -> String {
    match (case.standing, &case.decision) {
        (Standing::Appealed, _) => "moderation-act-appealed".to_owned(),
        (Standing::Closed, Some(decision)) => format!("moderation-act-{}", decision.outcome.word()),
        _ => format!("moderation-cause-{}", case.cause.word()),
    }
}

fn chip(case: &Case) -> &'static str {
    match (case.standing, case.cause) {
        (Standing::Closed, _) => "k",
        (Standing::Appealed, _) => "p",
        (_, Cause::Held) => "y",
        _ => "b",
    }
}

fn case_view(case: &Case) -> CaseView {
    CaseView {
        case: case.code.to_string(),
        subject: case.subject.to_string(),
        about: case.about.to_string(),
        cause: case.cause.word().to_owned(),
        standing: case.standing.word().to_owned(),
        queued_at: case.queued_at.rfc3339(),
        reports: case.reports,
        points: case.points,
        due_at: case.appeal.as_ref().and_then(|appeal| appeal.due_at).map(civic::Moment::rfc3339),
    }
}

fn tab(visit: &Visit, asked: &Asked, state: &str, key: &str) -> Tab {
    Tab { href: queue_address(asked, state, None), label: visit.t.say(key).to_owned(), current: asked.state == state }
}

fn queue_address(asked: &Asked, state: &str, after: Option<&str>) -> String {
    let fields = [
        ("state", state),
        ("kind", asked.kind.as_str()),
        ("reason", &asked.reason),
        ("after", after.unwrap_or_default()),
    ];
    web::parts::with_query("/moderation", &fields)
}
