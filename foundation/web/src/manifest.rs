//! What a room declares of itself. Everything that joins the rooms (routes and their
//! guard, navigation, API description, record sentences, jobs, sitemap, privacy) is
//! derived from these declarations.

mod activity;
mod catalogue;
mod datasets;
mod joining;
mod retention;
mod route;
mod work;

pub use activity::{Activity, ActivityEnd, Done};
pub use catalogue::{Catalogue, RouteInfo};
pub use datasets::{OwnDataset, RowsOf};
pub use joining::{AnswersFor, AskedFor, Brief, BriefsOf, Offer, OffersOf, Offshoot, QuietOf};
pub use retention::{EndOld, Ending, Retention};
pub use route::{Doc, FORM_LIMIT_BYTES, Parameter, Response, Route, Twin};
pub use work::{AskedWork, Desk, NEVER_DUE, Work, WorkEnd, WorkOf, WorkPage};

use crate::{Town, Visit, visit::Credential};
use axum::{http::StatusCode, response::Response as HttpResponse};
use civic::{Act, Language, PersonId};
use database::{DbError, MigrationSet, Tx};
use futures_util::future::BoxFuture;
use serde_json::Value;
use std::sync::Arc;

/// A fragment of HTML that a template made, safe to put on a page.
pub type Html = String;

/// Anything that is mounted: a room, or a part of the foundation that has pages.
#[derive(Default)]
pub struct Room {
    /// Its name, as the folder's.
    pub name: &'static str,
    /// Every route with the act it needs.
    pub routes: Vec<Route>,
    /// Its tables.
    pub migrations: Option<MigrationSet>,
    /// Its words, a Fluent source per language.
    pub messages: &'static [(Language, &'static str)],
    /// What it says on the record.
    pub sayings: &'static [Saying],
    /// The kinds of subjects it owns.
    pub subjects: &'static [SubjectInfo],
    /// Its doors in the navigation.
    pub doors: Vec<Door>,
    /// Work it does after an act.
    pub jobs: Vec<JobKind>,
    /// Its followers of the record.
    pub subscribers: Vec<Subscriber>,
    /// A panel for the front page.
    pub front: Option<FrontPanel>,
    /// What it keeps about a person, for export and erasure.
    pub privacy: Option<Privacy>,
    /// What it does not keep for ever.
    pub retention: &'static [Retention],
    /// Its public pages for the sitemap, oldest first, from the given page of 10,000.
    pub sitemap: Option<Sitemap>,
    /// Reads anew what it keeps in memory; called every second, as another node may have changed it.
    pub refresh: Option<Refresh>,
    /// What its codes are called, for the sentences of the record.
    pub names: Option<NameOf>,
    /// Its numbers for pages that stay open, as `{"open": "572"}` in the reader's language.
    pub numbers: Option<LiveNumbers>,
    /// How a standard's endpoint writes errors, where the standard says how.
    pub error_shape: Option<ErrorShape>,
    /// The kinds of its subjects whose words people may report to the moderators.
    pub moderated: Vec<crate::moderated::Moderated>,
    /// Its subjects in a line each, for other rooms.
    pub briefs: Option<BriefsOf>,
    /// What its subjects offer to be taken on elsewhere.
    pub offers: Option<OffersOf>,
    /// Whether a person asked for one of its subjects.
    pub asked: Option<AskedFor>,
    /// The public body that answers for one of its subjects.
    pub answers_for: Option<AnswersFor>,
    /// What somebody with the mandate can make grow out of any subject.
    pub offshoots: &'static [Offshoot],
    /// When its subjects take no comments.
    pub quiet: Option<QuietOf>,
    /// The kinds of its subjects whose comments may take a side: for, against or neutral.
    pub sided: &'static [&'static str],
    /// What it publishes of its own activity.
    pub datasets: &'static [OwnDataset],
    /// What waits at its desk, for the one inbox over all rooms.
    pub desk: Option<Desk>,
    /// What people do here that they find again under their account.
    pub activity: &'static [Activity],
}

/// A word of the record and the message that makes it a sentence.
#[derive(Debug, Clone, Copy)]
pub struct Saying {
    /// Past tense, as `request.opened`.
    pub name: &'static str,
    /// The Fluent key of its sentence; the entry's public view gives the variables.
    pub key: &'static str,
}

/// A kind of subject and where its pages are.
#[derive(Debug, Clone, Copy)]
pub struct SubjectInfo {
    /// The kind, as `request`.
    pub kind: &'static str,
    /// The Fluent key of its name.
    pub key: &'static str,
    /// The address of the page of the subject with this public id.
    pub page: fn(&str) -> String,
}

