//! From forms to what commands take.

use crate::{
    decide::{Definition, FactsText, PromiseText, StatementAct},
    model::{DISTRICT, Entry, Hand, MapShown, Moderation, Source, built_in},
};
use civic::{Language, Moment, OrganisationId, Subject};
use people::{
    organisations::{self, Organisation},
    roll::{AGE_LIMIT, Eligible},
};
use places::Districts;
use std::collections::BTreeMap;
use web::{Refusal, Town, Visit, forms::Submission, manifest::Catalogue};

/// The texts of `field[en]`, `field[es]`, … in the languages of the town.
pub(super) fn texts(town: &Town, form: &Submission, field: &str) -> BTreeMap<Language, String> {
    let text = |language: &Language| Some((*language, form.text(&format!("{field}[{}]", language.tag()))?.to_owned()));
    town.settings().languages.iter().filter_map(text).collect()
}

/// What a conversation says of itself.
pub(super) fn definition(
    town: &Town,
    visit: &Visit,
    form: &Submission,
    organisations: &[Organisation],
) -> Result<Definition, Vec<Refusal>> {
    let mut refusals = Vec::new();
    let mut moment = |field: &'static str| {
        let text = form.text(field)?;
        let read = local_moment(visit, text);
        if read.is_none() {
            refusals.push(Refusal::new("conversation-moment").at(field));
        }
        read
    };
    let (opens_at, closes_at, writing_until) = (moment("opens"), moment("closes"), moment("writing"));
    let organisation = organisation(form, organisations).unwrap_or_else(|refusal| {
        refusals.push(refusal);
        None
    });
    let census = census(town, form.text("census").unwrap_or_default()).unwrap_or_else(|refusal| {
        refusals.push(refusal);
        BTreeMap::new()
    });
    let about = about(town, form.text("about").unwrap_or_default()).unwrap_or_else(|refusal| {
        refusals.push(refusal);
        None
    });
    let eligible = eligible(town, form).unwrap_or_else(|refusal| {
        refusals.push(refusal);
        Eligible::default()
    });
    if !refusals.is_empty() {
        return Err(refusals);
    }
    Ok(Definition {
        eligible,
        question: texts(town, form, "question"),
        introduction: texts(town, form, "introduction"),
        organisation,
        moderation: form.text("moderation").and_then(Moderation::of_word).unwrap_or(Moderation::First),
        entry: form.text("entry").and_then(Entry::of_word).unwrap_or(Entry::Anybody),
        opens_at,
        closes_at,
        writing_until,
        map_shown: form.text("map_shown").and_then(MapShown::of_word).unwrap_or(MapShown::Open),
        census,
        about,
    })
}

/// What the roll asks of people: an age, and districts by their codes or names.
fn eligible(town: &Town, form: &Submission) -> Result<Eligible, Refusal> {
    let least_age = match form.text("least_age") {
        None => None,
        Some(text) => {
            let refused = || Refusal::new("conversation-age").at("least_age").with("most", i64::from(AGE_LIMIT));
            Some(text.parse().map_err(|_| refused())?)
        }
    };
    let all = town.part::<Districts>().all();
    let mut lives_in: Vec<String> = Vec::new();
    let named = form.text("lives_in").unwrap_or_default().split(['\n', ',', ';']);
    for typed in named.map(str::trim).filter(|typed| !typed.is_empty()) {
        let found = all.iter().find(|(code, name)| code == typed || name.eq_ignore_ascii_case(typed));
        let line: String = typed.chars().take(60).collect();
        let unknown = || Refusal::new("conversation-lives").at("lives_in").with("line", line);
        let (code, _) = found.ok_or_else(unknown)?;
        if !lives_in.contains(code) {
            lives_in.push(code.clone());
        }
    }
    Ok(Eligible { least_age, lives_in })
}

/// `2026-11-23T10:00` on the clocks of the town.
fn local_moment(visit: &Visit, text: &str) -> Option<Moment> {
    let civil: jiff::civil::DateTime = text.parse().ok()?;
    Some(Moment::from(civil.to_zoned(visit.zone.clone()).ok()?.timestamp()))
}

/// The same back, for the form.
pub(super) fn local_text(visit: &Visit, moment: Option<Moment>) -> String {
    moment.map(|moment| moment.in_zone(&visit.zone).strftime("%Y-%m-%dT%H:%M").to_string()).unwrap_or_default()
}

fn organisation(form: &Submission, all: &[Organisation]) -> Result<Option<OrganisationId>, Refusal> {
    let Some(code) = form.text("organisation") else { return Ok(None) };
    let found = all.iter().find(|one| one.code == code).map(|one| one.id);
    found.map(Some).ok_or_else(|| Refusal::new("conversation-organisation").at("organisation"))
}

/// A line for each district: its code, a comma, how many people live there.
fn census(town: &Town, text: &str) -> Result<BTreeMap<String, i64>, Refusal> {
    let districts = town.part::<Districts>();
    let mut census = BTreeMap::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let read = line.rsplit_once([',', ';', '\t']).and_then(|(code, people)| {
            let people: i64 = people.trim().parse().ok().filter(|people| *people >= 0)?;
            Some((code.trim().to_owned(), people))
        });
        match read.filter(|(code, _)| districts.name(code).is_some()) {
            Some((code, people)) => {
                census.insert(code, people);
            }
            None => {
                let line: String = line.chars().take(60).collect();
                return Err(Refusal::new("conversation-census").at("census").with("line", line));
            }
        }
    }
    Ok(census)
}

