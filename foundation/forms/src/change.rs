//! What an officer's act makes of a form: a question is added, put right, moved or taken out.

use crate::{
    answers::number,
    bounds::Bounds,
    calculate::hundredths,
    shape::{Choice, Condition, Field, Form, FormPage, Kind},
};
use civic::{Language, LocalText};
use std::collections::BTreeMap;
use web::locals::local;
use web::{Refusal, forms::Submission, money::read_amount};

/// The form after what was asked: `act` is `add`, `change`, `up`, `down`, `remove` or `schema`; `target` names the question or page.
///
/// # Errors
/// Everything to put right; `form-question-gone` for a `change` of a question that is not there.
pub fn changed(before: &Form, sent: &Submission) -> Result<Form, Vec<Refusal>> {
    let mut form = before.clone();
    let target = sent.text("target").unwrap_or_default();
    match sent.text("act").unwrap_or("add") {
        "schema" => {
            return crate::schema::read(sent.raw("schema").unwrap_or_default()).map_err(|refusal| vec![refusal]);
        }
        "add" => add(&mut form, sent)?,
        "change" => change(&mut form, target, sent)?,
        "remove" => {
            form.pages.iter_mut().for_each(|page| page.fields.retain(|field| field.name != target));
            form.pages.retain(|page| !page.fields.is_empty());
        }
        "up" => step(&mut form, target, -1),
        "down" => step(&mut form, target, 1),
        _ => {}
    }
    Ok(form)
}

/// Moves a page among the pages, or a question among those of its page; at the end nothing moves.
fn step(form: &mut Form, target: &str, by: isize) {
    fn swap<T>(all: &mut [T], at: usize, by: isize) {
        if let Some(to) = at.checked_add_signed(by).filter(|to| *to < all.len()) {
            all.swap(at, to);
        }
    }
    if let Some(at) = form.pages.iter().position(|page| page.id == target) {
        return swap(&mut form.pages, at, by);
    }
    for page in &mut form.pages {
        if let Some(at) = page.fields.iter().position(|field| field.name == target) {
            return swap(&mut page.fields, at, by);
        }
    }
}

fn add(form: &mut Form, sent: &Submission) -> Result<(), Vec<Refusal>> {
    let label = local(sent, "label");
    let name = match (sent.text("name"), &label) {
        (Some(name), _) => name.to_owned(),
        (None, Some(label)) => free_name(form, label.in_language(Language::En)),
        (None, None) => String::new(),
    };
    let field = field(sent, name, &[])?;
    if let Some(page) = sent.text("on").and_then(|on| form.pages.iter_mut().find(|page| page.id == on)) {
        page.fields.push(field);
        return Ok(());
    }
    form.pages.push(FormPage {
        id: free_name(form, &format!("page_{}", field.name)),
        title: local(sent, "page-title").unwrap_or_else(|| field.label.clone()),
        hint: None,
        show_if: show_if(sent),
        repeat: repeat(sent),
        fields: vec![field],
    });
    Ok(())
}

/// Puts a question right where it stands, and its page with it. What hangs on its name is found by the check of the whole form.
fn change(form: &mut Form, target: &str, sent: &Submission) -> Result<(), Vec<Refusal>> {
    let gone = || vec![Refusal::conflict("form-question-gone").with("name", target)];
    let found = form.pages.iter_mut().find(|page| page.fields.iter().any(|field| field.name == target));
    let page = found.ok_or_else(gone)?;
    let at = page.fields.iter().position(|field| field.name == target).ok_or_else(gone)?;
    let before = &page.fields[at];
    let new = field(sent, sent.text("name").unwrap_or(target).to_owned(), &before.choices)?;
    let is_alone = page.fields.len() == 1;
    match local(sent, "page-title") {
        Some(title) => page.title = title,
        None if is_alone || page.title == before.label => page.title = new.label.clone(),
        None => {}
    }
    (page.show_if, page.repeat) = (show_if(sent), repeat(sent));
    page.fields[at] = new;
    Ok(())
}

fn show_if(sent: &Submission) -> Option<Condition> {
    let (field, is) = sent.text("show-if")?.split_once('=')?;
    Some(Condition { field: field.to_owned(), is: is.to_owned() })
}

