//! The parts of a draft that one can talk about: its questions, and the items of its rules. Pure.

use crate::model::Definition;
use civic::{Language, SubjectKind};

/// What people talk about: a draft (`dog-licence`), or a part of it (`dog-licence.q-full_name`, `dog-licence.r-permit`).
pub const DRAFT: SubjectKind = SubjectKind("service-draft");

/// Where a proposed text ends in a comment.
const FENCE: &str = "```";
/// Where another text for an item of the rules begins.
const RULES: &str = "```rules";
/// Where a change of a question begins.
const QUESTION: &str = "```question";

/// A part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its name in addresses: `q-` and the name of a question, or `r-` and that of an item of the rules.
    pub name: String,
    /// The question, or how the item begins.
    pub title: String,
    /// The text of an item; empty for a question.
    pub text: String,
}

/// The id of a part as a subject; an empty name for the whole draft.
pub fn subject_id(service: &str, part: &str) -> String {
    if part.is_empty() { service.to_owned() } else { format!("{service}.{part}") }
}

/// The service and the part of an id.
pub fn within(id: &str) -> (&str, &str) {
    id.split_once('.').unwrap_or((id, ""))
}

/// The name of the question that a part is; `None` for an item of the rules.
pub fn question_of(part: &str) -> Option<&str> {
    part.strip_prefix("q-")
}

/// The parts of a draft, questions first.
pub fn parts(definition: &Definition, language: Language) -> Vec<Part> {
    let question = |field: &forms::Field| Part {
        name: format!("q-{}", field.name),
        title: field.label.in_language(language).to_owned(),
        text: String::new(),
    };
    let questions = definition.form.fields().map(|(_, field)| question(field));
    questions.chain(items(&definition.rules).into_iter().map(|(_, part)| part)).collect()
}

/// The items of rules with their lines (from 0). An item begins where a line begins at its first column, and ends before the next: that is how
/// rules are written, and whether a changed text can be read is decided by the engine alone.
fn items(rules: &str) -> Vec<(std::ops::Range<usize>, Part)> {
    let lines: Vec<&str> = rules.lines().collect();
    let begins = |at: &usize| lines[*at].starts_with(|first: char| first.is_ascii_alphabetic());
    let starts: Vec<usize> = (0..lines.len()).filter(begins).collect();
    let mut found: Vec<(std::ops::Range<usize>, Part)> = Vec::new();
    for (place, start) in starts.iter().enumerate() {
        let end = starts.get(place + 1).copied().unwrap_or(lines.len());
        let text = lines[*start..end].join("\n").trim_end().to_owned();
        let title = lines[*start].trim_end().to_owned();
        // `entitlement permit: money of person, each month` is called permit.
        let word = title.split_whitespace().nth(1).unwrap_or_default();
        let word: String = word.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-')).collect();
        let same = found
            .iter()
            .filter(|(_, part)| part.title.split_whitespace().nth(1) == title.split_whitespace().nth(1))
            .count();
        let name = if same == 0 { format!("r-{word}") } else { format!("r-{word}-{}", same + 1) };
        found.push((*start..end, Part { name, title, text }));
    }
    found
}

/// The rules with another text for one item; `None` where there is none of this name.
pub fn replaced(rules: &str, part: &str, text: &str) -> Option<String> {
    let (range, _) = items(rules).into_iter().find(|(_, one)| one.name == part)?;
    let lines: Vec<&str> = rules.lines().collect();
    let mut all: Vec<&str> = lines[..range.start].to_vec();
    all.extend(text.trim_end().lines());
    // What stood between the items goes on to stand there.
    let blank = lines[range.clone()].iter().rev().take_while(|line| line.trim().is_empty()).count();
    all.extend(std::iter::repeat_n("", blank));
    all.extend(&lines[range.end..]);
    Some(all.join("\n"))
}

fn fence_of(part: &str) -> &'static str {
    if question_of(part).is_some() { QUESTION } else { RULES }
}

/// A comment that proposes a text for a part: why, and the text.
pub fn fenced(part: &str, why: &str, text: &str) -> String {
    format!("{}\n\n{}\n{}\n{FENCE}", why.trim(), fence_of(part), text.trim_end())
}

/// Why, and the text that a comment on a part proposes; `None` where it proposes none.
pub fn unfenced(part: &str, comment: &str) -> Option<(String, String)> {
    let (why, rest) = comment.split_once(fence_of(part))?;
    let (_, rest) = rest.split_once('\n')?;
    let (text, _) = rest.rsplit_once(FENCE)?;
    let text = text.trim_end();
    (!text.is_empty()).then(|| (why.trim().to_owned(), text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::{fenced, items, replaced, subject_id, unfenced, within};

    const RULES: &str = "entity person\n\n# how much\nparameter permit.most: money\n  law \"x\"\n  from 2010-01-01: 900\n\ninput rent: money of person, each month\n  ask \"Rent?\"\n\nentitlement permit: money of person, each month\n  law \"x\"\n  from 2010-01-01: amount 5\n";

    #[test]
    fn items_begin_at_the_first_column() {
        let names: Vec<String> = items(RULES).into_iter().map(|(_, part)| part.name).collect();
        assert_eq!(names, ["r-person", "r-permitmost", "r-rent", "r-permit"]);
        assert_eq!(items(RULES)[2].1.text, "input rent: money of person, each month\n  ask \"Rent?\"");
        let twice = "rule a: x\n  1\nrule a: x\n  2";
        assert_eq!(items(twice)[1].1.name, "r-a-2");
        assert!(items("  nothing\n# here").is_empty());
    }

    #[test]
    fn one_item_is_replaced_and_the_others_stay() {
        let changed =
            replaced(RULES, "r-rent", "input rent: money of person, each year\n  ask \"Rent of a year?\"\n").unwrap();
        assert!(changed.contains("each year") && !changed.contains("\"Rent?\""));
        assert_eq!(
            changed.replace(
                "input rent: money of person, each year\n  ask \"Rent of a year?\"",
                "input rent: money of person, each month\n  ask \"Rent?\""
            ),
            RULES.trim_end()
        );
        let (_, same) = items(RULES).remove(3);
        assert_eq!(replaced(RULES, "r-permit", &same.text).unwrap(), RULES.trim_end(), "the same text changes nothing");
        assert_eq!(replaced(RULES, "r-nothing", "x"), None);
    }

    #[test]
    fn a_proposal_can_be_read_back_from_its_comment() {
        let text = "input rent: money\n  ask \"a ``` b\"";
        assert_eq!(
            unfenced("r-rent", &fenced("r-rent", " Because.\n", text)),
            Some(("Because.".to_owned(), text.to_owned()))
        );
        assert_eq!(unfenced("r-rent", "I like it"), None);
        assert_eq!(unfenced("r-rent", "```rules\n\n```"), None, "nothing is proposed");
        assert_eq!(unfenced("r-rent", "```rules"), None);
        let asked = fenced("q-rent", "Why", "leave out");
        assert_eq!(unfenced("q-rent", &asked).unwrap().1, "leave out");
        assert_eq!(unfenced("r-rent", &asked), None, "a question is no rule");
    }

    #[test]
    fn ids_name_service_and_part() {
        assert_eq!(subject_id("dog-licence", ""), "dog-licence");
        assert_eq!(within(&subject_id("dog-licence", "q-name")), ("dog-licence", "q-name"));
        assert_eq!(within("dog-licence"), ("dog-licence", ""));
    }
}
