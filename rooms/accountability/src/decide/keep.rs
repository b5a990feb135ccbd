//! The organisation that promised says what becomes of it.

use super::{words_required, words_within};
use crate::model::{Commitment, LINK_LIMIT, Milestone, Spending, State, WORDS_LIMIT, YEARS_LIMIT};
use civic::Moment;
use std::collections::BTreeMap;
use web::Refusal;

/// What is done about a commitment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Keep {
    /// The work has begun.
    Begin {
        /// Words, if any.
        text: String,
    },
    /// How far it is.
    Report {
        /// Words.
        text: String,
    },
    /// What was ordered or paid by now.
    Spend {
        /// Ordered, in cents.
        contracted_cents: Option<i64>,
        /// Paid, in cents.
        paid_cents: Option<i64>,
        /// Words; needed where more is spent than budgeted.
        text: String,
    },
    /// A milestone was reached.
    Reach {
        /// Which.
        position: i64,
        /// Words, if any.
        text: String,
    },
    /// It comes later.
    Postpone {
        /// The end of the new day; `None` for one that cannot be read.
        until: Option<Moment>,
        /// Why.
        reason: String,
    },
    /// It was done.
    Fulfil {
        /// What was done.
        text: String,
    },
    /// It was not done as it was promised, and will not be.
    Break {
        /// Why.
        reason: String,
    },
    /// It is no longer wanted or possible.
    Drop {
        /// Why.
        reason: String,
    },
    /// It was said too early that it is over.
    Reopen {
        /// Why.
        reason: String,
    },
}

impl Keep {
    /// Whether it adds words only, and so may be said on a page that has grown old.
    pub fn adds_only(&self) -> bool {
        matches!(self, Self::Report { .. })
    }
}

/// What the decision has to know.
#[derive(Debug, Clone, Copy)]
pub struct KeepFacts<'f> {
    /// The commitment as it is.
    pub commitment: &'f Commitment,
    /// Its milestones.
    pub milestones: &'f [Milestone],
    /// The town's clock.
    pub now: Moment,
}

/// What changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What is said, as `commitment.kept`.
    pub saying: &'static str,
    /// The words.
    pub body: String,
    /// The address of evidence.
    pub link: String,
    /// What changed, as codes and numbers.
    pub detail: BTreeMap<String, String>,
    /// The state after it, where it changes.
    pub state: Option<State>,
    /// The new day, where it changes.
    pub due_at: Option<Moment>,
    /// The money after it, where it changes.
    pub spending: Option<Spending>,
    /// The milestone that was reached.
    pub reached: Option<i64>,
}

impl Change {
    fn saying(saying: &'static str, body: String) -> Self {
        Self {
            saying,
            body,
            link: String::new(),
            detail: BTreeMap::new(),
            state: None,
            due_at: None,
            spending: None,
            reached: None,
        }
    }

    fn into_state(mut self, state: State) -> Self {
        self.state = Some(state);
        self
    }

    fn with(mut self, key: &str, value: impl Into<String>) -> Self {
        self.detail.insert(key.to_owned(), value.into());
        self
    }
}

/// Decides one act, with the address of evidence that came with it.
///
/// # Errors
/// A refusal in a sentence.
pub fn decide_keep(facts: &KeepFacts<'_>, act: Keep, link: &str) -> Result<Change, Refusal> {
    let link = evidence(link)?;
    let mut change = decide(facts, act)?;
    change.link = link;
    Ok(change)
}

fn decide(facts: &KeepFacts<'_>, act: Keep) -> Result<Change, Refusal> {
    let (state, now) = (facts.commitment.state, facts.now);
    let open = matches!(act, Keep::Report { .. } | Keep::Spend { .. } | Keep::Reopen { .. }) || state.is_open();
    if !open {
        return Err(Refusal::conflict("commitment-closed"));
    }
    match act {
        Keep::Begin { text } if state == State::Promised => {
            let words = words_within(&text, "text", WORDS_LIMIT)?;
            Ok(Change::saying("commitment.begun", words).into_state(State::UnderWay { since: now }))
        }
        Keep::Begin { .. } => Err(Refusal::conflict("commitment-begun")),
        Keep::Report { text } => Ok(Change::saying("commitment.reported", words_required(&text, "text", WORDS_LIMIT)?)),
        Keep::Spend { contracted_cents, paid_cents, text } => spend(facts, contracted_cents, paid_cents, &text),
        Keep::Reach { position, text } => reach(facts, position, &text),
        Keep::Postpone { until, reason } => postpone(facts, until, &reason),
        Keep::Fulfil { text } => {
            let words = words_required(&text, "text", WORDS_LIMIT)?;
            Ok(Change::saying("commitment.kept", words).into_state(State::Kept { at: now }))
        }
        Keep::Break { reason } => {
            let words = words_required(&reason, "text", WORDS_LIMIT)?;
            Ok(Change::saying("commitment.broken", words).into_state(State::Broken { at: now }))
        }
        Keep::Drop { reason } => {
            let words = words_required(&reason, "text", WORDS_LIMIT)?;
            Ok(Change::saying("commitment.dropped", words).into_state(State::Dropped { at: now }))
        }
        Keep::Reopen { .. } if state.is_open() => Err(Refusal::conflict("commitment-open")),
        Keep::Reopen { reason } => {
            let words = words_required(&reason, "text", WORDS_LIMIT)?;
            Ok(Change::saying("commitment.reopened", words).into_state(State::UnderWay { since: now }))
        }
    }
}

