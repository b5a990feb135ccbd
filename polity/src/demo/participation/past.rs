//! The budget of 2017: proposed, supported, evaluated and voted on.

use super::{Plan, budget_rules, day, during, publish, speaker, told};
use crate::demo::replay::{in_words, setter};
use civic::{Actor, Code, Language, LocalText, Moment};
use futures_util::future::try_join_all;
use participation::{Answer, PhaseAct, Supported, Template, Words, evaluate, propose, support};
use serde::Deserialize;
use std::collections::BTreeMap;
use web::Town;

#[derive(Deserialize)]
pub(super) struct Past {
    district: String,
    language: Language,
    title: String,
    /// What it is called in the other languages.
    #[serde(default)]
    also: BTreeMap<Language, String>,
    /// The districts where it is liked.
    #[serde(default)]
    near: Vec<String>,
    text: String,
    category: String,
    cost: String,
    verdict: String,
    #[serde(default)]
    estimate: String,
    reasons: String,
}

/// A proposal that residents voted on.
pub struct Candidate {
    /// Its title as it was proposed.
    pub title: String,
    /// The same in every language.
    pub names: LocalText,
    /// The districts where it is liked.
    pub near: Vec<String>,
}

/// The process of the past.
pub const PAST: &str = "budget-2017";

/// What residents voted on in the past.
///
/// # Errors
/// When the words cannot be read.
pub fn candidates() -> anyhow::Result<Vec<Candidate>> {
    let feasible = told()?.past.into_iter().filter(|one| one.verdict == "feasible");
    let candidate = |one: Past| {
        let names = LocalText::plain(&one.title).with(one.language, &one.title);
        let names = one.also.iter().fold(names, |names, (language, title)| names.with(*language, title));
        Candidate { title: one.title, names, near: one.near }
    };
    Ok(feasible.map(candidate).collect())
}

/// When that vote was announced, opened and closed.
///
/// # Errors
/// None for these days.
pub fn voted_on() -> anyhow::Result<[Moment; 3]> {
    let opens = day(VOTED[0])?;
    Ok([opens.plus_seconds(-6 * 3_600), opens, day(VOTED[1])?])
}

/// The days of the vote of the past.
const VOTED: [&str; 2] = ["2017-11-20", "2017-12-11"];

pub(super) async fn budget_of_2017(town: &Town, crowd: &[Actor], past: &[Past]) -> anyhow::Result<()> {
    use PhaseAct::{Amend, Discuss, Evaluate, Monitor, Submit, Support, Vote};
    let plan = Plan {
        code: PAST,
        template: Template::Budget,
        title: ["People’s budget 2017", "Presupuesto participativo 2017", "ميزانية السكان 2017"],
        summary: [
            "Residents proposed and voted on what half a million dollars are spent on.",
            "Los residentes propusieron y votaron en qué gastar medio millón de dólares.",
            "اقترح السكان وصوّتوا على إنفاق نصف مليون دولار.",
        ],
        phases: &[
            ("2017-09-01", "2017-10-01", &[Submit, Discuss, Amend]),
            ("2017-10-01", "2017-10-22", &[Support, Discuss]),
            ("2017-10-22", "2017-11-19", &[Evaluate]),
            (VOTED[0], VOTED[1], &[Vote]),
            ("2017-12-11", "2018-07-01", &[Monitor]),
        ],
        budget_cents: Some(50_000_000),
        rules: budget_rules(),
    };
    publish(&town.at(day("2017-08-20")?), &plan).await?;
    let mut codes = Vec::new();
    for (number, one) in past.iter().enumerate() {
        let author = speaker(crowd, one.language, number);
        let words = Words {
            title: one.title.clone(),
            text: one.text.clone(),
            category: one.category.clone(),
            district: one.district.clone(),
            cost: one.cost.clone(),
            ..Words::default()
        };
        let at = town.at(during(day("2017-09-04")?.plus_days(i64::try_from(number).unwrap_or(0)), number));
        codes.push(propose(&at, author, PAST.to_owned(), words).await.map_err(in_words)?.proposal.code);
    }
    supported(town, crowd, &codes, day("2017-10-05")?).await?;
    for (number, (one, code)) in past.iter().zip(&codes).enumerate() {
        let at = town.at(during(day("2017-11-06")?, number));
        let answer = Answer {
            seen_version: None,
            verdict: one.verdict.clone(),
            cost: one.estimate.clone(),
            reasons: one.reasons.clone(),
        };
        evaluate(&at, setter(), code.to_string(), answer).await.map_err(in_words)?;
    }
    Ok(())
}

/// Everybody supports some, the first proposals a little more often than the last: at once for each proposal, so that the
/// supports share their way to the disk.
async fn supported(town: &Town, crowd: &[Actor], codes: &[Code], day: Moment) -> anyhow::Result<()> {
    let mut given = vec![0_usize; crowd.len()];
    for (number, code) in codes.iter().enumerate() {
        let wanted = 9 + (number * 7 + 3) % 17;
        let offset = number * 13;
        let order = (0..crowd.len()).map(|step| (offset + step * 7) % crowd.len());
        let who: Vec<usize> = order.filter(|one| given[*one] < 8).take(wanted).collect();
        let acts = who.iter().map(|one| {
            let at = town.at(during(day, *one));
            let (actor, code) = (crowd[*one].clone(), code.to_string());
            async move { support(&at, actor, code, Supported::Yes { grade: None }).await }
        });
        try_join_all(acts).await.map_err(in_words)?;
        who.into_iter().for_each(|one| given[one] += 1);
    }
    Ok(())
}
