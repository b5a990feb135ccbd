//! Places, the waiting list, reminders.

use crate::town::{DAYS, plan, rooms};
use axum::http::StatusCode;
use meetings::save;
use testing::{START, steward};

#[tokio::test]
async fn who_waits_longest_moves_up_when_somebody_gives_a_place_back() {
    for room in rooms().await {
        let meeting = room.meeting(Some(2)).await;
        let page = format!("/meetings/{}", meeting.code);
        let amina = room.comes("amina", &meeting).await;
        room.comes("ben", &meeting).await;
        let clara = room.comes("clara", &meeting).await;
        let dan = room.comes("dan", &meeting).await;
        amina.get(&page).await.says("You have a place").says("2 of 2 places are taken").says("2 people wait");
        clara.get(&page).await.says("You are next on the waiting list");
        dan.get(&page).await.says("You are number 2 on the waiting list");
        amina.post(&format!("{page}/register"), &[]).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(room.told("you have a place").await, ["amina", "ben"], "asked again, nothing happens");
        amina.post(&format!("{page}/leave"), &[]).await.sees(StatusCode::SEE_OTHER);
        clara.get(&page).await.says("You have a place");
        dan.get(&page).await.says("You are next on the waiting list");
        assert_eq!(room.told("you have a place now").await, ["clara"]);
        amina.post(&format!("{page}/register"), &[]).await.sees(StatusCode::SEE_OTHER);
        amina.get(&page).await.says("You are number 2 on the waiting list");
        let json = room.town.browser().get(&format!("{page}.json")).await.json();
        assert_eq!((&json["taken"], &json["waiting"]), (&2.into(), &2.into()));
    }
}

#[tokio::test]
async fn more_places_are_given_to_who_waits() {
    for room in rooms().await {
        let meeting = room.meeting(Some(1)).await;
        for name in ["amina", "ben", "clara"] {
            room.comes(name, &meeting).await;
        }
        let at = (meeting.code.to_string(), meeting.version);
        let times = (meeting.starts_at, meeting.ends_at);
        save(&room.town.town, steward(), at, plan(Some(2)), times).await.unwrap();
        assert_eq!(room.told("you have a place now").await, ["ben"]);
        assert!(room.told("another time or place").await.is_empty(), "nothing but the places changed");
        let later = (meeting.starts_at.plus_days(1), meeting.ends_at.plus_days(1));
        let at = (meeting.code.to_string(), meeting.version + 1);
        save(&room.town.town, steward(), at, plan(Some(2)), later).await.unwrap();
        assert_eq!(room.told("another time or place").await, ["amina", "ben", "clara"]);
    }
}

#[tokio::test]
async fn who_has_a_place_is_reminded_once_a_day_before() {
    for room in rooms().await {
        let meeting = room.meeting(Some(1)).await;
        room.comes("amina", &meeting).await;
        room.comes("ben", &meeting).await;
        room.town.clock.turn_to(START.plus_days(DAYS - 2));
        room.town.settle().await;
        assert!(room.told("it is soon").await.is_empty());
        room.town.clock.turn_to(START.plus_days(DAYS - 1).plus_seconds(600));
        meetings::remind_all(&room.town.town).await.unwrap();
        meetings::remind_all(&room.town.town).await.unwrap();
        assert_eq!(room.told("it is soon").await, ["amina"], "who waits is not reminded, and nobody twice");
    }
}

#[tokio::test]
async fn a_meeting_is_called_off_with_a_reason_that_everybody_reads() {
    for room in rooms().await {
        let meeting = room.meeting(Some(1)).await;
        let amina = room.comes("amina", &meeting).await;
        let admin = format!("/admin/meetings/{}/cancel", meeting.code);
        room.officer.post(&admin, &[("reason", "")]).await.says("Please say why");
        room.officer.post(&admin, &[("reason", "The hall is flooded")]).await.sees(StatusCode::SEE_OTHER);
        let page = format!("/meetings/{}", meeting.code);
        room.town.browser().get(&page).await.says("The hall is flooded").says("Called off");
        amina.post(&format!("{page}/register"), &[]).await.sees(StatusCode::CONFLICT);
        assert_eq!(room.told("called off").await, ["amina"]);
        let ics = room.town.browser().get(&format!("{page}/calendar.ics")).await.sees(StatusCode::OK);
        ics.says("SUMMARY:Called off: The pond").says("DTSTART:");
    }
}

#[tokio::test]
async fn nobody_registers_where_there_are_no_places_or_once_it_began() {
    for room in rooms().await {
        let open = room.meeting(None).await;
        let meeting = room.meeting(Some(5)).await;
        let ben = room.town.signed_in("ben@example.org").await;
        let refused = ben.post(&format!("/meetings/{}/register", open.code), &[]).await;
        refused.sees(StatusCode::CONFLICT).says("Just come");
        room.town.clock.turn_to(meeting.starts_at);
        let late = ben.post(&format!("/meetings/{}/register", meeting.code), &[]).await;
        late.sees(StatusCode::CONFLICT).says("has begun");
    }
}
