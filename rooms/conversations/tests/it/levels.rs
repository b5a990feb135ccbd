//! How sure the town is of who answers: anybody, an account, the roll; and what is told of it.

use crate::town::{Room, rooms};
use axum::http::StatusCode;
use testing::{Browser, Part, Seen};

const ROLL: &str = "number,email,born,district\n\
    A1,amina@example.org,1990-05-17,Mill\n\
    A2,omar@example.org,2015-01-01,mill\n\
    A3,jon@example.org,1980-01-01,docks\n\
    A4,,1980-01-01,mill\n\
    A5,lena@example.org,,mill\n\
    A6,pau@example.org,1970-12-31,mill\n";

/// A draft for people on the roll, from 16 years on, who live in the west.
async fn by_roll(room: &Room) -> String {
    room.draft(&[("entry", "roll"), ("least_age", "16"), ("lives_in", "mill")]).await
}

async fn file(room: &Room, code: &str, roll: &str, act: &str) -> Seen {
    let mut parts = vec![Part::File("file", "roll.csv", roll.as_bytes())];
    if !act.is_empty() {
        parts.push(Part::Text(act, "yes"));
    }
    room.lead.post_files(&format!("/desk/conversations/{code}/roll"), &parts).await
}

async fn turn(browser: &Browser, code: &str) -> serde_json::Value {
    browser.get(&format!("/conversations/{code}/take-part.json")).await.sees(StatusCode::OK).json()
}

#[tokio::test]
async fn who_is_on_the_roll_takes_part_and_nobody_else_does() {
    for room in rooms().await {
        let code = by_roll(&room).await;
        let publish = format!("/desk/conversations/{code}/advance");
        let refused = room.lead.post(&publish, &[("to", "publish")]).await.sees(StatusCode::CONFLICT);
        refused.says("Put people on the roll first");
        let look = file(&room, &code, ROLL, "").await.sees(StatusCode::OK);
        let look = look.says("no e-mail address, and one takes part here by an account").says("By the day of birth");
        look.says("By the district, or for want of one").never_says("2015-01-01");
        assert!(room.town.column("select name from conversation_roll").await.is_empty(), "looking keeps nothing");
        file(&room, &code, ROLL, "keep").await.sees(StatusCode::OK);
        let names = room.town.column("select name from conversation_roll").await;
        assert_eq!(names.len(), 2, "Amina and Pau");
        assert!(names.iter().all(|name| name.len() == 64 && !name.contains('@')), "{names:?}");
        room.advance(&code, "publish").await;
        let path = format!("/conversations/{code}/take-part");
        let vote = [("statement", "0"), ("vote", "agree")];
        // A visitor is sent to sign in; an account off the roll hears so, on the page and in the act.
        let visitor = room.visitor(&code).await;
        assert!(visitor.post(&path, &vote).await.location().starts_with("/sign-in"));
        assert!(turn(&visitor, &code).await["statement"].is_null() || room.answers().await.is_empty());
        for email in ["jon@example.org", "omar@example.org", "lena@example.org", "eve@example.org"] {
            let other = room.town.signed_in(email).await;
            other.get(&path).await.sees(StatusCode::OK).says("not on it").never_says("name=\"vote\"");
            assert!(turn(&other, &code).await["statement"].is_null());
            other.post(&path, &vote).await.sees(StatusCode::CONFLICT).says("not on it");
            let words = [("words", "Kites may fly on the green"), ("sure", "yes")];
            other.post(&format!("/conversations/{code}/write"), &words).await.sees(StatusCode::CONFLICT);
        }
        assert!(room.answers().await.is_empty());
        let amina = room.town.signed_in("amina@example.org").await;
        amina.get(&path).await.says("name=\"vote\"");
        assert_eq!(room.vote(&amina, &code, "0", "agree").await, StatusCode::SEE_OTHER);
        assert_eq!(room.vote(&amina, &code, "1", "pass").await, StatusCode::SEE_OTHER);
        assert_eq!(room.town.column("select level from conversation_participants").await, ["roll"]);
        let shown = room.town.browser().get(&format!("/conversations/{code}")).await;
        shown.says("People on the roll of this conversation").says("From 16 years on").says("Mill");
        let told = room.town.browser().get(&format!("/conversations/{code}.json")).await.json();
        assert_eq!((told["entry"].as_str(), told["least_age"].as_i64()), (Some("roll"), Some(16)));
        assert_eq!(told["lives_in"][0], "mill");
        let record = room.town.record().await.join("\n");
        assert!(record.contains("conversation.roll-added") && !record.contains("example.org"), "{record}");
    }
}

