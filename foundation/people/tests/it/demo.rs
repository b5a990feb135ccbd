use crate::town::{Browser, TestTown, real_towns, towns};
use axum::http::StatusCode;

async fn with_personas(town: &TestTown) -> Browser {
    let admin = town.administrator().await;
    admin
        .post("/admin/organisations", &[("code", "street-services"), ("name[en]", "Streets")])
        .await
        .sees(StatusCode::SEE_OTHER);
    for _ in 0..2 {
        let agencies = ["street-services".to_owned()];
        people::demo::make_personas(town.town.db(), &agencies, town.town.now(), town.chance()).await.unwrap();
    }
    town.browser()
}

#[tokio::test]
async fn a_visitor_of_the_demo_can_be_anybody() {
    for town in towns() {
        let browser = with_personas(&town).await;
        for (persona, admin_page) in [
            ("resident", StatusCode::FORBIDDEN),
            ("officer", StatusCode::FORBIDDEN),
            ("administrator", StatusCode::OK),
            ("moderator", StatusCode::FORBIDDEN),
            ("auditor", StatusCode::FORBIDDEN),
        ] {
            browser.post(&format!("/demo/be/{persona}"), &[]).await.sees(StatusCode::SEE_OTHER);
            assert!(browser.get("/me.json").await.text.contains(&format!(r#""handle":"{persona}-"#)), "{persona}");
            browser.get("/admin/people").await.sees(admin_page);
        }
        browser.post("/demo/be/visitor", &[]).await.sees(StatusCode::SEE_OTHER);
        browser.get("/me").await.sees(StatusCode::SEE_OTHER);
        browser.post("/demo/be/mayor", &[]).await.sees(StatusCode::NOT_FOUND);
        assert_eq!(town.column("select id from people").await.len(), 6, "made once");
    }
}

#[tokio::test]
async fn the_outbox_shows_the_mails_with_their_links() {
    for town in towns() {
        let browser = town.browser();
        let link = town.link_for(&browser, "amina@example.org", "").await;
        let page = browser.get("/outbox").await.sees(StatusCode::OK).text;
        assert!(page.contains(&format!(r#"<a href="{}{link}">"#, crate::town::ADDRESS)), "{page}");
    }
}

#[tokio::test]
async fn a_real_town_has_neither_personas_nor_outbox() {
    for town in real_towns() {
        let browser = with_personas(&town).await;
        browser.post("/demo/be/administrator", &[]).await.sees(StatusCode::NOT_FOUND);
        assert_eq!(browser.cookie("polity_session"), None);
        browser.get("/outbox").await.sees(StatusCode::NOT_FOUND);
    }
}
