//! Read models, the same for pages and for machines.

use crate::{
    model::{PROCESS, PROPOSAL, Phase, PhaseAct, Process, Proposal, Standing, StateWord, Template},
    moderated, store,
};
use civic::{Language, Moment, Money, Subject};
use database::{DbError, Tx};
use places::Districts;
use record::Sequenced;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;
use web::{Sayings, Town};

pub use web::views::{Named, Point};

/// A proposal in a list.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ProposalRow {
    /// Its reference.
    pub code: String,
    /// Its page.
    pub url: String,
    /// What it is called; its reference where moderators hid the title.
    pub title: String,
    /// Its process.
    pub process: Named,
    /// Where it stands.
    pub state: StateWord,
    /// Its category, where the process has some.
    pub category: Option<Named>,
    /// Its district, where it is in one.
    pub district: Option<Named>,
    /// The pin.
    pub place: Option<Point>,
    /// The place in words.
    pub address: String,
    /// What its authors think it costs, in cents of the town's currency.
    pub cost_cents: Option<i64>,
    /// What officers say it costs, in cents.
    pub estimate_cents: Option<i64>,
    /// How many support it.
    pub supports: i64,
    /// How many supported it in another system before it was taken over; counted towards nothing here.
    pub supports_elsewhere: i64,
    /// The sum of the grades of its supports.
    pub points: i64,
    /// How many comments it has.
    pub comments: i64,
    /// When it was handed in (RFC 3339).
    pub submitted_at: String,
    /// When something public last changed.
    pub updated_at: String,
    /// By when the town owes an answer, where it does.
    pub answer_due_at: Option<String>,
    /// Whether that answer is late.
    pub overdue: bool,
    /// Counts its texts from 1.
    pub version: i64,
    /// The group that puts it forward, where one does.
    pub group: Option<Named>,
}

/// A phase, for machines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PhaseView {
    /// What it is called.
    pub title: String,
    /// From this moment on (RFC 3339).
    pub opens_at: String,
    /// Before this moment.
    pub closes_at: String,
    /// What may be done.
    pub acts: Vec<PhaseAct>,
    /// Whether it lasts now, or is held open because answers are missing.
    pub open: bool,
}

/// A process, for machines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ProcessView {
    /// Its code.
    pub code: String,
    /// Its page.
    pub url: String,
    /// What it is called.
    pub title: String,
    /// It in one or two sentences.
    pub summary: String,
    /// What it began from.
    pub template: Template,
    /// `coming`, `open`, `between` or `over`.
    pub standing: &'static str,
    /// Its phases in order.
    pub phases: Vec<PhaseView>,
    /// What proposals can be about.
    pub categories: Vec<Named>,
    /// Its districts; none for the whole town.
    pub districts: Vec<Named>,
    /// The money there is, in cents of the town's currency.
    pub budget_cents: Option<i64>,
    /// Supports from which on a proposal must be answered.
    pub supports_min: u32,
    /// Supports one person may give in it.
    pub supports_most: Option<u32>,
    /// Supports one person must give before any of them counts.
    pub supports_least: Option<u32>,
    /// The highest grade of a support.
    pub grades: Option<u32>,
    /// Working days in which an answer is due once `supports_min` is reached.
    pub answer_days: Option<u32>,
    /// Proposals that everybody sees.
    pub proposals: i64,
    /// Proposals that must be answered and are not.
    pub waiting: i64,
}

/// What turning proposals into rows needs, looked up once for all of a page.
pub struct Eyes<'t> {
    town: &'t Town,
    language: Language,
    now: Moment,
    processes: BTreeMap<String, Process>,
    districts: Districts,
}

impl<'t> Eyes<'t> {
    /// The eyes of a reader of this language, who sees these processes.
    pub fn new(town: &'t Town, language: Language, processes: impl IntoIterator<Item = Process>) -> Self {
        let processes = processes.into_iter().map(|process| (process.code.clone(), process)).collect();
        Self { town, language, now: town.now(), processes, districts: town.part::<Districts>().clone() }
    }

