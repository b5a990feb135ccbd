//! The town itself: any rooms, on every database of this run.

use crate::Browser;
use axum::{Router, http::StatusCode};
use civic::{Actor, Chance, Language, LocalText, Moment, Role, SeededChance, TurnedClock};
use database::{Db, DbError, MigrationSet, OffRecord, jobs, test_support::each_database};
use people::{MailSettings, organisations, organisations::NewOrganisation};
use record::{KeptOutside, Sequencer};
use service_clock::Calendar;
use std::sync::{Arc, Mutex, RwLock};
use transparency_log::SigningKey;
use web::{
    Room, Settings, Town, TownParts, Words,
    frame::Mark,
    limits::{Gates, Limits},
    manifest::{Catalogue, JobKind, Subscriber},
    town::Installed,
};

/// Where the town is.
pub const ADDRESS: &str = "http://town.test";
/// The name of its record.
pub const RECORD: &str = "town.test";
/// When it begins.
pub const START: Moment = Moment(1_790_000_000_000_000);

/// What a town is made of.
pub struct Plan {
    /// Its rooms.
    pub rooms: fn() -> Vec<Room>,
    /// Parts that its rooms keep in memory.
    pub install: fn(&Db, &mut Installed),
    /// Whether it is a demo.
    pub demo: bool,
}

/// The town, its clock, its service.
pub struct TestTown {
    /// The handle.
    pub town: Town,
    /// Its clock.
    pub clock: TurnedClock,
    /// Its service.
    pub router: Router,
    sequencer: Sequencer,
    subscribers: Vec<Subscriber>,
    jobs: Vec<JobKind>,
}

/// One town on each database of this run.
pub fn towns(plan: &Plan) -> Vec<TestTown> {
    let rooms = (plan.rooms)();
    let lowest = [jobs::MIGRATIONS, record::MIGRATIONS];
    let sets: Vec<MigrationSet> = lowest.into_iter().chain(rooms.iter().filter_map(|room| room.migrations)).collect();
    // On a thread of its own, because the driver of PostgreSQL waits while it connects.
    let databases = std::thread::spawn(move || each_database(&sets)).join().unwrap();
    databases.into_iter().map(|db| TestTown::new(db, plan)).collect()
}

/// The same in a file at `path`, which must not be there and survives a power cut, for measurements of what is durable.
pub fn town_in_file(plan: &Plan, path: &std::path::Path) -> TestTown {
    let rooms = (plan.rooms)();
    let lowest = [jobs::MIGRATIONS, record::MIGRATIONS];
    let sets: Vec<MigrationSet> = lowest.into_iter().chain(rooms.iter().filter_map(|room| room.migrations)).collect();
    assert!(!path.exists(), "{} is there already", path.display());
    let db = Db::open(&database::Source::Sqlite(path.to_owned())).unwrap();
    db.migrate(&sets).unwrap();
    TestTown::new(db, plan)
}

impl TestTown {
    fn new(db: Db, plan: &Plan) -> Self {
        let rooms = (plan.rooms)();
        let clock = TurnedClock::new(START);
        let words = Words::read(web::MESSAGES.iter().chain(rooms.iter().flat_map(|room| room.messages))).unwrap();
        let key = SigningKey::from_seed(RECORD, &[7; 32]).unwrap();
        let (sequencer, record) = Sequencer::new(db.clone(), key, KeptOutside::in_memory());
        let mut installed = installed(&rooms);
        let own = db.clone();
        let install = plan.install;
        // The same: reading PostgreSQL waits.
        let installed = std::thread::spawn(move || {
            install(&own, &mut installed);
            installed
        });
        let parts = TownParts {
            db,
            record,
            clock: Arc::new(clock.clone()),
            chance: Arc::new(SeededChance::new(7)),
            settings: settings(plan.demo),
            words,
        };
        let town = Town::new(parts, installed.join().unwrap());
        let subscribers = rooms.iter().flat_map(|room| room.subscribers.clone()).collect();
        let jobs = rooms.iter().flat_map(|room| room.jobs.clone()).collect();
        let router = web::serve::router(town.clone(), rooms, people::who_is());
        Self { town, clock, router, sequencer, subscribers, jobs }
    }

