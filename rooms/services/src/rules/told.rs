//! What somebody says of themselves, as facts: read as the form reads it where the form asks the same, so that both refuse the same.

use super::{Law, fact, same};
use civic::Language;
use forms::{Answers, Field, Form, Given, Kind, read_one};
use rules::{Sort, VariableView};
use std::collections::BTreeMap;
use web::Refusal;

/// What is known besides what was said.
pub struct Asked<'a> {
    /// The rules.
    pub law: &'a Law,
    /// The form of the same version.
    pub form: &'a Form,
    /// The codes of the districts.
    pub districts: &'a [String],
    /// The language in which refusals name questions.
    pub language: Language,
}

/// Facts that can be read, by name, and the others by name with why not.
pub type Told = (BTreeMap<String, String>, BTreeMap<String, Refusal>);

impl Asked<'_> {
    /// Reads what was said. What the rules do not know is left out.
    pub fn read(&self, said: &[(String, String)]) -> Told {
        let given =
            Given { texts: &|_, _| Vec::new(), districts: self.districts, language: self.language, is_typing: false };
        let mut answers = Answers::default();
        for (name, text) in said {
            let read =
                self.field(name).map(|field| read_one(self.form, field, &value_of(field, text), &answers, &given));
            if let Some(Ok(Some(value))) = read {
                answers.0.insert(name.clone(), value);
            }
        }
        let (mut facts, mut refusals) = (BTreeMap::new(), BTreeMap::new());
        for (name, text) in said {
            let Some(input) = self.law.input(name) else { continue };
            let read = match self.field(name) {
                Some(field) => {
                    let read = read_one(self.form, field, &value_of(field, text), &answers, &given);
                    read.map(|value| value.and_then(|value| fact(&input, field, &value)))
                }
                None => Ok(Some(text.clone())),
            };
            match read.map(|text| text.and_then(|text| self.law.normal(name, &text))) {
                Ok(Some(fact)) => drop(facts.insert(name.clone(), fact)),
                Ok(None) => drop(refusals.insert(name.clone(), self.unreadable(&input))),
                Err(refusal) => drop(refusals.insert(name.clone(), refusal)),
            }
        }
        (facts, refusals)
    }

    fn unreadable(&self, input: &VariableView) -> Refusal {
        let question = self.law.question(&input.name, self.form, self.language).map(|question| question.question);
        Refusal::new("entitled-fact").with("question", question.unwrap_or_default()).with("name", input.name.as_str())
    }

    /// The question of the form that asks the same; what is worked out or uploaded is asked by nobody.
    fn field(&self, name: &str) -> Option<&Field> {
        let (page, field) = self.form.field(name)?;
        (page.repeat == 0 && !matches!(field.kind, Kind::Calculated | Kind::Upload | Kind::Several)).then_some(field)
    }
}

/// An option of the rules as the choice of the form that means the same.
fn value_of(field: &Field, text: &str) -> String {
    let choice = field.choices.iter().find(|choice| same(&choice.value, text));
    choice.map_or_else(|| text.to_owned(), |choice| choice.value.clone())
}

impl Law {
    /// An input of the rules.
    pub fn input(&self, name: &str) -> Option<VariableView> {
        self.rules.variable(name).filter(|variable| variable.sort == Sort::Input)
    }

    /// Questions of a form that feed an input of another type: the rules could not read every answer.
    pub fn misfits(&self, form: &Form, language: Language) -> Vec<Refusal> {
        let misfit = |(_, field): (&forms::FormPage, &Field)| {
            let input = self.input(&field.name)?;
            let fits = match input.kind.as_str() {
                "yesno" => field.kind == Kind::YesNo,
                "integer" => field.kind == Kind::Number && field.bounds.whole,
                "number" | "money" => matches!(field.kind, Kind::Number | Kind::Money | Kind::Calculated),
                "date" => field.kind == Kind::Date,
                "text" => !matches!(field.kind, Kind::Several | Kind::Upload),
                _ => {
                    let is_option = |value: &str| input.options.iter().any(|option| same(value, option));
                    field.kind == Kind::Choice && field.choices.iter().all(|choice| is_option(&choice.value))
                }
            };
            let refusal = Refusal::new("rules-question")
                .at("rules")
                .with("question", field.label.in_language(language))
                .with("name", field.name.as_str())
                .with("options", input.options.join(", "))
                .with("kind", input.kind);
            (!fits).then_some(refusal)
        };
        form.fields().filter_map(misfit).collect()
    }
}
