//! What the room decides. Pure: everything it knows is an argument.

use crate::{
    extent,
    model::{Dataset, LINE_LIMIT, Meta, NAME_LIMIT, NOTES_LIMIT, Resource, State, TAGS_LIMIT, TITLE_LIMIT},
    vocabulary::{FREQUENCIES, HIGH_VALUE, THEMES, licence},
};
use civic::{Language, LocalText, Moment};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use web::Refusal;

/// What somebody says of a dataset, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// Its name in addresses; empty for one made of its title.
    pub name: String,
    /// What people call it, by language.
    pub title: BTreeMap<Language, String>,
    /// What is in it, by language.
    pub notes: BTreeMap<Language, String>,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// Codes of themes.
    pub themes: Vec<String>,
    /// See [`Meta::licence`].
    pub licence: String,
    /// See [`Meta::licence_url`].
    pub licence_url: String,
    /// See [`Meta::contact_name`].
    pub contact_name: String,
    /// See [`Meta::contact_email`].
    pub contact_email: String,
    /// See [`Meta::spatial`].
    pub spatial: String,
    /// See [`Meta::bbox`]: west, south, east, north, with commas between; empty for nothing.
    pub bbox: String,
    /// See [`Meta::from`].
    pub from: String,
    /// See [`Meta::until`].
    pub until: String,
    /// See [`Meta::frequency`].
    pub frequency: String,
    /// See [`Meta::high_value`].
    pub high_value: String,
    /// See [`Meta::url`].
    pub url: String,
    /// See [`Meta::origin`].
    pub origin: String,
    /// See [`Meta::extras`].
    pub extras: BTreeMap<String, String>,
}

/// What is said, read once and then trusted.
///
/// # Errors
/// A refusal for each thing to put right.
pub fn read_meta(draft: &Draft) -> Result<Meta, Vec<Refusal>> {
    let mut wrong = Vec::new();
    let title = local(&draft.title, TITLE_LIMIT, "title", &mut wrong);
    if title.is_none() {
        wrong.push(Refusal::new("dataset-title").at("title"));
    }
    let notes = local(&draft.notes, NOTES_LIMIT, "notes", &mut wrong);
    let mut line = |text: &str, field: &'static str| -> String {
        let text = text.trim().replace(['\r', '\n'], " ");
        if text.chars().count() > LINE_LIMIT {
            wrong.push(Refusal::new("dataset-long").at(field).with("most", LINE_LIMIT));
        }
        text
    };
    let meta = Meta {
        title: title.unwrap_or_else(|| LocalText::plain("")),
        notes,
        tags: tags(&draft.tags),
        themes: draft
            .themes
            .iter()
            .map(|theme| theme.trim().to_uppercase())
            .filter(|theme| !theme.is_empty())
            .collect(),
        licence: line(&draft.licence, "licence"),
        licence_url: line(&draft.licence_url, "licence_url"),
        contact_name: line(&draft.contact_name, "contact_name"),
        contact_email: line(&draft.contact_email, "contact_email"),
        spatial: line(&draft.spatial, "spatial"),
        bbox: extent::read(&draft.bbox),
        from: line(&draft.from, "from"),
        until: line(&draft.until, "until"),
        frequency: line(&draft.frequency, "frequency").to_uppercase(),
        high_value: line(&draft.high_value, "high_value"),
        url: line(&draft.url, "url"),
        origin: line(&draft.origin, "origin"),
        extras: draft.extras.iter().map(|(name, value)| (line(name, ""), line(value, ""))).collect(),
        withdrawn_why: String::new(),
        replaced_by: String::new(),
    };
    if meta.bbox.is_none() && !draft.bbox.trim().is_empty() {
        wrong.push(Refusal::new("dataset-bbox").at("bbox"));
    }
    check(&meta, &mut wrong);
    if wrong.is_empty() { Ok(meta) } else { Err(wrong) }
}

/// Why a dataset is withdrawn, and what takes its place, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Farewell {
    /// Why, for everybody; empty for nothing.
    pub why: String,
    /// The name of a dataset, or an address of the web; empty for nothing.
    pub replaced_by: String,
}

impl Farewell {
    /// What is said, read once and then trusted.
    ///
    /// # Errors
    /// `dataset-long`, `dataset-replaced-by`.
    pub fn read(&self) -> Result<Self, Vec<Refusal>> {
        let line = |text: &str| text.trim().replace(['\r', '\n', '\0'], " ");
        let read = Self { why: line(&self.why), replaced_by: line(&self.replaced_by) };
        let mut wrong = Vec::new();
        if read.why.chars().count() > LINE_LIMIT {
            wrong.push(Refusal::new("dataset-long").at("why").with("most", LINE_LIMIT));
        }
        let to = read.replaced_by.as_str();
        if !(to.is_empty() || is_name(to) || is_web_address(to)) || to.chars().count() > LINE_LIMIT {
            wrong.push(Refusal::new("dataset-replaced-by").at("replaced_by"));
        }
        if wrong.is_empty() { Ok(read) } else { Err(wrong) }
    }
}

