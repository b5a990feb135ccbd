//! Read models, the same for pages and for machines.

use crate::{
    books::{Filed, Shelves},
    links::{self, Link, LinkView},
    model::{Dataset, Resource, Version},
    notes::NoteView,
    quality,
    usage::UsageView,
    vocabulary::licence_url,
};
use civic::{Language, Moment};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;
use web::{Town, views::Named};

/// A dataset.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct DatasetView {
    /// Its id.
    pub id: String,
    /// Its name in addresses.
    pub name: String,
    /// Its page.
    pub url: String,
    /// draft, published or withdrawn.
    pub state: String,
    /// Why it was withdrawn; empty where it was not, or nobody said.
    pub withdrawn_why: String,
    /// What takes its place: an address; empty for nothing.
    pub replaced_by: String,
    /// What people call it, in the reader's language.
    pub title: String,
    /// The same in every language there is.
    pub titles: BTreeMap<String, String>,
    /// What is in it.
    pub notes: String,
    /// Who publishes it.
    pub organisation: Named,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// Codes of the EU's data themes.
    pub themes: Vec<String>,
    /// The address of its licence.
    pub licence: String,
    /// Where it is about.
    pub spatial: String,
    /// The box it is about, or around its tables: west, south, east, north, in degrees.
    pub bbox: Option<[f64; 4]>,
    /// The first and last day it is about.
    pub temporal: [String; 2],
    /// A code of the EU's frequencies.
    pub frequency: String,
    /// Where the facts come from.
    pub origin: String,
    /// Where it was taken over from; nothing for what was made here.
    pub source: Option<SourceView>,
    /// How it is cited.
    pub citation: String,
    /// Points of 100.
    pub quality: i64,
    /// Its files and tables.
    pub resources: Vec<ResourceView>,
    /// What happened to it, newest first.
    pub history: Vec<VersionView>,
    /// What people made of it, newest first.
    pub reuses: Vec<NoteView>,
    /// Mistakes that wait for an answer.
    pub issues_open: i64,
    /// How often it was used in the last 30 days, newest first; days without any use are left out.
    pub usage: Vec<UsageView>,
    /// The addresses of other sites that it names, with their last answers; those that were not asked yet for a first time may be missing.
    pub links: Vec<LinkView>,
    /// When it was made (RFC 3339).
    pub made_at: String,
    /// When it last changed (RFC 3339).
    pub updated_at: String,
    /// Counts changes.
    pub version: i64,
}

/// The catalogue that a dataset was taken over from.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct SourceView {
    /// The address of the catalogue.
    pub catalogue: String,
    /// What the dataset is called there.
    pub id: String,
    /// Who publishes it there; empty where that is not said.
    pub publisher: String,
    /// When it last changed there, as it is written there; empty where that is not said.
    pub modified: String,
}

/// Where a dataset was taken over from; `None` for what was made here.
pub fn source(one: &Dataset) -> Option<SourceView> {
    let extra = |name: &str| one.meta.extras.get(name).cloned().unwrap_or_default();
    crate::decide::is_web_address(&one.source).then(|| SourceView {
        catalogue: one.source.clone(),
        id: one.source_id.clone(),
        publisher: extra("publisher_name"),
        modified: extra("modified"),
    })
}

/// A file or table.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ResourceView {
    /// Its id.
    pub id: String,
    /// Its name in addresses and questions.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// Its format.
    pub format: String,
    /// Its page, where it is a table.
    pub url: Option<String>,
    /// Where its bytes are.
    pub download_url: String,
    /// How many bytes.
    pub size_bytes: u64,
    /// Their SHA-256.
    pub sha256: String,
    /// Rows that are stored, of those of the file.
    pub rows: Option<u64>,
    /// Rows that were set aside.
    pub set_aside: Option<u64>,
    /// When its report was made anew, because a table that it points to had become another one (RFC 3339); nothing for never.
    pub rechecked_at: Option<String>,
    /// Its columns.
    pub columns: Vec<ColumnView>,
}

/// A column.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ColumnView {
    /// Its name.
    pub name: String,
    /// Its type (Frictionless Table Schema).
    pub kind: String,
    /// What people call it.
    pub label: String,
    /// What it means.
    pub notes: String,
    /// The word that stands for nothing in it.
    pub missing: String,
    /// Cells that hold nothing.
    pub empty: u64,
    /// Different values; absent where there are too many to count.
    pub distinct: Option<u64>,
    /// The least and greatest value.
    pub least: Option<String>,
    /// See `least`.
    pub most: Option<String>,
}

/// A step of a dataset's life.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct VersionView {
    /// Counts changes.
    pub version: i64,
    /// When (RFC 3339).
    pub at: String,
    /// What was said.
    pub saying: String,
    /// What changed, in codes.
    pub changed: Vec<String>,
}

