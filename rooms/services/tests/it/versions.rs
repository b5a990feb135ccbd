//! The version at filing is kept, and shown; and each version is called what it was.

use crate::{
    entitled::{RULES, TESTS},
    town::{REASONS, halls},
};
use axum::http::StatusCode;
use serde_json::{Value, json};

const DAY: i64 = 86_400;

#[tokio::test]
async fn the_version_at_filing_is_a_page_with_its_words_form_rules_and_tests() {
    for hall in halls().await {
        let olga = hall.parking(&[("rules", RULES), ("rule-tests", TESTS)]).await;
        let visitor = hall.town.browser();
        let (code, key) = hall.applies(&visitor).await;
        hall.town.clock.advance_seconds(DAY);
        let more = [("kind", "text"), ("label-en", "Plate"), ("name", "plate")];
        hall.question(&olga, "parking", &more).await.sees(StatusCode::SEE_OTHER);
        let dearer = RULES.replace("else 25", "else 40");
        let words = [("rules", dearer.as_str()), ("rule-tests", TESTS), ("summary-en", "Park anywhere.")];
        hall.keep(&olga, "parking", &words).await.sees(StatusCode::SEE_OTHER);
        let (first, second) = ("/services/parking/versions/1", "/services/parking/versions/2");
        // What is only a draft is no version.
        visitor.get(second).await.sees(StatusCode::NOT_FOUND);
        hall.publish(&olga, "parking").await.sees(StatusCode::SEE_OTHER);
        let page =
            visitor.get(first).await.sees(StatusCode::OK).says("Version 1, in force from").says("Park near your home.");
        page.says("else 25").never_says("else 40").says("free for low rents").never_says("Plate").says("Monthly rent");
        visitor.get(second).await.sees(StatusCode::OK).says("else 40").says("Plate").says("Version 2, in force since");
        let view = visitor.get(&format!("{first}.json")).await.sees(StatusCode::OK).json();
        assert_eq!(
            (&view["standing"], &view["number"], &view["four_eyes"]),
            (&json!("earlier"), &json!(1), &json!(false))
        );
        assert!(view["rules"].as_str().unwrap().contains("else 25") && view["rule_tests"].as_str().unwrap() == TESTS);
        assert_eq!(view["pages"][0]["questions"][0], "Your name");
        assert_eq!(view["to"], visitor.get(&format!("{second}.json")).await.json()["published_at"]);
        for wrong in ["/services/parking/versions/3", "/services/parking/versions/x", "/services/none/versions/1"] {
            visitor.get(wrong).await.sees(StatusCode::NOT_FOUND);
        }
        // From the case, for the office and for the applicant, and from the public decision.
        let link = format!("href=\"{first}\"");
        hall.opens(&olga, &code).await.says(&link);
        visitor.get(&format!("/applications/{code}?key={key}")).await.says(&link);
        hall.acts(&olga, &code, "decide", &[("outcome", "granted"), REASONS]).await.sees(StatusCode::SEE_OTHER);
        hall.town.browser().get(&format!("/applications/{code}")).await.says(&link);
        let public = hall.town.browser().get(&format!("/applications/{code}.json")).await.json();
        assert_eq!(public["version_url"], first);
    }
}

#[tokio::test]
async fn the_versions_of_pilots_are_not_called_in_force() {
    for hall in halls().await {
        let olga = hall.parking(&[]).await;
        let visitor = hall.town.browser();
        let pilot = |act: &'static str| {
            let (hall, olga) = (&hall, &olga);
            async move {
                hall.town.clock.advance_seconds(DAY);
                let version = hall.stamp(olga, "parking").await;
                let fields = [("version", version.as_str()), ("share", "20"), ("pilot-why", "To see")];
                olga.post(&format!("/admin/services/parking/pilot/{act}"), &fields).await.sees(StatusCode::SEE_OTHER);
            }
        };
        let more = [("kind", "text"), ("label-en", "Which street?"), ("name", "street")];
        hall.question(&olga, "parking", &more).await.sees(StatusCode::SEE_OTHER);
        pilot("begin").await;
        let page = visitor.get("/services/parking").await.sees(StatusCode::OK);
        page.says("Version 1, in force since")
            .says("Version 2, given to some by chance in a pilot")
            .never_says("Version 2, in force");
        pilot("keep").await;
        let page = visitor.get("/services/parking").await.says("Version 2, given to some in a pilot from");
        page.says("it never came into force").never_says("Version 2, in force");
        pilot("begin").await;
        pilot("adopt").await;
        let standing = |view: &Value| -> Vec<(i64, String)> {
            let one = |row: &Value| (row["number"].as_i64().unwrap(), row["standing"].as_str().unwrap().to_owned());
            view["versions"].as_array().unwrap().iter().map(one).collect()
        };
        let view = visitor.get("/services/parking.json").await.json();
        let expected =
            [(3, "in-force"), (2, "given-up"), (1, "earlier")].map(|(number, word)| (number, word.to_owned()));
        assert_eq!(standing(&view), expected);
        // In force since it was taken for all, not since it was first given out.
        assert_eq!(view["versions"][0]["from"], view["versions"][2]["to"]);
    }
}
