//! What comes later, from elsewhere, or goes on to others.

use super::{publishing, switched, unpublished};
use crate::{
    forwarding::{reached, server::serve},
    town::{Room, rooms},
};
use axum::http::StatusCode;
use testing::steward;

async fn resolved(room: &Room, code: &str) {
    let version = room.version(code).await;
    let form = [("version", &*version), ("text", "New bulb")];
    room.lamps.post(&format!("/desk/{code}/resolve"), &form).await.sees(StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn what_residents_say_later_waits_too() {
    for room in rooms().await {
        switched(&room).await;
        let (code, own) = room.lamp("It flickers").await;
        publishing(&room.lamps, &code, "publish", &[]).await.sees(StatusCode::SEE_OTHER);
        let (visitor, key) = (room.town.browser(), own.split_once("key=").unwrap().1.to_owned());
        let page = format!("/requests/{code}");
        let edit = [("key", &*key), ("description", "The quokka lamp")];
        visitor.post(&format!("{page}/edit"), &edit).await.sees(StatusCode::SEE_OTHER);
        visitor.get(&page).await.never_says("quokka").never_says("It flickers");
        publishing(&room.lamps, &code, "publish", &[]).await.sees(StatusCode::SEE_OTHER);
        visitor.get(&page).await.says("The quokka lamp");
        // An answer, published in other words: the reporter reads their own.
        let version = room.version(&code).await;
        let ask = [("version", &*version), ("text", "Which one?")];
        room.lamps.post(&format!("/desk/{code}/ask"), &ask).await.sees(StatusCode::SEE_OTHER);
        let reply = [("key", &*key), ("reply", "The one of Eve")];
        visitor.post(&format!("{page}/reply"), &reply).await.sees(StatusCode::SEE_OTHER);
        for door in [page.clone(), format!("{page}.json"), "/open311/v2/servicerequestupdates.json".to_owned()] {
            visitor.get(&door).await.sees(StatusCode::OK).never_says("of Eve");
        }
        visitor.get(&own).await.says("The one of Eve");
        let (names, _) = unpublished(&room, &code).await;
        let field = format!("words[{}]", names[0]);
        publishing(&room.lamps, &code, "publish-words", &[(&field, "The one of ██")]).await.sees(StatusCode::SEE_OTHER);
        visitor.get(&page).await.says("The one of ██").says("The quokka lamp").never_says("of Eve");
        // Neighbours, and the reporter once more.
        resolved(&room, &code).await;
        let ben = room.town.signed_in("ben@example.org").await;
        let said = [("reason", "Eve is still dark")];
        ben.post(&format!("{page}/not-fixed"), &said).await.sees(StatusCode::SEE_OTHER);
        let reopen = [("key", &*key), ("reason", "Eve says so too")];
        visitor.post(&format!("{page}/reopen"), &reopen).await.sees(StatusCode::SEE_OTHER);
        visitor.get(&format!("{page}.json")).await.never_says("Eve");
        visitor.get(&own).await.says("Eve says so too").never_says("Eve is still dark");
        publishing(&room.lamps, &code, "publish", &[]).await.sees(StatusCode::SEE_OTHER);
        visitor.get(&page).await.says("Eve says so too").says("Eve is still dark");
        publishing(&room.lamps, &code, "hold-back", &[]).await.sees(StatusCode::SEE_OTHER);
        visitor.get(&format!("{page}.json")).await.never_says("Eve").never_says("quokka");
        room.lamps.get(&format!("/desk/{code}")).await.says("The one of Eve");
        // The agency's own words are public as ever.
        visitor.get(&page).await.says("New bulb").says("Which one?");
    }
}

#[tokio::test]
async fn what_goes_to_an_agency_elsewhere_waits_for_the_desk() {
    for room in rooms().await {
        switched(&room).await;
        let (url, shelf) = serve();
        reached(&room, &url).await;
        let (code, own) = room.lamp("The lamp of Eve").await;
        room.town.settle().await;
        assert_eq!(shelf.lock().unwrap().posts.len(), 0, "the other server may be public");
        let words = [("words[description]", "The lamp of ██")];
        publishing(&room.lamps, &code, "publish-words", &words).await.sees(StatusCode::SEE_OTHER);
        room.town.settle().await;
        let post = shelf.lock().unwrap().posts[0].clone();
        assert!(post["description"].starts_with("The lamp of ██"), "{post:?}");
        // What is said later is told once it is published, and then once.
        let version = room.version(&code).await;
        let ask = [("version", &*version), ("text", "Which one?")];
        room.lamps.post(&format!("/desk/{code}/ask"), &ask).await.sees(StatusCode::SEE_OTHER);
        let reply = [("key", own.split_once("key=").unwrap().1), ("reply", "The northern one")];
        room.town.browser().post(&format!("/requests/{code}/reply"), &reply).await.sees(StatusCode::SEE_OTHER);
        room.town.settle().await;
        assert_eq!(shelf.lock().unwrap().told.as_ref().unwrap().len(), 0);
        publishing(&room.lamps, &code, "publish", &[]).await.sees(StatusCode::SEE_OTHER);
        room.town.settle().await;
        let told = shelf.lock().unwrap().told.clone().unwrap();
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0]["description"].contains("The northern one"));
    }
}

