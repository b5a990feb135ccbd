//! Ending what is old, once a day, by the rules that the rooms declare and the days that the town sets.

use crate::kept;
use civic::{Actor, Language, Moment, Subject, SubjectKind};
use database::{DbError, OffRecord};
use record::Entry;
use serde_json::json;
use std::{collections::BTreeMap, sync::Arc};
use web::{
    Answer, Refusal, Saying, SubjectInfo, Town,
    manifest::{Catalogue, JobKind, Retention},
};

/// The kind of the job.
pub const RUN: &str = "long.retention";
/// How often it comes.
const EVERY_SECONDS: i64 = 86_400;
/// Rows that are ended in one transaction, so that nobody waits long for the writer.
const BATCH: u32 = 1_000;
/// The kind of the rules as a subject.
pub const KIND: SubjectKind = SubjectKind("retention");
/// What the record says when something was ended.
pub const RAN: &str = "retention.ran";
/// What the record says when the town sets other days.
pub const SET: &str = "retention.set";

/// What the record says of retention.
pub const SAYINGS: [Saying; 2] =
    [Saying { name: RAN, key: "saying-retention-ran" }, Saying { name: SET, key: "saying-retention-set" }];
/// The rules as a subject.
pub const SUBJECT: SubjectInfo =
    SubjectInfo { kind: KIND.0, key: "subject-retention", page: |_| "/about/retention".to_owned() };

const BATCHES: OffRecord = OffRecord("how many were ended is recorded once, at the end of the run");

/// The rules, as one subject.
pub fn subject() -> Subject {
    Subject::new(KIND, "rules")
}

/// The key under which a town's own days of a rule are kept.
pub fn key_of(rule: &Retention) -> String {
    format!("retention.{}", rule.name)
}

/// After how many days a rule ends what is old in this town; what is kept outside the limits does not count.
pub fn days_of(rule: &Retention, kept: &BTreeMap<String, String>) -> u32 {
    let (least, most) = rule.limits_days;
    let own = kept.get(&key_of(rule)).and_then(|text| text.parse().ok());
    own.filter(|days| (least..=most).contains(days)).unwrap_or(rule.days)
}

/// The job.
pub fn job_kind() -> JobKind {
    let run = |town: Town| async move { run(&town).await.map(|_| ()).map_err(|error| error.to_string()) };
    JobKind::every(RUN, EVERY_SECONDS, Arc::new(move |town, _| Box::pin(run(town))))
}

/// Ends what is old by every rule; answers how many by the rule's name. What was ended is on the record.
///
/// # Errors
/// Those of the database; what was ended until then stays ended.
pub async fn run(town: &Town) -> Result<BTreeMap<&'static str, u64>, DbError> {
    let kept = town.db().read(kept::all).await?;
    let mut ended = BTreeMap::new();
    for rule in town.part::<Catalogue>().retention.clone() {
        let before = town.now().plus_days(-i64::from(days_of(&rule, &kept)));
        let count = end_all(town, rule, before).await?;
        if count > 0 {
            ended.insert(rule.name, count);
        }
    }
    if !ended.is_empty() {
        let (now, chance, what) =
            (town.now(), town.chance_handle(), json!({ "ended": &ended, "count": total(&ended) }));
        let recorded = town.db().write(move |tx| {
            let entry = Entry::about(subject(), RAN, &by_the_town(), now, &*chance).publicly(&what)?;
            tx.commit(entry, ())
        });
        recorded.await.map_err(|error: DbError| error)?;
    }
    Ok(ended)
}

fn total(ended: &BTreeMap<&'static str, u64>) -> u64 {
    ended.values().sum()
}

/// Nobody asks for it: the town does it by itself.
fn by_the_town() -> Actor {
    Actor { handle: "town".to_owned(), ..Actor::visitor(Language::En) }
}

async fn end_all(town: &Town, rule: Retention, before: Moment) -> Result<u64, DbError> {
    let mut all = 0;
    loop {
        let ended = town.db().write(move |tx| {
            let ended = (rule.run)(tx, before, BATCH)?;
            tx.commit(BATCHES, ended)
        });
        let ended: u64 = ended.await.map_err(|error: DbError| error)?;
        all += ended;
        if ended < u64::from(BATCH) {
            return Ok(all);
        }
    }
}

/// Sets after how many days a rule ends what is old, in public.
///
/// # Errors
/// Refusals that say which number is good; `NotFound` for a rule that is not there.
pub async fn set(town: &Town, actor: &Actor, name: &str, days: &str) -> Answer<()> {
    let rules = &town.part::<Catalogue>().retention;
    let rule = *rules.iter().find(|rule| rule.name == name).ok_or(web::Stop::NotFound)?;
    let (least, most) = rule.limits_days;
    let days: Option<u32> = days.trim().parse().ok().filter(|days| (least..=most).contains(days));
    let refusal = || {
        let refusal = Refusal::new("retention-days").at(rule.name);
        refusal.with("least", i64::from(least)).with("most", i64::from(most))
    };
    let days = days.ok_or_else(refusal)?;
    let (now, chance, actor) = (town.now(), town.chance_handle(), actor.clone());
    let written = town.db().write(move |tx| {
        let before = days_of(&rule, &kept::all(tx)?);
        if before == days {
            return Ok(tx.commit(OffRecord("nothing was changed"), ())?);
        }
        kept::put(tx, &key_of(&rule), &days.to_string(), now)?;
        let what = json!({ "rule": rule.name, "from_days": before, "days": days });
        Ok(tx.commit(Entry::about(subject(), SET, &actor, now, &*chance).publicly(&what)?, ())?)
    });
    written.await
}
