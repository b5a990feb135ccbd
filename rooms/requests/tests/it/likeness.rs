//! Is it one of these? What is shown to whoever reports, and to programs.

use crate::{
    reporting::DOT,
    town::{Room, rooms},
};
use axum::http::{StatusCode, header};
use serde_json::json;
use testing::{Browser, Part};

/// Reports a lamp some metres east of the others, by JSON.
pub async fn lamp_at(room: &Room, metres: f64, words: &str) -> String {
    // A moment later than the one before, so that it is plain which is the earlier.
    room.town.clock.advance_seconds(1);
    let long = 0.05 + metres / 71_474.0;
    let body = json!({"category": "lamp", "lat": 50.05, "long": long, "description": words});
    let seen = room.town.browser().post_json("/requests.json", &body).await.sees(StatusCode::CREATED);
    seen.json()["code"].as_str().unwrap().to_owned()
}

/// Goes to the question whether it is one of these: the address of the draft.
async fn to_question(browser: &Browser, words: &str) -> String {
    let place =
        browser.post("/report", &[("category", "lamp")]).await.sees(StatusCode::SEE_OTHER).location().to_owned();
    let draft = place.strip_suffix("/where").unwrap().to_owned();
    browser.post(&place, &[("lat", "50.05"), ("long", "0.05")]).await.sees(StatusCode::SEE_OTHER);
    let seen = browser.post(&format!("{draft}/what"), &[("description", words)]).await.sees(StatusCode::SEE_OTHER);
    assert_eq!(seen.location(), format!("{draft}/alike"));
    draft
}

pub async fn me_too_count(room: &Room, code: &str) -> i64 {
    room.town.browser().get(&format!("/requests/{code}.json")).await.json()["me_too"].as_i64().unwrap()
}

#[tokio::test]
async fn whoever_reports_the_same_says_me_too_instead() {
    for room in rooms().await {
        let first = lamp_at(&room, 12.0, "The lamp is dark since Monday").await;
        lamp_at(&room, 400.0, "Too far away, also dark").await;
        let amina = room.town.browser();
        let draft = to_question(&amina, "LAMPS dark again").await;
        let page = amina.get(&format!("{draft}/alike")).await.sees(StatusCode::OK);
        assert_eq!(page.headers[header::CACHE_CONTROL], "no-store");
        let page = page.says(&first).says("12 metres away").says("The same category").says("Less than a day apart");
        page.says("Both say: LAMPS, dark").says("Very likely the same").never_says("Too far");
        // Nothing chosen: asked again, in a sentence.
        amina
            .post(&format!("{draft}/alike"), &[])
            .await
            .sees(StatusCode::UNPROCESSABLE_ENTITY)
            .says("Choose the report");
        let form = [("same", first.as_str()), ("email", "amina@example.org")];
        let seen = amina.post(&format!("{draft}/alike"), &form).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(seen.location(), format!("/requests/{first}"));
        assert_eq!(room.town.column("select code from requests").await.len(), 2, "no duplicate was made");
        room.town.browser().get(&format!("/requests/{first}")).await.says("It affects one more person.");
        room.lamps.get(&format!("/desk/{first}")).await.says("It affects one more person.");
        assert!(room.town.mails().await[0].mail.body_text.contains("confirm"), "news only after a confirmation");
        // Sent again, or from the page of the report: still one person.
        amina.post(&format!("{draft}/alike"), &form).await.sees(StatusCode::SEE_OTHER);
        amina.post(&format!("/requests/{first}/me-too"), &[]).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(me_too_count(&room, &first).await, 1);
    }
}

