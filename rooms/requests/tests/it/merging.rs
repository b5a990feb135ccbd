//! Duplicates at the desk: merged, separated, and what must not be.

use crate::{
    likeness::{lamp_at, me_too_count},
    town::{Room, rooms},
};
use axum::http::StatusCode;
use serde_json::{Value, json};
use testing::{Browser, link_in};

async fn merge(room: &Room, who: &Browser, code: &str, into: &str) -> testing::Seen {
    let version = room.version(code).await;
    who.post(&format!("/desk/{code}/merge"), &[("version", &version), ("into", into)]).await
}

#[tokio::test]
async fn an_officer_merges_and_everybody_goes_with_it() {
    for room in rooms().await {
        let first = lamp_at(&room, 0.0, "Dark lamp").await;
        let second = lamp_at(&room, 8.0, "The lamp is dark").await;
        room.town.settle().await;
        let ines = room.town.browser();
        let follow = [("kind", "request"), ("id", second.as_str()), ("email", "ines@example.org")];
        ines.post("/follow", &follow).await.sees(StatusCode::SEE_OTHER);
        let link = link_in(&room.town.mails().await[0].mail.body_text);
        ines.post(&link, &[]).await.sees(StatusCode::SEE_OTHER);
        let amina = room.town.signed_in("amina@example.org").await;
        for code in [&first, &second] {
            amina.post(&format!("/requests/{code}/me-too"), &[]).await.sees(StatusCode::SEE_OTHER);
        }
        // Suggested with its reasons, from the page of either.
        let button = format!("merge {second} into {first}");
        room.lamps.get(&format!("/desk/{first}")).await.says(&button).says("8 metres away");
        room.lamps.get(&format!("/desk/{second}")).await.says(&button).says("Very likely the same");
        let version = room.version(&second).await;
        let form = [("version", version.as_str()), ("into", &first), ("back", &first)];
        let seen = room.lamps.post(&format!("/desk/{second}/merge"), &form).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(seen.location(), format!("/desk/{first}"));
        // Public: both pages tell of it, in words and as data; Open311 says closed and why.
        let visitor = room.town.browser();
        visitor
            .get(&format!("/requests/{second}"))
            .await
            .says("This is the same matter as")
            .says(&first)
            .says("Merged into an earlier report");
        visitor
            .get(&format!("/requests/{first}"))
            .await
            .says("Merged into this report")
            .says(&second)
            .says("It affects 2 more people");
        let view = visitor.get(&format!("/requests/{second}.json")).await.json();
        assert_eq!((view["state"].as_str(), view["duplicate_of"].as_str()), (Some("duplicate"), Some(&*first)));
        let view = visitor.get(&format!("/requests/{first}.json")).await.json();
        assert_eq!(
            (&view["duplicates"], view["me_too"].as_i64()),
            (&json!([second]), Some(2)),
            "Amina once, and whoever reported it"
        );
        let open311 = visitor.get(&format!("/open311/v2/requests/{second}.json")).await.json();
        let notes = open311[0]["status_notes"].as_str().unwrap();
        assert!(open311[0]["status"] == "closed" && notes.contains(&first), "{open311}");
        // “Me too” on the duplicate counts where it goes on.
        let late = room.town.browser();
        late.get(&format!("/requests/{second}/me-too")).await.sees(StatusCode::OK).says(&first);
        late.post(&format!("/requests/{second}/me-too"), &[]).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(me_too_count(&room, &first).await, 3);
        // Who follows the duplicate hears of the end of the other, once, with a way out of their own.
        room.town.settle().await;
        let before = room.town.mails().await.len();
        let done = [("text", "New bulb"), ("version", &*room.version(&first).await)];
        room.lamps.post(&format!("/desk/{first}/resolve"), &done).await.sees(StatusCode::SEE_OTHER);
        room.town.settle().await;
        let mails = room.town.mails().await;
        assert_eq!(mails.len(), before + 1);
        assert!(
            mails[0].mail.to.as_str() == "ines@example.org" && mails[0].mail.body_text.contains(&first),
            "{:?}",
            mails[0].mail
        );
        let out =
            mails[0].mail.body_text.split_whitespace().rfind(|word| word.contains("/follow/")).unwrap().to_owned();
        ines.post(out.strip_prefix(testing::ADDRESS).unwrap(), &[("leave", "yes")]).await.sees(StatusCode::SEE_OTHER);
        let record = room.town.record().await.join("\n");
        assert_eq!(record.matches("request.merged").count(), 1);
        let followers = room.town.column("select email from followers").await;
        assert!(followers.is_empty(), "{followers:?}");
    }
}

