//! A group puts a proposal forward: people come in by invitation, write together, and leave.

use crate::town::{Room, named, rooms};
use axum::http::StatusCode;
use testing::{Browser, link_in};

/// Amina's group; its code.
async fn group(by: &Browser, name: &str) -> String {
    let seen = by.post("/groups", &[("name", name)]).await.sees(StatusCode::SEE_OTHER);
    seen.location().rsplit('/').next().unwrap().to_owned()
}

/// Asks somebody in, who comes in by the mailed link.
async fn comes_in(room: &Room, by: &Browser, code: &str, who: &Browser, email: &str) {
    by.post(&format!("/groups/{code}/invite"), &[("email", email)]).await.sees(StatusCode::SEE_OTHER);
    let link = link_in(&room.town.mails().await[0].mail.body_text);
    let (join, key) = link.split_once("?key=").unwrap();
    who.get(&link).await.sees(StatusCode::OK).says("Pond Friends");
    who.post(join, &[("key", key)]).await.sees(StatusCode::SEE_OTHER);
}

/// Hands a proposal in, in the name of a group.
async fn proposal_of(by: &Browser, group: &str) -> testing::Seen {
    let mut words = Room::words("A bench by the mill pond");
    words["group"] = group.into();
    crate::town::send(by, &words).await
}

#[tokio::test]
async fn a_group_is_shown_as_the_author_and_its_members_correct_it() {
    for room in rooms().await {
        let code = group(&room.amina, "Pond Friends").await;
        // Nobody else knows of it, and nobody else speaks for it.
        room.jon.get(&format!("/groups/{code}")).await.sees(StatusCode::NOT_FOUND);
        room.town.browser().get(&format!("/groups/{code}.json")).await.sees(StatusCode::NOT_FOUND);
        let refused = proposal_of(&room.jon, &code).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        refused.says("proposal-group");
        assert!(room.town.column("select code from proposals").await.is_empty());
        comes_in(&room, &room.amina, &code, &room.jon, "jon@example.org").await;
        let told = proposal_of(&room.amina, &code).await.sees(StatusCode::CREATED).json();
        let proposal = told["code"].as_str().unwrap();
        assert_eq!(told["group"]["name"], "Pond Friends");
        room.town.settle().await;
        let page = format!("/proposals/{proposal}");
        let shown = room.town.browser().get(&page).await.sees(StatusCode::OK).says("Pond Friends");
        shown.says("Put forward by the group").says("Amina, Jon").says("Begun by");
        let told = room.town.browser().get(&format!("{page}.json")).await.json();
        assert_eq!(told["members"], serde_json::json!(["Amina", "Jon"]));
        // Jon was never a co-author: he corrects it as a member.
        room.jon.get(&format!("{page}/edit")).await.sees(StatusCode::OK);
        let mut form =
            vec![("title", "Two benches by the mill pond"), ("text", "There is nowhere to sit by the pond.")];
        form.extend([("category", "parks"), ("district", "mill"), ("cost", "1200"), ("version", "1")]);
        room.jon.post(&format!("{page}/edit"), &form).await.sees(StatusCode::SEE_OTHER);
        room.town.browser().get(&page).await.says("Two benches by the mill pond");
        let eve = named(&room.town, "eve@example.org", "Eve").await;
        eve.post(&format!("{page}/edit"), &form).await.sees(StatusCode::FORBIDDEN);
        let public = room.town.browser().get(&format!("/groups/{code}")).await.sees(StatusCode::OK);
        public.says("Two benches by the mill pond").says("Jon");
        let record = room.town.record().await.join("\n");
        assert!(record.contains(&code) && !record.contains("Pond Friends"), "the name is in no entry");
    }
}

#[tokio::test]
async fn who_leaves_decides_no_more_and_an_empty_group_ends_or_stays_with_what_is_public() {
    for room in rooms().await {
        let code = group(&room.amina, "Pond Friends").await;
        comes_in(&room, &room.amina, &code, &room.jon, "jon@example.org").await;
        let told = proposal_of(&room.amina, &code).await.sees(StatusCode::CREATED).json();
        let page = format!("/proposals/{}", told["code"].as_str().unwrap());
        room.jon.post(&format!("/groups/{code}/leave"), &[]).await.sees(StatusCode::SEE_OTHER);
        room.jon.post(&format!("/groups/{code}/leave"), &[]).await.sees(StatusCode::NOT_FOUND);
        room.jon.get(&format!("{page}/edit")).await.sees(StatusCode::FORBIDDEN);
        room.jon.post(&format!("{page}/withdraw"), &[]).await.sees(StatusCode::FORBIDDEN);
        room.town.settle().await;
        assert!(room.town.record().await.iter().any(|body| body.contains("proposal-group.left")));
        room.amina.post(&format!("/groups/{code}/leave"), &[]).await.sees(StatusCode::SEE_OTHER);
        let public = room.town.browser().get(&format!("/groups/{code}")).await.sees(StatusCode::OK);
        public.says("Nobody is in this group any more");
        // Who began it still decides.
        room.amina.get(&format!("{page}/edit")).await.sees(StatusCode::OK);
        let other = group(&room.jon, "Nothing Yet").await;
        room.jon.post(&format!("/groups/{other}/leave"), &[]).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(room.town.column("select code from proposal_groups").await, [code]);
    }
}

