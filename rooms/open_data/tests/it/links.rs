//! The addresses that a dataset names are asked once a day, and those who publish learn which do not answer.

use crate::town::{Room, rooms, rooms_at_home, rooms_in_haste};
use axum::http::StatusCode;
use civic::Role;
use serde_json::json;
use std::{
    io::{Read as _, Write as _},
    net::TcpListener,
    sync::{Arc, Mutex},
    time::Duration,
};

const DAY: i64 = 86_400;

/// A site of this machine that answers by the path, and the requests it had.
fn site() -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://127.0.0.1:{}", listener.local_addr().unwrap().port());
    let seen = Arc::new(Mutex::new(Vec::new()));
    let own = Arc::clone(&seen);
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let own = Arc::clone(&own);
            std::thread::spawn(move || {
                let mut head = [0; 4096];
                let length = stream.read(&mut head).unwrap_or(0);
                let head = String::from_utf8_lossy(&head[..length]).into_owned();
                let line = head.lines().next().unwrap_or_default().trim_end_matches(" HTTP/1.1").to_owned();
                own.lock().unwrap().push(line.clone());
                let short =
                    |status: &str| format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
                let answer = match line.as_str() {
                    line if line.ends_with("/gone") => short("404 Gone"),
                    line if line.ends_with("/closed") => short("403 No"),
                    "HEAD /plain" | "HEAD /endless" => short("405 No"),
                    line if line.ends_with("/round") => short("302 On\r\nlocation: /round"),
                    line if line.ends_with("/slow") => {
                        std::thread::sleep(Duration::from_secs(5));
                        short("200 OK")
                    }
                    "GET /endless" => {
                        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n");
                        while stream.write_all(&[b'x'; 65_536]).is_ok() {}
                        return;
                    }
                    _ => short("200 OK"),
                };
                let _ = stream.write_all(answer.as_bytes());
            });
        }
    });
    (address, seen)
}

/// A published dataset of the parks that names these addresses.
async fn naming(room: &Room, token: &str, name: &str, urls: &[String]) {
    let resources: Vec<_> = urls.iter().map(|url| json!({"url": url, "name": "a link", "format": "HTML"})).collect();
    let package = json!({"name": name, "title": "Trees of the parks", "owner_org": "parks", "notes": "Every tree.",
        "license_id": "cc-by", "resources": resources});
    room.act(token, "package_create", &package).await.sees(StatusCode::OK);
}

/// The mails about links; codes to sign in are others.
async fn mails(room: &Room) -> Vec<people::mail::WrittenMail> {
    let all = room.town.mails().await;
    all.into_iter().filter(|one| one.mail.subject.contains("of your data")).collect()
}

async fn links(room: &Room, name: &str) -> Vec<serde_json::Value> {
    let view = room.town.browser().get(&format!("/data/{name}.json")).await.sees(StatusCode::OK).json();
    view["links"].as_array().unwrap().clone()
}

/// A day goes by, and who publishes signs in anew.
async fn tomorrow(mut room: Room) -> Room {
    room.town.clock.advance_seconds(DAY + 60);
    room.town.settle().await;
    room.parks = room.town.signed_in("parks@example.org").await;
    room.roads = room.town.signed_in("roads@example.org").await;
    room
}

