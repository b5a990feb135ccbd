//! What a room declares of itself. Everything that joins the rooms (routes and their
//! guard, navigation, API description, record sentences, jobs, sitemap, privacy) is
//! derived from these declarations.

mod datasets;
mod joining;
mod retention;
mod work;

pub use datasets::{OwnDataset, RowsOf};
pub use joining::{AnswersFor, AskedFor, Brief, BriefsOf, Offer, OffersOf, Offshoot, QuietOf};
pub use retention::{EndOld, Ending, Retention};
pub use work::{AskedWork, Desk, NEVER_DUE, Work, WorkEnd, WorkOf, WorkPage};

use crate::{Town, Visit, Wants, forms::VALUE_LIMIT_BYTES};
use axum::{
    handler::Handler,
    http::{Method, StatusCode},
    response::Response as HttpResponse,
    routing::{MethodRouter, on},
};
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
}

/// One address, one method, one act, one handler.
pub struct Route {
    /// GET, POST, …
    pub method: Method,
    /// The path with `{parameters}`, without the suffix of a twin.
    pub path: &'static str,
    /// What one must be mandated to do. There is no route without.
    pub act: Act,
    /// The machine twins it offers besides the page.
    pub twins: &'static [Wants],
    /// Whether it speaks to machines only: no pages, no cookies.
    pub machine: bool,
    /// Whether pages of other sites may ask it and read its answers.
    pub other_sites: bool,
    /// Bytes a request body may have.
    pub body_limit_bytes: usize,
    /// Bytes one field of a form may have.
    pub field_limit_bytes: usize,
    /// Whether the guard counts how often an address acts here; where not, the handler does it after it has read a key.
    pub metered: bool,
    /// How it is described at /developers; undocumented routes are for people only.
    pub doc: Option<Doc>,
    /// The handler.
    pub to: MethodRouter<Town>,
}

/// Bytes of an ordinary form.
pub const FORM_LIMIT_BYTES: usize = 256 * 1024;

impl Route {
    /// A page or resource to read.
    pub fn get<H, T>(path: &'static str, act: Act, handler: H) -> Self
    where
        H: Handler<T, Town>,
        T: 'static,
    {
        Self::on(Method::GET, path, act, handler)
    }

    /// Something to do.
    pub fn post<H, T>(path: &'static str, act: Act, handler: H) -> Self
    where
        H: Handler<T, Town>,
        T: 'static,
    {
        Self::on(Method::POST, path, act, handler)
    }

    /// Any other method.
    pub fn on<H, T>(method: Method, path: &'static str, act: Act, handler: H) -> Self
    where
        H: Handler<T, Town>,
        T: 'static,
    {
        let filter = method.clone().try_into().expect("routes use the standard methods");
        let to = on(filter, handler);
        Self {
            method,
            path,
            act,
            twins: &[],
            machine: false,
            other_sites: false,
            body_limit_bytes: FORM_LIMIT_BYTES,
            field_limit_bytes: VALUE_LIMIT_BYTES,
            metered: true,
            doc: None,
            to,
        }
    }

    /// Offers these machine twins of the page.
    #[must_use]
    pub fn twins(mut self, twins: &'static [Wants]) -> Self {
        self.twins = twins;
        self
    }

    /// Speaks to machines only: cookies are ignored, errors are JSON.
    #[must_use]
    pub fn for_machines(mut self) -> Self {
        self.machine = true;
        self
    }

    /// Speaks to machines only, those in pages of other sites among them (CORS, fetch.spec.whatwg.org): every answer may be read there, and
    /// what a browser asks beforehand is answered. Such a page sends no cookie and no token, so it is for what everybody may do.
    #[must_use]
    pub fn for_other_sites(self) -> Self {
        Self { other_sites: true, ..self.for_machines() }
    }

    /// Leaves it to the handler to count how often an address acts, because it acts by a key in the body.
    #[must_use]
    pub fn unmetered(mut self) -> Self {
        self.metered = false;
        self
    }

    /// Takes larger bodies than a form.
    #[must_use]
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.body_limit_bytes = bytes;
        self
    }

    /// Takes longer fields than a form has: what one would upload, pasted or sent back as text.
    #[must_use]
    pub fn field_limit(mut self, bytes: usize) -> Self {
        self.field_limit_bytes = bytes;
        self
    }

    /// Describes it to developers.
    #[must_use]
    pub fn documented(mut self, doc: Doc) -> Self {
        self.doc = Some(doc);
        self
    }
}

/// A machine twin of a page; see [`Wants`].
pub type Twin = Wants;

/// How a route is described in OpenAPI 3.1.
#[derive(Debug, Clone, Default)]
pub struct Doc {
    /// One line.
    pub summary: &'static str,
    /// What it belongs to.
    pub tag: &'static str,
    /// Path and query parameters.
    pub parameters: Vec<Parameter>,
    /// The JSON Schema (2020-12) of the body, with its media type.
    pub body: Option<(&'static str, Value)>,
    /// Status, media type, description, schema.
    pub answers: Vec<Response>,
    /// The media types of errors, where a standard has its own; otherwise they are RFC 9457 problems.
    pub error_media_types: &'static [&'static str],
}

/// A parameter of a documented route.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// `path` or `query`.
    pub place: &'static str,
    /// What it means.
    pub description: &'static str,
    /// Its JSON Schema.
    pub schema: Value,
}

/// An answer of a documented route.
#[derive(Debug, Clone)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// Its media type, where it has a body.
    pub media_type: &'static str,
    /// What it means.
    pub description: &'static str,
    /// Its JSON Schema.
    pub schema: Value,
}

