//! The manifest of the room.

use crate::{
    acts,
    category::CategoryBook,
    commands, counts,
    counts::Counts,
    elsewhere,
    figures::{self, Figures},
    model::REQUEST,
    open311, pages, store,
    suggest::LearnedKept,
};
use civic::{Language, Moment, OrganisationId};
use database::{DbError, Migration, MigrationSet, Tx};
use people::organisations::Organisation;
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError, RwLock},
};
use web::{
    Door, Room, Saying, SubjectInfo, Town,
    manifest::{Desk, JobKind, Privacy, Subscriber},
};

/// The tables of this room.
pub const MIGRATIONS: MigrationSet = MigrationSet {
    name: "requests",
    migrations: &[
        Migration { number: 1, name: "requests", sql: include_str!("../migrations/0001_requests.sql") },
        Migration { number: 2, name: "agency of a step", sql: include_str!("../migrations/0002_agency_of_a_step.sql") },
        Migration { number: 3, name: "promises", sql: include_str!("../migrations/0003_promises.sql") },
        Migration { number: 4, name: "first answer", sql: include_str!("../migrations/0004_first_answer.sql") },
        Migration { number: 5, name: "likeness", sql: include_str!("../migrations/0005_likeness.sql") },
        Migration { number: 7, name: "desk", sql: include_str!("../migrations/0007_desk.sql") },
        Migration { number: 12, name: "contact kept", sql: include_str!("../migrations/0012_contact_kept.sql") },
        Migration { number: 30, name: "figures", sql: include_str!("../migrations/0030_figures.sql") },
        Migration { number: 40, name: "imports", sql: include_str!("../migrations/0040_imports.sql") },
        Migration { number: 50, name: "suggestions", sql: include_str!("../migrations/0050_suggestions.sql") },
        Migration { number: 51, name: "elsewhere", sql: include_str!("../migrations/0051_elsewhere.sql") },
        Migration { number: 52, name: "import uploads", sql: include_str!("../migrations/0052_import_uploads.sql") },
        Migration { number: 60, name: "resident", sql: include_str!("../migrations/0060_resident.sql") },
        Migration { number: 61, name: "forward words", sql: include_str!("../migrations/0061_forward_words.sql") },
        Migration { number: 62, name: "broken promises", sql: include_str!("../migrations/0062_broken_promises.sql") },
        Migration {
            number: 63,
            name: "told of old waits",
            sql: include_str!("../migrations/0063_told_of_old_waits.sql"),
        },
        Migration { number: 64, name: "unpublished", sql: include_str!("../migrations/0064_unpublished.sql") },
    ],
};

const MESSAGES: &[(Language, &str)] = &[
    crate::activity::MESSAGES[0],
    crate::activity::MESSAGES[1],
    crate::activity::MESSAGES[2],
    (Language::En, include_str!("../messages/en/figures.ftl")),
    (Language::Es, include_str!("../messages/es/figures.ftl")),
    (Language::Ar, include_str!("../messages/ar/figures.ftl")),
    (Language::En, include_str!("../messages/en/likeness.ftl")),
    (Language::Es, include_str!("../messages/es/likeness.ftl")),
    (Language::Ar, include_str!("../messages/ar/likeness.ftl")),
    (Language::En, include_str!("../messages/en/imports.ftl")),
    (Language::Es, include_str!("../messages/es/imports.ftl")),
    (Language::Ar, include_str!("../messages/ar/imports.ftl")),
    (Language::En, include_str!("../messages/en/resident.ftl")),
    (Language::Es, include_str!("../messages/es/resident.ftl")),
    (Language::Ar, include_str!("../messages/ar/resident.ftl")),
    (Language::En, include_str!("../messages/en/publishing.ftl")),
    (Language::Es, include_str!("../messages/es/publishing.ftl")),
    (Language::Ar, include_str!("../messages/ar/publishing.ftl")),
    (Language::En, include_str!("../messages/en/requests.ftl")),
    (Language::Es, include_str!("../messages/es/requests.ftl")),
    (Language::Ar, include_str!("../messages/ar/requests.ftl")),
    (Language::En, include_str!("../messages/en/suggestions.ftl")),
    (Language::Es, include_str!("../messages/es/suggestions.ftl")),
    (Language::Ar, include_str!("../messages/ar/suggestions.ftl")),
    (Language::En, include_str!("../messages/en/elsewhere.ftl")),
    (Language::Es, include_str!("../messages/es/elsewhere.ftl")),
    (Language::Ar, include_str!("../messages/ar/elsewhere.ftl")),
    (Language::En, include_str!("../messages/en/desk.ftl")),
    (Language::Es, include_str!("../messages/es/desk.ftl")),
    (Language::Ar, include_str!("../messages/ar/desk.ftl")),
];

