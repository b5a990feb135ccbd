//! The attack list of RELIABILITY, as far as this room goes.

use crate::town::{day, page_sends_json, rooms, trees};
use axum::http::{Method, Request, StatusCode, header};
use civic::Role;
use serde_json::json;

const EVIL: &str = "<script>alert(1)</script>\"onload=x";

/// Script in a title, in words, in an address of a page.
#[tokio::test]
async fn script_stays_words() {
    for room in rooms().await {
        let mut making = trees();
        making["title[en]"] = json!(EVIL);
        making["summary[en]"] = json!(EVIL);
        making["milestones"] = json!(format!("{} {EVIL}", day(5)));
        let code = room.promise(&making).await;
        room.keep(&code, "report", &[("text", EVIL)]).await.sees(StatusCode::SEE_OTHER);
        room.keep(&code, "fulfil", &[("text", EVIL)]).await.sees(StatusCode::SEE_OTHER);
        room.town.settle().await;
        let encoded = "%3Cscript%3Ealert(1)%3C%2Fscript%3E%22onload%3Dx";
        for page in [
            format!("/commitments/{code}"),
            format!("/commitments/{code}.rss"),
            "/commitments".to_owned(),
            "/commitments.rss".to_owned(),
            format!("/commitments?q={encoded}"),
            "/commitments/outcomes".to_owned(),
            "/embed/commitments".to_owned(),
            format!("/thread/commitment/{code}"),
        ] {
            let seen = room.town.browser().get(&page).await.sees(StatusCode::OK);
            assert!(!seen.text.contains("<script>alert") && !seen.text.contains("\"onload=x"), "{page}");
        }
        let desk = room.parks.get(&format!("/commitments/{code}/desk")).await.sees(StatusCode::OK);
        desk.never_says("<script>alert").never_says("\"onload=x");
    }
}

/// Nobody promises or acts but who holds the mandate, by page or by program; another organisation's desk is not there.
#[tokio::test]
async fn only_who_holds_the_mandate_acts() {
    for room in rooms().await {
        let code = room.promise(&trees()).await;
        let resident = room.town.signed_in("amina@example.org").await;
        let desk = format!("/commitments/{code}/desk");
        let done = [("text", "Done")];
        for (who, status) in [(&room.town.browser(), StatusCode::SEE_OTHER), (&resident, StatusCode::FORBIDDEN)] {
            who.get(&desk).await.sees(status);
            who.get("/commitments/new").await.sees(status);
            who.post("/commitments", &[("title[en]", "x")]).await.sees(status);
            who.post("/commitments/adopt", &[("from", "vote/V-1")]).await.sees(status);
            who.post(&format!("/commitments/{code}/fulfil"), &done).await.sees(status);
        }
        room.roads.get(&desk).await.sees(StatusCode::NOT_FOUND);
        room.roads.post(&format!("/commitments/{code}/fulfil"), &done).await.sees(StatusCode::NOT_FOUND);
        page_sends_json(&room.roads, "/commitments.json", &trees()).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        let auditor = room.town.program(&room.town.token(Role::Auditor).await);
        auditor.post(&format!("/commitments/{code}/fulfil"), &done).await.sees(StatusCode::FORBIDDEN);
        assert_eq!(room.seen(&code).await["state"], "promised");
        let program = room.town.program(&room.town.token(Role::Administrator).await);
        program.post_json("/commitments.json", &trees()).await.sees(StatusCode::CREATED);
    }
}

#[tokio::test]
async fn forms_of_other_sites_are_refused() {
    for room in rooms().await {
        let code = room.promise(&trees()).await;
        for (name, value) in [("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site"), ("origin", "null")] {
            let request = Request::builder().method(Method::POST).uri(format!("/commitments/{code}/drop"));
            let request = request.header(name, value).header(header::HOST, "town.test");
            let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
            room.parks.send(request, b"text=no".to_vec()).await.sees(StatusCode::FORBIDDEN);
        }
        assert_eq!(room.seen(&code).await["state"], "promised");
    }
}

/// The words and the day of a promise cannot be changed by any door.
#[tokio::test]
async fn a_promise_is_never_rewritten() {
    for room in rooms().await {
        let code = room.promise(&trees()).await;
        let before = room.seen(&code).await;
        for act in ["edit", "delete", "title", "made", "late", "begin/again"] {
            let status =
                room.keep(&code, act, &[("title[en]", "Four trees"), ("due", &*day(90)), ("text", "x")]).await.status;
            assert_eq!(status, StatusCode::NOT_FOUND, "{act}");
        }
        let smuggled = [("text", "Ten stand"), ("title[en]", "Four trees"), ("due", &*day(90)), ("budgeted", "1")];
        room.keep(&code, "report", &smuggled).await.sees(StatusCode::SEE_OTHER);
        let after = room.seen(&code).await;
        for field in ["title", "titles", "due_at", "budgeted_cents", "promised_at"] {
            assert_eq!(before[field], after[field], "{field}");
        }
    }
}
