//! A word is found by its other forms, in the catalogue and in the search of the town; stories are found too.

use crate::town::{Room, page_sends_json, rooms};
use axum::http::StatusCode;
use serde_json::json;

/// Path segments of a question.
fn asked(words: &str) -> String {
    serde_urlencoded::to_string([("q", words)]).unwrap()
}

async fn published(room: &Room, name: &str, title: &str, language: &str) {
    let draft = json!({
        "organisation": "parks", "name": name, "title[en]": if language == "en" { title } else { name },
        format!("title[{language}]"): title, "notes[en]": "Rows.", "licence": "cc-by", "contact_email": "a@example.org",
    });
    page_sends_json(&room.parks, "/data.json", &draft).await.sees(StatusCode::CREATED);
    room.add(name, &format!("{name}.csv"), b"a,b\n1,2\n").await.sees(StatusCode::SEE_OTHER);
    room.parks.post(&format!("/data/{name}/publish"), &[]).await.sees(StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn datasets_are_found_by_other_forms_of_their_words() {
    for room in rooms().await {
        for (name, title, language) in [
            ("one", "مدارس البلدة", "ar"),
            ("two", "خريطة المكتبات", "ar"),
            ("three", "Public libraries", "en"),
            ("four", "Árbol público", "es"),
        ] {
            published(&room, name, title, language).await;
        }
        room.town.settle().await;
        let visitor = room.town.browser();
        for (words, name) in [
            ("المدارس", "one"),
            ("بالمدارس", "one"),
            ("مكتبات", "two"),
            ("للمكتبات", "two"),
            ("library", "three"),
            ("library public", "three"),
            ("árboles", "four"),
            ("árboles públicas", "four"),
        ] {
            let names = |list: &serde_json::Value, key: &str| -> Vec<String> {
                list.as_array().unwrap().iter().map(|one| one[key].as_str().unwrap().to_owned()).collect()
            };
            let search = room.act("", "package_search", &json!({"q": words})).await.sees(StatusCode::OK).json();
            assert_eq!(names(&search["result"]["results"], "name"), [name], "{words} in the catalogue");
            let page = visitor.get(&format!("/data?{}", asked(words))).await.sees(StatusCode::OK);
            page.says(&format!("/data/{name}\""));
            let town = visitor.get(&format!("/search.json?{}", asked(words))).await.sees(StatusCode::OK).json();
            assert_eq!(names(&town["results"], "id"), [name], "{words} in the town");
        }
        for words in ["مدرس", "schools"] {
            let town = visitor.get(&format!("/search.json?{}", asked(words))).await.sees(StatusCode::OK).json();
            assert_eq!(town["results"], json!([]), "{words}");
        }
    }
}

#[tokio::test]
async fn stories_are_found_while_they_are_public() {
    for room in rooms().await {
        room.trees().await;
        let form = [
            ("organisation", "parks"),
            ("name", "kinds"),
            ("title[en]", "Which kinds stand here?"),
            ("lead[en]", "Most are oaks."),
            ("lead[ar]", "معظمها من البلوط."),
            ("sql", "select kind, count(*) as trees from trees group by kind order by trees desc"),
            ("label", "kind"),
            ("value", "trees"),
        ];
        room.parks.post("/data/stories", &form).await.sees(StatusCode::SEE_OTHER);
        room.town.settle().await;
        let visitor = room.town.browser();
        let found = async |words: &str| {
            let seen = visitor.get(&format!("/search.json?{}", asked(words))).await.sees(StatusCode::OK).json();
            seen["results"].as_array().unwrap().iter().any(|one| one["kind"] == "data-story" && one["id"] == "kinds")
        };
        assert!(!found("oak").await, "a draft");
        room.parks.post("/data/stories/kinds/publish", &[("version", "1")]).await.sees(StatusCode::SEE_OTHER);
        room.town.settle().await;
        assert!(found("oak").await && found("بلوط").await);
        visitor.get("/search?q=oaks").await.sees(StatusCode::OK).says("/data/stories/kinds");
        room.parks.post("/data/stories/kinds/withdraw", &[("version", "2")]).await.sees(StatusCode::SEE_OTHER);
        room.town.settle().await;
        assert!(!found("oak").await, "withdrawn");
    }
}