const SAYINGS: &[Saying] = &[
    Saying { name: "request.opened", key: "saying-request-opened" },
    Saying { name: "request.assigned", key: "saying-request-assigned" },
    Saying { name: "request.passed", key: "saying-request-passed" },
    Saying { name: "request.answered", key: "saying-request-answered" },
    Saying { name: "request.recategorised", key: "saying-request-recategorised" },
    Saying { name: "request.relocated", key: "saying-request-relocated" },
    Saying { name: "request.extended", key: "saying-request-extended" },
    Saying { name: "request.resolved", key: "saying-request-resolved" },
    Saying { name: "request.declined", key: "saying-request-declined" },
    Saying { name: "request.reopened", key: "saying-request-reopened" },
    Saying { name: "request.asked", key: "saying-request-asked" },
    Saying { name: "request.replied", key: "saying-request-replied" },
    Saying { name: "request.continued", key: "saying-request-continued" },
    Saying { name: "request.redacted", key: "saying-request-redacted" },
    Saying { name: "request.published", key: "saying-request-published" },
    Saying { name: "request.held-back", key: "saying-request-held-back" },
    Saying { name: "request.left-out", key: "saying-request-left-out" },
    Saying { name: "request.taken-up", key: "saying-request-taken-up" },
    Saying { name: "request.disputed", key: "saying-request-disputed" },
    Saying { name: "request.escalated", key: "saying-request-escalated" },
    Saying { name: "request.edited", key: "saying-request-edited" },
    Saying { name: "request.withdrawn", key: "saying-request-withdrawn" },
    Saying { name: "request.forwarded", key: "saying-request-forwarded" },
    Saying { name: "organisation.reached-by", key: "saying-organisation-reached-by" },
    Saying { name: "request.merged", key: "saying-request-merged" },
    Saying { name: "request.separated", key: "saying-request-separated" },
    Saying { name: "figures.gap-opened", key: "saying-figures-gap-opened" },
    Saying { name: "figures.gap-closed", key: "saying-figures-gap-closed" },
    Saying { name: "request.removed", key: "saying-request-removed" },
    Saying { name: "request-import.begun", key: "saying-request-import-begun" },
    Saying { name: "request-import.ended", key: "saying-request-import-ended" },
    Saying { name: "request-import.undone", key: "saying-request-import-undone" },
    Saying { name: "request-poster.made", key: "saying-request-poster-made" },
    Saying { name: "request-poster.withdrawn", key: "saying-request-poster-withdrawn" },
    Saying { name: "request-category.defined", key: "saying-request-category-defined" },
];

const SUBJECTS: &[SubjectInfo] = &[
    SubjectInfo { kind: REQUEST.0, key: "subject-request", page: |code| format!("/requests/{code}") },
    SubjectInfo {
        kind: figures::gaps::DISTRICT_FIGURES.0,
        key: "subject-district-figures",
        page: |code| format!("/requests/figures/districts/{code}"),
    },
    SubjectInfo {
        kind: commands::IMPORT.0,
        key: "subject-request-import",
        page: |code| format!("/admin/imports/{code}"),
    },
    SubjectInfo {
        kind: commands::CATEGORY.0,
        key: "subject-request-category",
        page: |code| format!("/requests?category={code}"),
    },
    SubjectInfo { kind: commands::POSTER.0, key: "subject-request-poster", page: |code| format!("/report/at/{code}") },
];

