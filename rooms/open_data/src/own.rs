//! The town's own data: what the rooms declare becomes datasets, every day anew.

use crate::{
    books::{self, Books},
    commands::{self, FileIn, From, town_itself},
    decide::Draft,
    model::{ColumnWords, Dataset},
    said::Said,
};
use civic::Language;
use database::DbError;
use futures_util::future::BoxFuture;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use std::{collections::BTreeMap, sync::Arc};
use web::{
    Stop, Town,
    manifest::{Catalogue, JobKind, OwnDataset},
};

/// The kind of the job.
const OWN: &str = "long.open-data-own";
/// How often it is made anew.
const EVERY_SECONDS: i64 = 86_400;
/// Where these datasets come from.
const SOURCE: &str = "town";
/// Rows of one dataset.
const ROWS_LIMIT: usize = 2_000_000;

/// The job.
pub fn job_kind() -> JobKind {
    let run = |town: Town, _: Value| -> BoxFuture<'static, Result<(), String>> {
        Box::pin(async move { publish_own(&town).await.map_err(|stop| format!("{stop:?}")) })
    };
    JobKind::every(OWN, EVERY_SECONDS, Arc::new(run))
}

/// Publishes what the rooms declare, or brings it up to date; one that fails never stops the others. A town without an organisation has
/// nobody who publishes yet.
///
/// # Errors
/// The first of those of the datasets: of the database, or a refusal of a declaration, which a test would have found.
pub async fn publish_own(town: &Town) -> Result<(), Stop> {
    books::refresh(town.clone()).await?;
    let mut failed = None;
    for one in town.part::<Catalogue>().datasets.clone() {
        if let Err(stop) = publish_one(town, one).await {
            tracing::warn!(dataset = one.name, ?stop, "a dataset of the town's own was not made anew");
            failed.get_or_insert(stop);
        }
    }
    failed.map_or(Ok(()), Err)
}

/// Makes one of the town's own datasets anew, now.
///
/// # Errors
/// `NotFound` where no room declares it; those of the database.
pub async fn renew_own(town: &Town, name: &str) -> Result<(), Stop> {
    let declared = town.part::<Catalogue>().datasets.iter().find(|one| one.name == name).copied();
    publish_one(town, declared.ok_or(Stop::NotFound)?).await
}

/// Whether a dataset is made of what a room declares.
pub fn is_own(dataset: &Dataset) -> bool {
    dataset.source == SOURCE
}

async fn publish_one(town: &Town, one: OwnDataset) -> Result<(), Stop> {
    let shelves = town.part::<Books>().now();
    let known = shelves.find(one.name).map(|filed| filed.dataset.clone());
    // Who took one back does not want it back tomorrow; a name that somebody else took stays theirs.
    if known.as_ref().is_some_and(|known| !is_own(known) || !(known.is_public() || known.resources.is_empty())) {
        return Ok(());
    }
    let agencies = shelves.organisations.values();
    let Some(agency) = agencies.min_by_key(|one| one.code.clone()).map(|one| one.code.clone()) else {
        return Ok(());
    };
    let file = file_of(town, one).await?;
    match known {
        Some(known) => renew(town, one, known, file).await,
        None => begin(town, one, &agency, file).await,
    }
}

/// Its rows as CSV; `None` while there are none.
async fn file_of(town: &Town, one: OwnDataset) -> Result<Option<FileIn>, Stop> {
    let own = town.clone();
    let header: Vec<&str> = one.columns.iter().map(|(name, _)| *name).collect();
    let header = header.into_iter().map(str::to_owned).collect::<Vec<_>>();
    let rows = town.db().read_long(move |tx| {
        let mut rows = Rows { most: ROWS_LIMIT, ..Rows::default() };
        (one.rows)(&own, tx, &mut |row| rows.take(row))?;
        Ok::<_, DbError>(rows)
    });
    let all = rows.await?;
    let (notes, rows) = (all.note().into_iter().collect(), all.kept);
    if rows.is_empty() {
        return Ok(None);
    }
    let mut text = line(&header);
    rows.iter().for_each(|row| text.push_str(&line(row)));
    let (file_name, bytes) = (format!("{}.csv", one.name), text.into_bytes().into());
    Ok(Some(FileIn { file_name, bytes, notes, ..FileIn::default() }))
}

/// Rows up to a limit, and how many there were beyond.
#[derive(Default)]
struct Rows {
    kept: Vec<Vec<String>>,
    most: usize,
    beyond: u64,
}

