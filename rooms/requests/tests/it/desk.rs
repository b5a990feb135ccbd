use crate::{reporting::DOT, town::rooms};
use axum::http::StatusCode;
use testing::Part;

#[tokio::test]
async fn an_officer_takes_answers_and_resolves_in_public() {
    for room in rooms().await {
        let (code, _) = room.lamp("It flickers").await;
        room.lamps.get("/desk").await.sees(StatusCode::OK).says(&code);
        let desk = format!("/desk/{code}");
        room.lamps.get(&desk).await.sees(StatusCode::OK).says("Take it on").says("Internal: only staff can see this");
        room.lamps
            .post(&format!("{desk}/take"), &[("version", &*room.version(&code).await)])
            .await
            .sees(StatusCode::SEE_OTHER);
        room.lamps
            .post(&format!("{desk}/note"), &[("text", "Ladder needed, gate code 4711")])
            .await
            .sees(StatusCode::SEE_OTHER);
        room.lamps.post(&format!("{desk}/answer"), &[("text", "We come on Monday")]).await.sees(StatusCode::SEE_OTHER);
        let done = [("text", "A new bulb was put in"), ("version", &*room.version(&code).await)];
        room.lamps.post(&format!("{desk}/resolve"), &done).await.sees(StatusCode::SEE_OTHER);
        room.lamps.get(&desk).await.says("4711").says("Open it again");
        let visitor = room.town.browser();
        let page =
            visitor.get(&format!("/requests/{code}")).await.says("We come on Monday").says("A new bulb was put in");
        page.never_says("4711").never_says("/desk/");
        visitor.get(&format!("/requests/{code}.json")).await.never_says("4711").says("request.resolved");
        names_of_agencies(&visitor, &code).await;
        visitor.get(&format!("/requests/{code}.rss")).await.never_says("4711");
        let record = room.town.record().await.join("\n");
        assert!(!record.contains("4711") && !record.contains("Monday") && !record.contains("request.noted"));
        assert_eq!(record.matches("request.resolved").count(), 1);
    }
}

/// The thread names the agency as the reader calls it.
async fn names_of_agencies(visitor: &testing::Browser, code: &str) {
    let seen = visitor.get(&format!("/requests/{code}.json")).await.json();
    let by: Vec<_> = seen["history"].as_array().unwrap().iter().map(|step| step["by"].as_str().unwrap()).collect();
    assert_eq!(by[1..], vec!["Street lights"; by.len() - 1]);
    assert!(by[0].starts_with("visitor"), "{by:?}");
}