    /// What a district is called.
    pub fn district(&self, code: &str) -> Named {
        Named { code: code.to_owned(), name: self.districts.name(code).unwrap_or_else(|| code.to_owned()) }
    }

    /// What a process is called.
    pub fn process(&self, code: &str) -> Named {
        let title = self.processes.get(code).map(|one| one.definition.title.in_language(self.language).to_owned());
        Named { code: code.to_owned(), name: title.unwrap_or_else(|| code.to_owned()) }
    }

    /// What a category of a process is called.
    fn category(&self, process: &str, code: &str) -> Option<Named> {
        let topic = self.processes.get(process)?.topic(code)?;
        Some(Named { code: code.to_owned(), name: topic.name.in_language(self.language).to_owned() })
    }

    /// A proposal as a line of a list.
    pub fn row(&self, proposal: &Proposal) -> ProposalRow {
        ProposalRow {
            code: proposal.code.to_string(),
            url: self.town.url(&format!("/proposals/{}", proposal.code)),
            title: proposal.headline().to_owned(),
            process: self.process(&proposal.process),
            state: proposal.state.word(),
            category: self.category(&proposal.process, &proposal.category),
            district: proposal.district.as_deref().map(|district| self.district(district)),
            place: proposal.place.map(Point::from),
            address: proposal.address.clone(),
            cost_cents: proposal.cost_cents,
            estimate_cents: proposal.estimate_cents,
            supports: proposal.supports,
            supports_elsewhere: proposal.supports_elsewhere,
            points: proposal.points,
            comments: proposal.comments,
            submitted_at: proposal.submitted_at.unwrap_or(proposal.made_at).rfc3339(),
            updated_at: proposal.updated_at.rfc3339(),
            answer_due_at: proposal.answer_due_at.map(Moment::rfc3339),
            overdue: proposal.is_overdue(self.now),
            version: proposal.version,
            group: proposal
                .group
                .as_ref()
                .map(|group| Named { code: group.code.clone(), name: group.shown().to_owned() }),
        }
    }
}

/// What a phase is called: its own title, or the name of its first act.
pub fn phase_title(phase: &Phase, t: &Sayings) -> String {
    let own = phase.title.as_ref().map(|title| title.in_language(t.language()).to_owned());
    let first = || PhaseAct::ALL.into_iter().find(|act| phase.acts.contains(act));
    own.filter(|title| !title.is_empty()).unwrap_or_else(|| first().map_or("", |act| t.say(act.key())).to_owned())
}

/// A process as machines see it.
pub fn process_view(town: &Town, t: &Sayings, process: &Process, proposals: i64, waiting: i64) -> ProcessView {
    let language = t.language();
    let definition = &process.definition;
    let standing = process.standing(town.now(), waiting);
    let districts = town.part::<Districts>();
    let phase = |(index, phase): (usize, &Phase)| PhaseView {
        title: phase_title(phase, t),
        opens_at: phase.opens_at.rfc3339(),
        closes_at: phase.closes_at.rfc3339(),
        acts: phase.acts.iter().copied().collect(),
        open: matches!(standing, Standing::Open(open) | Standing::Held(open) if open == index),
    };
    let named =
        |code: &String| Named { code: code.clone(), name: districts.name(code).unwrap_or_else(|| code.clone()) };
    ProcessView {
        code: process.code.clone(),
        url: town.url(&format!("/processes/{}", process.code)),
        title: definition.title.in_language(language).to_owned(),
        summary: definition.summary.in_language(language).to_owned(),
        template: process.template,
        standing: standing_word(standing),
        phases: definition.phases.iter().enumerate().map(phase).collect(),
        categories: definition
            .categories
            .iter()
            .map(|topic| Named { code: topic.code.clone(), name: topic.name.in_language(language).to_owned() })
            .collect(),
        districts: definition.districts.iter().map(named).collect(),
        budget_cents: definition.budget_cents,
        supports_min: definition.rules.supports_min,
        supports_most: definition.rules.supports_most,
        supports_least: definition.rules.supports_least,
        grades: definition.rules.grades,
        answer_days: definition.rules.answer_days,
        proposals,
        waiting,
    }
}