/// Evidence lies at an address that browsers open safely.
fn evidence(link: &str) -> Result<String, Refusal> {
    let link = link.trim();
    let is_plain = link.chars().all(|c| !c.is_whitespace() && !c.is_control());
    let is_web = link.starts_with("https://") || link.starts_with("http://");
    if link.is_empty() || (is_web && is_plain && link.chars().count() <= LINK_LIMIT) {
        Ok(link.to_owned())
    } else {
        Err(Refusal::new("commitment-link").at("link").with("most", LINK_LIMIT))
    }
}

fn spend(
    facts: &KeepFacts<'_>,
    contracted_cents: Option<i64>,
    paid_cents: Option<i64>,
    text: &str,
) -> Result<Change, Refusal> {
    let before = facts.commitment.spending;
    let after = Spending {
        contracted_cents: contracted_cents.or(before.contracted_cents),
        paid_cents: paid_cents.or(before.paid_cents),
        ..before
    };
    if after == before {
        return Err(Refusal::new("commitment-same-money").at("paid"));
    }
    let words = words_within(text, "text", WORDS_LIMIT)?;
    if after.is_over() && words.is_empty() {
        return Err(Refusal::new("commitment-over").at("text"));
    }
    let mut change = Change::saying("commitment.spent", words);
    for (key, cents) in [("contracted_cents", contracted_cents), ("paid_cents", paid_cents)] {
        if let Some(cents) = cents {
            change = change.with(key, cents.to_string());
        }
    }
    change.spending = Some(after);
    Ok(change)
}

fn reach(facts: &KeepFacts<'_>, position: i64, text: &str) -> Result<Change, Refusal> {
    let unknown = || Refusal::new("commitment-milestone-unknown").at("milestone");
    let milestone = facts.milestones.iter().find(|one| one.position == position).ok_or_else(unknown)?;
    if milestone.done_at.is_some() {
        return Err(Refusal::conflict("commitment-milestone-reached").at("milestone"));
    }
    let words = words_within(text, "text", WORDS_LIMIT)?;
    let mut change = Change::saying("commitment.milestone-reached", words).with("milestone", position.to_string());
    change.reached = Some(position);
    if facts.commitment.state == State::Promised {
        change.state = Some(State::UnderWay { since: facts.now });
    }
    Ok(change)
}

fn postpone(facts: &KeepFacts<'_>, until: Option<Moment>, reason: &str) -> Result<Change, Refusal> {
    let until = until.ok_or_else(|| Refusal::new("commitment-day").at("until"))?;
    let due = facts.commitment.due_at;
    if until <= due || until <= facts.now {
        return Err(Refusal::new("commitment-later").at("until"));
    }
    if until > facts.now.plus_days(366 * YEARS_LIMIT) {
        return Err(Refusal::new("commitment-far").at("until").with("years", YEARS_LIMIT));
    }
    let words = words_required(reason, "text", WORDS_LIMIT)?;
    let change = Change::saying("commitment.postponed", words);
    let mut change = change.with("from_due", due.rfc3339()).with("due", until.rfc3339());
    change.due_at = Some(until);
    Ok(change)
}

#[cfg(test)]
mod tests {
    use super::{Change, Keep, KeepFacts, decide_keep};
    use crate::model::{Commitment, Milestone, Spending, State};
    use civic::{LocalText, Moment, OrganisationId, SeededChance};
    use web::Refusal;

    const NOW: Moment = Moment(1_000_000_000_000);

    fn commitment(state: State) -> Commitment {
        Commitment {
            code: "K-7K2M".parse().unwrap(),
            organisation: OrganisationId::new(NOW, &SeededChance::new(1)),
            title: LocalText::plain("Forty trees"),
            summary: None,
            district: None,
            place: None,
            spending: Spending {
                currency: "EUR".parse().unwrap(),
                budgeted_cents: Some(100),
                contracted_cents: None,
                paid_cents: None,
            },
            state,
            promised_at: NOW,
            due_at: NOW.plus_days(10),
            updated_at: NOW,
            version: 1,
        }
    }

