use crate::town::towns;
use axum::http::StatusCode;

#[tokio::test]
async fn an_administrator_finds_a_pseudonym_by_the_whole_address_and_the_person_reads_it() {
    for town in towns() {
        let admin = town.administrator().await;
        let amina = town.signed_in("amina@example.org").await;
        let me: serde_json::Value = serde_json::from_str(&amina.get("/me.json").await.text).unwrap();
        let handle = me["handle"].as_str().unwrap();
        amina.get("/me").await.sees(StatusCode::OK).never_says("Who looked up my account");
        let before = town.record().await.len();
        let find =
            async |email: &str, why: &str| admin.post("/admin/people/find", &[("email", email), ("why", why)]).await;
        // Neither a part of an address, nor without a reason.
        find("amina@", "asked").await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        find("amina@example.org", "curious").await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("why-error");
        find("amin@example.org", "asked")
            .await
            .sees(StatusCode::OK)
            .says("Nobody here has this address")
            .never_says(handle);
        assert_eq!(town.record().await.len(), before, "nobody was found");
        find("AMINA@example.org", "complaint").await.sees(StatusCode::OK).says(handle);
        let said = town.record().await;
        assert_eq!(said.len(), before + 1);
        let entry: serde_json::Value = serde_json::from_str(&said[before]).unwrap();
        assert_eq!((&entry["said"], &entry["what"]["why"]), (&"person.looked_up".into(), &"complaint".into()));
        assert!(!said[before].contains(handle) && !said[before].contains('@'), "only a seal: {entry}");
        amina.get("/me").await.sees(StatusCode::OK).says("Who looked up my account").says("Somebody complained");
        assert!(amina.get("/me/export").await.text.contains("\"looked_up\""));
        // Nobody else may, and the reasons are the town's, not the reader's.
        let form = [("email", "amina@example.org"), ("why", "asked")];
        amina.post("/admin/people/find", &form).await.sees(StatusCode::FORBIDDEN);
        amina.get("/admin/people/find").await.sees(StatusCode::FORBIDDEN);
    }
}

#[tokio::test]
async fn who_leaves_takes_along_who_looked() {
    for town in towns() {
        let admin = town.administrator().await;
        let amina = town.signed_in("amina@example.org").await;
        let form = [("email", "amina@example.org"), ("why", "asked")];
        admin.post("/admin/people/find", &form).await.sees(StatusCode::OK);
        let count = |sql: &'static str| {
            let db = town.town.db().clone();
            async move {
                let read = db.read(move |tx| tx.query_one(sql, &[])?.get::<i64>(0)).await;
                read.map_err(|error: database::DbError| error).unwrap()
            }
        };
        let salts = "select count(*) from record_salts";
        let (looks, before) = ("select count(*) from account_looks", count(salts).await);
        assert_eq!(count(looks).await, 1);
        amina.post("/me/erase", &[("sure", "yes")]).await.sees(StatusCode::SEE_OTHER);
        assert_eq!((count(looks).await, count(salts).await), (0, before - 1));
        admin.post("/admin/people/find", &form).await.sees(StatusCode::OK).says("Nobody here has this address");
    }
}
