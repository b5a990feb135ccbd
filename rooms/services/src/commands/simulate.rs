//! Applications made up for the demo, by the same decisions as real ones, many in one transaction.

use super::{
    calendar_of, definition_of, due,
    file::{Filing, put},
    office::{OfficeCommand, act_within, saved},
};
use crate::{
    decide::{ApplicantAct, OfficerAct, apply, decide_applicant},
    model::{Channel, State},
    pilot::{self, Arm, Pilot},
    store::{self, Draft},
};
use civic::{Actor, Language, Moment};
use database::OffRecord;
use forms::Answers;
use record::Entries;
use web::{Stop, Town};

/// What becomes of one made-up application.
#[derive(Debug, Clone)]
pub struct SimulatedLife {
    /// The code of the service.
    pub service: String,
    /// What was answered.
    pub answers: Answers,
    /// The language in which it was written.
    pub language: Language,
    /// How it came.
    pub channel: Channel,
    /// When writing began.
    pub begun_at: Moment,
    /// When it was filed.
    pub filed_at: Moment,
    /// Pages that were filled in.
    pub pages: i64,
    /// What officers did, in order: who, when, what.
    pub office: Vec<(Actor, Moment, OfficerAct)>,
    /// What the applicant did, in order.
    pub applicant: Vec<(Moment, ApplicantAct)>,
    /// When what was due was paid, where it was.
    pub paid_at: Option<Moment>,
    /// The pilot that gave it one of its versions.
    pub drawn: Option<(Pilot, Arm)>,
}

/// Makes up applications that were begun in a pilot and never sent.
///
/// # Errors
/// `NotAllowed` outside a demo; those of the database.
pub async fn simulate_given_up(town: &Town, pilot: &Pilot, arms: Vec<Arm>) -> Result<(), Stop> {
    if !town.settings().demo {
        return Err(Stop::NotAllowed);
    }
    let id = pilot.id.clone();
    town.db()
        .write(move |tx| {
            arms.into_iter().try_for_each(|arm| pilot::note_begun(tx, &id, arm))?;
            tx.commit(OffRecord("made up for the demo: drafts are not public"), ()).map_err(Stop::from)
        })
        .await
}

/// Makes them up. Each decision has its entry in the record; no letter leaves.
///
/// # Errors
/// `NotAllowed` outside a demo; those of the acts.
pub async fn simulate(town: &Town, lives: Vec<SimulatedLife>) -> Result<(), Stop> {
    if !town.settings().demo {
        return Err(Stop::NotAllowed);
    }
    let (own, chance) = (town.clone(), town.chance_handle());
    town.db()
        .write(move |tx| {
            let mut entries = Vec::new();
            for life in lives {
                let service = store::service(tx, &life.service)?.ok_or(Stop::NotFound)?;
                let number = match &life.drawn {
                    Some((pilot, Arm::B)) => pilot.number_b,
                    _ => service.number,
                };
                let definition = store::version_of(tx, &service.code, number)?.ok_or(Stop::NotFound)?;
                let definition = &definition;
                let draft = Draft {
                    hash: String::new(),
                    service: service.code.clone(),
                    number,
                    answers: life.answers,
                    language: life.language,
                    channel: life.channel,
                    clerk: String::new(),
                    person: None,
                    begun_at: life.begun_at,
                    updated_at: life.filed_at,
                    pages: life.pages,
                    prefilled: Vec::new(),
                    pilot: String::new(),
                    reopens: String::new(),
                };
                let filing = Filing { draft, definition, organisation: service.organisation, is_simulated: true };
                let code = put(tx, &own.at(life.filed_at), filing, &*chance)?.application.code.to_string();
                if let Some((drawn, arm)) = &life.drawn {
                    pilot::note_begun(tx, &drawn.id, *arm)?;
                    store::mark_pilot(tx, &code.parse().map_err(Stop::fault)?, &drawn.mark(*arm))?;
                }
                let paid_at = life.paid_at;
                let office = life.office.into_iter().map(|(who, at, act)| (at, Some(who), Some(act), None));
                let applicant = life.applicant.into_iter().map(|(at, act)| (at, None, None, Some(act)));
                let mut acts: Vec<_> = office.chain(applicant).collect();
                acts.sort_by_key(|(at, ..)| *at);
                for (at, who, officer, applicant) in acts {
                    let then = own.at(at);
                    if let (Some(who), Some(act)) = (who, officer) {
                        let command = OfficeCommand { code: code.clone(), seen_version: None, act };
                        entries.extend(act_within(tx, &then, &who, command, &*chance)?.1);
                    }
                    if let Some(act) = applicant {
                        let mut one = store::by_code_to_change(tx, &code)?.ok_or(Stop::NotFound)?;
                        let change = decide_applicant(&one, act, at)?;
                        apply(&mut one, &change, "applicant", at);
                        let days = definition_of(tx, &one)?.answer_days;
                        let calendar = calendar_of(&then, tx, one.organisation)?;
                        one.due_at = match one.state {
                            State::InAppeal { .. } => due(&calendar, at, days, &[], at)?,
                            _ => due(&calendar, one.filed_at, days, &one.stood, at)?,
                        };
                        saved(tx, &one, &change, "applicant", at, &*chance)?;
                    }
                }
                if let Some(at) = paid_at {
                    crate::fees::pay_simulated(tx, &code, at, &*chance)?;
                }
            }
            tx.commit(Entries(entries), ()).map_err(Stop::from)
        })
        .await
}
