//! The nouns of the room.

use crate::{extent, said::Said};
use civic::{Language, LocalText, Moment, OrganisationId, PersonId, Subject, SubjectKind};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use tables::{ColumnKind, Declared, Report, TableInfo, Wish};

/// The kind of this room's subjects.
pub const DATASET: SubjectKind = SubjectKind("dataset");

/// Characters a name may have.
pub const NAME_LIMIT: usize = 100;
/// Characters a title may have, in each language.
pub const TITLE_LIMIT: usize = 200;
/// Characters a description may have, in each language.
pub const NOTES_LIMIT: usize = 10_000;
/// Characters of any other line.
pub const LINE_LIMIT: usize = 500;
/// Tags a dataset may have.
pub const TAGS_LIMIT: usize = 30;
/// Resources a dataset may have.
pub const RESOURCES_LIMIT: usize = 200;
/// Bytes of a file that is handed in.
pub const FILE_LIMIT_BYTES: usize = 160 * 1024 * 1024;
/// Bytes of a Parquet file that is handed in: it is read in parts, and not held as text.
pub const PARQUET_LIMIT_BYTES: usize = 256 * 1024 * 1024;
/// Datasets one page of an export holds.
pub const EXPORT_LIMIT: usize = 10_000;

/// A dataset with its resources.
#[derive(Debug, Clone)]
pub struct Dataset {
    /// Its id (a UUID), for programs.
    pub id: String,
    /// Its name in addresses.
    pub name: String,
    /// Who publishes it.
    pub organisation: OrganisationId,
    /// Where it stands.
    pub state: State,
    /// What is said of it.
    pub meta: Meta,
    /// When it was made.
    pub made_at: Moment,
    /// When it last changed.
    pub updated_at: Moment,
    /// Counts changes.
    pub version: i64,
    /// Where it was taken over from; empty for what was made here.
    pub source: String,
    /// What it is called there.
    pub source_id: String,
    /// Its files and tables, in order.
    pub resources: Vec<Resource>,
}

impl Dataset {
    /// The subject under which comments, followers and entries hang.
    pub fn subject(&self) -> Subject {
        Subject::new(DATASET, self.name.as_str())
    }

    /// Whether everybody may see it.
    pub fn is_public(&self) -> bool {
        matches!(self.state, State::Published { .. })
    }

    /// Whether it was public and is no more.
    pub fn is_gone(&self) -> bool {
        matches!(self.state, State::Withdrawn { .. })
    }

    /// The box it is about: the one that was said, else that around its tables.
    pub fn bbox(&self) -> Option<[f64; 4]> {
        self.meta.bbox.or_else(|| self.tables_bbox())
    }

    /// The box around the rows of its tables: west, south, east, north; `None` where none has places.
    pub fn tables_bbox(&self) -> Option<[f64; 4]> {
        let infos = self.resources.iter().filter_map(|one| one.body.info.as_ref());
        extent::around(infos.filter_map(extent::of_table))
    }

    /// The resource of this id or of this name in addresses.
    pub fn resource(&self, id: &str) -> Option<&Resource> {
        self.resources.iter().find(|one| one.id == id || one.slug() == id)
    }
}

/// Where a dataset stands, with what is true only then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Seen only by those who publish for its organisation.
    Draft,
    /// Everybody sees it.
    Published {
        /// Since when.
        since: Moment,
    },
    /// It was public and is no more; its address says so.
    Withdrawn {
        /// Since when.
        since: Moment,
    },
}

impl State {
    /// As in the database.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Published { .. } => "published",
            Self::Withdrawn { .. } => "withdrawn",
        }
    }

    /// The Fluent key of its name.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Draft => "dataset-draft",
            Self::Published { .. } => "dataset-published",
            Self::Withdrawn { .. } => "dataset-withdrawn",
        }
    }

    /// Since when.
    pub fn since(&self) -> Option<Moment> {
        match self {
            Self::Draft => None,
            Self::Published { since } | Self::Withdrawn { since } => Some(*since),
        }
    }
}

