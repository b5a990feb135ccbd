use crate::{
    town::{day, rooms, trees},
    wishes::{lay, wish},
};
use axum::http::StatusCode;
use serde_json::json;

#[tokio::test]
async fn an_officer_promises_something_because_of_a_wish() {
    for room in rooms().await {
        lay(&room.town, wish("W-1", "More shade")).await;
        let form = room.parks.get("/commitments/new?from=wish/W-1").await.sees(StatusCode::OK);
        form.says("More shade").says("Parks and trees").never_says("Roads");
        let fields = [
            ("from", "wish/W-1"),
            ("organisation", "parks"),
            ("title[en]", "Forty trees on Mill Lane"),
            ("due", &*day(30)),
            ("district", "mill"),
        ];
        let made = room.parks.post("/commitments", &fields).await.sees(StatusCode::SEE_OTHER);
        let page = made.location().to_owned();
        room.town.settle().await;
        let visitor = room.town.browser();
        visitor.get(&page).await.sees(StatusCode::OK).says("Forty trees on Mill Lane").says("More shade").says("Mill");
        visitor.get("/search?q=forty").await.says(&page);
        visitor.get(&format!("{page}.json")).await.says("\"state\":\"promised\"");
        let record = room.town.record().await.join("\n");
        assert!(record.contains("commitment.made") && record.contains("\"grew_out_of\":[\"wish/W-1\"]"));
        assert!(!record.contains("Forty") && !record.contains("shade"), "words stay out of the record");
    }
}

#[tokio::test]
async fn who_follows_the_wish_hears_of_the_promise_and_of_its_end() {
    for room in rooms().await {
        lay(&room.town, wish("W-1", "More shade")).await;
        room.town.settle().await;
        let amina = room.town.browser();
        let follow = [("kind", "wish"), ("id", "W-1"), ("email", "amina@example.org")];
        amina.post("/follow", &follow).await.sees(StatusCode::SEE_OTHER);
        let link = testing::link_in(&room.town.mails().await.remove(0).mail.body_text);
        amina.post(&link, &[]).await.sees(StatusCode::SEE_OTHER);
        let mut making = trees();
        making["from"] = json!("wish/W-1");
        let code = room.promise(&making).await;
        room.keep(&code, "fulfil", &[("text", "Forty trees stand there")]).await.sees(StatusCode::SEE_OTHER);
        room.town.settle().await;
        let mails = room.town.mails().await;
        let news: Vec<_> = mails.iter().filter(|one| one.mail.to.as_str() == "amina@example.org").collect();
        assert!(news.iter().any(|one| one.mail.body_text.contains(&format!("A promise grew out of W-1: {code}"))));
        assert!(news.iter().any(|one| one.mail.body_text.contains("has ended") && one.mail.body_text.contains("Kept")));
        assert!(news.iter().all(|one| !one.mail.body_text.contains("Forty")));
    }
}

#[tokio::test]
async fn machines_promise_and_read_with_the_same_rules() {
    for room in rooms().await {
        let code = room.promise(&trees()).await;
        let seen = room.seen(&code).await;
        assert_eq!(seen["budgeted_cents"], 8_400_000);
        assert_eq!(seen["district"]["code"], "mill");
        assert_eq!(seen["titles"]["es"], "Cuarenta árboles");
        assert_eq!(seen["milestones"].as_array().unwrap().len(), 2);
        assert_eq!(seen["organisation"]["name"], "Parks and trees");
        let spanish = room.town.browser().reading("es").get(&format!("/commitments/{code}.json")).await.json();
        assert_eq!(spanish["title"], "Cuarenta árboles");
        let arabic = room.town.browser().reading("ar").get(&format!("/commitments/{code}")).await;
        arabic.sees(StatusCode::OK).says("dir=\"rtl\"").says("Forty trees on Mill Lane").never_says("⟦");
    }
}
