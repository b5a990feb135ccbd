//! Stewards set processes up and publish them.

use crate::{
    acts,
    decide::{Change, check_change, check_definition, is_code, moved_by_years},
    model::{Definition, Phase, Process, Template},
    store,
};
use civic::{Actor, Language, LocalText, Moment, OrganisationId};
use database::{OffRecord, Tx};
use jiff::{Span, civil::Time};
use record::Entry;
use serde_json::{Value, json};
use web::{Refusal, Stop, Town};

/// Where the phases of a process come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Moved {
    /// From the template, beginning on the first day of next month.
    Template(Template),
    /// From this earlier process, a year later.
    From(String),
}

/// A process to begin.
#[derive(Debug, Clone)]
pub struct NewProcess {
    /// Its code.
    pub code: String,
    /// What it is called.
    pub title: LocalText,
    /// What it begins from.
    pub from: Moved,
    /// Who answers.
    pub organisation: Option<OrganisationId>,
}

/// Begins a process as a private draft.
///
/// # Errors
/// `process-code`, `process-code-taken`; `NotFound` for an earlier process that is not there; `NotAllowed` for another
/// organisation's.
pub async fn create_process(town: &Town, actor: Actor, new: NewProcess) -> Result<Process, Stop> {
    let own = town.clone();
    town.db()
        .write(move |tx| {
            if !is_code(&new.code) {
                return Err(Refusal::new("process-code").at("code").into());
            }
            let now = own.now();
            let process = begin(&own, tx, new, now)?;
            must_steward(&actor, &process)?;
            if !store::insert_process(tx, &process)? {
                return Err(Refusal::conflict("process-code-taken").at("code").into());
            }
            tx.commit(OffRecord("a process is private until it is published"), process).map_err(Stop::from)
        })
        .await
}

fn begin(town: &Town, tx: &mut Tx<'_>, new: NewProcess, now: Moment) -> Result<Process, Stop> {
    let (template, definition, organisation) = match new.from {
        Moved::Template(template) => (template, from_template(town, template, new.title, now), new.organisation),
        Moved::From(code) => {
            let earlier = store::process(tx, &code)?.ok_or(Stop::NotFound)?;
            let phases = moved_by_years(&earlier.definition.phases, 1, &town.settings().zone);
            let definition = Definition { title: new.title, phases, ..earlier.definition };
            (earlier.template, definition, new.organisation.or(earlier.organisation))
        }
    };
    Ok(Process {
        code: new.code,
        template,
        definition,
        organisation,
        published_at: None,
        made_at: now,
        updated_at: now,
        version: 1,
    })
}

fn from_template(town: &Town, template: Template, title: LocalText, now: Moment) -> Definition {
    let mut at = first_of_next_month(town, now);
    let zone = &town.settings().zone;
    let mut titles = template.titles().iter();
    let mut title_of = || {
        let key = titles.next()?;
        let words = |language| town.words().of(language).say(key).to_owned();
        let plain = LocalText::plain(words(Language::default()));
        Some(Language::ALL.into_iter().fold(plain, |text, language| text.with(language, words(language))))
    };
    let phase = |(days, acts): &(i32, &[crate::model::PhaseAct])| {
        let opens_at = at;
        let end = at.in_zone(zone).checked_add(Span::new().days(*days));
        at = end.map_or(at.plus_days(i64::from(*days)), |end| end.timestamp().into());
        Phase { title: title_of(), opens_at, closes_at: at, acts: acts.iter().copied().collect() }
    };
    let phases = template.phases().iter().map(phase).collect();
    let rules = match template {
        Template::Budget => crate::model::Rules { asks_cost: true, needs_place: true, ..Default::default() },
        Template::Petition | Template::Initiative => {
            crate::model::Rules { supports_min: 100, answer_days: Some(20), ..Default::default() }
        }
        Template::Consultation | Template::Assembly | Template::Survey => Default::default(),
    };
    Definition {
        summary: title.clone(),
        title,
        about: None,
        phases,
        categories: Vec::new(),
        districts: Vec::new(),
        budget_cents: None,
        rules,
    }
}

