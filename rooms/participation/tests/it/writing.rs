//! A proposal is written, handed in, corrected, written together, withdrawn.

use crate::town::{Room, named, rooms};
use axum::http::StatusCode;
use testing::{Part, link_in};

fn form(title: &str) -> Vec<(&str, &str)> {
    vec![
        ("process", "budget"),
        ("title", title),
        ("text", "There is nowhere to sit by the old mill pond."),
        ("category", "parks"),
        ("district", "mill"),
        ("cost", "1200"),
    ]
}

#[tokio::test]
async fn a_draft_is_kept_for_its_author_alone_until_it_is_handed_in() {
    for room in rooms().await {
        let seen = room.amina.post("/proposals/new", &[("process", "budget"), ("title", "Bench")]).await;
        let edit = seen.sees(StatusCode::SEE_OTHER).location().to_owned();
        room.amina.get(&edit).await.sees(StatusCode::OK).says("value=\"Bench\"");
        room.amina.get("/proposals/mine").await.says("Bench").says("Draft");
        room.jon.get(&edit).await.sees(StatusCode::NOT_FOUND);
        room.jon.post(&edit, &form("Mine now")).await.sees(StatusCode::NOT_FOUND);
        let page = edit.strip_suffix("/edit").unwrap();
        for reader in [&room.amina, &room.jon, &room.officer, &room.steward] {
            reader.get(page).await.sees(StatusCode::NOT_FOUND);
        }
        let mut sent = form("A bench by the mill pond");
        sent.push(("submit", "yes"));
        let seen = room.amina.post(&edit, &sent).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(seen.location(), page);
        room.town.settle().await;
        let public = room.town.browser().get(page).await.sees(StatusCode::OK);
        public.says("A bench by the mill pond").says("Amina").says("Mill").says("EUR 1,200");
        assert!(room.town.record().await.iter().any(|body| body.contains("proposal.submitted")));
        let record = room.town.record().await.concat();
        assert!(!record.contains("mill pond") && !record.contains("Amina"), "no words and no names in the record");
    }
}

#[tokio::test]
async fn what_is_missing_is_said_all_at_once_and_nothing_is_lost() {
    for room in rooms().await {
        let sent =
            [("process", "budget"), ("title", "Short"), ("text", "Too short"), ("submit", "yes"), ("cost", "12")];
        let seen = room.amina.post("/proposals/new", &sent).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        let seen = seen.says("This needs at least 8 characters.").says("This needs at least 20 characters.");
        seen.says("Choose one of the categories of this process.").says("value=\"Short\"").says("Too short</textarea>");
        for (field, value, sentence) in [
            ("cost", "-5", "Give an amount like"),
            ("cost", "99999999999999", "Give an amount like"),
            ("lat", "abc", "Give latitude and longitude"),
            ("district", "moon", "Choose one of the districts"),
            ("sources", "R-2222", "Nothing public has the reference R-2222"),
        ] {
            let mut sent = form("A bench by the mill pond");
            sent.retain(|(name, _)| *name != field);
            sent.extend([(field, value), ("submit", "yes")]);
            let seen = room.jon.post("/proposals/new", &sent).await;
            seen.sees(StatusCode::UNPROCESSABLE_ENTITY).says(sentence);
        }
    }
}

#[tokio::test]
async fn a_program_hands_in_at_once_and_nothing_is_kept_when_it_is_refused() {
    for room in rooms().await {
        let mut words = Room::words("A bench by the mill pond");
        words["lat"] = 50.05.into();
        words["long"] = 0.15.into();
        let seen = crate::town::send(&room.amina, &words).await.sees(StatusCode::CREATED).json();
        assert_eq!(seen["district"]["code"], "docks", "the pin says where");
        assert_eq!(seen["cost_cents"], 120_000);
        words["category"] = "moon".into();
        let refused = crate::town::send(&room.amina, &words).await;
        refused.sees(StatusCode::UNPROCESSABLE_ENTITY).says("proposal-category");
        assert_eq!(room.town.column("select code from proposals").await.len(), 1);
        room.town.browser().post_json("/proposals.json", &words).await.sees(StatusCode::UNAUTHORIZED);
    }
}

#[tokio::test]
async fn similar_ones_are_shown_while_writing() {
    for room in rooms().await {
        let first = room.proposal(&room.amina, "Benches around the mill pond").await;
        let sent =
            [("process", "budget"), ("title", "Two benches at the pond"), ("text", "Old people rest at the mill.")];
        let edit = room.jon.post("/proposals/new", &sent).await.sees(StatusCode::SEE_OTHER).location().to_owned();
        room.jon.get(&edit).await.says(&first).says("Benches around the mill pond");
        let asked = room.town.browser().get("/proposals/similar?text=benches+by+the+pond").await.sees(StatusCode::OK);
        assert_eq!(asked.json()["similar"][0]["code"], first.as_str());
        let other = room.town.browser().get("/proposals/similar?text=a+dragon").await.json();
        assert_eq!(other["similar"].as_array().unwrap().len(), 0);
    }
}

