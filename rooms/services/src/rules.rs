//! Who is entitled, by the rules of a service (engine `rules`): asked before the form, and again of what was filed, by the same text.

mod fee;
mod population;
mod said;
mod told;
mod words;

pub use fee::{Fee, fee};
pub use population::Verdict;
pub use said::{RulesSay, said};
pub use told::Asked;
pub use words::{Shown, Speech, Whose, shown, value_in_words};

use crate::model::Definition;
use civic::Language;
use forms::{Answers, Field, Form, Kind};
use jiff::civil::Date;
use rules::{Outcome, Period, Rules, Situation, Sort, Source, Trace, VariableView};
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeMap,
    sync::{Arc, LazyLock, Mutex},
};
use web::Refusal;

/// What the source of the rules is called in sentences about it.
const SOURCE: &str = "rules";
/// Troubles of a text that are told at once.
const TROUBLES_SHOWN: usize = 10;
/// Texts of rules that are kept read.
const KEPT_LIMIT: usize = 64;
/// Characters of rules, and of their tests.
pub const RULES_LIMIT: usize = 60_000;

/// Rules that were read, with the one entitlement that they decide.
pub struct Law {
    rules: Rules,
    entitlement: VariableView,
}

/// What the rules say of some facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Finding {
    /// Entitled, to this; it may be nought, which is still something else than not entitled.
    Entitled {
        /// To what, as the rules write it.
        amount: String,
        /// Whether that is money.
        is_money: bool,
        /// The law of the entitlement; empty where none is kept.
        #[serde(default)]
        law: String,
        /// How it came about.
        trace: String,
    },
    /// Not entitled, with every reason that is certain.
    NotEntitled {
        /// Why.
        because: Vec<Because>,
        /// How it came about.
        trace: String,
    },
    /// The facts do not decide it.
    NotYetKnown {
        /// The names of the facts that could, the next to be asked first.
        needed: Vec<String>,
    },
    /// The law has no answer.
    NoAnswer {
        /// Why.
        problem: String,
    },
}

/// One reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Because {
    /// The sentence of the rules' author.
    pub sentence: String,
    /// The law.
    pub law: String,
    /// Where the rule stands, as `rules:12`.
    pub place: String,
}

/// What is asked next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Question {
    /// The name of the fact.
    pub name: String,
    /// The question.
    pub question: String,
    /// Its type: yesno, integer, number, money, date, text, or a choice.
    pub kind: String,
    /// What can be chosen: value and words.
    pub options: Vec<(String, String)>,
}

/// Reads the rules of a service.
///
/// # Errors
/// What is wrong, each with its line: what cannot be read, types that do not fit, rules that rest on themselves, no entitlement or several.
pub fn read(text: &str) -> Result<Law, Vec<Refusal>> {
    if text.len() > RULES_LIMIT {
        return Err(vec![Refusal::new("words-long").at("rules").with("most", RULES_LIMIT)]);
    }
    let rules = Rules::read(&[Source { name: SOURCE, text }]).map_err(|troubles| {
        let told = |trouble: rules::Trouble| {
            Refusal::new("rules-trouble")
                .at("rules")
                .with("line", i64::from(trouble.line))
                .with("problem", trouble.sentence)
        };
        troubles.into_iter().take(TROUBLES_SHOWN).map(told).collect::<Vec<_>>()
    })?;
    let mut entitlements: Vec<VariableView> =
        rules.variables().into_iter().filter(|variable| variable.sort == Sort::Entitlement).collect();
    match (entitlements.pop(), entitlements.is_empty()) {
        (Some(entitlement), true) => Ok(Law { rules, entitlement }),
        _ => Err(vec![Refusal::new("rules-one-entitlement").at("rules")]),
    }
}

