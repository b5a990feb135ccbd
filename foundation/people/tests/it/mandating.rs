use crate::town::{Browser, TestTown, towns};
use axum::http::StatusCode;

async fn add_organisation(admin: &Browser) {
    let form = [("code", "street-services"), ("name[en]", "Street Services"), ("name[es]", "Servicios viales")];
    admin.post("/admin/organisations", &form).await.sees(StatusCode::SEE_OTHER);
}

async fn give(admin: &Browser, email: &str, role: &str, organisation: &str) -> StatusCode {
    admin.post("/admin/people", &[("email", email), ("role", role), ("organisation", organisation)]).await.status
}

async fn mandate_of(town: &TestTown, role: &str) -> String {
    let all = town.browser().get("/mandates.json").await.text;
    let all: Vec<serde_json::Value> = serde_json::from_str(&all).unwrap();
    all.iter().find(|one| one["role"] == role).unwrap()["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_mandate_is_given_and_ended_in_public() {
    for town in towns() {
        let admin = town.administrator().await;
        add_organisation(&admin).await;
        let jonas = town.signed_in("jonas@example.org").await;
        assert_eq!(give(&admin, "JONAS@example.org", "officer", "street-services").await, StatusCode::SEE_OTHER);
        let csv = town.browser().get("/mandates.csv").await.sees(StatusCode::OK).text;
        assert!(csv.contains(",officer,street-services,"), "{csv}");
        assert!(!csv.contains("jonas") && !csv.contains('@'), "by pseudonym only: {csv}");
        town.browser().get("/mandates").await.sees(StatusCode::OK);
        assert!(jonas.get("/me.json").await.text.contains(r#""role":"officer""#));

        let id = mandate_of(&town, "officer").await;
        admin.post(&format!("/admin/mandates/{id}/end"), &[]).await.sees(StatusCode::SEE_OTHER);
        admin.post(&format!("/admin/mandates/{id}/end"), &[]).await.sees(StatusCode::NOT_FOUND);
        assert!(!jonas.get("/me.json").await.text.contains(r#""role":"officer""#));
        let said: Vec<String> = town.record().await;
        let sayings: Vec<_> =
            said.iter().map(|body| serde_json::from_str::<serde_json::Value>(body).unwrap()["said"].clone()).collect();
        assert_eq!(sayings, ["mandate.given", "organisation.added", "mandate.given", "mandate.ended"]);
        assert!(!said.concat().contains('@'));
    }
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_and_nothing_is_stored() {
    for town in towns() {
        let admin = town.administrator().await;
        add_organisation(&admin).await;
        let before = town.record().await.len();
        for (email, role, organisation) in [
            ("jonas@example.org", "officer", ""),
            ("jonas@example.org", "officer", "nowhere"),
            ("jonas@example.org", "auditor", "street-services"),
            ("jonas@example.org", "resident", ""),
            ("jonas@example.org", "king", ""),
            ("jonas", "auditor", ""),
        ] {
            assert_eq!(
                give(&admin, email, role, organisation).await,
                StatusCode::UNPROCESSABLE_ENTITY,
                "{role} {organisation}"
            );
        }
        assert_eq!(town.column("select handle from people").await.len(), 1, "no account for a refused mandate");
        assert_eq!(give(&admin, "jonas@example.org", "auditor", "").await, StatusCode::SEE_OTHER);
        assert_eq!(give(&admin, "jonas@example.org", "auditor", "").await, StatusCode::CONFLICT);
        for code in ["Street", "town", "a", "-a", "a_b", "street-services"] {
            let answer = admin.post("/admin/organisations", &[("code", code), ("name[en]", "Some")]).await;
            assert!(answer.status.is_client_error(), "{code}");
        }
        assert!(
            admin
                .post("/admin/organisations", &[("code", "parks"), ("name[es]", "Parques")])
                .await
                .status
                .is_client_error()
        );
        assert_eq!(town.record().await.len(), before + 1);
    }
}

#[tokio::test]
async fn the_last_administrator_stays() {
    for town in towns() {
        let admin = town.administrator().await;
        let id = mandate_of(&town, "administrator").await;
        admin.post(&format!("/admin/mandates/{id}/end"), &[]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        admin.post("/me/erase", &[("sure", "yes")]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(give(&admin, "second@example.org", "administrator", "").await, StatusCode::SEE_OTHER);
        admin.post(&format!("/admin/mandates/{id}/end"), &[]).await.sees(StatusCode::SEE_OTHER);
        admin.get("/admin/people").await.sees(StatusCode::FORBIDDEN);
        town.signed_in("second@example.org").await.get("/admin/people").await.sees(StatusCode::OK);
    }
}

#[tokio::test]
async fn whoever_may_not_sees_the_page_of_what_is_not_there() {
    for town in towns() {
        let resident = town.signed_in("amina@example.org").await;
        resident.get("/me").await.sees(StatusCode::OK);
        let hidden = resident.get("/admin/people").await;
        let missing = resident.get("/no/such/page").await;
        assert_eq!((hidden.status, missing.status), (StatusCode::FORBIDDEN, StatusCode::NOT_FOUND));
        assert_eq!(hidden.text.replace("/admin/people", "/no/such/page"), missing.text);
        for path in ["/admin/people", "/admin/organisations", "/admin/jobs/x/retry", "/admin/mandates/x/end"] {
            resident
                .post(path, &[("email", "amina@example.org"), ("role", "administrator")])
                .await
                .sees(StatusCode::FORBIDDEN);
            town.browser().post(path, &[]).await.sees(StatusCode::SEE_OTHER);
        }
    }
}

#[tokio::test]
async fn failed_work_is_shown_tried_again_or_let_go() {
    for town in towns() {
        let admin = town.administrator().await;
        let id = "01990000-0000-7000-8000-000000000001";
        let sql = "insert into jobs (id, kind, payload, not_before, attempts, state, last_error) \
             values ('01990000-0000-7000-8000-000000000001', 'mail.send', '{}', 0, 8, 'dead', 'no route')";
        let put = town.town.db().write(move |tx| {
            tx.execute(sql, &[])?;
            tx.commit(database::test_support::OFF_RECORD, ())
        });
        put.await.map_err(|error: database::DbError| error).unwrap();
        assert!(admin.get("/admin/jobs").await.sees(StatusCode::OK).text.contains("no route"));
        admin.post(&format!("/admin/jobs/{id}/retry"), &[]).await.sees(StatusCode::SEE_OTHER);
        admin.post(&format!("/admin/jobs/{id}/discard"), &[]).await.sees(StatusCode::NOT_FOUND);
        assert_eq!(admin.get("/admin/jobs.json").await.text, "[]");
    }
}
