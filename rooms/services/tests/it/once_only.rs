//! Asked once only: what the town knows already is shown, and taken when it is ticked.

use crate::town::halls;
use axum::http::StatusCode;

#[tokio::test]
async fn answers_of_before_are_taken_one_by_one_and_it_is_written_down() {
    for hall in halls().await {
        let olga = hall.parking(&[]).await;
        let amina = hall.town.signed_in("amina@example.org").await;
        let start = "/services/parking/apply";
        // Nothing but the account is known.
        amina.get(start).await.sees(StatusCode::OK).says("What the town already knows").says("from your account");
        let first = amina.get("/services/parking/apply.json").await.sees(StatusCode::OK).json();
        let names = |view: &serde_json::Value| {
            let offers = view["offers"].as_array().unwrap().iter();
            offers.map(|offer| offer["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(names(&first), ["email"]);
        let (before, _) = hall.applies(&amina).await;
        let page = amina.get(start).await.sees(StatusCode::OK);
        // Nothing is ticked beforehand.
        page.says(&format!("Amina · from your application {before}")).says("EUR 700.50").never_says(" checked");
        let offered = amina.get("/services/parking/apply.json").await.json();
        // Neither what is signed nor what is worked out.
        assert_eq!(names(&offered), ["full_name", "own_car", "rent", "email"]);
        let ticked = [("take", "full_name"), ("take", "rent"), ("take", "sign"), ("take", "year"), ("take", "nothing")];
        let begun = amina.post(start, &ticked).await.sees(StatusCode::SEE_OTHER);
        let draft = begun.location().rsplit_once('/').unwrap().0.to_owned();
        amina.get(&format!("{draft}/page_full_name")).await.sees(StatusCode::OK).says("value=\"Amina\"");
        amina.get(&format!("{draft}/page_rent")).await.says("700.50");
        amina.get(&format!("{draft}/page_email")).await.never_says("amina@example.org");
        amina.get(&format!("{draft}/page_sign")).await.never_says("value=\"Amina\"");
        let look = format!("/applications/{before}");
        amina.get(&look).await.never_says("took answers over");
        hall.answers(&amina, &draft).await;
        let sent = amina.post(&format!("{draft}/check.json"), &[]).await.sees(StatusCode::CREATED).json();
        let code = sent["code"].as_str().unwrap();
        let own = amina.get(&format!("/applications/{code}")).await.sees(StatusCode::OK);
        let own = own.says("Answers taken over from before").says(&format!("Your name: from {before}"));
        own.says(&format!("Monthly rent: from {before}")).never_says("Sign: from");
        amina.get(&look).await.says("took answers over into another application").says("the applicant");
        hall.opens(&olga, code).await.says(&format!("Your name: from {before}"));
        amina.get("/me/export").await.says("prefilled").says("reused");
    }
}

#[tokio::test]
async fn nobody_takes_what_is_anothers() {
    for hall in halls().await {
        let olga = hall.parking(&[]).await;
        let amina = hall.town.signed_in("amina@example.org").await;
        hall.applies(&amina).await;
        let (bob, visitor) = (hall.town.signed_in("bob@example.org").await, hall.town.browser());
        let start = "/services/parking/apply";
        bob.get(start).await.sees(StatusCode::OK).never_says("Amina").never_says("amina@example.org");
        visitor.get(start).await.sees(StatusCode::OK).never_says("already knows");
        olga.get(start).await.sees(StatusCode::OK).never_says("already knows");
        let everything = ["full_name", "own_car", "rent", "email"].map(|name| ("take", name));
        for who in [&bob, &visitor] {
            let begun = who.post(start, &everything).await.sees(StatusCode::SEE_OTHER);
            let draft = begun.location().rsplit_once('/').unwrap().0.to_owned();
            who.get(&format!("{draft}/page_full_name")).await.sees(StatusCode::OK).never_says("Amina");
            who.get(&format!("{draft}/page_rent")).await.never_says("700.50");
        }
        let mut as_clerk = vec![("channel", "counter")];
        as_clerk.extend(everything);
        let begun = olga.post(start, &as_clerk).await.sees(StatusCode::SEE_OTHER);
        let draft = begun.location().rsplit_once('/').unwrap().0.to_owned();
        olga.get(&format!("{draft}/page_email")).await.sees(StatusCode::OK).never_says("olga@example.org");
        // Bob got his own address, nobody anything else.
        let kept = hall.town.column("select prefilled from service_drafts order by begun_at").await;
        assert_eq!(kept, ["[{\"name\":\"email\",\"from\":\"account\"}]", "[]", "[]"]);
    }
}
