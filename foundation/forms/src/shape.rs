//! What a form is.

use super::{bounds::Bounds, calculate::check_formula};
use civic::{LocalText, words};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use web::Refusal;

/// Pages a form may have.
pub const PAGES_LIMIT: usize = 60;
/// Questions a form may have on all its pages.
pub const FIELDS_LIMIT: usize = 200;
/// Questions one page may have.
pub const FIELDS_OF_PAGE_LIMIT: usize = 20;
/// Answers one question may offer.
pub const CHOICES_LIMIT: usize = 60;
/// How often a page may be filled in.
pub const REPEATS_LIMIT: u32 = 12;
/// Characters of a name of a question or page.
const NAME_LIMIT: usize = 40;

words! {
    /// What kind of answer a question takes.
    Kind {
        /// One line.
        Text = "text",
        /// Several lines.
        LongText = "long-text",
        /// A number.
        Number = "number",
        /// An amount of money.
        Money = "money",
        /// A day.
        Date = "date",
        /// Yes or no.
        YesNo = "yes-no",
        /// One of several.
        Choice = "choice",
        /// Any of several.
        Several = "several",
        /// Where somebody lives.
        Address = "address",
        /// One of the town's districts.
        District = "district",
        /// An address for mail.
        Email = "email",
        /// A telephone number.
        Phone = "phone",
        /// A photo of a paper.
        Upload = "upload",
        /// A name that stands for a signature.
        Signature = "signature",
        /// An amount that is worked out from other answers.
        Calculated = "calculated",
    }
}

/// A form: pages in order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// The pages.
    pub pages: Vec<FormPage>,
}

/// One page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormPage {
    /// Its name in addresses.
    pub id: String,
    /// Its heading.
    pub title: LocalText,
    /// A line under it.
    pub hint: Option<LocalText>,
    /// When it is shown; `None` for always.
    pub show_if: Option<Condition>,
    /// How often it may be filled in; 0 for once.
    pub repeat: u32,
    /// The questions.
    pub fields: Vec<Field>,
}

/// The answer to an earlier question by which a page is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    /// The name of the question.
    pub field: String,
    /// What must have been answered: a value of the choice, `yes` or `no`.
    pub is: String,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// Its name in the answers, and for rules.
    pub name: String,
    /// What kind of answer it takes.
    pub kind: Kind,
    /// The question.
    pub label: LocalText,
    /// A line that helps to answer.
    pub hint: Option<LocalText>,
    /// Whether it must be answered.
    pub required: bool,
    /// What can be chosen.
    pub choices: Vec<Choice>,
    /// How an amount is worked out; empty for every other kind.
    pub formula: String,
    /// What a number or an amount may be.
    #[serde(default, skip_serializing_if = "Bounds::is_none")]
    pub bounds: Bounds,
}

/// Something to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Its value in the answers.
    pub value: String,
    /// What people read.
    pub label: LocalText,
}

impl Form {
    /// Every question with its page.
    pub fn fields(&self) -> impl Iterator<Item = (&FormPage, &Field)> {
        self.pages.iter().flat_map(|page| page.fields.iter().map(move |field| (page, field)))
    }

    /// The question of this name.
    pub fn field(&self, name: &str) -> Option<(&FormPage, &Field)> {
        self.fields().find(|(_, field)| field.name == name)
    }

    /// The page of this name.
    pub fn page(&self, id: &str) -> Option<&FormPage> {
        self.pages.iter().find(|page| page.id == id)
    }
}

