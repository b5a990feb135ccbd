//! What other rooms see of a vote, and what it takes from them.

use crate::town::halls;
use axum::http::StatusCode;
use civic::{Language, Subject};
use database::DbError;
use voting::BallotKind;
use web::manifest::Catalogue;

fn subject(kind: &str, id: &str) -> Subject {
    Subject { kind: kind.to_owned(), id: id.to_owned() }
}

#[tokio::test]
async fn a_vote_and_its_projects_have_a_line_for_others() {
    for hall in halls() {
        let vote = hall.parks(BallotKind::Cart).await;
        let ask = async || {
            let town = hall.town.town.clone();
            let code = vote.code.to_string();
            let briefs = hall.town.town.db().read(move |tx| {
                let all = [
                    subject("vote", &code),
                    subject("vote-option", &format!("{code}.001")),
                    subject("vote-option", &format!("{code}.009")),
                ];
                town.part::<Catalogue>().briefs(&town, tx, &all, Language::En)
            });
            let briefs = briefs.await.map_err(|error: DbError| error).unwrap();
            briefs.into_iter().map(|brief| (brief.title, brief.state.unwrap())).collect::<Vec<_>>()
        };
        let line = |title: &str, state: &str| (title.to_owned(), state.to_owned());
        assert_eq!(ask().await, [line("Our parks", "Announced"), line("Trees", "Announced")]);
        hall.open(&vote);
        hall.resident_votes("amina", &vote, &["001"]).await;
        assert_eq!(ask().await, [line("Our parks", "Open"), line("Trees", "Open")]);
        hall.close(&vote).await;
        assert_eq!(ask().await, [line("Our parks", "Decided"), line("Trees", "Selected")]);
    }
}

#[tokio::test]
async fn a_vote_takes_in_what_another_subject_offers() {
    for hall in halls() {
        // A decided vote offers what it selected; a second round votes on just that.
        let first = hall.parks(BallotKind::Cart).await;
        hall.open(&first);
        hall.resident_votes("amina", &first, &["001"]).await;
        let administrator = hall.town.administrator().await;
        let seen = administrator.post("/admin/votes", &[("title-en", "Second round"), ("kind", "budget")]).await;
        let options = format!("{}/options", seen.location());
        let from = format!("vote/{}", first.code);
        let form = [("version", "1"), ("how", "subject"), ("subject", &*from)];
        administrator.post(&options, &form).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("Nothing is offered");
        hall.close(&first).await;
        administrator.post(&options, &form).await.sees(StatusCode::SEE_OTHER);
        administrator.get(seen.location()).await.says("Trees").says("EUR 60").never_says("Benches");
    }
}

#[tokio::test]
async fn votes_are_found_by_their_words_and_drafts_are_not() {
    for hall in halls() {
        let administrator = hall.town.administrator().await;
        administrator
            .post("/admin/votes", &[("title-en", "Secret plans"), ("kind", "poll")])
            .await
            .sees(StatusCode::SEE_OTHER);
        hall.parks(BallotKind::Cart).await;
        hall.town.settle().await;
        let visitor = hall.town.browser();
        visitor.get("/search?q=fountain").await.sees(StatusCode::OK).says("Our parks");
        visitor.get("/search?q=secret").await.sees(StatusCode::OK).never_says("Secret plans");
        visitor.get("/votes.json").await.says("Our parks").never_says("Secret plans");
    }
}
