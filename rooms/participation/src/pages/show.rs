//! The page of one proposal.

use super::chip;
use crate::{
    acts, decide,
    decide::Scene,
    joining::scene,
    model::{ARGUMENT, Amendment, Argument, Author, AuthorPart, Evaluation, PhaseAct, Proposal, State},
    store,
    views::{Eyes, Named, ProposalRow, money, phase_title},
};
use axum::{extract::State as Extract, response::Response};
use civic::{Actor, Language, Role, Subject};
use commons::{
    comments::SeenComment,
    links::Relation,
    moderation::{self, Notice},
    thread::Near,
};
use database::{DbError, Tx};
use people::organisations::Organisation;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;
use web::{
    Answer, Frame, Stop, Town, Visit, Wants,
    answer::{json, page},
    dates,
    feed::{Item, rss_answer},
    manifest::Catalogue,
    parts::{Choice, Crumb, Step, StepState},
    visit::Path,
};

/// Comments one page shows.
const COMMENTS_LIMIT: usize = 200;
/// Entries of the record that the page leads to.
const ENTRIES_SHOWN: u32 = 100;

/// Everything public about a proposal.
struct Matter {
    proposal: Proposal,
    scene: Scene,
    authors: Vec<Author>,
    evaluations: Vec<Evaluation>,
    arguments: Vec<Argument>,
    /// What is hidden of arguments and amendments, by id.
    argument_notices: BTreeMap<String, Vec<Notice>>,
    amendments: Vec<Amendment>,
    endorsements: Vec<String>,
    comments: Vec<SeenComment>,
    notices: Vec<Notice>,
    photos: Vec<String>,
    merged: Vec<Proposal>,
    /// What it grew out of, and what grew out of it.
    links: Vec<(Relation, bool, Subject)>,
    /// Its neighbours in the thread.
    near: Vec<Near>,
    organisations: Vec<Organisation>,
    followers: i64,
    supports: bool,
    decides: bool,
    entries: Vec<record::Sequenced>,
}

fn read(town: &Town, tx: &mut Tx<'_>, code: &str, reader: &Actor, language: Language) -> Result<Matter, Stop> {
    let proposal = store::by_code(tx, code)?.ok_or(Stop::NotFound)?;
    let decides = store::decides(tx, code, reader.person)?;
    if proposal.submitted_at.is_none() {
        return Err(Stop::NotFound);
    }
    let process = store::published(tx, &proposal.process)?.ok_or(Stop::NotFound)?;
    let subject = proposal.subject();
    let arguments = store::arguments_of(tx, code)?;
    let ids: Vec<String> = arguments.iter().map(|one| one.id.text()).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let links = links(tx, &subject)?;
    Ok(Matter {
        scene: scene(town, tx, process)?,
        authors: store::authors_of(tx, code)?,
        evaluations: store::evaluations_of(tx, code)?,
        argument_notices: moderation::notices_of_each(tx, ARGUMENT.0, &ids)?,
        arguments,
        amendments: store::amendments_of(tx, code)?,
        endorsements: store::endorsements_of(tx, code)?,
        comments: commons::comments::seen_by(tx, &subject, reader)?,
        notices: moderation::notices(tx, &subject)?,
        photos: photos(tx, &subject)?,
        merged: store::merged_into(tx, code)?,
        near: commons::thread::near(town, tx, &subject, language)?,
        links,
        organisations: people::organisations::list(tx)?,
        followers: commons::followers::count(tx, &subject)?,
        supports: store::is_supporter(tx, code, reader.person)?,
        decides,
        entries: record::about(tx, &subject, ENTRIES_SHOWN)?,
        proposal,
    })
}

fn photos(tx: &mut Tx<'_>, subject: &Subject) -> Result<Vec<String>, DbError> {
    Ok(commons::files::of(tx, subject)?.into_iter().map(|file| format!("/files/{}.jpg", file.id)).collect())
}

