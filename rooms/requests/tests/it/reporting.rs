use crate::town::rooms;
use axum::http::{StatusCode, header};
use testing::{Part, link_in};

/// The smallest PNG there is, a red dot.
pub const DOT: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0, 0, 1, 8,
    2, 0, 0, 0, 0x90, 0x77, 0x53, 0xde, 0, 0, 0, 0x0c, 0x49, 0x44, 0x41, 0x54, 0x08, 0xd7, 0x63, 0xf8, 0xcf, 0xc0, 0,
    0, 3, 1, 1, 0, 0x18, 0xdd, 0x8d, 0xb0, 0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
];

#[tokio::test]
async fn a_resident_reports_without_an_account_page_by_page() {
    for room in rooms().await {
        let resident = room.town.browser();
        resident.get("/report").await.sees(StatusCode::OK).says("Broken bin");
        let seen = resident.post("/report", &[("category", "bin")]).await.sees(StatusCode::SEE_OTHER);
        let place = seen.location().to_owned();
        let draft = place.strip_suffix("/where").unwrap().to_owned();
        // A click on the picture of the map sets the pin and shows it.
        let picture = resident.get(&place).await.sees(StatusCode::OK).says("pin-map.svg");
        assert!(picture.text.contains("name=\"map\""));
        let seen = resident
            .post(&place, &[("map.x", "150"), ("map.y", "160"), ("zoom", "")])
            .await
            .sees(StatusCode::SEE_OTHER);
        assert_eq!(seen.location(), place, "back to the map, to see the pin");
        resident.get(&place).await.sees(StatusCode::OK).says("zoom=mill");
        let seen = resident.get(&place).await;
        let value = |name: &str| {
            let (_, rest) = seen.text.split_once(&format!("id=\"{name}\" name=\"{name}\" value=\"")).unwrap();
            rest.split('"').next().unwrap().to_owned()
        };
        let form = [("lat", &*value("lat")), ("long", &*value("long")), ("address", "12 Mill Lane")];
        resident.post(&place, &form).await.sees(StatusCode::SEE_OTHER);
        // A question that must be answered is asked for, and what was typed stays.
        let what = format!("{draft}/what");
        let seen = resident.post_files(&what, &[Part::Text("description", "It overflows & smells <b>")]).await;
        let seen = seen.sees(StatusCode::UNPROCESSABLE_ENTITY).says("Please answer: How large?");
        assert!(seen.text.contains("It overflows &#38; smells &#60;b&#62;"), "what was typed stays, and harmless");
        let parts = [
            Part::Text("description", "It overflows"),
            Part::Text("attribute[size]", "L"),
            Part::File("photo", "../x.png", DOT),
        ];
        resident.post_files(&what, &parts).await.sees(StatusCode::SEE_OTHER);
        resident
            .post(&format!("{draft}/contact"), &[("email", "amina@example.org"), ("name", "Amina")])
            .await
            .sees(StatusCode::SEE_OTHER);
        let check = resident
            .get(&format!("{draft}/check"))
            .await
            .sees(StatusCode::OK)
            .says("12 Mill Lane")
            .says("amina@example.org");
        let key = draft.rsplit('/').next().unwrap();
        assert!(check.text.contains(key));
        let seen = resident.post("/requests", &[("draft", key)]).await.sees(StatusCode::SEE_OTHER);
        let thanks = seen.location().to_owned();
        resident.get(&thanks).await.sees(StatusCode::OK).says("Waste and recycling").says("/own?key=");
        let code = thanks.split('/').nth(2).unwrap().to_owned();
        // The public page has the matter and the photo, and nothing of the contact.
        let page = room.town.browser().get(&format!("/requests/{code}")).await.sees(StatusCode::OK);
        let page =
            page.says("It overflows").says("12 Mill Lane").says("/files/").never_says("amina").never_says("Amina");
        let photo = page.text.split("href=\"/files/").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let photo = room.town.browser().get(&format!("/files/{photo}")).await.sees(StatusCode::OK);
        assert_eq!(photo.headers[header::CONTENT_TYPE], "image/jpeg", "encoded anew");
        // The draft is gone, and cannot be sent twice.
        resident.post("/requests", &[("draft", key)]).await.sees(StatusCode::NOT_FOUND);
        assert_eq!(
            room.town.mails().await.len(),
            2 + 2,
            "two officers' links, the private link, the question about news"
        );
    }
}

