//! Asked once only: answers from what the town already holds about the signed-in person, taken when they say so, each by itself.

use crate::{
    model::{Application, Definition},
    store,
};
use civic::{Language, Moment, PersonId};
use database::{DbError, Tx};
use forms::{Answers, Field, Form, Kind};
use people::accounts::{self, Person};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use web::{Sayings, Town};

/// Earlier applications that are looked through, the newest.
const APPLICATIONS_LIMIT: usize = 20;
/// The names of questions that ask for the name of the account.
const NAMES: [&str; 2] = ["full_name", "name"];
/// What an answer of the account comes from.
const ACCOUNT: &str = "account";

/// Where an answer comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The account.
    Account,
    /// An earlier application.
    Application {
        /// Its reference.
        code: String,
        /// The code of its service.
        service: String,
        /// When it was filed.
        filed_at: Moment,
    },
}

/// An answer that could be taken.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    /// The name of the question.
    pub name: String,
    /// The answer.
    pub value: Value,
    /// Where it comes from.
    pub origin: Origin,
}

/// An answer that was taken: the name of its question, and `account` or the reference of an application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    /// The question.
    pub name: String,
    /// Where it came from.
    pub from: String,
}

impl Offer {
    /// As it is kept with the draft.
    pub fn taken(&self) -> Taken {
        let from = match &self.origin {
            Origin::Account => ACCOUNT.to_owned(),
            Origin::Application { code, .. } => code.clone(),
        };
        Taken { name: self.name.clone(), from }
    }
}

/// What could be taken over into a form, in the order of its questions.
pub fn offers(tx: &mut Tx<'_>, town: &Town, person: PersonId, form: &Form) -> Result<Vec<Offer>, DbError> {
    let Some(account) = accounts::by_id(tx, person)? else { return Ok(Vec::new()) };
    let mut earlier = Vec::new();
    let mut forms: BTreeMap<(String, i64), Option<Definition>> = BTreeMap::new();
    for one in store::by_person(tx, person)?.into_iter().filter(|one| !one.is_erased).take(APPLICATIONS_LIMIT) {
        let version = (one.service.clone(), one.number);
        if !forms.contains_key(&version) {
            let found = store::version_of(tx, &one.service, one.number)?;
            forms.insert(version.clone(), found);
        }
        if let Some(Some(definition)) = forms.get(&version) {
            earlier.push((one, definition.form.clone()));
        }
    }
    let districts = town.part::<places::Districts>();
    let is_district = |code: &str| districts.name(code).is_some();
    Ok(offers_of(form, &account, &earlier, &is_district))
}

/// The same, of what is known. Pure.
fn offers_of(
    form: &Form,
    account: &Person,
    earlier: &[(Application, Form)],
    is_district: &dyn Fn(&str) -> bool,
) -> Vec<Offer> {
    let offer = |field: &Field| {
        let of_earlier = earlier.iter().find_map(|(one, asked)| {
            let value = one.answers.0.get(&field.name)?;
            let (page, then) = asked.field(&field.name)?;
            let fits = page.repeat == 0 && then.kind == field.kind && fits(field, value, is_district);
            let (code, service) = (one.code.to_string(), one.service.clone());
            let origin = Origin::Application { code, service, filed_at: one.filed_at };
            fits.then(|| Offer { name: field.name.clone(), value: value.clone(), origin })
        });
        of_earlier.or_else(|| {
            let text = match field.kind {
                Kind::Text if NAMES.contains(&field.name.as_str()) => account.name.trim().to_owned(),
                Kind::Email => account.email.as_ref().map(ToString::to_string).unwrap_or_default(),
                _ => String::new(),
            };
            (!text.is_empty()).then(|| Offer { name: field.name.clone(), value: json!(text), origin: Origin::Account })
        })
    };
    form.fields()
        .filter(|(page, field)| page.repeat == 0 && may_be_taken(field.kind))
        .filter_map(|(_, field)| offer(field))
        .collect()
}

/// Whether an answer of this kind can be the same again. What is signed, shown or worked out belongs to one application.
fn may_be_taken(kind: Kind) -> bool {
    !matches!(kind, Kind::Signature | Kind::Upload | Kind::Calculated)
}

/// Whether an answer can be given to a question as it is asked today.
fn fits(field: &Field, value: &Value, is_district: &dyn Fn(&str) -> bool) -> bool {
    let is_choice =
        |value: &Value| value.as_str().is_some_and(|text| field.choices.iter().any(|one| one.value == text));
    match field.kind {
        Kind::Choice => is_choice(value),
        Kind::Several => value.as_array().is_some_and(|all| !all.is_empty() && all.iter().all(is_choice)),
        Kind::District => value.as_str().is_some_and(is_district),
        // A bound by another answer is looked at when everything is sent.
        Kind::Number | Kind::Money => forms::broken(&Form::default(), field, value, &Answers::default()).is_none(),
        _ => !value.is_null(),
    }
}

/// Puts answers that somebody ticked into a draft, and says which.
pub fn take(answers: &mut Answers, offers: &[Offer], ticked: &[String]) -> Vec<Taken> {
    let wanted = offers.iter().filter(|offer| ticked.contains(&offer.name));
    wanted
        .map(|offer| {
            answers.0.insert(offer.name.clone(), offer.value.clone());
            offer.taken()
        })
        .collect()
}

/// What was taken in words, a line for each, for the file of the case.
pub fn in_words(taken: &[Taken], form: &Form, t: &Sayings, language: Language) -> String {
    let line = |one: &Taken| {
        let label = form.field(&one.name).map(|(_, field)| field.label.in_language(language)).unwrap_or(&one.name);
        let from = if one.from == ACCOUNT { t.say("sv-prefill-account") } else { one.from.as_str() };
        t.with2("sv-prefill-line", "question", label, "from", from)
    };
    taken.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::{fits, may_be_taken};
    use civic::LocalText;
    use forms::{Choice, Field, Kind};
    use serde_json::json;

    fn field(kind: Kind) -> Field {
        let choice = |value: &str| Choice { value: value.to_owned(), label: LocalText::plain(value) };
        Field {
            name: "zone".to_owned(),
            kind,
            label: LocalText::plain("Zone"),
            hint: None,
            required: true,
            choices: vec![choice("a"), choice("b")],
            formula: String::new(),
            bounds: forms::Bounds::default(),
        }
    }

    #[test]
    fn only_what_can_still_be_answered_so_is_offered() {
        let is_district = |code: &str| code == "1";
        let is = |kind: Kind, value: serde_json::Value| fits(&field(kind), &value, &is_district);
        assert!(is(Kind::Choice, json!("a")) && !is(Kind::Choice, json!("c")), "a choice that is no more");
        assert!(is(Kind::Several, json!(["a", "b"])) && !is(Kind::Several, json!(["a", "c"])));
        assert!(is(Kind::District, json!("1")) && !is(Kind::District, json!("9")));
        assert!(is(Kind::Text, json!("Amina")) && is(Kind::YesNo, json!(false)));
        let most = forms::Bounds { most: Some(300), ..forms::Bounds::default() };
        let bounded = Field { bounds: most, ..field(Kind::Number) };
        assert!(fits(&bounded, &json!(3), &is_district) && !fits(&bounded, &json!(4), &is_district));
        for kind in [Kind::Signature, Kind::Upload, Kind::Calculated] {
            assert!(!may_be_taken(kind), "{kind:?}");
        }
    }
}
