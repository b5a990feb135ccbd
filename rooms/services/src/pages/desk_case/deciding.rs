//! The form in which an officer decides: outcome, reasons, how much, and once more where the rules say otherwise.

use crate::{
    decide::{Decision, OfficerAct},
    model::{Application, Definition, Outcome, State},
    rules,
};
use civic::{Currency, Money};
use jiff::civil::Date;
use web::{
    Refusal, Visit,
    forms::{FormErrors, Submission},
    money::{money, read_amount},
    parts::Choice,
};

/// What was typed, to be put right.
#[derive(Default)]
pub(super) struct Typed<'t> {
    /// What was sent of a decision.
    pub(super) decision: Option<&'t Submission>,
    pub(super) letter: &'t str,
    pub(super) kept: &'t str,
}

/// The form as the page shows it.
pub(super) struct DecideForm {
    pub(super) outcomes: Vec<Choice>,
    pub(super) reasons: String,
    /// What the rules say is granted, in words; empty where they say no amount.
    pub(super) proposed: String,
    /// Whether how much is granted is asked.
    pub(super) asks_amount: bool,
    pub(super) amount: String,
    pub(super) amount_why: String,
    /// What the rules say, where the officer is asked once more; empty where not.
    pub(super) against: String,
    pub(super) is_confirmed: bool,
}

/// An amount as it is typed.
fn plain(cents: i64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

/// The form for an application.
pub(super) fn form(
    visit: &Visit,
    (currency, day): (Currency, Date),
    (one, definition): (&Application, &Definition),
    errors: &FormErrors,
    typed: &Typed<'_>,
) -> DecideForm {
    let t = &visit.t;
    let say = rules::said(definition, &one.finding);
    let sent = |name: &str| typed.decision.and_then(|form| form.text(name)).map(str::to_owned);
    let chosen = sent("outcome").unwrap_or_default();
    let outcome = |outcome: &Outcome| Choice {
        value: outcome.word().to_owned(),
        label: t.say(&format!("sv-decide-{}", outcome.word())).to_owned(),
        detail: String::new(),
        chosen: outcome.word() == chosen,
    };
    let asked_again =
        errors.for_field("against").is_some() || typed.decision.is_some_and(|form| form.is_ticked("against"));
    let of = (definition, &one.answers, day);
    let finding = rules::shown(&one.finding, of, (t, currency), rules::Whose::Applicant).filter(|_| asked_again);
    DecideForm {
        outcomes: Outcome::ALL.iter().map(outcome).collect(),
        reasons: sent("text").unwrap_or_default(),
        proposed: match say.amount_cents {
            Some(amount_cents) => {
                t.with1("sv-grant-proposed", "amount", money(Money { amount_cents, currency }, t.language()))
            }
            None => String::new(),
        },
        asks_amount: say.grants_money,
        amount: sent("grant").or_else(|| say.amount_cents.map(plain)).unwrap_or_default(),
        amount_why: sent("grant-why").unwrap_or_default(),
        is_confirmed: sent("against").is_some(),
        against: finding.map(|shown| t.with1("sv-against-label", "finding", shown.title)).unwrap_or_default(),
    }
}

/// The decision that was sent.
fn decision(form: &Submission, reasons: String) -> Result<Decision, Refusal> {
    let amount = form.text("grant").map(str::trim).filter(|text| !text.is_empty());
    let amount = amount.map(|text| read_amount(text).map_err(|_| Refusal::new("grant-amount").at("grant")));
    Ok(Decision {
        outcome: form.text("outcome").and_then(Outcome::of_word),
        reasons,
        amount_cents: amount.transpose()?,
        amount_why: form.text("grant-why").unwrap_or_default().to_owned(),
        is_confirmed: form.is_ticked("against"),
    })
}

/// The act that was sent, and what is said once it is done; `None` for none.
///
/// # Errors
/// `grant-amount`.
pub(super) fn parsed(
    act: &str,
    form: &Submission,
    text: String,
) -> Result<Option<(OfficerAct, &'static str)>, Refusal> {
    Ok(Some(match act {
        "take" => (OfficerAct::Take, "sv-flash-taken"),
        "ask" => {
            let asked = form.all("question").map(str::to_owned).collect();
            (OfficerAct::Ask { missing: text, asked }, "sv-flash-asked")
        }
        "decide" => (OfficerAct::Decide(decision(form, text)?), "sv-flash-decided"),
        "confirm" => (OfficerAct::Confirm, "sv-flash-decided"),
        "send-back" => (OfficerAct::SendBack { why: text }, "sv-flash-sent-back"),
        "note" => (OfficerAct::Note { text }, "sv-flash-note"),
        "letter" => (OfficerAct::Letter { text }, "sv-flash-letter"),
        "decide-appeal" => (OfficerAct::DecideAppeal(decision(form, text)?), "sv-flash-decided"),
        _ => return Ok(None),
    }))
}

/// How much is granted, or would be, in words; empty where no money is.
pub(in crate::pages) fn granted(visit: &Visit, currency: Currency, one: &Application) -> String {
    let stands = one.state.outcome().is_some() || matches!(one.state, State::Proposed { .. });
    let Some(amount_cents) = one.grant.cents.filter(|_| stands) else { return String::new() };
    let t = &visit.t;
    let amount = t.with1("sv-granted-amount", "amount", money(Money { amount_cents, currency }, t.language()));
    match one.grant.why.as_str() {
        "" => amount,
        why => format!("{amount} {}", t.with1("sv-granted-why", "why", why)),
    }
}
