use crate::town::{Room, rooms};
use axum::http::StatusCode;
use testing::{Part, link_in};

/// Street lights answer by letter; the code of a report and its private link.
async fn lettered(room: &Room) -> (String, String) {
    let administrator = room.town.administrator().await;
    let form = [("way", "letter"), ("email", "office@lights.example")];
    administrator.post("/admin/agencies/lights", &form).await.sees(StatusCode::SEE_OTHER);
    let (code, _) = room.lamp("It flickers").await;
    room.town.settle().await;
    let mail = room.town.mails().await.remove(0).mail;
    assert_eq!(mail.to.as_str(), "office@lights.example");
    assert!(mail.body_text.contains("It flickers") && mail.body_text.contains("Mill"), "{}", mail.body_text);
    let words = mail.body_text.split_whitespace().find(|word| word.contains("/agency?key=")).unwrap().to_owned();
    (code, link_in(&words))
}

/// The key of a link.
fn key(link: &str) -> String {
    link.split_once("key=").unwrap().1.to_owned()
}

#[tokio::test]
async fn an_agency_answers_and_resolves_by_its_link_without_an_account() {
    for room in rooms().await {
        let (code, link) = lettered(&room).await;
        let office = room.town.browser();
        office.get(&link).await.sees(StatusCode::OK).says("You answer for Street lights").says("no-referrer");
        let (path, key, version) = (format!("/requests/{code}/agency"), key(&link), room.version(&code).await);
        let form = |act, text| [("key", key.as_str()), ("act", act), ("version", version.as_str()), ("text", text)];
        office.post(&path, &form("answer", "We come on Monday")).await.sees(StatusCode::SEE_OTHER);
        office.post(&path, &form("answer", "We come on Monday")).await.sees(StatusCode::CONFLICT).says("already");
        office.post(&path, &form("answer", "")).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        office.post(&path, &form("x", "y")).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        // The desk changes it meanwhile: their words stay, and nothing is done.
        room.lamps.post(&format!("/desk/{code}/take"), &[("version", &version)]).await.sees(StatusCode::SEE_OTHER);
        let late = office.post(&path, &form("resolve", "New bulb")).await.sees(StatusCode::CONFLICT);
        late.says("Somebody changed this").says("New bulb");
        let version = room.version(&code).await;
        let done = [("key", key.as_str()), ("act", "resolve"), ("version", &version), ("text", "New bulb put in")];
        office.post(&path, &done).await.sees(StatusCode::SEE_OTHER);
        office.post(&path, &done).await.sees(StatusCode::CONFLICT);
        office.get(&link).await.sees(StatusCode::OK).says("It has ended");
        let seen = room.town.browser().get(&format!("/requests/{code}.json")).await.says("We come on Monday").json();
        assert_eq!(seen["state"], "resolved");
        let record = room.town.record().await.join("\n");
        assert_eq!(record.matches("request.resolved").count(), 1);
        assert!(!record.contains("Monday") && !record.contains(&key) && !record.contains("office@"));
        assert!(
            !room.town.column("select key_hash from request_forwards").await.contains(&key),
            "only its hash is kept"
        );
    }
}

#[tokio::test]
async fn a_link_opens_its_own_matter_as_long_as_it_is_theirs() {
    for room in rooms().await {
        let (code, link) = lettered(&room).await;
        let (other, _) = room.lamp("Another").await;
        let visitor = room.town.browser();
        for wrong in [
            format!("/requests/{other}/agency?key={}", key(&link)),
            format!("/requests/{code}/agency?key=guess"),
            format!("/requests/{code}/agency"),
        ] {
            visitor.get(&wrong).await.sees(StatusCode::NOT_FOUND);
        }
        let form = [("version", &*room.version(&code).await), ("organisation", "waste")];
        room.lamps.post(&format!("/desk/{code}/pass"), &form).await.sees(StatusCode::SEE_OTHER);
        visitor.get(&link).await.sees(StatusCode::NOT_FOUND);
        let (version, key) = (room.version(&code).await, key(&link));
        let act = [("key", key.as_str()), ("act", "decline"), ("version", &version), ("text", "No")];
        visitor.post(&format!("/requests/{code}/agency"), &act).await.sees(StatusCode::NOT_FOUND);
        let form = [("version", &*version), ("organisation", "lights")];
        room.bins.post(&format!("/desk/{code}/pass"), &form).await.sees(StatusCode::SEE_OTHER);
        visitor.get(&link).await.sees(StatusCode::OK);
        room.town.clock.advance_seconds(91 * 86_400);
        visitor.get(&link).await.sees(StatusCode::GONE).says("The time of this link is over");
    }
}

#[tokio::test]
async fn an_agency_shows_what_was_done_by_its_link() {
    for room in rooms().await {
        let (code, link) = lettered(&room).await;
        let (path, key, version) = (format!("/requests/{code}/agency"), key(&link), room.version(&code).await);
        let office = room.town.browser();
        office.get(&link).await.says("multipart/form-data").says("name=\"photo\"");
        let parts = |key, file| {
            let words = [("key", key), ("act", "resolve"), ("version", version.as_str()), ("text", "New bulb put in")];
            let words = words.map(|(name, text)| Part::Text(name, text));
            words.into_iter().chain([Part::File("photo", "x.png", file)]).collect::<Vec<_>>()
        };
        // Nothing is taken in from somebody without the key.
        office.post_files(&path, &parts("guess", crate::reporting::DOT)).await.sees(StatusCode::NOT_FOUND);
        assert!(room.town.column("select id from files").await.is_empty());
        let broken = office.post_files(&path, &parts(&key, b"<svg/>")).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        broken.says("New bulb put in");
        office.post_files(&path, &parts(&key, crate::reporting::DOT)).await.sees(StatusCode::SEE_OTHER);
        let seen = room.town.browser().get(&format!("/requests/{code}.json")).await.json();
        let step = seen["history"].as_array().unwrap().last().unwrap().clone();
        assert_eq!((step["saying"].as_str(), step["photo"].is_string()), (Some("request.resolved"), true));
    }
}
