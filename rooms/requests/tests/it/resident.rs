//! The resident's side: a photo first, a map that speaks, notices, paper, a clerk on the telephone, drafts on the device.

mod device;
mod paper;

use crate::{reporting::DOT, town::rooms};
use axum::http::{StatusCode, header};
use testing::Part;

/// The value of a hidden field of a page.
fn hidden(page: &str, name: &str) -> String {
    let (_, rest) = page.split_once(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("{name}: {page}"));
    rest.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_report_begins_with_a_photo_that_is_never_lost() {
    for room in rooms().await {
        let resident = room.town.browser();
        let start = resident.get("/report").await.sees(StatusCode::OK);
        let (photo, category) =
            (start.text.find("capture=\"environment\"").unwrap(), start.text.find("name=\"category\"").unwrap());
        assert!(photo < category, "the photo comes first");
        // Without a category: asked for, and the photo stays.
        let seen = resident.post_files("/report", &[Part::File("photo", "a.png", DOT)]).await;
        let seen = seen.sees(StatusCode::UNPROCESSABLE_ENTITY).says("id=\"category-error\"");
        let key = hidden(&seen.text, "draft");
        assert!(seen.text.contains(&format!("?draft={key}")), "it is shown");
        let seen = resident.post("/report", &[("draft", &key), ("category", "lamp")]).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(seen.location(), format!("/report/{key}/where"));
        resident.get(&format!("/report/{key}/what")).await.sees(StatusCode::OK).says("remove-photo");
        // What is no picture is refused, and nothing is begun.
        let parts = [Part::Text("category", "lamp"), Part::File("photo", "a.png", b"<svg onload=alert(1)>")];
        let seen = resident.post_files("/report", &parts).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        assert!(seen.text.contains("id=\"photo-error\"") && !seen.text.contains("name=\"draft\""));
        resident.get("/report?draft=nothing").await.sees(StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn another_category_keeps_the_place_and_asks_its_own_questions() {
    for room in rooms().await {
        let resident = room.town.browser();
        let seen = resident.post("/report", &[("category", "bin")]).await.sees(StatusCode::SEE_OTHER);
        let draft = seen.location().strip_suffix("/where").unwrap().to_owned();
        let key = draft.rsplit('/').next().unwrap().to_owned();
        resident.post(&format!("{draft}/where"), &[("address", "12 Mill Lane")]).await.sees(StatusCode::SEE_OTHER);
        let what = [("description", "One\nTwo"), ("attribute[size]", "L")];
        resident.post(&format!("{draft}/what"), &what).await.sees(StatusCode::SEE_OTHER);
        // Every page carries what the others asked, so that a device without a network has it all.
        let page = resident.get(&format!("{draft}/contact")).await.sees(StatusCode::OK).text;
        assert_eq!(hidden(&page, "address"), "12 Mill Lane");
        assert_eq!(hidden(&page, "attribute[size]"), "L");
        assert_eq!(hidden(&page, "description"), "One\nTwo");
        resident.get(&format!("{draft}/check")).await.says(&format!("/report?draft={key}"));
        let seen = resident.post("/report", &[("draft", &key), ("category", "lamp")]).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(seen.location(), format!("{draft}/what"), "the place is known");
        let seen = resident.post("/requests", &[("draft", &key)]).await.sees(StatusCode::SEE_OTHER);
        let code = seen.location().split('/').nth(2).unwrap().to_owned();
        let view = room.town.browser().get(&format!("/requests/{code}.json")).await.json();
        assert_eq!(
            (view["category"]["code"].as_str(), view["answers"].as_array().map(Vec::len)),
            (Some("lamp"), Some(0))
        );
    }
}

#[tokio::test]
async fn the_map_says_where_the_pin_is() {
    for room in rooms().await {
        let body = serde_json::json!({"category": "lamp", "lat": 50.05, "long": 0.05, "address": "12 Mill <b>Lane"});
        room.town.browser().post_json("/requests.json", &body).await.sees(StatusCode::CREATED);
        let reader = room.town.browser();
        let here = reader.get("/report/here?lat=50.0509&long=0.05").await.sees(StatusCode::OK).json();
        assert_eq!((here["district"]["name"].as_str(), here["near"]["distance_m"].as_i64()), (Some("Mill"), Some(100)));
        let sentence = here["sentence"].as_str().unwrap().replace(['\u{2068}', '\u{2069}'], "");
        assert_eq!(sentence, "In Mill. About 100 m from “12 Mill <b>Lane”. 50.05090, 0.05000");
        let far = reader.get("/report/here?lat=50.06&long=0.05").await.json();
        assert!(far["near"].is_null(), "an address a kilometre away helps nobody");
        let outside = reader.get("/report/here?lat=51&long=0.05").await.sees(StatusCode::OK).json();
        assert!(outside["district"].is_null() && outside["outside_m"].as_i64().unwrap() > 90_000);
        for wrong in ["", "?lat=x&long=1", "?lat=1", "?lat=91&long=0"] {
            reader.get(&format!("/report/here{wrong}")).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        }
    }
}

#[tokio::test]
async fn a_clerk_takes_down_a_report_for_a_caller() {
    for room in rooms().await {
        room.town.browser().get("/desk/new").await.sees(StatusCode::SEE_OTHER);
        room.lamps.get("/desk/new").await.sees(StatusCode::OK).says("foot of a paper form");
        room.lamps.get("/desk/new?code=+BIN+&channel=mail").await.sees(StatusCode::OK).says("How large?");
        room.lamps.get("/desk/new?category=nothing").await.sees(StatusCode::OK).says("category-error");
        let missing = [("category", "bin"), ("address", "12 Mill Lane"), ("description", "It is <full>")];
        let seen = room.lamps.post("/desk/new", &missing).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        seen.says("channel-error").says("It is &#60;full&#62;");
        // The question stays open: the caller did not know. The bins are another agency's; a clerk takes down for all.
        let form = [
            ("category", "bin"),
            ("channel", "call"),
            ("address", "12 Mill Lane"),
            ("description", "It is full"),
            ("phone", "555 1234"),
            ("email", "amina@example.org"),
            ("language", "es"),
        ];
        let seen = room.lamps.post("/desk/new", &form).await.sees(StatusCode::SEE_OTHER);
        let thanks = seen.location().to_owned();
        let code = thanks.split('/').nth(2).unwrap().to_owned();
        let spelled: Vec<String> = code.chars().map(String::from).collect();
        room.lamps.get(&thanks).await.sees(StatusCode::OK).says("Read this out").says(&spelled.join(" "));
        // The public page says how it came, and nothing of the caller.
        let page = room.town.browser().get(&format!("/requests/{code}")).await.sees(StatusCode::OK);
        page.says("By telephone, taken down by a clerk").never_says("555 1234").never_says("amina");
        room.bins.get(&format!("/desk/{code}")).await.sees(StatusCode::OK).says("555 1234");
        let mails = room.town.mails().await;
        let to_caller: Vec<_> = mails.iter().filter(|mail| mail.mail.to.as_str() == "amina@example.org").collect();
        assert!(to_caller.iter().any(|mail| mail.mail.body_text.contains("Gracias")), "in the caller's language");
        // It is nobody's account's: the clerk's own data do not hold it.
        room.lamps.get("/me/export").await.sees(StatusCode::OK).never_says(&code);
        let record = room.town.record().await.join("\n");
        assert!(record.contains("\"source\":\"call\"") && !record.contains("555 1234"));
    }
}

#[tokio::test]
async fn a_notice_on_the_spot_opens_the_report_with_its_place() {
    for room in rooms().await {
        let order = [
            ("category", "lamp"),
            ("address", "12 Mill Lane"),
            ("asset", "Lamp 4711"),
            ("lat", "50.05"),
            ("long", "0.05"),
        ];
        room.town.browser().post("/desk/posters", &order).await.sees(StatusCode::SEE_OTHER);
        let seen = room.bins.post("/desk/posters", &order).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        seen.says("Another agency answers");
        for (field, wrong) in [("category", ""), ("lat", "51"), ("lat", "x"), ("asset", &*"x".repeat(61))] {
            let mut sent = order;
            for (name, value) in &mut sent {
                if *name == field {
                    *value = wrong;
                }
            }
            room.lamps.post("/desk/posters", &sent).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("12 Mill Lane");
        }
        room.lamps.post("/desk/posters", &order).await.sees(StatusCode::SEE_OTHER);
        let made = room.lamps.get("/desk/posters.json").await.sees(StatusCode::OK).json();
        let code = made[0]["code"].as_str().unwrap().to_owned();
        assert_eq!(room.bins.get("/desk/posters.json").await.json().as_array().map(Vec::len), Some(0));
        // The sheet, in every language, for its agency only.
        for language in ["en", "es", "ar"] {
            let sheet =
                room.lamps.get(&format!("/desk/posters/{code}.pdf?language={language}")).await.sees(StatusCode::OK);
            assert!(sheet.bytes.starts_with(b"%PDF-1.7") && sheet.headers[header::CONTENT_TYPE] == "application/pdf");
        }
        let svg = room.lamps.get(&format!("/desk/posters/{code}.svg")).await.sees(StatusCode::OK);
        svg.says("Something wrong here?").says("Lamp 4711").says(&format!("http://town.test/report/at/{code}"));
        room.bins.get(&format!("/desk/posters/{code}.pdf")).await.sees(StatusCode::NOT_FOUND);
        room.lamps.get(&format!("/desk/posters/{code}.exe")).await.sees(StatusCode::NOT_FOUND);
        // Whoever reads its code finds category and place filled in, and is asked no place again.
        let resident = room.town.browser();
        let seen = resident.get(&format!("/report/at/{code}")).await.sees(StatusCode::SEE_OTHER);
        let page = resident.get(seen.location()).await.sees(StatusCode::OK).says("12 Mill Lane, Lamp 4711");
        let form = [
            ("category", "lamp"),
            ("lat", &*hidden(&page.text, "lat")),
            ("long", &*hidden(&page.text, "long")),
            ("address", &*hidden(&page.text, "address")),
        ];
        let seen = resident.post("/report", &form).await.sees(StatusCode::SEE_OTHER);
        assert!(seen.location().ends_with("/what"), "{}", seen.location());
        // Taken down, its code opens an empty report.
        room.bins.post(&format!("/desk/posters/{code}/withdraw"), &[]).await.sees(StatusCode::FORBIDDEN);
        room.lamps.post(&format!("/desk/posters/{code}/withdraw"), &[]).await.sees(StatusCode::SEE_OTHER);
        room.lamps.post(&format!("/desk/posters/{code}/withdraw"), &[]).await.sees(StatusCode::NOT_FOUND);
        assert_eq!(resident.get(&format!("/report/at/{code}")).await.location(), "/report");
        let record = room.town.record().await.join("\n");
        assert!(record.contains("request-poster.made") && record.contains("request-poster.withdrawn"));
        assert!(!record.contains("Mill Lane") && !record.contains("4711"), "only the seal of the words");
    }
}

#[tokio::test]
async fn only_the_widget_stands_in_frames_and_it_knows_no_reader() {
    for room in rooms().await {
        let (code, _) = room.lamp("It flickers").await;
        room.town.settle().await;
        let framed = |headers: &axum::http::HeaderMap| {
            let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned();
            (policy.contains("frame-ancestors https://news.example"), headers.contains_key(header::X_FRAME_OPTIONS))
        };
        // Even who is signed in gets the page of everybody.
        for reader in [&room.town.browser(), &room.lamps] {
            let seen = reader.get("/embed/requests").await.sees(StatusCode::OK).says(&code);
            assert_eq!(framed(&seen.headers), (true, false));
            assert!(!seen.headers.contains_key(header::SET_COOKIE) && !seen.text.contains("<script"));
            seen.never_says("lamps@example.org").never_says("/sign-out");
            let page = reader.get("/requests").await.sees(StatusCode::OK);
            assert_eq!(framed(&page.headers), (false, true));
        }
        let visitor = room.town.browser();
        let district =
            visitor.get("/embed/requests?district=mill&category=lamp&language=ar").await.sees(StatusCode::OK);
        district.says("dir=\"rtl\"").says("Mill").says(&format!("http://town.test/requests/{code}"));
        visitor.get("/embed/requests?district=docks").await.sees(StatusCode::OK).never_says(&code);
        visitor.get("/embed/requests?district=nowhere").await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        let explained = visitor.get("/embed?district=mill").await.sees(StatusCode::OK);
        assert_eq!(framed(&explained.headers), (false, true));
        explained.says("&#60;iframe src=&#34;http://town.test/embed/requests?district=mill&#34;");
    }
}

#[tokio::test]
async fn an_address_that_is_pasted_elsewhere_becomes_the_map() {
    for room in rooms().await {
        let visitor = room.town.browser();
        let list = visitor.get("/requests?district=mill").await.sees(StatusCode::OK).text;
        let (_, rest) = list.split_once("application/json+oembed\" href=\"").unwrap();
        let address = rest.split('"').next().unwrap().replace("&#38;", "&");
        let rich = visitor.get(&format!("{address}&maxwidth=400")).await.sees(StatusCode::OK).json();
        assert_eq!((rich["type"].as_str(), rich["version"].as_str()), (Some("rich"), Some("1.0")));
        let html = rich["html"].as_str().unwrap();
        assert!(html.contains("src=\"http://town.test/embed/requests?district=mill\""), "{html}");
        assert!(html.contains("width=\"400\"") && rich["width"] == 400, "{html}");
        for wrong in [
            "https://evil.example/requests",
            "http://town.test.evil.example/requests",
            "http://town.test/desk",
            "http://town.test/requests?district=nowhere",
            "",
        ] {
            visitor.get(&format!("/oembed?url={wrong}")).await.sees(StatusCode::NOT_FOUND);
        }
        visitor.get("/oembed?format=xml&url=http://town.test/requests").await.sees(StatusCode::NOT_IMPLEMENTED);
    }
}