/// The room, to be mounted.
pub fn room() -> Room {
    let mut routes = pages::routes();
    routes.extend(open311::routes());
    Room {
        name: "requests",
        routes,
        migrations: Some(MIGRATIONS),
        messages: MESSAGES,
        sayings: SAYINGS,
        subjects: SUBJECTS,
        doors: vec![
            Door { href: "/report", key: "door-report", door: "report", act: acts::OPEN, order: 10 },
            Door { href: "/requests", key: "door-requests", door: "explore", act: acts::READ, order: 20 },
            Door { href: "/desk", key: "door-desk", door: "desk", act: acts::DESK, order: 80 },
        ],
        jobs: jobs(),
        subscribers: vec![
            Subscriber { name: "request-counts", take: counts::follow },
            Subscriber { name: "request-figures", take: figures::job::follow },
            Subscriber { name: "request-forwarding", take: elsewhere::follow },
            Subscriber { name: "request-search", take: crate::views::follow_for_search },
        ],
        front: Some(pages::front_panel),
        privacy: Some(Privacy { export: pages::export_person, erase: store::erase_person }),
        retention: crate::retention::RETENTION,
        sitemap: Some(store::sitemap),
        refresh: Some(|town| Box::pin(async move { commands::refresh_book(&town).await })),
        names: Some(name_of),
        numbers: Some(pages::live_numbers),
        error_shape: Some(open311::ERROR_SHAPE),
        moderated: vec![crate::moderated::REQUESTS, crate::moderated::STEPS],
        briefs: Some(crate::joining::briefs),
        asked: Some(crate::joining::asked),
        answers_for: Some(crate::joining::answers_for),
        datasets: crate::datasets::DATASETS,
        desk: Some(Desk { room: "requests", key: "desk-work", act: acts::DESK, work: crate::joining::work }),
        activity: crate::activity::ACTIVITY,
        ..Room::default()
    }
}

fn jobs() -> Vec<JobKind> {
    let mut jobs = elsewhere::job_kinds();
    jobs.extend([
        crate::escalate::job_kind(),
        figures::job::job_kind(),
        pages::undo_job_kind(),
        commands::upload_job_kind(),
    ]);
    jobs
}

/// What the room keeps in memory: categories, who answers, counts, and the figures of how well it serves. Clones share it.
#[derive(Clone, Default)]
pub struct Books {
    shelf: Arc<RwLock<Shelf>>,
    figures: FiguresKept,
    learned: LearnedKept,
}

/// The figures and when they were read; whoever reads them anew lets the others wait, so that it is done once.
type FiguresKept = Arc<tokio::sync::Mutex<Option<(Moment, Arc<Figures>)>>>;

#[derive(Clone, Default)]
struct Shelf {
    categories: Arc<CategoryBook>,
    organisations: Arc<BTreeMap<OrganisationId, Organisation>>,
    counts: Arc<Counts>,
    drawn: Drawn,
}

/// What a map of the districts shows.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Drawing {
    /// For readers of this language.
    pub language: Language,
    /// Only open reports, or only closed ones.
    pub open: Option<bool>,
    /// Only these categories; empty for all.
    pub categories: Vec<String>,
}

/// Maps drawn from these counts.
type Drawn = Arc<Mutex<BTreeMap<Drawing, String>>>;

/// Seconds for which figures are good.
const FIGURES_SECONDS: i64 = 60;

/// Maps that are remembered; rarer ones are drawn each time.
const DRAWN_LIMIT: usize = 200;

impl Books {
    /// The categories.
    pub(crate) fn categories(&self) -> Arc<CategoryBook> {
        self.shelf().categories
    }

    /// The organisations, by id.
    pub(crate) fn organisations(&self) -> Arc<BTreeMap<OrganisationId, Organisation>> {
        self.shelf().organisations
    }

    /// The counts, at most a second old.
    pub(crate) fn counts(&self) -> Arc<Counts> {
        self.shelf().counts
    }

