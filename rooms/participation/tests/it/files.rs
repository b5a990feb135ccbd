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

#[tokio::test]
async fn files_of_a_draft_are_its_authors_own_and_public_with_it() {
    for room in rooms().await {
        let draft = [("process", "budget"), ("title", "A bench by the mill pond")];
        let edit = room.amina.post("/proposals/new", &draft).await.sees(StatusCode::SEE_OTHER).location().to_owned();
        let page = edit.strip_suffix("/edit").unwrap();
        let code = page.rsplit('/').next().unwrap();
        add(&room.jon, code, "plan.pdf", PDF).await.sees(StatusCode::NOT_FOUND);
        let added = add(&room.amina, code, "plan.pdf", PDF).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(added.location(), format!("{edit}#files"));
        let id = room.town.column("select id from files").await.remove(0);
        let own = format!("{page}/documents/{id}");
        room.amina.get(&edit).await.says("plan.pdf").says(&own);
        let saved = room.amina.get(&own).await.sees(StatusCode::OK);
        assert_eq!(header(&saved, "cache-control"), "no-store");
        assert!(header(&saved, "content-disposition").starts_with("attachment"));
        // Neither at its own address nor at that of the draft for anybody else, whatever their office.
        let moderator = room.town.holder("mod@example.org", Role::Moderator, None).await;
        for other in [&room.jon, &room.officer, &room.steward, &moderator] {
            other.get(&own).await.sees(StatusCode::NOT_FOUND);
            other.get(&format!("/documents/{id}")).await.sees(StatusCode::NOT_FOUND);
            other.post(&format!("{own}/remove"), &[]).await.sees(StatusCode::NOT_FOUND);
        }
        room.town.browser().get(&format!("/documents/{id}")).await.sees(StatusCode::NOT_FOUND);
        room.town.settle().await;
        assert!(!room.town.record().await.concat().contains("proposal.file-added"), "a draft is not on the record");
        for number in 0..4 {
            add(&room.amina, code, &format!("{number}.pdf"), PDF).await.sees(StatusCode::SEE_OTHER);
        }
        add(&room.amina, code, "sixth.pdf", PDF).await.sees(StatusCode::CONFLICT).says("at most 5 files");
        let form = [
            ("title", "A bench by the mill pond"),
            ("text", "There is nowhere to sit by the old mill pond."),
            ("category", "parks"),
            ("district", "mill"),
            ("submit", "yes"),
        ];
        room.amina.post(&edit, &form).await.sees(StatusCode::SEE_OTHER);
        room.town.browser().get(page).await.says("plan.pdf").says("3.pdf");
        room.town.browser().get(&format!("/documents/{id}")).await.sees(StatusCode::OK);
        room.amina.get(&own).await.sees(StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn files_go_with_a_draft_that_is_thrown_away() {
    for room in rooms().await {
        for by in [&room.amina, &room.jon] {
            let draft = [("process", "budget"), ("title", "A bench by the mill pond")];
            let edit = by.post("/proposals/new", &draft).await.sees(StatusCode::SEE_OTHER).location().to_owned();
            let code = edit.split('/').nth(2).unwrap().to_owned();
            add(by, &code, "plan.pdf", PDF).await.sees(StatusCode::SEE_OTHER);
            add(by, &code, "sketch.pdf", PDF).await.sees(StatusCode::SEE_OTHER);
        }
        let first = room.town.column("select id from files where name = 'sketch.pdf' order by made_at").await.remove(0);
        let code = room.town.column("select subject_id from files where name = 'sketch.pdf' order by made_at").await;
        let away = format!("/proposals/{}/documents/{first}/remove", code[0]);
        room.amina.post(&away, &[]).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(room.town.column("select id from files").await.len(), 3);
        // An erased account takes its drafts along, with their files.
        room.amina.post("/me/erase", &[("sure", "yes")]).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(room.town.column("select id from files").await.len(), 2);
        let now = room.town.town.now().plus_days(400);
        let purged = room.town.town.db().write(move |tx| {
            let rules = participation::room().retention;
            let drafts = rules.iter().find(|rule| rule.name == "participation.drafts").unwrap();
            let gone = (drafts.run)(tx, now, 10)?;
            tx.commit(database::OffRecord("a test"), gone)
        });
        assert_eq!(purged.await.map_err(|error: database::DbError| error).unwrap(), 1);
        assert!(room.town.column("select id from files").await.is_empty());
    }
}