#[tokio::test]
async fn a_correction_keeps_the_text_before_and_says_what_changed() {
    for room in rooms().await {
        let code = room.proposal(&room.amina, "A bench by the mill pond").await;
        let edit = format!("/proposals/{code}/edit");
        let mut sent = form("Two benches by the mill pond");
        sent.push(("version", "1"));
        room.jon.post(&edit, &sent).await.sees(StatusCode::FORBIDDEN);
        room.amina.post(&edit, &sent).await.sees(StatusCode::SEE_OTHER);
        let stale = room.amina.post(&edit, &sent).await.sees(StatusCode::CONFLICT);
        stale.says("The text has changed since you opened it");
        let versions = format!("/proposals/{code}/versions");
        let page = room.town.browser().get(&versions).await.sees(StatusCode::OK);
        page.says("<del>A bench</del><ins>Two benches</ins> by the mill pond").says("As it was handed in");
        let told = room.town.browser().get(&format!("{versions}.json")).await.json();
        assert_eq!(told["versions"].as_array().unwrap().len(), 2);
        assert_eq!(told["versions"][1]["title"], "A bench by the mill pond");
        room.town.browser().get(&format!("/proposals/{code}")).await.says("Changed once").says("compare the versions");
    }
}

#[tokio::test]
async fn who_is_invited_and_joins_writes_as_the_lead_does() {
    for room in rooms().await {
        let code = room.proposal(&room.amina, "A bench by the mill pond").await;
        let edit = format!("/proposals/{code}/edit");
        let invite = format!("/proposals/{code}/invite");
        room.jon.post(&invite, &[("email", "jon@example.org")]).await.sees(StatusCode::FORBIDDEN);
        room.amina.post(&invite, &[("email", "jon@example.org")]).await.sees(StatusCode::SEE_OTHER);
        let link = link_in(&room.town.mails().await[0].mail.body_text);
        let (join, key) = link.split_once("?key=").unwrap();
        room.jon.get(&link).await.sees(StatusCode::OK).says("A bench by the mill pond");
        room.jon.post(join, &[("key", "0000")]).await.sees(StatusCode::NOT_FOUND);
        room.jon.post(join, &[("key", key)]).await.sees(StatusCode::SEE_OTHER);
        room.town.signed_in("eve@example.org").await.post(join, &[("key", key)]).await.sees(StatusCode::NOT_FOUND);
        room.jon.get(&edit).await.sees(StatusCode::OK);
        room.town.browser().get(&format!("/proposals/{code}")).await.says("Written together with").says("Jon");
    }
}

#[tokio::test]
async fn an_author_takes_a_proposal_back_and_nobody_else_does() {
    for room in rooms().await {
        let code = room.proposal(&room.amina, "A bench by the mill pond").await;
        let withdraw = format!("/proposals/{code}/withdraw");
        for other in [&room.jon, &room.officer, &room.steward] {
            other.post(&withdraw, &[]).await.sees(StatusCode::FORBIDDEN);
        }
        room.amina.post(&withdraw, &[]).await.sees(StatusCode::SEE_OTHER);
        room.amina.post(&withdraw, &[]).await.sees(StatusCode::CONFLICT);
        room.town.browser().get(&format!("/proposals/{code}")).await.says("Withdrawn");
        room.turn_to_phase(1);
        room.jon.post(&format!("/proposals/{code}/support"), &[]).await.sees(StatusCode::CONFLICT);
    }
}

#[tokio::test]
async fn photos_of_a_draft_are_private_and_lose_their_names() {
    for room in rooms().await {
        let mut picture = Vec::new();
        let image = image::RgbImage::from_pixel(40, 30, image::Rgb([10, 120, 60]));
        image.write_to(&mut std::io::Cursor::new(&mut picture), image::ImageFormat::Png).unwrap();
        let name = "\"><script>alert(1)</script>.png";
        let parts = [
            Part::Text("process", "budget"),
            Part::Text("title", "A bench by the mill pond"),
            Part::Text("text", "There is nowhere to sit by the old mill pond."),
            Part::Text("category", "parks"),
            Part::File("photo", name, &picture),
        ];
        let edit =
            room.amina.post_files("/proposals/new", &parts).await.sees(StatusCode::SEE_OTHER).location().to_owned();
        let page = room.amina.get(&edit).await.never_says("alert(1)");
        let photo = page.text.split("/files/").nth(1).unwrap().split('?').next().unwrap().to_owned();
        room.jon.get(&format!("/files/{photo}")).await.sees(StatusCode::NOT_FOUND);
        let mut sent = form("A bench by the mill pond");
        sent.push(("submit", "yes"));
        room.amina.post(&edit, &sent).await.sees(StatusCode::SEE_OTHER);
        room.jon.get(&format!("/files/{photo}")).await.sees(StatusCode::OK);
        let public = room.jon.get(edit.strip_suffix("/edit").unwrap()).await;
        public.says(&photo).never_says("alert(1)");
    }
}

