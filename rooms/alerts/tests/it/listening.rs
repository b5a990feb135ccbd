use crate::town::{Nearby, towns};
use axum::http::{Method, Request, StatusCode, header};
use serde_json::json;
use testing::link_in;

const LUCIA: &str = "lucia@example.org";

/// Asks for an area and confirms it by the mail; the link.
async fn listen(town: &Nearby, area: &[(&str, &str)], pace: &str) -> String {
    let browser = town.town.browser();
    let form: Vec<_> = area.iter().copied().chain([("email", LUCIA), ("pace", pace)]).collect();
    browser.post("/alerts", &form).await.sees(StatusCode::SEE_OTHER);
    let link = link_in(&town.mails_to(LUCIA).await[0].mail.body_text);
    browser.post(&link, &[]).await.sees(StatusCode::SEE_OTHER);
    link
}

fn mill() -> serde_json::Value {
    json!({"district": "mill", "place": {"lat_micro": 50_050_000, "long_micro": 50_000}})
}

#[tokio::test]
async fn who_confirmed_hears_of_a_district_and_nobody_else() {
    for town in towns().await {
        let link = listen(&town, &[("district", "mill")], "at-once").await;
        town.tree("T-1", "tree.opened", mill()).await;
        town.tree("T-2", "tree.opened", json!({"district": "docks"})).await;
        town.tree("T-3 hidden", "tree.opened", mill()).await;
        town.tree("T-1", "tree.answered", json!({"district": "mill"})).await;
        town.town.settle().await;
        let mails = town.mails_to(LUCIA).await;
        assert_eq!(mails.len(), 2, "the question and one mail of news");
        let mail = &mails[0];
        assert!(mail.mail.subject.contains("Mill") && mail.mail.body_text.contains("The tree T-1 (Leafy)"));
        assert!(!mail.mail.body_text.contains("T-2") && !mail.mail.body_text.contains("hidden"));
        assert!(mail.mail.body_text.contains("http://town.test/trees/T-1"), "{}", mail.mail.body_text);
        // Told once, and never again.
        town.town.clock.advance_seconds(120);
        town.town.settle().await;
        assert_eq!(town.mails_to(LUCIA).await.len(), 2);
        // An end is news, found at the place that the first entry named.
        town.tree("T-1", "tree.resolved", json!({"district": "mill"})).await;
        town.town.clock.advance_seconds(120);
        town.town.settle().await;
        assert!(town.mails_to(LUCIA).await[0].mail.body_text.contains("Ended\n"));
        // The links of all mails stay good, and each stops.
        town.town.browser().get(&link).await.sees(StatusCode::OK).says("Stop these mails");
        town.town.browser().post(&link, &[("leave", "yes")]).await.sees(StatusCode::SEE_OTHER);
        town.tree("T-4", "tree.opened", mill()).await;
        town.town.clock.advance_seconds(120);
        town.town.settle().await;
        assert_eq!(town.mails_to(LUCIA).await.len(), 3);
        town.town.browser().get(&link).await.sees(StatusCode::NOT_FOUND);
        assert!(town.town.column("select email from alert_subscriptions").await.is_empty(), "forgotten");
    }
}

#[tokio::test]
async fn a_circle_hears_of_what_is_within_it() {
    for town in towns().await {
        let middle = [("lat", "50.05"), ("long", "0.05"), ("radius", "500")];
        listen(&town, &middle, "at-once").await;
        let at = |lat: i64| json!({"district": "mill", "place": {"lat_micro": lat, "long_micro": 50_000}});
        town.tree("T-near", "tree.opened", at(50_054_000)).await;
        town.tree("T-far", "tree.opened", at(50_055_000)).await;
        town.tree("T-nowhere", "tree.opened", json!({"district": "mill"})).await;
        town.town.settle().await;
        let body = town.mails_to(LUCIA).await[0].mail.body_text.clone();
        assert!(body.contains("T-near") && !body.contains("T-far") && !body.contains("T-nowhere"), "{body}");
        // What moved is not where it was.
        town.tree("T-near", "tree.relocated", json!({"district": "docks"})).await;
        town.tree("T-near", "tree.resolved", json!({"district": "docks"})).await;
        town.town.clock.advance_seconds(120);
        town.town.settle().await;
        assert_eq!(town.mails_to(LUCIA).await.len(), 2);
    }
}

#[tokio::test]
async fn daily_news_come_once_in_the_morning() {
    for town in towns().await {
        // The town's clock stands at 14:13 UTC.
        listen(&town, &[("district", "mill")], "daily").await;
        town.tree("T-1", "tree.opened", mill()).await;
        town.town.settle().await;
        assert_eq!(town.mails_to(LUCIA).await.len(), 2, "the first at once: the morning of today is past");
        town.tree("T-2", "tree.opened", mill()).await;
        town.tree("T-3", "tree.opened", mill()).await;
        town.town.clock.advance_seconds(14 * 3_600);
        town.town.settle().await;
        assert_eq!(town.mails_to(LUCIA).await.len(), 2, "04:13");
        town.town.clock.advance_seconds(4 * 3_600);
        town.town.settle().await;
        let mails = town.mails_to(LUCIA).await;
        assert!(mails.len() == 3 && mails[0].mail.body_text.contains("T-2") && mails[0].mail.body_text.contains("T-3"));
    }
}