#[tokio::test]
async fn another_matter_goes_on_and_is_not_asked_again() {
    for room in rooms().await {
        let first = lamp_at(&room, 5.0, "Dark lamp").await;
        let amina = room.town.browser();
        let draft = to_question(&amina, "Another dark lamp").await;
        let seen = amina.post(&format!("{draft}/alike"), &[("same", "none")]).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(seen.location(), format!("{draft}/contact"));
        let seen = amina.get(&format!("{draft}/alike")).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(seen.location(), format!("{draft}/contact"), "already said");
        let key = draft.rsplit('/').next().unwrap();
        let seen = amina.post("/requests", &[("draft", key)]).await.sees(StatusCode::SEE_OTHER);
        let own = seen.location().split('/').nth(2).unwrap().to_owned();
        // The officer still sees it, with what the reporter said; and once an officer says no, nobody is asked again.
        let desk = format!("/desk/{own}");
        room.lamps.get(&desk).await.says(&first).says("Its reporter said that it is another matter");
        room.lamps.post(&format!("{desk}/not-same"), &[("other", &first)]).await.sees(StatusCode::SEE_OTHER);
        room.lamps.get(&desk).await.says("Nothing nearby looks like it").says("Suggest again");
        room.lamps.get(&format!("/desk/{first}")).await.says("Nothing nearby looks like it");
        let form = [("other", own.as_str()), ("again", "yes")];
        room.lamps.post(&format!("/desk/{first}/not-same"), &form).await.sees(StatusCode::SEE_OTHER);
        room.lamps.get(&desk).await.says(&format!("merge {own} into {first}"));
    }
}