/// What it is linked to, but for mergers, which have their own words.
fn links(tx: &mut Tx<'_>, subject: &Subject) -> Result<Vec<(Relation, bool, Subject)>, DbError> {
    let all = commons::links::of(tx, subject)?.into_iter().filter(|link| link.relation != Relation::DuplicateOf);
    let other = |link: commons::links::Link| {
        if link.from == *subject { (link.relation, true, link.to) } else { (link.relation, false, link.from) }
    };
    Ok(all.map(other).collect())
}

/// A person as the page names them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct AuthorView {
    /// Their pseudonym in the record.
    pub handle: String,
    /// What they are called.
    pub name: String,
    /// `lead`, `co`, `amender` or `merged`.
    pub part: &'static str,
}

/// An argument.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ArgumentView {
    /// Its id.
    pub id: String,
    /// `for` or `against`.
    pub side: &'static str,
    /// What it says; empty where it is hidden.
    pub text: String,
    /// What its author is called.
    pub by: String,
    /// When (RFC 3339).
    pub at: String,
}

/// An answer of the town.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct EvaluationView {
    /// The id of its entry in the record.
    pub id: String,
    /// What was found.
    pub verdict: crate::model::Verdict,
    /// What it costs, in cents.
    pub cost_cents: Option<i64>,
    /// Why.
    pub reasons: String,
    /// Who answered.
    pub organisation: Named,
    /// When.
    pub at: String,
}

/// A whole proposal, for machines.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ProposalView {
    /// What stands in lists too.
    #[serde(flatten)]
    pub row: ProposalRow,
    /// What it says; plain text.
    pub text: String,
    /// Who is named with it.
    pub authors: Vec<AuthorView>,
    /// The town's answers, newest first.
    pub evaluations: Vec<EvaluationView>,
    /// Arguments, oldest first.
    pub arguments: Vec<ArgumentView>,
    /// The references of its amendments, newest first.
    pub amendments: Vec<String>,
    /// The organisations that endorse it.
    pub endorsements: Vec<Named>,
    /// The addresses of its photos.
    pub photos: Vec<String>,
    /// What it goes on in, where it was merged.
    pub merged_into: Option<String>,
    /// The references of what was merged into it.
    pub merged: Vec<String>,
    /// What it grew out of, as `request/R-7K2M`.
    pub grew_out_of: Vec<String>,
    /// What moderators have hidden of it, and why, in the reader's language.
    pub hidden: Vec<String>,
}

/// GET /proposals/{code}
pub async fn show(Extract(town): Extract<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let (own, actor, language) = (town.clone(), visit.actor.clone(), visit.t.language());
    let matter = town.db().read(move |tx| read(&own, tx, &code, &actor, language)).await?;
    let eyes = Eyes::new(&town, visit.t.language(), [matter.scene.process.clone()]);
    match visit.wants {
        Wants::Html => page(&compose(&town, &visit, &eyes, matter)),
        Wants::Rss => Ok(rss(&town, &visit, &eyes, &matter)),
        _ => json(&view(&town, &visit, &eyes, &matter)),
    }
}

fn organisation(matter: &Matter, visit: &Visit, code: &str) -> Named {
    let found = matter.organisations.iter().find(|one| one.code == code);
    let town = || visit.t.say("process-town-itself").to_owned();
    let name = found.map(|one| one.name.in_language(visit.t.language()).to_owned());
    Named { code: code.to_owned(), name: name.unwrap_or_else(town) }
}

