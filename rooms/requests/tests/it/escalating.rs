//! What is late is carried up the ladder: the officer a day before, the agency at the end, the administrators five working days later.

use crate::{
    performance::{Past, remember},
    town::{Room, rooms},
};
use axum::http::StatusCode;

/// To whom mails of these subjects went, oldest first.
async fn told(room: &Room, about: &str) -> Vec<String> {
    let mails = room.town.mails().await;
    let mails = mails.iter().rev().filter(|mail| mail.mail.subject.starts_with(about));
    mails.map(|mail| mail.mail.to.to_string()).collect()
}

async fn days_pass(room: &Room, days: i64) {
    for _ in 0..days {
        room.town.clock.advance_seconds(86_400);
        room.town.settle().await;
    }
}

async fn escalations(room: &Room) -> usize {
    room.town.record().await.iter().filter(|entry| entry.contains("request.escalated")).count()
}

#[tokio::test]
async fn each_rung_is_told_once() {
    for room in rooms().await {
        let (code, _) = room.lamp("It flickers").await;
        room.town.administrator().await;
        room.town.settle().await;
        // Three working days from a Monday: due on Thursday.
        days_pass(&room, 3).await;
        assert_eq!(told(&room, "Due soon").await, ["lamps@example.org"]);
        assert_eq!(escalations(&room).await, 0, "a reminder before the end is nobody else's business");
        days_pass(&room, 1).await;
        assert_eq!(told(&room, "Overdue").await, ["lamps@example.org"]);
        assert_eq!(escalations(&room).await, 1);
        let page = room.town.browser().get(&format!("/requests/{code}")).await;
        page.says("Not done as promised");
        let step = room.town.browser().get(&format!("/requests/{code}.json")).await.json();
        let step =
            step["history"].as_array().unwrap().iter().find(|step| step["saying"] == "request.escalated").cloned();
        assert_eq!(step.unwrap()["by"], "town", "no agency says of itself that it is late");
        days_pass(&room, 5).await;
        assert_eq!(
            told(&room, "Overdue").await,
            ["lamps@example.org"],
            "five days with a weekend are not five working days"
        );
        days_pass(&room, 2).await;
        assert_eq!(told(&room, "Overdue").await, ["lamps@example.org", "first@example.org"]);
        days_pass(&room, 10).await;
        assert_eq!((told(&room, "Overdue").await.len(), escalations(&room).await), (2, 2), "and nobody twice");
    }
}

#[tokio::test]
async fn a_new_promise_begins_at_the_foot_and_waiting_holds_the_ladder() {
    for room in rooms().await {
        let (code, _) = room.reachable_lamp("It flickers").await;
        days_pass(&room, 4).await;
        assert_eq!(escalations(&room).await, 1);
        let version = room.version(&code).await;
        let until = jiff::Timestamp::from_microsecond(room.town.town.now().micros()).unwrap();
        let until = until.to_zoned(jiff::tz::TimeZone::UTC).date().saturating_add(jiff::Span::new().days(7));
        let later = [("version", &*version), ("text", "No bulbs left"), ("until", &*until.to_string())];
        room.lamps.post(&format!("/desk/{code}/extend"), &later).await.sees(StatusCode::SEE_OTHER);
        days_pass(&room, 3).await;
        assert_eq!(escalations(&room).await, 1);
        let version = room.version(&code).await;
        let ask = [("version", &*version), ("text", "Which pole?")];
        room.lamps.post(&format!("/desk/{code}/ask"), &ask).await.sees(StatusCode::SEE_OTHER);
        days_pass(&room, 8).await;
        assert_eq!(escalations(&room).await, 1, "the clock stands still");
    }
}

#[tokio::test]
async fn old_news_is_not_carried_up_and_a_taken_matter_goes_to_its_officer() {
    for room in rooms().await {
        let (old, _) = room.lamp("Old").await;
        room.town.clock.advance_seconds(86_400 * 60);
        room.town.settle().await;
        assert_eq!((escalations(&room).await, told(&room, "Overdue").await.len()), (0, 0), "{old} was late long ago");
    }
}

#[tokio::test]
async fn everybody_gets_one_mail_of_all_that_is_late() {
    for room in rooms().await {
        let mut codes = Vec::new();
        for number in 0..5 {
            codes.push(room.lamp(&format!("Lamp {number} flickers")).await.0);
        }
        room.town.settle().await;
        days_pass(&room, 4).await;
        assert_eq!(told(&room, "Overdue: 5 reports").await, ["lamps@example.org"]);
        assert_eq!((told(&room, "Overdue").await.len(), escalations(&room).await), (1, 5));
        let mails = room.town.mails().await;
        let digest = mails.iter().find(|mail| mail.mail.subject.starts_with("Overdue")).unwrap();
        for code in &codes {
            assert!(digest.mail.body_text.contains(&format!("/desk/{code}")), "{}", digest.mail.body_text);
        }
    }
}

#[tokio::test]
async fn many_that_were_late_long_ago_do_not_hide_what_is_late_now() {
    for room in rooms().await {
        let due = |days_ago: i64| Past {
            category: "lamp",
            district: "mill",
            opened_before: (days_ago + 4) * 86_400,
            closed_before: None,
        };
        remember(&room, [vec![due(40); 301], vec![due(2); 20]].concat()).await;
        room.town.settle().await;
        assert_eq!(escalations(&room).await, 20);
    }
}
