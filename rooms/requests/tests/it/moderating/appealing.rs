use super::{act, comment, flag, moderator};
use crate::town::rooms;
use axum::http::StatusCode;

#[tokio::test]
async fn another_moderator_decides_the_appeal() {
    for room in rooms().await {
        let (code, _) = room.lamp("It flickers").await;
        room.town.settle().await;
        let eve = room.town.signed_in("eve@example.org").await;
        let id = comment(&room, &eve, &code, "Quokka, you fool").await;
        let case = flag(&room, &format!("comment/{id}"), "amina").await;
        let (mireia, pau) = (moderator(&room, "mireia").await, moderator(&room, "pau").await);
        let path = format!("/moderation/of/comment/{id}");
        eve.get(&path).await.sees(StatusCode::NOT_FOUND);
        eve.post(&path, &[("text", "It was a joke")]).await.sees(StatusCode::NOT_FOUND);
        act(&mireia, &case, "hide", &[("reason", "insult")]).await.sees(StatusCode::SEE_OTHER);

        // Only the author, once, in words.
        let ben = room.town.signed_in("ben@example.org").await;
        ben.get(&path).await.sees(StatusCode::OK).never_says("Quokka").never_says("Why should it be public?");
        ben.post(&path, &[("text", "It was a joke")]).await.sees(StatusCode::NOT_FOUND);
        room.town.browser().post(&path, &[("text", "It was a joke")]).await.sees(StatusCode::NOT_FOUND);
        eve.get(&path).await.says("Quokka, you fool").says("Why should it be public?");
        eve.post(&path, &[("text", " ")]).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("Please write why");
        eve.post(&path, &[("text", "A zebra of a joke")]).await.sees(StatusCode::SEE_OTHER);
        eve.post(&path, &[("text", "And again")]).await.sees(StatusCode::CONFLICT).says("one appeal is possible");
        let due = room.town.column("select cast(appeal_due_at as text) from moderation_cases").await.remove(0);
        let due = civic::Moment(due.parse().unwrap());
        let days = due.seconds_since(room.town.town.now()) / 86_400;
        assert!((5..=9).contains(&days), "five working days, with a weekend: {days}");
        eve.get(&path).await.says("The appeal is to be decided by");

        // Who hid it does not decide; the words of the appeal are for moderators.
        mireia.get("/moderation?state=appealed").await.says(&case);
        mireia
            .get(&format!("/moderation/cases/{case}"))
            .await
            .says("A zebra of a joke")
            .says("You decided this yourself");
        act(&mireia, &case, "uphold", &[]).await.sees(StatusCode::CONFLICT).says("another moderator");
        act(&mireia, &case, "overturn", &[]).await.sees(StatusCode::CONFLICT);
        act(&pau, &case, "overturn", &[("note", "We all laughed")]).await.sees(StatusCode::SEE_OTHER);
        room.town.settle().await;
        room.town.browser().get(&format!("/requests/{code}")).await.says("Quokka, you fool");
        act(&pau, &case, "uphold", &[]).await.sees(StatusCode::CONFLICT).says("no appeal");

        // In public: what, why, by whom, and how it ended.
        let log = room.town.browser().get("/moderation/log.json").await.json();
        let acts: Vec<&str> = log["log"].as_array().unwrap().iter().map(|line| line["act"].as_str().unwrap()).collect();
        assert_eq!(acts, ["overturned", "appealed", "hidden"]);
        assert!(log["log"].as_array().unwrap().iter().all(|line| line["appeal"] == "overturned"));
        for door in ["/moderation/log", "/moderation/log.json", "/moderation/log.csv", "/moderation/log.rss"] {
            let seen = room.town.browser().get(door).await.sees(StatusCode::OK);
            seen.never_says("Quokka").never_says("zebra").never_says("laughed").says(&code);
        }
        let record = room.town.record().await.join("\n");
        for saying in ["moderation.hidden", "moderation.appealed", "moderation.overturned"] {
            assert!(record.contains(saying), "{saying}");
        }
        assert!(!record.contains("zebra") && !record.contains("laughed") && !record.contains("Quokka"));
    }
}

/// Who has no account appeals by the private link of the report.
#[tokio::test]
async fn a_private_link_appeals_and_a_refused_appeal_is_final() {
    for room in rooms().await {
        let (code, own) = room.lamp("That fool of a lamp").await;
        let case = flag(&room, &format!("request/{code}"), "amina").await;
        let (mireia, pau) = (moderator(&room, "mireia").await, moderator(&room, "pau").await);
        act(&mireia, &case, "hide", &[("reason", "insult")]).await.sees(StatusCode::SEE_OTHER);
        let key = own.split("?key=").nth(1).unwrap();
        let path = format!("/moderation/of/request/{code}");
        let visitor = room.town.browser();
        let forged = [("key", &*"0".repeat(64)), ("text", "mine")];
        visitor.post(&path, &forged).await.sees(StatusCode::NOT_FOUND);
        let sent = visitor.post(&path, &[("key", key), ("text", "Lamps cannot be insulted")]).await;
        assert_eq!(sent.sees(StatusCode::SEE_OTHER).location(), format!("{path}?key={key}"));
        act(&pau, &case, "uphold", &[("note", "Their makers can")]).await.sees(StatusCode::SEE_OTHER);
        visitor.get(&path).await.never_says("That fool").never_says("makers").says("Appeal refused");
        let mine = visitor.get(&format!("{path}?key={key}")).await;
        mine.says("That fool of a lamp").says("Their makers can").never_says("Why should it be public?");
        visitor.post(&path, &[("key", key), ("text", "Please")]).await.sees(StatusCode::CONFLICT);
        let json = visitor.get(&format!("{path}.json")).await.json();
        assert_eq!(json["acts"].as_array().unwrap().len(), 3);
        // An appeal too late is refused in a sentence.
        let (other, own) = room.lamp("Another fool").await;
        let case = flag(&room, &format!("request/{other}"), "amina").await;
        act(&mireia, &case, "hide", &[("reason", "insult")]).await.sees(StatusCode::SEE_OTHER);
        room.town.clock.advance_seconds(91 * 86_400);
        let key = own.split("?key=").nth(1).unwrap();
        let late = visitor.post(&format!("/moderation/of/request/{other}"), &[("key", key), ("text", "Sorry")]).await;
        late.sees(StatusCode::CONFLICT).says("possible for 90 days");
    }
}

#[tokio::test]
async fn nobody_moderates_their_own_words() {
    for room in rooms().await {
        let (code, _) = room.lamp("It flickers").await;
        room.town.settle().await;
        let (mireia, pau) = (moderator(&room, "mireia").await, moderator(&room, "pau").await);
        let id = comment(&room, &mireia, &code, "We all know that fool").await;
        let case = flag(&room, &format!("comment/{id}"), "amina").await;
        for deed in ["dismiss", "warn", "hide"] {
            act(&mireia, &case, deed, &[("reason", "insult")]).await.sees(StatusCode::CONFLICT).says("your own words");
        }
        act(&pau, &case, "dismiss", &[]).await.sees(StatusCode::SEE_OTHER);
        act(&pau, &case, "restore", &[]).await.sees(StatusCode::CONFLICT);
        act(&pau, &case, "hide", &[("reason", "insult")]).await.sees(StatusCode::CONFLICT).says("decided already");
    }
}
