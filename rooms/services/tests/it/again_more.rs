//! What answers that are given again take along: other answers, fees, files, and the end of waiting.

use crate::{
    applying::PNG,
    paying::{BY_RENT, charging},
    town::{Hall, REASONS, halls},
};
use axum::http::StatusCode;
use testing::{Browser, Part};

/// Opens the questions with a key, or as who is signed in; the address of the draft.
async fn reopens(who: &Browser, code: &str, key: &str) -> String {
    let begun = who.post(&format!("/applications/{code}/reopen"), &[("key", key)]).await;
    begun.sees(StatusCode::SEE_OTHER).location().rsplit_once('/').unwrap().0.to_owned()
}

/// Files a draft; its reference and key.
async fn files(who: &Browser, draft: &str) -> (String, String) {
    let sent = who.post(&format!("{draft}/check.json"), &[]).await.sees(StatusCode::CREATED).json();
    (sent["code"].as_str().unwrap().to_owned(), sent["key"].as_str().unwrap().to_owned())
}

#[tokio::test]
async fn an_answer_that_no_longer_fits_beside_the_new_one_can_be_put_right() {
    for hall in halls().await {
        let olga = hall.parking(&[]).await;
        let number = [("kind", "number"), ("whole", "yes"), ("least", "0")];
        for (name, more) in [("members", ("most", "30")), ("children", ("at-most", "members"))] {
            let mut all = vec![("name", name), ("label-en", name), more];
            all.extend(number);
            hall.question(&olga, "parking", &all).await.sees(StatusCode::SEE_OTHER);
        }
        hall.publish(&olga, "parking").await.sees(StatusCode::SEE_OTHER);
        let amina = hall.town.browser();
        let draft = hall.begins(&amina).await;
        hall.answers(&amina, &draft).await;
        for (page, answer) in [("page_members", "4"), ("page_children", "3")] {
            amina.post(&format!("{draft}/{page}"), &[("q1", answer)]).await.sees(StatusCode::SEE_OTHER);
        }
        let (code, key) = files(&amina, &draft).await;
        hall.acts(&olga, &code, "ask", &[("question", "members")]).await.sees(StatusCode::SEE_OTHER);
        let draft = reopens(&amina, &code, &key).await;
        let children = format!("{draft}/page_children");
        amina.get(&children).await.sees(StatusCode::NOT_FOUND);
        let next = amina.post(&format!("{draft}/page_members"), &[("q1", "2")]).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(next.location(), children);
        amina.get(&format!("{draft}/check")).await.says(&format!("href=\"{children}\""));
        amina.post(&format!("{draft}/check"), &[]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        amina.post(&children, &[("q1", "1")]).await.sees(StatusCode::SEE_OTHER);
        // It can be changed again, and everything else cannot.
        amina.get(&children).await.sees(StatusCode::OK).says("value=\"1\"");
        amina.get(&format!("{draft}/page_rent")).await.sees(StatusCode::NOT_FOUND);
        amina.post(&format!("{draft}/check"), &[]).await.sees(StatusCode::SEE_OTHER);
        let status = amina.get(&format!("/applications/{code}.json?key={key}")).await.json();
        assert_eq!((&status["answers"]["members"], &status["answers"]["children"]), (&2.into(), &1.into()));
    }
}

/// Answers the rent again.
async fn pays_rent(hall: &Hall, olga: &Browser, code: &str, key: &str, rent: &str) {
    hall.acts(olga, code, "ask", &[("question", "rent")]).await.sees(StatusCode::SEE_OTHER);
    let who = hall.town.browser();
    let draft = reopens(&who, code, key).await;
    who.post(&format!("{draft}/page_rent"), &[("q1", rent)]).await.sees(StatusCode::SEE_OTHER);
    who.post(&format!("{draft}/check"), &[]).await.sees(StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_fee_that_is_not_paid_follows_the_answers_and_one_that_is_paid_stays() {
    for hall in halls().await {
        let olga = charging(&hall, BY_RENT, "filing").await;
        let (code, key) = hall.applies(&hall.town.browser()).await;
        let fee = || hall.town.column("select state from payments");
        let steps = || hall.town.column("select what from payment_steps order by at, id");
        assert_eq!(fee().await, ["due"]);
        pays_rent(&hall, &olga, &code, &key, "200").await;
        assert_eq!((fee().await, steps().await.len()), (vec!["nothing".to_owned()], 2));
        pays_rent(&hall, &olga, &code, &key, "950").await;
        // The rules say the same: nothing happens.
        pays_rent(&hall, &olga, &code, &key, "960").await;
        assert_eq!(fee().await, ["due"]);
        assert_eq!(steps().await, ["worked-out", "worked-out", "worked-out"]);
        let page = hall.opens(&olga, &code).await.text;
        let version = crate::town::hidden(&page, "fee-version");
        let paid = [("fee-version", version.as_str()), ("reference", "R-1")];
        olga.post(&format!("/desk/services/{code}/fee/take"), &paid).await.sees(StatusCode::SEE_OTHER);
        pays_rent(&hall, &olga, &code, &key, "200").await;
        assert_eq!(fee().await, ["paid"]);
        assert_eq!(steps().await.last().unwrap(), "differs");
        hall.opens(&olga, &code).await.says("the rules say another amount now");
    }
}

#[tokio::test]
async fn nobody_goes_on_answering_what_is_decided() {
    for hall in halls().await {
        let olga = hall.parking(&[]).await;
        let lease = [("kind", "upload"), ("label-en", "Lease"), ("name", "lease"), ("required", "")];
        hall.question(&olga, "parking", &lease).await.sees(StatusCode::SEE_OTHER);
        hall.publish(&olga, "parking").await.sees(StatusCode::SEE_OTHER);
        let amina = hall.town.browser();
        for end in ["decide", "withdraw"] {
            let draft = hall.begins(&amina).await;
            hall.answers(&amina, &draft).await;
            let photo = [Part::File("q1", "a.png", PNG)];
            amina.post_files(&format!("{draft}/page_lease"), &photo).await.sees(StatusCode::SEE_OTHER);
            let (code, key) = files(&amina, &draft).await;
            hall.acts(&olga, &code, "ask", &[("question", "lease")]).await.sees(StatusCode::SEE_OTHER);
            let draft = reopens(&amina, &code, &key).await;
            amina.post_files(&format!("{draft}/page_lease"), &photo).await.sees(StatusCode::SEE_OTHER);
            if end == "decide" {
                hall.acts(&olga, &code, "decide", &[("outcome", "refused"), REASONS]).await.sees(StatusCode::SEE_OTHER);
            } else {
                let withdrawn = amina.post(&format!("/applications/{code}/withdraw"), &[("key", &key)]).await;
                withdrawn.sees(StatusCode::SEE_OTHER);
            }
            amina.get(&format!("{draft}/check")).await.sees(StatusCode::NOT_FOUND);
            assert!(hall.town.column("select code from application_asks").await.is_empty());
            assert!(hall.town.column("select reopens from service_drafts").await.is_empty());
            let left = hall.town.column("select owner from service_files where owner not like 'A-%'").await;
            assert!(left.is_empty(), "{left:?}");
            let status = amina.get(&format!("/applications/{code}.json?key={key}")).await.sees(StatusCode::OK).json();
            assert!(status["asked"].as_array().is_none_or(Vec::is_empty), "{status}");
        }
    }
}

#[tokio::test]
async fn files_have_room_for_so_much_and_each_of_a_case_can_be_opened() {
    for hall in halls().await {
        let olga = hall.parking(&[]).await;
        let lease = [("kind", "upload"), ("label-en", "Lease"), ("name", "lease")];
        hall.question(&olga, "parking", &lease).await.sees(StatusCode::SEE_OTHER);
        hall.publish(&olga, "parking").await.sees(StatusCode::SEE_OTHER);
        let amina = hall.town.browser();
        let draft = hall.begins(&amina).await;
        hall.answers(&amina, &draft).await;
        let page = format!("{draft}/page_lease");
        let mut large = b"%PDF-1.7".to_vec();
        large.resize(8 * 1024 * 1024 - 5, b' ');
        large.extend_from_slice(b"%%EOF");
        // A name does not read backwards what it is.
        let name = "lea\u{202e}fdp.exe\u{2066}\u{200f}";
        for _ in 0..3 {
            amina.post_files(&page, &[Part::File("q1", name, &large)]).await.sees(StatusCode::SEE_OTHER);
        }
        let many = amina.post_files(&page, &[Part::File("q1", "x", b"%PDF-1.7 small %%EOF")]).await;
        many.sees(StatusCode::UNPROCESSABLE_ENTITY).says("at most 24 MB together").says("href=\"#q1\"");
        assert_eq!(hall.town.column("select distinct name from service_files").await, ["leafdp.exe.pdf"]);
        let (code, key) = files(&amina, &draft).await;
        // Also what came as the hundred and first.
        hall.runs(format!(
            "insert into service_files (id, owner, field, name, width, height, picture, at, media) \
             with recursive n(i) as (select 1 union all select i + 1 from n where i < 99) \
             select 'copy-' || i, owner, field, name, width, height, substr(picture, 1, 8), at + i, media from n, \
             (select * from service_files order by at limit 1) f where '{code}' = owner"
        ))
        .await;
        let last = format!("/applications/{code}/photo/copy-99?key={key}");
        amina.get(&last).await.sees(StatusCode::OK);
        // And no more come by answering again.
        hall.acts(&olga, &code, "ask", &[("question", "lease")]).await.sees(StatusCode::SEE_OTHER);
        let draft = reopens(&amina, &code, &key).await;
        let more = amina.post_files(&format!("{draft}/page_lease"), &[Part::File("q1", "a.png", PNG)]).await;
        more.sees(StatusCode::UNPROCESSABLE_ENTITY).says("at most 60");
    }
}
