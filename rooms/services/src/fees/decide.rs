//! What may become of a payment, and what differs from what the provider says. Pure.

use super::model::{Payment, PaymentState, TakenBy};
use civic::Moment;
use std::collections::BTreeMap;
use web::Refusal;

/// Characters of a reason or number.
const REASON_LIMIT: usize = 500;
/// The fewest characters of a reason.
const REASON_LEAST: usize = 5;
/// The largest fee, in cents.
pub const FEE_MOST_CENTS: i64 = 100_000_000;

/// What is done about a payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FeeAct {
    /// An officer says how much; nought for nothing.
    Set {
        /// How much.
        amount_cents: i64,
        /// Why.
        reason: String,
    },
    /// An officer took the money.
    TakeAtCounter {
        /// The number of the receipt or transfer.
        reference: String,
    },
    /// The office does without it.
    Waive {
        /// Why.
        reason: String,
    },
    /// It shall go back.
    Refund {
        /// Why.
        reason: String,
    },
    /// A provider says that it was paid.
    ProviderPaid {
        /// Which provider.
        name: String,
        /// What it is called there.
        reference: String,
        /// How much was paid.
        amount_cents: i64,
    },
    /// A provider says that it went back.
    ProviderRefunded {
        /// What it is called there.
        reference: String,
        /// How much went back.
        amount_cents: i64,
    },
}

/// What an act changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeeChange {
    /// Where it stands then; `None` where it stood there before (told twice).
    pub state: Option<PaymentState>,
    /// The word of its step.
    pub what: &'static str,
    /// Why, or which number.
    pub body: String,
}

/// What an act changes of a payment.
///
/// # Errors
/// Why it cannot be done: `fee-reason`, `fee-reference`, `fee-amount`, `fee-state` (it stands elsewhere), `fee-differs` (the provider
/// names another amount or number).
pub fn change(one: &Payment, act: FeeAct, now: Moment) -> Result<FeeChange, Refusal> {
    use PaymentState::{Due, Nothing, Paid, Refunded, Refunding, Unknown, Waived};
    let to = |state: PaymentState, what: &'static str, body: String| Ok(FeeChange { state: Some(state), what, body });
    let stands = || Refusal::conflict("fee-state");
    match (act, &one.state) {
        (FeeAct::Set { amount_cents, reason }, Unknown | Nothing | Due { .. }) => {
            let reason = reason_of(reason)?;
            match amount_cents {
                0 => to(Nothing, "set", reason),
                1..=FEE_MOST_CENTS => to(Due { amount_cents }, "set", reason),
                _ => Err(Refusal::new("fee-amount").at("amount")),
            }
        }
        (FeeAct::TakeAtCounter { reference }, Due { amount_cents }) => {
            let reference = reference.trim().to_owned();
            if reference.is_empty() || reference.chars().count() > 80 {
                return Err(Refusal::new("fee-reference").at("reference"));
            }
            let by = TakenBy::Counter { reference: reference.clone() };
            to(Paid { amount_cents: *amount_cents, by, at: now }, "paid", reference)
        }
        (FeeAct::Waive { reason }, Due { .. } | Unknown) => {
            to(Waived { amount_cents: one.state.amount_cents() }, "waived", reason_of(reason)?)
        }
        (FeeAct::Refund { reason }, Paid { amount_cents, by, at }) => {
            let (reason, amount_cents, by, at) = (reason_of(reason)?, *amount_cents, by.clone(), *at);
            match by {
                // Who paid at the counter gets it back there, from the same hands.
                TakenBy::Counter { .. } => to(Refunded { amount_cents, by, at, refunded_at: now }, "refunded", reason),
                TakenBy::Provider { .. } => to(Refunding { amount_cents, by, at }, "refunding", reason),
            }
        }
        (FeeAct::ProviderPaid { name, reference, amount_cents }, state) => match state {
            Due { amount_cents: owed } if *owed == amount_cents => {
                let by = TakenBy::Provider { name, reference: reference.clone() };
                to(Paid { amount_cents, by, at: now }, "paid", reference)
            }
            Paid { .. } | Refunding { .. } | Refunded { .. } if is_same(state, &reference, amount_cents) => {
                Ok(FeeChange { state: None, what: "paid", body: reference })
            }
            Due { .. } => Err(Refusal::conflict("fee-differs")),
            _ => Err(stands()),
        },
        (FeeAct::ProviderRefunded { reference, amount_cents }, state) => match state {
            _ if !is_same(state, &reference, amount_cents) => Err(Refusal::conflict("fee-differs")),
            Refunding { by, at, .. } | Paid { by, at, .. } => {
                to(Refunded { amount_cents, by: by.clone(), at: *at, refunded_at: now }, "refunded", reference)
            }
            _ => Ok(FeeChange { state: None, what: "refunded", body: reference }),
        },
        _ => Err(stands()),
    }
}

