use crate::town::{halls, receipt_in};
use axum::http::StatusCode;
use futures_util::future::join_all;
use voting::BallotKind;

#[tokio::test]
async fn one_person_sending_sixty_four_ballots_at_once_has_one_vote() {
    for hall in halls() {
        let vote = hall.parks(BallotKind::Cart).await;
        hall.open(&vote);
        let amina = hall.town.signed_in("amina@example.org").await;
        let many = (0..64).map(|number| hall.votes(&amina, &vote, if number % 2 == 0 { &["001"] } else { &["002"] }));
        let many: Vec<_> = many.collect();
        let seen = join_all(many).await;
        let taken: Vec<_> = seen.iter().filter(|seen| seen.status == StatusCode::OK).collect();
        assert_eq!(taken.len(), 1);
        assert!(seen.iter().all(|seen| matches!(seen.status, StatusCode::OK | StatusCode::CONFLICT)));
        let receipt = receipt_in(&taken[0].text);
        hall.close(&vote).await;
        let ballots = hall.town.browser().get(&format!("/votes/{}/ballots.json", vote.code)).await.json();
        let ballots = ballots["ballots"].as_array().unwrap().clone();
        assert_eq!((ballots.len(), ballots[0]["receipt"].as_str()), (1, Some(&*receipt)));
    }
}

#[tokio::test]
async fn the_second_of_the_close_decides_and_a_clock_set_back_opens_nothing() {
    for hall in halls() {
        let vote = hall.parks(BallotKind::Cart).await;
        let amina = hall.town.signed_in("amina@example.org").await;
        let ines = hall.town.signed_in("ines@example.org").await;
        // Each post turns the clock on by a second.
        hall.town.clock.turn_to(vote.definition.closes_at.plus_seconds(-2));
        hall.votes(&amina, &vote, &["001"]).await.sees(StatusCode::OK);
        hall.votes(&ines, &vote, &["002"]).await.sees(StatusCode::CONFLICT).says("closed");
        hall.town.settle().await;
        hall.town.clock.turn_to(vote.definition.opens_at.plus_seconds(60));
        hall.votes(&ines, &vote, &["002"]).await.sees(StatusCode::CONFLICT).says("closed");
        hall.town.settle().await;
        let ballots = hall.town.browser().get(&format!("/votes/{}/ballots.json", vote.code)).await.json();
        assert_eq!(ballots["ballots"].as_array().unwrap().len(), 1);
    }
}

/// The page looks at the clock too, before it asks: this is the look that counts, inside the transaction.
#[tokio::test]
async fn a_ballot_that_waited_in_the_queue_does_not_slip_in_behind_the_close_nor_behind_the_count() {
    for hall in halls() {
        let vote = hall.parks(BallotKind::Cart).await;
        hall.open(&vote);
        hall.resident_votes("amina", &vote, &["001"]).await;
        for name in ["ines", "omar"] {
            hall.town.signed_in(&format!("{name}@example.org")).await;
        }
        let people = hall.town.column("select id from people where email like 'ines%' or email like 'omar%'").await;
        let voters: Vec<_> = people.iter().map(|id| voting::Voter::Person(id.parse().unwrap())).collect();
        let choices = voting::Choices(vec![(0, 1)]);
        // Both were asked while the vote was open.
        let late = voting::cast_ballot(&hall.town.town, &vote, &voters[0], &choices);
        let later = voting::cast_ballot(&hall.town.town, &vote, &voters[1], &choices);
        hall.town.clock.turn_to(vote.definition.closes_at);
        assert!(late.await.is_err(), "the clock that counts is the one inside the transaction");
        hall.town.settle().await;
        assert!(later.await.is_err());
        let ballots = hall.town.browser().get(&format!("/votes/{}/ballots.json", vote.code)).await.json();
        assert_eq!(ballots["ballots"].as_array().unwrap().len(), 1);
    }
}

