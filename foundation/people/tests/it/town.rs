//! A small town with nothing but people in it, and browsers to visit it.

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use civic::{Chance, Language, LocalText, Moment, SeededChance, TurnedClock};
use database::{Db, test_support::each_database};
use jiff::tz::TimeZone;
use people::MailSettings;
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, RwLock},
};
use tower::ServiceExt;
use transparency_log::SigningKey;
use web::{
    Room, Settings, Town, TownParts, Words, frame::Mark, limits::Gates, limits::Limits, manifest::Catalogue,
    town::Installed,
};

pub const ADDRESS: &str = "http://town.test";
pub const START: Moment = Moment(1_790_000_000_000_000);

/// The town, its clock, its service.
pub struct TestTown {
    pub town: Town,
    pub clock: TurnedClock,
    pub router: Router,
}

/// One town on each database of this run.
pub fn towns() -> Vec<TestTown> {
    databases().into_iter().map(|db| TestTown::new(db, true)).collect()
}

/// One town on each database, not a demo.
pub fn real_towns() -> Vec<TestTown> {
    databases().into_iter().map(|db| TestTown::new(db, false)).collect()
}

/// Made on a thread of its own, because the driver of PostgreSQL waits while it connects.
fn databases() -> Vec<Db> {
    let sets = [database::jobs::MIGRATIONS, record::MIGRATIONS, people::MIGRATIONS];
    std::thread::spawn(move || each_database(&sets)).join().unwrap()
}

impl TestTown {
    fn new(db: Db, demo: bool) -> Self {
        let rooms = vec![people::room(), people::demo_room()];
        let clock = TurnedClock::new(START);
        let words = Words::read(web::MESSAGES.iter().chain(rooms.iter().flat_map(|room| room.messages))).unwrap();
        let parts = TownParts {
            db: db.clone(),
            record: record(db),
            clock: Arc::new(clock.clone()),
            chance: Arc::new(SeededChance::new(7)),
            settings: settings(demo),
            words,
        };
        let town = Town::new(parts, installed(&rooms));
        let router = web::serve::router(town.clone(), rooms, people::who_is());
        Self { town, clock, router }
    }

    pub fn browser(&self) -> Browser {
        Browser { router: self.router.clone(), clock: self.clock.clone(), cookies: Mutex::default(), bearer: None }
    }

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
        let body = self.mails().await.remove(0).mail.body_text;
        let link = body.split_whitespace().find(|word| word.starts_with(ADDRESS)).expect("a link in the mail");
        link[ADDRESS.len()..].to_owned()
    }

    pub async fn mails(&self) -> Vec<people::mail::WrittenMail> {
        self.town.db().read(|tx| people::mail::newest(tx, 100)).await.map_err(|error: database::DbError| error).unwrap()
    }

    /// Signed in as the first administrator, by the code from the terminal.
    pub async fn administrator(&self) -> Browser {
        let code = people::setup::fresh_code(self.town.db(), self.town.now(), self.chance()).await.unwrap().unwrap();
        let browser = self.browser();
        let form = [("code", code.as_str()), ("email", "first@example.org"), ("name", "Mireia")];
        browser.post("/setup", &form).await.sees(StatusCode::SEE_OTHER);
        browser
    }

    pub fn chance(&self) -> Arc<dyn Chance> {
        self.town.chance_handle()
    }

    /// All texts in one column of a table.
    pub async fn column(&self, sql: &'static str) -> Vec<String> {
        let rows = self.town.db().read(move |tx| tx.query(sql, &[])).await;
        rows.map_err(|error: database::DbError| error).unwrap().iter().map(|row| row.get(0).unwrap()).collect()
    }

    /// What the record says, oldest first.
    pub async fn record(&self) -> Vec<String> {
        self.column("select body from record_entries order by said_at, id").await
    }
}

/// A visitor with a cookie jar, or a program with a key.
pub struct Browser {
    router: Router,
    clock: TurnedClock,
    cookies: Mutex<BTreeMap<String, String>>,
    bearer: Option<String>,
}

/// What came back.
pub struct Seen {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Seen {
    #[track_caller]
    pub fn sees(self, status: StatusCode) -> Self {
        assert_eq!(self.status, status, "{}", self.text);
        self
    }

    pub fn location(&self) -> &str {
        self.headers[header::LOCATION].to_str().unwrap()
    }
}

impl Browser {
    pub async fn get(&self, path: &str) -> Seen {
        self.send(Request::builder().method(Method::GET).uri(path), String::new()).await
    }

    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Seen {
        self.clock.advance_seconds(1);
        let body = form_encoded(fields);
        let request = Request::builder().method(Method::POST).uri(path).header("sec-fetch-site", "same-origin");
        self.send(request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded"), body).await
    }

    pub fn set_cookie(&self, name: &str, value: &str) {
        self.cookies.lock().unwrap().insert(name.to_owned(), value.to_owned());
    }

    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.lock().unwrap().get(name).cloned()
    }

    async fn send(&self, mut request: axum::http::request::Builder, body: String) -> Seen {
        let jar: Vec<String> =
            self.cookies.lock().unwrap().iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !jar.is_empty() {
            request = request.header(header::COOKIE, jar.join("; "));
        }
        if let Some(token) = &self.bearer {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        let response = self.router.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        self.keep_cookies(&parts.headers);
        let text = String::from_utf8(to_bytes(body, 1 << 20).await.unwrap().to_vec()).unwrap();
        Seen { status: parts.status, headers: parts.headers, text }
    }

    fn keep_cookies(&self, headers: &HeaderMap) {
        let mut jar = self.cookies.lock().unwrap();
        for line in headers.get_all(header::SET_COOKIE) {
            let (name, value) = line.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            if value.is_empty() {
                jar.remove(name)
            } else {
                jar.insert(name.to_owned(), value.to_owned())
            };
        }
    }
}

fn form_encoded(fields: &[(&str, &str)]) -> String {
    let encode = |text: &str| text.bytes().map(|b| format!("%{b:02X}")).collect::<String>();
    fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect::<Vec<_>>().join("&")
}

fn settings(demo: bool) -> Settings {
    Settings {
        name: LocalText::plain("Testburg"),
        tagline: LocalText::plain("A town for tests"),
        address: ADDRESS.to_owned(),
        zone: TimeZone::UTC,
        languages: Language::ALL.to_vec(),
        currency: "EUR".parse().unwrap(),
        demo,
        secure_cookies: false,
        behind_proxy: false,
        limits: Limits::default(),
        contact_email: "desk@example.org".to_owned(),
        mail_from: "town@example.org".to_owned(),
    }
}

fn installed(rooms: &[Room]) -> Installed {
    let limits = Limits { acts_per_minute: 1_000.try_into().unwrap(), ..Limits::default() };
    let mut installed = Installed::default();
    installed.add(Gates::new(limits));
    installed.add(Catalogue::of(rooms));
    installed.add(Mark(RwLock::new(Arc::from("<svg></svg>"))));
    installed.add(people::demo::personas());
    installed.add(MailSettings { smtp_url: None, from: "Testburg <town@example.org>".to_owned() });
    installed
}

fn record(db: Db) -> record::Record {
    let key = SigningKey::from_seed("town.test", &[7; 32]).unwrap();
    record::Sequencer::new(db, key, record::KeptOutside::in_memory()).1
}
