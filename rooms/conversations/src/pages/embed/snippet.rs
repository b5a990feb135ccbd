//! The words to copy into another site.

use super::super::{crumbs, known};
use crate::views::path;
use axum::extract::State;
use serde::Deserialize;
use web::{
    Answer, Frame, Town, Visit,
    answer::page,
    parts::{Choice, Crumb, embed_snippet},
    visit::{Path, Query},
};

/// Pixels of the frames' heights, where a page sets no other.
const HEIGHT_TAKING_PART: u32 = 720;
const HEIGHT_MAP: u32 = 900;

/// What an address asks for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    language: String,
}

#[derive(askama::Template)]
#[template(path = "conversation_embed.html")]
struct ExplainPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    own: String,
    languages: Vec<Choice>,
    /// For taking part and for the map: id, heading, the element to copy, where it can be seen.
    snippets: Vec<(&'static str, String, String, String)>,
    needs_account: bool,
}

/// GET /conversations/{code}/embed
pub async fn explain(
    State(town): State<Town>,
    visit: Visit,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let known = known(&town, &visit, &code)?;
    let t = &visit.t;
    let title = t.say("cembed-title");
    let chosen = town.settings().languages.iter().find(|one| one.tag() == asked.language);
    let query = chosen.map(|language| format!("?language={}", language.tag())).unwrap_or_default();
    let question = known.conversation.question.in_language(chosen.copied().unwrap_or(t.language())).to_owned();
    let one = |id: &'static str, heading: &str, part: &str, height: u32| {
        let address = format!("/embed{}{part}{query}", path(&code));
        let name = format!("{question} – {heading}");
        (id, heading.to_owned(), embed_snippet(&town.url(&address), &name, ("100%", "46rem"), height), address)
    };
    page(&ExplainPage {
        frame: Frame::new(&town, &visit, title),
        crumbs: crumbs(&visit, &known, title),
        snippets: vec![
            one("part", t.say("take-part-title"), "", HEIGHT_TAKING_PART),
            one("map", t.say("omap-title"), "/map", HEIGHT_MAP),
        ],
        languages: languages(&town, &visit, &asked.language),
        needs_account: known.conversation.entry != crate::model::Entry::Anybody,
        own: path(&code),
    })
}

fn languages(town: &Town, visit: &Visit, chosen: &str) -> Vec<Choice> {
    let choice = |value: &str, label: &str| Choice {
        value: value.to_owned(),
        label: label.to_owned(),
        detail: String::new(),
        chosen: value == chosen,
    };
    let any = choice("", visit.t.say("cembed-language-any"));
    std::iter::once(any).chain(town.settings().languages.iter().map(|one| choice(one.tag(), one.own_name()))).collect()
}