#[tokio::test]
async fn a_merge_can_be_undone() {
    for room in rooms().await {
        let first = lamp_at(&room, 0.0, "Dark").await;
        let second = lamp_at(&room, 8.0, "Dark").await;
        let due = room.town.browser().get(&format!("/requests/{second}.json")).await.json()["due_at"].clone();
        merge(&room, &room.lamps, &second, &first).await.sees(StatusCode::SEE_OTHER);
        let desk = format!("/desk/{second}");
        room.lamps.get(&desk).await.says("Not the same after all?").never_says("Take it on");
        let version = room.version(&second).await;
        let reopen = [("version", version.as_str()), ("text", "Why not")];
        room.lamps
            .post(&format!("{desk}/reopen"), &reopen)
            .await
            .sees(StatusCode::CONFLICT)
            .says("Separate the two first");
        room.lamps
            .post(&format!("{desk}/separate"), &[("version", &version)])
            .await
            .sees(StatusCode::UNPROCESSABLE_ENTITY);
        let why = [("version", version.as_str()), ("text", "Two lamps, side by side")];
        room.lamps.post(&format!("{desk}/separate"), &why).await.sees(StatusCode::SEE_OTHER);
        room.lamps.post(&format!("{desk}/separate"), &[("text", "again")]).await.sees(StatusCode::CONFLICT);
        let view = room.town.browser().get(&format!("/requests/{second}.json")).await.json();
        assert_eq!(
            (view["state"].as_str(), &view["duplicate_of"], &view["due_at"]),
            (Some("received"), &Value::Null, &due)
        );
        room.town.browser().get(&format!("/requests/{second}")).await.says("Two lamps, side by side");
        room.town.browser().get(&format!("/requests/{first}")).await.never_says(&second);
        room.lamps.get(&desk).await.says("Nothing nearby looks like it");
        assert_eq!(me_too_count(&room, &first).await, 0);
        assert!(room.town.column("select relation from links").await.is_empty());
        room.town.settle().await;
        let open = room.town.browser().get("/requests.json?state=open").await.json();
        assert_eq!(open["total"], 2, "counted where it is");
    }
}

#[tokio::test]
async fn merges_that_must_not_be() {
    for room in rooms().await {
        let first = lamp_at(&room, 0.0, "Dark").await;
        let second = lamp_at(&room, 5.0, "Dark").await;
        let third = lamp_at(&room, 9.0, "Dark").await;
        let body = json!({"category": "bin", "lat": 50.05, "long": 0.05, "attributes": {"size": "S"}});
        let seen = room.town.browser().post_json("/requests.json", &body).await.sees(StatusCode::CREATED);
        let bin = seen.json()["code"].as_str().unwrap().to_owned();
        // Nobody without the mandate, by page or by program; for the other agency it might as well not exist.
        let resident = room.town.signed_in("eve@example.org").await;
        merge(&room, &room.town.browser(), &second, &first).await.sees(StatusCode::SEE_OTHER);
        for word in ["merge", "separate", "not-same"] {
            let form = [("into", first.as_str()), ("other", &first), ("text", "x")];
            let path = format!("/desk/{second}/{word}");
            resident.post(&path, &form).await.sees(StatusCode::FORBIDDEN);
            room.bins.post(&path, &form).await.sees(StatusCode::NOT_FOUND);
            assert!(room.town.browser().post(&path, &form).await.location().starts_with("/sign-in"));
        }
        // Not into what another agency answers for, not into nothing, itself, a later one, or one that has ended.
        let says = [
            (&bin, &first, "Street lights answers for", &room.bins),
            (&second, &second, "cannot be merged into itself", &room.lamps),
            (&first, &second, "was reported later", &room.lamps),
        ];
        for (code, into, words, who) in says {
            merge(&room, who, code, into).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says(words);
        }
        for into in ["", "R-ZZZZZZ", "<script>alert(1)</script>", "'; drop table requests"] {
            let seen = merge(&room, &room.lamps, &second, into).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
            seen.says("There is no report with this reference").never_says("<script>alert");
        }
        assert_eq!(me_too_count(&room, &first).await, 0);
        // Into a duplicate goes to its root; in a circle goes nothing.
        merge(&room, &room.lamps, &second, &first.to_lowercase()).await.sees(StatusCode::SEE_OTHER);
        merge(&room, &room.lamps, &third, &second).await.sees(StatusCode::SEE_OTHER);
        let view = room.town.browser().get(&format!("/requests/{third}.json")).await.json();
        assert_eq!(view["duplicate_of"].as_str(), Some(&*first));
        merge(&room, &room.lamps, &first, &third).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("into itself");
        merge(&room, &room.lamps, &second, &first).await.sees(StatusCode::CONFLICT).says("already");
        // An old form is refused.
        let fourth = lamp_at(&room, 9.0, "Dark").await;
        let old = room.version(&fourth).await;
        let take = [("version", old.as_str())];
        room.lamps.post(&format!("/desk/{fourth}/take"), &take).await.sees(StatusCode::SEE_OTHER);
        let form = [("version", old.as_str()), ("into", &first)];
        room.lamps
            .post(&format!("/desk/{fourth}/merge"), &form)
            .await
            .sees(StatusCode::CONFLICT)
            .says("Somebody changed this");
        let done = [("text", "New bulb"), ("version", &*room.version(&first).await)];
        room.lamps.post(&format!("/desk/{first}/resolve"), &done).await.sees(StatusCode::SEE_OTHER);
        merge(&room, &room.lamps, &fourth, &first).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("has ended");
    }
}

