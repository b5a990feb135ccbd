//! The designer: questions are added, put right, moved and taken out one by one, without code.

use crate::{
    bounds::written,
    change::choice_lines,
    shape::{Field, Form, FormPage, Kind},
};
use civic::Language;
use web::locals::{LocalFields, local, local_fields};
use web::{Sayings, Town, Visit, forms::Submission, parts};

/// A question of the form.
pub struct FieldLine {
    /// Its name.
    pub name: String,
    /// The question.
    pub label: String,
    /// The kind of answer.
    pub kind: String,
    /// What can be chosen, the formula, or the bounds.
    pub detail: String,
    /// Whether it is the first of its page.
    pub is_first: bool,
    /// Whether it is the last of its page.
    pub is_last: bool,
}

/// A page of the form.
pub struct PageLine {
    /// Its name.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// When it is shown, and how often.
    pub note: String,
    /// Its questions.
    pub fields: Vec<FieldLine>,
    /// Whether it is the first.
    pub is_first: bool,
    /// Whether it is the last.
    pub is_last: bool,
}

/// What stands in the fields of the designer.
#[derive(Clone, Copy)]
pub enum Filled<'f> {
    /// Nothing yet: a question is added.
    Nothing,
    /// The question of this name, to be put right.
    Question(&'f str),
    /// What was typed and has to be put right.
    Typed(&'f Submission),
}

/// What the macro `form_designer.html` shows.
pub struct Designer {
    /// Where it sends what is changed.
    pub action: String,
    /// The version it was made from.
    pub version: i64,
    /// The pages so far.
    pub pages: Vec<PageLine>,
    /// Kinds of answers.
    pub kinds: Vec<parts::Choice>,
    /// Pages on which a question can be put.
    pub on: Vec<parts::Choice>,
    /// Answers on which a page can hang.
    pub conditions: Vec<parts::Choice>,
    /// The question.
    pub labels: LocalFields,
    /// Its hint.
    pub hints: LocalFields,
    /// The heading of its page.
    pub titles: LocalFields,
    /// Answers to choose from, one a line.
    pub choices: String,
    /// How an amount is worked out.
    pub formula: String,
    /// The name for programs.
    pub own_name: String,
    /// How often the page may be filled in.
    pub repeat: String,
    /// Whether it must be answered.
    pub required: bool,
    /// Whether only whole numbers count.
    pub whole: bool,
    /// The least that counts.
    pub least: String,
    /// The most that counts.
    pub most: String,
    /// Earlier questions whose answer can be the most.
    pub at_most: Vec<parts::Choice>,
    /// The name of the question that is put right; empty where one is added.
    pub target: String,
    /// That question in words.
    pub target_label: String,
    /// The form as JSON Schema.
    pub schema: String,
}

/// The designer of a form with what was typed into it. Only kinds of answers in `kinds` are offered; `schema` is the form's own.
pub fn designer(
    town: &Town,
    visit: &Visit,
    form: &Form,
    kinds: &[Kind],
    at: (String, i64),
    schema: String,
    filled: Filled<'_>,
) -> Designer {
    let t = &visit.t;
    let language = t.language();
    let typed = if let Filled::Typed(form) = filled { Some(form) } else { None };
    let asked = if let Filled::Question(name) = filled { Some(name) } else { None };
    // What came back with a mistake is what it was: the schema is no question.
    let typed_question = typed.filter(|form| form.text("act") != Some("schema"));
    let target = typed_question.filter(|form| form.text("act") == Some("change")).and_then(|form| form.text("target"));
    let edited = target.or(asked).and_then(|name| form.field(name));
    let was = |name: &str| match (typed_question, edited) {
        (Some(form), _) => form.text(name).unwrap_or_default().to_owned(),
        (None, Some((page, field))) => so_far(page, field, name),
        (None, None) => {
            if name == "least" {
                "0".to_owned()
            } else {
                String::new()
            }
        }
    };
    let choice = |value: String, label: String, name: &str| parts::Choice {
        chosen: was(name) == value,
        value,
        label,
        detail: String::new(),
    };
    let kinds = kinds
        .iter()
        .map(|kind| choice(kind.word().to_owned(), t.say(&format!("form-kind-{}", kind.word())).to_owned(), "kind"));
    let title_of = |page: &FormPage| page.title.in_language(language).to_owned();
    let new_page = choice(String::new(), t.say("form-edit-new-page").to_owned(), "on");
    let on = form.pages.iter().map(|page| choice(page.id.clone(), title_of(page), "on"));
    let always = choice(String::new(), t.say("form-edit-always").to_owned(), "show-if");
    let conditions =
        conditions(form, language, visit).into_iter().map(|(value, label)| choice(value, label, "show-if"));
    let own = edited.map(|(_, field)| field.name.as_str());
    let numbers = form.fields().filter(|(page, field)| {
        page.repeat == 0
            && Some(field.name.as_str()) != own
            && matches!(field.kind, Kind::Number | Kind::Money | Kind::Calculated)
    });
    let numbers =
        numbers.map(|(_, field)| choice(field.name.clone(), field.label.in_language(language).to_owned(), "at-most"));
    let no_number = choice(String::new(), t.say("form-edit-no-other").to_owned(), "at-most");
    let texts = |name: &str| {
        let hint = format!("form-text-{name}-hint");
        let hint = if t.has(&hint) { t.say(&hint) } else { "" };
        let text = match (typed_question, edited) {
            (Some(form), _) => local(form, name),
            (None, Some((page, field))) => match name {
                "label" => Some(field.label.clone()),
                "hint" => field.hint.clone(),
                _ => (page.title != field.label).then(|| page.title.clone()),
            },
            (None, None) => None,
        };
        local_fields(town, name, t.say(&format!("form-text-{name}")), hint, 1, text.as_ref())
    };
    let is_ticked = |name: &str, of: fn(&Field) -> bool| match typed_question {
        Some(form) => form.is_ticked(name),
        None => edited.is_none_or(|(_, field)| of(field)),
    };
    Designer {
        action: at.0,
        version: at.1,
        pages: page_lines(visit, form),
        kinds: kinds.collect(),
        on: std::iter::once(new_page).chain(on).collect(),
        conditions: std::iter::once(always).chain(conditions).collect(),
        labels: texts("label"),
        hints: texts("hint"),
        titles: texts("page-title"),
        choices: was("choices"),
        formula: was("formula"),
        own_name: was("name"),
        repeat: was("repeat"),
        required: is_ticked("required", |field| field.required),
        whole: is_ticked("whole", |field| field.bounds.whole),
        least: was("least"),
        most: was("most"),
        at_most: std::iter::once(no_number).chain(numbers).collect(),
        target: edited.map(|(_, field)| field.name.clone()).unwrap_or_default(),
        target_label: edited.map(|(_, field)| field.label.in_language(language).to_owned()).unwrap_or_default(),
        schema: typed.and_then(|form| form.raw("schema")).map_or(schema, str::to_owned),
    }
}

/// What stands in a field of the designer for a question as it is.
fn so_far(page: &FormPage, field: &Field, name: &str) -> String {
    let bound = |bound: Option<i64>| bound.map(written).unwrap_or_default();
    match name {
        "kind" => field.kind.word().to_owned(),
        "choices" => choice_lines(&field.choices),
        "formula" => field.formula.clone(),
        "name" => field.name.clone(),
        "repeat" if page.repeat > 0 => page.repeat.to_string(),
        "show-if" => page.show_if.as_ref().map(|one| format!("{}={}", one.field, one.is)).unwrap_or_default(),
        "least" => bound(field.bounds.least),
        "most" => bound(field.bounds.most),
        "at-most" => field.bounds.at_most.clone(),
        _ => String::new(),
    }
}

/// What a number may be, in words; empty where nothing bounds it.
pub(crate) fn bounds_in_words(form: Option<&Form>, field: &Field, t: &Sayings) -> String {
    let bounds = &field.bounds;
    let mut parts = Vec::new();
    if bounds.whole {
        parts.push(t.say("form-bound-whole").to_owned());
    }
    if let Some(least) = bounds.least {
        parts.push(t.with1("form-bound-least", "least", written(least)));
    }
    if let Some(most) = bounds.most {
        parts.push(t.with1("form-bound-most", "most", written(most)));
    }
    if let Some((_, other)) = form.and_then(|form| form.field(&bounds.at_most)) {
        parts.push(t.with1("form-bound-at-most", "other", other.label.in_language(t.language())));
    }
    parts.join(" · ")
}

/// What a page can hang on: every answer of every question with a choice, as `field=value`.
fn conditions(form: &Form, language: Language, visit: &Visit) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for (_, field) in form.fields().filter(|(page, _)| page.repeat == 0) {
        let label = field.label.in_language(language);
        match field.kind {
            Kind::YesNo => {
                for word in ["yes", "no"] {
                    all.push((
                        format!("{}={word}", field.name),
                        format!("{label} {}", visit.t.say(&format!("form-{word}"))),
                    ));
                }
            }
            Kind::Choice | Kind::Several => {
                for choice in &field.choices {
                    all.push((
                        format!("{}={}", field.name, choice.value),
                        format!("{label} {}", choice.label.in_language(language)),
                    ));
                }
            }
            _ => {}
        }
    }
    all
}