#[tokio::test]
async fn ballots_that_are_cast_while_it_closes_are_counted_or_refused_never_lost() {
    for hall in halls() {
        let vote = hall.parks(BallotKind::Cart).await;
        hall.open(&vote);
        let mut voters = Vec::new();
        for number in 0..12 {
            voters.push(hall.town.signed_in(&format!("v{number}@example.org")).await);
        }
        hall.town.clock.turn_to(vote.definition.closes_at.plus_seconds(-13));
        let casting = join_all(voters.iter().map(|voter| hall.votes(voter, &vote, &["001"])));
        let closing = async {
            for look in 0..20 {
                // The close comes while they cast.
                hall.town.clock.advance_seconds(i64::from(look == 4));
                voting::close_and_count(&hall.town.town).await.unwrap();
                tokio::task::yield_now().await;
            }
        };
        let (seen, ()) = tokio::join!(casting, closing);
        hall.close(&vote).await;
        let counted = hall.town.browser().get(&format!("/votes/{}/ballots.csv", vote.code)).await.text;
        let taken: Vec<String> =
            seen.iter().filter(|seen| seen.status == StatusCode::OK).map(|seen| receipt_in(&seen.text)).collect();
        let refused = seen.iter().filter(|seen| seen.status == StatusCode::CONFLICT).count();
        assert_eq!(taken.len() + refused, 12);
        let lines = if taken.is_empty() { 0 } else { counted.lines().count() - 1 };
        assert_eq!(lines, taken.len());
        assert!(taken.iter().all(|receipt| counted.contains(receipt)));
    }
}

#[tokio::test]
async fn forged_ballots_are_refused_and_nothing_of_them_is_kept() {
    for hall in halls() {
        let vote = hall.parks(BallotKind::Cart).await;
        let other = hall.published(
            crate::town::budget(hall.town.town.now(), BallotKind::Points { total: 10 }),
            &[("Lamps", 100), ("Bins", 200), ("Paths", 300), ("Fences", 400)],
        );
        let other = other.await;
        hall.open(&vote);
        let amina = hall.town.signed_in("amina@example.org").await;
        let refused = StatusCode::UNPROCESSABLE_ENTITY;
        // A project of another vote, one that never was, markup, an empty ballot, more than the budget.
        for choices in [&["004"][..], &["999"], &["<script>alert(1)</script>"], &[], &["001", "002"], &["001", "001"]] {
            hall.votes(&amina, &vote, choices).await.sees(refused).never_says("<script>alert");
        }
        let cast = format!("/votes/{}/ballots", other.code);
        for points in ["-1", "11", "9223372036854775807", "1e3", "0x1", "5;drop", " "] {
            amina.post(&cast, &[("value[001]", points)]).await.sees(refused);
        }
        let nul = amina.post(&cast, &[("value[001]", "\0")]).await;
        assert!(nul.status.is_client_error());
        assert!(hall.town.column("select voter from voting_marks").await.is_empty());
        assert!(hall.town.column("select id from voting_box").await.is_empty());
        // Votes that are not there, drafts, and codes with other things in them are one and the same page.
        for code in ["V-9999", "nothing", "V-9999%00", "%2e%2e%2fkeys", "V-9999'--"] {
            amina.get(&format!("/votes/{code}/ballot")).await.sees(StatusCode::NOT_FOUND);
        }
    }
}

#[tokio::test]
async fn nobody_learns_who_voted_by_asking() {
    for hall in halls() {
        let vote = hall.parks(BallotKind::Cart).await;
        hall.open(&vote);
        hall.resident_votes("amina", &vote, &["001"]).await;
        let (visitor, ines) = (hall.town.browser(), hall.town.signed_in("ines@example.org").await);
        let administrator = hall.town.administrator().await;
        // A receipt of before the close, a wrong one and none: one answer, whoever asks.
        for reader in [&visitor, &ines, &administrator] {
            for query in ["", "?receipt=2222-2222-2222-2222"] {
                let path = format!("/votes/{}/ballots{query}", vote.code);
                reader.get(&path).await.sees(StatusCode::NOT_FOUND);
            }
            let page = reader.get(&format!("/votes/{}", vote.code)).await.sees(StatusCode::OK);
            page.never_says("amina").never_says("You have voted");
        }
        // Her own data hold no trace of it either, so nobody can be made to show that she did or did not vote.
        let amina = hall.town.signed_in("amina@example.org").await;
        let exported = amina.get("/me/export").await;
        assert!(!exported.text.contains(vote.code.as_str()));
    }
}

