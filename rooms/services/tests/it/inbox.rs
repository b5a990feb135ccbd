//! The inbox: filters, orders, pages and twins.

use crate::{
    sharing::handle,
    town::{Hall, halls},
};
use axum::http::StatusCode;
use testing::Browser;

const DISTRICTS: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"code":"mill","name":"Mill"},"geometry":{"type":"Polygon","coordinates":[[[0,0],[0.02,0],[0.02,0.02],[0,0.02],[0,0]]]}},
{"type":"Feature","properties":{"code":"east","name":"East <b>"},"geometry":{"type":"Polygon","coordinates":[[[0.02,0],[0.04,0],[0.04,0.02],[0.02,0.02],[0.02,0]]]}}]}"#;

/// The references that a query finds, in their order.
async fn codes(who: &Browser, query: &str) -> Vec<String> {
    let found = who.get(&format!("/desk/services.json?{query}")).await.sees(StatusCode::OK).json();
    let code = |one: &serde_json::Value| one["code"].as_str().unwrap().to_owned();
    found["applications"].as_array().unwrap().iter().map(code).collect()
}

/// Olga of the street office, and four applications, an hour between each.
async fn four(hall: &Hall) -> (Browser, Vec<String>) {
    places::set_boundaries(&hall.town.town, &testing::steward(), DISTRICTS.as_bytes()).await.unwrap();
    let olga = hall.parking(&[]).await;
    let mut filed = Vec::new();
    for _ in 0..4 {
        filed.push(hall.applies(&hall.town.browser()).await.0);
        hall.town.clock.advance_seconds(3_600);
    }
    (olga, filed)
}

#[tokio::test]
async fn each_filter_finds_what_it_says_and_nothing_else() {
    for hall in halls().await {
        let (olga, filed) = four(&hall).await;
        let [one, two, three, four] = [0, 1, 2, 3].map(|at| filed[at].clone());
        let set = |what: &str, code: &str| hall.runs(format!("update applications set {what} where code = '{code}'"));
        set("district = 'mill', language = 'ar'", &one).await;
        set("district = 'east'", &two).await;
        set("state = 'incomplete'", &two).await;
        set("state = 'closed', is_open = false, outcome = 'granted'", &four).await;
        set("due_at = 1", &one).await;
        set("due_at = 2", &two).await;
        set(&format!("officer = '{}'", handle(&hall, "olga").await), &three).await;
        for (query, expected) in [
            ("", vec![&one, &two, &three]),
            ("show=open", vec![&one, &two, &three]),
            ("show=done", vec![&four]),
            ("show=mine", vec![&three]),
            ("show=free", vec![&one, &two]),
            ("officer=mine", vec![&three]),
            ("officer=nobody", vec![&one, &two]),
            ("officer=somebody", vec![&three]),
            ("district=mill", vec![&one]),
            ("district=east", vec![&two]),
            ("language=ar", vec![&one]),
            ("language=es", vec![]),
            ("service=parking&sort=newest", vec![&three, &two, &one]),
            ("state=incomplete", vec![&two]),
            // A state says by itself whether it is open.
            ("state=closed&show=open", vec![&four]),
            // What waits for the applicant is not overdue.
            ("overdue=yes", vec![&one]),
            ("overdue=yes&show=done", vec![]),
            ("district=mill&language=en", vec![]),
        ] {
            assert_eq!(codes(&olga, query).await, expected.into_iter().cloned().collect::<Vec<_>>(), "{query}");
        }
        assert_eq!(codes(&olga, &format!("q={}", two[3..].to_lowercase())).await, vec![two.clone()]);
        assert_eq!(codes(&olga, &format!("q={four}")).await, Vec::<String>::new());
        // The page shows the same, says where it came from, and keeps the filter in the addresses of its tabs.
        let page = olga.get("/desk/services?district=east&sort=oldest").await.sees(StatusCode::OK);
        let page = page.says(&two).says("English · East &#60;b&#62;").never_says(&one).never_says("East <b>");
        page.says("show=done&#38;district=east&#38;sort=oldest").says("<option value=\"east\" selected>");
        olga.get("/desk/services?language=es").await.says("Nothing fits these filters").says("Without these filters");
    }
}

