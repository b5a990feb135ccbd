//! Forms of paper.

use super::super::town::rooms;
use axum::http::{StatusCode, header};
use civic::LocalText;
use requests::{Attribute, Category, Choice, Datatype, Definition, define_category};

#[tokio::test]
async fn every_category_has_a_form_in_every_language() {
    for room in rooms().await {
        let reader = room.town.browser();
        reader.get("/report").await.says("/report/paper");
        let page = reader.get("/report/paper").await.sees(StatusCode::OK);
        page.says("/report/paper/bin.pdf?language=es").says("Broken lamp");
        let forms = reader.get("/report/paper.json").await.sees(StatusCode::OK).json();
        assert_eq!(forms.as_array().map(Vec::len), Some(2));
        for language in ["en", "es", "ar"] {
            let form = reader.get(&format!("/report/paper/bin.pdf?language={language}")).await.sees(StatusCode::OK);
            assert_eq!(form.headers[header::CONTENT_TYPE], "application/pdf");
            assert!(form.bytes.starts_with(b"%PDF-1.7") && form.text.contains("/Count 1"), "one sheet");
            assert!(form.text.contains(&format!("/Lang ({language})")), "{language}");
        }
        for nothing in ["nothing.pdf", "bin", "bin.svg", "..pdf"] {
            reader.get(&format!("/report/paper/{nothing}")).await.sees(StatusCode::NOT_FOUND);
        }
    }
}

/// As many questions as a category may have, each as long as it may be: the form goes on to further sheets.
#[tokio::test]
async fn a_long_form_goes_on_to_a_second_sheet() {
    for room in rooms().await {
        let agency = room.town.agency("parks", "Parks").await;
        let choice =
            |number: usize| Choice { key: format!("c{number}"), name: LocalText::plain("One of many ".repeat(8)) };
        let question = |number: usize| Attribute {
            code: format!("q{number}"),
            datatype: if number.is_multiple_of(2) { Datatype::MultiValueList } else { Datatype::Text },
            required: false,
            description: LocalText::plain("A long question about a tree ".repeat(12)),
            values: if number.is_multiple_of(2) { (0..20).map(choice).collect() } else { Vec::new() },
        };
        let definition = Definition {
            name: LocalText::plain("A tree"),
            description: LocalText::plain("When it is ill."),
            group: None,
            keywords: Vec::new(),
            promise: None,
            rules: requests::Rules::default(),
            attributes: (0..12).map(question).collect(),
        };
        let category =
            Category { code: "tree".to_owned(), organisation: agency.id, position: 3, active: true, definition };
        define_category(&room.town.town, testing::steward(), category).await.unwrap();
        let form = room.town.browser().get("/report/paper/tree.pdf").await.sees(StatusCode::OK);
        let sheets: usize = form
            .text
            .split("/Count ")
            .nth(1)
            .unwrap()
            .split(|c: char| !c.is_ascii_digit())
            .next()
            .unwrap()
            .parse()
            .unwrap();
        assert!((3..12).contains(&sheets), "{sheets}");
    }
}
