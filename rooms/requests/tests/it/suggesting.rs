//! Suggestions at the desk are learned from corrections, marked, and rejected by one button.

use crate::town::{Room, rooms};
use axum::http::StatusCode;

const PERHAPS: &str = "Perhaps it belongs to “Broken bin”";

/// Residents file full bins as lamps, and officers correct it; real lamps are put right.
async fn corrected(room: &Room, times: usize) {
    let said = ["The bin is full of rubbish", "Rubbish beside the bins", "El contenedor está lleno", "الحاوية ممتلئة"];
    for round in 0..times {
        let (code, _) = room.lamp(said[round % said.len()]).await;
        move_to_bin(room, &code, "").await;
        let (code, _) = room.lamp("The lamp is dark since Monday").await;
        let form = [("version", &*room.version(&code).await), ("text", "New bulb")];
        room.lamps.post(&format!("/desk/{code}/resolve"), &form).await.sees(StatusCode::SEE_OTHER);
    }
    room.town.clock.advance_seconds(301);
}

async fn move_to_bin(room: &Room, code: &str, suggested: &str) {
    let form = [("version", &*room.version(code).await), ("category", "bin"), ("suggested", suggested)];
    room.lamps.post(&format!("/desk/{code}/category"), &form).await.sees(StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn what_was_corrected_is_suggested_marked_and_explained() {
    for room in rooms().await {
        let (early, _) = room.lamp("Bins full of rubbish").await;
        room.lamps.get(&format!("/desk/{early}")).await.never_says("Suggestion by the program");
        corrected(&room, 10).await;
        let (code, _) = room.lamp("Bins full of rubbish again").await;
        let desk = format!("/desk/{code}");
        let page = room.lamps.get(&desk).await.says(PERHAPS).says("Suggestion by the program; you decide");
        page.says("Very likely right").says("It says: ").says("earlier suggestions like this one");
        let seen = room.lamps.get(&format!("{desk}.json")).await.sees(StatusCode::OK).json();
        let made = &seen["suggestions"][0];
        assert_eq!((made["kind"].as_str(), made["value"]["code"].as_str()), (Some("category"), Some("bin")));
        let share = |name: &str| made[name].as_f64().unwrap();
        assert!((share("share") - (share("right") + 1.0) / (share("of") + 2.0)).abs() < 1e-12);
        // Nothing is decided by it.
        assert_eq!(seen["category"]["code"], "lamp");
        room.town.browser().get(&format!("/requests/{code}")).await.never_says(PERHAPS);
        move_to_bin(&room, &code, "yes").await;
        room.bins.get(&desk).await.sees(StatusCode::OK).never_says("Perhaps it belongs");
        let record = room.town.record().await.join("\n");
        assert_eq!(record.matches(r#""suggested":"yes""#).count(), 1, "the record tells who was led by a suggestion");
        let (lamp, _) = room.lamp("Lamp dark").await;
        room.lamps.get(&format!("/desk/{lamp}")).await.never_says("Suggestion by the program");
    }
}

#[tokio::test]
async fn a_rejected_suggestion_is_gone_and_is_learned_from() {
    for room in rooms().await {
        corrected(&room, 6).await;
        let (code, _) = room.lamp("Bin full of rubbish").await;
        let desk = format!("/desk/{code}");
        room.lamps.get(&desk).await.says(PERHAPS);
        let reject = format!("{desk}/reject");
        let no = [("kind", "category"), ("value", "bin")];
        room.lamps.post(&reject, &no).await.sees(StatusCode::SEE_OTHER);
        room.lamps.post(&reject, &no).await.sees(StatusCode::SEE_OTHER);
        room.lamps.get(&desk).await.never_says(PERHAPS).says("Suggestions you said no to");
        let again = [("kind", "category"), ("value", "bin"), ("again", "yes")];
        room.lamps.post(&reject, &again).await.sees(StatusCode::SEE_OTHER);
        room.lamps.get(&desk).await.says(PERHAPS);
        // Colleagues who keep such reports teach it to hold its tongue.
        for _ in 0..14 {
            let (code, _) = room.lamp("Bin full of rubbish").await;
            room.lamps.post(&format!("/desk/{code}/reject"), &no).await.sees(StatusCode::SEE_OTHER);
        }
        room.town.clock.advance_seconds(301);
        let (code, _) = room.lamp("Bin full of rubbish").await;
        room.lamps.get(&format!("/desk/{code}")).await.never_says(PERHAPS);
    }
}

#[tokio::test]
async fn only_the_agency_that_answers_may_reject() {
    for room in rooms().await {
        let (code, _) = room.lamp("It flickers").await;
        let path = format!("/desk/{code}/reject");
        let no = [("kind", "category"), ("value", "bin")];
        room.bins.post(&path, &no).await.sees(StatusCode::NOT_FOUND);
        for wrong in [
            [("kind", "x"), ("value", "bin")],
            [("kind", "category"), ("value", "<b>")],
            [("kind", "agency"), ("value", "")],
        ] {
            room.lamps.post(&path, &wrong).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        }
        assert!(room.town.column("select value from request_suggestions_rejected").await.is_empty());
    }
}

#[tokio::test]
async fn what_is_passed_on_again_and_again_is_suggested_as_another_agency() {
    for room in rooms().await {
        for _ in 0..8 {
            let (code, _) = room.lamp("The lamp of the recycling yard").await;
            let form = [("version", &*room.version(&code).await), ("organisation", "waste")];
            room.lamps.post(&format!("/desk/{code}/pass"), &form).await.sees(StatusCode::SEE_OTHER);
            let (code, _) = room.lamp("Street corner dark").await;
            let form = [("version", &*room.version(&code).await), ("text", "New bulb")];
            room.lamps.post(&format!("/desk/{code}/resolve"), &form).await.sees(StatusCode::SEE_OTHER);
        }
        room.town.clock.advance_seconds(301);
        let (code, _) = room.lamp("Lamp at the recycling yard").await;
        room.lamps.get(&format!("/desk/{code}")).await.says("Perhaps Waste and recycling answers for it");
    }
}

#[tokio::test]
async fn before_anybody_decided_a_category_is_known_by_its_own_words() {
    for room in rooms().await {
        let waste = room.town.town.db().read(|tx| people::organisations::by_code(tx, "waste"));
        let waste = waste.await.map_err(|error: database::DbError| error).unwrap().unwrap();
        let definition = requests::Definition {
            name: civic::LocalText::plain("Broken bin"),
            description: civic::LocalText::plain("A container is full, or rubbish lies beside it."),
            group: None,
            keywords: vec!["bin".to_owned()],
            attributes: Vec::new(),
            promise: None,
            rules: requests::Rules::default(),
        };
        let bin = requests::Category {
            code: "bin".to_owned(),
            organisation: waste.id,
            position: 1,
            active: true,
            definition,
        };
        requests::define_category(&room.town.town, testing::steward(), bin).await.unwrap();
        let (code, _) = room.lamp("The container overflows, rubbish everywhere").await;
        let desk = format!("/desk/{code}");
        let page = room.lamps.get(&desk).await.says(PERHAPS).says("By its words alone").says("rubbish");
        page.never_says("Very likely right");
        let made = room.lamps.get(&format!("{desk}.json")).await.json()["suggestions"][0].clone();
        assert_eq!(
            (made["value"]["code"].as_str(), made["share"].is_null(), &made["of"]),
            (Some("bin"), true, &serde_json::json!(0))
        );
        // One word is not enough, and neither are words that nobody uses of it.
        for words in ["A container", "The lamp flickers all night"] {
            let (code, _) = room.lamp(words).await;
            room.lamps.get(&format!("/desk/{code}")).await.never_says("Suggestion by the program");
        }
    }
}
