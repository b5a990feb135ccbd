//! A question of a draft: what can be changed of it without code, and how it would be.

use super::part::{Found, Tried};
use crate::trial::{FIRST, QuestionChange, fenced, question_of, with_change};
use civic::Language;
use forms::{Answers, Field, Form, Kind, Question, questions};
use web::{Refusal, Town, Visit, forms::Submission, parts::Choice};

/// What can be changed of a question, with what it is or was typed.
pub(super) struct QuestionFields {
    pub(super) label: String,
    pub(super) hint: String,
    /// One choice a line, `value = words`; `None` where the question has none.
    pub(super) choices: Option<String>,
    pub(super) required: Vec<Choice>,
    pub(super) after: Vec<Choice>,
    pub(super) leave_out: bool,
}

/// How a changed question would be.
pub(super) struct Previewed {
    /// The change as it is proposed.
    pub(super) text: String,
    /// The question; none where it would be left out.
    pub(super) question: Option<Question>,
    /// What becomes of it, in a sentence.
    pub(super) note: String,
}

fn field_of(found: &Found) -> Option<&Field> {
    let name = question_of(&found.part.name)?;
    found.trial.definition.form.field(name).map(|(_, field)| field)
}

/// The words of a question in this language and no other, empty where there are none: the original is not taken for a translation, nor kept as one.
fn own_words(field: &Field, language: Language) -> (String, String) {
    let hint = field.hint.as_ref().and_then(|hint| hint.exactly(language)).unwrap_or_default();
    (field.label.exactly(language).unwrap_or_default().to_owned(), hint.to_owned())
}

fn choice_lines(field: &Field, language: Language) -> String {
    let line =
        |choice: &forms::Choice| format!("{} = {}", choice.value, choice.label.exactly(language).unwrap_or_default());
    field.choices.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// What the page of a question offers to change; `None` for an item of the rules.
pub(super) fn fields(visit: &Visit, found: &Found, typed: Option<&Submission>) -> Option<QuestionFields> {
    let (t, field) = (&visit.t, field_of(found)?);
    let (label, hint) = own_words(field, t.language());
    let was = |name: &str, now: String| typed.and_then(|form| form.raw(name)).map_or(now, str::to_owned);
    let chosen = was("required", if field.required { "yes" } else { "no" }.to_owned());
    let choice = |value: &str, label: &str, chosen: &str| Choice {
        value: value.to_owned(),
        label: label.to_owned(),
        detail: String::new(),
        chosen: value == chosen,
    };
    let moved = was("after", String::new());
    let others = found.trial.definition.form.fields().filter(|(page, one)| page.repeat == 0 && one.name != field.name);
    let behind = |one: &Field| {
        choice(&one.name, &t.with1("sv-draft-after", "question", one.label.in_language(t.language())), &moved)
    };
    let places = [choice("", t.say("sv-draft-stays"), &moved), choice(FIRST, t.say("sv-draft-first"), &moved)];
    Some(QuestionFields {
        label: was("label", label),
        hint: was("hint", hint),
        choices: matches!(field.kind, Kind::Choice | Kind::Several)
            .then(|| was("choices", choice_lines(field, t.language()))),
        required: vec![choice("yes", t.say("form-yes"), &chosen), choice("no", t.say("form-no"), &chosen)],
        after: places.into_iter().chain(others.map(|(_, one)| behind(one))).collect(),
        leave_out: typed.is_some_and(|form| form.is_ticked("leave-out")),
    })
}

/// The change that was typed, as its text: only what differs from the draft. Empty where nothing does.
pub(super) fn typed(visit: &Visit, found: &Found, sent: &Submission) -> String {
    let Some(field) = field_of(found) else { return String::new() };
    let language = visit.t.language();
    let (label, hint) = own_words(field, language);
    let other = |name: &str, now: &str| {
        let typed = sent.raw(name)?.split_whitespace().collect::<Vec<_>>().join(" ");
        (typed != now).then_some(typed)
    };
    let required = sent.text("required").map(|word| word == "yes").filter(|required| *required != field.required);
    let choices = sent.raw("choices").unwrap_or_default().lines().filter_map(|line| {
        let (value, words) = line.split_once('=').unwrap_or((line, line));
        let value = likeness::fold(value.trim()).split_whitespace().collect::<Vec<_>>().join("-");
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let is = field
            .choices
            .iter()
            .find(|one| one.value == value)
            .map(|one| one.label.exactly(language).unwrap_or_default());
        (!value.is_empty() && !words.is_empty() && is != Some(words.as_str())).then_some((value, words))
    });
    let change = QuestionChange {
        label: other("label", &label),
        hint: other("hint", &hint),
        required,
        choices: if field.choices.is_empty() { Vec::new() } else { choices.collect() },
        after: sent.text("after").map(str::to_owned),
        leave_out: sent.is_ticked("leave-out"),
        ..QuestionChange::none(language)
    };
    if change.leave_out {
        return QuestionChange { leave_out: true, ..QuestionChange::none(language) }.text();
    }
    change.text()
}

/// Puts the change into the form of the draft and shows how the question would be.
pub(super) fn try_out(town: &Town, visit: &Visit, found: &Found, why: String, text: String) -> (Tried, Vec<Refusal>) {
    let (t, name) = (&visit.t, question_of(&found.part.name).unwrap_or_default());
    let mut tried = Tried { why, text, ..Tried::default() };
    let Some(change) = QuestionChange::read(&tried.text) else {
        return (tried, vec![Refusal::new("trial-same").at("label")]);
    };
    let form = match with_change(&found.trial.definition.form, name, &change) {
        Ok(form) => form,
        Err(refusal) => return (tried, vec![if refusal.field.is_some() { refusal } else { refusal.at("label") }]),
    };
    let after = change.after.as_deref().map(|after| match form.field(after) {
        Some((_, of)) => t.with1("sv-draft-would-after", "question", of.label.in_language(t.language())),
        None => t.say("sv-draft-would-first").to_owned(),
    });
    let note = if change.leave_out { t.say("sv-draft-would-go").to_owned() } else { after.unwrap_or_default() };
    let question = preview(town, visit, &form, name);
    tried.comment = fenced(&found.part.name, &tried.why, &tried.text);
    tried.preview = Some(Previewed { text: tried.text.clone(), question, note });
    (tried, Vec::new())
}

fn preview(town: &Town, visit: &Visit, form: &Form, name: &str) -> Option<Question> {
    let (page, field) = form.field(name)?;
    let alone = forms::FormPage { fields: vec![field.clone()], repeat: 0, ..page.clone() };
    questions(town, visit, &alone, &Answers::default(), None, &[]).pop()
}
