//! The paper twin of a form, and the way of the sheet into the case.

use crate::{applying::PNG, town::halls};
use axum::http::StatusCode;
use testing::Part;

#[tokio::test]
async fn a_form_is_printed_typed_in_and_its_sheet_goes_into_the_case() {
    for hall in halls().await {
        let officer = hall.parking(&[]).await;
        let visitor = hall.town.browser();
        visitor.get("/services/parking").await.says("href=\"/services/parking/paper.pdf\"");
        for language in ["", "?language=ar"] {
            let sheet = visitor.get(&format!("/services/parking/paper.pdf{language}")).await.sees(StatusCode::OK);
            assert_eq!(sheet.headers["content-type"], "application/pdf");
            assert!(sheet.bytes.starts_with(b"%PDF-"), "{language}");
        }
        visitor.get("/services/nothing/paper.pdf").await.sees(StatusCode::NOT_FOUND);
        // Its code opens the page of the clerk; for everybody else it is the beginning of the form.
        let begins = officer.get("/services/parking/apply?paper=1").await.sees(StatusCode::OK);
        begins.says("Type in what stands on the paper").says("value=\"counter\" checked").never_says("is in force");
        visitor.get("/services/parking/apply?paper=1").await.sees(StatusCode::OK).never_says("Type in what stands");
        officer.get("/services/parking/apply?paper=7").await.says("The paper is of version 7; version 1 is in force");

        let (code, key) = hall.applies(&visitor).await;
        let scan = format!("/desk/services/{code}/scan");
        hall.opens(&officer, &code).await.says("Add a paper");
        officer.post_files(&scan, &[]).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("Choose a file");
        let bad = [Part::File("scan", "x.html", b"<script>alert(1)</script>")];
        officer.post_files(&scan, &bad).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        let pdf = b"%PDF-1.7\nby hand\n%%EOF\n";
        officer.post_files(&scan, &[Part::File("scan", "sheet.pdf", &pdf[..])]).await.sees(StatusCode::SEE_OTHER);
        officer.post_files(&scan, &[Part::File("scan", "lease.png", PNG)]).await.sees(StatusCode::SEE_OTHER);
        hall.opens(&officer, &code).await.says("sheet.pdf").says("A paper was added").says("<img src=");
        // The applicant sees what the office keeps; nobody else does.
        let own = visitor.get(&format!("/applications/{code}?key={key}")).await.says("sheet.pdf").text;
        let (before, _) = own.split_once("\" download>").unwrap();
        let address = before.rsplit('"').next().unwrap().replace("&#38;", "&");
        visitor.get(&address).await.sees(StatusCode::OK);
        hall.town.browser().get(address.split('?').next().unwrap()).await.sees(StatusCode::NOT_FOUND);
        let other = hall.town.agency("schools", "School office").await;
        let foreign = hall.town.holder("eva@example.org", civic::Role::Officer, Some(&other)).await;
        foreign.post_files(&scan, &[Part::File("scan", "x.png", PNG)]).await.sees(StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn papers_of_the_office_have_a_limit_in_bytes_together() {
    for hall in halls().await {
        let officer = hall.parking(&[]).await;
        let (code, _) = hall.applies(&hall.town.browser()).await;
        let (other, _) = hall.applies(&hall.town.browser()).await;
        for code in [&code, &other] {
            hall.opens(&officer, code).await;
        }
        let mut pdf = b"%PDF-1.7\n".to_vec();
        pdf.resize(7 * 1024 * 1024, b' ');
        pdf.extend_from_slice(b"\n%%EOF\n");
        let paper = [Part::File("scan", "sheet.pdf", &pdf)];
        let scan = format!("/desk/services/{code}/scan");
        for _ in 0..3 {
            officer.post_files(&scan, &paper).await.sees(StatusCode::SEE_OTHER);
        }
        let full = officer.post_files(&scan, &paper).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        full.says("at most 24 MB together");
        // What is small still fits, and another case has its own room.
        officer.post_files(&scan, &[Part::File("scan", "lease.png", PNG)]).await.sees(StatusCode::SEE_OTHER);
        officer.post_files(&format!("/desk/services/{other}/scan"), &paper).await.sees(StatusCode::SEE_OTHER);
        let kept = hall.town.column("select owner from service_files where field = ''").await;
        assert_eq!(kept.iter().filter(|owner| **owner == code).count(), 4);
    }
}