pub(crate) fn local(
    texts: &BTreeMap<Language, String>,
    most: usize,
    field: &'static str,
    wrong: &mut Vec<Refusal>,
) -> Option<LocalText> {
    let mut kept = BTreeMap::new();
    for (language, text) in texts {
        let text = text.trim().replace("\r\n", "\n");
        if text.chars().count() > most {
            wrong.push(Refusal::new("dataset-long").at(field).with("most", most));
        }
        if !text.is_empty() {
            kept.insert(*language, text);
        }
    }
    LocalText::try_from(kept).ok()
}

/// Tags without blanks around them, each once.
fn tags(typed: &[String]) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for tag in typed.iter().flat_map(|tag| tag.split(',')) {
        let tag = tag.trim().to_lowercase();
        if !tag.is_empty() && !kept.contains(&tag) {
            kept.push(tag);
        }
    }
    kept
}

fn check(meta: &Meta, wrong: &mut Vec<Refusal>) {
    let plain_tag =
        |tag: &String| tag.chars().count() <= 60 && tag.chars().all(|c| c.is_alphanumeric() || " -_.'".contains(c));
    if meta.tags.len() > TAGS_LIMIT || !meta.tags.iter().all(plain_tag) {
        wrong.push(Refusal::new("dataset-tags").at("tags").with("most", TAGS_LIMIT));
    }
    if !meta.themes.iter().all(|theme| THEMES.iter().any(|(code, _)| code == theme)) {
        wrong.push(Refusal::new("dataset-themes").at("themes"));
    }
    if !meta.licence.is_empty() && licence(&meta.licence).is_none() {
        wrong.push(Refusal::new("dataset-licence").at("licence"));
    }
    if !meta.licence_url.is_empty() && !is_web_address(&meta.licence_url) {
        wrong.push(Refusal::new("dataset-url").at("licence_url"));
    }
    if !meta.frequency.is_empty() && !FREQUENCIES.iter().any(|(code, ..)| *code == meta.frequency) {
        wrong.push(Refusal::new("dataset-frequency").at("frequency"));
    }
    if !meta.high_value.is_empty() && !HIGH_VALUE.iter().any(|(code, ..)| *code == meta.high_value) {
        wrong.push(Refusal::new("dataset-high-value").at("high_value"));
    }
    if !meta.contact_email.is_empty() && !is_email(&meta.contact_email) {
        wrong.push(Refusal::new("dataset-email").at("contact_email"));
    }
    if !meta.url.is_empty() && !is_web_address(&meta.url) {
        wrong.push(Refusal::new("dataset-url").at("url"));
    }
    let day = |text: &str| text.parse::<Date>().ok();
    match (meta.from.as_str(), meta.until.as_str()) {
        (from, _) if !from.is_empty() && day(from).is_none() => wrong.push(Refusal::new("dataset-day").at("from")),
        (_, until) if !until.is_empty() && day(until).is_none() => wrong.push(Refusal::new("dataset-day").at("until")),
        (from, until) if !from.is_empty() && !until.is_empty() && day(from) > day(until) => {
            wrong.push(Refusal::new("dataset-days").at("until"));
        }
        _ => {}
    }
}

fn is_email(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_graphic() && !"<>\"\\,;()[]".contains(c);
    text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && text.chars().all(plain))
}

/// Whether a text is an address of the web that any catalogue can carry: no blanks, no controls, nothing a URI forbids.
pub fn is_web_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let plain = |c: char| c.is_ascii_graphic() && !"<>\"{}|\\^`".contains(c);
    let percents = text
        .match_indices('%')
        .all(|(at, _)| text.get(at + 1..at + 3).is_some_and(|two| two.bytes().all(|digit| digit.is_ascii_hexdigit())));
    rest.is_some_and(|rest| {
        rest.chars().next().is_some_and(|c| c.is_ascii_alphanumeric()) && text.chars().all(plain) && percents
    })
}

/// Words that are pages of the portal, so no dataset's name.
const TAKEN: [&str; 11] =
    ["new", "approval", "sql", "catalog", "harvest", "showcase", "requests", "issues", "api", "story", "stories"];

/// Whether a text can be a name in addresses: small letters, digits and inner hyphens.
pub fn is_name(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_';
    (2..=NAME_LIMIT).contains(&text.len())
        && text.bytes().all(plain)
        && !text.starts_with(['-', '_'])
        && !text.ends_with(['-', '_'])
        && !TAKEN.contains(&text)
}