/// What becomes of a payment whose amount the rules work out anew: `worked-out` where it follows, `differs` where it stays and the rules say
/// otherwise now; `None` where they say the same.
pub fn worked_out_again(stands: &PaymentState, now: &PaymentState, was_set: bool) -> Option<&'static str> {
    use PaymentState::{Due, Nothing, Unknown};
    let is_open = matches!(stands, Unknown | Nothing | Due { .. });
    match stands.amount_cents() == now.amount_cents() {
        true => None,
        false if is_open && !was_set => Some("worked-out"),
        false => Some("differs"),
    }
}

fn is_same(state: &PaymentState, reference: &str, amount_cents: i64) -> bool {
    let by_provider = matches!(state.taken_by(), Some(TakenBy::Provider { reference: own, .. }) if own == reference);
    by_provider && state.amount_cents() == Some(amount_cents)
}

fn reason_of(reason: String) -> Result<String, Refusal> {
    let reason = reason.trim().to_owned();
    if (REASON_LEAST..=REASON_LIMIT).contains(&reason.chars().count()) {
        Ok(reason)
    } else {
        Err(Refusal::new("fee-reason").at("reason").with("least", REASON_LEAST).with("most", REASON_LIMIT))
    }
}

/// A payment as a provider has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderLine {
    /// What it is called there.
    pub reference: String,
    /// Our id.
    pub payment: String,
    /// How much.
    pub amount_cents: i64,
    /// Whether it went back since.
    pub is_refunded: bool,
}

/// Something that the provider and we see differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What kind, as a word: `paid-there` (and not here), `paid-here`, `twice`, `amount`, `refunded-there`, `refunded-here`, `stranger`.
    pub kind: &'static str,
    /// Our id; empty for a stranger.
    pub payment: String,
    /// The application; empty for a stranger.
    pub application: String,
    /// What it is called there; empty where it is not known there.
    pub reference: String,
    /// How much here.
    pub here_cents: Option<i64>,
    /// How much there.
    pub there_cents: Option<i64>,
}

/// What differs between what we hold of one provider and what it says, by our id.
pub fn reconcile(ours: &[Payment], provider: &str, theirs: &[ProviderLine]) -> Vec<Difference> {
    let held: BTreeMap<&str, &Payment> = ours.iter().map(|one| (one.id.as_str(), one)).collect();
    let mut found: Vec<Difference> = theirs.iter().filter_map(|line| held_against(&held, provider, line)).collect();
    let by_provider = |one: &&Payment| one.state.taken_by().is_some_and(|by| by.word() == provider);
    for one in ours.iter().filter(by_provider) {
        let reference = one.state.taken_by().map(TakenBy::reference).unwrap_or_default();
        if !theirs.iter().any(|line| line.reference == reference) {
            found.push(Difference { reference: reference.to_owned(), ..difference("paid-here", Some(one), None) });
        }
    }
    found.sort_by(|one, other| (&one.payment, &one.reference).cmp(&(&other.payment, &other.reference)));
    found
}

