//! When one can vote, for people's own calendars.

use crate::town::{budget, halls};
use axum::http::StatusCode;
use voting::BallotKind;

#[tokio::test]
async fn opening_and_closing_stand_in_a_calendar_and_drafts_do_not() {
    for hall in halls() {
        let vote = hall.parks(BallotKind::Cart).await;
        let page = format!("/votes/{}", vote.code);
        let linked = hall.town.browser().get(&page).await.sees(StatusCode::OK);
        linked.says(&format!("{page}/calendar.ics"));
        let seen = hall.town.browser().get(&format!("{page}/calendar.ics")).await.sees(StatusCode::OK);
        assert!(seen.headers["content-type"].to_str().unwrap().starts_with("text/calendar"));
        let utc = |at: civic::Moment| at.in_zone(&jiff::tz::TimeZone::UTC).strftime("%Y%m%dT%H%M%SZ").to_string();
        let (opens, closes) = (utc(vote.definition.opens_at), utc(vote.definition.closes_at));
        let seen = seen.says(&format!("DTSTART:{opens}")).says(&format!("DTEND:{closes}"));
        let last = utc(vote.definition.closes_at.plus_seconds(-3_600));
        seen.says(&format!("DTSTART:{last}"))
            .says("SUMMARY:Last hour to vote: ")
            .says(&format!("UID:vote-{}-open", vote.code));
        let all = hall.town.browser().get("/votes/calendar.ics").await.sees(StatusCode::OK);
        all.says(&format!("UID:vote-{}-close", vote.code));
        hall.town.browser().get("/votes").await.says("/votes/calendar.ics");
        let spanish = hall.town.browser().reading("es").get(&format!("{page}/calendar.ics")).await;
        spanish.says("SUMMARY:Votación: ");
        // What nobody sees has no calendar.
        let draft =
            voting::create_vote(&hall.town.town, budget(hall.town.town.now(), BallotKind::Cart), voting::Origin::Held);
        let draft = draft.await.unwrap();
        hall.town.browser().get(&format!("/votes/{}/calendar.ics", draft.code)).await.sees(StatusCode::NOT_FOUND);
        hall.close(&vote).await;
        let over = hall.town.browser().get("/votes/calendar.ics").await.sees(StatusCode::OK);
        over.never_says(&format!("UID:vote-{}", vote.code));
    }
}
