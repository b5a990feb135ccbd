use crate::town::towns;
use axum::http::StatusCode;

fn form<'a>(title: &'a str, organisation: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("organisation", organisation),
        ("title", title),
        ("place", "Mill Lane, from 2 to 18"),
        ("lat", "50.05"),
        ("long", "0.05"),
        ("from", "2026-09-25T08:00"),
        ("until", "2026-09-26T16:00"),
        ("words", "One lane is closed.\r\nAsk us."),
    ]
}

#[tokio::test]
async fn an_agency_announces_changes_and_calls_off() {
    for town in towns().await {
        let seen = town.water.post("/works", &form("New <pipes>", "water")).await.sees(StatusCode::SEE_OTHER);
        let page = seen.location().to_owned();
        let reader = town.town.browser();
        let seen = reader.get(&page).await.sees(StatusCode::OK).says("New &#60;pipes&#62;").says("One lane is closed.");
        assert!(!seen.text.contains("call-off"), "not for everybody");
        reader.get("/works").await.sees(StatusCode::OK).says("Mill Lane, from 2 to 18").says("Planned");
        let one = reader.get(&format!("{page}.json")).await.sees(StatusCode::OK).json();
        assert_eq!((one["district"].as_str(), one["organisation"].as_str()), (Some("mill"), Some("water")));
        // What was made from an older form is not lost, and nothing is overwritten.
        let edit = format!("{page}/edit");
        town.water.get(&edit).await.sees(StatusCode::OK).says("value=\"2026-09-25T08:00\"");
        let mut change = form("Newer pipes", "");
        change.push(("version", "1"));
        town.water.post(&edit, &change).await.sees(StatusCode::SEE_OTHER);
        change[1] = ("title", "My words");
        let seen = town.water.post(&edit, &change).await.sees(StatusCode::CONFLICT).says("My words");
        assert!(seen.text.contains("name=\"version\" value=\"2\""), "and can be sent again");
        let calendar = reader.get(&format!("{page}.ics")).await.sees(StatusCode::OK).text;
        assert!(calendar.contains("SEQUENCE:1\r\n") && calendar.contains("STATUS:CONFIRMED"));
        town.water.post(&format!("{page}/call-off"), &[("version", "2")]).await.sees(StatusCode::SEE_OTHER);
        let calendar = reader.get(&format!("{page}.ics")).await.text;
        assert!(calendar.contains("SEQUENCE:2\r\n") && calendar.contains("STATUS:CANCELLED"));
        town.water.post(&edit, &change).await.sees(StatusCode::CONFLICT);
        // The record has where and when, and none of the words.
        let record = town.town.record().await.join("\n");
        for saying in ["works.announced", "works.changed", "works.called-off"] {
            assert!(record.contains(saying), "{saying}");
        }
        assert!(!record.contains("pipes") && !record.contains("Mill Lane") && record.contains("50050000"));
    }
}

#[tokio::test]
async fn each_agency_speaks_for_itself() {
    for town in towns().await {
        let seen = town.water.post("/works", &form("New pipes", "water")).await.sees(StatusCode::SEE_OTHER);
        let page = seen.location().to_owned();
        town.power.post("/works", &form("Not ours", "water")).await.sees(StatusCode::FORBIDDEN);
        town.power.get(&format!("{page}/edit")).await.sees(StatusCode::FORBIDDEN);
        let mut change = form("Not ours", "");
        change.push(("version", "1"));
        town.power.post(&format!("{page}/edit"), &change).await.sees(StatusCode::FORBIDDEN);
        town.power.post(&format!("{page}/call-off"), &[("version", "1")]).await.sees(StatusCode::FORBIDDEN);
        town.town.browser().post("/works", &form("Mine", "water")).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(town.town.column("select title from works").await, ["New pipes"]);
    }
}

#[tokio::test]
async fn works_that_cannot_be_are_refused_and_nothing_is_kept() {
    for town in towns().await {
        for (field, wrong) in [
            ("title", " "),
            ("from", "tomorrow"),
            ("until", "2026-09-25T07:00"),
            ("lat", "51"),
            ("lat", "x"),
            ("organisation", "nobody"),
        ] {
            let mut sent = form("New pipes", "water");
            for (name, value) in &mut sent {
                if *name == field {
                    *value = wrong;
                }
            }
            let seen = town.water.post("/works", &sent).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
            assert!(seen.text.contains("-error\""), "{field} {wrong}");
        }
        let both = town.water.post("/works", &[("organisation", "water")]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        both.says("title-error").says("district-error").says("from-error");
        assert!(town.town.column("select title from works").await.is_empty());
    }
}