fn view(town: &Town, visit: &Visit, eyes: &Eyes<'_>, matter: &Matter) -> ProposalView {
    let proposal = &matter.proposal;
    let evaluation = |one: &Evaluation| EvaluationView {
        id: one.id.clone(),
        verdict: one.verdict,
        cost_cents: one.cost_cents,
        reasons: one.reasons.clone(),
        organisation: organisation(matter, visit, &one.organisation),
        at: one.at.rfc3339(),
    };
    let argument = |one: &Argument| ArgumentView {
        id: one.id.text(),
        side: if one.in_favour { "for" } else { "against" },
        text: one.text.clone(),
        by: one.author_name.clone(),
        at: one.at.rfc3339(),
    };
    let author =
        |one: &Author| AuthorView { handle: one.handle.clone(), name: one.shown().to_owned(), part: one.part.word() };
    let grew = |(relation, from_here, subject): &(Relation, bool, Subject)| {
        (*relation == Relation::GrewOutOf && *from_here).then(|| subject.to_string())
    };
    ProposalView {
        row: eyes.row(proposal),
        text: proposal.text.clone(),
        authors: matter.authors.iter().map(author).collect(),
        evaluations: matter.evaluations.iter().map(evaluation).collect(),
        arguments: matter.arguments.iter().filter(|one| !is_held(matter, one)).map(argument).collect(),
        amendments: matter.amendments.iter().map(|one| one.code.to_string()).collect(),
        endorsements: matter.endorsements.iter().map(|code| organisation(matter, visit, code)).collect(),
        photos: matter.photos.iter().map(|path| town.url(path)).collect(),
        merged_into: merged_into(proposal),
        merged: matter.merged.iter().map(|one| one.code.to_string()).collect(),
        grew_out_of: matter.links.iter().filter_map(grew).collect(),
        hidden: sentences(visit, &matter.notices),
    }
}

/// Whether the spam score holds an argument back: then it might as well not be there.
fn is_held(matter: &Matter, argument: &Argument) -> bool {
    let notices = matter.argument_notices.get(&argument.id.text());
    notices.is_some_and(|notices| notices.iter().any(|notice| notice.held))
}

fn merged_into(proposal: &Proposal) -> Option<String> {
    match &proposal.state {
        State::Merged { into, .. } => Some(into.to_string()),
        _ => None,
    }
}

/// The sentences in place of what is hidden, each once.
fn sentences(visit: &Visit, notices: &[Notice]) -> Vec<String> {
    let mut sentences: Vec<String> = notices.iter().map(|notice| notice.sentence(&visit.t)).collect();
    sentences.dedup();
    sentences
}

struct Official {
    heading: String,
    by: String,
    cost: String,
    text: String,
}

struct ArgumentLine {
    id: String,
    by: String,
    when: String,
    text: String,
    hidden: Option<String>,
    own: bool,
}

struct AmendmentLine {
    code: String,
    state: String,
    by: String,
    when: String,
}

struct CommentLine {
    id: String,
    by: String,
    when: String,
    text: String,
    hidden: Option<String>,
    own: bool,
}

/// What the reader may do.
struct May {
    support: bool,
    sign_in: bool,
    argue: bool,
    comment: bool,
    amend: bool,
    edit: bool,
    withdraw: bool,
    answer: bool,
    merge: bool,
}

#[derive(askama::Template)]
#[template(path = "proposal.html")]
struct ShowPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    row: ProposalRow,
    state: String,
    chip: &'static str,
    text: String,
    by: String,
    also: Vec<(String, String)>,
    initials: String,
    submitted: String,
    versions: i64,
    notices: Vec<String>,
    photos: Vec<String>,
    merged_into: Option<String>,
    merged: Vec<(String, String)>,
    officials: Vec<Official>,
    in_favour: Vec<ArgumentLine>,
    against: Vec<ArgumentLine>,
    amendments: Vec<AmendmentLine>,
    comments: Vec<CommentLine>,
    endorsements: Vec<String>,
    endorse: Vec<Choice>,
    endorsed_by_own: Vec<Choice>,
    supports: String,
    supports_now: i64,
    goal: i64,
    goal_text: String,
    support_note: String,
    supports_it: bool,
    may: May,
    decides: bool,
    phases: Vec<Step>,
    cost: String,
    estimate: String,
    due: String,
    picture: String,
    threads: String,
    follow: String,
    receipts: Vec<(u64, String)>,
}