#[tokio::test]
async fn two_officers_at_once_lose_no_words() {
    for room in rooms().await {
        let (code, _) = room.lamp("It flickers").await;
        let version = room.version(&code).await;
        let desk = format!("/desk/{code}");
        room.lamps.post(&format!("{desk}/take"), &[("version", &version)]).await.sees(StatusCode::SEE_OTHER);
        // The second form was made from what is old by now: refused, and its words are still on the page.
        let late = [("version", &*version), ("text", "It was only the fuse")];
        room.lamps
            .post(&format!("{desk}/resolve"), &late)
            .await
            .sees(StatusCode::CONFLICT)
            .says("It was only the fuse")
            .says("Somebody changed this");
        assert_eq!(room.town.browser().get(&format!("/requests/{code}.json")).await.json()["state"], "assigned");
        // Words that only add are taken from an old page too.
        room.lamps
            .post(&format!("{desk}/answer"), &[("version", &*version), ("text", "Still here")])
            .await
            .sees(StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn many_at_once_end_a_matter_exactly_once() {
    for room in rooms().await {
        let (code, _) = room.lamp("It flickers").await;
        let version = room.version(&code).await;
        let path = format!("/desk/{code}/resolve");
        let form = [("version", &*version), ("text", "Done")];
        let all = futures_util::future::join_all((0..32).map(|_| room.lamps.post(&path, &form))).await;
        assert_eq!(all.iter().filter(|seen| seen.status == StatusCode::SEE_OTHER).count(), 1);
        assert!(all.iter().all(|seen| matches!(seen.status, StatusCode::SEE_OTHER | StatusCode::CONFLICT)));
        let record = room.town.record().await.join("\n");
        assert_eq!(record.matches("request.resolved").count(), 1);
    }
}

#[tokio::test]
async fn category_place_agency_and_colleague_can_be_corrected() {
    for room in rooms().await {
        let (code, _) = room.lamp("It flickers").await;
        let desk = format!("/desk/{code}");
        let place =
            [("version", &*room.version(&code).await), ("lat", "50.05"), ("long", "0.15"), ("address", "Quay 3")];
        room.lamps.post(&format!("{desk}/place"), &place).await.sees(StatusCode::SEE_OTHER);
        let outside = [("version", &*room.version(&code).await), ("lat", "51"), ("long", "0.15")];
        room.lamps
            .post(&format!("{desk}/place"), &outside)
            .await
            .sees(StatusCode::UNPROCESSABLE_ENTITY)
            .says("metres outside the town");
        room.town.settle().await;
        let visitor = room.town.browser();
        visitor.get("/requests.json?district=docks").await.says(&code);
        visitor.get("/requests.json?district=mill").await.never_says(&code);
        assert_eq!(visitor.get("/requests.json?district=docks").await.json()["total"], 1);
        assert_eq!(visitor.get("/requests.json?district=mill").await.json()["total"], 0);
        let other = [("version", &*room.version(&code).await), ("category", "bin")];
        room.lamps.post(&format!("{desk}/category"), &other).await.sees(StatusCode::SEE_OTHER);
        // It went to the other agency with its category.
        room.lamps.get(&desk).await.sees(StatusCode::NOT_FOUND);
        room.bins.get(&desk).await.sees(StatusCode::OK);
        let back = [("version", &*room.version(&code).await), ("organisation", "lights")];
        room.bins.post(&format!("{desk}/pass"), &back).await.sees(StatusCode::SEE_OTHER);
        room.lamps.get(&desk).await.sees(StatusCode::OK);
        room.town.settle().await;
        assert_eq!(visitor.get("/requests.json?category=bin").await.json()["total"], 1, "counted once, where it is");
        assert_eq!(visitor.get("/requests.json?category=lamp").await.json()["total"], 0);
    }
}

#[tokio::test]
async fn a_photo_shows_what_was_done() {
    for room in rooms().await {
        let (code, _) = room.lamp("It flickers").await;
        let version = room.version(&code).await;
        let parts =
            [Part::Text("version", &version), Part::Text("text", "New bulb"), Part::File("photo", "x.png", DOT)];
        let take = [Part::Text("version", &version), Part::File("photo", "x.png", DOT)];
        room.lamps.post_files(&format!("/desk/{code}/take"), &take).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        let broken =
            [Part::Text("version", &version), Part::Text("text", "New bulb"), Part::File("photo", "x", b"<svg/>")];
        let path = format!("/desk/{code}/resolve");
        room.lamps.post_files(&path, &broken).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("New bulb");
        room.lamps.post_files(&path, &parts).await.sees(StatusCode::SEE_OTHER);
        let visitor = room.town.browser();
        let seen = visitor.get(&format!("/requests/{code}.json")).await.json();
        let photo = seen["history"].as_array().unwrap().last().unwrap()["photo"].as_str().unwrap().to_owned();
        let photo = photo.strip_prefix(testing::ADDRESS).unwrap();
        visitor.get(&format!("/requests/{code}")).await.says(photo).says("Photo to “What was done”");
        assert_eq!(visitor.get(photo).await.sees(StatusCode::OK).headers["content-type"], "image/jpeg");
        assert_eq!(seen["photos"], serde_json::json!([]), "it is not the reporter's");
    }
}

#[tokio::test]
async fn words_are_blackened_and_the_desk_keeps_the_original() {
    for room in rooms().await {
        let (code, own) = room.lamp("Ask Mr Zanzibar, 555 0199").await;
        room.town.settle().await;
        let visitor = room.town.browser();
        visitor.get("/search?q=zanzibar").await.says(&code);
        let path = format!("/desk/{code}/redact");
        let version = room.version(&code).await;
        let version = version.as_str();
        let redact = |version, description| [("version", version), ("description", description)];
        let same = redact(version, "Ask Mr Zanzibar, 555 0199");
        room.lamps.post(&path, &same).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        room.lamps.post(&path, &redact("99", "Ask")).await.sees(StatusCode::CONFLICT);
        room.lamps.post(&path, &redact(version, "Ask Mr ▇▇▇, ▇▇▇")).await.sees(StatusCode::SEE_OTHER);
        room.town.settle().await;
        let paths = ["", ".json", ".rss"].map(|end| format!("/requests/{code}{end}"));
        for path in
            paths.iter().map(String::as_str).chain(["/requests.csv", "/requests.json", "/open311/v2/requests.json"])
        {
            visitor.get(path).await.never_says("Zanzibar").never_says("0199");
        }
        visitor.get(&paths[0]).await.says("Words blackened").says("▇▇▇");
        visitor.get("/search?q=zanzibar").await.never_says(&code);
        room.lamps.get(&format!("/desk/{code}")).await.says("Original words").says("Zanzibar");
        // Nor does the reporter put it back.
        let key = own.split("?key=").nth(1).unwrap();
        let again = [("key", key), ("description", "Ask Mr Zanzibar, 555 0199, please")];
        let refused = visitor.post(&format!("/requests/{code}/edit"), &again).await.sees(StatusCode::CONFLICT);
        refused.says("The agency covered something in these words");
        visitor
            .get(&own)
            .await
            .says("The agency covered something in these words")
            .never_says(&format!("/requests/{code}/edit"));
        visitor.get(&paths[0]).await.never_says("Zanzibar");
        assert!(!room.town.record().await.join("\n").contains("Zanzibar"));
    }
}