/// What is said of a dataset.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Meta {
    /// What people call it.
    pub title: LocalText,
    /// What is in it, how it was made, what it cannot tell.
    pub notes: Option<LocalText>,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// Codes of the EU's data themes, as `TRAN`.
    pub themes: Vec<String>,
    /// The code of a licence, see [`crate::vocabulary`].
    pub licence: String,
    /// The address of a licence that is none of those.
    pub licence_url: String,
    /// Whom to ask.
    pub contact_name: String,
    /// Their mail address.
    pub contact_email: String,
    /// Where it is about, in words.
    pub spatial: String,
    /// The box it is about: west, south, east, north, in degrees; `None` for that around its tables.
    pub bbox: Option<[f64; 4]>,
    /// The first day it is about, as `2026-01-01`.
    pub from: String,
    /// The last day.
    pub until: String,
    /// A code of the EU's frequencies, as `DAILY`.
    pub frequency: String,
    /// A code of the EU's high-value categories; empty for none.
    pub high_value: String,
    /// A page about it.
    pub url: String,
    /// Where the facts come from, and whether they are simulated.
    pub origin: String,
    /// More that programs keep with it.
    pub extras: BTreeMap<String, String>,
    /// Why it was withdrawn, for everybody; empty where it was not, or nobody said.
    pub withdrawn_why: String,
    /// What takes its place: the name of a dataset, or an address of the web; empty for nothing.
    pub replaced_by: String,
}

impl Default for Meta {
    fn default() -> Self {
        Self {
            title: LocalText::plain(""),
            notes: None,
            tags: Vec::new(),
            themes: Vec::new(),
            licence: String::new(),
            licence_url: String::new(),
            contact_name: String::new(),
            contact_email: String::new(),
            spatial: String::new(),
            bbox: None,
            from: String::new(),
            until: String::new(),
            frequency: String::new(),
            high_value: String::new(),
            url: String::new(),
            origin: String::new(),
            extras: BTreeMap::new(),
            withdrawn_why: String::new(),
            replaced_by: String::new(),
        }
    }
}

/// A file or table of a dataset.
#[derive(Debug, Clone)]
pub struct Resource {
    /// Its id (a UUID).
    pub id: String,
    /// What it is called in questions, where it is a table.
    pub table_name: Option<String>,
    /// Its file, where it is kept here.
    pub file_id: Option<String>,
    /// Which sheet of the file.
    pub sheet: i64,
    /// Counts its files.
    pub revision: i64,
    /// When it last changed.
    pub updated_at: Moment,
    /// What is said of it.
    pub body: ResourceBody,
}

/// What is said of a resource.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ResourceBody {
    /// What people call it.
    pub name: String,
    /// The same by language, where that was said.
    pub names: Said,
    /// What is in it.
    pub description: String,
    /// Its format as CKAN writes it, as `CSV`.
    pub format: String,
    /// Its media type.
    pub media_type: String,
    /// Its address, where it is not kept here.
    pub url: String,
    /// What its file is called.
    pub file_name: String,
    /// How many bytes it has.
    pub size_bytes: u64,
    /// The SHA-256 of its bytes.
    pub sha256: String,
    /// What its columns were declared to be (Frictionless Table Schema, JSON); empty for nothing.
    pub schema: String,
    /// What the columns are called and mean, by name.
    pub words: BTreeMap<String, ColumnWords>,
    /// What is known of its table.
    pub info: Option<TableInfo>,
    /// What became of its rows.
    pub report: Option<Report>,
    /// Columns by which rows are told apart (CKAN's `primary_key`).
    pub key: Vec<String>,
    /// Where it was taken over from.
    pub source_id: String,
    /// What its sheet is called in its file; empty where files have no sheets.
    pub sheet_name: String,
    /// How its sender said that its file is written.
    pub wish: Wish,
    /// When its report was made anew, because a table that it points to had become another one; `None` for never.
    pub rechecked_at: Option<Moment>,
}