fn held_against(held: &BTreeMap<&str, &Payment>, provider: &str, line: &ProviderLine) -> Option<Difference> {
    let Some(one) = held.get(line.payment.as_str()) else {
        return Some(difference("stranger", None, Some(line)));
    };
    let of_line = |kind| Some(difference(kind, Some(one), Some(line)));
    match one.state.taken_by() {
        Some(by) if by.word() == provider && by.reference() == line.reference => {
            let here = matches!(one.state, PaymentState::Refunded { .. });
            match (line.is_refunded, here) {
                _ if one.state.amount_cents() != Some(line.amount_cents) => of_line("amount"),
                (true, false) => of_line("refunded-there"),
                (false, true) => of_line("refunded-here"),
                _ => None,
            }
        }
        // Two payments for one: the second must go back, unless it did.
        Some(_) if line.is_refunded => None,
        Some(_) => of_line("twice"),
        None if line.is_refunded => None,
        None => of_line("paid-there"),
    }
}

fn difference(kind: &'static str, one: Option<&Payment>, line: Option<&ProviderLine>) -> Difference {
    Difference {
        kind,
        payment: one.map(|one| one.id.clone()).unwrap_or_default(),
        application: one.map(|one| one.application.clone()).unwrap_or_default(),
        reference: line.map(|line| line.reference.clone()).unwrap_or_default(),
        here_cents: one.and_then(|one| one.state.amount_cents()),
        there_cents: line.map(|line| line.amount_cents),
    }
}

#[cfg(test)]
mod tests {
    use super::{FeeAct, ProviderLine, change, reconcile};
    use crate::fees::model::{Payment, PaymentState, TakenBy};
    use civic::{Moment, SeededChance};

    fn payment(id: &str, state: PaymentState) -> Payment {
        Payment {
            id: id.to_owned(),
            application: format!("A-{id}"),
            service: "market".to_owned(),
            organisation: civic::OrganisationId::new(Moment(0), &SeededChance::new(1)),
            state,
            reason: String::new(),
            made_at: Moment(0),
            version: 1,
        }
    }

    fn does(one: &mut Payment, act: FeeAct) -> Result<&'static str, &'static str> {
        let change = change(one, act, Moment(5)).map_err(|refusal| refusal.code)?;
        if let Some(state) = change.state {
            one.state = state;
        }
        Ok(one.state.word())
    }

    fn paid(reference: &str, amount_cents: i64) -> FeeAct {
        FeeAct::ProviderPaid { name: "sandbox".to_owned(), reference: reference.to_owned(), amount_cents }
    }

    fn why(text: &str) -> String {
        format!("{text}, because of the rain")
    }

    #[test]
    fn money_is_taken_once_and_goes_back_once() {
        let mut one = payment("1", PaymentState::Due { amount_cents: 8_500 });
        assert_eq!(does(&mut one, paid("S-1", 8_400)), Err("fee-differs"));
        assert_eq!(does(&mut one, paid("S-1", 8_500)), Ok("paid"));
        assert_eq!(does(&mut one, paid("S-1", 8_500)), Ok("paid"), "told twice");
        assert_eq!(does(&mut one, paid("S-2", 8_500)), Err("fee-state"), "paid twice");
        assert_eq!(does(&mut one, FeeAct::TakeAtCounter { reference: "7".to_owned() }), Err("fee-state"));
        assert_eq!(does(&mut one, FeeAct::Waive { reason: why("late") }), Err("fee-state"));
        assert_eq!(does(&mut one, FeeAct::Refund { reason: "x".to_owned() }), Err("fee-reason"));
        assert_eq!(does(&mut one, FeeAct::Refund { reason: why("market cancelled") }), Ok("refunding"));
        assert_eq!(does(&mut one, FeeAct::Refund { reason: why("again") }), Err("fee-state"));
        let refunded = || FeeAct::ProviderRefunded { reference: "S-1".to_owned(), amount_cents: 8_500 };
        assert_eq!(
            does(&mut one, FeeAct::ProviderRefunded { reference: "S-1".to_owned(), amount_cents: 1 }),
            Err("fee-differs")
        );
        assert_eq!(does(&mut one, refunded()), Ok("refunded"));
        assert_eq!(does(&mut one, refunded()), Ok("refunded"), "told twice");
        assert_eq!(does(&mut one, paid("S-1", 8_500)), Ok("refunded"), "an old word changes nothing");
    }

