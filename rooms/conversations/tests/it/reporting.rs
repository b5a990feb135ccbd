//! The report: written at the desk, published edition by edition, with figures that stay as they were.

use crate::town::{Room, rooms};
use axum::http::StatusCode;
use conversations::Stance::{Agree, Disagree};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// Twenty-four people in two camps; all agree with the fourth statement.
async fn answered(room: &Room, code: &str) {
    for person in 0..24 {
        let (one, other) = if person % 2 == 0 { (Agree, Disagree) } else { (Disagree, Agree) };
        room.answers_as(code, &format!("p{person}"), &[(0, one), (1, one), (2, other), (3, Agree)]).await;
    }
    room.drawn().await;
}

fn desk(code: &str) -> String {
    format!("/desk/conversations/{code}/report")
}

/// A draft of one part; the answer.
async fn keep(room: &Room, code: &str, version: &str, more: &[(&str, &str)]) -> testing::Seen {
    let usual = [
        ("version", version),
        ("act", "preview"),
        ("position-0", "1"),
        ("heading-0[en]", "What was agreed"),
        ("words-0[en]", "Nearly **everybody** wants open yards."),
        ("statements-0", "3, 0"),
        ("promises-0", ""),
    ];
    let form: Vec<_> = usual.into_iter().filter(|one| more.iter().all(|other| other.0 != one.0)).collect();
    room.lead.post(&desk(code), &[form.as_slice(), more].concat()).await
}

/// Publishes; the answer.
async fn publish(room: &Room, code: &str, form: &[(&str, &str)]) -> testing::Seen {
    room.lead.post(&format!("{}/publish", desk(code)), form).await
}

/// A conversation with a map and a published first edition.
async fn published(room: &Room) -> String {
    let code = room.open(&[]).await;
    answered(room, &code).await;
    keep(room, &code, "0", &[]).await.sees(StatusCode::SEE_OTHER);
    publish(room, &code, &[("act", "publish"), ("version", "1")]).await.sees(StatusCode::SEE_OTHER);
    code
}

async fn mails(room: &Room) -> Vec<people::mail::WrittenMail> {
    let mut all = room.town.mails().await;
    all.retain(|one| one.mail.to.as_str() == "nia@example.org");
    all
}

async fn told(room: &Room, path: &str) -> Value {
    room.town.browser().get(path).await.sees(StatusCode::OK).json()
}

#[tokio::test]
async fn from_the_lists_of_the_map_to_an_edition_whose_figures_stay() {
    for room in rooms().await {
        let code = room.open(&[]).await;
        let page = format!("/conversations/{code}/report");
        let empty = told(&room, &format!("{page}.json")).await;
        assert_eq!(
            (&empty["edition"], &empty["overview"], &empty["editions"]),
            (&Value::Null, &Value::Null, &json!([]))
        );
        answered(&room, &code).await;
        let promise =
            [("promise[en]", "Yards open from May."), ("by", "streets"), ("due", "2027-05-01"), ("statements", "3")];
        room.lead.post(&format!("/desk/conversations/{code}/promises"), &promise).await.sees(StatusCode::SEE_OTHER);
        // The desk begins with what people want to know, and shows what the map suggests, with its figures.
        let begun = room.lead.get(&desk(&code)).await.sees(StatusCode::OK).says("value=\"What was agreed\"");
        begun
            .says("value=\"En qué diferimos\"")
            .says("name=\"pick[s3]\"")
            .says("Yards open from May.")
            .says("100 % of 24");
        let ticked = [
            ("pick[s3]", "yes"),
            ("pick[s0]", "yes"),
            ("pick[p1]", "yes"),
            ("into", "0"),
            ("act", "add"),
            ("statements-0", ""),
        ];
        keep(&room, &code, "0", &ticked).await.sees(StatusCode::SEE_OTHER);
        let again = room.lead.get(&desk(&code)).await;
        let again = again.says("name=\"promises-0\" value=\"1\"").says("Nearly **everybody**");
        assert!(again.text.contains("value=\"0, 3\"") || again.text.contains("value=\"3, 0\""), "{}", again.text);
        // A preview is for those who lead it; nobody else reads anything of it.
        let preview = room.lead.get(&format!("{}/preview", desk(&code))).await.sees(StatusCode::OK);
        preview.says("<strong>everybody</strong>").says("50 % agree, 50 % disagree, 0 % passed, of 24 people");
        room.town.browser().get(&page).await.says("What every group agrees with").never_says("everybody</strong>");
        publish(&room, &code, &[("act", "publish"), ("version", "1")]).await.sees(StatusCode::SEE_OTHER);
        let before = told(&room, &format!("{page}.json")).await;
        let figures = room.town.browser().get(&format!("{page}/1/figures")).await.sees(StatusCode::OK).text;
        // More answers come: the map goes on, the edition stays.
        for person in 0..8 {
            room.answers_as(&code, &format!("late{person}"), &[(0, Agree), (1, Agree), (2, Agree), (3, Disagree)])
                .await;
        }
        room.drawn().await;
        let shown = room.town.browser().get(&page).await.sees(StatusCode::OK);
        let shown =
            shown.says("<strong>everybody</strong>").says("100 % agree, 0 % disagree, 0 % passed, of 24 people");
        shown.says("Group A").says("Yards open from May.").says("1 May 2027");
        let after = told(&room, &format!("{page}.json")).await;
        assert_eq!(after["edition"], before["edition"]);
        assert_eq!((&after["overview"]["people"], &before["overview"]["people"]), (&json!(32), &json!(24)));
        let of = &after["edition"]["figures"];
        assert_eq!((&of["people"], &of["statements"][1]["counts"]), (&json!(24), &json!([24, 0, 0])));
        assert_eq!(of["statements"][0]["groups"].as_array().unwrap().len(), 2);
        // The record says which map, and the hash of the very bytes.
        let digest = hex::encode(Sha256::digest(&figures));
        assert_eq!(after["edition"]["figures_sha256"], digest);
        assert_eq!(serde_json::from_str::<Value>(&figures).unwrap(), *of);
        let entries = room.town.record().await;
        let entry = entries.iter().find(|one| one.contains("conversation.report-published")).unwrap();
        assert!(entry.contains(&digest) && entry.contains("\"map_version\""), "{entry}");
        assert!(!entry.contains("everybody"), "words are sealed: {entry}");
        // Everything else leads there.
        assert_eq!(told(&room, &format!("/conversations/{code}.json")).await["report_edition"], 1);
        room.town.browser().get(&format!("/conversations/{code}")).await.says("edition 1 of");
        room.town.browser().get(&format!("/conversations/{code}/log")).await.says("Edition 1 of the report published");
        room.town.browser().get(&format!("{page}/overview")).await.says("all figures as they are now").says("<svg");
        room.town.browser().reading("ar").get(&page).await.sees(StatusCode::OK).says("المجموعة أ");
    }
}