#[tokio::test]
async fn a_draft_of_a_group_is_its_members_own() {
    for room in rooms().await {
        let code = group(&room.amina, "Pond Friends").await;
        comes_in(&room, &room.amina, &code, &room.jon, "jon@example.org").await;
        let draft = [("process", "budget"), ("title", "Bench"), ("group", code.as_str())];
        let edit = room.amina.post("/proposals/new", &draft).await.sees(StatusCode::SEE_OTHER).location().to_owned();
        room.jon.get(&edit).await.sees(StatusCode::OK).says("value=\"Bench\"").says("Pond Friends");
        room.jon.get("/proposals/mine").await.says("Bench");
        let eve = named(&room.town, "eve@example.org", "Eve").await;
        eve.get(&edit).await.sees(StatusCode::NOT_FOUND);
        // A form without the field leaves the group; somebody who is in none cannot name one.
        room.jon.post(&edit, &[("process", "budget"), ("title", "A bench")]).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(room.town.column("select group_code from proposals").await, [code.as_str()]);
        let theirs = [("process", "budget"), ("title", "Mine"), ("group", code.as_str())];
        eve.post("/proposals/new", &theirs).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("Choose a group");
        // Whoever closes the account leaves the groups, and the draft stays with the others.
        room.amina.post("/me/erase", &[("sure", "yes")]).await.sees(StatusCode::SEE_OTHER);
        room.jon.get(&edit).await.sees(StatusCode::OK).says("A bench");
        assert_eq!(room.town.column("select name from proposal_group_members").await, ["Jon"]);
    }
}

#[tokio::test]
async fn keys_are_good_once_for_their_group_and_names_are_moderated() {
    for room in rooms().await {
        let (one, other) = (group(&room.amina, "Pond Friends").await, group(&room.amina, "Mill Friends").await);
        room.amina.post(&format!("/groups/{one}/invite"), &[("email", "jon@example.org")]).await;
        let link = link_in(&room.town.mails().await[0].mail.body_text);
        let key = link.split_once("?key=").unwrap().1;
        room.jon.post(&format!("/groups/{other}/join"), &[("key", key)]).await.sees(StatusCode::NOT_FOUND);
        room.jon.post(&format!("/groups/{one}/join"), &[("key", "0000")]).await.sees(StatusCode::NOT_FOUND);
        room.jon.post(&format!("/groups/{one}/join"), &[("key", key)]).await.sees(StatusCode::SEE_OTHER);
        let eve = named(&room.town, "eve@example.org", "<b>Eve").await;
        eve.post(&format!("/groups/{one}/join"), &[("key", key)]).await.sees(StatusCode::NOT_FOUND);
        eve.post(&format!("/groups/{one}/invite"), &[("email", "x@example.org")]).await.sees(StatusCode::NOT_FOUND);
        let short = room.amina.post("/groups", &[("name", "x")]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        short.says("at least 3 characters");
        let evil = group(&eve, "<script>alert(1)</script>").await;
        proposal_of(&eve, &evil).await.sees(StatusCode::CREATED);
        room.town.settle().await;
        let page = format!("/groups/{evil}");
        room.town.browser().get(&page).await.never_says("<script>alert").never_says("<b>Eve");
        room.jon
            .post(&format!("/moderation/report/proposal-group/{evil}"), &[("reason", "insult"), ("note", "")])
            .await;
        let case = room.town.column("select id from moderation_cases").await.remove(0);
        let moderator = room.town.holder("mod@example.org", civic::Role::Moderator, None).await;
        let hide = [("act", "hide"), ("reason", "insult"), ("part", "name")];
        moderator.post(&format!("/moderation/cases/{case}"), &hide).await.sees(StatusCode::SEE_OTHER);
        room.town.browser().get(&page).await.sees(StatusCode::OK).never_says("alert(1)").says(&evil);
    }
}
