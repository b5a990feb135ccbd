//! The fee of one application at the office.

use super::{
    super::desk_case,
    own::{FeeShown, shown},
};
use crate::{
    commands,
    fees::{self, FeeAct, Payment, PaymentState, PaymentStep},
};
use axum::extract::State;
use database::DbError;
use web::{
    Answer, Refusal, Stop, Town, Visit,
    answer::{see_other, see_other_saying},
    forms::Submission,
    money::read_amount,
    visit::Path,
};

/// The fee as the office sees it.
pub(in crate::pages) struct DeskFee {
    pub(in crate::pages) shown: FeeShown,
    pub(in crate::pages) version: i64,
    pub(in crate::pages) may_set: bool,
    pub(in crate::pages) may_take: bool,
    pub(in crate::pages) may_waive: bool,
    pub(in crate::pages) may_refund: bool,
    pub(in crate::pages) steps: Vec<(String, String, String)>,
}

/// The fee of an application; `None` where its service asks for nothing.
pub(in crate::pages) async fn of_case(town: &Town, visit: &Visit, code: String) -> Result<Option<DeskFee>, Stop> {
    let found = town.db().read(move |tx| {
        let Some(one) = fees::payment_of(tx, &code)? else { return Ok(None) };
        let steps = fees::steps(tx, &one.id)?;
        Ok(Some((one, steps)))
    });
    let found: Option<(Payment, Vec<PaymentStep>)> = found.await.map_err(|error: DbError| Stop::from(error))?;
    let t = &visit.t;
    Ok(found.map(|(one, steps)| DeskFee {
        version: one.version,
        may_set: matches!(one.state, PaymentState::Unknown | PaymentState::Nothing | PaymentState::Due { .. }),
        may_take: matches!(one.state, PaymentState::Due { .. }),
        may_waive: matches!(one.state, PaymentState::Unknown | PaymentState::Due { .. }),
        may_refund: matches!(one.state, PaymentState::Paid { .. }),
        steps: steps
            .into_iter()
            .map(|step| (t.say(&format!("sv-fee-step-{}", step.what)).to_owned(), visit.date_time(step.at), step.actor))
            .collect(),
        shown: shown(town, visit, &one),
    }))
}

fn parsed(act: &str, form: &Submission) -> Result<Option<FeeAct>, Refusal> {
    let text = |name: &str| form.text(name).unwrap_or_default().to_owned();
    Ok(Some(match act {
        "set" => FeeAct::Set {
            amount_cents: read_amount(&text("amount")).map_err(|_| Refusal::new("fee-amount").at("amount"))?,
            reason: text("reason"),
        },
        "take" => FeeAct::TakeAtCounter { reference: text("reference") },
        "waive" => FeeAct::Waive { reason: text("reason") },
        "refund" => FeeAct::Refund { reason: text("reason") },
        _ => return Ok(None),
    }))
}

/// POST /desk/services/{code}/fee/{act}
pub async fn act(
    State(town): State<Town>,
    visit: Visit,
    Path((code, act)): Path<(String, String)>,
    form: Submission,
) -> Answer {
    let here = format!("/desk/services/{code}");
    if !commands::look(&town, visit.actor.clone(), code.clone(), None).await? {
        return see_other(&here);
    }
    let seen = form.text("fee-version").and_then(|text| text.parse().ok()).unwrap_or(-1);
    let done = match parsed(&act, &form) {
        Ok(act) => fees::act(&town, visit.actor.clone(), code.clone(), seen, act.ok_or(Stop::NotFound)?).await,
        Err(refusal) => Err(refusal.into()),
    };
    match done {
        Ok(_) => see_other_saying(&here, "sv-flash-fee"),
        Err(Stop::Refused(refusals)) => desk_case::refused(&town, &visit, &code, &refusals).await,
        Err(other) => Err(other),
    }
}