fn first_of_next_month(town: &Town, now: Moment) -> Moment {
    let local = now.in_zone(&town.settings().zone);
    let day = local.date().first_of_month().checked_add(Span::new().months(1)).unwrap_or(local.date());
    let zoned = day.to_datetime(Time::midnight()).to_zoned(town.settings().zone.clone());
    zoned.map_or(now, |zoned| zoned.timestamp().into())
}

/// Whether somebody leads this process: in the whole town, or for its organisation.
fn must_steward(actor: &Actor, process: &Process) -> Result<(), Stop> {
    if actor.may_for(&acts::STEWARD, process.organisation) { Ok(()) } else { Err(Stop::NotAllowed) }
}

/// Saves what was written down of a process. What everybody sees already goes on the record, with its phases.
///
/// # Errors
/// Refusals of the decision; `process-changed` when somebody else was faster.
pub async fn save_process(
    town: &Town,
    actor: Actor,
    code: String,
    seen_version: i64,
    definition: Definition,
    organisation: Option<OrganisationId>,
) -> Result<Process, Stop> {
    let own = town.clone();
    town.db()
        .write(move |tx| {
            let now = own.now();
            let mut process = store::process_to_change(tx, &code)?.ok_or(Stop::NotFound)?;
            must_steward(&actor, &process)?;
            let language = own.settings().languages.first().copied().unwrap_or_default();
            check_definition(&definition, language).map_err(Stop::Refused)?;
            let used = store::categories_used(tx, &code)?;
            let change = check_change(&process, &definition, &used, now)?;
            process.definition = definition;
            process.organisation = organisation;
            must_steward(&actor, &process)?;
            keep(tx, &mut process, seen_version, now)?;
            match change {
                Change::Private => tx.commit(OffRecord("a process is private until it is published"), process),
                Change::Public => {
                    let said = Entry::about(process.subject(), "process.changed", &actor, now, own.chance());
                    tx.commit(said.publicly(&view(&process))?, process)
                }
            }
            .map_err(Stop::from)
        })
        .await
}

fn keep(tx: &mut Tx<'_>, process: &mut Process, seen_version: i64, now: Moment) -> Result<(), Stop> {
    process.updated_at = now;
    process.version = seen_version + 1;
    if store::update_process(tx, process, seen_version)? {
        Ok(())
    } else {
        Err(Refusal::conflict("process-changed").into())
    }
}

/// Makes a process public.
///
/// # Errors
/// Refusals of [`check_definition`]; `process-published`.
pub async fn publish_process(town: &Town, actor: Actor, code: String) -> Result<Process, Stop> {
    let own = town.clone();
    town.db()
        .write(move |tx| {
            let now = own.now();
            let mut process = store::process_to_change(tx, &code)?.ok_or(Stop::NotFound)?;
            must_steward(&actor, &process)?;
            if process.published_at.is_some() {
                return Err(Refusal::conflict("process-published").into());
            }
            let language = own.settings().languages.first().copied().unwrap_or_default();
            check_definition(&process.definition, language).map_err(Stop::Refused)?;
            process.published_at = Some(now);
            let version = process.version;
            keep(tx, &mut process, version, now)?;
            let said = Entry::about(process.subject(), "process.published", &actor, now, own.chance());
            tx.commit(said.publicly(&view(&process))?, process).map_err(Stop::from)
        })
        .await
}

/// What the record says of a process: its name, which is the town's own words, its phases and rules.
fn view(process: &Process) -> Value {
    let phase = |phase: &Phase| {
        let acts: Vec<&str> = phase.acts.iter().map(|act| act.word()).collect();
        json!({"acts": acts, "from": phase.opens_at.rfc3339(), "until": phase.closes_at.rfc3339()})
    };
    let definition = &process.definition;
    json!({
        "title": definition.title, "template": process.template.word(), "budget_cents": definition.budget_cents,
        "categories": definition.categories.iter().map(|topic| topic.code.as_str()).collect::<Vec<_>>(),
        "phases": definition.phases.iter().map(phase).collect::<Vec<_>>(), "rules": definition.rules,
    })
}