#[tokio::test]
async fn what_programs_send_and_what_is_imported_waits_too() {
    for room in rooms().await {
        switched(&room).await;
        let visitor = room.town.browser();
        let body =
            serde_json::json!({"category": "lamp", "lat": 50.05, "long": 0.05, "description": "The quokka lamp"});
        let sent = visitor.post_json("/requests.json", &body).await.sees(StatusCode::CREATED).json();
        assert_eq!(sent["held"], true, "{sent}");
        let token = room.town.token(civic::Role::Open311).await;
        let fields = [
            ("api_key", &*token),
            ("service_code", "lamp"),
            ("lat", "50.05"),
            ("long", "0.05"),
            ("description", "The quokka lamp"),
            ("media_url", "https://quokka.example/1.jpg"),
        ];
        visitor.post("/open311/v2/requests.json", &fields).await.sees(StatusCode::OK);
        let table = "ID;Type;Opened;Latitude;Longitude;Details\n1;lamp;28/12/2017;50,05;0,05;The quokka lamp\n";
        let import = crate::importing::import_text(&room, table).await;
        room.town.settle().await;
        assert_eq!(room.town.column("select code from requests where unpublished_at is not null").await.len(), 3);
        for door in ["/requests.json", "/requests.csv", "/requests.rss", "/open311/v2/requests.json?extensions=true"] {
            visitor.get(door).await.sees(StatusCode::OK).says("lamp").never_says("quokka");
        }
        let found = visitor.get("/search.json?q=quokka").await.json();
        assert_eq!(found["results"].as_array().unwrap().len(), 0);
        // That its words wait is nobody's act: an undo takes it away with them.
        let import = import.code.unwrap();
        let undone = requests::undo_import(&room.town.town, &steward(), import.as_str(), |_| ()).await.unwrap();
        assert_eq!((undone.removed, undone.stayed), (1, 0));
        assert_eq!(room.town.column("select part from moderation_withheld").await.len(), 3);
    }
}

#[tokio::test]
async fn what_is_erased_with_its_reporter_waits_no_more() {
    for room in rooms().await {
        switched(&room).await;
        let eve = room.town.signed_in("eve@example.org").await;
        let form = [("category", "lamp"), ("address", "Quay"), ("description", "The quokka lamp")];
        let sent = eve.post("/requests", &form).await.sees(StatusCode::SEE_OTHER);
        let code = sent.location().split('/').nth(2).unwrap();
        room.lamps.get("/desk?state=unpublished").await.says(code);
        let person = room.town.column("select id from people where email = 'eve@example.org'").await.remove(0);
        let erased = room.town.town.db().write(move |tx| {
            let erase = requests::room().privacy.unwrap().erase;
            erase(tx, person.parse().unwrap())?;
            tx.commit(database::OffRecord("a test"), ())
        });
        erased.await.map_err(|error: database::DbError| error).unwrap();
        room.lamps.get("/desk?state=unpublished").await.never_says(code);
        room.lamps.get(&format!("/desk/{code}")).await.sees(StatusCode::OK).never_says("quokka");
    }
}