#[tokio::test]
async fn what_an_import_tells_of_years_ago_is_no_news_by_mail() {
    for town in towns().await {
        listen(&town, &[("district", "mill")], "at-once").await;
        town.tree_at("T-old", "tree.opened", mill(), town.town.town.now().plus_days(-400)).await;
        town.town.settle().await;
        assert_eq!(town.mails_to(LUCIA).await.len(), 1);
    }
}

#[tokio::test]
async fn nobody_is_told_who_did_not_confirm_and_nobody_can_be_flooded() {
    for town in towns().await {
        let browser = town.town.browser();
        let form = [("district", "mill"), ("email", LUCIA), ("pace", "at-once")];
        browser.post("/alerts", &form).await.sees(StatusCode::SEE_OTHER);
        town.tree("T-1", "tree.opened", mill()).await;
        town.town.settle().await;
        assert_eq!(town.mails_to(LUCIA).await.len(), 1, "only the question");
        // Asked again, by whomever, it gets no second mail within ten minutes.
        town.town.browser().post("/alerts", &form).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(town.mails_to(LUCIA).await.len(), 1);
        town.town.clock.advance_seconds(600);
        town.town.browser().post("/alerts", &form).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(town.mails_to(LUCIA).await.len(), 2);
        // Looking at the link confirms nothing: scanners of mail look too.
        let link = link_in(&town.mails_to(LUCIA).await[0].mail.body_text);
        browser.get(&link).await.sees(StatusCode::OK).says("Yes, send me news");
        town.tree("T-2", "tree.opened", mill()).await;
        town.town.settle().await;
        assert_eq!(town.mails_to(LUCIA).await.len(), 2);
        browser.post(&link, &[]).await.sees(StatusCode::SEE_OTHER);
        // Asked again for an area it hears of: no mail, and nothing changes.
        town.town.clock.advance_seconds(600);
        browser.post("/alerts", &form).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(town.mails_to(LUCIA).await.len(), 2);
        // From one address only so many mails are caused in an hour.
        let mut refused = 0;
        for number in 0..20 {
            let email = format!("victim{number}@example.org");
            let seen = browser.post("/alerts", &[("district", "docks"), ("email", &email), ("pace", "daily")]).await;
            refused += usize::from(seen.status == StatusCode::TOO_MANY_REQUESTS);
        }
        assert!(refused > 5, "{refused}");
    }
}

#[tokio::test]
async fn one_click_of_a_mail_program_stops_it() {
    for town in towns().await {
        listen(&town, &[("district", "mill")], "at-once").await;
        town.tree("T-1", "tree.opened", mill()).await;
        town.town.settle().await;
        let mail = town.mails_to(LUCIA).await.remove(0);
        let way_out = mail.unsubscribe.strip_prefix(testing::ADDRESS).unwrap().to_owned();
        assert!(mail.mail.body_text.contains(&mail.unsubscribe));
        // RFC 8058: no cookies, no origin, a form with one field.
        let program = town.town.browser();
        let ask = || {
            let request = Request::builder().method(Method::POST).uri(&way_out);
            let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
            program.send(request, b"List-Unsubscribe=One-Click".to_vec())
        };
        ask().await.sees(StatusCode::NO_CONTENT);
        ask().await.sees(StatusCode::NO_CONTENT);
        assert!(town.town.column("select id from alert_subscriptions").await.is_empty());
        assert!(town.town.column("select token_hash from alert_tokens").await.is_empty());
        program.post("/alerts/mail/nonsense", &[]).await.sees(StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn what_cannot_be_is_said_and_what_was_typed_stays() {
    for town in towns().await {
        let browser = town.town.browser();
        for (form, id) in [
            (vec![("email", LUCIA)], "district-error"),
            (vec![("email", LUCIA), ("district", "<b>")], "district-error"),
            (vec![("email", "nobody"), ("district", "mill")], "email-error"),
            (vec![("email", LUCIA), ("lat", "x"), ("long", "0.05"), ("radius", "500")], "lat-error"),
            (vec![("email", LUCIA), ("lat", "50.05"), ("long", "0.05"), ("radius", "7")], "radius-error"),
        ] {
            let seen = browser.post("/alerts", &form).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
            assert!(seen.text.contains(&format!("id=\"{id}\"")), "{form:?} {id}");
        }
        assert!(town.town.column("select id from alert_subscriptions").await.is_empty());
        browser.get("/alerts.json?district=nowhere").await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        browser.get("/alerts?district=nowhere").await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("district-error");
    }
}

#[tokio::test]
async fn an_account_takes_its_areas_along_and_erases_them() {
    for town in towns().await {
        listen(&town, &[("district", "mill")], "daily").await;
        let person = town.town.signed_in(LUCIA).await;
        let export = person.get("/me/export").await.sees(StatusCode::OK).text;
        assert!(export.contains("district mill"), "{export}");
        person.post("/me/erase", &[("agreed", "yes"), ("sure", "yes")]).await;
        let left = town.town.column("select area from alert_subscriptions").await;
        assert!(left.is_empty(), "{left:?}");
    }
}
