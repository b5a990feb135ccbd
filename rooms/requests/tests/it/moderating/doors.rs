use super::{act, comment, flag, moderator};
use crate::{
    reporting::DOT,
    town::{Room, rooms},
};
use axum::http::StatusCode;
use testing::{Browser, Part, link_in};

/// Every door by which a visitor or a program could read what somebody wrote.
pub fn doors(code: &str) -> Vec<String> {
    let mut doors: Vec<String> = ["", ".json", ".rss"].iter().map(|twin| format!("/requests/{code}{twin}")).collect();
    doors.extend(["", ".json", ".csv", ".geojson", ".rss"].iter().map(|twin| format!("/requests{twin}")));
    for word in ["zanzibar", "quokka", "Zanzibar%20quay"] {
        doors.extend([
            format!("/search?q={word}"),
            format!("/search.json?q={word}"),
            format!("/requests.json?q={word}"),
        ]);
    }
    for end in ["json", "xml"] {
        doors.push(format!("/open311/v2/requests.{end}?extensions=true"));
        doors.push(format!("/open311/v2/requests/{code}.{end}?extensions=true"));
        doors.push(format!("/open311/v2/servicerequestupdates.{end}"));
    }
    doors.push(format!("/requests/{code}/me-too"));
    doors.push("/report/alike?category=lamp&lat=50.05&long=0.05&text=zanzibar+lamp".to_owned());
    for twin in ["", ".json", ".csv", ".rss"] {
        doors.push(format!("/moderation/log{twin}"));
    }
    doors.push(format!("/moderation/of/request/{code}"));
    doors.push(format!("/moderation/of/request/{code}.json"));
    doors
}

/// The doors at which these words stand; what was searched for stands on the page of the search anyway.
async fn seen_at(reader: &Browser, code: &str, words: &str) -> Vec<String> {
    let mut found = Vec::new();
    for door in doors(code) {
        let seen = reader.get(&door).await;
        assert!(seen.status == StatusCode::OK || seen.status == StatusCode::NOT_FOUND, "{door}: {}", seen.status);
        let text = seen.text.replace("value=\"zanzibar\"", "").replace("value=\"quokka\"", "");
        let text = text.replace("value=\"Zanzibar quay\"", "").replace("zanzibar%20", "").to_lowercase();
        let asked = door.contains("q=zanzibar") || door.contains("q=quokka") || door.contains("q=Zanzibar");
        let is_there = if asked { text.contains(&code.to_lowercase()) } else { text.contains(words) };
        if is_there {
            found.push(door);
        }
    }
    found
}

struct Matter {
    code: String,
    own: String,
    photo: String,
}

