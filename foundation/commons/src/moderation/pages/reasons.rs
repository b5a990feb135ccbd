//! The administrator words, orders and retires the reasons of moderation.

use crate::moderation::reasons::{self, Defined, ReasonWords, Template, Templates, define, templates};
use axum::{extract::State, http::StatusCode};
use civic::{Language, LocalText};
use database::DbError;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit, Wants,
    answer::{json, page_with, see_other_saying},
    forms::{FormErrors, Submission},
    locals::{LocalFields, local, local_fields},
    visit::Query,
};

/// Characters a code may have.
const CODE_LIMIT: usize = 40;
/// Characters a name may have.
const NAME_LIMIT: usize = 60;
/// Characters a sentence may have.
const SENTENCE_LIMIT: usize = 300;
/// The last place in the list.
const POSITION_LIMIT: i64 = 10_000;

/// Which reason to change.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Edited {
    edit: String,
}

/// All reasons, for machines.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ReasonsView {
    /// In their order.
    pub reasons: Vec<ReasonView>,
}

/// A reason, for machines.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ReasonView {
    /// Its code.
    pub code: String,
    /// Its short name, by language.
    pub name: BTreeMap<String, String>,
    /// Its public sentence, by language.
    pub sentence: BTreeMap<String, String>,
    /// Its place; lower comes first.
    pub position: i64,
    /// Whether it can be chosen.
    pub active: bool,
    /// Whether the town worded it.
    pub own_words: bool,
}

struct Line {
    code: String,
    name: String,
    sentence: String,
    position: i64,
    active: bool,
    own: bool,
}

#[derive(askama::Template)]
#[template(path = "moderation_reasons.html")]
struct ReasonsPage {
    frame: Frame,
    errors: FormErrors,
    lines: Vec<Line>,
    code: String,
    version: String,
    name: LocalFields,
    sentence: LocalFields,
    position: String,
    active: bool,
}

/// What stands in the form.
#[derive(Default)]
struct Typed {
    code: String,
    version: String,
    name: Option<LocalText>,
    sentence: Option<LocalText>,
    position: String,
    active: bool,
}

/// GET /admin/reasons
pub async fn list(State(town): State<Town>, visit: Visit, Query(edited): Query<Edited>) -> Answer {
    let all = read(&town).await?;
    if visit.wants != Wants::Html {
        return json(&ReasonsView { reasons: all.0.iter().map(|one| view(&town, one)).collect() });
    }
    let typed = match all.get(&edited.edit) {
        Some(template) => typed_of(&town, template),
        None => Typed { position: next_position(&all).to_string(), active: true, ..Typed::default() },
    };
    show(&town, &visit, &all, typed, FormErrors::default(), StatusCode::OK)
}

/// POST /admin/reasons
pub async fn save(State(town): State<Town>, visit: Visit, form: Submission) -> Answer {
    let typed = Typed {
        code: form.text("code").unwrap_or_default().to_owned(),
        version: form.text("version").unwrap_or_default().to_owned(),
        name: local(&form, "name"),
        sentence: local(&form, "sentence"),
        position: form.text("position").unwrap_or_default().to_owned(),
        active: form.is_ticked("active"),
    };
    let done = match defined_of(&town, &typed) {
        Ok(defined) => define(&town, visit.actor.clone(), defined).await,
        Err(refusals) => Err(Stop::Refused(refusals)),
    };
    match done {
        Ok(()) if visit.wants != Wants::Html => {
            let all = read(&town).await?;
            all.get(&typed.code).map_or(Err(Stop::NotFound), |one| json(&view(&town, one)))
        }
        Ok(()) => see_other_saying("/admin/reasons", "flash-reason"),
        Err(Stop::Refused(refusals)) if visit.wants == Wants::Html => {
            let (errors, status) = (FormErrors::of(&refusals, &visit.t), refusals[0].status);
            let all = read(&town).await?;
            show(&town, &visit, &all, typed, errors, status)
        }
        Err(stop) => Err(stop),
    }
}

async fn read(town: &Town) -> Result<Templates, Stop> {
    town.db().read(templates).await.map_err(|error: DbError| Stop::from(error))
}

/// Reads a reason.
fn defined_of(town: &Town, typed: &Typed) -> Result<Defined, Vec<Refusal>> {
    let mut refusals = Vec::new();
    if !is_code(&typed.code) {
        refusals.push(Refusal::new("reason-code").at("code").with("most", CODE_LIMIT));
    }
    let words = words_of(town, typed).map_err(|refusal| refusals.push(refusal));
    let position = typed.position.parse().ok().filter(|position| (1..=POSITION_LIMIT).contains(position));
    if position.is_none() {
        refusals.push(Refusal::new("reason-position").at("position").with("most", POSITION_LIMIT));
    }
    let seen = match typed.version.as_str() {
        "" => None,
        version => Some(version.parse().unwrap_or(-1)),
    };
    match (words, position) {
        (Ok(words), Some(position)) if refusals.is_empty() => {
            Ok(Defined { code: typed.code.clone(), words, position, active: typed.active, seen })
        }
        _ => Err(refusals),
    }
}

