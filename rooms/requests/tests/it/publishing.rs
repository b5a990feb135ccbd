//! Words and photos that wait for the desk before they are public: at no door until then, and back again.

mod later;

use crate::{
    moderating::doors::doors,
    reporting::DOT,
    town::{Room, rooms},
};
use axum::http::StatusCode;
use requests::{Category, Definition, Rules, define_category};
use testing::{Browser, Part, Seen, steward};

/// The desk publishes what is written of lamps.
async fn switched(room: &Room) {
    let organisation = room.town.column("select id from organisations where code = 'lights'").await.remove(0);
    let definition = Definition {
        name: civic::LocalText::plain("Broken lamp"),
        description: civic::LocalText::plain("When it does not work."),
        group: None,
        keywords: Vec::new(),
        promise: Some(requests::Promise::Days(3)),
        rules: Rules { desk_publishes: true, ..Rules::default() },
        attributes: Vec::new(),
    };
    let organisation = organisation.parse().unwrap();
    let category = Category { code: "lamp".to_owned(), organisation, position: 1, active: true, definition };
    define_category(&room.town.town, steward(), category).await.unwrap();
}

/// A lamp with a photo and words: its code, and its private page.
async fn quokka(room: &Room) -> (String, String) {
    let parts = [
        Part::Text("category", "lamp"),
        Part::Text("lat", "50.05"),
        Part::Text("long", "0.05"),
        Part::Text("address", "Quay"),
        Part::Text("description", "The quokka lamp of Eve"),
        Part::File("photo", "x.png", DOT),
    ];
    let sent = room.town.browser().post_files("/requests", &parts).await.sees(StatusCode::SEE_OTHER);
    room.town.browser().get(sent.location()).await.says("reads your words and photos before they are public");
    room.town.settle().await;
    let own = sent.location().replace("/thanks", "/own");
    (own.split('/').nth(2).unwrap().to_owned(), own)
}

/// The doors at which the words stand, or by which they can be found.
async fn seen_at(reader: &Browser, code: &str) -> Vec<String> {
    let mut found = Vec::new();
    let more = [
        format!("/oembed?url={}/requests", testing::ADDRESS),
        "/embed/requests".to_owned(),
        "/search.json?q=quokka&kind=request".to_owned(),
    ];
    for door in doors(code).into_iter().chain(more).filter(|door| !door.contains("anzibar")) {
        let text = reader.get(&door).await.text.to_lowercase().replace("value=\"quokka\"", "");
        let is_there = if door.contains("q=quokka") {
            text.contains(&code.to_lowercase())
        } else {
            text.contains("quokka") || text.contains("/files/")
        };
        if is_there {
            found.push(door);
        }
    }
    found
}

/// What the desk does with what waits.
async fn publishing(by: &Browser, code: &str, act: &str, more: &[(&str, &str)]) -> Seen {
    let version = by.get(&format!("/desk/{code}.json")).await.json()["version"].to_string();
    let mut form = vec![("act", act), ("version", version.as_str())];
    form.extend(more);
    by.post(&format!("/desk/{code}/publishing"), &form).await
}

/// What is not public, as the desk has it: names, and the address of the photo.
async fn unpublished(room: &Room, code: &str) -> (Vec<String>, String) {
    let seen = room.lamps.get(&format!("/desk/{code}.json")).await.sees(StatusCode::OK).json();
    let parts = seen["unpublished"].as_array().unwrap();
    let photo = parts.iter().find_map(|part| part["photo"].as_str()).unwrap_or_default();
    let waits = parts.iter().filter(|part| part["waits"] == true);
    let names = waits.map(|part| part["name"].as_str().unwrap().to_owned()).collect();
    (names, photo.strip_prefix(testing::ADDRESS).unwrap_or_default().to_owned())
}