/// A lamp with a photo, an address and words of their own.
async fn matter(room: &Room) -> Matter {
    let parts = [
        Part::Text("category", "lamp"),
        Part::Text("lat", "50.05"),
        Part::Text("long", "0.05"),
        Part::Text("address", "Zanzibar quay"),
        Part::Text("description", "The zanzibar lamp of that idiot"),
        Part::File("photo", "x.png", DOT),
    ];
    let sent = room.town.browser().post_files("/requests", &parts).await.sees(StatusCode::SEE_OTHER);
    let own = sent.location().replace("/thanks", "/own");
    room.town.settle().await;
    let code = own.split('/').nth(2).unwrap().to_owned();
    let page = room.town.browser().get(&format!("/requests/{code}")).await.text;
    let photo = page.split("href=\"/files/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    Matter { code, own, photo: format!("/files/{photo}") }
}

#[tokio::test]
async fn what_is_hidden_is_gone_from_every_door_and_comes_back_everywhere() {
    for room in rooms().await {
        let Matter { code, own, photo } = matter(&room).await;
        let visitor = room.town.browser();
        visitor.post("/follow", &[("kind", "request"), ("id", &code), ("email", "f@example.org")]).await;
        visitor.post(&link_in(&room.town.mails().await.remove(0).mail.body_text), &[]).await;
        let before = seen_at(&visitor, &code, "zanzibar").await;
        assert!(before.len() > 12, "the words are at many doors first: {before:?}");
        visitor.get(&photo).await.sees(StatusCode::OK);

        let case = flag(&room, &format!("request/{code}"), "amina").await;
        let mireia = moderator(&room, "mireia").await;
        act(&mireia, &case, "hide", &[("reason", "insult"), ("note", "Please without names")])
            .await
            .sees(StatusCode::SEE_OTHER);
        room.town.settle().await;
        assert_eq!(seen_at(&visitor, &code, "zanzibar").await, Vec::<String>::new());
        visitor.get(&photo).await.sees(StatusCode::NOT_FOUND);
        visitor.get(&format!("{photo}?small=1")).await.sees(StatusCode::NOT_FOUND);
        let page = visitor.get(&format!("/requests/{code}")).await.sees(StatusCode::OK);
        page.says("Hidden by moderation: The description. It insults somebody.").says("Hidden by moderation: Insult");
        let json = visitor.get(&format!("/requests/{code}.json")).await.json();
        assert_eq!(json["hidden"].as_array().unwrap().len(), 3, "{}", json["hidden"]);
        assert!(json["photos"].as_array().unwrap().is_empty() && json["description"] == "");
        // What happens later is told to followers without the words; the moderators' acts are not told at all.
        room.lamps.post(&format!("/desk/{code}/answer"), &[("text", "We come")]).await.sees(StatusCode::SEE_OTHER);
        room.town.settle().await;
        let mails = room.town.mails().await;
        let news: Vec<_> = mails.iter().filter(|one| one.mail.to.as_str() == "f@example.org").collect();
        assert_eq!(news.len(), 2, "the confirmation and the answer");
        assert!(news.iter().all(|one| !one.mail.body_text.to_lowercase().contains("zanzibar")));
        let record = room.town.record().await.join("\n").to_lowercase();
        assert!(record.contains("moderation.hidden") && !record.contains("zanzibar") && !record.contains("idiot"));
        assert!(!record.contains("without names") && !record.contains("please look"), "nor anybody's notes");

        // The moderators, the desk, and whoever wrote it still read it.
        mireia.get(&format!("/moderation/cases/{case}")).await.says("zanzibar lamp").says(&photo);
        mireia.get(&photo).await.sees(StatusCode::OK);
        room.lamps.get(&format!("/desk/{code}")).await.says("zanzibar lamp").says("not public");
        let key = own.split("?key=").nth(1).unwrap();
        visitor.get(&own).await.says("Hidden by moderation").never_says("zanzibar lamp");
        let mine = visitor.get(&format!("/moderation/of/request/{code}?key={key}")).await;
        mine.says("zanzibar lamp").says("Please without names").says("Appeal");
        visitor.get(&format!("{photo}?key={key}")).await.sees(StatusCode::OK);
        visitor.get(&format!("{photo}?key=wrong")).await.sees(StatusCode::NOT_FOUND);

        act(&mireia, &case, "restore", &[]).await.sees(StatusCode::SEE_OTHER);
        room.town.settle().await;
        assert_eq!(seen_at(&visitor, &code, "zanzibar").await, before, "back at the same doors");
        visitor.get(&photo).await.sees(StatusCode::OK);
        let log = visitor.get("/moderation/log.json").await.json();
        let acts: Vec<&str> = log["log"].as_array().unwrap().iter().map(|l| l["act"].as_str().unwrap()).collect();
        assert_eq!(acts, ["restored", "hidden"]);
    }
}

#[tokio::test]
async fn a_part_or_a_passage_is_hidden_and_the_rest_stays() {
    for room in rooms().await {
        let Matter { code, photo, .. } = matter(&room).await;
        let mireia = moderator(&room, "mireia").await;
        let case = flag(&room, &format!("request/{code}"), "amina").await;
        let path = format!("/requests/{code}");
        let visitor = room.town.browser();
        // Nothing ticked, no reason, a passage that is not there: each is said, and what was typed stays.
        let typed = [("part", ""), ("reason", ""), ("passage", "nobody")];
        act(&mireia, &case, "hide", &typed).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("Choose a reason");
        let typed = [("part", ""), ("reason", "insult")];
        act(&mireia, &case, "hide", &typed).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("Tick at least one");
        let typed = [("part", "description"), ("reason", "insult"), ("passage", "that Idiot")];
        act(&mireia, &case, "hide", &typed).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("that Idiot");
        let typed = [("part", "description"), ("reason", "insult"), ("passage", "that idiot")];
        act(&mireia, &case, "hide", &typed).await.sees(StatusCode::SEE_OTHER);
        room.town.settle().await;
        visitor
            .get(&path)
            .await
            .says("The zanzibar lamp of █████")
            .says("Zanzibar quay")
            .says("Blackened by moderation");
        visitor.get(&photo).await.sees(StatusCode::OK);
        assert_eq!(visitor.get("/search.json?q=idiot").await.json()["results"].as_array().unwrap().len(), 0);
        assert_eq!(visitor.get("/search.json?q=zanzibar").await.json()["results"].as_array().unwrap().len(), 1);
        // A second look hides the photo too; the first words come back whole with the first case.
        let second = flag(&room, &format!("request/{code}"), "ben").await;
        assert_ne!(second, case);
        let id = photo.trim_start_matches("/files/").trim_end_matches(".jpg");
        let part = format!("photo:{id}");
        act(&mireia, &second, "hide", &[("part", &part), ("reason", "personal-data")])
            .await
            .sees(StatusCode::SEE_OTHER);
        visitor.get(&photo).await.sees(StatusCode::NOT_FOUND);
        visitor.get(&path).await.says("It shows personal data").says("The zanzibar lamp of █████");
        act(&mireia, &case, "restore", &[]).await.sees(StatusCode::SEE_OTHER);
        visitor.get(&path).await.says("The zanzibar lamp of that idiot");
        visitor.get(&photo).await.sees(StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_hidden_comment_says_why_and_its_author_reads_it_still() {
    for room in rooms().await {
        let (code, _) = room.lamp("It flickers").await;
        room.town.settle().await;
        let eve = room.town.signed_in("eve@example.org").await;
        let id = comment(&room, &eve, &code, "Quokka, you fool").await;
        let visitor = room.town.browser();
        visitor
            .get(&format!("/requests/{code}"))
            .await
            .says("Quokka")
            .says(&format!("/moderation/report/comment/{id}"));
        assert_eq!(visitor.get(&format!("/comments/{id}")).await.location(), format!("/requests/{code}#comment-{id}"));
        let case = flag(&room, &format!("comment/{id}"), "amina").await;
        let mireia = moderator(&room, "mireia").await;
        act(&mireia, &case, "hide", &[("reason", "insult")]).await.sees(StatusCode::SEE_OTHER);
        for door in [
            format!("/requests/{code}"),
            format!("/requests/{code}.json"),
            format!("/comments/{id}.json"),
            format!("/requests/{code}.rss"),
        ] {
            visitor.get(&door).await.sees(StatusCode::OK).never_says("Quokka");
        }
        visitor.get(&format!("/requests/{code}")).await.says("Hidden by moderation: The words. It insults somebody.");
        assert_eq!(visitor.get(&format!("/comments/{id}.json")).await.json()["text"], "");
        eve.get(&format!("/requests/{code}")).await.says("Quokka, you fool").says("Only you can read this");
        eve.get("/me/export").await.sees(StatusCode::OK).says("Quokka, you fool");
        let mail = room.town.mails().await.remove(0).mail;
        assert_eq!(mail.to.as_str(), "eve@example.org");
        assert!(
            mail.body_text.contains("It insults somebody.") && !mail.body_text.contains("Quokka"),
            "{}",
            mail.body_text
        );
        let record = room.town.record().await.join("\n");
        assert!(!record.contains("Quokka") && record.contains("\"reason\":\"insult\""));
    }
}

/// What the reporter or a neighbour said later is a subject by itself, with its own author.
#[tokio::test]
async fn a_later_word_is_hidden_by_itself() {
    for room in rooms().await {
        let (code, own) = room.lamp("One of the lamps").await;
        let version = room.version(&code).await;
        room.lamps.post(&format!("/desk/{code}/ask"), &[("version", &version), ("text", "Which?")]).await;
        let key = own.split("?key=").nth(1).unwrap();
        let reply = [("key", key), ("reply", "The quokka one")];
        room.town.browser().post(&format!("/requests/{code}/reply"), &reply).await.sees(StatusCode::SEE_OTHER);
        room.town.settle().await;
        let step = room.town.column("select id from request_history where saying = 'request.replied'").await.remove(0);
        let case = flag(&room, &format!("request-step/{step}"), "amina").await;
        let mireia = moderator(&room, "mireia").await;
        act(&mireia, &case, "hide", &[("reason", "off-topic")]).await.sees(StatusCode::SEE_OTHER);
        let visitor = room.town.browser();
        assert_eq!(seen_at(&visitor, &code, "quokka one").await, Vec::<String>::new());
        visitor
            .get(&format!("/requests/{code}"))
            .await
            .says("It has nothing to do with this matter")
            .says("One of the lamps");
        visitor.get(&own).await.says("What the reporter said later");
        let mine = format!("/moderation/of/request-step/{step}");
        visitor.get(&mine).await.sees(StatusCode::OK).never_says("quokka one");
        visitor.get(&format!("{mine}?key={key}")).await.says("The quokka one");
        // Nothing can be said on a step, or on a comment.
        for kind in ["request-step", "comment"] {
            let form = [("kind", kind), ("id", &*step), ("text", "hello")];
            let seen = room.town.signed_in("ben@example.org").await.post("/comments", &form).await;
            assert_eq!(seen.status, StatusCode::NOT_FOUND, "{kind}");
        }
    }
}

/// A form that was made before does not bring the words back, neither the reporter's nor the desk's.
#[tokio::test]
async fn nobody_edits_hidden_words_back() {
    for room in rooms().await {
        let (code, own) = room.lamp("That idiot again").await;
        let case = flag(&room, &format!("request/{code}"), "amina").await;
        let stale = room.version(&code).await;
        let mireia = moderator(&room, "mireia").await;
        act(&mireia, &case, "hide", &[("reason", "insult")]).await.sees(StatusCode::SEE_OTHER);
        let key = own.split("?key=").nth(1).unwrap();
        let edit = [("key", key), ("description", "That idiot once more")];
        let seen = room.town.browser().post(&format!("/requests/{code}/edit"), &edit).await;
        seen.sees(StatusCode::CONFLICT).says("The moderators have hidden this");
        let redact = [("version", &*stale), ("description", "That idiot, from the desk")];
        room.lamps.post(&format!("/desk/{code}/redact"), &redact).await.sees(StatusCode::CONFLICT);
        let fresh = room.version(&code).await;
        let redact = [("version", &*fresh), ("description", "That idiot, from the desk")];
        room.lamps.post(&format!("/desk/{code}/redact"), &redact).await.sees(StatusCode::CONFLICT);
        room.town.browser().get(&format!("/requests/{code}")).await.never_says("idiot");
    }
}
