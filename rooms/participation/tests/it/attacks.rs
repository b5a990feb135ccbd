//! What hostile people try: each of these is answered by a sentence, a 404 or plain text.

use crate::town::{Room, named, rooms};
use axum::http::StatusCode;

const SCRIPT: &str = "<script>alert(1)</script><img src=x onerror=alert(2)>";

#[tokio::test]
async fn markup_in_titles_texts_names_and_answers_stays_text() {
    for room in rooms().await {
        let eve = named(&room.town, "eve@example.org", "<b onclick=alert(3)>Eve").await;
        let mut words = Room::words(SCRIPT);
        words["text"] = format!("# Head\n[click](javascript:alert(4)) {SCRIPT}").into();
        words["address"] = "\"><svg onload=alert(5)>".into();
        let code = crate::town::send(&eve, &words).await.sees(StatusCode::CREATED).json();
        let code = code["code"].as_str().unwrap().to_owned();
        room.town.settle().await;
        let argue = [("side", "for"), ("argument", SCRIPT)];
        eve.post(&format!("/proposals/{code}/arguments"), &argue).await.sees(StatusCode::SEE_OTHER);
        let amend = [("title", SCRIPT), ("text", "</p><script>alert(6)</script>"), ("why", SCRIPT), ("version", "1")];
        let amended = room.jon.post(&format!("/proposals/{code}/amend"), &amend).await.sees(StatusCode::SEE_OTHER);
        let page = format!("/proposals/{code}");
        let doors = [
            page.clone(),
            format!("{page}/versions"),
            amended.location().to_owned(),
            "/proposals".to_owned(),
            "/processes/budget".to_owned(),
            "/search?q=alert".to_owned(),
        ];
        for door in doors {
            let seen = room.town.browser().get(&door).await.sees(StatusCode::OK);
            let seen = seen
                .never_says("<script>alert")
                .never_says("<img src=x")
                .never_says("<svg onload")
                .never_says("<b onclick");
            seen.never_says("href=\"javascript");
        }
        let feed = room.town.browser().get("/proposals.rss").await;
        feed.says("&lt;script&gt;").never_says("<script>");
        eve.get(&format!("{page}/edit")).await.never_says("<script>alert");
    }
}

#[tokio::test]
async fn a_draft_is_behind_no_door() {
    for room in rooms().await {
        let draft = [("process", "budget"), ("title", "Unpublished idea zebra"), ("text", "zebra zebra")];
        let edit = room.amina.post("/proposals/new", &draft).await.sees(StatusCode::SEE_OTHER).location().to_owned();
        let page = edit.strip_suffix("/edit").unwrap().to_owned();
        let code = page.rsplit('/').next().unwrap().to_owned();
        room.town.settle().await;
        let doors = ["", ".json", ".rss", "/versions", "/versions.json", "/answer", "/amend", "/join?key=x"];
        for reader in [&room.jon, &room.officer, &room.steward] {
            for door in doors {
                let seen = reader.get(&format!("{page}{door}")).await;
                assert!(matches!(seen.status.as_u16(), 403 | 404), "{door}: {}", seen.status);
                seen.never_says("zebra");
            }
        }
        for act in [
            "support",
            "arguments",
            "endorse",
            "withdraw",
            "amend",
            "answer",
            "merge",
            "separate",
            "invite",
            "edit",
            "join",
        ] {
            let seen = room
                .jon
                .post(&format!("{page}/{act}"), &[("side", "for"), ("argument", "x"), ("email", "a@b.org")])
                .await;
            assert!(matches!(seen.status.as_u16(), 403 | 404), "{act}: {}", seen.status);
        }
        let comment = [("kind", "proposal"), ("id", code.as_str()), ("text", "I know.")];
        room.jon.post("/comments", &comment).await.sees(StatusCode::NOT_FOUND);
        room.jon
            .post("/follow", &[("kind", "proposal"), ("id", &code), ("email", "a@b.org")])
            .await
            .sees(StatusCode::NOT_FOUND);
        for list in [
            "/proposals",
            "/proposals.json",
            "/proposals.csv",
            "/proposals.rss",
            "/processes/budget.json",
            "/search.json?q=unpublished",
            "/proposals/similar?text=unpublished+zebra+idea",
            "/sitemap.xml",
        ] {
            room.town.browser().get(list).await.never_says("zebra").never_says(&code);
        }
        let counted = room.town.browser().get("/proposals.json").await.json();
        assert_eq!(counted["total"], 0);
        assert!(!room.town.record().await.concat().contains(&code));
    }
}

#[tokio::test]
async fn nothing_of_an_address_becomes_sql() {
    for room in rooms().await {
        let code = room.proposal(&room.amina, "A bench by the mill pond").await;
        let evil = [
            "sort=supports%20desc;%20drop%20table%20proposals",
            "sort=newest,(select%201)",
            "seed=1)%20union%20select%201--&sort=random",
            "process=budget'%20or%201=1--",
            "category='%3bdelete%20from%20proposals",
            "state=open'%20or%20'1'='1",
            "district=%22%3b--",
            "after=00000000000000003b2d2d",
            "q='%20or%201=1",
        ];
        for query in evil {
            let seen = room.town.browser().get(&format!("/proposals.json?{query}")).await;
            assert!(!seen.status.is_server_error(), "{query}: {}", seen.status);
            if seen.status == StatusCode::OK && !query.starts_with("after") {
                assert_eq!(seen.json()["total"], 0, "{query}");
            }
        }
        room.town.browser().get(&format!("/proposals/{code}")).await.sees(StatusCode::OK);
    }
}

#[tokio::test]
async fn a_visitor_and_a_program_without_an_account_change_nothing() {
    for room in rooms().await {
        let code = room.proposal(&room.amina, "A bench by the mill pond").await;
        room.turn_to_phase(1);
        let program = room.town.program(&room.town.token(civic::Role::Resident).await);
        let refused = program.post(&format!("/proposals/{code}/support.json"), &[]).await;
        assert_eq!(
            refused.sees(StatusCode::UNPROCESSABLE_ENTITY).json()["errors"][0]["code"],
            "proposal-needs-account"
        );
        let visitor = room.town.browser().post(&format!("/proposals/{code}/support"), &[]).await;
        assert!(visitor.sees(StatusCode::SEE_OTHER).location().starts_with("/sign-in"));
        assert_eq!(room.supports(&code).await, 0);
    }
}
