use crate::town::{Hall, halls};
use axum::http::StatusCode;
use serde_json::json;
use testing::{Browser, Part};

#[tokio::test]
async fn a_resident_applies_page_by_page_and_gets_a_receipt() {
    for hall in halls().await {
        hall.parking(&[]).await;
        let visitor = hall.town.browser();
        visitor.get("/services/parking/apply").await.sees(StatusCode::OK).says("30 days").says("You need no account");
        let draft = hall.begins(&visitor).await;
        let first = visitor.get(&format!("{draft}/page_full_name")).await.sees(StatusCode::OK);
        first.says("<meta name=\"referrer\" content=\"no-referrer\">").says("Your name").says("Page 1 of 6");
        let empty = visitor.post(&format!("{draft}/page_full_name"), &[("q1", " ")]).await;
        empty.sees(StatusCode::UNPROCESSABLE_ENTITY).says("href=\"#q1\"").says("Answer: Your name");
        visitor.get(&format!("{draft}/check")).await.says("Still to be answered");
        visitor.post(&format!("{draft}/check"), &[]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        hall.answers(&visitor, &draft).await;
        let check = visitor.get(&format!("{draft}/check")).await.sees(StatusCode::OK);
        check.says("EUR 700.50").says("EUR 8,406").never_says("Still to be answered").never_says("Who owns it?");
        let sent = visitor.post(&format!("{draft}/check"), &[]).await.sees(StatusCode::SEE_OTHER);
        let receipt = sent.location().to_owned();
        visitor.get(&receipt).await.sees(StatusCode::OK).says("Your application was received").says("A-");
        let pdf = visitor.get(&receipt.replace("/receipt?", "/receipt.pdf?")).await.sees(StatusCode::OK);
        assert!(pdf.bytes.starts_with(b"%PDF"));
        let status = receipt.replace("/receipt", "");
        visitor.get(&status).await.sees(StatusCode::OK).says("Received").says("Amina").says("Nobody has opened it yet");
        let json = visitor.get(&status.replace("?", ".json?")).await.sees(StatusCode::OK).json();
        assert_eq!((json["answers"]["year"].as_i64(), json["state"].as_str()), (Some(840_600), Some("received")));
        let mail = hall.town.mails().await.remove(0).mail;
        assert!(mail.to.as_str() == "amina@example.org" && mail.body_text.contains(&status), "{}", mail.body_text);
        visitor.get(&format!("{draft}/check")).await.sees(StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_page_that_hangs_on_an_answer_comes_and_goes() {
    for hall in halls().await {
        hall.parking(&[]).await;
        let visitor = hall.town.browser();
        let draft = hall.begins(&visitor).await;
        hall.answers(&visitor, &draft).await;
        let no = visitor.post(&format!("{draft}/page_own_car"), &[("q1", "no")]).await;
        assert!(no.location().ends_with("/page_owner"), "{}", no.location());
        visitor.get(&format!("{draft}/check")).await.says("Still to be answered").says("Who owns it?");
        visitor.post(&format!("{draft}/page_owner"), &[("q1", "Omar")]).await.sees(StatusCode::SEE_OTHER);
        let yes = visitor.post(&format!("{draft}/page_own_car"), &[("q1", "yes")]).await;
        assert!(yes.location().ends_with("/page_rent"));
        let sent = visitor.post(&format!("{draft}/check.json"), &[]).await.sees(StatusCode::CREATED).json();
        let code = sent["code"].as_str().unwrap();
        let status =
            visitor.get(&format!("/applications/{code}.json?key={}", sent["key"].as_str().unwrap())).await.json();
        assert!(status["answers"]["owner"].is_null(), "what hangs on nothing is not sent: {status}");
    }
}

#[tokio::test]
async fn what_is_typed_is_kept_and_what_cannot_be_read_is_left_out() {
    for hall in halls().await {
        hall.parking(&[]).await;
        let visitor = hall.town.browser();
        let draft = hall.begins(&visitor).await;
        let kept = visitor.post(&format!("{draft}/page_full_name/keep"), &[("q1", "Ami")]).await;
        assert_eq!(kept.status, StatusCode::NO_CONTENT);
        // Another device, by the link.
        hall.town.browser().get(&format!("{draft}/page_full_name")).await.says("value=\"Ami\"");
        visitor.post(&format!("{draft}/page_rent/keep"), &[("q1", "12..x")]).await.sees(StatusCode::NO_CONTENT);
        visitor
            .post(&format!("{draft}/page_rent"), &[("q1", "12..x")])
            .await
            .sees(StatusCode::UNPROCESSABLE_ENTITY)
            .says("write an amount")
            .says("12..x");
        hall.town.clock.advance_seconds(31 * 86_400);
        let forgotten = hall.town.town.db().write({
            let before = hall.town.town.now().plus_days(-30);
            move |tx| {
                let rule = services::room().retention.iter().find(|rule| rule.name == "services.drafts").unwrap();
                let count = (rule.run)(tx, before, 100)?;
                tx.commit(database::OffRecord("a test"), count)
            }
        });
        assert_eq!(forgotten.await.map_err(|error: database::DbError| error).unwrap(), 1);
        visitor.get(&format!("{draft}/page_full_name")).await.sees(StatusCode::NOT_FOUND);
    }
}

async fn with_children(hall: &Hall) -> Browser {
    let officer = hall.parking(&[]).await;
    let fields = [
        ("kind", "text"),
        ("label-en", "Name of the child"),
        ("name", "child"),
        ("page-title-en", "Children"),
        ("repeat", "2"),
    ];
    hall.question(&officer, "parking", &fields).await.sees(StatusCode::SEE_OTHER);
    hall.question(
        &officer,
        "parking",
        &[("kind", "number"), ("label-en", "Age"), ("name", "age"), ("on", "page_child")],
    )
    .await
    .sees(StatusCode::SEE_OTHER);
    hall.question(&officer, "parking", &[("kind", "upload"), ("label-en", "Lease"), ("name", "lease")])
        .await
        .sees(StatusCode::SEE_OTHER);
    hall.question(
        &officer,
        "parking",
        &[("kind", "several"), ("label-en", "Zones"), ("name", "zones"), ("choices", "a = A\nb = B")],
    )
    .await
    .sees(StatusCode::SEE_OTHER);
    hall.publish(&officer, "parking").await.sees(StatusCode::SEE_OTHER);
    officer
}

/// A PNG of one pixel.
pub const PNG: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0, 1, 8,
    6, 0, 0, 0, 0x1f, 0x15, 0xc4, 0x89, 0, 0, 0, 0x0d, b'I', b'D', b'A', b'T', 0x78, 0x9c, 0x63, 0xf8, 0xcf, 0xc0,
    0xf0, 0x1f, 0, 5, 0, 1, 0xff, 0x89, 0x99, 0x3d, 0x1d, 0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xae, 0x42, 0x60, 0x82,
];

#[tokio::test]
async fn lists_photos_and_several_answers() {
    for hall in halls().await {
        let officer = with_children(&hall).await;
        let visitor = hall.town.browser();
        let draft = hall.begins(&visitor).await;
        hall.answers(&visitor, &draft).await;
        let children = format!("{draft}/page_child");
        for (name, age) in [("Ines", "7"), ("Omar", "9")] {
            visitor.post(&children, &[("q1", name), ("q2", age)]).await.sees(StatusCode::SEE_OTHER);
        }
        visitor
            .post(&children, &[("q1", "Eva"), ("q2", "1")])
            .await
            .sees(StatusCode::UNPROCESSABLE_ENTITY)
            .says("At most 2");
        visitor.post(&children, &[("drop", "0")]).await.sees(StatusCode::SEE_OTHER);
        visitor.get(&children).await.says("Omar, 9").never_says("Ines");
        let lease = format!("{draft}/page_lease");
        visitor.post(&lease, &[]).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("Answer: Lease");
        for (name, bytes) in [
            ("x.svg", &b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"[..]),
            ("x.html", b"<script>alert(1)</script>"),
            ("x.pdf", b"%PDF-1.4 anything"),
            ("x.png", b"\x89PNG\r\n\x1a\nbroken"),
            ("x.exe", b"MZ"),
            ("x.zip", b"PK\x03\x04"),
        ] {
            let seen = visitor.post_files(&lease, &[Part::File("q1", name, bytes)]).await;
            seen.sees(StatusCode::UNPROCESSABLE_ENTITY).says("href=\"#q1\"");
        }
        let evil = "\"><script>alert(1)</script>.png";
        visitor
            .post_files(&lease, &[Part::File("q1", &evil.replace('"', "%22"), PNG)])
            .await
            .sees(StatusCode::SEE_OTHER);
        let page = visitor.get(&lease).await.sees(StatusCode::OK).never_says("<script>alert");
        let (_, photo) = page.text.split_once("<img src=\"").unwrap();
        let photo = photo.split('"').next().unwrap().to_owned();
        let picture = visitor.get(&photo).await.sees(StatusCode::OK);
        assert_eq!(
            (picture.headers["content-type"].to_str().unwrap(), picture.headers["cache-control"].to_str().unwrap()),
            ("image/jpeg", "no-store")
        );
        visitor.post(&format!("{draft}/page_zones"), &[("q1", "c")]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        visitor.post(&format!("{draft}/page_zones"), &[("q1", "b"), ("q1", "a")]).await.sees(StatusCode::SEE_OTHER);
        let sent = visitor.post(&format!("{draft}/check"), &[]).await.sees(StatusCode::SEE_OTHER).location().to_owned();
        let status = visitor.get(&sent.replace("/receipt", "")).await.sees(StatusCode::OK).says("A, B").says("Omar");
        // The photo moved with the application, and is for its applicant and its office only.
        visitor.get(&photo).await.sees(StatusCode::NOT_FOUND);
        let (_, moved) = status.text.split_once("<img src=\"").unwrap();
        let moved = moved.split('"').next().unwrap().to_owned();
        visitor.get(&moved).await.sees(StatusCode::OK);
        hall.town.browser().get(moved.split('?').next().unwrap()).await.sees(StatusCode::NOT_FOUND);
        let code = sent.strip_prefix("/applications/").unwrap().split('/').next().unwrap().to_owned();
        let desk = hall.opens(&officer, &code).await;
        let (_, desk_photo) = desk.text.split_once("<img src=\"").unwrap();
        officer.get(desk_photo.split('"').next().unwrap()).await.sees(StatusCode::OK);
    }
}

#[tokio::test]
async fn a_pdf_is_kept_unopened_and_only_given_to_be_saved() {
    for hall in halls().await {
        let officer = with_children(&hall).await;
        let visitor = hall.town.browser();
        let draft = hall.begins(&visitor).await;
        hall.answers(&visitor, &draft).await;
        visitor.post(&format!("{draft}/page_child"), &[("q1", "Omar"), ("q2", "9")]).await.sees(StatusCode::SEE_OTHER);
        visitor.post(&format!("{draft}/page_zones"), &[("q1", "a")]).await.sees(StatusCode::SEE_OTHER);
        let lease = format!("{draft}/page_lease");
        let mut large = b"%PDF-1.7".to_vec();
        large.resize(9 * 1024 * 1024, b' ');
        large.extend_from_slice(b"%%EOF");
        for (bytes, sentence) in [(large.as_slice(), "at most 8 MB"), (b"%PDF-1.7 cut off", "not a whole one")] {
            let seen = visitor.post_files(&lease, &[Part::File("q1", "x.pdf", bytes)]).await;
            seen.sees(StatusCode::UNPROCESSABLE_ENTITY).says(sentence).says("href=\"#q1\"");
        }
        let pdf = b"%PDF-1.7\n/OpenAction << /S /JavaScript >>\n%%EOF\n";
        let named = [Part::File("q1", "l\u{e9}ase", &pdf[..])];
        visitor.post_files(&lease, &named).await.sees(StatusCode::SEE_OTHER);
        // A photo that calls itself a PDF is a photo.
        visitor.post_files(&lease, &[Part::File("q1", "photo.PDF", PNG)]).await.sees(StatusCode::SEE_OTHER);
        let page = visitor.get(&lease).await.sees(StatusCode::OK).says("l\u{e9}ase.pdf").says("Photo photo.PDF.jpg");
        let link = |text: &str| {
            let (before, _) = text.split_once("\" download>").unwrap();
            before.rsplit('"').next().unwrap().to_owned()
        };
        let address = link(&page.text);
        let is_given = |seen: &testing::Seen| {
            let header = |name: &str| seen.headers[name].to_str().unwrap().to_owned();
            assert_eq!(header("content-type"), "application/pdf");
            assert_eq!(header("content-disposition"), "attachment; filename*=UTF-8''l%C3%A9ase.pdf");
            assert_eq!(header("x-content-type-options"), "nosniff");
            assert!(header("content-security-policy").starts_with("sandbox; default-src 'none'"));
            assert_eq!(header("cache-control"), "no-store");
        };
        is_given(&visitor.get(&address).await.sees(StatusCode::OK));
        let sent = visitor.post(&format!("{draft}/check"), &[]).await.sees(StatusCode::SEE_OTHER).location().to_owned();
        let status = visitor.get(&sent.replace("/receipt", "")).await.sees(StatusCode::OK).says("l\u{e9}ase.pdf");
        let own = link(&status.text).replace("&#38;", "&");
        is_given(&visitor.get(&own).await.sees(StatusCode::OK));
        hall.town.browser().get(own.split('?').next().unwrap()).await.sees(StatusCode::NOT_FOUND);
        let code = sent.strip_prefix("/applications/").unwrap().split('/').next().unwrap().to_owned();
        let desk = hall.opens(&officer, &code).await;
        is_given(&officer.get(&link(&desk.text)).await.sees(StatusCode::OK));
        let other = hall.town.agency("schools", "School office").await;
        let foreign = hall.town.holder("eva@example.org", civic::Role::Officer, Some(&other)).await;
        foreign.get(&link(&desk.text)).await.sees(StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_clerk_enters_for_somebody_who_is_there_and_it_says_so() {
    for hall in halls().await {
        let officer = hall.parking(&[]).await;
        officer.get("/services/parking/apply").await.says("I enter it for somebody who is with me");
        let begun =
            officer.post("/services/parking/apply", &[("channel", "counter")]).await.sees(StatusCode::SEE_OTHER);
        let draft = begun.location().rsplit_once('/').unwrap().0.to_owned();
        officer.get(begun.location()).await.says("You enter this for somebody else");
        hall.answers(&officer, &draft).await;
        let sent = officer.post(&format!("{draft}/check"), &[]).await.sees(StatusCode::SEE_OTHER).location().to_owned();
        let code = sent.strip_prefix("/applications/").unwrap().split('/').next().unwrap().to_owned();
        hall.opens(&officer, &code).await.says("At the counter");
        let resident = hall.town.signed_in("amina@example.org").await;
        resident.post("/services/parking/apply", &[("channel", "counter")]).await.sees(StatusCode::FORBIDDEN);
        hall.town
            .browser()
            .post("/services/parking/apply", &[("channel", "pigeon")])
            .await
            .sees(StatusCode::UNPROCESSABLE_ENTITY);
    }
}

#[tokio::test]
async fn a_program_applies_by_the_names_of_the_questions() {
    for hall in halls().await {
        hall.parking(&[]).await;
        let program = hall.town.browser();
        let begun =
            program.post_json("/services/parking/apply.json", &json!({})).await.sees(StatusCode::CREATED).json();
        let draft = format!("/apply/{}", begun["draft"].as_str().unwrap());
        for (page, answers) in [
            ("page_full_name", json!({"full_name": "Amina"})),
            ("page_own_car", json!({"own_car": true})),
            ("page_rent", json!({"rent": "700"})),
            ("page_email", json!({"email": "amina@example.org"})),
            ("page_sign", json!({"sign": "Amina"})),
        ] {
            program.post_json(&format!("{draft}/{page}.json"), &answers).await.sees(StatusCode::OK);
        }
        let bad = program.post_json(&format!("{draft}/page_rent.json"), &json!({"rent": "much"})).await;
        assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            bad.json()["type"].as_str().unwrap().contains("answer-money") || bad.text.contains("answer-money"),
            "{}",
            bad.text
        );
        program.post_json(&format!("{draft}/check.json"), &json!({})).await.sees(StatusCode::CREATED);
    }
}

#[tokio::test]
async fn a_signed_in_resident_finds_it_again_and_can_take_it_all_away() {
    for hall in halls().await {
        hall.parking(&[]).await;
        let amina = hall.town.signed_in("amina@example.org").await;
        let (code, _) = hall.applies(&amina).await;
        amina.get("/applications").await.sees(StatusCode::OK).says(&code);
        amina.get(&format!("/applications/{code}")).await.sees(StatusCode::OK).says("EUR 700.50");
        hall.town
            .signed_in("ines@example.org")
            .await
            .get(&format!("/applications/{code}"))
            .await
            .sees(StatusCode::NOT_FOUND);
        amina.get("/me/export").await.sees(StatusCode::OK).says(&code).says("70050");
        amina.post("/me/erase", &[("confirm", "yes"), ("sure", "yes")]).await;
        let left = hall.town.column("select answers from applications").await;
        if left == ["{}"] {
            amina.get(&format!("/applications/{code}")).await.sees(StatusCode::NOT_FOUND);
        } else {
            panic!("not erased: {left:?}");
        }
    }
}