    #[test]
    fn nothing_and_not_known_are_two_things() {
        let mut one = payment("1", PaymentState::Unknown);
        assert_eq!(one.state.amount_cents(), None);
        assert_eq!(does(&mut one, paid("S-1", 100)), Err("fee-state"), "nobody pays what is not known");
        assert_eq!(does(&mut one, FeeAct::Set { amount_cents: -1, reason: why("set") }), Err("fee-amount"));
        assert_eq!(does(&mut one, FeeAct::Set { amount_cents: 0, reason: why("a charity") }), Ok("nothing"));
        assert_eq!(one.state.amount_cents(), Some(0));
        assert_eq!(does(&mut one, FeeAct::Waive { reason: why("nothing") }), Err("fee-state"));
        assert_eq!(does(&mut one, FeeAct::Set { amount_cents: 500, reason: why("set") }), Ok("due"));
        assert_eq!(does(&mut one, FeeAct::TakeAtCounter { reference: " ".to_owned() }), Err("fee-reference"));
        assert_eq!(does(&mut one, FeeAct::TakeAtCounter { reference: "R 17".to_owned() }), Ok("paid"));
        assert_eq!(does(&mut one, FeeAct::Refund { reason: why("back") }), Ok("refunded"), "from hand to hand");
        let mut unknown = payment("2", PaymentState::Unknown);
        assert_eq!(does(&mut unknown, FeeAct::Waive { reason: why("hardship") }), Ok("waived"));
        assert_eq!(unknown.state.amount_cents(), None, "waived, and still not known");
    }

    #[test]
    fn every_difference_has_its_name() {
        let by = |reference: &str| TakenBy::Provider { name: "sandbox".to_owned(), reference: reference.to_owned() };
        let paid =
            |id: &str| payment(id, PaymentState::Paid { amount_cents: 100, by: by(&format!("S-{id}")), at: Moment(1) });
        let refunded = |id: &str| {
            let state = PaymentState::Refunded {
                amount_cents: 100,
                by: by(&format!("S-{id}")),
                at: Moment(1),
                refunded_at: Moment(2),
            };
            payment(id, state)
        };
        let counter = TakenBy::Counter { reference: "R 1".to_owned() };
        let ours = [
            paid("ok"),
            payment("there", PaymentState::Due { amount_cents: 100 }),
            paid("here"),
            paid("amount"),
            paid("back-there"),
            refunded("back-here"),
            payment("twice", PaymentState::Paid { amount_cents: 100, by: counter, at: Moment(1) }),
            payment("waived", PaymentState::Waived { amount_cents: Some(100) }),
            payment("open", PaymentState::Due { amount_cents: 100 }),
        ];
        let line = |id: &str, amount_cents: i64, is_refunded: bool| ProviderLine {
            reference: format!("S-{id}"),
            payment: id.to_owned(),
            amount_cents,
            is_refunded,
        };
        let theirs = [
            line("ok", 100, false),
            line("there", 100, false),
            line("amount", 90, false),
            line("back-there", 100, true),
            line("back-here", 100, false),
            line("twice", 100, false),
            line("waived", 100, false),
            line("nobody", 70, false),
        ];
        let found = reconcile(&ours, "sandbox", &theirs);
        let named: Vec<(&str, &str)> = found.iter().map(|one| (one.payment.as_str(), one.kind)).collect();
        assert_eq!(
            named,
            [
                ("", "stranger"),
                ("amount", "amount"),
                ("back-here", "refunded-here"),
                ("back-there", "refunded-there"),
                ("here", "paid-here"),
                ("there", "paid-there"),
                ("twice", "twice"),
                ("waived", "paid-there"),
            ]
        );
        assert!(reconcile(&ours[..1], "sandbox", &theirs[..1]).is_empty());
    }
}