/// `kind/id` of something in the town, or the address of its page.
fn about(town: &Town, text: &str) -> Result<Option<Subject>, Refusal> {
    if text.is_empty() {
        return Ok(None);
    }
    let home = town.url("");
    if let Some(path) =
        text.strip_prefix(home.trim_end_matches('/')).or(Some(text)).filter(|path| path.starts_with('/'))
    {
        let found = subject_of_page(town.part::<Catalogue>(), path);
        return found.map(Some).ok_or_else(|| Refusal::new("conversation-about").at("about"));
    }
    let plain = |part: &str| !part.is_empty() && part.len() <= 60 && part.bytes().all(|b| b.is_ascii_graphic());
    match text.split_once('/').filter(|(kind, id)| plain(kind) && plain(id)) {
        Some((kind, id)) => Ok(Some(Subject { kind: kind.to_owned(), id: id.to_owned() })),
        None => Err(Refusal::new("conversation-about").at("about")),
    }
}

/// The subject whose page this is: of every kind, what the last parts of its path would be called.
fn subject_of_page(catalogue: &Catalogue, path: &str) -> Option<Subject> {
    let path = path.split(['?', '#']).next()?.trim_end_matches('/');
    if let Some(code) = path.strip_prefix("/districts/") {
        return Some(Subject { kind: DISTRICT.to_owned(), id: code.to_owned() });
    }
    let parts: Vec<&str> = path.split('/').collect();
    let last = *parts.last()?;
    let before = |back: usize| Some(format!("{}.{last}", parts.get(parts.len().checked_sub(back)?)?));
    let ids = [Some(last.to_owned()), before(2), before(3)];
    let all = catalogue.subjects.iter().flat_map(|one| ids.iter().flatten().map(move |id| (one, id)));
    let mut found = all.filter(|(one, id)| (one.page)(id) == path);
    found.next().map(|(one, id)| Subject { kind: one.kind.to_owned(), id: id.clone() })
}

/// The facts; a line for each source: what it is called, a bar, where it is.
pub(super) fn facts(town: &Town, form: &Submission) -> FactsText {
    let source = |line: &str| {
        let (label, url) = line.rsplit_once('|').unwrap_or((line, line));
        Source { label: label.trim().to_owned(), url: url.trim().to_owned() }
    };
    let lines = form.text("sources").unwrap_or_default().lines().map(str::trim).filter(|line| !line.is_empty());
    let hand = |language: &Language| {
        let hand = form.text(&format!("hand-{}", language.tag())).and_then(Hand::of_word)?;
        Some((*language, hand))
    };
    FactsText {
        words: texts(town, form, "facts"),
        original: form.text("original").and_then(|tag| tag.parse().ok()),
        translated: town.settings().languages.iter().filter_map(hand).collect(),
        sources: lines.map(source).collect(),
    }
}

/// The word of the menu for the town as a whole.
pub(super) const WHOLE_TOWN: &str = organisations::WHOLE_TOWN;

/// A promise.
pub(super) fn promise(town: &Town, form: &Submission, organisations: &[Organisation]) -> Result<PromiseText, Refusal> {
    let organisation = match form.text("by") {
        Some(WHOLE_TOWN) => None,
        code => {
            let found = organisations.iter().find(|one| Some(one.code.as_str()) == code);
            Some(found.ok_or_else(|| Refusal::new("conversation-promise-by").at("by"))?.id)
        }
    };
    let numbers = form.text("statements").unwrap_or_default().split([',', ' ']).filter(|part| !part.is_empty());
    let statements = numbers
        .map(|part| {
            let refused = || {
                Refusal::new("statement-unknown")
                    .at("statements")
                    .with("number", part.chars().take(20).collect::<String>())
            };
            part.trim_start_matches('#').parse().map_err(|_| refused())
        })
        .collect::<Result<Vec<i64>, Refusal>>()?;
    Ok(PromiseText {
        words: texts(town, form, "promise"),
        organisation,
        due_on: form.text("due").unwrap_or_default().to_owned(),
        statements,
    })
}

/// What to do with a statement.
pub(super) fn statement_act(town: &Town, form: &Submission) -> Result<StatementAct, Refusal> {
    match form.text("act").unwrap_or_default() {
        "accept" => Ok(StatementAct::Accept),
        "reject" => {
            let code = form.text("reason").filter(|code| !code.is_empty());
            code.map(|code| StatementAct::Reject(built_in(code)))
                .ok_or_else(|| Refusal::new("statement-reason").at("reason"))
        }
        "merge" => {
            let into = form.text("into").and_then(|text| text.trim_start_matches('#').parse().ok());
            into.map(StatementAct::Merge).ok_or_else(|| Refusal::new("statement-into").at("into"))
        }
        "pin" => Ok(StatementAct::Pin(true)),
        "unpin" => Ok(StatementAct::Pin(false)),
        "meta" => Ok(StatementAct::Meta(true)),
        "not-meta" => Ok(StatementAct::Meta(false)),
        act @ ("translate" | "language") => {
            let language = form.text("language").and_then(|text| text.parse::<Language>().ok());
            let language = language.filter(|language| town.settings().languages.contains(language));
            let words = form.text("translation").unwrap_or_default().to_owned();
            let language = language.ok_or_else(|| Refusal::new("statement-language").at("language"))?;
            Ok(if act == "language" {
                StatementAct::Language(language)
            } else {
                StatementAct::Translate(language, words)
            })
        }
        _ => Err(Refusal::new("statement-act").at("act")),
    }
}
