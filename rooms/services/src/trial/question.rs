//! Other words, another place or no place for a question of a draft: a short text that people read and the form runs with. Pure.
//!
//! ```text
//! label en: What is your full name?
//! hint en: As in your papers.
//! required: no
//! choice owner en: I own it
//! after: own_car
//! leave out
//! ```

use civic::{Language, LocalText};
use forms::{Choice, Form};
use web::Refusal;

/// What is first in a form: the place before all questions.
pub const FIRST: &str = "-";
/// Characters of a label, a hint or a choice.
const WORDS_LIMIT: usize = 300;

/// A change of one question. What is `None` stays as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionChange {
    /// The language of the words.
    pub language: Language,
    /// The question.
    pub label: Option<String>,
    /// The line that helps; empty for none in this language.
    pub hint: Option<String>,
    /// Whether it must be answered.
    pub required: Option<bool>,
    /// What the choices are called, by their values; a value that is new adds a choice.
    pub choices: Vec<(String, String)>,
    /// The question after which it stands, or [`FIRST`].
    pub after: Option<String>,
    /// Whether it is not asked any more.
    pub leave_out: bool,
}

impl QuestionChange {
    /// A change of nothing, in words of this language.
    pub fn none(language: Language) -> Self {
        Self { language, label: None, hint: None, required: None, choices: Vec::new(), after: None, leave_out: false }
    }

    /// As a text, one line for each thing that changes; empty where nothing does.
    pub fn text(&self) -> String {
        let tag = self.language.tag();
        let mut lines = Vec::new();
        let mut say = |what: &str, words: &Option<String>| {
            if let Some(words) = words {
                lines.push(format!("{what}: {}", in_one_line(words)).trim_end().to_owned());
            }
        };
        say(&format!("label {tag}"), &self.label);
        say(&format!("hint {tag}"), &self.hint);
        say("required", &self.required.map(|required| if required { "yes" } else { "no" }.to_owned()));
        for (value, words) in &self.choices {
            say(&format!("choice {value} {tag}"), &Some(words.clone()));
        }
        say("after", &self.after);
        if self.leave_out {
            lines.push("leave out".to_owned());
        }
        lines.join("\n")
    }

    /// Reads such a text; `None` where a line says nothing known, or words are in a second language.
    pub fn read(text: &str) -> Option<Self> {
        let (mut change, mut tongue): (Option<Self>, Option<Language>) = (None, None);
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            if line == "leave out" {
                change.get_or_insert_with(|| Self::none(Language::En)).leave_out = true;
                continue;
            }
            let (what, words) = line.split_once(':')?;
            let words = words.trim().to_owned();
            let parts: Vec<&str> = what.split_whitespace().collect();
            let own = change.get_or_insert_with(|| Self::none(Language::En));
            let mut language = |tag: &str| {
                let language = tag.parse::<Language>().ok()?;
                (*tongue.get_or_insert(language) == language).then_some(language)
            };
            match parts.as_slice() {
                ["label", tag] => (own.language, own.label) = (language(tag)?, Some(words)),
                ["hint", tag] => (own.language, own.hint) = (language(tag)?, Some(words)),
                ["choice", value, tag] => {
                    own.language = language(tag)?;
                    own.choices.push(((*value).to_owned(), words));
                }
                ["required"] => own.required = Some(matches!(words.as_str(), "yes")),
                ["after"] => own.after = Some(words),
                _ => return None,
            }
        }
        change
    }
}