#[tokio::test]
async fn words_and_photos_are_at_no_door_until_the_desk_publishes_them() {
    for room in rooms().await {
        switched(&room).await;
        let (code, own) = quokka(&room).await;
        let visitor = room.town.browser();
        assert_eq!(seen_at(&visitor, &code).await, Vec::<String>::new());
        let page = visitor.get(&format!("/requests/{code}")).await.sees(StatusCode::OK);
        page.says("Broken lamp").says("Quay").says("The description: not public until the agency has read it.");
        let json = visitor.get(&format!("/requests/{code}.json")).await.json();
        assert_eq!((&json["description"], json["hidden"].as_array().unwrap().len()), (&"".into(), 2), "{json}");
        let (names, photo) = unpublished(&room, &code).await;
        assert_eq!((names.len(), names[0].as_str()), (2, "description"));
        for (reader, status) in
            [(&visitor, StatusCode::NOT_FOUND), (&room.bins, StatusCode::NOT_FOUND), (&room.lamps, StatusCode::OK)]
        {
            assert_eq!(reader.get(&photo).await.status, status);
        }
        // The reporter reads their own, by their link alone; moderators have no part in it.
        let key = own.split_once("key=").unwrap().1;
        visitor.get(&own).await.says("quokka lamp of Eve").says(&format!("{photo}?small=1&#38;key={key}"));
        visitor.get(&format!("{photo}?small=1&key={key}")).await.sees(StatusCode::OK);
        let mireia = room.town.holder("mireia@example.org", civic::Role::Moderator, None).await;
        for state in ["", "?state=held", "?state=closed"] {
            mireia.get(&format!("/moderation{state}")).await.sees(StatusCode::OK).never_says(&code);
        }
        // The queue of the desk that answers.
        room.lamps.get("/desk?state=unpublished").await.says(&code).says("To be published");
        room.bins.get("/desk?state=unpublished").await.never_says(&code);
        room.lamps.get(&format!("/desk/{code}")).await.says("Not public yet").says("quokka lamp of Eve");

        publishing(&room.lamps, &code, "publish", &[]).await.sees(StatusCode::SEE_OTHER);
        room.town.settle().await;
        let doors = seen_at(&visitor, &code).await;
        assert!(doors.len() > 8, "they are at many doors then: {doors:?}");
        visitor.get(&photo).await.sees(StatusCode::OK);
        let page = visitor.get(&format!("/requests/{code}")).await;
        page.says("quokka lamp of Eve").says("Words and photos published").never_says("not public until");
        room.lamps.get("/desk?state=unpublished").await.never_says(&code);
        let record = room.town.record().await.join("\n");
        assert!(record.contains("request.published") && !record.contains("quokka"));
    }
}

#[tokio::test]
async fn what_was_published_is_taken_back_and_published_in_other_words() {
    for room in rooms().await {
        switched(&room).await;
        let (code, own) = quokka(&room).await;
        let visitor = room.town.browser();
        let words = [("words[description]", "The quokka lamp of ██")];
        publishing(&room.lamps, &code, "publish-words", &words).await.sees(StatusCode::SEE_OTHER);
        room.town.settle().await;
        visitor.get(&format!("/requests/{code}")).await.says("The quokka lamp of ██").never_says("of Eve");
        let desk = room.lamps.get(&format!("/desk/{code}")).await;
        desk.says("quokka lamp of Eve").says("Take back from the public");
        let form = [("key", own.split_once("key=").unwrap().1), ("description", "Of Eve again")];
        visitor.post(&format!("/requests/{code}/edit"), &form).await.sees(StatusCode::CONFLICT);

        publishing(&room.lamps, &code, "hold-back", &[]).await.sees(StatusCode::SEE_OTHER);
        room.town.settle().await;
        assert_eq!(seen_at(&visitor, &code).await, Vec::<String>::new());
        visitor.get(&own).await.says("quokka lamp of Eve");
        room.lamps.get("/desk?state=unpublished").await.says(&code);
        publishing(&room.lamps, &code, "hold-back", &[]).await.sees(StatusCode::CONFLICT).says("Nothing is public");
        publishing(&room.lamps, &code, "publish", &[]).await.sees(StatusCode::SEE_OTHER);
        room.town.settle().await;
        visitor.get(&format!("/requests/{code}")).await.says("quokka lamp of Eve").says("taken back by the agency");
    }
}