impl Doc {
    /// A description with one line.
    pub fn new(tag: &'static str, summary: &'static str) -> Self {
        Self { summary, tag, ..Self::default() }
    }

    /// Adds a path parameter.
    #[must_use]
    pub fn path(mut self, name: &'static str, description: &'static str, schema: Value) -> Self {
        self.parameters.push(Parameter { name, place: "path", description, schema });
        self
    }

    /// Adds a query parameter.
    #[must_use]
    pub fn query(mut self, name: &'static str, description: &'static str, schema: Value) -> Self {
        self.parameters.push(Parameter { name, place: "query", description, schema });
        self
    }

    /// Writes errors as its standard says, in these media types.
    #[must_use]
    pub fn errors_in(mut self, media_types: &'static [&'static str]) -> Self {
        self.error_media_types = media_types;
        self
    }

    /// Says what body it takes.
    #[must_use]
    pub fn body(mut self, media_type: &'static str, schema: Value) -> Self {
        self.body = Some((media_type, schema));
        self
    }

    /// Adds an answer.
    #[must_use]
    pub fn answers(mut self, status: u16, media_type: &'static str, description: &'static str, schema: Value) -> Self {
        self.answers.push(Response { status, media_type, description, schema });
        self
    }
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

/// What all rooms together say: kept in the town for pages that join them.
#[derive(Default)]
pub struct Catalogue {
    /// The doors, in order.
    pub doors: Vec<Door>,
    /// The sayings of all rooms.
    pub sayings: Vec<Saying>,
    /// The subjects of all rooms.
    pub subjects: Vec<SubjectInfo>,
    /// The panels of the front page.
    pub fronts: Vec<FrontPanel>,
    /// The privacy parts, with the room's name.
    pub privacy: Vec<(&'static str, Privacy)>,
    /// What is not kept for ever.
    pub retention: Vec<Retention>,
    /// What rooms publish of their own activity.
    pub datasets: Vec<OwnDataset>,
    /// The sitemaps.
    pub sitemaps: Vec<Sitemap>,
    /// What to read anew every second.
    pub refreshes: Vec<Refresh>,
    /// Names of codes.
    pub names: Vec<NameOf>,
    /// Live numbers, with the room's name.
    pub numbers: Vec<(&'static str, LiveNumbers)>,
    /// Error shapes of standards.
    pub error_shapes: Vec<ErrorShape>,
    /// What moderators look after.
    pub moderated: Vec<crate::moderated::Moderated>,
    /// Subjects in a line each.
    pub briefs: Vec<BriefsOf>,
    /// What subjects offer.
    pub offers: Vec<OffersOf>,
    /// Who asked for subjects.
    pub asked: Vec<AskedFor>,
    /// Who answers for subjects.
    pub answers_for: Vec<AnswersFor>,
    /// What can grow out of any subject.
    pub offshoots: Vec<Offshoot>,
    /// When subjects take no comments.
    pub quiets: Vec<QuietOf>,
    /// The kinds of subjects whose comments may take a side.
    pub sided: Vec<&'static str>,
    /// The desks of all rooms, by name.
    pub desks: Vec<Desk>,
    /// The names of the followers of the record.
    pub subscribers: Vec<&'static str>,
    /// Every route: room, method, path, act, twins, doc.
    pub routes: Vec<RouteInfo>,
}

/// What is public of a route: for the API description and for the matrix test.
#[derive(Debug, Clone)]
pub struct RouteInfo {
    /// The room that declares it.
    pub room: &'static str,
    /// Its method.
    pub method: Method,
    /// Its path.
    pub path: &'static str,
    /// Its act.
    pub act: Act,
    /// Its twins.
    pub twins: &'static [Wants],
    /// Whether it is for machines only.
    pub machine: bool,
    /// Its description.
    pub doc: Option<Doc>,
}

impl Catalogue {
    /// Reads the declarations of all rooms.
    pub fn of(rooms: &[Room]) -> Self {
        let mut all = Self::default();
        for room in rooms {
            all.doors.extend(&room.doors);
            all.sayings.extend(room.sayings);
            all.subjects.extend(room.subjects);
            all.fronts.extend(room.front);
            all.privacy.extend(room.privacy.map(|privacy| (room.name, privacy)));
            all.retention.extend(room.retention);
            all.sitemaps.extend(room.sitemap);
            all.datasets.extend(room.datasets);
            all.refreshes.extend(room.refresh);
            all.names.extend(room.names);
            all.numbers.extend(room.numbers.map(|numbers| (room.name, numbers)));
            all.error_shapes.extend(room.error_shape);
            all.moderated.extend(&room.moderated);
            all.briefs.extend(room.briefs);
            all.offers.extend(room.offers);
            all.asked.extend(room.asked);
            all.answers_for.extend(room.answers_for);
            all.offshoots.extend(room.offshoots);
            all.quiets.extend(room.quiet);
            all.sided.extend(room.sided);
            all.desks.extend(room.desk);
            all.subscribers.extend(room.subscribers.iter().map(|subscriber| subscriber.name));
            all.routes.extend(room.routes.iter().map(|route| RouteInfo {
                room: room.name,
                method: route.method.clone(),
                path: route.path,
                act: route.act,
                twins: route.twins,
                machine: route.machine,
                doc: route.doc.clone(),
            }));
        }
        all.doors.sort_by_key(|door| door.order);
        all.desks.sort_by_key(|desk| desk.room);
        all
    }

    /// Where the page of a subject is, when a room owns its kind.
    pub fn page_of(&self, kind: &str, id: &str) -> Option<String> {
        self.subjects.iter().find(|subject| subject.kind == kind).map(|subject| (subject.page)(id))
    }

    /// How moderation meets subjects of this kind, where their room says so.
    pub fn moderated(&self, kind: &str) -> Option<crate::moderated::Moderated> {
        self.moderated.iter().find(|moderated| moderated.kind == kind).copied()
    }

    /// What a code of an entry's public view is called, else the code itself.
    pub fn name_of(&self, town: &Town, field: &str, code: &str, language: Language) -> String {
        self.names.iter().find_map(|name| name(town, field, code, language)).unwrap_or_else(|| code.to_owned())
    }

    /// An entry as a sentence: the message of its saying, with the names of the codes in its public view.
    pub fn sentence(&self, town: &Town, key: &str, entry: &record::Sequenced, language: Language) -> String {
        let what = entry.what();
        let mut values = vec![("subject".to_owned(), entry.subject.id.clone()), ("by".to_owned(), entry.by())];
        let fields = what.as_object().into_iter().flatten();
        let details = what.get("detail").and_then(Value::as_object).into_iter().flatten();
        for (field, value) in fields.chain(details) {
            if let Some(code) = value.as_str() {
                values.push((field.clone(), self.name_of(town, field, code, language)));
            } else if let Some(number) = value.as_i64() {
                values.push((field.clone(), number.to_string()));
            } else if let Some(text) = value.get(language.tag()).or_else(|| value.get("en")).and_then(Value::as_str) {
                values.push((field.clone(), text.to_owned()));
            }
        }
        let values: Vec<_> = values.iter().map(|(name, value)| (name.as_str(), value.into())).collect();
        town.words().of(language).with(key, &values)
    }

    /// The Fluent key of a saying's sentence.
    pub fn saying_key(&self, name: &str) -> Option<&'static str> {
        self.sayings.iter().find(|saying| saying.name == name).map(|saying| saying.key)
    }
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
    pub credential: crate::visit::Credential,
}