fn repeat(sent: &Submission) -> u32 {
    sent.text("repeat").and_then(|text| text.parse().ok()).unwrap_or(0)
}

/// A question as it was written; `before` are its choices so far, whose values stay.
fn field(sent: &Submission, name: String, before: &[Choice]) -> Result<Field, Vec<Refusal>> {
    let kind = sent.text("kind").and_then(Kind::of_word);
    let (Some(kind), Some(label)) = (kind, local(sent, "label")) else {
        return Err(vec![Refusal::new("form-label").at("label-en")]);
    };
    let choices = if matches!(kind, Kind::Choice | Kind::Several) {
        choices(sent.text("choices").unwrap_or_default(), before)
    } else {
        Vec::new()
    };
    let formula =
        if kind == Kind::Calculated { sent.text("formula").unwrap_or_default().to_owned() } else { String::new() };
    let required = kind != Kind::Calculated && sent.is_ticked("required");
    Ok(Field { name, kind, label, hint: local(sent, "hint"), required, choices, formula, bounds: bounds(sent, kind)? })
}

/// The bounds as they were written; of other answers than numbers there are none.
fn bounds(sent: &Submission, kind: Kind) -> Result<Bounds, Vec<Refusal>> {
    let end = |at: &'static str| {
        let Some(text) = sent.text(at) else { return Ok(None) };
        let read =
            if kind == Kind::Money { read_amount(text).ok() } else { number(text).as_ref().and_then(hundredths) };
        read.map(Some).ok_or_else(|| Refusal::new("form-bound").at(at))
    };
    if !matches!(kind, Kind::Number | Kind::Money) {
        return Ok(Bounds::default());
    }
    match (end("least"), end("most")) {
        (Ok(least), Ok(most)) => Ok(Bounds {
            whole: kind == Kind::Number && sent.is_ticked("whole"),
            least,
            most,
            at_most: sent.text("at-most").unwrap_or_default().to_owned(),
        }),
        (least, most) => Err([least.err(), most.err()].into_iter().flatten().collect()),
    }
}

/// A name from words, not yet used: `Where do you live?` is `where_do_you_live`.
fn free_name(form: &Form, words: &str) -> String {
    let folded = likeness::fold(words);
    let parts = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty());
    let mut name: String = parts.collect::<Vec<_>>().join("_").chars().take(30).collect();
    if !name.starts_with(|c: char| c.is_ascii_lowercase()) {
        name = format!("q_{name}");
    }
    let is_used = |name: &str| form.page(name).is_some() || form.field(name).is_some();
    let plain = name.trim_end_matches('_').to_owned();
    let mut found = plain.clone();
    let mut number = 2;
    while is_used(&found) {
        found = format!("{plain}_{number}");
        number += 1;
    }
    found
}

/// One choice a line: `value = English | Español | العربية`, or only the words. Values that were there stay as they are.
fn choices(text: &str, before: &[Choice]) -> Vec<Choice> {
    let line = |line: &str| {
        let (value, words) = line.split_once('=').unwrap_or((line.split('|').next().unwrap_or(line), line));
        let texts: BTreeMap<Language, String> = Language::ALL
            .into_iter()
            .zip(words.split('|').map(str::trim))
            .filter(|(_, words)| !words.is_empty())
            .map(|(language, words)| (language, words.to_owned()))
            .collect();
        let value = value.trim();
        let value = if before.iter().any(|choice| choice.value == value) {
            value.to_owned()
        } else {
            likeness::fold(value).split_whitespace().collect::<Vec<_>>().join("-").chars().take(40).collect()
        };
        Some(Choice { value, label: LocalText::try_from(texts).ok()? })
    };
    text.lines().map(str::trim).filter(|one| !one.is_empty()).filter_map(line).collect()
}

/// Choices as one writes them.
pub(crate) fn choice_lines(all: &[Choice]) -> String {
    let words = |choice: &Choice| {
        let texts = Language::ALL.map(|language| choice.label.exactly(language).unwrap_or_default());
        texts.join(" | ").trim_end_matches([' ', '|']).to_owned()
    };
    all.iter().map(|choice| format!("{} = {}", choice.value, words(choice))).collect::<Vec<_>>().join("\n")
}
