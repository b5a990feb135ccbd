//! What other rooms see of a vote, and what it takes from them.

use crate::town::{Hall, budget, halls};
use axum::http::StatusCode;
use civic::{Language, LocalText, Subject};
use database::DbError;
use voting::{BallotKind, Change, NewOption, Origin, change_vote, create_vote, publish_vote};
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
        // Once it is announced, both pages lead to each other.
        let (town, by) = (&hall.town.town, testing::steward);
        let mut definition = budget(town.now(), BallotKind::Cart);
        definition.title = LocalText::plain("Third round");
        let third = create_vote(town, definition, Origin::Held).await.unwrap();
        let options = format!("/admin/votes/{}/options", third.code);
        let form = [("version", &*third.version.to_string()), ("how", "subject"), ("subject", &*from)];
        administrator.post(&options, &form).await.sees(StatusCode::SEE_OTHER);
        let visitor = hall.town.browser();
        let page = format!("/votes/{}", first.code);
        visitor.get(&page).await.never_says("Third round");
        publish_vote(town, by(), third.code.as_str()).await.unwrap();
        visitor.get(&page).await.says("Third round").says(&format!("/votes/{}", third.code));
        visitor.get(&format!("/votes/{}", third.code)).await.says(&format!("href=\"{page}\""));
    }
}

