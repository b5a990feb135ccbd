//! Invitations to apply together end, and are sent again.

use crate::town::halls;
use axum::http::StatusCode;
use serde_json::json;

const TWO: [(&str, &str); 2] = [("joint-least", "1"), ("joint-most", "2")];
const DAY: i64 = 86_400;

#[tokio::test]
async fn an_invitation_opens_nothing_after_fourteen_days_until_it_is_sent_again() {
    for hall in halls().await {
        hall.parking(&TWO).await;
        let (amina, bo) = (hall.town.browser(), hall.town.browser());
        let (code, key, own) = hall.applies_together(&amina).await;
        let page = format!("/applications/{code}");
        let (first, mine) = (format!("{page}?key={key}"), format!("{page}?key={own}"));
        hall.town.clock.advance_seconds(14 * DAY - 60);
        bo.get(&mine).await.sees(StatusCode::OK).says("Yes, I apply too");
        amina.get(&first).await.says("invited until").never_says("the invitation has expired");
        hall.town.clock.advance_seconds(120);
        bo.get(&mine).await.sees(StatusCode::GONE).says("This invitation has expired").never_says("700.50");
        bo.get(&format!("{page}.json?key={own}")).await.sees(StatusCode::GONE);
        let late = bo.post(&format!("{page}/joint/confirm"), &[("key", &own)]).await;
        late.sees(StatusCode::GONE).says("This invitation has expired");
        assert_eq!(hall.town.column("select state from co_applicants where email is not null").await, ["asked"]);
        let shown = amina.get(&first).await.sees(StatusCode::OK);
        shown.says("the invitation has expired").says("Send a new link").never_says("invited until");
        // Only the first applicant has it sent again, and not to who has no address.
        let id = |sql: &'static str| hall.town.column(sql);
        let bos = id("select id from co_applicants where email is not null").await.pop().unwrap();
        let cleos = id("select id from co_applicants where email is null").await.pop().unwrap();
        let again = format!("{page}/joint/again");
        bo.post(&again, &[("key", &own), ("who", &bos)]).await.sees(StatusCode::NOT_FOUND);
        bo.post(&again, &[("who", &bos)]).await.sees(StatusCode::NOT_FOUND);
        amina.post(&again, &[("key", &key), ("who", "nobody")]).await.sees(StatusCode::NOT_FOUND);
        amina.post(&again, &[("key", &key), ("who", &cleos)]).await.sees(StatusCode::CONFLICT).says("No new link");
        amina.post(&again, &[("key", &key), ("who", &bos)]).await.sees(StatusCode::SEE_OTHER);
        let soon = amina.post(&again, &[("key", &key), ("who", &bos)]).await.sees(StatusCode::TOO_MANY_REQUESTS);
        soon.says("within the last hour");
        // The new link asks; the one before is dead.
        let links = hall.links().await;
        assert_eq!(links.len(), 2);
        bo.get(&mine).await.sees(StatusCode::NOT_FOUND);
        let new = links.into_iter().map(|(_, link)| link).find(|link| *link != mine).unwrap();
        bo.get(&new).await.sees(StatusCode::OK).says("Yes, I apply too");
        let fresh = new.split_once("?key=").unwrap().1;
        bo.post(&format!("{page}/joint/confirm"), &[("key", fresh)]).await.sees(StatusCode::SEE_OTHER);
        // Whoever applies reads by their link without an end.
        hall.town.clock.advance_seconds(30 * DAY);
        bo.get(&new).await.sees(StatusCode::OK).says("700.50");
        let seen = amina.get(&format!("{page}.json?key={key}")).await.json();
        assert_eq!(
            (&seen["joint"][0]["state"], &seen["joint"][0]["invited_until"]),
            (&json!("confirmed"), &json!(null))
        );
    }
}

#[tokio::test]
async fn who_said_no_is_not_asked_again_and_who_lost_their_link_gets_another() {
    for hall in halls().await {
        hall.parking(&TWO).await;
        let (amina, bo) = (hall.town.browser(), hall.town.browser());
        let (code, key, own) = hall.applies_together(&amina).await;
        let page = format!("/applications/{code}");
        let bos = hall.town.column("select id from co_applicants where email is not null").await.pop().unwrap();
        bo.post(&format!("{page}/joint/decline"), &[("key", &own)]).await.sees(StatusCode::SEE_OTHER);
        hall.town.clock.advance_seconds(DAY);
        let again = [("key", key.as_str()), ("who", bos.as_str())];
        let no = amina.post(&format!("{page}/joint/again"), &again).await.sees(StatusCode::CONFLICT);
        no.says("they said that they do not apply");
        bo.post(&format!("{page}/joint/confirm"), &[("key", &own)]).await.sees(StatusCode::SEE_OTHER);
        let body = json!({"key": key, "who": bos});
        amina.post_json(&format!("{page}/joint/again.json"), &body).await.sees(StatusCode::OK);
        bo.get(&format!("{page}?key={own}")).await.sees(StatusCode::NOT_FOUND);
        let mails = hall.town.mails().await;
        let mail = mails.iter().find(|mail| mail.mail.subject.contains("your link to")).unwrap();
        assert_eq!(mail.mail.to.as_str(), "bo@example.org");
        let link = mail.mail.body_text.split_once("/applications/").unwrap().1.split_whitespace().next().unwrap();
        bo.get(&format!("/applications/{link}")).await.sees(StatusCode::OK).says("700.50");
    }
}
