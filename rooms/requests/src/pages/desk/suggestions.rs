//! At the desk: where a request may belong instead, and why the program thinks so.

use crate::{
    commands::{Rejection, reject_suggestion},
    model::ServiceRequest,
    room::Books,
    store::KnownSuggestions,
    suggest::{Kind, Suggested},
    views::{Eyes, Named},
};
use axum::extract::State;
use database::DbError;
use schemars::JsonSchema;
use serde::Serialize;
use triage::Reason;
use web::{
    Answer, Refusal, Stop, Town, Visit, Wants,
    answer::{json, see_other_saying},
    forms::Submission,
    visit::Path,
};

/// From this share on a suggestion is called very likely right.
const VERY_LIKELY_FROM: f64 = 0.85;

/// A suggestion, for machines.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct SuggestionView {
    /// `category` or `agency`.
    pub kind: &'static str,
    /// What is suggested.
    pub value: Named,
    /// The expected share of right ones among suggestions like it, from 0 to 1; none where it is made by the words the category is described
    /// with, because nobody has decided enough yet.
    pub share: Option<f64>,
    /// Earlier suggestions like it that officers agreed with.
    pub right: u32,
    /// Earlier suggestions like it.
    pub of: u32,
    /// What speaks for it, in sentences in the reader's language.
    pub reasons: Vec<String>,
}

/// A suggestion as the page shows it.
pub(super) struct Line {
    pub view: SuggestionView,
    pub heading: String,
    pub confidence: String,
    pub chip: &'static str,
    pub like: String,
    pub accept: String,
    pub act: &'static str,
    pub field: &'static str,
}

/// What was rejected, to be suggested again.
pub(super) struct Rejected {
    pub kind: String,
    pub value: String,
    pub name: String,
}

/// The part of the desk's page.
pub(super) struct Section {
    pub lines: Vec<Line>,
    pub rejected: Vec<Rejected>,
}

/// What is suggested for a request.
///
/// # Errors
/// Those of the database.
pub(super) async fn suggest(
    town: &Town,
    request: &ServiceRequest,
    known: &KnownSuggestions,
) -> Result<Vec<Suggested>, DbError> {
    let books = town.part::<Books>();
    Ok(books.learned().now(town).await?.suggest(request, known, books))
}

pub(super) fn section(visit: &Visit, eyes: &Eyes<'_>, made: &[Suggested], known: &KnownSuggestions) -> Section {
    let rejected = known.rejected.iter().filter_map(|(kind, value)| {
        let name = named(eyes, Kind::of(kind)?, value).name;
        Some(Rejected { kind: kind.clone(), value: value.clone(), name })
    });
    Section { rejected: rejected.collect(), lines: made.iter().map(|one| line(visit, eyes, one)).collect() }
}

fn line(visit: &Visit, eyes: &Eyes<'_>, made: &Suggested) -> Line {
    let t = &visit.t;
    let view = view(visit, eyes, made);
    let (act, field) = match made.kind {
        Kind::Category => ("category", "category"),
        Kind::Agency => ("pass", "organisation"),
    };
    let say = |part: &str| t.with1(&format!("suggested-{}-{part}", made.kind.word()), "name", view.value.name.as_str());
    let (key, chip) = match view.share {
        None => ("suggested-described", ""),
        Some(share) if share >= VERY_LIKELY_FROM => ("suggested-very-likely", "g"),
        Some(_) => ("suggested-likely", "y"),
    };
    Line {
        heading: say("heading"),
        accept: say("accept"),
        confidence: t.say(key).to_owned(),
        chip,
        like: match view.share {
            None => t.say("suggested-described-text").to_owned(),
            Some(_) => t.with2("suggested-like", "right", i64::from(view.right), "of", i64::from(view.of)),
        },
        act,
        field,
        view,
    }
}

/// A suggestion for machines.
pub(super) fn view(visit: &Visit, eyes: &Eyes<'_>, made: &Suggested) -> SuggestionView {
    SuggestionView {
        kind: made.kind.word(),
        value: named(eyes, made.kind, &made.value),
        share: (made.why.of > 0).then_some(made.why.share),
        right: made.why.right,
        of: made.why.of,
        reasons: reasons(visit, made),
    }
}

fn named(eyes: &Eyes<'_>, kind: Kind, code: &str) -> Named {
    match kind {
        Kind::Category => eyes.category(code),
        Kind::Agency => Named { code: code.to_owned(), name: eyes.agency(code) },
    }
}

/// The words together, then each fact.
fn reasons(visit: &Visit, made: &Suggested) -> Vec<String> {
    let t = &visit.t;
    let (facts, words): (Vec<&Reason>, Vec<&Reason>) = made.why.reasons.iter().partition(|reason| reason.is_fact);
    let spelt = |reason: &&Reason| made.spelling.get(&reason.name).unwrap_or(&reason.name).clone();
    let words: Vec<String> = words.iter().map(spelt).collect();
    let mut reasons = Vec::new();
    if !words.is_empty() {
        reasons.push(t.with1("suggested-words", "words", words.join(t.say("alike-comma"))));
    }
    reasons.extend(facts.iter().map(|fact| t.say(fact_key(made.kind, &fact.name)).to_owned()));
    reasons
}

fn fact_key(kind: Kind, fact: &str) -> &'static str {
    match (kind, fact) {
        (_, "district") => "suggested-because-district",
        (Kind::Category, _) => "suggested-because-filed",
        (Kind::Agency, _) => "suggested-because-category",
    }
}

/// POST /desk/{code}/reject: no to a suggestion; with `again` it may be suggested again.
pub async fn reject(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let kind = form.text("kind").and_then(Kind::of);
    let rejection = Rejection {
        code: code.clone(),
        kind: kind.ok_or_else(|| Stop::from(Refusal::new("suggestion-unknown")))?,
        value: form.text("value").unwrap_or_default().to_owned(),
        again: form.is_ticked("again"),
    };
    let flash = if rejection.again { "flash-suggested-again" } else { "flash-suggestion-rejected" };
    let request = reject_suggestion(&town, visit.actor.clone(), rejection).await?;
    town.part::<Books>().learned().renew().await;
    match visit.wants {
        Wants::Html => see_other_saying(&format!("/desk/{code}"), flash),
        _ => json(&Eyes::new(&town, visit.t.language()).row(&request)),
    }
}