    /// A map; drawn when nobody has asked for it since the counts were read.
    pub(crate) fn drawn(&self, what: Drawing, draw: impl FnOnce() -> String) -> String {
        let drawn = self.shelf().drawn;
        if let Some(map) = drawn.lock().unwrap_or_else(PoisonError::into_inner).get(&what) {
            return map.clone();
        }
        let map = draw();
        let mut drawn = drawn.lock().unwrap_or_else(PoisonError::into_inner);
        if drawn.len() < DRAWN_LIMIT {
            drawn.insert(what, map.clone());
        }
        map
    }

    /// How well the town serves, at most a minute old.
    ///
    /// # Errors
    /// Those of the database.
    pub(crate) async fn figures(&self, town: &Town) -> Result<Arc<Figures>, DbError> {
        let now = town.now();
        let mut kept = self.figures.lock().await;
        match &*kept {
            Some((at, figures)) if (0..FIGURES_SECONDS).contains(&now.seconds_since(*at)) => Ok(Arc::clone(figures)),
            _ => {
                let zone = town.settings().zone.clone();
                let figures = Arc::new(town.db().read_long(move |tx| store::read_figures(tx, now, &zone)).await?);
                *kept = Some((now, Arc::clone(&figures)));
                Ok(figures)
            }
        }
    }

    /// What suggestions at the desk are made from.
    pub(crate) fn learned(&self) -> &LearnedKept {
        &self.learned
    }

    /// What an organisation is called; empty for one that is not there.
    pub(crate) fn organisation_name(&self, id: OrganisationId, language: Language) -> String {
        self.organisations().get(&id).map(|o| o.name.in_language(language).to_owned()).unwrap_or_default()
    }

    /// The stable code of an organisation; empty for one that is not there.
    pub(crate) fn organisation_code(&self, id: OrganisationId) -> String {
        self.organisations().get(&id).map(|o| o.code.clone()).unwrap_or_default()
    }

    /// Reads everything from the database, into books of their own.
    ///
    /// # Errors
    /// Those of the database.
    pub fn load(tx: &mut Tx<'_>) -> Result<Self, DbError> {
        let books = Self::default();
        books.replace(Self::read(tx)?);
        Ok(books)
    }

    /// Reads everything from the database.
    pub(crate) fn read(tx: &mut Tx<'_>) -> Result<NewShelf, DbError> {
        let organisations = people::organisations::list(tx)?.into_iter().map(|o| (o.id, o)).collect();
        Ok(NewShelf(Shelf {
            categories: Arc::new(store::read_book(tx)?),
            organisations: Arc::new(organisations),
            counts: Arc::new(Counts::of(store::all_counts(tx)?)),
            drawn: Drawn::default(),
        }))
    }

    /// Puts what was read in place of what was there.
    pub(crate) fn replace(&self, NewShelf(new): NewShelf) {
        *self.shelf.write().unwrap_or_else(PoisonError::into_inner) = new;
    }

    fn shelf(&self) -> Shelf {
        self.shelf.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// What [`Books::read`] found.
pub(crate) struct NewShelf(Shelf);

fn name_of(town: &Town, field: &str, code: &str, language: Language) -> Option<String> {
    let books = town.part::<Books>();
    match field {
        "category" | "from_category" => {
            books.categories().get(code).map(|c| c.definition.name.in_language(language).to_owned())
        }
        "organisation" => {
            books.organisations().values().find(|o| o.code == code).map(|o| o.name.in_language(language).to_owned())
        }
        "way" => Some(town.words().of(language).say(way_key(code)?).to_owned()),
        "told" => Some(town.words().of(language).say(told_key(code)?).to_owned()),
        "to" | "from" | "state" => {
            let word = code.parse::<crate::model::StateWord>().ok()?;
            Some(town.words().of(language).say(word.key()).to_owned())
        }
        _ => None,
    }
}

/// The Fluent key of how an agency is reached.
pub(crate) fn way_key(code: &str) -> Option<&'static str> {
    match code {
        "here" => Some("way-here"),
        "open311" => Some("way-open311"),
        "letter" => Some("way-letter"),
        _ => None,
    }
}

/// The Fluent key of whom an escalation told.
fn told_key(code: &str) -> Option<&'static str> {
    match code {
        "officer" => Some("told-officer"),
        "agency" => Some("told-agency"),
        "administrator" => Some("told-administrator"),
        _ => None,
    }
}
