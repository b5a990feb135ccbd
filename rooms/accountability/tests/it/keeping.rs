use crate::town::{day, rooms, trees};
use axum::http::StatusCode;
use testing::Part;

/// A photo of one dot.
const DOT: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\nIDATx\x9cc\0\x01\0\0\x05\0\x01\r\n-\xb4\0\0\0\0IEND\xaeB`\x82";

#[tokio::test]
async fn a_promise_goes_its_way_in_public() {
    for room in rooms().await {
        let code = room.promise(&trees()).await;
        room.parks.get(&format!("/commitments/{code}/desk")).await.sees(StatusCode::OK).says("The work has begun");
        room.keep(&code, "begin", &[("text", "The ground is looked at")]).await.sees(StatusCode::SEE_OTHER);
        room.keep(&code, "reach", &[("milestone", "1"), ("text", "")]).await.sees(StatusCode::SEE_OTHER);
        room.keep(&code, "spend", &[("contracted", "80.000,00"), ("paid", "12,500.50")])
            .await
            .sees(StatusCode::SEE_OTHER);
        let report = [("text", "Ten stand"), ("link", "https://example.org/trees")];
        room.keep(&code, "report", &report).await.sees(StatusCode::SEE_OTHER);
        room.keep(&code, "fulfil", &[("text", "Forty stand")]).await.sees(StatusCode::SEE_OTHER);
        let seen = room.seen(&code).await;
        assert_eq!(seen["state"], "kept");
        assert_eq!((&seen["contracted_cents"], &seen["paid_cents"]), (&8_000_000.into(), &1_250_050.into()));
        assert!(seen["milestones"][0]["done_at"].is_string() && seen["milestones"][1]["done_at"].is_null());
        let sayings: Vec<_> =
            seen["history"].as_array().unwrap().iter().map(|step| step["saying"].as_str().unwrap()).collect();
        let wanted = ["made", "begun", "milestone-reached", "spent", "reported", "kept"]
            .map(|word| format!("commitment.{word}"));
        assert_eq!(sayings, wanted);
        let page = room.town.browser().get(&format!("/commitments/{code}")).await.sees(StatusCode::OK);
        page.says("Forty stand").says("EUR 12,500.50").says("https://example.org/trees").never_says("/desk");
        room.keep(&code, "break", &[("text", "No")]).await.sees(StatusCode::CONFLICT).says("has ended");
        let record = room.town.record().await.join("\n");
        assert!(!record.contains("Forty") && !record.contains("example.org"));
        assert_eq!(record.matches("\"commitment.kept\"").count(), 1);
    }
}

/// The old day stays, with the reasons; being late comes from the clock and not from anybody's word.
#[tokio::test]
async fn what_is_late_surfaces_by_itself() {
    for room in rooms().await {
        let code = room.promise(&trees()).await;
        let mut later = trees();
        later["due"] = day(60).into();
        let other = room.promise(&later).await;
        room.town.clock.advance_seconds(31 * 86_400);
        let visitor = room.town.browser();
        assert_eq!(room.seen(&code).await["state"], "late", "before anything has looked");
        assert_eq!(room.seen(&other).await["state"], "promised");
        visitor.get(&format!("/commitments/{code}")).await.says("No reasons have been given yet");
        let list = visitor.get("/commitments.json").await.json();
        assert_eq!(list["commitments"][0]["code"], code.as_str(), "late first");
        assert_eq!(
            visitor.get("/commitments.json?state=late").await.json()["commitments"].as_array().unwrap().len(),
            1
        );
        room.town.settle().await;
        room.town.settle().await;
        let record = room.town.record().await.join("\n");
        assert_eq!(record.matches("\"commitment.late\"").count(), 1, "said once");
        let late = |mails: Vec<people::mail::WrittenMail>| {
            mails.iter().filter(|one| one.mail.subject.contains("is late")).count()
        };
        assert_eq!(late(room.town.mails().await), 1, "and told to its officer");
        let room = room.signed_in_anew().await;
        let same = [("until", &*day(30)), ("text", "Frost")];
        room.keep(&code, "postpone", &same).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("after the present one");
        room.keep(&code, "postpone", &[("until", &*day(50)), ("text", " ")])
            .await
            .sees(StatusCode::UNPROCESSABLE_ENTITY);
        let frost = [("until", &*day(50)), ("text", "The ground is frozen")];
        room.keep(&code, "postpone", &frost).await.sees(StatusCode::SEE_OTHER);
        let seen = room.seen(&code).await;
        assert_eq!(seen["state"], "promised");
        assert_eq!(seen["earlier_due"][0].as_str().unwrap()[..10], day(30));
        visitor.get(&format!("/commitments/{code}")).await.says("The ground is frozen");
        room.pass_days(20).await;
        assert_eq!(room.seen(&code).await["state"], "late", "the new day passes as the old one did");
        let record = room.town.record().await.join("\n");
        assert_eq!(record.matches("\"commitment.late\"").count(), 2);
    }
}

#[tokio::test]
async fn two_officers_at_once_lose_nothing() {
    for room in rooms().await {
        let code = room.promise(&trees()).await;
        let path = |act: &str| format!("/commitments/{code}/{act}");
        let stale = [("version", "1"), ("text", "It was done")];
        room.parks.post(&path("begin"), &[("version", "1"), ("text", "")]).await.sees(StatusCode::SEE_OTHER);
        let seen = room.parks.post(&path("fulfil"), &stale).await.sees(StatusCode::CONFLICT);
        seen.says("It was done");
        assert_eq!(room.seen(&code).await["state"], "under-way");
        room.parks.post(&path("report"), &stale).await.sees(StatusCode::SEE_OTHER);
        let both = futures_util::future::join_all((0..8).map(|_| {
            let fields = [("version", "3"), ("text", "Once")];
            let path = path("fulfil");
            let parks = &room.parks;
            async move { parks.post(&path, &fields).await.status }
        }));
        assert_eq!(both.await.iter().filter(|status| **status == StatusCode::SEE_OTHER).count(), 1);
    }
}

#[tokio::test]
async fn what_was_done_can_be_seen() {
    for room in rooms().await {
        let code = room.promise(&trees()).await;
        let version = room.seen(&code).await["version"].to_string();
        let parts =
            [Part::Text("version", &version), Part::Text("text", "Forty stand"), Part::File("photo", "trees.png", DOT)];
        let path = format!("/commitments/{code}/fulfil");
        let broken = [Part::Text("version", &version), Part::Text("text", "x"), Part::File("photo", "a.png", b"<svg>")];
        room.parks.post_files(&path, &broken).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(room.seen(&code).await["state"], "promised", "nothing half-done");
        room.parks.post_files(&path, &parts).await.sees(StatusCode::SEE_OTHER);
        let seen = room.seen(&code).await;
        let photo = seen["history"][1]["photo"].as_str().unwrap().strip_prefix(testing::ADDRESS).unwrap().to_owned();
        room.town.browser().get(&photo).await.sees(StatusCode::OK);
        room.town.browser().get("/commitments/outcomes").await.says(&photo);
    }
}