fn is_code(code: &str) -> bool {
    let plain = code.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    (1..=CODE_LIMIT).contains(&code.len()) && plain && code.starts_with(|c: char| c.is_ascii_alphanumeric())
}

/// Both texts in every language of the town, each within its limit and on one line.
fn words_of(town: &Town, typed: &Typed) -> Result<ReasonWords, Refusal> {
    let text = |of: Option<&LocalText>, field: fn(Language) -> &'static str, most: usize| {
        let mut texts = BTreeMap::new();
        for language in &town.settings().languages {
            let words = of.and_then(|text| text.exactly(*language)).unwrap_or_default();
            if words.is_empty() || words.chars().count() > most || words.chars().any(char::is_control) {
                return Err(Refusal::new("reason-words")
                    .at(field(*language))
                    .with("name", NAME_LIMIT)
                    .with("sentence", SENTENCE_LIMIT));
            }
            texts.insert(*language, words.to_owned());
        }
        LocalText::try_from(texts).map_err(|_| Refusal::new("reason-words"))
    };
    let name = text(typed.name.as_ref(), name_field, NAME_LIMIT)?;
    Ok(ReasonWords { name, sentence: text(typed.sentence.as_ref(), sentence_field, SENTENCE_LIMIT)? })
}

fn name_field(language: Language) -> &'static str {
    match language {
        Language::En => "name-en",
        Language::Es => "name-es",
        Language::Ar => "name-ar",
    }
}

fn sentence_field(language: Language) -> &'static str {
    match language {
        Language::En => "sentence-en",
        Language::Es => "sentence-es",
        Language::Ar => "sentence-ar",
    }
}

fn typed_of(town: &Town, template: &Template) -> Typed {
    let words = present_words(town, template);
    Typed {
        code: template.reason.code.clone(),
        version: template.version.to_string(),
        name: Some(words.name),
        sentence: Some(words.sentence),
        position: template.position.to_string(),
        active: template.active,
    }
}

/// The words of a reason in every language of the town: its own, else the built-in ones.
fn present_words(town: &Town, template: &Template) -> ReasonWords {
    if let Some(words) = &template.reason.words {
        return words.clone();
    }
    let built_in = |of: fn(&reasons::Reason, &web::Sayings) -> String| {
        let words = |language: &Language| (*language, of(&template.reason, &town.words().of(*language)));
        let texts: BTreeMap<_, _> = town.settings().languages.iter().map(words).collect();
        LocalText::try_from(texts).unwrap_or_else(|_| LocalText::plain(template.reason.code.as_str()))
    };
    ReasonWords { name: built_in(reasons::Reason::name), sentence: built_in(reasons::Reason::why) }
}

/// Behind all others.
fn next_position(all: &Templates) -> i64 {
    (all.0.iter().map(|one| one.position).max().unwrap_or(0) + 10).min(POSITION_LIMIT)
}

fn view(town: &Town, template: &Template) -> ReasonView {
    let words = present_words(town, template);
    let texts = |text: LocalText| {
        let texts = BTreeMap::<Language, String>::from(text);
        texts.into_iter().map(|(language, words)| (language.tag().to_owned(), words)).collect()
    };
    ReasonView {
        code: template.reason.code.clone(),
        name: texts(words.name),
        sentence: texts(words.sentence),
        position: template.position,
        active: template.active,
        own_words: template.reason.words.is_some(),
    }
}

fn show(town: &Town, visit: &Visit, all: &Templates, typed: Typed, errors: FormErrors, status: StatusCode) -> Answer {
    let t = &visit.t;
    let line = |one: &Template| Line {
        code: one.reason.code.clone(),
        name: one.reason.name(t),
        sentence: one.reason.why(t),
        position: one.position,
        active: one.active,
        own: one.reason.words.is_some(),
    };
    let hint = t.say("reasons-sentence-hint");
    page_with(
        status,
        &ReasonsPage {
            frame: Frame::new(town, visit, t.say("reasons-title")).twins(visit, &[Wants::Json]),
            errors,
            lines: all.0.iter().map(line).collect(),
            name: local_fields(town, "name", t.say("reasons-name"), "", 1, typed.name.as_ref()),
            sentence: local_fields(town, "sentence", t.say("reasons-sentence"), hint, 2, typed.sentence.as_ref()),
            code: typed.code,
            version: typed.version,
            position: typed.position,
            active: typed.active,
        },
    )
}
