//! Stewards set surveys up; the clock closes them, and they are counted.

use crate::{
    acts,
    decide::{check, is_code, may_change, may_prolong, may_publish},
    model::{Definition, Survey, Who},
    results::tally,
    store,
};
use civic::{Actor, Language, LocalText, Moment, OrganisationId};
use database::{DbError, OffRecord, Tx};
use forms::Form;
use places::Districts;
use record::Entry;
use serde_json::json;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use web::{Refusal, Stop, Town, manifest::JobKind};

const PRIVATE: OffRecord = OffRecord("a survey is private until it is published");
/// The job that counts, and after how many seconds it comes again.
const COUNT: &str = "surveys.count";
const EVERY_SECONDS: i64 = 30;
/// Days a new survey can be answered, unless changed.
const DAYS: i64 = 21;

/// A survey to begin.
#[derive(Debug, Clone)]
pub struct NewSurvey {
    /// Its code.
    pub code: String,
    /// What it is called.
    pub title: LocalText,
    /// Who leads it.
    pub organisation: Option<OrganisationId>,
}

fn must_keep(actor: &Actor, organisation: Option<OrganisationId>) -> Result<(), Stop> {
    if actor.may_for(&acts::KEEP, organisation) { Ok(()) } else { Err(Stop::NotAllowed) }
}

/// Begins a survey, which only who leads it sees.
///
/// # Errors
/// `survey-code`, `survey-code-taken`; `NotAllowed`.
pub async fn create(town: &Town, actor: Actor, new: NewSurvey) -> Result<Survey, Stop> {
    let own = town.clone();
    town.db()
        .write(move |tx| {
            must_keep(&actor, new.organisation)?;
            if !is_code(&new.code) {
                return Err(Refusal::new("survey-code").at("code").into());
            }
            let now = own.now();
            let definition = Definition {
                summary: new.title.clone(),
                title: new.title,
                about: None,
                who: Who::Account,
                belongs_to: None,
                form: Form::default(),
            };
            let opens_at = now.plus_days(1);
            let survey = Survey {
                code: new.code,
                definition,
                organisation: new.organisation,
                opens_at,
                closes_at: opens_at.plus_days(DAYS),
                published_at: None,
                counted_at: None,
                results: String::new(),
                made_at: now,
                updated_at: now,
                version: 1,
            };
            if !store::insert(tx, &survey)? {
                return Err(Refusal::conflict("survey-code-taken").at("code").into());
            }
            tx.commit(PRIVATE, survey).map_err(Stop::from)
        })
        .await
}

fn own_survey(tx: &mut Tx<'_>, actor: &Actor, code: &str) -> Result<Survey, Stop> {
    let survey = store::to_change(tx, code)?.ok_or(Stop::NotFound)?;
    must_keep(actor, survey.organisation)?;
    Ok(survey)
}

fn keep(tx: &mut Tx<'_>, survey: &mut Survey, seen_version: i64, now: Moment) -> Result<(), Stop> {
    survey.updated_at = now;
    survey.version = seen_version + 1;
    if store::update(tx, survey, seen_version)? { Ok(()) } else { Err(Refusal::conflict("survey-changed").into()) }
}

/// Saves a survey that is not public yet.
///
/// # Errors
/// Refusals of [`check`]; `survey-fixed`, `survey-changed`; `survey-belongs` for a matter that is not there; `NotAllowed`.
pub async fn save(
    town: &Town,
    actor: Actor,
    (code, seen_version): (String, i64),
    definition: Definition,
    times: (Moment, Moment),
) -> Result<Survey, Stop> {
    let own = town.clone();
    town.db()
        .write(move |tx| {
            let mut survey = own_survey(tx, &actor, &code)?;
            may_change(&survey)?;
            check(&definition, times.0, times.1, first_language(&own)).map_err(Stop::Refused)?;
            if let Some(subject) = &definition.belongs_to {
                must_be_there(&own, tx, subject)?;
            }
            survey.definition = definition;
            (survey.opens_at, survey.closes_at) = times;
            keep(tx, &mut survey, seen_version, own.now())?;
            tx.commit(PRIVATE, survey).map_err(Stop::from)
        })
        .await
}

fn must_be_there(town: &Town, tx: &mut Tx<'_>, subject: &civic::Subject) -> Result<(), Stop> {
    let catalogue = town.part::<web::manifest::Catalogue>();
    let found = catalogue.briefs(town, tx, std::slice::from_ref(subject), Language::En)?;
    if found.is_empty() { Err(Refusal::new("survey-belongs").at("belongs").into()) } else { Ok(()) }
}

