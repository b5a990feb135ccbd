//! Files beside a proposal: what they are is said by their content, and nothing in them runs in our name.

use crate::town::rooms;
use axum::http::StatusCode;
use civic::Role;
use testing::{Browser, Part, Seen};

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<< /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>\nquokka";

async fn add(by: &Browser, code: &str, name: &str, bytes: &[u8]) -> Seen {
    by.post_files(&format!("/proposals/{code}/documents"), &[Part::File("document", name, bytes)]).await
}

fn header<'s>(seen: &'s Seen, name: &str) -> &'s str {
    seen.headers.get(name).map_or("", |value| value.to_str().unwrap())
}

#[tokio::test]
async fn an_author_adds_a_file_that_everybody_can_save() {
    for room in rooms().await {
        let code = room.proposal(&room.amina, "A bench by the mill pond").await;
        let page = format!("/proposals/{code}");
        add(&room.jon, &code, "plan.pdf", PDF).await.sees(StatusCode::FORBIDDEN);
        let name = "../خطة <b>plan\"; x=.html";
        add(&room.amina, &code, name, PDF).await.sees(StatusCode::SEE_OTHER);
        let shown = room.town.browser().get(&page).await.sees(StatusCode::OK);
        shown.says("PDF, 1 kB").never_says("<b>plan");
        let id = room.town.column("select id from files where media_type is not null").await.remove(0);
        let saved = room.town.browser().get(&format!("/documents/{id}")).await.sees(StatusCode::OK);
        assert_eq!(header(&saved, "content-type"), "application/pdf");
        assert_eq!(header(&saved, "x-content-type-options"), "nosniff");
        assert!(header(&saved, "content-disposition").starts_with("attachment; filename=\""));
        assert!(header(&saved, "content-disposition").contains("filename*=UTF-8''%D8"), "{:?}", saved.headers);
        room.town.browser().get(&format!("/files/{id}.jpg")).await.sees(StatusCode::NOT_FOUND);
        room.town.settle().await;
        let record = room.town.record().await.join("\n");
        assert!(record.contains("proposal.file-added") && record.contains("application/pdf"));
        assert!(!record.contains("خطة"), "what it is called is the author's own word");
        let away = format!("{page}/documents/{id}/remove");
        room.jon.post(&away, &[]).await.sees(StatusCode::FORBIDDEN);
        let other = room.proposal(&room.amina, "A slide for the pond").await;
        let elsewhere = format!("/proposals/{other}/documents/{id}/remove");
        room.amina.post(&elsewhere, &[]).await.sees(StatusCode::NOT_FOUND);
        room.amina.post(&away, &[]).await.sees(StatusCode::SEE_OTHER);
        room.town.browser().get(&format!("/documents/{id}")).await.sees(StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn what_could_run_or_is_too_much_is_not_taken_whatever_it_is_called() {
    for room in rooms().await {
        let code = room.proposal(&room.amina, "A bench by the mill pond").await;
        for (name, bytes) in [
            ("plan.pdf", &b"<html><script>alert(1)</script>"[..]),
            ("plan.docx", b"MZ\x90\x00\x03"),
            ("plan.txt", b"<svg onload=alert(1)>"),
            ("plan.odt", b"PK\x03\x04 something"),
        ] {
            let refused = add(&room.amina, &code, name, bytes).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
            refused.says("whatever it is called");
        }
        add(&room.amina, &code, "empty.pdf", b"").await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        let mut large = PDF.to_vec();
        large.resize(10 * 1024 * 1024 + 1, b' ');
        add(&room.amina, &code, "large.pdf", &large).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("10 MB");
        assert!(room.town.column("select id from files").await.is_empty());
        for number in 0..5 {
            add(&room.amina, &code, &format!("{number}.pdf"), PDF).await.sees(StatusCode::SEE_OTHER);
        }
        add(&room.amina, &code, "sixth.pdf", PDF).await.sees(StatusCode::CONFLICT).says("at most 5 files");
        room.turn_to_phase(1);
        add(&room.amina, &code, "late.pdf", PDF).await.sees(StatusCode::CONFLICT);
    }
}

#[tokio::test]
async fn moderators_hide_a_file_and_it_is_behind_no_door() {
    for room in rooms().await {
        let code = room.proposal(&room.amina, "A bench by the mill pond").await;
        add(&room.amina, &code, "plan.pdf", PDF).await.sees(StatusCode::SEE_OTHER);
        let id = room.town.column("select id from files").await.remove(0);
        room.jon.post(&format!("/moderation/report/proposal/{code}"), &[("reason", "insult"), ("note", "")]).await;
        let case = room.town.column("select id from moderation_cases").await.remove(0);
        let moderator = room.town.holder("mod@example.org", Role::Moderator, None).await;
        let page = format!("/moderation/cases/{case}");
        moderator.get(&page).await.says(&format!("/documents/{id}"));
        let part = format!("document:{id}");
        let hide = [("act", "hide"), ("reason", "insult"), ("part", part.as_str())];
        moderator.post(&page, &hide).await.sees(StatusCode::SEE_OTHER);
        room.town.browser().get(&format!("/documents/{id}")).await.sees(StatusCode::NOT_FOUND);
        room.town.browser().get(&format!("/proposals/{code}")).await.never_says("plan.pdf");
        moderator.get(&format!("/documents/{id}")).await.sees(StatusCode::OK);
    }
}