/// Whether a text can be the name of a question or page: lower-case letters, digits and `_`, a letter first.
fn is_name(text: &str) -> bool {
    text.len() <= NAME_LIMIT
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

/// What stands in the way of this form, in the order of its pages.
///
/// # Errors
/// The first thing to put right.
pub fn check(form: &Form) -> Result<(), Refusal> {
    if form.pages.len() > PAGES_LIMIT {
        return Err(Refusal::new("form-pages-many").with("most", PAGES_LIMIT));
    }
    if form.fields().count() > FIELDS_LIMIT {
        return Err(Refusal::new("form-fields-many").with("most", FIELDS_LIMIT));
    }
    let mut names: BTreeSet<&str> = BTreeSet::new();
    for page in &form.pages {
        if !is_name(&page.id) || matches!(page.id.as_str(), "check" | "keep" | "appointment") {
            return Err(Refusal::new("form-name").with("name", page.id.as_str()));
        }
        check_page(page, form, &names)?;
        for name in std::iter::once(&page.id).chain(page.fields.iter().map(|field| &field.name)) {
            if !names.insert(name) {
                return Err(Refusal::new("form-name-twice").with("name", name.as_str()));
            }
        }
    }
    Ok(())
}

fn check_page(page: &FormPage, form: &Form, before: &BTreeSet<&str>) -> Result<(), Refusal> {
    let at = |code| Refusal::new(code).with("name", page.id.as_str());
    if page.fields.is_empty() {
        return Err(at("form-page-empty"));
    }
    if page.fields.len() > FIELDS_OF_PAGE_LIMIT {
        return Err(at("form-page-full").with("most", FIELDS_OF_PAGE_LIMIT));
    }
    if page.repeat > REPEATS_LIMIT || (page.repeat > 0 && page.fields.iter().any(|field| field.kind == Kind::Upload)) {
        return Err(at("form-repeats").with("most", i64::from(REPEATS_LIMIT)));
    }
    if let Some(condition) = &page.show_if {
        let known = form.field(&condition.field).filter(|(of, _)| of.repeat == 0 && before.contains(of.id.as_str()));
        let fits = known.is_some_and(|(_, field)| match field.kind {
            Kind::YesNo => matches!(condition.is.as_str(), "yes" | "no"),
            Kind::Choice | Kind::Several => field.choices.iter().any(|choice| choice.value == condition.is),
            _ => false,
        });
        if !fits {
            return Err(at("form-condition").with("field", condition.field.as_str()));
        }
    }
    page.fields.iter().try_for_each(|field| check_field(field, form, before))
}

fn check_field(field: &Field, form: &Form, before: &BTreeSet<&str>) -> Result<(), Refusal> {
    let at = |code| Refusal::new(code).with("name", field.name.as_str());
    if !is_name(&field.name) {
        return Err(at("form-name"));
    }
    if matches!(field.kind, Kind::Choice | Kind::Several) {
        let values: BTreeSet<&str> = field.choices.iter().map(|choice| choice.value.as_str()).collect();
        let fine = (1..=CHOICES_LIMIT).contains(&field.choices.len()) && values.len() == field.choices.len();
        if !fine || !values.iter().all(|value| !value.is_empty() && value.len() <= NAME_LIMIT) {
            return Err(at("form-choices").with("most", CHOICES_LIMIT));
        }
    } else if !field.choices.is_empty() {
        return Err(at("form-choices").with("most", CHOICES_LIMIT));
    }
    if !field.bounds.fits(field.kind) {
        return Err(at("form-bounds"));
    }
    let other = &field.bounds.at_most;
    let is_earlier = |(page, of): (&FormPage, &Field)| {
        page.repeat == 0
            && before.contains(other.as_str())
            && matches!(of.kind, Kind::Number | Kind::Money | Kind::Calculated)
    };
    if !other.is_empty() && !form.field(other).is_some_and(is_earlier) {
        return Err(at("form-at-most").with("other", other.as_str()));
    }
    if field.kind == Kind::Calculated {
        let may_use = |name: &str| {
            before.contains(name)
                && form
                    .field(name)
                    .is_some_and(|(_, of)| matches!(of.kind, Kind::Number | Kind::Money | Kind::Calculated))
        };
        return check_formula(&field.formula, &may_use)
            .map_err(|at_character| at("form-formula").with("place", at_character + 1));
    }
    if field.formula.is_empty() { Ok(()) } else { Err(at("form-formula").with("place", 1_usize)) }
}