    fn decide(state: State, act: Keep) -> Result<Change, Refusal> {
        let milestones = [Milestone { position: 1, title: "Ordered".to_owned(), due_at: NOW, done_at: None }];
        decide_keep(&KeepFacts { commitment: &commitment(state), milestones: &milestones, now: NOW }, act, "")
    }

    fn refused(state: State, act: Keep) -> &'static str {
        decide(state, act).unwrap_err().code
    }

    const ENDED: [State; 3] = [State::Kept { at: NOW }, State::Broken { at: NOW }, State::Dropped { at: NOW }];

    #[test]
    fn every_end_and_delay_has_its_reasons() {
        let none = String::new;
        for act in [
            Keep::Fulfil { text: none() },
            Keep::Break { reason: " ".to_owned() },
            Keep::Drop { reason: none() },
            Keep::Postpone { until: Some(NOW.plus_days(11)), reason: none() },
            Keep::Report { text: none() },
        ] {
            assert_eq!(refused(State::Promised, act), "commitment-words");
        }
        assert_eq!(refused(ENDED[0], Keep::Reopen { reason: none() }), "commitment-words");
    }

    #[test]
    fn what_has_ended_stays_ended_until_it_is_opened_again() {
        let words = || "Because".to_owned();
        for state in ENDED {
            for act in [
                Keep::Begin { text: words() },
                Keep::Reach { position: 1, text: words() },
                Keep::Postpone { until: Some(NOW.plus_days(11)), reason: words() },
                Keep::Fulfil { text: words() },
                Keep::Break { reason: words() },
                Keep::Drop { reason: words() },
            ] {
                assert_eq!(refused(state, act), "commitment-closed");
            }
            assert!(decide(state, Keep::Report { text: words() }).is_ok(), "words may always be added");
            let opened = decide(state, Keep::Reopen { reason: words() }).unwrap();
            assert_eq!(opened.state, Some(State::UnderWay { since: NOW }));
        }
        assert_eq!(refused(State::Promised, Keep::Reopen { reason: words() }), "commitment-open");
    }

    #[test]
    fn a_delay_goes_forward_and_keeps_the_old_day() {
        let to = |until| decide(State::Promised, Keep::Postpone { until, reason: "Frost".to_owned() });
        assert_eq!(to(None).unwrap_err().code, "commitment-day");
        assert_eq!(to(Some(NOW.plus_days(10))).unwrap_err().code, "commitment-later");
        assert_eq!(to(Some(NOW.plus_days(366 * 31))).unwrap_err().code, "commitment-far");
        let moved = to(Some(NOW.plus_days(20))).unwrap();
        assert_eq!(moved.detail["from_due"], NOW.plus_days(10).rfc3339());
        assert_eq!(moved.due_at, Some(NOW.plus_days(20)));
    }

    #[test]
    fn more_than_budgeted_needs_a_reason() {
        let spend = |paid_cents, text: &str| {
            decide(State::Promised, Keep::Spend { contracted_cents: None, paid_cents, text: text.to_owned() })
        };
        assert_eq!(spend(None, "x").unwrap_err().code, "commitment-same-money");
        assert_eq!(spend(Some(101), "").unwrap_err().code, "commitment-over");
        assert_eq!(spend(Some(100), "").unwrap().detail["paid_cents"], "100");
        assert!(spend(Some(101), "The ground was hard").unwrap().spending.unwrap().is_over());
    }

    #[test]
    fn a_milestone_is_reached_once_and_begins_the_work() {
        let reach = |position| decide(State::Promised, Keep::Reach { position, text: String::new() });
        assert_eq!(reach(2).unwrap_err().code, "commitment-milestone-unknown");
        assert_eq!(reach(1).unwrap().state, Some(State::UnderWay { since: NOW }));
    }

    #[test]
    fn evidence_is_an_address_that_browsers_open_safely() {
        let with = |link: &str| {
            let own = commitment(State::Promised);
            let facts = KeepFacts { commitment: &own, milestones: &[], now: NOW };
            decide_keep(&facts, Keep::Report { text: "Look".to_owned() }, link).map(|change| change.link)
        };
        assert_eq!(with(" https://example.org/a ").unwrap(), "https://example.org/a");
        for evil in ["javascript:alert(1)", "data:text/html,x", "//example.org", "https://a b", "ftp://x"] {
            assert_eq!(with(evil).unwrap_err().code, "commitment-link", "{evil}");
        }
    }
}
