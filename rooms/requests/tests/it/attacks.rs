//! The attack list of RELIABILITY, as far as this room goes.

use crate::{reporting::DOT, town::rooms};
use axum::http::{Method, Request, StatusCode, header};
use civic::Role;
use testing::Part;

/// 1, 2, 3, 18: script in a name, a file name, an address of a page, a comment.
#[tokio::test]
async fn script_stays_words() {
    const EVIL: &str = "<script>alert(1)</script>\"onload=x";
    for room in rooms().await {
        let (code, own) = room.lamp(EVIL).await;
        room.town.settle().await;
        let eve = room.town.signed_in("eve@example.org").await;
        eve.post("/me/name", &[("name", EVIL), ("language", "en")]).await;
        eve.post("/comments", &[("kind", "request"), ("id", &code), ("text", EVIL)]).await.sees(StatusCode::SEE_OTHER);
        let parts = [
            Part::Text("category", "lamp"),
            Part::Text("address", EVIL),
            Part::File("photo", "<img src=x onerror=alert(1)>.png", DOT),
        ];
        room.town.browser().post_files("/requests", &parts).await.sees(StatusCode::SEE_OTHER);
        let encoded = "%3Cscript%3Ealert(1)%3C%2Fscript%3E%22onload%3Dx";
        let pages = [
            format!("/requests/{code}"),
            own,
            "/requests".to_owned(),
            format!("/requests?q={encoded}"),
            format!("/search?q={encoded}"),
            "/requests.rss".to_owned(),
        ];
        for page in pages {
            let seen = room.town.browser().get(&page).await.sees(StatusCode::OK);
            assert!(
                !seen.text.contains("<script>alert")
                    && !seen.text.contains("\"onload=x")
                    && !seen.text.contains("<img src=x"),
                "{page}"
            );
        }
        room.lamps.get(&format!("/desk/{code}")).await.sees(StatusCode::OK).never_says("<script>alert");
        room.lamps.get("/desk").await.sees(StatusCode::OK).never_says("<script>alert");
    }
}

/// 4, 5, 7: nobody acts at the desk but who holds the mandate, by page or by program.
#[tokio::test]
async fn the_desk_opens_only_to_who_answers() {
    for room in rooms().await {
        let (code, _) = room.lamp("It flickers").await;
        let resident = room.town.signed_in("amina@example.org").await;
        let auditor = room.town.program(&room.town.token(Role::Auditor).await);
        for (who, status) in [(&room.town.browser(), StatusCode::SEE_OTHER), (&resident, StatusCode::FORBIDDEN)] {
            who.get("/desk").await.sees(status);
            who.get(&format!("/desk/{code}")).await.sees(status);
            who.post(&format!("/desk/{code}/resolve"), &[("text", "Done")]).await.sees(status);
            who.get("/admin/categories").await.sees(status);
        }
        room.bins.get(&format!("/desk/{code}")).await.sees(StatusCode::NOT_FOUND);
        room.bins.post(&format!("/desk/{code}/resolve"), &[("text", "Done")]).await.sees(StatusCode::NOT_FOUND);
        auditor.post(&format!("/desk/{code}/resolve"), &[("text", "Done")]).await.sees(StatusCode::FORBIDDEN);
        room.lamps.post("/admin/categories", &[("code", "x")]).await.sees(StatusCode::FORBIDDEN);
        assert_eq!(room.town.browser().get(&format!("/requests/{code}.json")).await.json()["state"], "received");
        // A page that one may not see looks like one that is not there.
        let forbidden = resident.get("/desk").await.text;
        let absent = resident.get("/deskk").await.text;
        let plain = |text: &str| text.replace("/deskk", "/desk");
        assert_eq!(plain(&forbidden), plain(&absent));
    }
}

/// 12: what sorts and filters never becomes SQL.
#[tokio::test]
async fn filters_are_values() {
    for room in rooms().await {
        room.lamp("It flickers").await;
        let visitor = room.town.browser();
        for evil in ["'", "lamp'--", "lamp%27%20or%201%3D1", "%22%3B%20drop%20table%20requests", "%00"] {
            for field in ["category", "district", "state", "q", "from", "after", "limit"] {
                let seen = visitor.get(&format!("/requests.json?{field}={evil}")).await;
                assert!(
                    seen.status.is_client_error() || (field == "q" && seen.status == StatusCode::OK),
                    "{field}={evil}: {}",
                    seen.status
                );
            }
        }
        assert_eq!(visitor.get("/requests.json").await.json()["requests"].as_array().unwrap().len(), 1);
    }
}

/// 20: a form of another site is refused for who is signed in; 19 is with `people`.
#[tokio::test]
async fn forms_of_other_sites_are_refused() {
    for room in rooms().await {
        let (code, _) = room.lamp("It flickers").await;
        let path = format!("/desk/{code}/decline");
        for (name, value) in [
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
            ("origin", "http://town.test:8081"),
            ("origin", "null"),
        ] {
            let request = Request::builder()
                .method(Method::POST)
                .uri(&path)
                .header(name, value)
                .header(header::HOST, "town.test");
            let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
            room.lamps.send(request, b"text=no".to_vec()).await.sees(StatusCode::FORBIDDEN);
        }
        assert_eq!(room.town.browser().get(&format!("/requests/{code}.json")).await.json()["state"], "received");
    }
}

/// 2, 16, 24: a photo is decoded and encoded anew, whatever it is called; nothing else is taken.
#[tokio::test]
async fn only_photos_come_in() {
    for room in rooms().await {
        let before = room.town.column("select code from requests").await.len();
        for (name, bytes) in [
            ("x.svg", &b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>"[..]),
            ("x.jpg", b"<html><script>alert(1)</script>"),
            ("x.jpg", b"%!PS-Adobe-3.0 (id) exec"),
            ("../../etc/passwd", b"push graphic-context"),
            ("x.png", &DOT[..20]),
        ] {
            let parts =
                [Part::Text("category", "lamp"), Part::Text("address", "Quay"), Part::File("photo", name, bytes)];
            let seen = room.town.browser().post_files("/requests", &parts).await;
            assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        }
        assert_eq!(room.town.column("select code from requests").await.len(), before, "nothing half-stored");
        assert!(room.town.column("select id from files").await.is_empty());
    }
}

/// What is erased is gone from every table.
#[tokio::test]
async fn erased_means_gone() {
    for room in rooms().await {
        let amina = room.town.signed_in("amina@example.org").await;
        let body = [
            ("category", "lamp"),
            ("address", "Quay"),
            ("description", "Zanzibar words"),
            ("email", "amina@example.org"),
            ("name", "Amina Q"),
        ];
        amina.post("/requests", &body).await.sees(StatusCode::SEE_OTHER);
        room.town.settle().await;
        let export = amina.get("/me.json").await.sees(StatusCode::OK).text;
        assert!(!export.is_empty());
        amina.post("/me/erase", &[("agreed", "yes"), ("sure", "yes")]).await;
        room.town.settle().await;
        let tables = [
            "requests.description",
            "request_reporters.email",
            "request_reporters.name",
            "search_words.word",
            "followers.email",
            "people.email",
        ];
        for column in tables {
            let (table, column_name) = column.split_once('.').unwrap();
            let sql = format!(
                "select {column_name} from {table} where lower({column_name}) like '%zanzibar%' or lower({column_name}) like '%amina%'"
            );
            let found = room
                .town
                .town
                .db()
                .read(move |tx| tx.query(&sql, &[]))
                .await
                .map_err(|e: database::DbError| e)
                .unwrap();
            assert!(found.is_empty(), "{column} still holds it");
        }
    }
}
