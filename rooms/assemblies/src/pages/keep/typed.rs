//! What was typed of an assembly, which may be unreadable.

use crate::model::{Assembly, Plan};
use civic::{LocalText, Moment, Subject};
use jiff::{civil::DateTime, tz::TimeZone};
use web::{Refusal, Town, forms::Submission, locals::local};

/// The fields beside the texts.
pub(super) struct Typed {
    pub opens: String,
    pub closes: String,
    pub seats: String,
    pub quotas: String,
    pub labels: String,
    pub open: bool,
    pub source: String,
    pub reply_days: String,
    pub answer_due: String,
    pub belongs: String,
    pub reason: String,
}

/// A moment of the town's clock, as `2027-05-01T18:00`.
pub(super) fn moment(text: &str, zone: &TimeZone) -> Option<Moment> {
    let local: DateTime = text.parse().ok()?;
    local.to_zoned(zone.clone()).ok().map(|zoned| zoned.timestamp().into())
}

/// What stands in the form of an assembly.
pub(super) fn typed_of(town: &Town, assembly: &Assembly) -> Typed {
    let local = |at: Moment| at.in_zone(&town.settings().zone).strftime("%Y-%m-%dT%H:%M").to_string();
    let plan = &assembly.plan;
    Typed {
        opens: local(assembly.opens_at),
        closes: local(assembly.closes_at),
        seats: plan.seats.to_string(),
        quotas: plan.quotas.clone(),
        labels: plan.labels.clone(),
        open: plan.open,
        source: plan.source.clone(),
        reply_days: plan.reply_days.to_string(),
        answer_due: plan.answer_due.clone().unwrap_or_default(),
        belongs: plan.belongs_to.as_ref().map(ToString::to_string).unwrap_or_default(),
        reason: String::new(),
    }
}

impl Typed {
    pub fn of(form: &Submission) -> Self {
        let field = |name: &str| form.text(name).unwrap_or_default().to_owned();
        Self {
            opens: field("opens"),
            closes: field("closes"),
            seats: field("seats"),
            quotas: field("quotas"),
            labels: field("labels"),
            open: form.is_ticked("open"),
            source: field("source"),
            reply_days: field("reply_days"),
            answer_due: field("answer_due"),
            belongs: field("belongs"),
            reason: field("reason"),
        }
    }

    /// The same with what was typed of a change.
    pub fn or_typed(mut self, form: &Submission) -> Self {
        for (name, to) in [("closes", &mut self.closes), ("quotas", &mut self.quotas), ("reason", &mut self.reason)] {
            if let Some(text) = form.text(name) {
                text.clone_into(to);
            }
        }
        self
    }

    /// The plan without the body that answers, the times, and what cannot be read.
    pub fn read(&self, town: &Town, form: &Submission) -> (Plan, Option<(Moment, Moment)>, Vec<Refusal>) {
        let zone = &town.settings().zone;
        let mut refusals = Vec::new();
        let times = moment(&self.opens, zone).zip(moment(&self.closes, zone));
        if times.is_none() {
            refusals.push(Refusal::new("assembly-time").at("opens"));
        }
        let belongs_to = subject(&self.belongs);
        if belongs_to.is_none() && !self.belongs.is_empty() {
            refusals.push(Refusal::new("assembly-belongs").at("belongs"));
        }
        let nothing = || LocalText::plain("");
        let plan = Plan {
            title: local(form, "title").unwrap_or_else(nothing),
            summary: local(form, "summary").unwrap_or_else(nothing),
            remit: local(form, "remit"),
            // Zero is refused by the decision, in its own words.
            seats: self.seats.parse().unwrap_or(0),
            quotas: self.quotas.replace("\r\n", "\n"),
            labels: self.labels.replace("\r\n", "\n"),
            open: self.open,
            source: self.source.split_whitespace().collect::<Vec<_>>().join(" "),
            reply_days: self.reply_days.parse().unwrap_or(0),
            answered_by: None,
            answer_due: Some(self.answer_due.clone()).filter(|day| !day.is_empty()),
            belongs_to,
        };
        (plan, times, refusals)
    }
}

/// A subject as it is written, as `process/budget-2027`.
fn subject(text: &str) -> Option<Subject> {
    let (kind, id) = text.split_once('/')?;
    (!kind.is_empty() && !id.is_empty()).then(|| Subject { kind: kind.to_owned(), id: id.to_owned() })
}
