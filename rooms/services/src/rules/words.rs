//! What the rules say, in the reader's language: the words of messages, of the form's questions, and of the rules' own texts.

use super::{Because, Finding, Law, Question, facts, kept};
use crate::model::Definition;
use civic::{Currency, Money};
use forms::{Answers, Form};
use jiff::civil::Date;
use rules::{By, Step, Trace};
use web::Sayings;

/// Of whom a finding speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// Of the reader.
    Reader,
    /// Of an applicant whose case an officer reads.
    Applicant,
}

/// A finding in words.
pub struct Shown {
    /// Whether it is a yes.
    pub is_yes: bool,
    /// It in one sentence.
    pub title: String,
    /// The rules that decided, with their law.
    pub lines: Vec<String>,
    /// How it came about, line by line, indented by what rests on what.
    pub trace: String,
}

/// With what words a finding is said.
#[derive(Clone, Copy)]
pub struct Speech<'s> {
    /// The rules; `None` where they cannot be read any more.
    pub law: Option<&'s Law>,
    /// The form of the same version.
    pub form: &'s Form,
    /// The reader's language.
    pub t: &'s Sayings,
    /// The town's money.
    pub currency: Currency,
    /// Of whom.
    pub whose: Whose,
}

/// The finding of an application in words; `None` where there is none. How it came about is worked out anew by the version and the law of
/// the day of filing, which say the same today as then; where they could not, what was kept is shown.
pub fn shown(
    finding: &str,
    (definition, answers, day): (&Definition, &Answers, Date),
    (t, currency): (&Sayings, Currency),
    whose: Whose,
) -> Option<Shown> {
    let finding: Finding = serde_json::from_str(finding).ok()?;
    let law = kept(&definition.rules).ok();
    let speech = Speech { law: law.as_deref(), form: &definition.form, t, currency, whose };
    let asked = law.as_deref().map(|law| law.ask_how(&facts(law, &definition.form, answers), day));
    let how = asked.filter(|(again, _)| again.says_as(&finding)).and_then(|(_, how)| how);
    Some(speech.in_words(&finding, how.as_ref()))
}