fn compose(town: &Town, visit: &Visit, eyes: &Eyes<'_>, matter: Matter) -> ShowPage {
    let t = &visit.t;
    let language = t.language();
    let row = eyes.row(&matter.proposal);
    let proposal = &matter.proposal;
    let rules = &matter.scene.process.definition.rules;
    let path = format!("/proposals/{}", proposal.code);
    let lead = matter.authors.iter().find(|one| one.part == AuthorPart::Lead);
    let by = lead.map(|one| one.shown().to_owned()).unwrap_or_default();
    let description = t.with2("proposal-description", "process", &row.process.name, "state", t.say(row.state.key()));
    let (in_favour, against) = arguments(visit, &matter);
    let own: Vec<Choice> = own_organisations(visit, &matter);
    let (endorsed_by_own, endorse) = own.into_iter().partition(|one| matter.endorsements.contains(&one.value));
    let amount = |cents: Option<i64>| cents.map(|cents| money(town, cents, language)).unwrap_or_default();
    ShowPage {
        frame: Frame::new(town, visit, row.title.clone()).twins(visit, super::PAGE_TWINS).describe(description),
        crumbs: crumbs(t, &row),
        state: t.say(row.state.key()).to_owned(),
        chip: chip(row.state),
        text: proposal.text.clone(),
        initials: initials(&by),
        by,
        also: also(visit, &matter.authors),
        submitted: visit.date(proposal.submitted_at.unwrap_or(proposal.made_at)),
        versions: proposal.version,
        notices: sentences(visit, &matter.notices),
        photos: matter.photos.clone(),
        merged_into: merged_into(proposal),
        merged: matter.merged.iter().map(|one| (one.code.to_string(), one.headline().to_owned())).collect(),
        officials: officials(town, visit, &matter),
        in_favour,
        against,
        amendments: amendments(visit, &matter.amendments),
        comments: comments(visit, &matter.comments),
        endorsements: matter.endorsements.iter().map(|code| organisation(&matter, visit, code).name).collect(),
        endorse,
        endorsed_by_own,
        supports: dates::number(proposal.supports, language),
        supports_now: proposal.supports.min(i64::from(rules.supports_min)),
        goal: i64::from(rules.supports_min),
        goal_text: goal_text(visit, &matter),
        support_note: support_note(visit, &matter.scene),
        supports_it: matter.supports,
        may: may(visit, &matter),
        decides: matter.decides,
        phases: phases(visit, &matter),
        cost: amount(proposal.cost_cents),
        estimate: amount(proposal.estimate_cents),
        due: proposal.answer_due_at.map(|due| visit.date_time(due)).unwrap_or_default(),
        picture: picture(proposal),
        threads: commons::thread::panel(town, visit, &proposal.subject(), &matter.near),
        follow: commons::talk::follow(visit, &proposal.subject(), &path, matter.followers, true),
        receipts: receipts(town, visit, &matter.entries),
        row,
    }
}

fn may(visit: &Visit, matter: &Matter) -> May {
    let (scene, proposal) = (&matter.scene, &matter.proposal);
    let open = proposal.state == State::Open;
    let goes_on = !matches!(proposal.state, State::Merged { .. } | State::Withdrawn { .. });
    let known = visit.actor.person.is_some();
    let organisation = scene.process.organisation;
    May {
        support: goes_on && scene.allows(PhaseAct::Support),
        sign_in: !known,
        argue: goes_on && known && scene.allows(PhaseAct::Discuss),
        comment: known && scene.allows(PhaseAct::Discuss),
        amend: open && scene.allows(PhaseAct::Amend) && !matter.decides,
        edit: open && matter.decides && scene.allows(PhaseAct::Submit),
        withdraw: matter.decides && decide::decide_withdrawal(proposal).is_ok(),
        answer: visit.actor.may_for(&acts::EVALUATE, organisation),
        merge: visit.actor.may_for(&acts::STEWARD, organisation),
    }
}

fn crumbs(t: &web::Sayings, row: &ProposalRow) -> Vec<Crumb> {
    vec![
        Crumb { href: "/processes".to_owned(), label: t.say("processes-title").to_owned() },
        Crumb { href: format!("/processes/{}", row.process.code), label: row.process.name.clone() },
        Crumb { href: String::new(), label: row.code.clone() },
    ]
}

/// The first letters of a name, for the disc beside it.
fn initials(name: &str) -> String {
    name.split_whitespace().filter_map(|word| word.chars().next()).take(2).flat_map(char::to_uppercase).collect()
}