#[tokio::test]
async fn a_line_counts_once_also_for_a_new_account_of_the_same_address() {
    for room in rooms().await {
        let code = by_roll(&room).await;
        file(&room, &code, ROLL, "keep").await.sees(StatusCode::OK);
        room.advance(&code, "publish").await;
        let amina = room.town.signed_in("amina@example.org").await;
        assert_eq!(room.vote(&amina, &code, "0", "agree").await, StatusCode::SEE_OTHER);
        amina.post("/me/erase", &[("confirm", "yes"), ("sure", "yes")]).await;
        let erased = room.town.column("select who from conversation_participants").await;
        assert!(erased[0].starts_with("erased:"), "{erased:?}");
        let again = room.town.signed_in("amina@example.org").await;
        let seen =
            again.post(&format!("/conversations/{code}/take-part"), &[("statement", "0"), ("vote", "agree")]).await;
        seen.sees(StatusCode::CONFLICT).says("closed their account");
        assert_eq!(room.answers().await.len(), 1);
    }
}

#[tokio::test]
async fn the_roll_is_fixed_once_used_and_its_rule_while_people_are_on_it() {
    for room in rooms().await {
        let code = by_roll(&room).await;
        file(&room, &code, ROLL, "keep").await.sees(StatusCode::OK);
        let desk = format!("/desk/conversations/{code}");
        let other = crate::town::setting(&[("entry", "roll"), ("least_age", "18"), ("lives_in", "mill")]);
        room.lead.post(&desk, &other).await.sees(StatusCode::CONFLICT).says("Empty the roll first");
        room.lead.post(&format!("{desk}/roll/empty"), &[]).await.sees(StatusCode::SEE_OTHER);
        room.lead.post(&desk, &other).await.sees(StatusCode::SEE_OTHER);
        let old = "email,born,district\npau@example.org,1970-12-31,mill\n";
        file(&room, &code, old, "keep").await.sees(StatusCode::SEE_OTHER);
        room.advance(&code, "publish").await;
        let pau = room.town.signed_in("pau@example.org").await;
        assert_eq!(room.vote(&pau, &code, "0", "agree").await, StatusCode::SEE_OTHER);
        room.lead.post(&format!("{desk}/roll/empty"), &[]).await.sees(StatusCode::CONFLICT).says("nobody can be taken");
        assert_eq!(room.town.column("select name from conversation_roll").await.len(), 1);
        // Who does not lead it has no way to its roll.
        pau.get(&format!("{desk}/roll")).await.sees(StatusCode::FORBIDDEN);
        for wrong in [[("least_age", "0"), ("entry", "roll")], [("least_age", "16"), ("entry", "anybody")]] {
            let sent = crate::town::setting(&wrong);
            room.lead.post("/desk/conversations", &sent).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        }
        let moon = crate::town::setting(&[("entry", "roll"), ("lives_in", "moon")]);
        let refused = room.lead.post("/desk/conversations", &moon).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        refused.says("no district “moon”");
        file(&room, &code, "name\nx\n", "keep").await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("needs a column");
    }
}

