//! A town with two agencies, and a worker for SQL that is this test's own program.

use axum::http::{Method, Request, StatusCode, header};
use civic::Role;
use serde_json::{Value, json};
use std::{
    io::{Read as _, Write as _},
    net::TcpListener,
    path::PathBuf,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
};
use testing::{Browser, Part, Plan, Seen, TestTown};

/// Trees of a park, with one row that has too many cells.
pub const TREES: &str = "kind,height,planted,note\noak,12.5,2019-03-01,old\nelm,,2020-05-04,\noak,7,2019-11-30,=SUM(A1)\nash,7,2021-01-01,x,y\n";

/// The town, and who publishes for each agency.
pub struct Room {
    pub town: TestTown,
    pub parks: Browser,
    pub roads: Browser,
    pub admin: Browser,
}

/// Where the town keeps its tables.
pub struct Folder(pub PathBuf);

/// One on each database of this run.
pub async fn rooms() -> Vec<Room> {
    furnished(install).await
}

/// The same, where addresses of this machine are asked too.
pub async fn rooms_at_home() -> Vec<Room> {
    furnished(|db, installed| {
        install(db, installed);
        let policy = outgoing::Policy { plain_http: true, private_addresses: true, ..outgoing::Policy::default() };
        installed.add(outgoing::Client::new(policy));
    })
    .await
}

/// The same, where nobody waits long for an answer of another machine.
pub async fn rooms_in_haste() -> Vec<Room> {
    furnished(|db, installed| {
        install(db, installed);
        let patience = std::time::Duration::from_secs(2);
        let home = outgoing::Policy { plain_http: true, private_addresses: true, ..outgoing::Policy::default() };
        installed.add(outgoing::Client::new(outgoing::Policy { patience, ..home }));
    })
    .await
}

fn install(db: &database::Db, installed: &mut web::town::Installed) {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let folder = format!("polity-data-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    installed.add(db.read_blocking(places::Districts::load).unwrap());
    installed.add(db.read_blocking(open_data::Books::load).unwrap());
    let folder = std::env::temp_dir().join(folder);
    installed.add(tables::Shelf::new(&folder));
    installed.add(Folder(folder));
    installed.add(crate::sql::workers());
}

/// The same of other rooms.
pub async fn rooms_with(all: fn() -> Vec<web::Room>) -> Vec<Room> {
    furnished_with(install, all).await
}

async fn furnished(install: fn(&database::Db, &mut web::town::Installed)) -> Vec<Room> {
    furnished_with(install, || vec![people::room(), places::room(), commons::room(), open_data::room()]).await
}

async fn furnished_with(
    install: fn(&database::Db, &mut web::town::Installed),
    all: fn() -> Vec<web::Room>,
) -> Vec<Room> {
    let plan = Plan { rooms: all, install, demo: false };
    let mut rooms = Vec::new();
    for town in testing::towns(&plan) {
        let parks = town.agency("parks", "Parks and trees").await;
        let roads = town.agency("roads", "Roads").await;
        let parks = town.holder("parks@example.org", Role::Officer, Some(&parks)).await;
        let roads = town.holder("roads@example.org", Role::Officer, Some(&roads)).await;
        let admin = town.holder("admin@example.org", Role::Administrator, None).await;
        open_data::refresh(town.town.clone()).await.unwrap();
        rooms.push(Room { town, parks, roads, admin });
    }
    rooms
}

/// A server of this machine that answers every request with what it holds, the head among it; and its address.
pub fn server(first: &str) -> (String, Arc<Mutex<Vec<u8>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://127.0.0.1:{}", listener.local_addr().unwrap().port());
    let says = Arc::new(Mutex::new(first.as_bytes().to_vec()));
    let own = Arc::clone(&says);
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut head = [0; 4096];
            let _ = stream.read(&mut head);
            let _ = stream.write_all(&own.lock().unwrap());
        }
    });
    (address, says)
}

/// An answer with a body.
pub fn fine(body: &str) -> String {
    format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}", body.len())
}

/// JSON from a page of ours.
pub async fn page_sends_json(browser: &Browser, path: &str, body: &Value) -> Seen {
    let request = Request::builder().method(Method::POST).uri(path).header("sec-fetch-site", "same-origin");
    browser.send(request.header(header::CONTENT_TYPE, "application/json"), body.to_string().into_bytes()).await
}

impl Room {
    /// A draft of the parks.
    pub async fn draft(&self, name: &str) {
        let draft = json!({
            "organisation": "parks", "name": name, "title[en]": "Trees of the parks", "title[es]": "Árboles de los parques",
            "notes[en]": "Every tree that the parks look after, with its kind, its height in metres and the day it was planted.",
            "licence": "cc-by", "tags": "trees, parks", "themes": "ENVI", "contact_email": "trees@example.org",
            "spatial": "Testburg", "from": "2019-01-01", "until": "2021-12-31", "frequency": "ANNUAL",
        });
        page_sends_json(&self.parks, "/data.json", &draft).await.sees(StatusCode::CREATED);
    }

    /// Hands a file in.
    pub async fn add(&self, name: &str, file: &str, bytes: &[u8]) -> Seen {
        self.parks.post_files(&format!("/data/{name}/add"), &[Part::File("file", file, bytes)]).await
    }

    /// A published dataset with the trees.
    pub async fn trees(&self) {
        self.draft("trees").await;
        self.add("trees", "trees.csv", TREES.as_bytes()).await.sees(StatusCode::SEE_OTHER);
        self.parks.post("/data/trees/publish", &[]).await.sees(StatusCode::SEE_OTHER);
    }

    /// An action of CKAN by a program.
    pub async fn act(&self, token: &str, action: &str, params: &Value) -> Seen {
        let mut request = Request::builder().method(Method::POST).uri(format!("/api/3/action/{action}"));
        request = request.header(header::CONTENT_TYPE, "application/json");
        if !token.is_empty() {
            request = request.header(header::AUTHORIZATION, token).header("x-ckan-api-key", token);
        }
        self.town.browser().send(request, params.to_string().into_bytes()).await
    }
}
