use crate::town::towns;
use axum::http::StatusCode;

const COOKIE: &str = "polity_session";

#[tokio::test]
async fn a_resident_signs_in_by_the_mailed_link() {
    for town in towns() {
        let browser = town.browser();
        let link = town.link_for(&browser, "Amina@Example.org", "/requests/R-7K2M").await;
        let page = browser.get(&link).await.sees(StatusCode::OK);
        assert!(page.text.contains("amina@example.org"));
        assert_eq!(page.headers["cache-control"], "no-store");
        let entered = browser.post(&link, &[]).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(entered.location(), "/requests/R-7K2M");
        let cookie =
            entered.headers.get_all("set-cookie").iter().find(|one| one.to_str().unwrap().starts_with(COOKIE)).unwrap();
        let cookie = cookie.to_str().unwrap();
        assert!(
            cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Max-Age=2592000"),
            "{cookie}"
        );
        let me = browser.get("/me.json").await.sees(StatusCode::OK);
        assert!(
            me.text.contains(r#""email":"amina@example.org""#) && me.text.contains(r#""handle":"resident-"#),
            "{}",
            me.text
        );
        browser.get("/me").await.sees(StatusCode::OK);
        assert!(town.record().await.is_empty(), "who signs in is not on the record");

        browser.post("/sign-out", &[]).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(browser.get("/me").await.sees(StatusCode::SEE_OTHER).location(), "/sign-in?back=/me");
    }
}

#[tokio::test]
async fn looking_at_the_link_changes_nothing() {
    for town in towns() {
        let browser = town.browser();
        let link = town.link_for(&browser, "amina@example.org", "").await;
        for _ in 0..3 {
            town.browser().get(&link).await.sees(StatusCode::OK);
        }
        assert!(town.column("select id from people").await.is_empty(), "a scanner that follows links makes no account");
        browser.post(&link, &[]).await.sees(StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn a_link_works_once_and_for_thirty_minutes() {
    for town in towns() {
        let browser = town.browser();
        let link = town.link_for(&browser, "amina@example.org", "").await;
        browser.post(&link, &[]).await.sees(StatusCode::SEE_OTHER);
        let second = town.browser();
        second.post(&link, &[]).await.sees(StatusCode::GONE);
        second.get(&link).await.sees(StatusCode::GONE);
        assert_eq!(second.cookie(COOKIE), None);

        let late = town.link_for(&browser, "amina@example.org", "").await;
        town.clock.advance_seconds(30 * 60);
        second.get(&late).await.sees(StatusCode::GONE);
        second.post(&late, &[]).await.sees(StatusCode::GONE);
        assert_eq!(second.cookie(COOKIE), None);
    }
}

#[tokio::test]
async fn of_two_who_press_the_button_at_once_one_gets_in() {
    for town in towns() {
        let link = town.link_for(&town.browser(), "amina@example.org", "").await;
        let (first, second) = (town.browser(), town.browser());
        let (one, two) = tokio::join!(first.post(&link, &[]), second.post(&link, &[]));
        let mut statuses = [one.status, two.status];
        statuses.sort();
        assert_eq!(statuses, [StatusCode::SEE_OTHER, StatusCode::GONE]);
    }
}

#[tokio::test]
async fn the_answer_does_not_tell_who_has_an_account() {
    for town in towns() {
        town.signed_in("known@example.org").await;
        let stranger = town.browser();
        let known = stranger.post("/sign-in", &[("email", "known@example.org")]).await;
        let unknown = stranger.post("/sign-in", &[("email", "unknown@example.org")]).await;
        assert_eq!((known.status, known.location(), &known.text), (unknown.status, unknown.location(), &unknown.text));
    }
}

#[tokio::test]
async fn a_planted_session_is_worth_nothing_after_signing_in() {
    for town in towns() {
        let planted = "A".repeat(43);
        let victim = town.browser();
        victim.set_cookie(COOKIE, &planted);
        let link = town.link_for(&victim, "victim@example.org", "").await;
        victim.post(&link, &[]).await.sees(StatusCode::SEE_OTHER);
        assert_ne!(victim.cookie(COOKIE).unwrap(), planted);
        let attacker = town.browser();
        attacker.set_cookie(COOKIE, &planted);
        attacker.get("/me").await.sees(StatusCode::SEE_OTHER);

        // Signing in again makes a fresh session and ends the one before.
        let before = victim.cookie(COOKIE).unwrap();
        let link = town.link_for(&victim, "victim@example.org", "").await;
        victim.post(&link, &[]).await.sees(StatusCode::SEE_OTHER);
        attacker.set_cookie(COOKIE, &before);
        attacker.get("/me").await.sees(StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn the_database_keeps_no_secret_that_signs_in() {
    for town in towns() {
        let browser = town.signed_in("amina@example.org").await;
        let secret = browser.cookie(COOKIE).unwrap();
        let kept = town.column("select token_hash from sessions").await;
        assert_eq!(kept.len(), 1);
        assert_ne!(kept[0], secret);
        let thief = town.browser();
        thief.set_cookie(COOKIE, &kept[0]);
        thief.get("/me").await.sees(StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn nobody_is_sent_to_another_site() {
    let evil = [
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "\\\\evil.example",
        "/\tevil",
        "/\n/evil.example",
        "javascript:alert(1)",
        "evil.example",
        "",
        " //evil.example",
    ];
    for text in evil {
        assert_eq!(people::local_path(text), None, "{text:?}");
    }
    assert_eq!(people::local_path("/requests?state=open#top"), Some("/requests?state=open#top"));
    for town in towns() {
        for (number, text) in evil.into_iter().enumerate() {
            let browser = town.browser();
            let link = town.link_for(&browser, &format!("person{number}@example.org"), text).await;
            let entered = browser.post(&link, &[]).await.sees(StatusCode::SEE_OTHER);
            assert_eq!(entered.location(), "/me", "{text:?}");
        }
        let page = town.browser().get("/sign-in?back=//evil.example").await.sees(StatusCode::OK);
        assert!(page.text.contains(r#"name="back" value="""#), "{}", page.text);
    }
}

#[tokio::test]
async fn a_session_ends_after_thirty_days() {
    for town in towns() {
        let browser = town.signed_in("amina@example.org").await;
        town.clock.advance_seconds(29 * 86_400);
        browser.get("/me").await.sees(StatusCode::OK);
        assert_eq!(
            town.column("select cast(last_seen as text) from sessions").await,
            ["1792454400000000"],
            "only the day is kept"
        );
        town.clock.advance_seconds(86_400);
        browser.get("/me").await.sees(StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn one_signs_out_everywhere_else() {
    for town in towns() {
        let here = town.signed_in("amina@example.org").await;
        let there = town.signed_in("amina@example.org").await;
        here.post("/me/sessions/end-others", &[]).await.sees(StatusCode::SEE_OTHER);
        here.get("/me").await.sees(StatusCode::OK);
        there.get("/me").await.sees(StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn a_mailbox_is_not_flooded() {
    for town in towns() {
        let browser = town.browser();
        for _ in 0..12 {
            browser.post("/sign-in", &[("email", "victim@example.org")]).await.sees(StatusCode::SEE_OTHER);
        }
        assert_eq!(town.mails().await.len(), 5, "open links for one address");
        let thirteenth = browser.post("/sign-in", &[("email", "other@example.org")]).await;
        assert_eq!(thirteenth.status, StatusCode::TOO_MANY_REQUESTS, "mails for one sender");
    }
}

#[tokio::test]
async fn a_form_from_another_site_does_not_sign_out() {
    for town in towns() {
        let browser = town.signed_in("amina@example.org").await;
        let sibling = town.router.clone();
        let request = axum::http::Request::post("/sign-out")
            .header("cookie", format!("{COOKIE}={}", browser.cookie(COOKIE).unwrap()))
            .header("sec-fetch-site", "cross-site")
            .body(axum::body::Body::empty())
            .unwrap();
        let refused = tower::ServiceExt::oneshot(sibling, request).await.unwrap();
        assert_eq!(refused.status(), StatusCode::FORBIDDEN);
        browser.get("/me").await.sees(StatusCode::OK);
    }
}
