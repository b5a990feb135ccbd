//! What is written in one language of the town is found in the others.

use crate::town::rooms;
use axum::http::StatusCode;
use civic::{Language, LocalText};
use requests::{Category, Definition, define_category};

#[tokio::test]
async fn a_matter_is_found_by_its_category_in_every_language() {
    for room in rooms().await {
        let agency = room.town.agency("trees", "Trees").await;
        let name = LocalText::plain("Fallen tree").with(Language::Es, "Árbol caído").with(Language::Ar, "شجرة ساقطة");
        let definition = Definition {
            name,
            description: LocalText::plain("When it lies."),
            group: None,
            keywords: Vec::new(),
            attributes: Vec::new(),
            promise: None,
            rules: requests::Rules::default(),
        };
        let tree = Category { code: "tree".to_owned(), organisation: agency.id, position: 9, active: true, definition };
        define_category(&room.town.town, testing::steward(), tree).await.unwrap();
        let form = [("category", "tree"), ("address", "12 Mill Lane"), ("description", "It blocks the path")];
        let sent = room.town.browser().post("/requests.json", &form).await.sees(StatusCode::CREATED).json();
        let code = sent["code"].as_str().unwrap_or_else(|| panic!("{sent}"));
        room.town.settle().await;
        for word in ["fallen", "arbol", "%D8%B4%D8%AC%D8%B1%D8%A9"] {
            room.town.browser().get(&format!("/search?q={word}")).await.sees(StatusCode::OK).says(code);
        }
        room.town.browser().get("/search?q=arbusto").await.never_says(code);
    }
}