/// Words that moderators hid where an option grew from; what the commons keep of it, as their own tests make it.
async fn moderators_hide(hall: &Hall, id: &'static str, parts: &'static [&'static str]) {
    let hidden = hall.town.town.db().write(move |tx| {
        tx.execute(
            "insert into moderation_cases (id, subject_kind, subject_id, about_kind, about_id, cause, opened_at, queued_at, \
             standing, held, reports, points, evidence, version, note, decided_handle, appeal, appeal_handle, appeal_note) \
             values ('case', 'proposal', $1, 'proposal', $1, 'report', 1, 1, 'decided', false, 1, 0, '', 1, '', '', '', '', '')",
            &database::params![id],
        )?;
        for part in parts {
            tx.execute(
                "insert into moderation_withheld (subject_kind, subject_id, part, case_id, key, kind, kept, shown, held, \
                 whole, reason, at) values ('proposal', $1, $2, 'case', 'part-proposal-title', 'text', 'x', '', false, true, '', 1)",
                &database::params![id, *part],
            )?;
        }
        tx.commit(database::OffRecord("a test"), ())
    });
    hidden.await.map_err(|error: DbError| error).unwrap();
}

#[tokio::test]
async fn what_moderators_hid_of_a_proposal_is_hidden_of_its_option_too() {
    for hall in halls() {
        let (town, by) = (&hall.town.town, testing::steward);
        let definition = budget(town.now(), BallotKind::Cart);
        let vote = create_vote(town, definition, Origin::Held).await.unwrap();
        let from = |id: &str| Some(subject("proposal", id));
        let text = Some(LocalText::plain("He stole the silver spoons"));
        let thief = NewOption { text, from: from("P-2222"), ..Hall::option("The mayor is a thief", 4_000) };
        let bench = NewOption { from: from("P-3333"), ..Hall::option("A bench", 5_000) };
        let add = Change::Add(vec![thief, bench]);
        let vote = change_vote(town, by(), vote.code.as_str(), vote.version, add).await.unwrap();
        let vote = publish_vote(town, by(), vote.code.as_str()).await.unwrap();
        let page = format!("/votes/{}", vote.code);
        let visitor = hall.town.browser();
        let sha256 = visitor.get(&format!("{page}.json")).await.says("thief").json()["definition_sha256"].clone();
        moderators_hide(&hall, "P-2222", &["title", "text"]).await;
        hall.open(&vote);
        hall.resident_votes("amina", &vote, &["001"]).await;
        let amina = hall.town.signed_in("omar@example.org").await;
        for path in [page.clone(), format!("{page}.json"), format!("{page}/ballot")] {
            let seen = amina.get(&path).await.sees(StatusCode::OK).says("Hidden by moderation").says("A bench");
            seen.never_says("thief").never_says("spoons");
        }
        let seen = visitor.get(&format!("{page}.json")).await.json();
        assert_eq!(seen["definition_sha256"], sha256, "what was fixed is fixed");
        hall.close(&vote).await;
        let results = ["/results", "/ballots.pb", "/ballots", "/ballots.json", "/outcome.json", ".json", ""];
        for path in results.map(|end| format!("{page}{end}")) {
            visitor.get(&path).await.sees(StatusCode::OK).never_says("thief").never_says("spoons");
        }
        visitor.get(&format!("{page}/ballots.pb")).await.says("Hidden by moderation");
        let briefs = hall.town.town.clone();
        let option = subject("vote-option", &format!("{}.001", vote.code));
        let looked = town.db().read(move |tx| {
            let catalogue = briefs.part::<Catalogue>();
            let brief = catalogue.briefs(&briefs, tx, std::slice::from_ref(&option), Language::En)?;
            let offered = catalogue.offers(&briefs, tx, &subject("vote", option.id.split('.').next().unwrap()))?;
            Ok::<_, DbError>((brief, offered))
        });
        let (brief, offered) = looked.await.unwrap();
        assert_eq!(brief[0].title, "Hidden by moderation");
        assert!(
            offered.unwrap().iter().all(|offer| !offer.title.contains("thief") && !offer.summary.contains("spoons"))
        );
    }
}

#[tokio::test]
async fn a_proposal_stands_on_a_vote_once() {
    for hall in halls() {
        let (town, by) = (&hall.town.town, testing::steward);
        let vote = create_vote(town, budget(town.now(), BallotKind::Cart), Origin::Held).await.unwrap();
        let option = || NewOption { from: Some(subject("proposal", "P-2222")), ..Hall::option("A bench", 4_000) };
        let add = |version| change_vote(town, by(), vote.code.as_str(), version, Change::Add(vec![option()]));
        let vote = add(vote.version).await.unwrap();
        let refused = add(vote.version).await.unwrap_err();
        let web::Stop::Refused(refusals) = refused else { panic!("{refused:?}") };
        assert_eq!(refusals[0].code, "vote-option-twice");
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

/// The old way: a wrong word or sum meant taking the option away, and with it its number and what it grew from.
#[tokio::test]
async fn an_option_is_corrected_and_keeps_its_number_and_what_it_grew_from() {
    for hall in halls() {
        let town = &hall.town.town;
        let by = testing::steward;
        let definition = budget(town.now(), BallotKind::Cart);
        let vote = create_vote(town, definition, Origin::Held).await.unwrap();
        let from = Some(subject("proposal", "P-2222"));
        let options = vec![NewOption { from, ..Hall::option("A bensh", 4_000) }, Hall::option("Trees", 5_000)];
        let vote = change_vote(town, by(), vote.code.as_str(), vote.version, Change::Add(options)).await.unwrap();
        publish_vote(town, by(), vote.code.as_str()).await.unwrap();
        let administrator = hall.town.administrator().await;
        let edit = format!("/admin/votes/{}", vote.code);
        administrator.get(&edit).await.says(&format!("href=\"{edit}/options/001\""));
        let page = format!("{edit}/options/001");
        administrator.get(&page).await.sees(StatusCode::OK).says("A bensh").says("value=\"40\"");
        administrator.get(&format!("{edit}/options/009")).await.sees(StatusCode::NOT_FOUND);
        let version = (vote.version + 1).to_string();
        let form = |title, cost| [("version", &*version), ("option-title[en]", title), ("cost", cost)];
        for (title, cost) in [("", "45"), ("A bench", "much"), ("A bench", "450")] {
            let seen = administrator.post(&page, &form(title, cost)).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
            seen.says("role=\"alert\"").says(cost);
        }
        administrator.post(&page, &form("A bench", "45")).await.sees(StatusCode::SEE_OTHER);
        // A form from before that is refused.
        administrator.post(&page, &form("A bank", "45")).await.sees(StatusCode::CONFLICT);
        let seen = hall.town.browser().get(&format!("/votes/{}.json", vote.code)).await.json();
        assert_eq!(seen["options"].as_array().unwrap().len(), 2);
        let kept = hall.town.column("select definition from voting_votes").await.remove(0);
        assert!(kept.contains("A bench") && kept.contains("P-2222") && !kept.contains("bensh"), "{kept}");
        let record = hall.town.record().await;
        assert!(record.iter().any(|entry| entry.contains("vote.changed") && entry.contains("4500")), "{record:?}");
        let officer = hall.town.signed_in("amina@example.org").await;
        assert!(officer.post(&page, &form("Mine", "1")).await.status.is_client_error());
    }
}