#[tokio::test]
async fn only_administrators_set_up_votes_and_only_clerks_enter_paper() {
    for hall in halls() {
        let vote = hall.parks(BallotKind::Cart).await;
        let resident = hall.town.signed_in("amina@example.org").await;
        for path in ["/admin/votes".to_owned(), format!("/admin/votes/{}", vote.code), "/admin/votes/import".to_owned()]
        {
            resident.get(&path).await.sees(StatusCode::FORBIDDEN);
            resident.post(&path, &[("title-en", "Mine")]).await.sees(StatusCode::FORBIDDEN);
        }
        resident.get(&format!("/votes/{}/paper", vote.code)).await.sees(StatusCode::FORBIDDEN);
    }
}

#[tokio::test]
async fn words_of_a_vote_are_never_markup() {
    for hall in halls() {
        let evil = "<script>alert(1)</script>\"'; =cmd()";
        let mut definition = crate::town::budget(hall.town.town.now(), BallotKind::Cart);
        definition.title = civic::LocalText::plain(evil);
        let vote = hall.published(definition, &[(evil, 6_000), ("b;\"c\"\nd", 5_000)]).await;
        hall.open(&vote);
        let visitor = hall.town.browser();
        hall.resident_votes("amina", &vote, &["001"]).await;
        hall.close(&vote).await;
        for path in ["", "/results", "/ballots"] {
            let page = visitor.get(&format!("/votes/{}{path}", vote.code)).await.sees(StatusCode::OK);
            page.never_says("<script>alert");
        }
        visitor.get("/votes.csv").await.sees(StatusCode::OK);
        visitor.get("/votes.rss").await.sees(StatusCode::OK).never_says("<script>");
        // The file keeps its form whatever the names are.
        let file = visitor.get(&format!("/votes/{}/ballots.pb", vote.code)).await.text;
        let document = budgeting::pabulib::Document::read(file.as_bytes()).unwrap();
        assert_eq!(document.election().unwrap().projects.len(), 2);
    }
}

#[tokio::test]
async fn a_vote_whose_key_is_lost_takes_no_ballot_and_holds_up_no_other() {
    for hall in halls() {
        let lost = hall.parks(BallotKind::Cart).await;
        let sound = hall.parks(BallotKind::Cart).await;
        hall.open(&lost);
        hall.resident_votes("amina", &sound, &["001"]).await;
        hall.resident_votes("ines", &lost, &["001"]).await;
        hall.town.town.part::<voting::BallotBoxes>().destroy(lost.code.as_str()).unwrap();
        let omar = hall.town.signed_in("omar@example.org").await;
        hall.votes(&omar, &lost, &["001"]).await.sees(StatusCode::SERVICE_UNAVAILABLE);
        let administrator = hall.town.administrator().await;
        administrator.get(&format!("/admin/votes/{}", lost.code)).await.says("not on this machine");
        hall.close(&sound).await;
        let visitor = hall.town.browser();
        visitor.get(&format!("/votes/{}", lost.code)).await.sees(StatusCode::OK).says("Being counted");
        visitor.get(&format!("/votes/{}", sound.code)).await.sees(StatusCode::OK).says("Decided");
        assert_eq!(hall.town.column("select kind from jobs where state = 'dead'").await.len(), 0);
    }
}

#[tokio::test]
async fn two_machines_that_count_at_once_give_one_result() {
    for hall in halls() {
        let vote = hall.parks(BallotKind::Cart).await;
        hall.open(&vote);
        for name in ["amina", "ines", "omar"] {
            hall.resident_votes(name, &vote, &["001"]).await;
        }
        hall.town.clock.turn_to(vote.definition.closes_at.plus_seconds(1));
        let counting = (0..4).map(|_| voting::close_and_count(&hall.town.town));
        for done in join_all(counting).await {
            // Whoever comes too late may find the key thrown away, and tries again for nothing.
            assert!(matches!(done, Ok(()) | Err(web::Stop::Busy(_))), "{done:?}");
        }
        hall.town.settle().await;
        let record = hall.town.record().await;
        for saying in ["vote.closed", "vote.decided"] {
            assert_eq!(record.iter().filter(|entry| entry.contains(saying)).count(), 1, "{saying}");
        }
        let ballots = hall.town.browser().get(&format!("/votes/{}/ballots.json", vote.code)).await.json();
        assert_eq!(ballots["ballots"].as_array().unwrap().len(), 3);
    }
}