fn in_one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The form with this change of the question `name`.
///
/// # Errors
/// `trial-part-gone` where there is no such question, or none to stand after; `trial-same` where nothing changes; `trial-only` for the last
/// question of all; `words-long`; what [`forms::check`] finds of the whole form.
pub fn with_change(form: &Form, name: &str, change: &QuestionChange) -> Result<Form, Refusal> {
    let gone = || Refusal::conflict("trial-part-gone");
    let words =
        [&change.label, &change.hint].into_iter().flatten().chain(change.choices.iter().map(|(_, words)| words));
    if words.into_iter().any(|words| words.chars().count() > WORDS_LIMIT) {
        return Err(Refusal::new("words-long").at("label").with("most", WORDS_LIMIT));
    }
    let mut new = form.clone();
    let at = |form: &Form, name: &str| {
        let places = form.pages.iter().enumerate();
        places.into_iter().find_map(|(page, one)| Some((page, one.fields.iter().position(|field| field.name == name)?)))
    };
    let (page, place) = at(&new, name).ok_or_else(gone)?;
    if change.leave_out {
        new.pages[page].fields.remove(place);
        new.pages.retain(|page| !page.fields.is_empty());
        return if new.pages.is_empty() { Err(Refusal::new("trial-only")) } else { checked(form, new) };
    }
    let field = &mut new.pages[page].fields[place];
    if let Some(label) = &change.label {
        if label.is_empty() {
            return Err(Refusal::new("form-label").at("label"));
        }
        field.label = field.label.clone().with(change.language, label.as_str());
    }
    match change.hint.as_deref() {
        Some("") => field.hint = field.hint.take().and_then(|own| without(own, change.language)),
        Some(hint) => {
            let before = field.hint.take();
            field.hint =
                Some(before.map_or_else(|| only(change.language, hint), |own| own.with(change.language, hint)));
        }
        None => {}
    }
    field.required = change.required.unwrap_or(field.required);
    for (value, words) in &change.choices {
        match field.choices.iter_mut().find(|choice| choice.value == *value) {
            Some(choice) => choice.label = choice.label.clone().with(change.language, words.as_str()),
            None => field.choices.push(Choice { value: value.clone(), label: only(change.language, words) }),
        }
    }
    if let Some(after) = &change.after {
        let field = new.pages[page].fields.remove(place);
        let (to, behind) = if after == FIRST {
            (0, 0)
        } else {
            at(&new, after).map(|(page, place)| (page, place + 1)).ok_or_else(gone)?
        };
        new.pages[to].fields.insert(behind, field);
        new.pages.retain(|page| !page.fields.is_empty());
    }
    checked(form, new)
}

/// The words in the other languages; `None` where there are none.
fn without(words: LocalText, language: Language) -> Option<LocalText> {
    let mut all = std::collections::BTreeMap::from(words);
    all.remove(&language);
    LocalText::try_from(all).ok()
}

fn only(language: Language, words: &str) -> LocalText {
    LocalText::try_from(std::collections::BTreeMap::from([(language, words.to_owned())]))
        .expect("one language is there")
}

fn checked(before: &Form, new: Form) -> Result<Form, Refusal> {
    if new == *before {
        return Err(Refusal::new("trial-same"));
    }
    forms::check(&new)?;
    Ok(new)
}

#[cfg(test)]
mod tests {
    use super::{FIRST, QuestionChange, with_change};
    use civic::{Language, LocalText};
    use forms::{Choice, Condition, Field, Form, FormPage, Kind};

    fn field(name: &str, kind: Kind) -> Field {
        let choice = |value: &str| Choice { value: value.to_owned(), label: LocalText::plain(value) };
        let choices = if kind == Kind::Choice { vec![choice("owner"), choice("tenant")] } else { Vec::new() };
        let label = LocalText::plain(name).with(Language::Es, format!("{name} (es)"));
        Field {
            name: name.to_owned(),
            kind,
            label,
            hint: None,
            required: true,
            choices,
            formula: String::new(),
            bounds: forms::Bounds::default(),
        }
    }

    fn form() -> Form {
        let page = |id: &str, fields| FormPage {
            id: id.to_owned(),
            title: LocalText::plain(id),
            hint: None,
            show_if: None,
            repeat: 0,
            fields,
        };
        let mut last = page("last", vec![field("rent", Kind::Money)]);
        last.show_if = Some(Condition { field: "home".to_owned(), is: "tenant".to_owned() });
        Form {
            pages: vec![
                page("first", vec![field("name", Kind::Text), field("mail", Kind::Email)]),
                page("second", vec![field("home", Kind::Choice)]),
                last,
            ],
        }
    }

    fn none() -> QuestionChange {
        QuestionChange::none(Language::Es)
    }

    fn names(form: &Form) -> Vec<Vec<&str>> {
        form.pages.iter().map(|page| page.fields.iter().map(|field| field.name.as_str()).collect()).collect()
    }

