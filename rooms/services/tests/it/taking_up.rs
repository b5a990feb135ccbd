//! Who is entitled over the households that the town describes, and who got it.

use crate::town::{Hall, halls};
use axum::http::StatusCode;
use testing::{Browser, Part, Seen};

const RULES: &str = r#"
entity person
input own_car: yesno of person, each month
  ask "Is it your car?"
input rent: money of person, each month
  ask "What is your rent?"
entitlement permit: money of person, each month
  law "Parking ordinance, section 4"
  from 2010-01-01:
    requires own_car
      because "a permit is for one's own car"
    requires rent at most 900.00
      because "it is for low rents"
    amount 25
"#;
const TESTS: &str =
    r#"[{"name": "not mine", "period": "2026-09", "input": {"own_car": false}, "output": {"permit": "not entitled"}}]"#;
/// District 1: 400 entitled, 100 with too high a rent, 50 without a rent. District 2: 300 entitled, 60 without a car whatever their rent.
const TABLE: &str = "district;households;own_car;rent;nobody_asks\n\
                     1;400;yes;899,99;x\n1;100;yes;900.01;\n1;50;yes;;\n2;300;yes;0;\n2;60;no;;\n";

async fn brings(who: &Browser, table: &str, source: &str) -> Seen {
    let parts = [Part::Text("source", source), Part::File("file", "households.csv", table.as_bytes())];
    who.post_files("/admin/services/population", &parts).await
}

/// Copies of an application: so many in a district, so many of them granted.
async fn applied(hall: &Hall, district: &str, count: usize, granted: usize) {
    let code = format!("'A-COPY{district}-' || i");
    let (district, outcome) =
        (format!("'{district}'"), format!("case when i <= {granted} then 'granted' else 'refused' end"));
    let values = [
        ("code", code.as_str()),
        ("secret_hash", &code),
        ("district", &district),
        ("state", "'closed'"),
        ("is_open", "false"),
        ("outcome", &outcome),
    ];
    hall.copies(count, &values).await;
}

#[tokio::test]
async fn the_gap_is_counted_by_the_rules_over_the_households_of_the_town() {
    for hall in halls().await {
        let olga = hall.parking(&[("rules", RULES), ("rule-tests", TESTS)]).await;
        hall.applies(&hall.town.browser()).await;
        applied(&hall, "1", 60, 40).await;
        applied(&hall, "2", 20, 15).await;
        let visitor = hall.town.browser();
        let path = "/services/take-up";
        visitor.get(path).await.sees(StatusCode::OK).says("not described yet");
        let ada = hall.town.administrator().await;
        ada.get("/admin/services/population").await.sees(StatusCode::OK).says("own_car, rent");
        brings(&ada, TABLE, "Census of Testburg, table 4").await.sees(StatusCode::SEE_OTHER);
        let view = visitor.get(&format!("{path}.json")).await.sees(StatusCode::OK).json();
        let all = &view["services"][0]["all"];
        let numbers = |area: &serde_json::Value| {
            ["households", "entitled", "not_known", "applied", "granted", "gap"].map(|name| area[name].as_i64())
        };
        assert_eq!(numbers(all), [Some(910), Some(700), Some(50), Some(81), Some(55), Some(645)], "{view}");
        let districts = &view["services"][0]["districts"];
        assert_eq!(numbers(&districts[0]), [Some(550), Some(400), Some(50), Some(60), Some(40), Some(360)]);
        let share = &districts[0]["take_up"];
        assert_eq!((share["value"].as_f64(), share["n"].as_i64()), (Some(0.1), Some(400)));
        // Wilson for 40 of 400.
        assert!((share["low"].as_f64().unwrap() - 0.0744).abs() < 1e-3, "{share}");
        // The one application without a district hides the smaller of the two numbers of applications.
        assert_eq!(numbers(&districts[1])[3..], [None, Some(15), Some(285)], "{districts}");
        let page =
            visitor.get(path).await.sees(StatusCode::OK).says("Census of Testburg").says("Residents&#39; parking");
        page.says("645").never_says("made up");
        let parking = visitor.get(&format!("{path}?service=parking")).await.sees(StatusCode::OK);
        parking.says("fewer than 10").says("10.0%").says("n = 400");
        visitor.get(&format!("{path}?service=nothing")).await.sees(StatusCode::NOT_FOUND);
        let csv = visitor.get(&format!("{path}.csv?service=parking")).await.sees(StatusCode::OK).text;
        assert!(csv.lines().any(|line| line.starts_with("parking,1,1,550,400,50,60,40,0.1000,")), "{csv}");
        // It stands in the record, without the words of where it comes from.
        let said = hall.town.record().await.into_iter().find(|entry| entry.contains("households-described")).unwrap();
        assert!(said.contains("\"households\":910") && !said.contains("Census"), "{said}");
        // Stricter rules, fewer entitled, at the next count.
        let stricter = RULES.replace("900.00", "100.00");
        hall.keep(&olga, "parking", &[("rules", &stricter), ("rule-tests", TESTS)]).await.sees(StatusCode::SEE_OTHER);
        hall.publish(&olga, "parking").await.sees(StatusCode::SEE_OTHER);
        hall.measures().await;
        let view = visitor.get(&format!("{path}.json")).await.json();
        assert_eq!(view["services"][0]["all"]["entitled"], 300);
    }
}

#[tokio::test]
async fn a_wrong_table_changes_nothing_and_only_administrators_bring_one() {
    for hall in halls().await {
        let olga = hall.parking(&[("rules", RULES), ("rule-tests", TESTS)]).await;
        let ada = hall.town.administrator().await;
        brings(&ada, TABLE, "Census").await.sees(StatusCode::SEE_OTHER);
        let refused = StatusCode::UNPROCESSABLE_ENTITY;
        brings(&ada, TABLE, " ").await.sees(refused).says("where the table comes from");
        brings(&ada, "", "Census").await.sees(refused).says("cannot be read as a table");
        brings(&ada, "a,b\n1,2\n", "Census").await.sees(refused).says("columns");
        let wrong = brings(&ada, "district,households,rent\n1,many,5\n1,3\n", "Census").await.sees(refused);
        wrong.says("Line 2: “many”").says("Line 3").says("value=\"Census\"");
        brings(&ada, "PK\u{3}\u{4}", "Census").await.sees(refused);
        let view = hall.town.browser().get("/services/take-up.json").await.json();
        assert_eq!(view["services"][0]["all"]["households"], 910, "what was there stays");
        // Without the rent nobody can be told entitled, and the page says why.
        brings(&ada, "district,households,own_car\n1,40,yes\n1,10,no\n", "Census").await.sees(StatusCode::SEE_OTHER);
        let view = hall.town.browser().get("/services/take-up.json").await.json();
        let all = &view["services"][0]["all"];
        assert_eq!((all["entitled"].as_i64(), all["not_known"].as_i64()), (Some(0), Some(40)), "{view}");
        hall.town.browser().get("/services/take-up?service=parking").await.says("does not name all").says("rent");
        brings(&olga, TABLE, "Census").await.sees(StatusCode::FORBIDDEN);
        hall.town.browser().get("/admin/services/population").await.sees(StatusCode::SEE_OTHER);
    }
}