#[tokio::test]
async fn links_are_asked_once_a_day_and_what_does_not_answer_is_said() {
    for room in rooms_at_home().await {
        let token = room.town.token(Role::Administrator).await;
        let (address, seen) = site();
        let urls: Vec<String> =
            ["/fine", "/plain", "/closed", "/gone"].iter().map(|at| format!("{address}{at}")).collect();
        naming(&room, &token, "trees", &urls).await;
        let before = room.parks.get("/data/trees.json").await.json()["quality"].as_i64().unwrap();
        room.parks.get("/data/trees/edit").await.says("have not been asked yet").says("Check the links now");
        room.town.settle().await;
        let asked = links(&room, "trees").await;
        let told: Vec<_> = asked.iter().map(|one| (one["status"].as_u64(), one["trouble"].as_str().unwrap())).collect();
        assert_eq!(told, [(Some(403), ""), (Some(200), ""), (Some(404), "status"), (Some(200), "")]);
        assert!(asked[2]["failing_since"].is_string() && asked[0]["failing_since"].is_null());
        let mut requests = seen.lock().unwrap().clone();
        requests.sort();
        let all = ["GET /closed", "GET /gone", "GET /plain", "HEAD /closed", "HEAD /fine", "HEAD /gone", "HEAD /plain"];
        assert_eq!(requests, all, "GET only where HEAD did not do");

        let page = room.town.browser().get("/data/trees").await.sees(StatusCode::OK);
        let page =
            page.says("1 link does not answer").says("a file, since").says("the answer is HTTP 404").says("/gone");
        page.says("Put right or take away the links")
            .says("4 links, each asked once a day")
            .never_says("Check the links");
        let after = room.parks.get("/data/trees.json").await.json()["quality"].as_i64().unwrap();
        assert_eq!(before - after, 5);
        for (language, line) in [("es", "1 enlace no responde"), ("ar", "رابط واحد لا يستجيب")] {
            room.town.browser().reading(language).get("/data/trees").await.says(line);
        }
        let turtle = room.town.browser().get("/data/catalog/trees/ttl").await.sees(StatusCode::OK);
        turtle.never_says("404");

        room.town.clock.advance_seconds(3_600);
        room.town.settle().await;
        assert_eq!(seen.lock().unwrap().len(), 7, "once a day");
        let room = tomorrow(room).await;
        assert_eq!(seen.lock().unwrap().len(), 14);

        // What nothing names any more is not asked.
        let id = room.parks.get("/data/trees.json").await.json()["resources"][3]["id"].as_str().unwrap().to_owned();
        room.parks.post("/data/trees/remove", &[("resource", &id)]).await.sees(StatusCode::SEE_OTHER);
        let room = tomorrow(room).await;
        assert_eq!(room.town.column("select url from data_links").await.len(), 3);
        room.town.browser().get("/data/trees").await.never_says("does not answer");
        assert!(mails(&room).await.is_empty());
    }
}

#[tokio::test]
async fn those_who_publish_are_told_once_after_three_days() {
    for room in rooms_at_home().await {
        let token = room.town.token(Role::Administrator).await;
        let (address, _) = site();
        let urls = ["/gone", "/round"].map(|at| format!("{address}{at}"));
        naming(&room, &token, "trees", &urls).await;
        room.town.settle().await;
        let room = tomorrow(room).await;
        assert!(mails(&room).await.is_empty(), "two days are not three");
        let room = tomorrow(room).await;
        let told = mails(&room).await;
        assert_eq!(told.len(), 1, "one mail with all of them");
        let mail = &told[0].mail;
        assert_eq!(mail.to.as_str(), "parks@example.org", "and not the roads");
        assert!(
            mail.subject.contains("2 links") && mail.body_text.contains("/gone") && mail.body_text.contains("/round")
        );
        assert!(mail.body_text.contains("/data/trees/edit"), "{}", mail.body_text);
        let room = tomorrow(tomorrow(room).await).await;
        assert_eq!(mails(&room).await.len(), 1, "once");
    }
}

#[tokio::test]
async fn the_desk_shows_them_to_those_who_publish() {
    for room in rooms_at_home().await {
        let token = room.town.token(Role::Administrator).await;
        let (address, _) = site();
        let urls = ["/gone", "/round"].map(|at| format!("{address}{at}"));
        naming(&room, &token, "trees", &urls).await;
        naming(&room, &token, "well", &[format!("{address}/fine")]).await;
        room.town.settle().await;
        let work = async |email: &'static str, limit: u32, after: Option<(i64, String)>| {
            let (town, now) = (room.town.town.clone(), room.town.town.now());
            let desk = open_data::room().desk.unwrap();
            let email = email.parse().unwrap();
            let read = room.town.town.db().read(move |tx| {
                let person = people::accounts::by_email(tx, &email)?.unwrap();
                let mandates = people::mandates::held_by(tx, person.id, now)?;
                let (person, handle, language) = (Some(person.id), person.handle, civic::Language::En);
                let actor = civic::Actor { person, name: String::new(), handle, mandates, language };
                let asked = web::manifest::AskedWork { actor: &actor, language, only_mine: false, after, limit };
                (desk.work)(&town, tx, &asked)
            });
            read.await.map_err(|error: database::DbError| error).unwrap()
        };
        let all = work("parks@example.org", 10, None).await;
        assert_eq!(all.len(), 1);
        assert_eq!((all[0].code.as_str(), all[0].href.as_str()), ("trees", "/data/trees/edit#links"));
        assert!(all[0].state.starts_with("2 links do not answer, the first since"), "{}", all[0].state);
        let end = (all[0].due_micros(), all[0].place.clone());
        assert!(work("parks@example.org", 10, Some(end)).await.is_empty(), "told once");
        assert!(work("roads@example.org", 10, None).await.is_empty(), "of another agency");
    }
}