/// What a column is called, and what it means.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnWords {
    /// What people call it.
    pub label: Said,
    /// What it means.
    pub notes: Said,
}

impl Resource {
    /// One of which nothing is left but its id.
    pub fn gone(id: &str, at: Moment) -> Self {
        let body = ResourceBody::default();
        Self { id: id.to_owned(), table_name: None, file_id: None, sheet: 0, revision: 0, updated_at: at, body }
    }

    /// The columns by which rows of a table of these columns are told apart: those that were said, or else the first in which every row has
    /// a value of its own. `None` where there are none.
    pub fn key_in(&self, info: &TableInfo) -> Option<Vec<String>> {
        let is_there = |key: &Vec<String>| !key.is_empty() && key.iter().all(|name| info.column(name).is_some());
        let declared = || self.declared().map(|declared| declared.key).filter(is_there);
        let alone = |one: &&tables::Described| {
            let is_name = matches!(one.kind, ColumnKind::Integer | ColumnKind::String);
            is_name && one.empty == 0 && one.misfits == 0 && one.distinct == Some(info.rows) && info.rows > 1
        };
        let shapes = info.geometry.and_then(|at| info.columns.get(at)).map(|one| one.name.as_str());
        let found = info.columns.iter().filter(alone).find(|one| Some(one.name.as_str()) != shapes);
        let found = || found.map(|one| vec![one.name.clone()]);
        Some(self.body.key.clone()).filter(is_there).or_else(declared).or_else(found)
    }

    /// Its name on the shelf of tables; another for each file it had, so that no node ever shows the rows of an older one.
    pub fn shelf(&self) -> String {
        format!("{}-{}", self.id, self.file_id.as_deref().unwrap_or("none"))
    }

    /// Its name in addresses.
    pub fn slug(&self) -> &str {
        self.table_name.as_deref().unwrap_or(&self.id)
    }

    /// What people call it in a language; empty where nobody said.
    pub fn title(&self, language: Language) -> &str {
        match self.body.names.in_language(language) {
            "" => &self.body.name,
            own => own,
        }
    }

    /// What its columns were declared to be.
    pub fn declared(&self) -> Option<Declared> {
        Declared::read_for(&self.body.schema, &self.body.file_name).ok()
    }
}

/// A resource as it was from a version of its dataset on; without a file, where it was taken away.
#[derive(Debug, Clone)]
pub struct VersionFile {
    /// The version in which it became so.
    pub version: i64,
    /// What it was.
    pub resource: Resource,
    /// Whether it is of before its dataset was withdrawn, and not public since.
    pub is_hidden: bool,
}

impl VersionFile {
    /// Whether everybody who may see its dataset may read it: it is not of before a withdrawal, or it is still the file of its resource.
    pub fn is_open(&self, dataset: &Dataset) -> bool {
        let own = &self.resource;
        !self.is_hidden || dataset.resources.iter().any(|now| now.id == own.id && now.file_id == own.file_id)
    }
}

/// A view of a table that somebody gave a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedView {
    /// Its id.
    pub id: String,
    /// The id of the table's resource.
    pub resource: String,
    /// Its name in addresses.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// The question, as an address has it.
    pub query: String,
    /// Whose it is; `None` where it is for everybody.
    pub person: Option<PersonId>,
    /// When it was kept.
    pub at: Moment,
}

/// A step of a dataset's life.
#[derive(Debug, Clone)]
pub struct Version {
    /// Counts changes.
    pub version: i64,
    /// When.
    pub at: Moment,
    /// What was said, as `dataset.published`.
    pub saying: String,
    /// The pseudonym of who did it.
    pub actor: String,
    /// What changed, in codes.
    pub changed: Vec<String>,
}