fn page_lines(visit: &Visit, form: &Form) -> Vec<PageLine> {
    let t = &visit.t;
    let language = t.language();
    let last = form.pages.len().saturating_sub(1);
    let field = |(at, field): (usize, &Field), last: usize| FieldLine {
        is_first: at == 0,
        is_last: at == last,
        name: field.name.clone(),
        label: field.label.in_language(language).to_owned(),
        kind: t.say(&format!("form-kind-{}", field.kind.word())).to_owned(),
        detail: match field.kind {
            Kind::Calculated => field.formula.clone(),
            Kind::Number | Kind::Money => bounds_in_words(Some(form), field, t),
            _ => field.choices.iter().map(|choice| choice.label.in_language(language)).collect::<Vec<_>>().join(" · "),
        },
    };
    let page = |(at, page): (usize, &FormPage)| {
        let mut notes = Vec::new();
        if let Some(condition) = &page.show_if {
            notes.push(t.with2("form-edit-only-if", "field", condition.field.as_str(), "is", condition.is.as_str()));
        }
        if page.repeat > 0 {
            notes.push(t.with1("form-edit-times", "most", i64::from(page.repeat)));
        }
        PageLine {
            id: page.id.clone(),
            title: page.title.in_language(language).to_owned(),
            note: notes.join(" "),
            fields: page.fields.iter().enumerate().map(|one| field(one, page.fields.len().saturating_sub(1))).collect(),
            is_first: at == 0,
            is_last: at == last,
        }
    };
    form.pages.iter().enumerate().map(page).collect()
}
