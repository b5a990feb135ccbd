use crate::town::{Browser, TestTown, towns};
use axum::http::StatusCode;
use civic::Role;
use people::tokens::{self, ConsoleToken};

async fn make(browser: &Browser, role: &str, days: &str) -> Option<String> {
    let page = browser.post("/me/tokens", &[("name", "import"), ("role", role), ("days", days)]).await;
    let start = page.text.find("pt_")?;
    Some(page.text[start..start + 46].to_owned())
}

async fn console(town: &TestTown, role: Role, name: &str) -> String {
    let asked = ConsoleToken {
        name: "console".to_owned(),
        role,
        organisation: None,
        town: name.to_owned(),
        expires_at: town.town.now().plus_days(30),
    };
    tokens::create_at_console(town.town.db(), asked, town.town.now(), town.chance()).await.unwrap().unwrap()
}

#[tokio::test]
async fn a_program_acts_with_a_key_until_it_ends() {
    for town in towns() {
        let amina = town.signed_in("amina@example.org").await;
        let token = make(&amina, "resident", "7").await.unwrap();
        assert!(!amina.get("/me/tokens").await.sees(StatusCode::OK).text.contains(&token), "shown once");
        let kept = town.column("select token_hash from api_tokens").await;
        assert_ne!(kept[0], token);
        let program = town.program(&token);
        program.get("/me.json").await.sees(StatusCode::OK);
        town.program(&kept[0]).get("/me.json").await.sees(StatusCode::UNAUTHORIZED);
        town.clock.advance_seconds(7 * 86_400);
        program.get("/me.json").await.sees(StatusCode::UNAUTHORIZED);
    }
}

#[tokio::test]
async fn a_revoked_key_is_refused() {
    for town in towns() {
        let amina = town.signed_in("amina@example.org").await;
        let token = make(&amina, "resident", "7").await.unwrap();
        let id = town.column("select id from api_tokens").await.remove(0);
        let eve = town.signed_in("eve@example.org").await;
        eve.post(&format!("/me/tokens/{id}/revoke"), &[]).await.sees(StatusCode::NOT_FOUND);
        town.program(&token).get("/me.json").await.sees(StatusCode::OK);
        amina.post(&format!("/me/tokens/{id}/revoke"), &[]).await.sees(StatusCode::SEE_OTHER);
        town.program(&token).get("/me.json").await.sees(StatusCode::UNAUTHORIZED);
    }
}

#[tokio::test]
async fn a_key_is_bound_to_its_town() {
    for town in towns() {
        let own = console(&town, Role::Administrator, "town.test").await;
        let foreign = console(&town, Role::Administrator, "another.example").await;
        town.program(&own).get("/admin/people.json").await.sees(StatusCode::OK);
        town.program(&foreign).get("/admin/people.json").await.sees(StatusCode::UNAUTHORIZED);
        assert_eq!(people::actor_of_token(&town.town, &foreign).await.unwrap(), None);
        let actor = people::actor_of_token(&town.town, &own).await.unwrap().unwrap();
        assert!(actor.handle.starts_with("program-") && actor.person.is_none() && actor.is(Role::Administrator));
    }
}

#[tokio::test]
async fn nobody_makes_a_key_for_a_role_they_do_not_hold() {
    for town in towns() {
        let amina = town.signed_in("amina@example.org").await;
        for role in ["administrator", "officer", "open311", "visitor", "", "resident:x"] {
            assert_eq!(make(&amina, role, "7").await, None, "{role}");
        }
        for days in ["0", "-1", "731", "soon", ""] {
            assert_eq!(make(&amina, "resident", days).await, None, "{days}");
        }
        assert!(town.column("select id from api_tokens").await.is_empty());
    }
}

#[tokio::test]
async fn a_key_ends_with_the_mandate_it_leans_on() {
    for town in towns() {
        let admin = town.administrator().await;
        admin
            .post("/admin/people", &[("email", "a@example.org"), ("role", "auditor")])
            .await
            .sees(StatusCode::SEE_OTHER);
        let auditor = town.signed_in("a@example.org").await;
        let token = make(&auditor, "auditor", "7").await.unwrap();
        assert!(people::actor_of_token(&town.town, &token).await.unwrap().unwrap().is(Role::Auditor));
        let id = town.column("select id from mandates where role = 'auditor'").await.remove(0);
        admin.post(&format!("/admin/mandates/{id}/end"), &[]).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(people::actor_of_token(&town.town, &token).await.unwrap(), None);
    }
}

#[tokio::test]
async fn a_key_neither_makes_keys_nor_erases_its_person() {
    for town in towns() {
        let amina = town.signed_in("amina@example.org").await;
        let program = town.program(&make(&amina, "resident", "7").await.unwrap());
        assert_eq!(make(&program, "resident", "7").await, None);
        program.post("/me/erase", &[("sure", "yes")]).await.sees(StatusCode::FORBIDDEN);
        program.get("/me/export").await.sees(StatusCode::FORBIDDEN);
        amina.get("/me").await.sees(StatusCode::OK);
    }
}

#[tokio::test]
async fn a_key_of_the_console_is_listed_and_can_be_taken_back() {
    for town in towns() {
        let key = console(&town, Role::Administrator, "town.test").await;
        let program = town.program(&key);
        program.get("/mandates.json").await.sees(StatusCode::OK);
        let listed = || town.town.db().read(tokens::of_console);
        let one: Result<Vec<tokens::Token>, database::DbError> = listed().await;
        let one = one.unwrap().remove(0);
        assert_eq!((one.role, one.name.as_str(), one.revoked_at), (Role::Administrator, "console", None));
        let now = town.town.now();
        let revoke = || tokens::revoke_at_console(town.town.db(), one.id, now);
        assert!(revoke().await.unwrap() && !revoke().await.unwrap(), "once");
        program.get("/mandates.json").await.sees(StatusCode::UNAUTHORIZED);
        assert_eq!(listed().await.unwrap()[0].revoked_at, Some(now));
    }
}

#[tokio::test]
async fn a_wrong_key_is_nobody_even_beside_a_good_cookie() {
    for town in towns() {
        let amina = town.signed_in("amina@example.org").await;
        let both = town.program("pt_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
        both.set_cookie("polity_session", &amina.cookie("polity_session").unwrap());
        both.get("/me.json").await.sees(StatusCode::UNAUTHORIZED);
        // Nor are they taken for a visitor: whoever sends a key learns that it opens nothing.
        both.get("/mandates.json").await.sees(StatusCode::UNAUTHORIZED);
    }
}
