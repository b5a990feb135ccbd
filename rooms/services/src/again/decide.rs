//! Which questions are open again, and what their new answers change. Pure.

use forms::{Answers, Form, FormPage, Kind, missing, visible_pages};
use web::Refusal;

/// Words of one answer that are compared; longer ones are shown whole.
const WORDS_COMPARED: usize = 400;

/// The names of questions to open again, in the order of the form.
///
/// # Errors
/// `asked-unknown` for one that the form does not ask on a page that is shown.
pub fn decide_ask(form: &Form, answers: &Answers, wanted: &[String]) -> Result<Vec<String>, Refusal> {
    let pages = visible_pages(form, answers);
    let fields = pages.iter().flat_map(|page| &page.fields).filter(|field| field.kind != Kind::Calculated);
    let names: Vec<String> = fields.map(|field| field.name.clone()).collect();
    match wanted.iter().find(|name| !names.contains(name)) {
        Some(unknown) => Err(Refusal::new("asked-unknown").with("name", unknown.as_str())),
        None => Ok(names.into_iter().filter(|name| wanted.contains(name)).collect()),
    }
}

/// The pages that can be answered again: those of the questions that are asked, those that only the new answers show, and those whose answers
/// no longer hold beside the new ones (three children of two people).
pub fn open_pages<'f>(form: &'f Form, before: &Answers, now: &Answers, asked: &[String]) -> Vec<&'f FormPage> {
    let shown_before: Vec<&str> = visible_pages(form, before).iter().map(|page| page.id.as_str()).collect();
    let is_open = |page: &&FormPage| {
        page.fields.iter().any(|field| asked.contains(&field.name)) || !shown_before.contains(&page.id.as_str())
    };
    let mut open: Vec<&FormPage> = visible_pages(form, now).into_iter().filter(is_open).collect();
    // What is put right on one page can break the answer of another; a page that was opened stays open.
    loop {
        let problems = missing(form, &taken_over(form, before, now, &open));
        let is_new = |page: &&FormPage| {
            problems.iter().any(|one| one.page == page.id) && !open.iter().any(|other| other.id == page.id)
        };
        let more: Vec<&FormPage> = form.pages.iter().filter(is_new).collect();
        if more.is_empty() {
            break;
        }
        open.extend(more);
    }
    form.pages.iter().filter(|page| open.iter().any(|other| other.id == page.id)).collect()
}

/// What holds from now on: the new answers of open pages, everything else as it was.
pub(super) fn merged(form: &Form, before: &Answers, written: &Answers, asked: &[String]) -> Answers {
    let written = written.clone().settled(form);
    taken_over(form, before, &written, &open_pages(form, before, &written, asked))
}

/// The answers before, with what is written on these pages.
fn taken_over(form: &Form, before: &Answers, written: &Answers, open: &[&FormPage]) -> Answers {
    let mut merged = before.clone();
    for page in open {
        let names = page.fields.iter().map(|field| &field.name).filter(|_| page.repeat == 0);
        for name in names.chain(Some(&page.id).filter(|_| page.repeat > 0)) {
            match written.0.get(name) {
                Some(value) => merged.0.insert(name.clone(), value.clone()),
                None => merged.0.remove(name),
            };
        }
    }
    merged.settled(form)
}

/// A part of an answer that stayed, went or came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WordPart {
    /// In both.
    Same(String),
    /// Only before.
    Gone(String),
    /// Only now.
    New(String),
}

/// A question whose answer changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedAnswer {
    /// The question, or the page that is filled in several times.
    pub label: String,
    /// The answer, word by word.
    pub parts: Vec<WordPart>,
}

