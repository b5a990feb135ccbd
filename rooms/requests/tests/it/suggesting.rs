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