#[tokio::test]
async fn a_report_by_json_is_read_back_in_every_form() {
    for room in rooms().await {
        let (code, _) = room.lamp("It flickers").await;
        room.town.settle().await;
        let visitor = room.town.browser();
        let one = visitor.get(&format!("/requests/{code}.json")).await.sees(StatusCode::OK).json();
        assert_eq!((one["state"].as_str(), one["district"]["code"].as_str()), (Some("received"), Some("mill")));
        let list = visitor
            .get("/requests.json?district=mill&state=open&category=lamp&q=flick")
            .await
            .sees(StatusCode::OK)
            .json();
        assert_eq!(list["requests"][0]["code"].as_str(), Some(&*code));
        assert_eq!(visitor.get("/requests.json?q=nothing").await.json()["requests"], serde_json::json!([]));
        let csv = visitor.get("/requests.csv").await.sees(StatusCode::OK).text;
        assert!(csv.lines().nth(1).unwrap().starts_with(&*code), "{csv}");
        let map = visitor.get("/requests.geojson").await.sees(StatusCode::OK).json();
        assert_eq!(map["features"][0]["geometry"]["coordinates"], serde_json::json!([0.05, 50.05]));
        visitor.get("/requests.rss").await.sees(StatusCode::OK).says("<rss").says(&code);
        visitor.get(&format!("/requests/{code}.rss")).await.sees(StatusCode::OK).says("Reported");
        visitor.get(&format!("/requests/{code}/qr.svg")).await.sees(StatusCode::OK).says("<svg");
        visitor.get("/requests").await.sees(StatusCode::OK).says("One report").says("citymap");
        let first = room.town.record().await;
        assert!(first.iter().any(|entry| entry.contains("request.opened") && entry.contains(&*code)));
        assert!(!first.iter().any(|entry| entry.contains("flickers")), "words are never in the record");
    }
}