#[tokio::test]
async fn the_report_counts_answers_by_level_and_no_few() {
    for room in rooms().await {
        let code = room.open(&[]).await;
        for number in 0..6 {
            let browser = room.town.signed_in(&format!("p{number}@example.org")).await;
            assert_eq!(room.vote(&browser, &code, "0", "agree").await, StatusCode::SEE_OTHER);
            assert_eq!(room.vote(&browser, &code, "1", "disagree").await, StatusCode::SEE_OTHER);
        }
        for _ in 0..2 {
            let visitor = room.visitor(&code).await;
            assert_eq!(room.vote(&visitor, &code, "0", "pass").await, StatusCode::SEE_OTHER);
            room.town.clock.advance_seconds(5);
        }
        room.drawn().await;
        let told = room.town.browser().get(&format!("/conversations/{code}.json")).await.json();
        assert_eq!(
            told["levels"],
            serde_json::json!([
                {"level": "account", "people": 6, "answers": 12}, {"level": "pseudonym", "people": null, "answers": null},
            ])
        );
        let report = room.town.browser().get(&format!("/conversations/{code}/report")).await.sees(StatusCode::OK);
        report.says("Account with a confirmed e-mail address").says("fewer than 5");
        // No table joins a level with a person.
        for export in ["votes.csv", "participants-votes.csv", "comments.csv"] {
            let file = room.town.browser().get(&format!("/conversations/{code}/export/{export}")).await;
            file.never_says("pseudonym").never_says("account");
        }
    }
}

#[tokio::test]
async fn who_signs_in_later_counts_at_the_level_of_the_account() {
    for room in rooms().await {
        let code = room.open(&[]).await;
        let visitor = room.visitor(&code).await;
        assert_eq!(room.vote(&visitor, &code, "0", "agree").await, StatusCode::SEE_OTHER);
        assert_eq!(room.town.column("select level from conversation_participants").await, ["pseudonym"]);
        let link = room.town.link_for(&visitor, "amina@example.org", "").await;
        visitor.post(&link, &[]).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(room.vote(&visitor, &code, "1", "agree").await, StatusCode::SEE_OTHER);
        assert_eq!(room.town.column("select level from conversation_participants").await, ["account"]);
    }
}

#[tokio::test]
async fn facts_stand_beside_the_original_and_say_who_translated_them() {
    for room in rooms().await {
        let code = room.open(&[]).await;
        let facts = [
            ("facts[en]", "Six of ten trips are shorter than 5 km."),
            ("facts[es]", "Seis de cada diez viajes son de menos de 5 km."),
            ("original", "es"),
            ("hand-en", "machine"),
            ("sources", "Survey | https://example.org/survey"),
        ];
        let desk = format!("/desk/conversations/{code}/facts");
        room.lead.post(&desk, &facts).await.sees(StatusCode::SEE_OTHER);
        let page = format!("/conversations/{code}");
        let english = room.town.browser().get(&page).await.says("Translated by a machine");
        english.says("Original (Español)").says("lang=\"es\"").says("Seis de cada diez").says("Six of ten");
        let spanish = room.town.browser().reading("es").get(&page).await.says("Seis de cada diez");
        spanish.never_says("Six of ten").never_says("máquina");
        let arabic = room.town.browser().reading("ar").get(&page).await.says("Seis de cada diez");
        arabic.says("لم تُترجم إلى لغتك");
        let told = room.town.browser().get(&format!("{page}/facts.json")).await.json();
        assert_eq!((told[0]["original"].as_str(), told[0]["translated"]["en"].as_str()), (Some("es"), Some("machine")));
        let wrong = [("facts[en]", "Six of ten."), ("original", "ar")];
        room.lead.post(&desk, &wrong).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("no text in the language");
        // The next edition says nothing of who translated it: neither does its page.
        let next = [("facts[en]", "Seven of ten."), ("facts[es]", "Siete de diez."), ("original", "es")];
        room.lead.post(&desk, &next).await.sees(StatusCode::SEE_OTHER);
        room.town.browser().get(&page).await.says("Translation").never_says("Translated by a machine");
        room.town.browser().get(&format!("{page}/facts")).await.says("Translated by a machine").says("Six of ten");
    }
}