#[tokio::test]
async fn another_edition_has_a_reason_and_nothing_is_deleted() {
    for room in rooms().await {
        let code = published(&room).await;
        let page = format!("/conversations/{code}/report");
        // Publishing again what was published, by a second press or in another tab, is stale.
        publish(&room, &code, &[("act", "publish"), ("version", "1"), ("reason", "Twice")])
            .await
            .sees(StatusCode::CONFLICT)
            .says("Somebody changed the draft meanwhile");
        keep(&room, &code, "2", &[("words-0[en]", "Second thoughts.")]).await.sees(StatusCode::SEE_OTHER);
        let refused = publish(&room, &code, &[("act", "publish"), ("version", "3")]).await;
        refused.sees(StatusCode::UNPROCESSABLE_ENTITY).says("Say why there is another edition");
        let why = ("reason", "A <b>figure</b> was misread.");
        publish(&room, &code, &[("act", "publish"), ("version", "3"), why]).await.sees(StatusCode::SEE_OTHER);
        let second = room.town.browser().get(&page).await.says("Second thoughts.").never_says("everybody</strong>");
        second.says("A &#60;b&#62;figure").never_says("<b>figure");
        let first = room.town.browser().get(&format!("{page}/1")).await.sees(StatusCode::OK);
        first.says("<strong>everybody</strong>").says("This edition is not the newest");
        // An older one again, by an edition of its own; then none.
        let restore = [("act", "restore"), ("edition", "1"), ("reason", "The first was right.")];
        publish(&room, &code, &restore).await.sees(StatusCode::SEE_OTHER);
        room.town.browser().get(&page).await.says("<strong>everybody</strong>").says("edition 1 in force again");
        publish(&room, &code, &restore).await.sees(StatusCode::CONFLICT).says("It is so already");
        publish(&room, &code, &[("act", "withdraw"), ("reason", "")]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        publish(&room, &code, &[("act", "withdraw"), ("reason", "Sources fell away.")])
            .await
            .sees(StatusCode::SEE_OTHER);
        let gone =
            room.town.browser().get(&page).await.sees(StatusCode::OK).says("taken back on").says("Sources fell away.");
        gone.never_says("everybody</strong>").says("What every group agrees with");
        publish(&room, &code, &[("act", "withdraw"), ("reason", "Again.")]).await.sees(StatusCode::CONFLICT);
        let all = told(&room, &format!("{page}.json")).await;
        assert_eq!(all["edition"], Value::Null);
        let states: Vec<_> =
            all["editions"].as_array().unwrap().iter().map(|one| one["state"].as_str().unwrap()).collect();
        assert_eq!(states, ["withdrawn", "report", "report", "report"]);
        let (restored, first) =
            (told(&room, &format!("{page}/3.json")).await, told(&room, &format!("{page}/1.json")).await);
        assert_eq!(restored["figures"], first["figures"]);
        assert_eq!(restored["restored"], 1);
        for missing in ["5", "0", "x", "5/figures", "4/figures"] {
            room.town.browser().get(&format!("{page}/{missing}")).await.sees(StatusCode::NOT_FOUND);
        }
    }
}

#[tokio::test]
async fn who_writes_at_the_same_time_overwrites_nobody_unseen() {
    for room in rooms().await {
        let code = room.open(&[]).await;
        keep(&room, &code, "0", &[("words-0[en]", "Hers.")]).await.sees(StatusCode::SEE_OTHER);
        let late = keep(&room, &code, "0", &[("words-0[en]", "His.")]).await.sees(StatusCode::CONFLICT);
        // Both are on the page; who has seen both may keep theirs.
        let late = late.says("Hers.").says(">His.</textarea>").says("name=\"version\" value=\"1\"");
        late.says("Somebody else kept a draft meanwhile");
        keep(&room, &code, "1", &[("words-0[en]", "Both.")]).await.sees(StatusCode::SEE_OTHER);
        room.lead.get(&desk(&code)).await.says(">Both.</textarea>").never_says("Hers.");
        // Parts stand in the order of their places; what was emptied is gone.
        let parts =
            [("position-1", "0"), ("heading-1[es]", "Primero"), ("words-1[es]", "Va delante."), ("position-2", "3")];
        keep(&room, &code, "2", &parts).await.sees(StatusCode::SEE_OTHER);
        let page = room.lead.get(&desk(&code)).await.says("name=\"heading-0[es]\" value=\"Primero\"");
        page.says("name=\"heading-1[en]\" value=\"What was agreed\"").says("Part 3").never_says("Part 4");
    }
}

#[tokio::test]
async fn what_few_answered_is_not_told_and_nothing_while_the_map_is_hidden() {
    for room in rooms().await {
        let code = room.open(&[("map_shown", "at-end")]).await;
        let page = format!("/conversations/{code}/report");
        let author = room.visitor(&code).await;
        author
            .post(&format!("/conversations/{code}/write"), &[("words", "Kites may fly on the green"), ("sure", "yes")])
            .await;
        answered(&room, &code).await;
        // Many answered the statement of a participant, and besides its author three agree.
        for person in 0..10 {
            let stance = if person < 3 { Agree } else { Disagree };
            room.answers_as(&code, &format!("p{person}"), &[(4, stance)]).await;
        }
        room.drawn().await;
        keep(&room, &code, "0", &[("statements-0", "3 4")]).await.sees(StatusCode::SEE_OTHER);
        publish(&room, &code, &[("act", "publish"), ("version", "1")]).await.sees(StatusCode::CONFLICT);
        assert_eq!(told(&room, &format!("{page}.json")).await["editions"], json!([]));
        room.advance(&code, "close").await;
        publish(&room, &code, &[("act", "publish"), ("version", "1")]).await.sees(StatusCode::SEE_OTHER);
        room.town.browser().get(&page).await.says("Kites may fly").says("Fewer than 5 people: not told");
        let figures = told(&room, &format!("{page}/1/figures")).await;
        assert_eq!(
            figures["statements"][1],
            json!({"number": 4, "counts": null, "groups": [], "group_informed": null})
        );
        assert_eq!(figures["statements"][0]["counts"], json!([24, 0, 0]));
        // Opened again, the map is hidden, and so is what was taken from it.
        room.advance(&code, "reopen").await;
        let hidden = room.town.browser().get(&page).await.says("everybody</strong>").never_says("100 % agree");
        hidden.says("shown when the conversation ended");
        room.town.browser().get(&format!("{page}/1/figures")).await.sees(StatusCode::CONFLICT);
        assert_eq!(told(&room, &format!("{page}/1.json")).await["figures"], Value::Null);
        // Words that moderators hide are not in an edition either.
        room.advance(&code, "close").await;
        let out = [("act", "reject"), ("reason", "unclear")];
        let line = format!("/desk/conversations/{code}/statements/4");
        room.lead.post(&line, &out).await.sees(StatusCode::SEE_OTHER);
        room.town.browser().get(&page).await.never_says("Kites may fly").says("Its words are not public any more");
        assert!(!told(&room, &format!("{page}.json")).await.to_string().contains("Kites"));
    }
}

#[tokio::test]
async fn only_those_who_lead_write_and_what_they_write_is_looked_at() {
    for room in rooms().await {
        let code = room.open(&[]).await;
        let parks = room.town.agency("parks", "Parks").await;
        let other = room.town.holder("other@example.org", civic::Role::Officer, Some(&parks)).await;
        let form = [("version", "0"), ("act", "keep"), ("heading-0[en]", "Mine"), ("words-0[en]", "Mine")];
        for browser in [&other, &room.town.browser(), &room.town.signed_in("lu@example.org").await] {
            for path in [desk(&code), format!("{}/preview", desk(&code))] {
                let seen = browser.get(&path).await.never_says("What was agreed");
                assert_ne!(seen.status, StatusCode::OK);
            }
            assert_ne!(browser.post(&desk(&code), &form).await.status, StatusCode::OK);
            browser.post(&format!("{}/publish", desk(&code)), &[("act", "withdraw"), ("reason", "x")]).await;
        }
        assert!(room.town.column("select conversation from conversation_report_drafts").await.is_empty());
        let long = "x".repeat(6_001);
        let many: String = (0..61).map(|_| "0 ").collect::<String>();
        let numbers: String = (0..101).map(|_| "0 ").collect();
        for (field, value, says) in [
            ("statements-0", "3, x", "is not a number"),
            ("statements-0", "99", "Statement 99 is not there"),
            ("promises-0", "1", "There is no promise 1"),
            ("words-0[en]", long.as_str(), "6000"),
            ("words-0[en]", "a\u{202E}b", "hidden characters"),
            ("statements-0", many.as_str(), "At most 60 statements"),
            ("statements-0", numbers.as_str(), "At most 60 statements"),
        ] {
            let seen = keep(&room, &code, "0", &[(field, value)]).await;
            // What was typed is still there.
            seen.sees(StatusCode::UNPROCESSABLE_ENTITY).says(says).says("value=\"What was agreed\"");
        }
        keep(&room, &code, "x", &[]).await.sees(StatusCode::CONFLICT);
        for version in ["1", "-1", "x", ""] {
            let seen = publish(&room, &code, &[("act", "publish"), ("version", version)]).await;
            seen.sees(StatusCode::CONFLICT).says("nothing in the report yet");
        }
        publish(&room, &code, &[("act", "burn")]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        publish(&room, &code, &[("act", "restore"), ("edition", "1"), ("reason", "x")])
            .await
            .sees(StatusCode::NOT_FOUND);
        // There is no map yet; then a part without anything in it.
        let evil = "<script>alert(1)</script> [x](javascript:alert(1)) ![p](https://evil.example/p.png)";
        let parts = [("words-0[en]", evil), ("statements-0", ""), ("position-1", "2"), ("heading-1[en]", "Alone")];
        keep(&room, &code, "0", &parts).await.sees(StatusCode::SEE_OTHER);
        let preview = room.lead.get(&format!("{}/preview", desk(&code))).await.says("There is no map yet");
        preview.never_says("<script>alert").never_says("href=\"javascript").never_says("evil.example/p.png\"");
        let seen = publish(&room, &code, &[("act", "publish"), ("version", "1")]).await;
        seen.sees(StatusCode::UNPROCESSABLE_ENTITY).says("Part 2 has a heading and nothing else");
        let whole = [("words-1[en]", "Now it says something."), ("position-1", "2"), ("heading-1[en]", "Alone")];
        keep(&room, &code, "1", &whole).await.sees(StatusCode::SEE_OTHER);
        let seen = publish(&room, &code, &[("act", "publish"), ("version", "2")]).await;
        seen.sees(StatusCode::CONFLICT).says("There is no map yet");
        assert!(room.town.column("select conversation from conversation_report_editions").await.is_empty());
    }
}

#[tokio::test]
async fn who_follows_a_conversation_is_told_of_its_report() {
    for room in rooms().await {
        let code = room.open(&[]).await;
        room.town.browser().get(&format!("/conversations/{code}")).await.says("action=\"/follow\"");
        // Its first entry has to stand in the record.
        room.town.settle().await;
        let follower = room.town.browser();
        let form = [("kind", "conversation"), ("id", code.as_str()), ("email", "nia@example.org")];
        follower.post("/follow", &form).await.sees(StatusCode::SEE_OTHER);
        let link = testing::link_in(&mails(&room).await[0].mail.body_text);
        follower.post(&link, &[]).await.sees(StatusCode::SEE_OTHER);
        answered(&room, &code).await;
        keep(&room, &code, "0", &[]).await.sees(StatusCode::SEE_OTHER);
        room.town.settle().await;
        let before = mails(&room).await.len();
        publish(&room, &code, &[("act", "publish"), ("version", "1")]).await.sees(StatusCode::SEE_OTHER);
        room.town.settle().await;
        let mails = mails(&room).await;
        assert_eq!(mails.len(), before + 1, "a draft tells nobody, an edition everybody who follows");
        assert!(mails.iter().any(|one| one.mail.body_text.contains("Edition 1 of the report")), "{mails:?}");
    }
}
