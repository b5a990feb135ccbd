//! One act on several matters at a time.

use crate::town::{Room, rooms};
use axum::http::StatusCode;

async fn picks(room: &Room, count: usize) -> Vec<String> {
    let mut picks = Vec::new();
    for number in 0..count {
        let (code, _) = room.lamp(&format!("Lamp {number} is dark")).await;
        picks.push(format!("{code} {}", room.version(&code).await));
    }
    picks
}

fn form<'f>(picks: &'f [String], act: &'f str, more: &[(&'f str, &'f str)]) -> Vec<(&'f str, &'f str)> {
    let picked = picks.iter().map(|pick| ("pick", pick.as_str()));
    picked.chain([("act", act)]).chain(more.iter().copied()).collect()
}

async fn state(room: &Room, pick: &str) -> String {
    let code = pick.split_once(' ').unwrap().0;
    room.town.browser().get(&format!("/requests/{code}.json")).await.json()["state"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn several_are_looked_at_once_more_and_then_done() {
    for room in rooms().await {
        let picks = picks(&room, 3).await;
        room.lamps.get("/desk").await.says(&format!("value=\"{}\"", picks[0]));
        let look = form(&picks, "resolve", &[]);
        room.lamps.post("/desk/bulk", &look).await.sees(StatusCode::OK).says("Resolve 3 reports").says("What was done");
        assert_eq!(state(&room, &picks[0]).await, "received", "looking does nothing");
        let done = form(&picks, "resolve", &[("confirmed", "yes"), ("text", "New bulbs in the whole street")]);
        assert_eq!(room.lamps.post("/desk/bulk", &done).await.sees(StatusCode::SEE_OTHER).location(), "/desk");
        for pick in &picks {
            assert_eq!(state(&room, pick).await, "resolved");
        }
        let record = room.town.record().await.join("\n");
        assert_eq!(record.matches("request.resolved").count(), 3, "an entry for each");
        room.lamps.post("/desk/bulk", &[("act", "take")]).await.sees(StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn an_officer_comes_back_to_the_view_they_left() {
    for room in rooms().await {
        let picks = picks(&room, 2).await;
        let view = "/desk?state=new&category=lamp";
        room.lamps.get(view).await.says("name=\"back\" value=\"/desk?state=new").says("Lamp 0 is dark");
        let look = form(&picks[..1], "resolve", &[("back", view)]);
        room.lamps.post("/desk/bulk", &look).await.says("href=\"/desk?state=new");
        let done = form(&picks[..1], "resolve", &[("confirmed", "yes"), ("text", "New bulbs"), ("back", view)]);
        assert_eq!(room.lamps.post("/desk/bulk", &done).await.sees(StatusCode::SEE_OTHER).location(), view);
        // Nobody is sent elsewhere by a form.
        for elsewhere in ["https://example.org/", "//example.org", "/deskward", "/desk\r\nx: y"] {
            let none = [("act", "take"), ("back", elsewhere)];
            assert_eq!(room.lamps.post("/desk/bulk", &none).await.sees(StatusCode::SEE_OTHER).location(), "/desk");
        }
    }
}

#[tokio::test]
async fn whoever_answers_for_all_looks_at_one_agency() {
    for room in rooms().await {
        let (lamp, _) = room.lamp("Dark").await;
        let bin = serde_json::json!({"category": "bin", "lat": 50.05, "long": 0.05, "attributes": {"size": "S"}});
        let bin = room.town.browser().post_json("/requests.json", &bin).await.sees(StatusCode::CREATED).json();
        let bin = bin["code"].as_str().unwrap();
        let administrator = room.town.administrator().await;
        administrator.get("/desk").await.says(&lamp).says(bin).says("All agencies");
        administrator.get("/desk?agency=waste").await.says(bin).never_says(&lamp);
        administrator.get("/desk?agency=nobody").await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        // Whoever answers for one agency sees no other by asking for it.
        room.lamps.get("/desk?agency=waste").await.never_says(bin).never_says("All agencies");
        room.lamps.get("/desk?agency=lights").await.says(&lamp);
    }
}

#[tokio::test]
async fn what_is_refused_holds_up_no_other_and_loses_no_words() {
    for room in rooms().await {
        let picks = picks(&room, 2).await;
        let code = picks[0].split_once(' ').unwrap().0;
        // Somebody changes the first one meanwhile.
        let version = room.version(code).await;
        room.lamps.post(&format!("/desk/{code}/take"), &[("version", &version)]).await.sees(StatusCode::SEE_OTHER);
        let stale = form(&picks, "decline", &[("confirmed", "yes"), ("text", "These lamps are private")]);
        let seen = room.lamps.post("/desk/bulk", &stale).await.sees(StatusCode::CONFLICT);
        let seen = seen.says("These lamps are private").says("Somebody changed this").says("1 done, 1 left");
        seen.says(&format!("{code} {}", room.version(code).await)).never_says(&picks[1]);
        assert_eq!(
            (state(&room, &picks[0]).await, state(&room, &picks[1]).await),
            ("assigned".into(), "declined".into())
        );
        let again = [format!("{code} {}", room.version(code).await)];
        let again = form(&again, "decline", &[("confirmed", "yes"), ("text", "These lamps are private")]);
        room.lamps.post("/desk/bulk", &again).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(state(&room, &picks[0]).await, "declined");
    }
}

#[tokio::test]
async fn a_mandate_reaches_no_further_in_bulk() {
    for room in rooms().await {
        let picks = picks(&room, 1).await;
        let code = picks[0].split_once(' ').unwrap().0;
        let theirs = form(&picks, "decline", &[("confirmed", "yes"), ("text", "No")]);
        room.bins.post("/desk/bulk", &theirs).await.never_says("is dark").never_says(code);
        room.town.browser().post("/desk/bulk", &theirs).await.never_says("is dark");
        assert_eq!(state(&room, &picks[0]).await, "received");
        let many: Vec<String> = (0..101).map(|number| format!("R-{number} 1")).collect();
        room.lamps.post("/desk/bulk", &form(&many, "take", &[])).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        room.lamps.post("/desk/bulk", &form(&picks, "reopen", &[])).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
    }
}

#[tokio::test]
async fn a_program_reads_what_was_done_and_why_not() {
    for room in rooms().await {
        let picks = picks(&room, 1).await;
        let code = picks[0].split_once(' ').unwrap().0;
        let token = room.town.token(civic::Role::Administrator).await;
        let body = serde_json::json!({"act": "resolve", "text": "Done", "pick": [picks[0], "R-NONE 1"]});
        let seen = room.town.program(&token).post_json("/desk/bulk.json", &body).await.sees(StatusCode::OK).json();
        assert_eq!(seen["done"], serde_json::json!([code]));
        assert_eq!(seen["refused"][0]["code"], "R-NONE");
        assert!(seen["refused"][0]["reason"].as_str().unwrap().len() > 10);
    }
}
