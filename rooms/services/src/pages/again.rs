//! Questions that are answered again: opened by the applicant, and what changed for the officer.

use super::{apply::private, check_answers::lines};
use crate::{
    again::{self, Revision, WordPart},
    model::{Application, Definition},
    store::KeptFile,
};
use axum::extract::State;
use civic::Language;
use forms::{Answers, Kind, visible_pages};
use serde_json::Value;
use web::{
    Answer, Town, Visit, Wants,
    answer::{json_with, see_other},
    forms::Submission,
    visit::Path,
};

/// An answer that changed, in parts: what kind (`same`, `gone`, `new`) and the words.
pub(super) struct ChangeShown {
    pub(super) label: String,
    pub(super) parts: Vec<(&'static str, String)>,
}

/// What was changed when.
pub(super) struct RevisionShown {
    pub(super) title: String,
    pub(super) changes: Vec<ChangeShown>,
}

/// Questions that can be opened again: name and words.
pub(super) fn questions(definition: &Definition, one: &Application, language: Language) -> Vec<(String, String)> {
    let pages = visible_pages(&definition.form, &one.answers);
    let fields = pages.iter().flat_map(|page| &page.fields).filter(|field| field.kind != Kind::Calculated);
    fields.map(|field| (field.name.clone(), field.label.in_language(language).to_owned())).collect()
}

/// What changed from each state of the answers to the next, the latest first.
pub(super) fn shown(
    town: &Town,
    visit: &Visit,
    definition: &Definition,
    one: &Application,
    earlier: &[Revision],
    files: &[KeptFile],
) -> Vec<RevisionShown> {
    let read = |answers: &Answers| {
        let lines = lines(town, visit, &definition.form, answers, "");
        let uploads = definition.form.fields().filter(|(_, field)| field.kind == Kind::Upload);
        let uploads: Vec<(String, String)> = uploads
            .map(|(_, field)| {
                let ids = answers.0.get(&field.name).and_then(Value::as_array).into_iter().flatten();
                (field.label.in_language(visit.t.language()).to_owned(), named(ids, files))
            })
            .collect();
        let line = |line: web::parts::CheckLine| {
            let files = uploads.iter().find(|(label, _)| *label == line.label).map(|(_, names)| names.clone());
            (line.label, files.unwrap_or(line.value))
        };
        lines.into_iter().map(line).collect::<Vec<_>>()
    };
    let after = earlier.iter().skip(1).map(|one| &one.answers).chain([&one.answers]);
    let revision = |(before, now): (&Revision, &Answers)| RevisionShown {
        title: visit.t.with1("sv-again-changed", "date", visit.date_time(before.at)),
        changes: again::changes(&read(&before.answers), &read(now))
            .into_iter()
            .map(|change| ChangeShown { label: change.label, parts: change.parts.into_iter().map(part).collect() })
            .collect(),
    };
    let mut all: Vec<RevisionShown> = earlier.iter().zip(after).map(revision).collect();
    all.reverse();
    all
}

fn part(part: WordPart) -> (&'static str, String) {
    match part {
        WordPart::Same(words) => ("same", words),
        WordPart::Gone(words) => ("gone", words),
        WordPart::New(words) => ("new", words),
    }
}

/// Files by number and name, so that two of one name differ.
fn named<'v>(ids: impl Iterator<Item = &'v Value>, files: &[KeptFile]) -> String {
    let name = |id: &Value| {
        let at = files.iter().position(|file| Some(file.id.as_str()) == id.as_str())?;
        Some(format!("{}. {}", at + 1, files[at].name))
    };
    ids.filter_map(name).collect::<Vec<_>>().join(", ")
}

/// POST /applications/{code}/reopen
pub async fn reopen(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let key = form.text("key").unwrap_or_default().to_owned();
    let begun = again::reopen(&town, visit.actor.clone(), code, key).await?;
    let path = format!("/apply/{}/{}", begun.secret, begun.page);
    if visit.wants == Wants::Json {
        let view = serde_json::json!({"draft": begun.secret, "url": town.url(&path)});
        return json_with(axum::http::StatusCode::CREATED, &view);
    }
    Ok(private(see_other(&path)?))
}