#[tokio::test]
async fn links_are_asked_on_demand_by_those_who_publish() {
    for room in rooms_at_home().await {
        let token = room.town.token(Role::Administrator).await;
        let (address, seen) = site();
        naming(&room, &token, "trees", &[format!("{address}/fine")]).await;
        room.town.settle().await;
        assert_eq!(seen.lock().unwrap().len(), 1);
        room.town.clock.advance_seconds(120);
        room.roads.post("/data/trees/check-links", &[]).await.sees(StatusCode::NOT_FOUND);
        room.town.browser().post("/data/trees/check-links", &[]).await;
        room.town.settle().await;
        assert_eq!(seen.lock().unwrap().len(), 1, "by nobody else");
        room.parks.post("/data/trees/check-links", &[]).await.sees(StatusCode::SEE_OTHER);
        room.parks.post("/data/trees/check-links", &[]).await.sees(StatusCode::SEE_OTHER);
        room.town.settle().await;
        assert_eq!(seen.lock().unwrap().len(), 2, "twice asked for, once asked");
    }
}

#[tokio::test]
async fn a_link_into_our_own_network_is_not_asked() {
    for room in rooms().await {
        let token = room.town.token(Role::Administrator).await;
        let (address, seen) = site();
        naming(&room, &token, "trees", &[format!("{address}/fine"), "http://169.254.169.254/latest".to_owned()]).await;
        room.town.settle().await;
        assert!(links(&room, "trees").await.iter().all(|one| one["trouble"] == "private"));
        assert!(seen.lock().unwrap().is_empty(), "nothing came to it");
        room.town.browser().get("/data/trees").await.says("its host is not in the public network");
    }
}

#[tokio::test]
async fn endless_and_slow_answers_end_and_hold_nobody_up() {
    for room in rooms_in_haste().await {
        let token = room.town.token(Role::Administrator).await;
        let ((endless, _), (slow, asked), (other, _)) = (site(), site(), site());
        let mut urls = vec![format!("{endless}/endless"), format!("{other}/fine")];
        urls.extend((0..4).map(|at| format!("{slow}/{at}/slow")));
        naming(&room, &token, "trees", &urls).await;
        room.town.settle().await;
        let all = links(&room, "trees").await;
        let of = |end: &str| all.iter().filter(|one| one["url"].as_str().unwrap().ends_with(end)).collect::<Vec<_>>();
        assert_eq!((of("/endless")[0]["status"].as_u64(), of("/fine")[0]["status"].as_u64()), (Some(200), Some(200)));
        let slow: Vec<_> = of("/slow").iter().map(|one| one["trouble"].as_str().unwrap().to_owned()).collect();
        assert_eq!(slow, ["slow", "slow", "", ""], "a slow host is left alone, and its other links wait");
        assert_eq!(asked.lock().unwrap().len(), 2);
    }
}

#[tokio::test]
async fn a_thousand_links_of_one_host_are_asked_a_few_at_a_time() {
    for room in rooms_at_home().await {
        let token = room.town.token(Role::Administrator).await;
        let ((many, asked), (other, others)) = (site(), site());
        for name in 0..5 {
            let urls: Vec<String> = (0..200).map(|at| format!("{many}/{name}/{at}")).collect();
            naming(&room, &token, &format!("many-{name}"), &urls).await;
        }
        naming(&room, &token, "other", &[format!("{other}/fine")]).await;
        room.town.settle().await;
        assert_eq!(room.town.column("select url from data_links").await.len(), 1_001);
        assert_eq!((asked.lock().unwrap().len(), others.lock().unwrap().len()), (5, 1), "nobody waits behind them");
        room.town.clock.advance_seconds(301);
        room.town.settle().await;
        let seen = asked.lock().unwrap().clone();
        let different: std::collections::BTreeSet<&String> = seen.iter().collect();
        assert_eq!((seen.len(), different.len()), (10, 10), "each in its turn");
    }
}