/// A name made of a title.
pub fn name_of(title: &str) -> String {
    let mut name = String::new();
    for c in title.to_lowercase().chars() {
        let plain = match c {
            'á' | 'à' | 'â' | 'ã' | 'ä' | 'å' => 'a',
            'é' | 'è' | 'ê' | 'ë' => 'e',
            'í' | 'ì' | 'î' | 'ï' => 'i',
            'ó' | 'ò' | 'ô' | 'õ' | 'ö' => 'o',
            'ú' | 'ù' | 'û' | 'ü' => 'u',
            'ñ' => 'n',
            'ç' => 'c',
            other => other,
        };
        if plain.is_ascii_alphanumeric() {
            name.push(plain);
        } else if !name.ends_with('-') && !name.is_empty() {
            name.push('-');
        }
    }
    let cut: String = name.chars().take(60).collect();
    let cut = cut.trim_end_matches('-');
    if is_name(cut) {
        cut.to_owned()
    } else {
        format!("dataset-{}", cut.trim_matches('-')).trim_end_matches('-').to_owned()
    }
}

/// What a table can be called in questions, from what its dataset and sheet are called.
pub fn table_name_of(text: &str) -> String {
    let mut name: String = name_of(text).replace('-', "_");
    if name.starts_with(|c: char| c.is_ascii_digit()) || KEYWORDS.contains(&name.as_str()) {
        name.insert_str(0, "t_");
    }
    name
}

/// Words that mean something in SQL, or in the address of a dataset.
const KEYWORDS: [&str; 18] = [
    "table", "select", "order", "group", "index", "values", "where", "from", "join", "union", "limit", "with", "data",
    "about", "stored", "temp", "issues", "versions",
];

/// Whether a dataset has what the public needs.
///
/// # Errors
/// A refusal for each thing that is missing.
pub fn may_publish(dataset: &Dataset) -> Result<(), Vec<Refusal>> {
    let mut wrong = Vec::new();
    if dataset.meta.notes.is_none() {
        wrong.push(Refusal::new("publish-notes").at("notes"));
    }
    if dataset.meta.licence.is_empty() {
        wrong.push(Refusal::new("publish-licence").at("licence"));
    }
    if dataset.resources.is_empty() {
        wrong.push(Refusal::new("publish-resources").at("file"));
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong) }
}

/// The state after publishing; what is public stays so since then.
pub fn published(state: State, now: Moment) -> State {
    match state {
        State::Published { since } => State::Published { since },
        _ => State::Published { since: now },
    }
}

/// The files that a change leaves behind, where these are to be taken away for good.
///
/// # Errors
/// `data-version-current` (409) where a resource still has one of them, as another sheet of it.
pub fn left_files(before: &Dataset, after: &Dataset) -> Result<Vec<String>, Refusal> {
    let stays = |one: &&Resource| after.resources.iter().any(|now| now.id == one.id && now.file_id == one.file_id);
    let left: BTreeSet<&String> =
        before.resources.iter().filter(|one| !stays(one)).filter_map(|one| one.file_id.as_ref()).collect();
    if after.resources.iter().filter_map(|one| one.file_id.as_ref()).any(|file| left.contains(file)) {
        return Err(Refusal::conflict("data-version-current"));
    }
    Ok(left.into_iter().cloned().collect())
}

/// The codes of what differs, for the history.
pub fn differences(before: &Meta, after: &Meta) -> Vec<String> {
    let all = [
        ("title", before.title != after.title),
        ("notes", before.notes != after.notes),
        ("tags", before.tags != after.tags),
        ("themes", before.themes != after.themes),
        ("licence", (&before.licence, &before.licence_url) != (&after.licence, &after.licence_url)),
        ("contact", (&before.contact_name, &before.contact_email) != (&after.contact_name, &after.contact_email)),
        (
            "coverage",
            (&before.spatial, before.bbox, &before.from, &before.until)
                != (&after.spatial, after.bbox, &after.from, &after.until),
        ),
        ("frequency", before.frequency != after.frequency),
        ("high-value", before.high_value != after.high_value),
        ("origin", (&before.url, &before.origin, &before.extras) != (&after.url, &after.origin, &after.extras)),
    ];
    all.into_iter().filter(|(_, differs)| *differs).map(|(code, _)| code.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::{is_name, is_web_address, name_of, table_name_of};

    #[test]
    fn names_are_made_of_titles() {
        assert_eq!(name_of("Farolas de la Ciudad: año 2026"), "farolas-de-la-ciudad-ano-2026");
        assert_eq!(name_of("New"), "dataset-new");
        assert_eq!(name_of("مصابيح"), "dataset");
        assert_eq!(table_name_of("2017 trips"), "t_2017_trips");
        for bad in ["..", "a/b", "A", "x", "-a", "new", "a.b", ""] {
            assert!(!is_name(bad), "{bad}");
        }
    }

    #[test]
    fn addresses_that_would_break_a_catalogue_are_none() {
        for bad in [
            "http://a b",
            "http://x/<y>",
            "javascript:alert(1)",
            "http://",
            "http://x/%zz",
            "ftp://x",
            "http://x/\"",
            "http://é.example",
        ] {
            assert!(!is_web_address(bad), "{bad}");
        }
        assert!(is_web_address("https://data.example.org/a%20b?c=d#e"));
    }
}
