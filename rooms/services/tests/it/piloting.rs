//! Two versions are given out by chance, and what came of each is measured.

use crate::town::{Hall, halls};
use axum::http::StatusCode;
use testing::{Browser, Seen};

const PILOT: &str = "/services/parking/pilot";

async fn does(hall: &Hall, officer: &Browser, act: &str, more: &[(&str, &str)]) -> Seen {
    let version = hall.stamp(officer, "parking").await;
    let mut all = vec![("version", version.as_str())];
    all.extend_from_slice(more);
    officer.post(&format!("/admin/services/parking/pilot/{act}"), &all).await
}

/// Parking in force, and a draft that asks one thing more.
async fn drafted(hall: &Hall) -> Browser {
    let olga = hall.parking(&[]).await;
    let more = [("kind", "text"), ("label-en", "Which street?"), ("name", "street")];
    hall.question(&olga, "parking", &more).await.sees(StatusCode::SEE_OTHER);
    olga
}

#[tokio::test]
async fn chance_gives_out_two_versions_and_the_outcome_is_measured() {
    for hall in halls().await {
        let olga = drafted(&hall).await;
        let visitor = hall.town.browser();
        visitor.get(PILOT).await.sees(StatusCode::NOT_FOUND);
        let why = [("share", "50"), ("pilot-why", "Does one question more keep people from applying?")];
        does(&hall, &olga, "begin", &why).await.sees(StatusCode::SEE_OTHER);
        visitor.get("/services/parking/apply").await.says("is being piloted");
        let mut drafts = Vec::new();
        for _ in 0..40 {
            drafts.push(hall.begins(&visitor).await);
        }
        // Who got the longer form was drawn, and says so by its page.
        let mut longer = 0;
        for (at, draft) in drafts.iter().enumerate() {
            hall.answers(&visitor, draft).await;
            let street = visitor.get(&format!("{draft}/page_street")).await;
            let is_longer = street.status == StatusCode::OK;
            longer += i64::from(is_longer);
            if is_longer {
                visitor
                    .post(&format!("{draft}/page_street"), &[("q1", "Long Street")])
                    .await
                    .sees(StatusCode::SEE_OTHER);
            }
            // Most send theirs; of the longer form one in two gives up.
            if !is_longer || at % 2 == 0 {
                visitor.post(&format!("{draft}/check"), &[]).await.sees(StatusCode::SEE_OTHER);
            }
        }
        assert!((10..=30).contains(&longer), "{longer}");
        let view = visitor.get(&format!("{PILOT}.json")).await.sees(StatusCode::OK).json();
        assert_eq!(
            (view["a"]["begun"].as_i64(), view["b"]["begun"].as_i64()),
            (Some(40 - longer), Some(longer)),
            "{view}"
        );
        assert_eq!((view["a"]["number"].as_i64(), view["b"]["number"].as_i64()), (Some(1), Some(2)));
        assert_eq!((view["a"]["sent"]["value"].as_f64(), view["mismatch"].as_bool()), (Some(1.0), Some(false)));
        assert!(view["b"]["sent"]["value"].as_f64().unwrap() < 0.9, "{view}");
        let filed = hall.town.column("select pilot from applications where number = 2").await;
        assert!(!filed.is_empty() && filed.iter().all(|mark| mark.ends_with(".b")), "{filed:?}");
        let page = visitor.get(PILOT).await.sees(StatusCode::OK).says("Does one question more").says("Version 2");
        page.says("Chance chooses").says("n = ").never_says("Do not trust");
        // Given out by anything but chance, it says so.
        let tampered = hall.town.town.db().write(|tx| {
            tx.execute("update service_pilots set begun_b = begun_b + 60", &[])?;
            tx.commit(database::OffRecord("a test"), ())
        });
        tampered.await.map_err(|error: database::DbError| error).unwrap();
        visitor.get(PILOT).await.says("Do not trust the comparison");
    }
}