/// What changed from one reading of the answers to the next: pairs of a question and its answer as people read it.
pub fn changes(before: &[(String, String)], now: &[(String, String)]) -> Vec<ChangedAnswer> {
    let find = |all: &[(String, String)], label: &str| {
        all.iter().find(|(other, _)| other == label).map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let gone = before.iter().filter(|(label, _)| !now.iter().any(|(other, _)| other == label));
    let labels = now.iter().chain(gone).map(|(label, _)| label);
    labels
        .map(|label| (label, find(before, label), find(now, label)))
        .filter(|(_, before, now)| before != now)
        .map(|(label, before, now)| ChangedAnswer { label: label.clone(), parts: compare(&before, &now) })
        .collect()
}

/// Two texts word by word, by their longest common sequence of words.
fn compare(before: &str, now: &str) -> Vec<WordPart> {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.split_whitespace().collect(), now.split_whitespace().collect());
    let mut parts = Vec::new();
    if old.len().max(new.len()) > WORDS_COMPARED {
        parts.extend([WordPart::Gone(before.to_owned()), WordPart::New(now.to_owned())]);
        return parts;
    }
    // How many words the ends from here have in common.
    let mut common = vec![vec![0_u16; new.len() + 1]; old.len() + 1];
    for (i, was) in old.iter().enumerate().rev() {
        for (j, is) in new.iter().enumerate().rev() {
            common[i][j] = if was == is { common[i + 1][j + 1] + 1 } else { common[i + 1][j].max(common[i][j + 1]) };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < old.len() || j < new.len() {
        let part = if i < old.len() && j < new.len() && old[i] == new[j] {
            (i, j) = (i + 1, j + 1);
            WordPart::Same(new[j - 1].to_owned())
        } else if i < old.len() && (j == new.len() || common[i + 1][j] >= common[i][j + 1]) {
            i += 1;
            WordPart::Gone(old[i - 1].to_owned())
        } else {
            j += 1;
            WordPart::New(new[j - 1].to_owned())
        };
        match (parts.last_mut(), part) {
            (Some(WordPart::Same(text)), WordPart::Same(word))
            | (Some(WordPart::Gone(text)), WordPart::Gone(word))
            | (Some(WordPart::New(text)), WordPart::New(word)) => {
                text.push(' ');
                text.push_str(&word);
            }
            (_, part) => parts.push(part),
        }
    }
    parts
}

/// The questions (or pages that are filled in several times) whose answers differ, in words.
pub(super) fn changed_fields(form: &Form, before: &Answers, now: &Answers, language: civic::Language) -> Vec<String> {
    let differs = |name: &str| before.0.get(name) != now.0.get(name);
    let mut labels = Vec::new();
    for page in &form.pages {
        if page.repeat > 0 && differs(&page.id) {
            labels.push(page.title.in_language(language).to_owned());
        }
        let fields = page.fields.iter().filter(|field| page.repeat == 0 && differs(&field.name));
        labels.extend(fields.map(|field| field.label.in_language(language).to_owned()));
    }
    labels
}

#[cfg(test)]
mod tests {
    use super::{WordPart, changes, decide_ask, merged, open_pages};
    use civic::LocalText;
    use forms::{Answers, Bounds, Condition, Field, Form, FormPage, Kind};
    use serde_json::{Value, json};

    fn page(name: &str, kind: Kind, show_if: Option<&str>) -> FormPage {
        let label = LocalText::plain(name);
        let field = Field {
            name: name.to_owned(),
            kind,
            label: label.clone(),
            hint: None,
            required: true,
            choices: Vec::new(),
            formula: String::new(),
            bounds: Bounds::default(),
        };
        let show_if = show_if.map(|field| Condition { field: field.to_owned(), is: "no".to_owned() });
        FormPage { id: format!("page_{name}"), title: label, hint: None, show_if, repeat: 0, fields: vec![field] }
    }

    fn answers(all: &[(&str, Value)]) -> Answers {
        Answers(all.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect())
    }

    #[test]
    fn only_open_pages_change_and_what_they_newly_ask() {
        let pages = vec![
            page("name", Kind::Text, None),
            page("own", Kind::YesNo, None),
            page("owner", Kind::Text, Some("own")),
        ];
        let form = Form { pages };
        let before = answers(&[("name", json!("Amina")), ("own", json!(true))]);
        let asked = decide_ask(&form, &before, &["own".to_owned()]).unwrap();
        assert_eq!(decide_ask(&form, &before, &["owner".to_owned()]).unwrap_err().code, "asked-unknown");
        let written = answers(&[("name", json!("Somebody else")), ("own", json!(false)), ("owner", json!("Bo"))]);
        let open: Vec<&str> =
            open_pages(&form, &before, &written, &asked).iter().map(|page| page.id.as_str()).collect();
        assert_eq!(open, ["page_own", "page_owner"]);
        let now = merged(&form, &before, &written, &asked);
        assert_eq!(now, answers(&[("name", json!("Amina")), ("own", json!(false)), ("owner", json!("Bo"))]));
    }

    #[test]
    fn what_changed_is_shown_word_by_word() {
        let pair = |label: &str, value: &str| (label.to_owned(), value.to_owned());
        let before = [pair("Where?", "Long street 4"), pair("Who?", "Amina"), pair("Old?", "yes")];
        let now = [pair("Where?", "Short street 4 b"), pair("Who?", "Amina")];
        let changed = changes(&before, &now);
        let (gone, new, same) = (
            |text: &str| WordPart::Gone(text.to_owned()),
            |text: &str| WordPart::New(text.to_owned()),
            |text: &str| WordPart::Same(text.to_owned()),
        );
        assert_eq!(changed.len(), 2);
        assert_eq!(changed[0].parts, [gone("Long"), new("Short"), same("street 4"), new("b")]);
        assert_eq!(changed[1].parts, [gone("yes")]);
    }
}