#[tokio::test]
async fn a_photo_is_hidden_and_shown_again() {
    for room in rooms().await {
        switched(&room).await;
        let (code, _) = quokka(&room).await;
        let visitor = room.town.browser();
        let (names, photo) = unpublished(&room, &code).await;
        let part = [("part", names[1].as_str())];
        publishing(&room.lamps, &code, "leave-out", &part).await.sees(StatusCode::SEE_OTHER);
        publishing(&room.lamps, &code, "leave-out", &part).await.sees(StatusCode::CONFLICT);
        publishing(&room.lamps, &code, "publish", &[]).await.sees(StatusCode::SEE_OTHER);
        room.town.settle().await;
        let page = visitor.get(&format!("/requests/{code}")).await;
        page.says("quokka").says("A photo: the agency does not publish it.").never_says("/files/");
        visitor.get(&photo).await.sees(StatusCode::NOT_FOUND);
        room.lamps.get("/desk?state=unpublished").await.never_says(&code);
        room.lamps.get(&format!("/desk/{code}")).await.says("Left out: not public").says(&photo);
        publishing(&room.lamps, &code, "take-up", &part).await.sees(StatusCode::SEE_OTHER);
        visitor.get(&photo).await.sees(StatusCode::OK);
        // One that is public already.
        publishing(&room.lamps, &code, "leave-out", &part).await.sees(StatusCode::SEE_OTHER);
        visitor.get(&photo).await.sees(StatusCode::NOT_FOUND);
        visitor.get(&format!("/requests/{code}")).await.says("quokka").never_says("/files/");
        let record = room.town.record().await.join("\n");
        assert!(record.contains("request.left-out") && record.contains("request.taken-up"));
    }
}

#[tokio::test]
async fn only_the_desk_that_answers_publishes_and_only_what_it_has_seen() {
    for room in rooms().await {
        switched(&room).await;
        let (code, own) = quokka(&room).await;
        let path = format!("/desk/{code}/publishing");
        room.bins.post(&path, &[("act", "publish")]).await.sees(StatusCode::NOT_FOUND);
        let resident = room.town.signed_in("amina@example.org").await;
        resident.post(&path, &[("act", "publish")]).await.sees(StatusCode::FORBIDDEN);
        let stale = [("act", "publish"), ("version", "999")];
        room.lamps.post(&path, &stale).await.sees(StatusCode::CONFLICT).says("quokka");
        let typed = "x".repeat(4_001);
        let long = publishing(&room.lamps, &code, "publish-words", &[("words[description]", &typed)]).await;
        long.sees(StatusCode::UNPROCESSABLE_ENTITY).says(&typed);
        publishing(&room.lamps, &code, "burn", &[]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        let form = [("key", own.split_once("key=").unwrap().1), ("description", "Other words")];
        let refused = room.town.browser().post(&format!("/requests/{code}/edit"), &form).await;
        refused.sees(StatusCode::CONFLICT).says("has not published these words yet");
        let redact = [("description", "x")];
        room.lamps.post(&format!("/desk/{code}/redact"), &redact).await.sees(StatusCode::CONFLICT);
        let version = room.version(&code).await;
        let program = room.town.program(&room.town.token(civic::Role::Officer).await);
        let by_program =
            serde_json::json!({"act": "publish-words", "version": version, "words": {"description": "Dark"}});
        program.post_json(&format!("{path}.json"), &by_program).await.sees(StatusCode::OK);
        assert_eq!(room.town.browser().get(&format!("/requests/{code}.json")).await.json()["description"], "Dark");
        publishing(&room.lamps, &code, "publish", &[]).await.sees(StatusCode::CONFLICT).says("Nothing waits");
    }
}

#[tokio::test]
async fn the_administrator_switches_it_for_a_category() {
    for room in rooms().await {
        let admin = room.town.administrator().await;
        let save = async |ticked: bool| {
            let mut form = vec![
                ("code", "lamp"),
                ("organisation", "lights"),
                ("name[en]", "Broken lamp"),
                ("description[en]", "Dark"),
                ("position", "1"),
                ("active", "yes"),
            ];
            form.extend(ticked.then_some(("desk-publishes", "yes")));
            admin.post("/admin/categories", &form).await.sees(StatusCode::SEE_OTHER)
        };
        room.lamps.get("/desk").await.never_says("To be published");
        save(true).await;
        admin.get("/admin/categories?edit=lamp").await.says("name=\"desk-publishes\" value=\"yes\" checked");
        room.lamps.get("/desk").await.says("To be published");
        let (code, _) = room.lamp("It flickers").await;
        save(false).await;
        // What waits goes on waiting; what comes now does not.
        let (other, _) = room.lamp("It is dark").await;
        let visitor = room.town.browser();
        visitor.get(&format!("/requests/{code}")).await.never_says("It flickers");
        visitor.get(&format!("/requests/{other}")).await.says("It is dark");
        room.lamps.get("/desk?state=unpublished").await.says(&code).never_says(&other);
        for (language, words) in [("es", "no se hace público hasta"), ("ar", "لا يُنشر حتى تقرأه الجهة")]
        {
            room.town.browser().reading(language).get(&format!("/requests/{code}")).await.says(words);
        }
    }
}
