use super::{act, case_of, comment, moderator};
use crate::town::rooms;
use axum::http::StatusCode;

const ADVERTISING: &str = "Earn money, work from home! Click here: https://bit.ly/rich and https://t.me/fastcash";

#[tokio::test]
async fn an_advertisement_waits_for_a_moderator_and_is_never_deleted() {
    for room in rooms().await {
        let (code, _) = room.lamp("It flickers").await;
        room.town.settle().await;
        let eve = room.town.signed_in("eve@example.org").await;
        let page = format!("/requests/{code}");
        // Reads the sentence of signing in, which would stand in the way of the next.
        eve.get(&page).await.sees(StatusCode::OK);
        let id = comment(&room, &eve, &code, ADVERTISING).await;
        eve.get(&page).await.says("looks like advertising").says("bit.ly/rich").says("held back until a moderator");
        let visitor = room.town.browser();
        for door in [page.clone(), format!("{page}.json"), "/moderation/log".to_owned()] {
            visitor
                .get(&door)
                .await
                .sees(StatusCode::OK)
                .never_says("bit.ly/rich")
                .never_says(&format!("comment-{id}"));
        }
        // Nobody else can tell that it is there.
        for path in [
            format!("/comments/{id}"),
            format!("/comments/{id}.json"),
            format!("/moderation/of/comment/{id}"),
            format!("/moderation/report/comment/{id}"),
        ] {
            visitor.get(&path).await.sees(StatusCode::NOT_FOUND);
        }
        let record = room.town.record().await.join("\n");
        assert!(record.contains("moderation.held") && !record.contains("comment.added") && !record.contains("bit.ly"));
        let mireia = moderator(&room, "mireia").await;
        let case = case_of(&room, &format!("comment/{id}")).await;
        mireia.get("/moderation?state=held").await.says(&case).says("bit.ly/rich");
        let seen = mireia.get(&format!("/moderation/cases/{case}")).await;
        seen.says("3 phrases that sellers use (45 points)").says("2 web addresses (18 points)").says("Somebody new");
        act(&mireia, &case, "dismiss", &[]).await.sees(StatusCode::CONFLICT).says("show it or hide it");
        act(&mireia, &case, "release", &[]).await.sees(StatusCode::SEE_OTHER);
        room.town.settle().await;
        visitor.get(&page).await.says("bit.ly/rich");
        visitor.get(&format!("/comments/{id}.json")).await.sees(StatusCode::OK).says("bit.ly/rich");
        let log = visitor.get("/moderation/log.json").await.json();
        assert_eq!((&log["log"][1]["act"], &log["log"][1]["role"]), (&"held".into(), &"score".into()));
    }
}

#[tokio::test]
async fn held_words_that_are_hidden_stay_unseen_and_can_be_appealed() {
    for room in rooms().await {
        let (code, _) = room.lamp("It flickers").await;
        room.town.settle().await;
        let eve = room.town.signed_in("eve@example.org").await;
        let id = comment(&room, &eve, &code, ADVERTISING).await;
        let (mireia, pau) = (moderator(&room, "mireia").await, moderator(&room, "pau").await);
        let case = case_of(&room, &format!("comment/{id}")).await;
        act(&mireia, &case, "hide", &[]).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("Choose a reason");
        act(&mireia, &case, "hide", &[("reason", "advertising")]).await.sees(StatusCode::SEE_OTHER);
        let page = format!("/requests/{code}");
        room.town.browser().get(&page).await.never_says("bit.ly/rich").never_says("It advertises something");
        eve.get(&page).await.says("bit.ly/rich").says("It advertises something");
        let path = format!("/moderation/of/comment/{id}");
        eve.post(&path, &[("text", "It is my job")]).await.sees(StatusCode::SEE_OTHER);
        act(&pau, &case, "overturn", &[]).await.sees(StatusCode::SEE_OTHER);
        room.town.browser().get(&page).await.says("bit.ly/rich");
    }
}

/// What is broken is still broken: the request is with its agency, only its words wait.
#[tokio::test]
async fn a_report_full_of_advertising_is_still_a_report() {
    for room in rooms().await {
        let form = [("category", "lamp"), ("address", "Quay"), ("description", ADVERTISING)];
        let visitor = room.town.browser();
        let sent = visitor.post("/requests", &form).await.sees(StatusCode::SEE_OTHER);
        visitor.get(sent.location()).await.says("Your words look like advertising");
        room.town.settle().await;
        let code = sent.location().split('/').nth(2).unwrap().to_owned();
        for door in [
            format!("/requests/{code}"),
            format!("/requests/{code}.json"),
            "/requests.rss".to_owned(),
            format!("/open311/v2/requests/{code}.json"),
            "/search.json?q=rich".to_owned(),
        ] {
            room.town.browser().get(&door).await.sees(StatusCode::OK).never_says("bit.ly/rich");
        }
        room.town.browser().get("/requests").await.says(&code).says("Quay");
        room.lamps.get(&format!("/desk/{code}")).await.says("bit.ly/rich");
        let mireia = moderator(&room, "mireia").await;
        let case = case_of(&room, &format!("request/{code}")).await;
        act(&mireia, &case, "release", &[]).await.sees(StatusCode::SEE_OTHER);
        room.town.settle().await;
        room.town.browser().get(&format!("/requests/{code}")).await.says("bit.ly/rich");
        assert_eq!(room.town.browser().get("/search.json?q=rich").await.json()["results"].as_array().unwrap().len(), 1);
    }
}

/// Marked is not held: it is public while the moderators look.
#[tokio::test]
async fn what_only_looks_a_little_like_it_is_public_and_marked() {
    for room in rooms().await {
        let (code, _) = room.lamp("It flickers").await;
        room.town.settle().await;
        let eve = room.town.signed_in("eve@example.org").await;
        let id = comment(&room, &eve, &code, "More on my page, click here: https://example.org/lamps").await;
        room.town.browser().get(&format!("/requests/{code}")).await.says("example.org/lamps");
        let case = case_of(&room, &format!("comment/{id}")).await;
        let mireia = moderator(&room, "mireia").await;
        mireia.get("/moderation").await.says(&case).says("Marked by the score");
        act(&mireia, &case, "dismiss", &[]).await.sees(StatusCode::SEE_OTHER);
        mireia.get("/moderation").await.never_says(&case);
        mireia.get("/moderation?state=closed").await.says(&case);
        // Officers speak for the town.
        comment(&room, &room.lamps, &code, ADVERTISING).await;
        room.town.browser().get(&format!("/requests/{code}")).await.says("bit.ly/rich");
    }
}