impl Rows {
    fn take(&mut self, row: Vec<String>) {
        if self.kept.len() < self.most { self.kept.push(row) } else { self.beyond += 1 }
    }

    /// That rows are missing, for the report.
    fn note(&self) -> Option<String> {
        let (most, all) = (self.most, self.most as u64 + self.beyond);
        (self.beyond > 0).then(|| format!("the town has {all} rows of this; the first {most} are published here"))
    }
}

/// A line of CSV (RFC 4180).
fn line(cells: &[String]) -> String {
    let quoted = |cell: &String| {
        if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.clone() }
    };
    let mut line = cells.iter().map(quoted).collect::<Vec<_>>().join(",");
    line.push('\n');
    line
}

fn words(town: &Town, key: &str) -> BTreeMap<Language, String> {
    town.settings()
        .languages
        .iter()
        .map(|language| (*language, town.words().of(*language).say(key).to_owned()))
        .collect()
}

async fn begin(town: &Town, one: OwnDataset, agency: &str, file: Option<FileIn>) -> Result<(), Stop> {
    let Some(file) = file else { return Ok(()) };
    let actor = town_itself();
    let draft = Draft {
        name: one.name.to_owned(),
        title: words(town, one.title),
        notes: words(town, one.notes),
        tags: one.tags.iter().map(|tag| (*tag).to_owned()).collect(),
        themes: one.themes.iter().map(|theme| (*theme).to_owned()).collect(),
        licence: "cc-zero".to_owned(),
        contact_email: town.settings().contact_email.clone(),
        spatial: town.settings().name.in_language(Language::En).to_owned(),
        frequency: "DAILY".to_owned(),
        ..Draft::default()
    };
    let from = From { source: SOURCE.to_owned(), source_id: one.name.to_owned() };
    commands::draft(town, &actor, agency, &draft, from).await?;
    let own = town.settings().languages.first().copied().unwrap_or_default();
    let title = town.words().of(own).say(one.title).to_owned();
    let dataset = commands::add_file(town, &actor, one.name, FileIn { name: title, ..file }).await?;
    describe(town, one, &dataset).await?;
    commands::publish(town, &actor, one.name, None).await.map(|_| ())
}

/// What it is called and what its columns mean, in every language of the town.
async fn describe(town: &Town, one: OwnDataset, dataset: &Dataset) -> Result<(), Stop> {
    let names: Said = words(town, one.title).into_iter().collect();
    let notes = |(name, key): &(&str, &str)| {
        ((*name).to_owned(), ColumnWords { label: Said::default(), notes: words(town, key).into_iter().collect() })
    };
    let columns = one.columns.iter().map(notes).collect();
    let Some(resource) = dataset.resources.first() else { return Ok(()) };
    let said = (Some(names), columns);
    commands::describe_columns(town, &town_itself(), &dataset.name, &resource.id, said).await.map(|_| ())
}

async fn renew(town: &Town, one: OwnDataset, known: Dataset, file: Option<FileIn>) -> Result<(), Stop> {
    let Some(resource) = known.resources.first() else { return Ok(()) };
    let Some(file) = file else {
        // There are no rows any more: the old ones are not the town's data now.
        if resource.file_id.is_some() {
            let edit = |body: &mut crate::model::ResourceBody| (body.info, body.report) = (None, None);
            commands::clear_rows(town, &town_itself(), one.name, resource, edit).await?;
        }
        return Ok(());
    };
    // What was described in one language, before the others were kept, is described once more.
    let columns = one.columns.iter().filter_map(|(name, _)| resource.body.words.get(*name));
    let is_told = |said: &ColumnWords| town.settings().languages.iter().all(|one| !said.notes.exactly(*one).is_empty());
    if resource.body.names.is_empty() || !columns.into_iter().all(is_told) {
        describe(town, one, &known).await?;
    }
    // What has not changed is not written again.
    if resource.body.sha256 == hex::encode(Sha256::digest(&file.bytes)) {
        return Ok(());
    }
    commands::replace_file(town, &town_itself(), one.name, &resource.id, file).await.map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::Rows;

    #[test]
    fn what_is_left_out_is_said() {
        let mut rows = Rows { most: 2, ..Rows::default() };
        for _ in 0..2 {
            rows.take(Vec::new());
        }
        assert_eq!((rows.kept.len(), rows.note()), (2, None));
        rows.take(Vec::new());
        assert_eq!(rows.kept.len(), 2);
        assert_eq!(rows.note().unwrap(), "the town has 3 rows of this; the first 2 are published here");
    }
}