/// The rules of this text, read once and kept: most visits ask the same few.
///
/// # Errors
/// As [`read`].
pub fn kept(text: &str) -> Result<Arc<Law>, Vec<Refusal>> {
    static KEPT: LazyLock<Mutex<BTreeMap<String, Arc<Law>>>> = LazyLock::new(Mutex::default);
    let lock = || KEPT.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some(law) = lock().get(text) {
        return Ok(Arc::clone(law));
    }
    let law = Arc::new(read(text)?);
    let mut kept = lock();
    if kept.len() >= KEPT_LIMIT {
        kept.clear();
    }
    kept.insert(text.to_owned(), Arc::clone(&law));
    Ok(law)
}

/// Whether these answers are entitled by the rules of this version on this day; `None` where there are no rules or they cannot say it.
pub fn is_entitled(definition: &Definition, answers: &Answers, day: Date) -> Option<bool> {
    match serde_json::from_str(&finding(definition, answers, day)).ok()? {
        Finding::Entitled { .. } => Some(true),
        Finding::NotEntitled { .. } => Some(false),
        Finding::NotYetKnown { .. } | Finding::NoAnswer { .. } => None,
    }
}

/// Runs the tests of rules, a JSON list of cases as the engine takes them.
///
/// # Errors
/// What failed, each by the name of its test.
pub fn run_tests(law: &Law, text: &str) -> Result<usize, Vec<Refusal>> {
    if text.trim().is_empty() {
        return Err(vec![Refusal::new("rules-untested").at("rule-tests")]);
    }
    let cases: Vec<serde_json::Value> =
        serde_json::from_str(text).map_err(|_| vec![Refusal::new("rules-tests-unreadable").at("rule-tests")])?;
    let failed = |report: rules::CaseReport| {
        let first = report.failures.first()?.clone();
        Some(Refusal::new("rules-test-failed").at("rule-tests").with("name", report.name).with("problem", first))
    };
    let failures: Vec<Refusal> =
        cases.iter().filter_map(|case| failed(law.rules.run_case(case))).take(TROUBLES_SHOWN).collect();
    match (cases.len(), failures.is_empty()) {
        (0, _) => Err(vec![Refusal::new("rules-untested").at("rule-tests")]),
        (count, true) => Ok(count),
        (_, false) => Err(failures),
    }
}

impl Law {
    /// The rules themselves.
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// Facts as the engine takes them. Those that the rules do not know are left out.
    ///
    /// # Errors
    /// A sentence for one that cannot be read.
    fn situation(&self, facts: &BTreeMap<String, String>, day: Date) -> Result<Situation, String> {
        let mut situation = Situation::single(&self.rules);
        for (name, text) in facts {
            let Some(input) = self.input(name) else { continue };
            let value = self.rules.value_from_text(name, text)?;
            situation.set(&self.rules, name, &input.entity, Period::of(input.unit, day), &value)?;
        }
        Ok(situation)
    }

    /// What the rules say of these facts, by the law of this day. Facts that the rules do not know are left out.
    pub fn ask(&self, facts: &BTreeMap<String, String>, day: Date) -> Finding {
        self.ask_how(facts, day).0
    }

    /// The same with how it came about, where there is an answer.
    pub fn ask_how(&self, facts: &BTreeMap<String, String>, day: Date) -> (Finding, Option<Trace>) {
        let none = |problem: String| (Finding::NoAnswer { problem }, None);
        let situation = match self.situation(facts, day) {
            Ok(situation) => situation,
            Err(problem) => return none(problem),
        };
        let period = Period::of(self.entitlement.unit, day);
        let answer = match self.rules.evaluate(&situation, &self.entitlement.name, &self.entitlement.entity, period) {
            Ok(answer) => answer,
            Err(fault) => return none(fault.sentence),
        };
        let how = answer.trace();
        let trace = how.to_text();
        let finding = match &answer.outcome {
            Outcome::Entitled { amount } | Outcome::Value { value: amount } => {
                let is_money = self.entitlement.kind == "money";
                let law = self.entitlement.law.clone().unwrap_or_default();
                Finding::Entitled { amount: amount.to_string(), is_money, law, trace }
            }
            Outcome::NotEntitled { because } => {
                let because = because.iter().map(|reason| Because {
                    sentence: reason.sentence.clone().unwrap_or_default(),
                    law: reason.law.clone(),
                    place: reason.place.clone(),
                });
                Finding::NotEntitled { because: because.collect(), trace }
            }
            Outcome::NotYetKnown { needed } => {
                Finding::NotYetKnown { needed: needed.iter().map(|fact| fact.variable.clone()).collect() }
            }
        };
        (finding, Some(how))
    }