#[tokio::test]
async fn what_it_grew_from_is_linked_both_ways() {
    for room in rooms().await {
        let first = room.proposal(&room.amina, "Benches around the mill pond").await;
        let mut words = Room::words("Shade for the benches at the pond");
        words["sources"] = first.clone().into();
        let seen = crate::town::send(&room.jon, &words).await.sees(StatusCode::CREATED).json();
        let code = seen["code"].as_str().unwrap();
        let told = room.town.browser().get(&format!("/proposals/{code}.json")).await.json();
        assert_eq!(told["grew_out_of"][0], format!("proposal/{first}"));
        room.jon.get(&format!("/proposals/{code}")).await.says("Benches around the mill pond");
        room.jon.get(&format!("/proposals/{first}")).await.says("Shade for the benches");
        let eve = named(&room.town, "eve@example.org", "Eve").await;
        eve.get("/proposals/new?process=budget&from=R-7K2M").await.says("value=\"R-7K2M\"");
    }
}

/// Sixteen times the same form, at once, is one proposal; another text is another one, up to so many in an hour.
#[tokio::test]
async fn one_form_sent_many_times_is_one_proposal_and_an_hour_has_a_limit() {
    for room in rooms().await {
        let words = Room::words("A bench by the mill pond");
        let sent: Vec<_> =
            futures_util::future::join_all((0..16).map(|_| crate::town::send(&room.amina, &words))).await;
        let codes: std::collections::BTreeSet<String> = sent
            .into_iter()
            .map(|seen| seen.sees(StatusCode::CREATED).json()["code"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(codes.len(), 1);
        assert_eq!(room.town.column("select code from proposals").await.len(), 1, "no draft is left either");
        let record = room.town.record().await;
        assert_eq!(record.iter().filter(|entry| entry.contains("\"proposal.submitted\"")).count(), 1);
        for number in 1..10 {
            let words = Room::words(&format!("Bench number {number} by the mill pond"));
            crate::town::send(&room.amina, &words).await.sees(StatusCode::CREATED);
        }
        let more = Room::words("One bench more by the mill pond");
        crate::town::send(&room.amina, &more).await.sees(StatusCode::CONFLICT);
        room.town.clock.advance_seconds(3_601);
        crate::town::send(&room.amina, &more).await.sees(StatusCode::CREATED);
    }
}

/// The old way: what had the same words and more to it was deleted, and the older one was the answer.
#[tokio::test]
async fn the_same_words_with_more_to_them_are_another_proposal() {
    for room in rooms().await {
        let words = Room::words("A bench by the mill pond");
        let code = async |words: &serde_json::Value| {
            let seen = crate::town::send(&room.amina, words).await.sees(StatusCode::CREATED);
            seen.json()["code"].as_str().unwrap().to_owned()
        };
        let first = code(&words).await;
        assert_eq!(code(&words).await, first);
        let (mut elsewhere, mut sourced) = (words.clone(), words.clone());
        elsewhere["district"] = "docks".into();
        sourced["sources"] = first.clone().into();
        let (second, third) = (code(&elsewhere).await, code(&sourced).await);
        assert!(second != first && third != first && third != second);
        assert_eq!(code(&elsewhere).await, second);
        // A draft with a photo is handed in with it.
        let mut picture = Vec::new();
        let image = image::RgbImage::from_pixel(40, 30, image::Rgb([10, 120, 60]));
        image.write_to(&mut std::io::Cursor::new(&mut picture), image::ImageFormat::Png).unwrap();
        let mut parts: Vec<Part<'_>> = vec![Part::Text("process", "budget"), Part::File("photo", "a.png", &picture)];
        let fields = ["title", "text", "category", "district", "cost"];
        parts.extend(fields.map(|field| Part::Text(field, words[field].as_str().unwrap())));
        parts.push(Part::Text("submit", "yes"));
        room.amina.post_files("/proposals/new", &parts).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(room.town.column("select code from proposals where submitted_at is not null").await.len(), 4);
        assert_eq!(room.town.column("select subject_id from files where subject_kind = 'proposal'").await.len(), 1);
        assert!(room.town.column("select code from proposals where submitted_at is null").await.is_empty());
    }
}