/// Who else is named, with what they did.
fn also(visit: &Visit, authors: &[Author]) -> Vec<(String, String)> {
    let key = |part: AuthorPart| match part {
        AuthorPart::Lead | AuthorPart::Co => "author-co",
        AuthorPart::Amender => "author-amender",
        AuthorPart::Merged => "author-merged",
    };
    let others = authors.iter().filter(|one| one.part != AuthorPart::Lead);
    others.map(|one| (one.shown().to_owned(), visit.t.say(key(one.part)).to_owned())).collect()
}

fn officials(town: &Town, visit: &Visit, matter: &Matter) -> Vec<Official> {
    let t = &visit.t;
    let official = |one: &Evaluation| {
        let who = organisation(matter, visit, &one.organisation).name;
        Official {
            heading: t.say(one.verdict.key()).to_owned(),
            by: t.with2("evaluation-by", "who", who, "when", visit.date_time(one.at)),
            cost: one.cost_cents.map(|cents| money(town, cents, t.language())).unwrap_or_default(),
            text: one.reasons.clone(),
        }
    };
    matter.evaluations.iter().map(official).collect()
}

/// In favour, and against. What the spam score holds back only its author sees.
fn arguments(visit: &Visit, matter: &Matter) -> (Vec<ArgumentLine>, Vec<ArgumentLine>) {
    let (mut in_favour, mut against) = (Vec::new(), Vec::new());
    for one in &matter.arguments {
        let notice = matter.argument_notices.get(&one.id.text()).and_then(|notices| notices.first());
        let own = visit.actor.person.is_some() && visit.actor.person == one.author_id;
        if is_held(matter, one) && !own {
            continue;
        }
        let line = ArgumentLine {
            id: one.id.text(),
            by: one.author_name.clone(),
            when: visit.date_time(one.at),
            text: one.text.clone(),
            hidden: notice.map(|notice| notice.sentence(&visit.t)),
            own,
        };
        if one.in_favour { in_favour.push(line) } else { against.push(line) }
    }
    (in_favour, against)
}

fn amendments(visit: &Visit, amendments: &[Amendment]) -> Vec<AmendmentLine> {
    let line = |one: &Amendment| AmendmentLine {
        code: one.code.to_string(),
        state: visit.t.say(one.state.key()).to_owned(),
        by: one.author_name.clone(),
        when: visit.date(one.at),
    };
    amendments.iter().map(line).collect()
}

fn comments(visit: &Visit, comments: &[SeenComment]) -> Vec<CommentLine> {
    let line = |seen: &SeenComment| CommentLine {
        id: seen.comment.id.text(),
        by: seen.comment.author_name.clone(),
        when: visit.date_time(seen.comment.at),
        text: seen.comment.text.clone(),
        hidden: seen.hidden.as_ref().map(|notice| notice.sentence(&visit.t)),
        own: seen.own,
    };
    comments.iter().take(COMMENTS_LIMIT).map(line).collect()
}

/// The organisations in whose name the reader may endorse.
fn own_organisations(visit: &Visit, matter: &Matter) -> Vec<Choice> {
    let open = matter.scene.allows(PhaseAct::Discuss) || matter.scene.allows(PhaseAct::Support);
    let own: Vec<_> = visit.actor.organisations(Role::Officer).collect();
    let mine = matter.organisations.iter().filter(|one| open && own.contains(&one.id));
    super::choices("", mine.map(|one| (one.code.clone(), one.name.in_language(visit.t.language()).to_owned())), "")
}

/// What so many supports lead to.
fn goal_text(visit: &Visit, matter: &Matter) -> String {
    let rules = &matter.scene.process.definition.rules;
    let count = matter.proposal.supports;
    match (rules.supports_min, rules.answer_days) {
        (0, _) => visit.t.with1("proposal-supporters", "count", count),
        (least, Some(days)) => {
            let values =
                [("count", count.into()), ("least", i64::from(least).into()), ("days", i64::from(days).into())];
            visit.t.with("proposal-goal-answer", &values)
        }
        (least, None) => visit.t.with2("proposal-goal", "count", count, "least", i64::from(least)),
    }
}