#[tokio::test]
async fn the_private_link_corrects_and_withdraws_and_nothing_else_does() {
    for room in rooms().await {
        let (code, own) = room.lamp("It flickers").await;
        let visitor = room.town.browser();
        visitor.get(&format!("/requests/{code}/own")).await.sees(StatusCode::NOT_FOUND);
        visitor.get(&format!("/requests/{code}/own?key=guess")).await.sees(StatusCode::NOT_FOUND);
        let key = own.split("key=").nth(1).unwrap().to_owned();
        visitor.get(&own).await.sees(StatusCode::OK).says("It flickers");
        let edit = format!("/requests/{code}/edit");
        visitor.post(&edit, &[("key", "guess"), ("description", "x")]).await.sees(StatusCode::NOT_FOUND);
        visitor.post(&edit, &[("key", &key), ("description", "It is dark now")]).await.sees(StatusCode::SEE_OTHER);
        visitor.get(&format!("/requests/{code}")).await.says("It is dark now").says("Description corrected");
        visitor.post(&format!("/requests/{code}/withdraw"), &[("key", &key)]).await.sees(StatusCode::SEE_OTHER);
        visitor.get(&format!("/requests/{code}")).await.says("Withdrawn");
        visitor.post(&edit, &[("key", &key), ("description", "again")]).await.sees(StatusCode::CONFLICT);
        let (other, _) = room.lamp("Another").await;
        visitor.post(&format!("/requests/{other}/withdraw"), &[("key", &key)]).await.sees(StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn followers_confirm_hear_and_leave() {
    for room in rooms().await {
        let (code, _) = room.lamp("It flickers").await;
        room.town.settle().await;
        let visitor = room.town.browser();
        let form = [("kind", "request"), ("id", &*code), ("email", "ines@example.org")];
        visitor.post("/follow", &form).await.sees(StatusCode::SEE_OTHER);
        room.lamps.post(&format!("/desk/{code}/answer"), &[("text", "We are on it")]).await.sees(StatusCode::SEE_OTHER);
        room.town.settle().await;
        let asked = room.town.mails().await;
        let asked = asked.iter().find(|mail| mail.mail.to.as_str() == "ines@example.org").unwrap();
        let before = room.town.mails().await.len();
        let link = link_in(&asked.mail.body_text);
        // The link of the mail is a page with a button: looking at it confirms nothing.
        visitor.get(&link).await.sees(StatusCode::OK).says("<button");
        room.lamps
            .post(&format!("/desk/{code}/take"), &[("version", &*room.version(&code).await)])
            .await
            .sees(StatusCode::SEE_OTHER);
        room.town.settle().await;
        assert_eq!(room.town.mails().await.len(), before, "no news before it was confirmed");
        visitor.post(&link, &[]).await.sees(StatusCode::SEE_OTHER);
        room.lamps
            .post(&format!("/desk/{code}/resolve"), &[("text", "A new bulb"), ("version", &*room.version(&code).await)])
            .await
            .sees(StatusCode::SEE_OTHER);
        room.town.settle().await;
        let news = room.town.mails().await.remove(0).mail;
        assert_eq!(news.to.as_str(), "ines@example.org");
        assert!(news.body_text.contains("resolved") && news.body_text.contains(&*code), "{}", news.body_text);
        let out = news.body_text.split_whitespace().rfind(|word| word.contains("/follow/")).unwrap();
        visitor.post(&out[testing::ADDRESS.len()..], &[("leave", "yes")]).await.sees(StatusCode::SEE_OTHER);
        assert!(room.town.column("select email from followers").await.is_empty());
    }
}

#[tokio::test]
async fn a_reporter_says_once_that_it_is_not_fixed() {
    for room in rooms().await {
        let (code, own) = room.lamp("It flickers").await;
        let visitor = room.town.browser();
        let key = own.split("key=").nth(1).unwrap().to_owned();
        let reopen = format!("/requests/{code}/reopen");
        let resolve = async || {
            let done = [("text", "A new bulb was put in"), ("version", &*room.version(&code).await)];
            room.lamps.post(&format!("/desk/{code}/resolve"), &done).await.sees(StatusCode::SEE_OTHER);
        };
        let still = [("key", &*key), ("reason", "It still flickers at night")];
        visitor.post(&reopen, &still).await.sees(StatusCode::CONFLICT).says("It is open already");
        visitor.get(&own).await.never_says("Not fixed?");
        resolve().await;
        visitor.get(&own).await.says("Not fixed?");
        visitor.post(&reopen, &[("key", "guess"), ("reason", "x")]).await.sees(StatusCode::NOT_FOUND);
        visitor.post(&reopen, &[("key", &key), ("reason", " ")]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        // All at once, as after a double click on a slow line: it is opened once.
        let many = (0..8).map(|_| visitor.post(&reopen, &still));
        let done = futures_util::future::join_all(many).await;
        assert_eq!(done.iter().filter(|seen| seen.status == StatusCode::SEE_OTHER).count(), 1);
        let page = visitor.get(&format!("/requests/{code}")).await;
        page.says("Not fixed, says the reporter").says("It still flickers at night").says("Opened again");
        room.lamps.get("/desk").await.says(&code);
        let seen = visitor.get(&format!("/requests/{code}.json")).await.json();
        assert_eq!((seen["state"].as_str(), seen["open"].as_bool()), (Some("received"), Some(true)));
        assert!(!seen["due_at"].is_null(), "an end is promised anew");
        resolve().await;
        visitor.get(&own).await.never_says("Not fixed?");
        visitor.post(&reopen, &still).await.sees(StatusCode::CONFLICT).says("again before");
        room.town.settle().await;
        let record = room.town.record().await.join("\n");
        assert!(record.matches("request.reopened").count() == 1 && !record.contains("at night"));
    }
}

#[tokio::test]
async fn what_ended_long_ago_or_otherwise_is_not_opened_again() {
    for room in rooms().await {
        let (code, own) = room.lamp("It flickers").await;
        let (other, other_own) = room.lamp("It is dark").await;
        let visitor = room.town.browser();
        let key = |own: &str| own.split("key=").nth(1).unwrap().to_owned();
        for (code, word) in [(&code, "resolve"), (&other, "decline")] {
            let done = [("text", "So it is"), ("version", &*room.version(code).await)];
            room.lamps.post(&format!("/desk/{code}/{word}"), &done).await.sees(StatusCode::SEE_OTHER);
        }
        let form = [("key", key(&other_own)), ("reason", "No".to_owned())];
        let form = form.each_ref().map(|(name, value)| (*name, value.as_str()));
        visitor
            .post(&format!("/requests/{other}/reopen"), &form)
            .await
            .sees(StatusCode::CONFLICT)
            .says("called resolved");
        room.town.clock.advance_seconds(91 * 86_400);
        visitor.get(&own).await.never_says("Not fixed?");
        let form = [("key", key(&own)), ("reason", "No".to_owned())];
        let form = form.each_ref().map(|(name, value)| (*name, value.as_str()));
        visitor.post(&format!("/requests/{code}/reopen"), &form).await.sees(StatusCode::CONFLICT).says("90 days");
    }
}
