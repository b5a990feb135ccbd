//! What won the budget vote of the past, promised by the town's agencies; what becomes of it is simulated.

use super::replay::in_words;
use ::accountability::{Adoption, Keep, KeepCommand, adopt, keep};
use anyhow::Context as _;
use civic::{Actor, Moment, Subject};
use database::DbError;
use std::collections::BTreeMap;
use web::{Town, manifest::Catalogue};

/// The day on which it is promised, three days after the count.
const PROMISED_AT: &str = "2017-12-14T20:00:00Z";
/// By when, where no plan says another day.
const DUE: &str = "2018-12-31";
/// Who promises what no plan gives to another agency.
const AGENCY: &str = "OCB";

/// What becomes of one of the winners.
struct Plan {
    /// Its title in English.
    title: &'static str,
    agency: &'static str,
    due: &'static str,
    life: Vec<(&'static str, Keep)>,
}

fn text(words: &str) -> String {
    words.to_owned()
}

fn spend(contracted_cents: i64, paid_cents: i64) -> Keep {
    Keep::Spend { contracted_cents: Some(contracted_cents), paid_cents: Some(paid_cents), text: String::new() }
}

fn plans() -> Vec<Plan> {
    vec![
        Plan {
            title: "Tables for chess and cards on the square",
            agency: AGENCY,
            due: "2018-01-05",
            life: vec![
                ("2018-01-02T18:00:00Z", spend(2_740_000, 2_740_000)),
                (
                    "2018-01-04T20:00:00Z",
                    Keep::Fulfil {
                        text: text("Six tables stand under the trees, each with power for a lamp. (Simulated.)"),
                    },
                ),
            ],
        },
        Plan {
            title: "Music on the square every month",
            agency: AGENCY,
            due: "2018-01-05",
            life: vec![(
                "2018-01-02T20:00:00Z",
                Keep::Begin { text: text("Two bands of the neighbourhood have said yes. (Simulated.)") },
            )],
        },
        Plan {
            title: "Benches and shade at the bus stop",
            agency: AGENCY,
            due: "2018-02-28",
            life: vec![(
                "2018-01-05T21:00:00Z",
                Keep::Break {
                    reason: text(
                        "The stop moves two streets on in spring, where there is no room for a roof. (Simulated.)",
                    ),
                },
            )],
        },
        Plan {
            title: "A crossing with lights at the library",
            agency: "BSL",
            due: "2018-09-30",
            life: vec![
                (
                    "2018-01-03T17:00:00Z",
                    Keep::Begin { text: text("The signal is ordered, with the one at the next corner. (Simulated.)") },
                ),
                ("2018-01-03T17:30:00Z", spend(7_900_000, 0)),
            ],
        },
    ]
}

/// What was promised, and what becomes of it.
pub struct Promised {
    code: String,
    officer: Actor,
    life: Vec<(&'static str, Keep)>,
}

/// Promises everything that a vote selected.
///
/// # Errors
/// When an act is refused, or something of the plans did not win.
pub async fn promise(town: &Town, vote: &str, officers: &BTreeMap<String, Actor>) -> anyhow::Result<Vec<Promised>> {
    let then = town.at(moment(PROMISED_AT)?);
    let from = Subject { kind: "vote".to_owned(), id: vote.to_owned() };
    let (own, asked) = (then.clone(), from.clone());
    let offers = town.db().read(move |tx| own.part::<Catalogue>().offers(&own, tx, &asked)).await;
    let mut won = offers.map_err(|error: DbError| anyhow::anyhow!(error))?.unwrap_or_default();
    let mut promised = Vec::new();
    for plan in plans() {
        let place = won.iter().position(|offer| offer.title == plan.title);
        let picked = vec![won.remove(place.with_context(|| format!("“{}” did not win", plan.title))?).subject];
        let officer = officers.get(plan.agency).context("an agency without an officer")?.clone();
        let adoption = adoption(plan.agency, &from, picked, plan.due);
        let made = adopt(&then, officer.clone(), adoption).await.map_err(in_words)?;
        let code = made.first().context("nothing was promised")?.code.to_string();
        promised.push(Promised { code, officer, life: plan.life });
    }
    let officer = officers.get(AGENCY).context("an agency without an officer")?.clone();
    let rest = adoption(AGENCY, &from, won.into_iter().map(|offer| offer.subject).collect(), DUE);
    adopt(&then, officer, rest).await.map_err(in_words)?;
    Ok(promised)
}

fn adoption(agency: &str, from: &Subject, picked: Vec<Subject>, due: &str) -> Adoption {
    Adoption { organisation: super::facts::code_of(agency), from: from.clone(), picked, due: due.to_owned() }
}

/// Lets happen what is planned.
///
/// # Errors
/// When an act is refused.
pub async fn live(town: &Town, promised: Vec<Promised>) -> anyhow::Result<()> {
    for Promised { code, officer, life } in promised {
        for (at, act) in life {
            let command = KeepCommand { code: code.clone(), seen_version: None, act, link: String::new(), photo: None };
            keep(&town.at(moment(at)?), officer.clone(), command).await.map_err(in_words)?;
        }
    }
    Ok(())
}

fn moment(text: &str) -> anyhow::Result<Moment> {
    Moment::parse(text).map_err(anyhow::Error::msg)
}
