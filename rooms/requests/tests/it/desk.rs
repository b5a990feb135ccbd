use crate::town::rooms;
use axum::http::StatusCode;

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
