//! A town of people and webhooks.

use axum::http::StatusCode;
use civic::Role;
use outgoing::{Client, Policy};
use testing::Plan;
pub use testing::{Browser, TestTown};

/// One town on each database, whose webhooks may go to this machine.
pub fn towns() -> Vec<TestTown> {
    let install = |_: &database::Db, installed: &mut web::town::Installed| {
        installed.add(Client::new(Policy { plain_http: true, private_addresses: true, ..Policy::default() }));
    };
    testing::towns(&Plan { rooms, install, demo: false })
}

/// The same with the policy of a real town.
pub fn strict_towns() -> Vec<TestTown> {
    testing::towns(&Plan { rooms, install: |_, _| {}, demo: false })
}

fn rooms() -> Vec<web::Room> {
    vec![people::room(), webhooks::room()]
}

/// Something public happens.
pub async fn happens(administrator: &Browser, code: &str) {
    let form = [("code", code), ("name[en]", "An agency")];
    administrator.post("/admin/organisations", &form).await.sees(StatusCode::SEE_OTHER);
}

/// Everything waiting is sequenced, heard and delivered.
pub async fn settle(town: &TestTown) {
    // First the queue is filled, then whoever is due is woken, then the job runs.
    town.settle().await;
    town.settle().await;
}

/// A program of an administrator adds an endpoint; answers its id and its secret.
pub async fn add(town: &TestTown, url: &str, kinds: &[&str]) -> (String, String) {
    // What was said before has its place already, and is not heard.
    town.settle().await;
    let program = town.program(&town.token(Role::Administrator).await);
    let body = serde_json::json!({ "url": url, "note": "a test", "kinds": kinds });
    let added = program.post_json("/admin/webhooks.json", &body).await.sees(StatusCode::CREATED).json();
    (added["webhook"]["id"].as_str().unwrap().to_owned(), added["secret"].as_str().unwrap().to_owned())
}
