//! The town as every command and handler sees it: its database, record, clock, words and settings.

use crate::{Words, limits::Limits, slow::Slow};
use civic::{Chance, Clock, Currency, FixedClock, Language, LocalText, Moment};
use database::Db;
use jiff::tz::TimeZone;
use std::{
    any::{Any, TypeId},
    collections::HashMap,
    sync::{Arc, OnceLock},
};

/// What a town sets for itself.
#[derive(Debug, Clone)]
pub struct Settings {
    /// What the town is called.
    pub name: LocalText,
    /// The line under its name.
    pub tagline: LocalText,
    /// Where people reach it, without a slash at the end, as `https://report.example.org`.
    pub address: String,
    /// The time zone of its clocks.
    pub zone: TimeZone,
    /// When its offices work: promises are counted in this time.
    pub calendar: service_clock::Calendar,
    /// Who is told when a promise runs out, in order of days.
    pub escalation: Vec<crate::escalation::Rung>,
    /// The languages it offers, its own first.
    pub languages: Vec<Language>,
    /// What its money is counted in.
    pub currency: Currency,
    /// Whether this is the demo: persona switcher and outbox page. Never true for a real town.
    pub demo: bool,
    /// Whether cookies are marked `Secure`: true wherever `address` is https.
    pub secure_cookies: bool,
    /// Whether to believe the address in `X-Forwarded-For` (only behind a proxy of one's own).
    pub behind_proxy: bool,
    /// How often one address or person may act.
    pub limits: Limits,
    /// Its name in Open311 (GeoReport v2, `jurisdiction_id`).
    pub jurisdiction: String,
    /// Whom residents may write to, shown on the help pages.
    pub contact_email: String,
    /// From where mails come.
    pub mail_from: String,
    /// The town's own colours of the doors, as it gave them.
    pub hues: crate::hues::Hues,
    /// Which sites may show our widgets in a frame, as CSP sources (`frame-ancestors`); never empty: `'none'` for no site.
    pub embed_sites: Vec<String>,
    /// For how many days copies of the database are kept, where the town says so.
    pub backup_days: Option<u32>,
}

/// The parts a town is put together from, once, in the binary or in a test.
pub struct TownParts {
    /// Its database, migrated.
    pub db: Db,
    /// Its public record.
    pub record: record::Record,
    /// Its clock.
    pub clock: Arc<dyn Clock>,
    /// Its randomness.
    pub chance: Arc<dyn Chance>,
    /// Its settings.
    pub settings: Settings,
    /// Its words, from the frame and every room.
    pub words: Words,
}

/// A handle on the town; cheap to clone.
#[derive(Clone)]
pub struct Town {
    shared: Arc<Shared>,
    clock: Arc<dyn Clock>,
}

struct Shared {
    db: Db,
    record: record::Record,
    chance: Arc<dyn Chance>,
    settings: Version,
    words: Words,
    slow: Slow,
    installed: HashMap<TypeId, Box<dyn Any + Send + Sync>>,
}

/// Changes of the settings that one run of the program takes up.
pub const RENEWALS_LIMIT: usize = 1_000;

/// Settings, and those that came after them: kept as long as the town, so that a page that began with some ends with them.
struct Version {
    settings: Settings,
    next: OnceLock<Box<Version>>,
}

/// Things that foundation crates keep in memory for the whole town, as the index of places.
#[derive(Default)]
pub struct Installed(HashMap<TypeId, Box<dyn Any + Send + Sync>>);

impl Installed {
    /// Adds `part`, one per type.
    pub fn add<P: Any + Send + Sync>(&mut self, part: P) {
        self.0.insert(TypeId::of::<P>(), Box::new(part));
    }
}

impl Town {
    /// Puts a town together.
    pub fn new(parts: TownParts, installed: Installed) -> Self {
        let TownParts { db, record, clock, chance, settings, words } = parts;
        let settings = Version { settings, next: OnceLock::new() };
        let shared = Shared { db, record, chance, settings, words, slow: Slow::default(), installed: installed.0 };
        Self { shared: Arc::new(shared), clock }
    }

    /// The database.
    pub fn db(&self) -> &Db {
        &self.shared.db
    }

    /// The public record.
    pub fn record(&self) -> &record::Record {
        &self.shared.record
    }

    /// The present moment, on the town's clock.
    pub fn now(&self) -> Moment {
        self.clock.now()
    }

    /// The town's randomness.
    pub fn chance(&self) -> &dyn Chance {
        &*self.shared.chance
    }

    /// The town's randomness, to take along into a transaction.
    pub fn chance_handle(&self) -> Arc<dyn Chance> {
        Arc::clone(&self.shared.chance)
    }

    /// The settings as they are now.
    pub fn settings(&self) -> &Settings {
        &self.newest().settings
    }

    /// Puts other settings in the place of the present ones, from the next look on; whoever looks at the present ones still
    /// sees them to the end. After [`RENEWALS_LIMIT`] changes a new start takes up further ones.
    pub fn renew(&self, settings: Settings) {
        if self.versions().count() > RENEWALS_LIMIT {
            tracing::warn!(
                "the settings were changed {RENEWALS_LIMIT} times: further changes hold from the next start on"
            );
            return;
        }
        let mut next = Box::new(Version { settings, next: OnceLock::new() });
        // Where two renew at once, the second goes behind the first.
        while let Err(lost) = self.newest().next.set(next) {
            next = lost;
        }
    }

    fn versions(&self) -> impl Iterator<Item = &Version> {
        std::iter::successors(Some(&self.shared.settings), |version| version.next.get().map(Box::as_ref))
    }

    fn newest(&self) -> &Version {
        self.versions().last().unwrap_or(&self.shared.settings)
    }

    /// The words.
    pub fn words(&self) -> &Words {
        &self.shared.words
    }

    /// What took long, since the program was started.
    pub fn slow(&self) -> &Slow {
        &self.shared.slow
    }

    /// The same town with its clock standing at `moment`: for replaying what happened then.
    #[must_use]
    pub fn at(&self, moment: Moment) -> Self {
        Self { shared: Arc::clone(&self.shared), clock: Arc::new(FixedClock(moment)) }
    }

    /// The part of type `P` that was installed when the town was put together.
    ///
    /// # Panics
    /// When it was not installed, which `assemble` does for every part there is.
    pub fn part<P: Any + Send + Sync>(&self) -> &P {
        self.shared
            .installed
            .get(&TypeId::of::<P>())
            .and_then(|part| part.downcast_ref())
            .expect("assemble installs every part that a room asks for")
    }

    /// The full address of `path` (which begins with a slash).
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.settings().address)
    }
}
