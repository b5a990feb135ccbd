//! The texts a proposal had, and what changed from one to the next.

use crate::{
    diff::{Stretch, by_words},
    model::{Proposal, Version},
    moderated, store,
};
use axum::extract::State;
use schemars::JsonSchema;
use serde::Serialize;
use web::{
    Answer, Frame, Stop, Town, Visit, Wants,
    answer::{json, page},
    parts::Crumb,
    visit::Path,
};

/// The texts of a proposal, for machines.
#[derive(Debug, Serialize, JsonSchema)]
pub struct VersionsView {
    /// The reference of the proposal.
    pub proposal: String,
    /// Newest first.
    pub versions: Vec<VersionView>,
}

/// One text.
#[derive(Debug, Serialize, JsonSchema)]
pub struct VersionView {
    /// Its number, from 1.
    pub number: i64,
    /// Its title; empty where moderators hid it.
    pub title: String,
    /// Its text; empty where moderators hid it.
    pub text: String,
    /// Until when it stood (RFC 3339); absent for the present one.
    pub until: Option<String>,
    /// The amendment whose words took its place, where it was one.
    pub replaced_by: Option<String>,
    /// What changed from the text before, word by word; absent for the first.
    pub changes: Option<Vec<Stretch>>,
}

struct Line {
    number: i64,
    until: String,
    amendment: Option<String>,
    title: Vec<Stretch>,
    text: Vec<Stretch>,
    first: bool,
}

#[derive(askama::Template)]
#[template(path = "proposal_versions.html")]
struct VersionsPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    lines: Vec<Line>,
}

/// GET /proposals/{code}/versions
pub async fn show(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let (proposal, earlier) = town
        .db()
        .read(move |tx| {
            let proposal = moderated::public(tx, &code)?.ok_or(Stop::NotFound)?;
            Ok::<_, Stop>((proposal, store::versions_of(tx, &code)?))
        })
        .await?;
    let all = with_present(&proposal, earlier);
    if visit.wants != Wants::Html {
        let versions = (0..all.len()).rev().map(|index| view(&all, index)).collect();
        return json(&VersionsView { proposal: proposal.code.to_string(), versions });
    }
    let lines = (0..all.len()).rev().map(|index| line(&visit, &all, index)).collect();
    let title = visit.t.with1("versions-title", "title", proposal.headline());
    let crumbs = vec![
        Crumb { href: "/processes".to_owned(), label: visit.t.say("processes-title").to_owned() },
        Crumb { href: format!("/proposals/{}", proposal.code), label: proposal.headline().to_owned() },
        Crumb { href: String::new(), label: visit.t.say("versions").to_owned() },
    ];
    page(&VersionsPage { frame: Frame::new(&town, &visit, title).twins(&visit, &[Wants::Json]), crumbs, lines })
}

/// A text and, unless it is the present one, how it ended.
struct Text {
    number: i64,
    title: String,
    text: String,
    ended: Option<Version>,
}

fn with_present(proposal: &Proposal, earlier: Vec<Version>) -> Vec<Text> {
    let of = |version: Version| Text {
        number: version.number,
        title: version.title.clone(),
        text: version.text.clone(),
        ended: Some(version),
    };
    let mut all: Vec<Text> = earlier.into_iter().map(of).collect();
    let (number, title, text) = (proposal.version, proposal.title.clone(), proposal.text.clone());
    all.push(Text { number, title, text, ended: None });
    all
}

fn view(all: &[Text], index: usize) -> VersionView {
    let one = &all[index];
    let before = index.checked_sub(1).map(|before| &all[before]);
    let joined = |text: &Text| format!("{}\n{}", text.title, text.text);
    VersionView {
        number: one.number,
        title: one.title.clone(),
        text: one.text.clone(),
        until: one.ended.as_ref().map(|ended| ended.until.rfc3339()),
        replaced_by: one.ended.as_ref().and_then(|ended| ended.amendment.clone()),
        changes: before.map(|before| by_words(&joined(before), &joined(one))),
    }
}

fn line(visit: &Visit, all: &[Text], index: usize) -> Line {
    let one = &all[index];
    let before = index.checked_sub(1).map(|before| &all[before]);
    let until = one.ended.as_ref().map(|ended| visit.t.with1("version-until", "date", visit.date_time(ended.until)));
    Line {
        number: one.number,
        until: until.unwrap_or_else(|| visit.t.say("version-present").to_owned()),
        // The amendment that ended the text before is where this one comes from.
        amendment: before.and_then(|before| before.ended.as_ref()).and_then(|ended| ended.amendment.clone()),
        title: by_words(before.map_or(&one.title, |before| &before.title), &one.title),
        text: by_words(before.map_or(&one.text, |before| &before.text), &one.text),
        first: before.is_none(),
    }
}