    /// A visitor.
    pub fn browser(&self) -> Browser {
        Browser {
            router: self.router.clone(),
            clock: self.clock.clone(),
            cookies: Mutex::default(),
            bearer: None,
            language: String::new(),
        }
    }

    /// A program with a key.
    pub fn program(&self, token: &str) -> Browser {
        Browser { bearer: Some(token.to_owned()), ..self.browser() }
    }

    /// Signs somebody in by the mailed link.
    pub async fn signed_in(&self, email: &str) -> Browser {
        let browser = self.browser();
        let link = self.link_for(&browser, email, "").await;
        browser.post(&link, &[]).await.sees(StatusCode::SEE_OTHER);
        browser
    }

    /// Asks for a link and takes it out of the newest mail.
    pub async fn link_for(&self, browser: &Browser, email: &str, back: &str) -> String {
        browser.post("/sign-in", &[("email", email), ("back", back)]).await.sees(StatusCode::SEE_OTHER);
        link_in(&self.mails().await.remove(0).mail.body_text)
    }

    /// The mails, newest first.
    pub async fn mails(&self) -> Vec<people::mail::WrittenMail> {
        self.town.db().read(|tx| people::mail::newest(tx, 100)).await.map_err(|error: DbError| error).unwrap()
    }

    /// Signed in as the first administrator, by the code from the terminal.
    pub async fn administrator(&self) -> Browser {
        let code = people::setup::fresh_code(self.town.db(), self.town.now(), self.chance()).await.unwrap().unwrap();
        let browser = self.browser();
        let form = [("code", code.as_str()), ("email", "first@example.org"), ("name", "Mireia")];
        browser.post("/setup", &form).await.sees(StatusCode::SEE_OTHER);
        browser
    }

    /// Adds an agency.
    pub async fn agency(&self, code: &str, name: &str) -> organisations::Organisation {
        let new = NewOrganisation { code: code.to_owned(), name: LocalText::plain(name), email: None };
        let (now, chance) = (self.town.now(), self.chance());
        let made = self.town.db().write(move |tx| {
            let made = organisations::create(tx, &new, now, &*chance)?.ok_or(DbError::NotFound)?;
            tx.commit(organisations::entry(&made, &steward(), now, &*chance)?, made)
        });
        made.await.unwrap()
    }

    /// Signs somebody in who holds a role for an agency, or for the whole town.
    pub async fn holder(&self, email: &str, role: Role, organisation: Option<&organisations::Organisation>) -> Browser {
        let browser = self.signed_in(email).await;
        let (now, chance, organisation) = (self.town.now(), self.chance(), organisation.cloned());
        let email = email.parse().unwrap();
        let given = self.town.db().write(move |tx| {
            let person = people::accounts::by_email(tx, &email)?.ok_or(DbError::NotFound)?;
            let whom = (person.id, person.handle.as_str());
            people::mandates::give(tx, whom, role, organisation.as_ref(), &steward(), now, &*chance)?;
            tx.commit(OffRecord("a test"), ())
        });
        given.await.unwrap();
        browser
    }

    /// A key made at the console.
    pub async fn token(&self, role: Role) -> String {
        let asked = people::tokens::ConsoleToken {
            name: "test".to_owned(),
            role,
            organisation: None,
            town: RECORD.to_owned(),
            expires_at: self.town.now().plus_days(90),
        };
        people::tokens::create_at_console(self.town.db(), asked, self.town.now(), self.chance()).await.unwrap().unwrap()
    }

    /// Gives the waiting entries their places, lets every follower take them, does every job, refreshes every memory.
    pub async fn settle(&self) {
        self.sequencer.catch_up(self.town.now()).await.unwrap();
        for subscriber in self.subscribers.clone() {
            while self.take(subscriber).await > 0 {}
        }
        for kind in self.jobs.clone() {
            self.put_again(kind).await;
        }
        while self.work().await {}
        for refresh in &self.town.part::<Catalogue>().refreshes {
            refresh(self.town.clone()).await.unwrap();
        }
    }