    #[test]
    fn a_change_can_be_read_back_from_its_text() {
        let all = QuestionChange {
            label: Some("¿Cómo se\n llama: usted?".to_owned()),
            hint: Some(String::new()),
            required: Some(false),
            choices: vec![("owner".to_owned(), "Es mío: todo".to_owned())],
            after: Some(FIRST.to_owned()),
            leave_out: true,
            ..none()
        };
        let flat = QuestionChange { label: Some("¿Cómo se llama: usted?".to_owned()), ..all.clone() };
        assert_eq!(QuestionChange::read(&all.text()), Some(flat));
        assert_eq!(none().text(), "");
        let second = "label en: x\nhint es: y";
        for text in ["", "nothing known", "label: x", "label xx: x", "label en: x\ncolour: red", second] {
            assert_eq!(QuestionChange::read(text), None, "{text}");
        }
    }

    #[test]
    fn words_change_in_one_language_and_the_others_stay() {
        let change = QuestionChange {
            label: Some("¿Nombre?".to_owned()),
            hint: Some("Como en el carné".to_owned()),
            required: Some(false),
            ..none()
        };
        let changed = with_change(&form(), "name", &change).unwrap();
        let (_, field) = changed.field("name").unwrap();
        assert_eq!(
            (field.label.in_language(Language::En), field.label.in_language(Language::Es)),
            ("name", "¿Nombre?")
        );
        assert_eq!(field.hint.as_ref().unwrap().exactly(Language::Es), Some("Como en el carné"));
        assert!(!field.required);
        let none_again = QuestionChange { hint: Some(String::new()), ..none() };
        assert_eq!(with_change(&changed, "name", &none_again).unwrap().field("name").unwrap().1.hint, None);
        // The line goes in this language only.
        let english =
            QuestionChange { hint: Some("As in your papers".to_owned()), ..QuestionChange::none(Language::En) };
        let both = with_change(&changed, "name", &english).unwrap();
        let left = with_change(&both, "name", &none_again).unwrap();
        let hint = left.field("name").unwrap().1.hint.clone().unwrap();
        assert_eq!((hint.exactly(Language::En), hint.exactly(Language::Es)), (Some("As in your papers"), None));
        assert_eq!(with_change(&left, "name", &none_again).unwrap_err().code, "trial-same");
        let choices = vec![("owner".to_owned(), "Es mío".to_owned()), ("guest".to_owned(), "De visita".to_owned())];
        let changed = with_change(&form(), "home", &QuestionChange { choices, ..none() }).unwrap();
        let values: Vec<&str> = changed.field("home").unwrap().1.choices.iter().map(|one| one.value.as_str()).collect();
        assert_eq!(values, ["owner", "tenant", "guest"]);
    }

    #[test]
    fn a_question_moves_or_goes_and_the_whole_form_must_still_make_sense() {
        let moved = |name: &str, after: &str| {
            with_change(&form(), name, &QuestionChange { after: Some(after.to_owned()), ..none() })
        };
        assert_eq!(names(&moved("mail", FIRST).unwrap())[0], ["mail", "name"]);
        assert_eq!(names(&moved("name", "home").unwrap()), [vec!["mail"], vec!["home", "name"], vec!["rent"]]);
        assert_eq!(moved("name", "nowhere").unwrap_err().code, "trial-part-gone");
        assert_eq!(moved("nobody", "home").unwrap_err().code, "trial-part-gone");
        assert_eq!(moved("mail", "name").unwrap_err().code, "trial-same");
        // The last page hangs on an answer that would come after it.
        assert_eq!(moved("home", "rent").unwrap_err().code, "form-condition");
        let out = |form: &Form, name: &str| with_change(form, name, &QuestionChange { leave_out: true, ..none() });
        assert_eq!(out(&form(), "home").unwrap_err().code, "form-condition");
        assert_eq!(names(&out(&form(), "mail").unwrap())[0], ["name"]);
        let small = Form { pages: vec![form().pages.remove(1)] };
        assert_eq!(out(&small, "home").unwrap_err().code, "trial-only");
        let empty = QuestionChange { label: Some(String::new()), ..none() };
        assert_eq!(with_change(&form(), "name", &empty).unwrap_err().code, "form-label");
        let long = QuestionChange { label: Some("x".repeat(301)), ..none() };
        assert_eq!(with_change(&form(), "name", &long).unwrap_err().code, "words-long");
    }
}