/// Until when one may support, or since when not.
fn support_note(visit: &Visit, scene: &Scene) -> String {
    let phases = &scene.process.definition.phases;
    let with = |phase: &&crate::model::Phase| phase.acts.contains(&PhaseAct::Support);
    if scene.allows(PhaseAct::Support) {
        let last = phases.iter().find(|phase| phase.lasts_at(scene.now));
        return last
            .map(|phase| visit.t.with1("proposal-support-until", "date", visit.date_time(phase.closes_at)))
            .unwrap_or_default();
    }
    match phases.iter().filter(with).find(|phase| phase.opens_at > scene.now) {
        Some(next) => visit.t.with1("proposal-support-from", "date", visit.date_time(next.opens_at)),
        None => visit.t.say("proposal-support-over").to_owned(),
    }
}

/// The phases of the process, with where the proposal is in it.
fn phases(visit: &Visit, matter: &Matter) -> Vec<Step> {
    let t = &visit.t;
    let proposal = &matter.proposal;
    let since = proposal.submitted_at.unwrap_or(proposal.made_at);
    let mut steps = vec![Step {
        state: StepState::Done,
        title: t.say("proposal-step-submitted").to_owned(),
        detail: visit.date(since),
    }];
    if let Some(reached) = proposal.reached_at {
        let title = t.say("proposal-step-reached").to_owned();
        steps.push(Step { state: StepState::Done, title, detail: visit.date(reached) });
    }
    if let Some(at) = proposal.state.at() {
        let state = match proposal.state {
            State::Feasible { .. } | State::Answered { .. } => StepState::Official,
            _ => StepState::Bad,
        };
        steps.push(Step { state, title: t.say(proposal.state.word().key()).to_owned(), detail: visit.date(at) });
        if !proposal.state.is_answered() {
            return steps;
        }
    }
    for phase in matter.scene.process.definition.phases.iter().filter(|phase| phase.closes_at > visit.at) {
        let lasts = phase.lasts_at(visit.at);
        let key = if lasts { "process-until" } else { "process-from" };
        let date = if lasts { phase.closes_at } else { phase.opens_at };
        steps.push(Step {
            state: if lasts { StepState::Now } else { StepState::Todo },
            title: phase_title(phase, t),
            detail: t.with1(key, "date", visit.date(date)),
        });
    }
    steps
}

/// The picture of where it is; empty without a pin.
fn picture(proposal: &Proposal) -> String {
    let zoom = proposal.district.as_deref().unwrap_or_default();
    let of =
        |place: civic::Place| format!("/districts/pin-map.svg?lat={}&long={}&zoom={zoom}", place.lat(), place.long());
    proposal.place.map(of).unwrap_or_default()
}

/// The places in the record of what happened to it, newest last, as sentences.
fn receipts(town: &Town, visit: &Visit, entries: &[record::Sequenced]) -> Vec<(u64, String)> {
    let catalogue = town.part::<Catalogue>();
    let sentence = |entry: &record::Sequenced| {
        let key = catalogue.saying_key(&entry.saying)?;
        Some((entry.position, catalogue.sentence(town, key, entry, visit.t.language())))
    };
    entries.iter().filter_map(sentence).collect()
}

fn rss(town: &Town, visit: &Visit, eyes: &Eyes<'_>, matter: &Matter) -> Response {
    let row = eyes.row(&matter.proposal);
    let receipts = receipts(town, visit, &matter.entries);
    let at = |position: u64| matter.entries.iter().find(|entry| entry.position == position).map(|entry| entry.said_at);
    let item = |(position, sentence): &(u64, String)| Item {
        title: sentence.clone(),
        link: row.url.clone(),
        description: String::new(),
        at: at(*position).unwrap_or(matter.proposal.updated_at),
        id: town.url(&format!("/record/{position}")),
    };
    let items: Vec<Item> = receipts.iter().rev().map(item).collect();
    let title = format!("{} {}", row.code, row.title);
    rss_answer(&title, &row.url, &title, visit.t.language().tag(), &items)
}