/// The word of a standing, for machines.
pub fn standing_word(standing: Standing) -> &'static str {
    match standing {
        Standing::Coming => "coming",
        Standing::Open(_) | Standing::Held(_) => "open",
        Standing::Between(_) => "between",
        Standing::Over => "over",
    }
}

/// An amount of the town's money as people read it.
pub fn money(town: &Town, amount_cents: i64, language: Language) -> String {
    web::money::money(Money { amount_cents, currency: town.settings().currency }, language)
}

/// Puts proposals and processes into the search as the record tells of them.
///
/// # Errors
/// Those of the database.
pub fn follow_for_search(town: &Town, tx: &mut Tx<'_>, entries: &[Sequenced]) -> Result<(), DbError> {
    for entry in entries {
        if entry.subject.kind == PROCESS.0 {
            put_process(town, tx, &entry.subject)?;
        }
        if entry.subject.kind == PROPOSAL.0 && changes_words(&entry.saying) {
            put_proposal(town, tx, &entry.subject)?;
        }
    }
    Ok(())
}

fn changes_words(saying: &str) -> bool {
    matches!(
        saying,
        "proposal.submitted"
            | "proposal.split-off"
            | "proposal.edited"
            | "proposal.amendment-accepted"
            | "moderation.hidden"
            | "moderation.restored"
            | "moderation.released"
            | "moderation.overturned"
    )
}

fn put_proposal(town: &Town, tx: &mut Tx<'_>, subject: &Subject) -> Result<(), DbError> {
    let Some(proposal) = moderated::public(tx, &subject.id)? else { return Ok(()) };
    let districts = town.part::<Districts>();
    let district = proposal.district.as_deref().and_then(|code| districts.name(code)).unwrap_or_default();
    let text = format!("{} {} {} {district}", proposal.code, proposal.text, proposal.address);
    let title = proposal.headline().to_owned();
    let at = proposal.submitted_at.unwrap_or(proposal.made_at);
    commons::search::put(tx, &commons::search::Document { subject: subject.clone(), title, text, at })
}

fn put_process(town: &Town, tx: &mut Tx<'_>, subject: &Subject) -> Result<(), DbError> {
    let Some(process) = store::published(tx, &subject.id)? else { return Ok(()) };
    let (mut title, mut text) = (String::new(), String::new());
    for language in &town.settings().languages {
        let definition = &process.definition;
        let words = definition.title.in_language(*language);
        if title.is_empty() {
            title = words.to_owned();
        }
        text = format!("{text} {words} {}", definition.summary.in_language(*language));
    }
    let at = process.published_at.unwrap_or(process.made_at);
    commons::search::put(tx, &commons::search::Document { subject: subject.clone(), title, text, at })
}

/// Counts the comments on proposals anew as the record tells of new ones, held ones and hidden ones.
///
/// # Errors
/// Those of the database.
pub fn follow_comments(_: &Town, tx: &mut Tx<'_>, entries: &[Sequenced]) -> Result<(), DbError> {
    for entry in entries {
        let code = match entry.saying.as_str() {
            "comment.added" if entry.subject.kind == PROPOSAL.0 => Some(entry.subject.id.clone()),
            saying if saying.starts_with("moderation.") => about_proposal(&entry.what()),
            _ => None,
        };
        let Some(code) = code else { continue };
        let comments = commons::comments::count(tx, &Subject::new(PROPOSAL, code.clone()))?;
        store::keep_comments(tx, &code, comments)?;
    }
    Ok(())
}

/// The proposal that a case of moderators is about, by its page's subject.
fn about_proposal(what: &serde_json::Value) -> Option<String> {
    let about = what.get("about")?.as_str()?;
    about.strip_prefix("proposal/").map(str::to_owned)
}