    /// Whether a fact can be read, as the rules write it; amounts also as people write them.
    pub fn normal(&self, name: &str, text: &str) -> Option<String> {
        let input = self.input(name)?;
        let text = match input.kind.as_str() {
            "money" => {
                let cents = web::money::read_amount(text).ok()?;
                format!("{}.{:02}", cents / 100, cents % 100)
            }
            "number" => text.replace(',', "."),
            _ => text.to_owned(),
        };
        self.rules.value_from_text(name, &text).ok().map(|_| text)
    }

    /// A fact as a question, in the words of the form where it asks the same.
    pub fn question(&self, name: &str, form: &Form, language: Language) -> Option<Question> {
        let input = self.rules.variable(name)?;
        let field = form.field(name).map(|(_, field)| field);
        let words = |option: &String| {
            let choice = field.and_then(|field| field.choices.iter().find(|choice| same(&choice.value, option)));
            (
                option.clone(),
                choice.map_or_else(|| option.replace('_', " "), |choice| choice.label.in_language(language).to_owned()),
            )
        };
        let question = field.map(|field| field.label.in_language(language).to_owned());
        Some(Question {
            question: question
                .or_else(|| {
                    let own = input.ask.or(input.label)?;
                    Some(self.rules.in_language(&own, language.tag()).to_owned())
                })
                .unwrap_or_else(|| name.replace('_', " ")),
            options: input.options.iter().map(words).collect(),
            kind: input.kind,
            name: input.name,
        })
    }
}

/// A choice of a form and an option of the rules mean the same when they differ by hyphens only.
fn same(choice: &str, option: &str) -> bool {
    choice.replace('-', "_") == option.replace('-', "_")
}

/// An answer as a fact; `None` for what no rule reads.
fn fact(input: &VariableView, field: &Field, value: &serde_json::Value) -> Option<String> {
    match (field.kind, value) {
        (_, serde_json::Value::Bool(yes)) => Some(if *yes { "yes" } else { "no" }.to_owned()),
        (Kind::Money | Kind::Calculated, value) => {
            let cents = value.as_i64()?;
            Some(format!("{}{}.{:02}", if cents < 0 { "-" } else { "" }, cents.abs() / 100, cents.abs() % 100))
        }
        (_, serde_json::Value::String(text)) => {
            Some(input.options.iter().find(|option| same(text, option)).cloned().unwrap_or_else(|| text.clone()))
        }
        (_, serde_json::Value::Number(number)) => Some(number.to_string()),
        _ => None,
    }
}

/// What was answered, as facts: questions and facts meet by their names.
pub fn facts(law: &Law, form: &Form, answers: &Answers) -> BTreeMap<String, String> {
    let one = |(name, value): (&String, &serde_json::Value)| {
        let (_, field) = form.field(name)?;
        Some((name.clone(), fact(&law.input(name)?, field, value)?))
    };
    answers.0.iter().filter_map(one).collect()
}

/// What the rules of a version say of these answers on the day of filing, as JSON; empty where there are none.
pub fn finding(definition: &Definition, answers: &Answers, day: Date) -> String {
    if definition.rules.trim().is_empty() {
        return String::new();
    }
    let Ok(law) = kept(&definition.rules) else { return String::new() };
    let finding = law.ask(&facts(&law, &definition.form, answers), day);
    serde_json::to_string(&finding).unwrap_or_default()
}