/// A link of the main navigation.
#[derive(Debug, Clone, Copy)]
pub struct Door {
    /// Where it leads.
    pub href: &'static str,
    /// The Fluent key of its label.
    pub key: &'static str,
    /// `report`, `part`, `apply`, `explore` or `desk`: its colour.
    pub door: &'static str,
    /// Who sees it.
    pub act: Act,
    /// Its place among the doors, smallest first.
    pub order: u8,
}

/// Runs one job. An error is tried again with growing pauses.
pub type RunJob = Arc<dyn Fn(Town, Value) -> BoxFuture<'static, Result<(), String>> + Send + Sync>;

/// A kind of work in the outbox.
#[derive(Clone)]
pub struct JobKind {
    /// As `mail.send`.
    pub kind: &'static str,
    /// After how many seconds it is put into the outbox again, for work that comes by itself.
    pub every_seconds: Option<i64>,
    /// Does it.
    pub run: RunJob,
}

impl JobKind {
    /// Work that an act asks for.
    pub fn asked(kind: &'static str, run: RunJob) -> Self {
        Self { kind, every_seconds: None, run }
    }

    /// Work that comes again and again, in one process of the town at a time.
    pub fn every(kind: &'static str, seconds: i64, run: RunJob) -> Self {
        Self { kind, every_seconds: Some(seconds), run }
    }
}

/// Takes entries that have their place in the record, in order, each at least once and
/// in the same transaction as its cursor, so in effect once.
pub type TakeEntries = fn(&Town, &mut Tx<'_>, &[record::Sequenced]) -> Result<(), DbError>;

/// A follower of the record: notifications, search, counts.
#[derive(Clone, Copy)]
pub struct Subscriber {
    /// Its name, which keeps its place; never change it.
    pub name: &'static str,
    /// Takes the next entries.
    pub take: TakeEntries,
}

/// Makes the room's panel on the front page.
pub type FrontPanel = fn(Town, Visit) -> BoxFuture<'static, Result<Html, DbError>>;

/// What a room keeps about people.
#[derive(Clone, Copy)]
pub struct Privacy {
    /// Everything about the person, as JSON.
    pub export: fn(&mut Tx<'_>, PersonId) -> Result<Value, DbError>,
    /// Removes or anonymises it, with the salts of the record.
    pub erase: fn(&mut Tx<'_>, PersonId) -> Result<(), DbError>,
}

/// The paths of public pages with their last change, `page` counting from 0.
pub type Sitemap = fn(&mut Tx<'_>, page: u32) -> Result<Vec<(String, civic::Moment)>, DbError>;

/// Reads anew what a room keeps in memory of the database.
pub type Refresh = fn(Town) -> BoxFuture<'static, Result<(), DbError>>;

/// The name of a code that stands in an entry's public view, as field `category`, code `graffiti`.
pub type NameOf = fn(&Town, field: &str, code: &str, Language) -> Option<String>;

/// Numbers of a room as people read them, by name.
pub type LiveNumbers = fn(&Town, Language) -> Value;

/// The error shape of a standard's endpoints.
#[derive(Clone, Copy)]
pub struct ErrorShape {
    /// What their addresses begin with, as `/open311/`.
    pub prefix: &'static str,
    /// Writes these sentences.
    pub write: fn(&Visit, StatusCode, &[String]) -> HttpResponse,
}

/// What a request carries to say who sends it.
#[derive(Debug, Clone, Default)]
pub struct Credentials {
    /// The value of our session cookie.
    pub session: Option<String>,
    /// The token of `Authorization: Bearer …`.
    pub bearer: Option<String>,
    /// The language the reader chose or their browser asks for.
    pub language: Language,
}

/// The function by which `people` tells who sends a request.
pub type WhoIs = Arc<dyn Fn(Town, Credentials) -> BoxFuture<'static, Whom> + Send + Sync>;

/// Who sends a request.
pub struct Whom {
    /// The actor.
    pub actor: civic::Actor,
    /// How we know.
    pub credential: Credential,
    /// Whether a key was sent that opens nothing: it is not known, has ended, or was taken back.
    pub is_refused: bool,
}

impl Whom {
    /// Nobody that we know.
    pub fn visitor(language: Language) -> Self {
        Self { actor: civic::Actor::visitor(language), credential: Credential::None, is_refused: false }
    }
}