#[tokio::test]
async fn orders_go_on_from_page_to_page_and_the_table_says_where() {
    for hall in halls().await {
        let (olga, filed) = four(&hall).await;
        hall.runs("update applications set due_at = filed_at".to_owned()).await;
        // Two of the same moment.
        hall.runs("update applications set filed_at = 7, due_at = 7 where code in (select code from applications order by filed_at limit 2)".to_owned()).await;
        for sort in ["due", "oldest", "newest"] {
            let whole = codes(&olga, &format!("sort={sort}")).await;
            let (mut paged, mut after) = (Vec::new(), String::new());
            for _ in 0..4 {
                let address = format!("/desk/services.json?sort={sort}&limit=1&after={after}");
                let found = olga.get(&address).await.sees(StatusCode::OK).json();
                paged.push(found["applications"][0]["code"].as_str().unwrap().to_owned());
                after = found["next"].as_str().unwrap_or_default().to_owned();
            }
            assert_eq!((paged, after.as_str()), (whole.clone(), ""), "{sort}");
            let at = |code: &String| filed.iter().position(|one| one == code).unwrap();
            let first = if sort == "newest" { [3, 2] } else { [2, 3] };
            let last: Vec<usize> = whole.iter().map(at).filter(|at| *at > 1).collect();
            assert_eq!(last, first, "{sort}");
        }
        let table = olga.get("/desk/services.csv?sort=newest&limit=3").await.sees(StatusCode::OK);
        let link = table.headers["link"].to_str().unwrap().to_owned();
        assert!(link.contains("/desk/services.csv?sort=newest&limit=3&after="), "{link}");
        let header = "code,url,service,service_title,filed_at,due_at,overdue,state,channel,language,district,district_name,officer,version";
        assert_eq!((table.text.lines().next(), table.text.lines().count()), (Some(header), 4));
        let page = olga.get("/desk/services?sort=newest&limit=3").await.sees(StatusCode::OK).text;
        let (_, rest) = page.split_once("show=open&#38;sort=newest&#38;limit=3&#38;after=").unwrap();
        let next = format!("/desk/services?sort=newest&limit=3&after={}", rest.split('"').next().unwrap());
        olga.get(&next).await.sees(StatusCode::OK).says("value=\"newest\" selected");
    }
}

#[tokio::test]
async fn what_names_nothing_is_answered_by_a_sentence_each() {
    for hall in halls().await {
        let (olga, filed) = four(&hall).await;
        for (query, sentence) in [
            ("show=x", "“show” is open or done"),
            ("officer=x", "“officer” is mine, nobody or somebody"),
            ("state=x", "no such state"),
            ("service=x", "no such service"),
            ("district=x", "no such district"),
            ("language=x", "“language” is en, es or ar"),
            ("language=en-GB", "“language” is en, es or ar"),
            ("overdue=x", "“overdue” is yes"),
            ("sort=x", "“sort” is due, oldest or newest"),
            ("q=%25", "Write a part of one"),
            ("q=' or 1=1 --", "Write a part of one"),
            ("after=zz", "not one that this list gave out"),
            ("limit=0", "whole number from 1 to"),
        ] {
            let query = query.replace(' ', "%20");
            olga.get(&format!("/desk/services?{query}")).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says(sentence);
            let json = olga.get(&format!("/desk/services.json?{query}")).await;
            json.sees(StatusCode::UNPROCESSABLE_ENTITY).never_says(&filed[0]);
        }
        let both = olga.get("/desk/services?state=x&sort=x").await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        both.says("no such state").says("“sort” is due");
        for (language, sentence) in [("es", "No existe ese distrito"), ("ar", "لا يوجد حي كهذا")] {
            let olga = hall.officer(language).await.reading(language);
            olga.get("/desk/services?district=x").await.says(sentence);
        }
    }
}

#[tokio::test]
async fn the_twins_say_no_more_than_the_page_and_nobody_else_reads_them() {
    for hall in halls().await {
        let (olga, filed) = four(&hall).await;
        let other = hall.town.agency("schools", "School office").await;
        let eva = hall.town.holder("eva@example.org", civic::Role::Officer, Some(&other)).await;
        for twin in ["", ".json", ".csv"] {
            let path = format!("/desk/services{twin}");
            // Nothing of what was answered, nor of who applies.
            olga.get(&path).await.sees(StatusCode::OK).says(&filed[0]).never_says("Amina").never_says("amina@");
            for query in ["", "?show=free", "?service=parking", "?state=received", "?sort=newest"] {
                eva.get(&format!("{path}{query}")).await.sees(StatusCode::OK).never_says(&filed[0]);
            }
            let stranger = hall.town.browser().get(&path).await;
            assert_ne!(stranger.status, StatusCode::OK, "{twin}");
            let resident = hall.town.signed_in("rosa@example.org").await.get(&path).await;
            assert_ne!(resident.status, StatusCode::OK, "{twin}");
        }
        assert!(codes(&eva, &format!("q={}", filed[0])).await.is_empty());
    }
}