fn first_language(town: &Town) -> Language {
    town.settings().languages.first().copied().unwrap_or_default()
}

/// Makes a survey public. From now on what is asked is fixed, and on the record by its hash.
///
/// # Errors
/// Refusals of [`may_publish`] and [`check`]; `NotAllowed`.
pub async fn publish(town: &Town, actor: Actor, code: String) -> Result<Survey, Stop> {
    let own = town.clone();
    town.db()
        .write(move |tx| {
            let now = own.now();
            let mut survey = own_survey(tx, &actor, &code)?;
            may_publish(&survey, now)?;
            check(&survey.definition, survey.opens_at, survey.closes_at, first_language(&own))
                .map_err(Stop::Refused)?;
            survey.published_at = Some(now);
            let version = survey.version;
            keep(tx, &mut survey, version, now)?;
            if let Some(subject) = &survey.definition.belongs_to {
                let relation = commons::links::Relation::GrewOutOf;
                let link = commons::links::Link { from: survey.subject(), relation, to: subject.clone() };
                commons::links::link(tx, &link, now)?;
            }
            let form = serde_json::to_vec(&survey.definition.form).map_err(Stop::fault)?;
            let view = json!({
                "title": survey.definition.title, "who": survey.definition.who, "from": survey.opens_at.rfc3339(),
                "until": survey.closes_at.rfc3339(), "form_sha256": hex::encode(Sha256::digest(form)),
            });
            let said = Entry::about(survey.subject(), "survey.published", &actor, now, own.chance());
            tx.commit(said.publicly(&view)?, survey).map_err(Stop::from)
        })
        .await
}

/// Puts the close off.
///
/// # Errors
/// `survey-prolong`; `NotAllowed`.
pub async fn prolong(town: &Town, actor: Actor, code: String, closes_at: Moment) -> Result<Survey, Stop> {
    let own = town.clone();
    town.db()
        .write(move |tx| {
            let now = own.now();
            let mut survey = own_survey(tx, &actor, &code)?;
            may_prolong(&survey, closes_at, now)?;
            survey.closes_at = closes_at;
            let version = survey.version;
            keep(tx, &mut survey, version, now)?;
            let said = Entry::about(survey.subject(), "survey.prolonged", &actor, now, own.chance());
            tx.commit(said.publicly(&json!({"until": closes_at.rfc3339()}))?, survey).map_err(Stop::from)
        })
        .await
}

/// The job that counts what is over.
pub fn job_kind() -> JobKind {
    let run = |town: Town| async move { count_closed(&town).await.map(|_| ()).map_err(|error| error.to_string()) };
    JobKind::every(COUNT, EVERY_SECONDS, Arc::new(move |town, _| Box::pin(run(town))))
}

/// Counts every survey that is over, each in a transaction of its own; answers how many.
///
/// # Errors
/// Those of the database.
pub async fn count_closed(town: &Town) -> Result<usize, DbError> {
    let now = town.now();
    let waiting = town.db().read(move |tx| store::uncounted(tx, now)).await?;
    let count = waiting.len();
    for code in waiting {
        let own = town.clone();
        town.db().write(move |tx| count_one(&own, tx, &code)).await?;
    }
    Ok(count)
}

/// Whoever sends answers holds the survey, so that what was accepted is counted, and nothing behind it.
fn count_one(town: &Town, tx: &mut Tx<'_>, code: &str) -> Result<database::Done<()>, DbError> {
    let now = town.now();
    let Some(mut survey) = store::to_change(tx, code)?.filter(|one| one.counted_at.is_none() && one.closes_at <= now)
    else {
        return tx.commit(OffRecord("another node counted it"), ());
    };
    let districts: Vec<String> = town.part::<Districts>().all().into_iter().map(|(code, _)| code).collect();
    let outcome = tally(&survey.definition.form, &store::all_sent(tx, code)?, &districts);
    survey.results = serde_json::to_string(&outcome).map_err(|error| DbError::Other(error.to_string()))?;
    survey.counted_at = Some(now);
    survey.updated_at = now;
    let version = survey.version;
    survey.version += 1;
    store::update(tx, &survey, version)?;
    let clock = Actor { handle: "clock".to_owned(), ..Actor::visitor(Language::En) };
    let view = json!({
        "answers": outcome.answers, "results_sha256": hex::encode(Sha256::digest(survey.results.as_bytes())),
    });
    let said = Entry::about(survey.subject(), "survey.counted", &clock, now, town.chance());
    tx.commit(said.publicly(&view)?, ())
}