#[tokio::test]
async fn a_pilot_chooses_how_somebody_is_asked_and_never_what_they_get() {
    for hall in halls().await {
        let olga = drafted(&hall).await;
        let refused = StatusCode::UNPROCESSABLE_ENTITY;
        let good = [("share", "20"), ("pilot-why", "To see")];
        does(&hall, &olga, "begin", &[("share", "0"), ("pilot-why", "x")]).await.sees(refused).says("between 5 and 95");
        does(&hall, &olga, "begin", &[("share", "50"), ("pilot-why", " ")])
            .await
            .sees(refused)
            .says("want to find out");
        hall.keep(&olga, "parking", &[("four-eyes", "yes")]).await.sees(StatusCode::SEE_OTHER);
        does(&hall, &olga, "begin", &good).await.sees(refused).says("chance must not choose");
        hall.keep(&olga, "parking", &[("charges", "filing")]).await.sees(StatusCode::SEE_OTHER);
        does(&hall, &olga, "begin", &good).await.sees(refused).says("chance must not choose");
        hall.keep(&olga, "parking", &[("charges", "never")]).await.sees(StatusCode::SEE_OTHER);
        let stale = [("version", "1"), ("share", "20"), ("pilot-why", "To see")];
        olga.post("/admin/services/parking/pilot/begin", &stale).await.sees(StatusCode::CONFLICT);
        does(&hall, &olga, "begin", &good).await.sees(StatusCode::SEE_OTHER);
        does(&hall, &olga, "begin", &good).await.sees(StatusCode::CONFLICT).says("End it first");
        hall.publish(&olga, "parking").await.sees(StatusCode::CONFLICT).says("End it first");
        let parks = hall.town.agency("parks", "Parks").await;
        let paula = hall.town.holder("paula@example.org", civic::Role::Officer, Some(&parks)).await;
        paula.post("/admin/services/parking/pilot/keep", &[]).await.sees(StatusCode::NOT_FOUND);
        // Kept: what is in force stays, and the next version gets a number of its own.
        does(&hall, &olga, "keep", &[]).await.sees(StatusCode::SEE_OTHER);
        does(&hall, &olga, "keep", &[]).await.sees(StatusCode::NOT_FOUND);
        hall.town.browser().get(PILOT).await.sees(StatusCode::OK).says("what was in force stays");
        hall.town.browser().get("/services/parking").await.never_says("Which street?");
        does(&hall, &olga, "begin", &good).await.sees(StatusCode::SEE_OTHER);
        does(&hall, &olga, "adopt", &[]).await.sees(StatusCode::SEE_OTHER);
        hall.town.browser().get("/services/parking").await.says("Which street?");
        let more = [("kind", "text"), ("label-en", "Which colour?"), ("name", "colour")];
        hall.question(&olga, "parking", &more).await.sees(StatusCode::SEE_OTHER);
        hall.publish(&olga, "parking").await.sees(StatusCode::SEE_OTHER);
        assert_eq!(
            hall.town.column("select cast(number as text) from service_versions order by number").await,
            ["1", "2", "3", "4"]
        );
        hall.town.settle().await;
        let record = hall.town.record().await;
        let said = |saying: &str| record.iter().filter(|entry| entry.contains(saying)).count();
        assert_eq!((said("service.pilot-begun"), said("service.pilot-ended"), said("service.published")), (2, 2, 3));
    }
}

#[tokio::test]
async fn what_was_typed_is_still_there_when_it_is_refused() {
    for hall in halls().await {
        let olga = drafted(&hall).await;
        let refused = StatusCode::UNPROCESSABLE_ENTITY;
        let typed =
            [("share", "4"), ("pilot-why-en", "Does it keep people away?"), ("pilot-why-es", "¿Aleja a la gente?")];
        let no = does(&hall, &olga, "begin", &typed).await.sees(refused).says("between 5 and 95");
        no.says("value=\"4\"").says("Does it keep people away?</textarea>").says("¿Aleja a la gente?</textarea>");
        // Too long in one language is said there.
        let long = "¿".repeat(1_001);
        let typed = [("share", "20"), ("pilot-why-en", "Why it is short"), ("pilot-why-es", long.as_str())];
        let no = does(&hall, &olga, "begin", &typed).await.sees(refused).says("href=\"#pilot-why-es\"");
        no.never_says("href=\"#pilot-why-en\"").says("id=\"pilot-why-es-error\"").says("Why it is short</textarea>");
    }
}