/// Merges of the same few requests in all directions at once leave a forest: every one leads to a root, and no two say the same twice.
#[tokio::test]
async fn merges_at_once_never_go_in_a_circle() {
    for room in rooms().await {
        let mut codes = Vec::new();
        for metres in 0..6 {
            codes.push(lamp_at(&room, f64::from(metres), "Dark").await);
        }
        let pairs = codes.iter().flat_map(|one| codes.iter().map(move |other| (one.clone(), other.clone())));
        let all = futures_util::future::join_all(pairs.map(|(one, other)| {
            let room = &room;
            async move { room.lamps.post(&format!("/desk/{one}/merge"), &[("into", &other)]).await }
        }));
        for seen in all.await {
            let known = [StatusCode::SEE_OTHER, StatusCode::CONFLICT, StatusCode::UNPROCESSABLE_ENTITY];
            assert!(known.contains(&seen.status), "{}: {}", seen.status, seen.text);
        }
        let mut roots = 0;
        for code in &codes {
            let view = room.town.browser().get(&format!("/requests/{code}.json")).await.sees(StatusCode::OK).json();
            roots += i32::from(view["duplicate_of"].is_null());
        }
        assert_eq!(roots, 1);
        assert_eq!(me_too_count(&room, &codes[0]).await, 5, "everybody who reported it");
        let record = room.town.record().await.join("\n");
        assert_eq!(record.matches("request.merged").count(), 5);
    }
}

/// What a reporter or an agency could hide by it stays in sight.
#[tokio::test]
async fn a_merge_ends_nothing_and_hides_nothing() {
    for room in rooms().await {
        let (first, own) = room.lamp("Dark").await;
        let second = lamp_at(&room, 5.0, "Dark").await;
        merge(&room, &room.lamps, &second, &first).await.sees(StatusCode::SEE_OTHER);
        let all = room.town.browser().get("/requests/figures.json").await.json()["all"].clone();
        let counts = ["reports", "ended", "open"].map(|field| all[field].as_i64().unwrap());
        assert_eq!(counts, [1, 0, 1], "one matter, and it is open: {all}");
        // Whoever reported the first cannot take back what others are affected by.
        let key = own.split("key=").nth(1).unwrap();
        let withdraw = format!("/requests/{first}/withdraw");
        let visitor = room.town.browser();
        visitor.post(&withdraw, &[("key", key)]).await.sees(StatusCode::CONFLICT).says("One more person is affected");
        let version = room.version(&second).await;
        let why = [("version", version.as_str()), ("text", "Another lamp")];
        room.lamps.post(&format!("/desk/{second}/separate"), &why).await.sees(StatusCode::SEE_OTHER);
        visitor.post(&withdraw, &[("key", key)]).await.sees(StatusCode::SEE_OTHER);
    }
}
