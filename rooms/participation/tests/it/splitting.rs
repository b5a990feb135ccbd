//! One proposal becomes two, and who wrote it keeps the credit for both.

use crate::town::{Room, rooms};
use axum::http::StatusCode;

const TITLE: &str = "Shade for the playground";
const TEXT: &str = "The slide is too hot in summer, so trees or a sail.";

#[tokio::test]
async fn a_part_goes_on_by_itself_with_the_same_authors() {
    for room in rooms().await {
        let code = room.proposal(&room.amina, "A bench and shade by the pond").await;
        let form = format!("/proposals/{code}/split");
        room.jon.get(&form).await.sees(StatusCode::FORBIDDEN);
        room.amina.post(&form, &[("title", TITLE), ("text", TEXT)]).await.sees(StatusCode::FORBIDDEN);
        room.steward.get(&form).await.sees(StatusCode::OK).says("There is nowhere to sit");
        let short = room.steward.post(&form, &[("title", "Shade"), ("text", TEXT)]).await;
        short.sees(StatusCode::UNPROCESSABLE_ENTITY).says("at least 8").says("The slide is too hot");
        let made = room.steward.post(&form, &[("title", TITLE), ("text", TEXT)]).await.sees(StatusCode::SEE_OTHER);
        let part = made.location().strip_prefix("/proposals/").unwrap().to_owned();
        room.town.settle().await;
        let page = room.town.browser().get(&format!("/proposals/{part}")).await.sees(StatusCode::OK);
        page.says(TITLE).says("Amina").says("A bench and shade by the pond");
        room.town.browser().get("/search?q=slide").await.says(&part);
        let record = room.town.record().await.join("\n");
        assert!(record.contains(&format!("\"into\":\"{part}\"")) && record.contains(&format!("\"from\":\"{code}\"")));
        assert!(!record.contains("slide"));
        // Who wrote the whole decides about the part: another may only propose other words.
        room.amina.get(&format!("/proposals/{part}/edit")).await.sees(StatusCode::OK);
        room.jon.get(&format!("/proposals/{part}/edit")).await.sees(StatusCode::FORBIDDEN);
        room.turn_to_phase(1);
        room.supported(&code, 2).await;
        let other = [("title", "A tap beside the bench"), ("text", TEXT)];
        let made = room.steward.post(&form, &other).await.sees(StatusCode::SEE_OTHER);
        let later = made.location().strip_prefix("/proposals/").unwrap().to_owned();
        assert_eq!((room.supports(&code).await, room.supports(&later).await), (2, 0), "nobody's support is moved");
    }
}

#[tokio::test]
async fn what_is_answered_or_merged_is_not_split() {
    for room in rooms().await {
        let one = room.proposal(&room.amina, "A bench by the mill pond").await;
        let two = room.proposal(&room.jon, "A bench at the mill pond").await;
        let merge = [("into", &*one), ("why", "The same bench")];
        room.steward.post(&format!("/proposals/{two}/merge"), &merge).await.sees(StatusCode::SEE_OTHER);
        let refused = room.steward.post(&format!("/proposals/{two}/split"), &[("title", TITLE), ("text", TEXT)]).await;
        refused.sees(StatusCode::CONFLICT).says("Only an open proposal");
    }
}

#[tokio::test]
async fn a_draft_is_kept_as_one_types_and_only_by_its_authors() {
    for room in rooms().await {
        room.proposal(&room.jon, "A bench by the mill pond").await;
        let typed = [("process", "budget"), ("title", "Bench pond"), ("text", "mill pond bench")];
        let kept = room.amina.post("/proposals/keep", &typed).await.sees(StatusCode::OK).json();
        let (keep, action) = (kept["keep"].as_str().unwrap(), kept["action"].as_str().unwrap());
        assert_eq!(kept["similar"][0]["title"], "A bench by the mill pond");
        let more = [("process", "budget"), ("title", "Bench by the pond"), ("lat", "")];
        room.amina.post(keep, &more).await.sees(StatusCode::OK);
        room.amina.get(action).await.sees(StatusCode::OK).says("value=\"Bench by the pond\"");
        room.jon.post(keep, &more).await.sees(StatusCode::NOT_FOUND);
        room.town.browser().post(keep, &more).await.sees(StatusCode::SEE_OTHER);
        let drafts = room.town.column("select title from proposals where submitted_at is null").await;
        assert_eq!(drafts, ["Bench by the pond"], "the same draft, not one for each key");
        let public = room.proposal(&room.amina, "A slide for the pond").await;
        room.amina.post(&format!("/proposals/{public}/keep"), &more).await.sees(StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_text_has_a_little_form_and_nothing_that_runs() {
    for room in rooms().await {
        let mut words = Room::words("A bench by the mill pond");
        words["text"] = "# Why\n\n- *rest* for all\n- [map](https://example.org)\n\n<iframe src=x></iframe>\n\n[x](javascript:alert(1))\n![p](https://evil.example/p.png)".into();
        let code = crate::town::send(&room.amina, &words).await.sees(StatusCode::CREATED).json();
        let code = code["code"].as_str().unwrap().to_owned();
        let page = room.town.browser().get(&format!("/proposals/{code}")).await;
        let page = page.says("<h2>Why</h2>").says("<li><em>rest</em> for all</li>");
        let page = page.says("<a href=\"https://example.org\" rel=\"nofollow ugc noopener\">map</a>");
        page.says("&lt;iframe").never_says("<iframe").never_says("javascript:").never_says("evil.example");
    }
}