impl Speech<'_> {
    /// A finding in words, with how it came about.
    pub fn in_words(&self, finding: &Finding, how: Option<&Trace>) -> Shown {
        let t = self.t;
        let title = |reader: &'static str, applicant: &'static str| match self.whose {
            Whose::Reader => reader,
            Whose::Applicant => applicant,
        };
        let steps = |kept: &str| how.map_or_else(|| kept.to_owned(), |how| self.trace(how));
        match finding {
            Finding::Entitled { amount, is_money, law, trace } => {
                let cents = super::fee::whole_cents(amount).filter(|_| *is_money);
                let words = cents.map(|amount_cents| {
                    web::money::money(Money { amount_cents, currency: self.currency }, t.language())
                });
                let to = title("sv-entitled-to", "sv-applicant-entitled-to");
                let title = match words {
                    _ if amount == "yes" => t.say(title("sv-entitled-yes", "sv-applicant-entitled-yes")).to_owned(),
                    Some(words) => t.with1(to, "amount", words),
                    None => t.with1(to, "amount", amount.as_str()),
                };
                let law = Some(law).filter(|law| !law.is_empty());
                let law = law.map(|law| t.with1("sv-entitled-law", "law", self.text(law)));
                Shown { is_yes: true, title, lines: law.into_iter().collect(), trace: steps(trace) }
            }
            Finding::NotEntitled { because, trace } => Shown {
                is_yes: false,
                title: t.say(title("sv-entitled-no", "sv-applicant-entitled-no")).to_owned(),
                lines: because.iter().map(|one| self.because(one)).collect(),
                trace: steps(trace),
            },
            Finding::NotYetKnown { needed } => {
                let words: Vec<String> = needed.iter().map(|name| self.name(name)).collect();
                Shown {
                    is_yes: false,
                    title: t.say("sv-entitled-open").to_owned(),
                    lines: vec![t.with1("sv-entitled-needed", "facts", words.join(" · "))],
                    trace: String::new(),
                }
            }
            Finding::NoAnswer { problem } => Shown {
                is_yes: false,
                title: t.say("sv-entitled-no-answer").to_owned(),
                lines: vec![problem.clone()],
                trace: String::new(),
            },
        }
    }

    /// A text of the rules in the reader's language.
    fn text<'w>(&'w self, text: &'w str) -> &'w str {
        self.law.map_or(text, |law| law.rules.in_language(text, self.t.language().tag()))
    }

    fn because(&self, one: &Because) -> String {
        let sentence = if one.sentence.is_empty() { self.t.say("sv-entitled-unmet") } else { self.text(&one.sentence) };
        self.t.with2("sv-entitled-because", "sentence", sentence, "law", self.text(&one.law))
    }

    fn question(&self, name: &str) -> Option<Question> {
        self.law?.question(name, self.form, self.t.language())
    }

    /// What a fact or rule is called.
    fn name(&self, name: &str) -> String {
        self.question(name).map_or_else(|| name.replace(['_', '.'], " "), |question| question.question)
    }

    fn trace(&self, how: &Trace) -> String {
        let (mut lines, mut seen) = (Vec::new(), vec![false; how.steps.len()]);
        if !how.steps.is_empty() {
            self.step(how, 0, 0, &mut seen, &mut lines);
        }
        if !how.parameters.is_empty() {
            lines.push(String::new());
            lines.push(self.t.say("sv-trace-with").to_owned());
        }
        for one in &how.parameters {
            let name = match &one.label {
                Some(label) => self.text(label).to_owned(),
                None => one.name.replace(['_', '.'], " "),
            };
            let values =
                [("name", name.into()), ("value", one.value.as_str().into()), ("law", self.text(&one.law).into())];
            lines.push(format!("  {}", self.t.with("sv-trace-parameter", &values)));
        }
        lines.join("\n")
    }

    fn step(&self, how: &Trace, at: usize, depth: usize, seen: &mut [bool], lines: &mut Vec<String>) {
        let step = &how.steps[at];
        let value = self.value(step);
        let why = self.why(step);
        let what = self.name(&step.variable);
        // A question needs no colon.
        let line = if what.ends_with(['?', '؟']) { "sv-trace-answer" } else { "sv-trace-line" };
        let line = self.t.with2(line, "what", what, "value", value);
        let again = if seen[at] && !step.uses.is_empty() { self.t.say("sv-trace-above") } else { "" };
        let parts: Vec<&str> = [line.as_str(), &why, again].into_iter().filter(|part| !part.is_empty()).collect();
        lines.push(format!("{}{}", "  ".repeat(depth), parts.join(" — ")));
        if std::mem::replace(&mut seen[at], true) {
            return;
        }
        for &used in &step.uses {
            self.step(how, used, depth + 1, seen, lines);
        }
    }

    fn value(&self, step: &Step) -> String {
        match &step.value {
            Some(value) => {
                let text = value.to_string();
                self.question(&step.variable)
                    .map_or_else(|| text.clone(), |question| value_in_words(&question, &text, self.t, self.currency))
            }
            None if matches!(step.by, By::Missing | By::NotYetKnown) => self.t.say("sv-trace-unknown").to_owned(),
            None => self.t.say("sv-trace-not-entitled").to_owned(),
        }
    }

    /// What decided a step, with its law; empty for what was said.
    fn why(&self, step: &Step) -> String {
        let law = step.law.iter().map(|law| self.text(law)).collect::<Vec<_>>().join("; ");
        match &step.by {
            By::Given => String::new(),
            By::Otherwise => self.t.say("sv-trace-otherwise").to_owned(),
            By::Missing => self.t.say("sv-trace-missing").to_owned(),
            By::Exception(name) => self.t.with2("sv-trace-exception", "name", name.replace('_', " "), "law", law),
            By::Requirements(_) => self.t.with1("sv-trace-unmet", "law", law),
            By::Formula | By::Rows(_) | By::NotInForce | By::NotYetKnown => law,
        }
    }
}

/// The value of a fact as people read it.
pub fn value_in_words(question: &Question, text: &str, t: &Sayings, currency: Currency) -> String {
    let amount = || web::money::read_amount(text).ok();
    match (question.kind.as_str(), text) {
        ("yesno", "yes") => t.say("form-yes").to_owned(),
        ("yesno", "no") => t.say("form-no").to_owned(),
        ("money", _) if let Some(amount_cents) = amount() => {
            web::money::money(Money { amount_cents, currency }, t.language())
        }
        _ => question
            .options
            .iter()
            .find(|(value, _)| value == text)
            .map_or_else(|| text.to_owned(), |(_, words)| words.clone()),
    }
}

impl Finding {
    /// Whether it says the same as a kept one; what was kept before findings named their law says nothing of it.
    fn says_as(&self, kept: &Self) -> bool {
        match (self, kept) {
            (Self::Entitled { amount, trace, .. }, Self::Entitled { amount: before, trace: then, .. }) => {
                (amount, trace) == (before, then)
            }
            _ => self == kept,
        }
    }

    /// The same with the reasons in a language, where the rules have them.
    #[must_use]
    pub fn in_language(mut self, law: &Law, language: civic::Language) -> Self {
        if let Self::NotEntitled { because, .. } = &mut self {
            for one in because {
                one.sentence = law.rules.in_language(&one.sentence, language.tag()).to_owned();
                one.law = law.rules.in_language(&one.law, language.tag()).to_owned();
            }
        }
        self
    }
}