#[tokio::test]
async fn with_nothing_near_nothing_is_asked() {
    for room in rooms().await {
        let amina = room.town.browser();
        let draft = to_question(&amina, "Dark").await;
        let seen = amina.get(&format!("{draft}/alike")).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(seen.location(), format!("{draft}/contact"));
        // Ended lately: shown, with its state, but not to say “me too” to. Ended long ago: not shown.
        let (code, _) = room.lamp("Dark").await;
        let done = [("text", "New bulb"), ("version", &*room.version(&code).await)];
        room.lamps.post(&format!("/desk/{code}/resolve"), &done).await.sees(StatusCode::SEE_OTHER);
        amina
            .get(&format!("{draft}/alike"))
            .await
            .sees(StatusCode::OK)
            .says("Ended lately")
            .says(&code)
            .never_says("Yes, this one");
        amina
            .post(&format!("{draft}/alike"), &[("same", &code)])
            .await
            .sees(StatusCode::CONFLICT)
            .says("please report it anew");
        room.town.clock.advance_seconds(15 * 86_400);
        amina.get(&format!("{draft}/alike")).await.sees(StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn programs_ask_before_they_send() {
    for room in rooms().await {
        let first = lamp_at(&room, 49.0, "مصباح الشارع معطل").await;
        let program = room.town.browser().reading("ar");
        let text = "المصباحُ مُعَطَّلٌ".bytes().map(|b| format!("%{b:02X}")).collect::<String>();
        let path = format!("/report/alike?category=lamp&lat=50.05&long=0.05&text={text}");
        let found = program.get(&path).await.sees(StatusCode::OK).json();
        let one = &found["matches"][0];
        assert_eq!((one["code"].as_str(), one["distance_m"].as_i64()), (Some(&*first), Some(49)));
        assert_eq!(one["shared_words"], json!(["المصباحُ", "مُعَطَّلٌ"]));
        assert_eq!(one["reasons"][0], "على بُعد \u{2068}49\u{2069} متراً".replace(['\u{2068}', '\u{2069}'], ""));
        let points = |part: &str| one["points"][part].as_i64().unwrap();
        assert_eq!(points("all"), ["place", "category", "time", "words", "photo"].map(points).iter().sum::<i64>());
        program.get("/report/alike.json?category=lamp&lat=50.05&long=0.05").await.sees(StatusCode::OK).says(&first);
        assert_eq!(program.get("/report/alike?category=lamp&lat=50.05&long=0.1").await.json()["matches"], json!([]));
        for bad in [
            "",
            "?category=x&lat=1&long=1",
            "?category=lamp",
            "?category=lamp&lat=50",
            "?category=lamp&lat=a&long=b",
            "?category=lamp&lat=95&long=0",
            "?category=lamp&address=%00",
        ] {
            let seen = program.get(&format!("/report/alike{bad}")).await;
            assert_eq!(seen.status, StatusCode::BAD_REQUEST, "{bad}: {}", seen.text);
        }
        // Without a pin, the address finds it.
        let body = json!({"category": "lamp", "address": "Mill Lane 12"});
        program.post_json("/requests.json", &body).await.sees(StatusCode::CREATED);
        let found = program.get("/report/alike?category=lamp&address=MILL%20lane%2012").await.json();
        assert_eq!(
            (found["matches"][0]["same_address"].as_bool(), found["matches"].as_array().unwrap().len()),
            (Some(true), 1)
        );
    }
}

#[tokio::test]
async fn the_same_photo_is_known_again() {
    for room in rooms().await {
        let photo = stripes();
        let parts = [
            Part::Text("category", "lamp"),
            Part::Text("lat", "50.05"),
            Part::Text("long", "0.05"),
            Part::File("photo", "a.png", &photo),
        ];
        let seen = room.town.browser().post_files("/requests", &parts).await.sees(StatusCode::SEE_OTHER);
        let code = seen.location().split('/').nth(2).unwrap().to_owned();
        assert_eq!(room.town.column("select id from files where hash is not null").await.len(), 1);
        let amina = room.town.browser();
        let draft = to_question(&amina, "").await;
        let alike = format!("{draft}/alike");
        amina.get(&alike).await.sees(StatusCode::OK).says(&code).never_says("The photos look alike");
        amina
            .post_files(&format!("{draft}/what"), &[Part::File("photo", "b.png", &photo)])
            .await
            .sees(StatusCode::SEE_OTHER);
        amina
            .get(&alike)
            .await
            .sees(StatusCode::OK)
            .says("The photos look alike")
            .says("?small=1")
            .says("Very likely the same");
        // A picture of one colour looks like any other of one colour, and says nothing.
        amina
            .post_files(&format!("{draft}/what"), &[Part::File("photo", "c.png", DOT)])
            .await
            .sees(StatusCode::SEE_OTHER);
        amina.get(&alike).await.sees(StatusCode::OK).never_says("The photos look alike");
        assert_eq!(room.town.column("select id from files where hash is null").await.len(), 1);
    }
}

/// A PNG of 9 stripes, dark and light, as only this test has.
fn stripes() -> Vec<u8> {
    use image::{ImageFormat, RgbImage};
    let picture = RgbImage::from_fn(90, 80, |x, y| {
        image::Rgb([((x / 10) * 71 % 256) as u8, ((x / 10 + y / 20) * 53 % 256) as u8, 40])
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// Words of strangers stay words, wherever they are shown as a reason.
#[tokio::test]
async fn script_in_shared_words_stays_words() {
    const EVIL: &str = "<script>alert(1)</script>\"onload=x lamp";
    for room in rooms().await {
        let (code, _) = room.lamp(EVIL).await;
        let amina = room.town.browser();
        let draft = to_question(&amina, EVIL).await;
        let page = amina
            .get(&format!("{draft}/alike"))
            .await
            .sees(StatusCode::OK)
            .says("Both say")
            .never_says("<script>alert");
        assert!(!page.text.contains("\"onload=x"));
        lamp_at(&room, 3.0, EVIL).await;
        room.lamps.get(&format!("/desk/{code}")).await.says("Both say").never_says("<script>alert");
        let evil = [("same", EVIL), ("email", EVIL)];
        let seen = amina.post(&format!("{draft}/alike"), &evil).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        seen.never_says("<script>alert");
        amina
            .post(&format!("/requests/{code}/me-too"), &[("email", EVIL)])
            .await
            .sees(StatusCode::UNPROCESSABLE_ENTITY)
            .never_says("<script>alert");
    }
}