    async fn take(&self, subscriber: Subscriber) -> usize {
        let town = self.town.clone();
        let taken = self.town.db().write(move |tx| {
            let entries = record::take_next(tx, subscriber.name, 100)?;
            (subscriber.take)(&town, tx, &entries)?;
            tx.commit(OffRecord("a test"), entries.len())
        });
        taken.await.map_err(|error: DbError| error).unwrap()
    }

    async fn put_again(&self, kind: JobKind) {
        let Some(every) = kind.every_seconds else { return };
        let (now, id) = (self.town.now(), civic::JobId::new(self.town.now(), self.town.chance()).text());
        let put = self.town.db().write(move |tx| {
            jobs::put_again(tx, kind.kind, every, now, id)?;
            tx.commit(OffRecord("a test"), ())
        });
        put.await.map_err(|error: DbError| error).unwrap();
    }

    async fn work(&self) -> bool {
        let now = self.town.now();
        let job = self.town.db().write(move |tx| {
            let job = jobs::claim(tx, now)?;
            tx.commit(OffRecord("a test"), job)
        });
        let Some(job) = job.await.map_err(|error: DbError| error).unwrap() else { return false };
        let kind = self.jobs.iter().find(|kind| kind.kind == job.kind).unwrap();
        (kind.run)(self.town.clone(), job.payload.clone()).await.unwrap();
        let done = self.town.db().write(move |tx| {
            jobs::finish(tx, &job.id)?;
            tx.commit(OffRecord("a test"), ())
        });
        done.await.map_err(|error: DbError| error).unwrap();
        true
    }

    /// Its randomness.
    pub fn chance(&self) -> Arc<dyn Chance> {
        self.town.chance_handle()
    }

    /// All texts in one column of a table.
    pub async fn column(&self, sql: &'static str) -> Vec<String> {
        let rows = self.town.db().read(move |tx| tx.query(sql, &[])).await;
        rows.map_err(|error: DbError| error).unwrap().iter().map(|row| row.get(0).unwrap()).collect()
    }

    /// What the record says, oldest first.
    pub async fn record(&self) -> Vec<String> {
        self.column("select body from record_entries order by said_at, id").await
    }
}

/// The local path of the first link in a mail.
pub fn link_in(text: &str) -> String {
    let link = text.split_whitespace().find(|word| word.starts_with(ADDRESS)).expect("a link in the mail");
    link[ADDRESS.len()..].to_owned()
}

/// Who sets up the town of a test.
pub fn steward() -> Actor {
    Actor::of_town("setup")
}

fn settings(demo: bool) -> Settings {
    Settings {
        name: LocalText::plain("Testburg"),
        tagline: LocalText::plain("A town for tests"),
        address: ADDRESS.to_owned(),
        zone: jiff::tz::TimeZone::UTC,
        calendar: Calendar::read(&["mon-fri 08:00-16:00"], &["2026-12-25"], jiff::tz::TimeZone::UTC).unwrap(),
        escalation: web::escalation::ladder(&["-1 officer", "0 agency", "5 administrator"]).unwrap(),
        languages: Language::ALL.to_vec(),
        currency: "EUR".parse().unwrap(),
        demo,
        secure_cookies: false,
        behind_proxy: false,
        limits: limits(),
        jurisdiction: "town.test".to_owned(),
        contact_email: "desk@example.org".to_owned(),
        mail_from: "town@example.org".to_owned(),
        hues: web::hues::Hues::new(),
        embed_sites: vec!["https://news.example".to_owned()],
        backup_days: Some(35),
    }
}

fn installed(rooms: &[Room]) -> Installed {
    let mut installed = Installed::default();
    installed.add(Gates::new(limits()));
    installed.add(Catalogue::of(rooms));
    installed.add(Mark(RwLock::new(Arc::from("<svg></svg>"))));
    installed.add(people::demo::personas());
    installed.add(outgoing::Client::new(outgoing::Policy::default()));
    installed.add(MailSettings { smtp_url: None, from: "Testburg <town@example.org>".to_owned() });
    installed
}

/// Tests are quicker than residents, and all at one address.
fn limits() -> Limits {
    let many = 1_000.try_into().unwrap();
    Limits { acts_per_minute: many, requests_per_hour: many, flags_per_hour: many, ..Limits::default() }
}