/// A dataset as a reader of this language sees it.
pub fn dataset(
    town: &Town,
    shelves: &Shelves,
    filed: &Filed,
    versions: &[Version],
    links: &[Link],
    language: Language,
    now: Moment,
) -> DatasetView {
    let one = &filed.dataset;
    let titles: BTreeMap<Language, String> = one.meta.title.clone().into();
    DatasetView {
        id: one.id.clone(),
        name: one.name.clone(),
        url: town.url(&format!("/data/{}", one.name)),
        state: one.state.word().to_owned(),
        withdrawn_why: one.meta.withdrawn_why.clone(),
        replaced_by: match one.meta.replaced_by.as_str() {
            "" => String::new(),
            to if to.contains("://") => to.to_owned(),
            name => town.url(&format!("/data/{name}")),
        },
        title: one.meta.title.in_language(language).to_owned(),
        titles: titles.into_iter().map(|(language, text)| (language.tag().to_owned(), text)).collect(),
        notes: one.meta.notes.as_ref().map(|notes| notes.in_language(language).to_owned()).unwrap_or_default(),
        organisation: Named {
            code: shelves.agency_code(one.organisation).to_owned(),
            name: shelves.agency_name(one.organisation, language).to_owned(),
        },
        tags: one.meta.tags.clone(),
        themes: one.meta.themes.clone(),
        licence: licence_url(&one.meta).to_owned(),
        spatial: one.meta.spatial.clone(),
        bbox: one.bbox(),
        temporal: [one.meta.from.clone(), one.meta.until.clone()],
        frequency: one.meta.frequency.clone(),
        origin: one.meta.origin.clone(),
        source: source(one),
        citation: citation(town, shelves, one, language),
        quality: quality::score(&quality::checks(one, links, now)),
        resources: one.resources.iter().map(|resource| resource_view(town, one, resource, language)).collect(),
        history: versions.iter().map(version_view).collect(),
        reuses: Vec::new(),
        issues_open: 0,
        usage: Vec::new(),
        links: links::views(links),
        made_at: one.made_at.rfc3339(),
        updated_at: one.updated_at.rfc3339(),
        version: one.version,
    }
}

/// How it is cited: who, when, what, which version, where.
pub fn citation(town: &Town, shelves: &Shelves, one: &Dataset, language: Language) -> String {
    let (who, what) = (shelves.agency_name(one.organisation, language), one.meta.title.in_language(language));
    let year: String = one.updated_at.rfc3339().chars().take(4).collect();
    format!("{who} ({year}): {what}, v{}. {}", one.version, town.url(&format!("/data/{}", one.name)))
}

/// Where the bytes of a resource are.
pub fn download_url(town: &Town, dataset: &Dataset, resource: &Resource) -> String {
    if resource.file_id.is_some() {
        town.url(&format!("/data/{}/{}/file/original", dataset.name, resource.slug()))
    } else {
        resource.body.url.clone()
    }
}

fn resource_view(town: &Town, dataset: &Dataset, resource: &Resource, language: Language) -> ResourceView {
    let info = resource.body.info.as_ref();
    ResourceView {
        id: resource.id.clone(),
        name: resource.slug().to_owned(),
        title: resource.title(language).to_owned(),
        format: resource.body.format.clone(),
        url: info.map(|_| town.url(&format!("/data/{}/{}", dataset.name, resource.slug()))),
        download_url: download_url(town, dataset, resource),
        size_bytes: resource.body.size_bytes,
        sha256: resource.body.sha256.clone(),
        rows: info.map(|info| info.rows),
        set_aside: info.map(|info| info.set_aside),
        rechecked_at: resource.body.rechecked_at.map(Moment::rfc3339),
        columns: info
            .map(|info| info.columns.iter().map(|column| column_view(resource, column, language)).collect())
            .unwrap_or_default(),
    }
}

fn column_view(resource: &Resource, column: &tables::Described, language: Language) -> ColumnView {
    let words = resource.body.words.get(&column.name).cloned().unwrap_or_default();
    ColumnView {
        name: column.name.clone(),
        kind: column.kind.word().to_owned(),
        label: words.label.in_language(language).to_owned(),
        notes: words.notes.in_language(language).to_owned(),
        missing: column.missing.clone(),
        empty: column.empty,
        distinct: column.distinct,
        least: column.least.clone(),
        most: column.most.clone(),
    }
}

/// A version for programs.
pub fn version_view(one: &Version) -> VersionView {
    VersionView { version: one.version, at: one.at.rfc3339(), saying: one.saying.clone(), changed: one.changed.clone() }
}
