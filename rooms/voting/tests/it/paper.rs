use crate::town::{Hall, budget, halls};
use axum::http::StatusCode;
use civic::Role;
use testing::Browser;
use voting::{BallotKind, Vote};

async fn with_paper(hall: &Hall) -> (Vote, Browser, Browser) {
    let mut definition = budget(hall.town.town.now(), BallotKind::Approval { most: 2 });
    definition.paper = true;
    let vote = hall.published(definition, &[("Trees", 6_000), ("Benches", 5_000)]).await;
    let hall_office = hall.town.agency("hall", "Town hall").await;
    let one = hall.town.holder("one@example.org", Role::Officer, Some(&hall_office)).await;
    let two = hall.town.holder("two@example.org", Role::Officer, Some(&hall_office)).await;
    for clerk in ["one@example.org", "two@example.org"] {
        voting::name_clerk(&hall.town.town, testing::steward(), vote.code.as_str(), clerk).await.unwrap();
    }
    hall.open(&vote);
    (vote, one, two)
}

#[tokio::test]
async fn two_clerks_enter_each_sheet_and_only_what_both_read_counts() {
    for hall in halls() {
        let (vote, one, two) = with_paper(&hall).await;
        let desk = format!("/votes/{}/paper", vote.code);
        let (voters, sheets, finish) = (format!("{desk}/voters"), format!("{desk}/sheets"), format!("{desk}/finish"));
        one.get(&desk).await.sees(StatusCode::OK).says("Somebody comes to vote");
        // Who has voted online cannot vote on paper, nor the other way round.
        hall.resident_votes("amina", &vote, &["001"]).await;
        let mark = |who| [("who", who), ("channel", "paper")];
        // A clerk is told the same of who has voted and of who has no account.
        for who in ["amina@example.org", "nobody@example.org"] {
            one.post(&voters, &mark(who)).await.sees(StatusCode::CONFLICT).says("No paper can be given out for this");
        }
        one.post(&voters, &mark("no address")).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        let omar = hall.town.signed_in("omar@example.org").await;
        let ines = hall.town.signed_in("ines@example.org").await;
        one.post(&voters, &mark("omar@example.org")).await.sees(StatusCode::SEE_OTHER);
        one.post(&voters, &[("who", "ines@example.org"), ("channel", "assisted")]).await.sees(StatusCode::SEE_OTHER);
        for voter in [&omar, &ines] {
            hall.votes(voter, &vote, &["001"]).await.sees(StatusCode::CONFLICT);
        }
        // The clerks read the sheets; on the second they differ.
        let sheet = |number, choice| [("sheet", number), ("channel", "paper"), ("choice", choice)];
        for clerk in [&one, &two] {
            clerk.post(&sheets, &sheet("A1", "002")).await.sees(StatusCode::SEE_OTHER);
        }
        let help = |choice| [("sheet", "A2"), ("channel", "assisted"), ("choice", choice)];
        one.post(&sheets, &help("001")).await.sees(StatusCode::SEE_OTHER);
        one.get(&desk).await.says("waiting for a second clerk");
        two.post(&sheets, &help("002")).await.sees(StatusCode::SEE_OTHER);
        one.get(&desk).await.says("Read differently").never_says("</span>: <bdi");
        one.post(&finish, &[]).await.sees(StatusCode::CONFLICT);
        hall.close(&vote).await;
        let visitor = hall.town.browser();
        visitor.get(&format!("/votes/{}", vote.code)).await.says("Being counted");
        one.post(&finish, &[]).await.sees(StatusCode::CONFLICT).says("differently");
        one.get(&desk).await.says("Read differently").says("002");
        two.post(&sheets, &help("001")).await.sees(StatusCode::SEE_OTHER);
        // A sheet more than voters came is noticed.
        for clerk in [&one, &two] {
            clerk.post(&sheets, &sheet("A3", "002")).await.sees(StatusCode::SEE_OTHER);
        }
        one.post(&finish, &[]).await.sees(StatusCode::CONFLICT).says("more sheets than voters");
        assert_eq!(hall.town.column("select distinct state from voting_votes").await, ["closed"]);
    }
}

#[tokio::test]
async fn the_count_waits_for_the_paper_and_counts_it_by_channel() {
    for hall in halls() {
        let (vote, one, two) = with_paper(&hall).await;
        let desk = format!("/votes/{}/paper", vote.code);
        hall.resident_votes("amina", &vote, &["001"]).await;
        let _omar = hall.town.signed_in("omar@example.org").await;
        one.post(&format!("{desk}/voters"), &[("who", "omar@example.org"), ("channel", "paper")])
            .await
            .sees(StatusCode::SEE_OTHER);
        for clerk in [&one, &two] {
            let form = [("sheet", "7"), ("channel", "paper"), ("choice", "002")];
            clerk.post(&format!("{desk}/sheets"), &form).await.sees(StatusCode::SEE_OTHER);
        }
        hall.close(&vote).await;
        one.post(&format!("{desk}/finish"), &[]).await.sees(StatusCode::SEE_OTHER);
        hall.town.clock.advance_seconds(60);
        hall.town.settle().await;
        let seen = hall.town.browser().get(&format!("/votes/{}.json", vote.code)).await.json();
        assert_eq!(seen["phase"], "decided");
        assert_eq!(seen["turnout"], serde_json::json!({"online": 1, "paper": 1}));
        let ballots = hall.town.browser().get(&format!("/votes/{}/ballots.csv", vote.code)).await.text;
        assert!(ballots.contains("\"001\"") && ballots.contains("\"002\""), "{ballots}");
        assert!(hall.town.column("select sheet from voting_sheets").await.is_empty());
        let record = hall.town.record().await;
        let finished = record.iter().find(|entry| entry.contains("vote.paper-finished")).unwrap();
        assert!(finished.contains("\"marked\":1") && finished.contains("\"counted\":1"), "{finished}");
        // Neither a voter marked nor a sheet read has an entry that could be joined with the other.
        assert!(!record.iter().any(|entry| entry.contains("vote.sheet-entered") || entry.contains("vote.paper-given")));
    }
}

#[tokio::test]
async fn only_clerks_named_for_the_vote_on_the_record_mark_voters() {
    for hall in halls() {
        let (vote, one, _) = with_paper(&hall).await;
        let desk = format!("/votes/{}/paper", vote.code);
        let roads = hall.town.agency("roads", "Roads").await;
        let other = hall.town.holder("other@example.org", Role::Officer, Some(&roads)).await;
        let amina = hall.town.signed_in("amina@example.org").await;
        let form = [("who", "amina@example.org"), ("channel", "paper")];
        for path in ["voters", "voters/back", "sheets", "strike", "strike/back", "finish"] {
            let answer = other.post(&format!("{desk}/{path}"), &form).await;
            assert!(answer.status.is_client_error(), "{path}: {}", answer.status);
        }
        other.get(&desk).await.sees(StatusCode::NOT_FOUND);
        hall.votes(&amina, &vote, &["001"]).await.sees(StatusCode::OK);
        // The administrator names them while it is open, and takes one off.
        let administrator = hall.town.administrator().await;
        let keep = format!("/admin/votes/{}", vote.code);
        let clerks = format!("{keep}/clerks");
        administrator.get(&desk).await.sees(StatusCode::OK).says("You are no clerk of this vote");
        let wrong = administrator.post(&clerks, &[("clerk", "amina@example.org")]).await;
        wrong.sees(StatusCode::UNPROCESSABLE_ENTITY).says("No officer");
        administrator.post(&clerks, &[("clerk", "other@example.org")]).await.sees(StatusCode::SEE_OTHER);
        other.get(&desk).await.sees(StatusCode::OK);
        let handle = hall.town.column("select clerk from voting_clerks order by named_at desc").await.remove(0);
        administrator.post(&format!("{clerks}/end"), &[("clerk", &handle)]).await.sees(StatusCode::SEE_OTHER);
        other.get(&desk).await.sees(StatusCode::NOT_FOUND);
        one.get(&keep).await.sees(StatusCode::FORBIDDEN);
        let record = hall.town.record().await;
        for saying in ["vote.clerk-named", "vote.clerk-ended"] {
            assert!(record.iter().any(|entry| entry.contains(saying) && entry.contains(&handle)), "{saying}");
        }
    }
}

/// The old way: one clerk could give a voter a second ballot while her paper lay in the urn, where no sheet is entered yet.
#[tokio::test]
async fn two_clerks_together_take_a_mark_back_as_long_as_no_sheet_hangs_on_it() {
    for hall in halls() {
        let (vote, one, two) = with_paper(&hall).await;
        let desk = format!("/votes/{}/paper", vote.code);
        let (voters, back) = (format!("{desk}/voters"), format!("{desk}/voters/back"));
        let amina = hall.town.signed_in("amina@example.org").await;
        one.post(&voters, &[("who", "amina@example.org"), ("channel", "paper")]).await.sees(StatusCode::SEE_OTHER);
        hall.votes(&amina, &vote, &["001"]).await.sees(StatusCode::CONFLICT).says("marked to have voted on paper");
        two.get(&desk).await.says("Voters marked, by clerk").never_says("waiting for another");
        let form = |why| [("who", "amina@example.org"), ("why", why)];
        two.post(&back, &form("")).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        // A sheet was entered: her ballot may be it.
        let sheet = [("sheet", "1"), ("channel", "paper"), ("choice", "002")];
        one.post(&format!("{desk}/sheets"), &sheet).await.sees(StatusCode::SEE_OTHER);
        two.post(&back, &form("She never came"))
            .await
            .sees(StatusCode::CONFLICT)
            .says("a ballot may hang on this mark");
        for clerk in [&one, &two] {
            let strike = [("sheet", "1"), ("why", "Typed by mistake")];
            clerk.post(&format!("{desk}/strike"), &strike).await.sees(StatusCode::SEE_OTHER);
        }
        // One alone takes nothing back, however often; then the other sees why, and says so too.
        for _ in 0..2 {
            two.post(&back, &form("She never came")).await.sees(StatusCode::SEE_OTHER);
            hall.votes(&amina, &vote, &["001"]).await.sees(StatusCode::CONFLICT);
        }
        one.get(&desk).await.says("waiting for another").says("She never came").never_says("amina");
        one.post(&back, &form("I marked the wrong line")).await.sees(StatusCode::SEE_OTHER);
        hall.votes(&amina, &vote, &["001"]).await.sees(StatusCode::OK);
        // What was cast online stays, and who asks about anybody gets the same answer.
        for who in ["amina@example.org", "nobody@example.org"] {
            let form = [("who", who), ("why", "A try")];
            two.post(&back, &form).await.sees(StatusCode::CONFLICT).says("no mark on paper");
        }
        let record = hall.town.record().await;
        let taken: Vec<_> = record.iter().filter(|entry| entry.contains("vote.mark-taken-back")).collect();
        assert!(taken.len() == 1 && taken[0].contains("asked_by"), "{taken:?}");
        assert!(!taken[0].contains("amina") && !taken[0].contains("never came"), "{taken:?}");
    }
}

/// Who asked and is no clerk any more is not one of two.
#[tokio::test]
async fn a_clerk_who_was_taken_off_is_not_one_of_the_two() {
    for hall in halls() {
        let (vote, one, two) = with_paper(&hall).await;
        let desk = format!("/votes/{}/paper", vote.code);
        let _amina = hall.town.signed_in("amina@example.org").await;
        let mark = [("who", "amina@example.org"), ("channel", "paper")];
        one.post(&format!("{desk}/voters"), &mark).await.sees(StatusCode::SEE_OTHER);
        let form = [("who", "amina@example.org"), ("why", "She never came")];
        one.post(&format!("{desk}/voters/back"), &form).await.sees(StatusCode::SEE_OTHER);
        let handle = hall.town.column("select back_by from voting_marks").await.remove(0);
        let administrator = hall.town.administrator().await;
        let end = format!("/admin/votes/{}/clerks/end", vote.code);
        administrator.post(&end, &[("clerk", &*handle)]).await.sees(StatusCode::SEE_OTHER);
        two.post(&format!("{desk}/voters/back"), &form).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(hall.town.column("select voter from voting_marks").await.len(), 1);
    }
}

#[tokio::test]
async fn a_mistyped_sheet_is_struck_out_and_blank_and_spoilt_ones_are_told_apart() {
    for hall in halls() {
        let (vote, one, two) = with_paper(&hall).await;
        let desk = format!("/votes/{}/paper", vote.code);
        let (sheets, strike) = (format!("{desk}/sheets"), format!("{desk}/strike"));
        for name in ["amina", "omar", "ines", "lina"] {
            let _account = hall.town.signed_in(&format!("{name}@example.org")).await;
            let form = [("who", &*format!("{name}@example.org")), ("channel", "paper")];
            one.post(&format!("{desk}/voters"), &form).await.sees(StatusCode::SEE_OTHER);
        }
        let strange = [("sheet", "2"), ("channel", "paper"), ("kind", "blank"), ("choice", "001")];
        one.post(&sheets, &strange).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("no choices");
        for clerk in [&one, &two] {
            let votes = [("sheet", "1"), ("channel", "paper"), ("kind", "votes"), ("choice", "001")];
            clerk.post(&sheets, &votes).await.sees(StatusCode::SEE_OTHER);
            for (sheet, kind) in [("2", "blank"), ("3", "spoilt")] {
                let form = [("sheet", sheet), ("channel", "paper"), ("kind", kind)];
                clerk.post(&sheets, &form).await.sees(StatusCode::SEE_OTHER);
            }
        }
        one.post(&sheets, &[("sheet", "11"), ("channel", "paper"), ("choice", "001")])
            .await
            .sees(StatusCode::SEE_OTHER);
        hall.close(&vote).await;
        one.post(&format!("{desk}/finish"), &[]).await.sees(StatusCode::CONFLICT);
        one.post(&strike, &[("sheet", "99"), ("why", "Not there")]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        one.post(&strike, &[("sheet", "11"), ("why", "")]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        one.post(&strike, &[("sheet", "11"), ("why", "It was 1")]).await.sees(StatusCode::SEE_OTHER);
        two.get(&desk).await.says("It was 1");
        one.post(&format!("{desk}/finish"), &[]).await.sees(StatusCode::CONFLICT);
        two.post(&strike, &[("sheet", "11"), ("why", "It was 1")]).await.sees(StatusCode::SEE_OTHER);
        one.post(&format!("{desk}/finish"), &[]).await.sees(StatusCode::SEE_OTHER);
        hall.town.clock.advance_seconds(60);
        hall.town.settle().await;
        let visitor = hall.town.browser();
        let seen = visitor.get(&format!("/votes/{}.json", vote.code)).await.json();
        let expected = serde_json::json!({"marked": 4, "counted": 1, "blank": 1, "spoilt": 1, "missing": 1});
        assert_eq!((&seen["phase"], &seen["paper"]["paper"]), (&serde_json::json!("decided"), &expected));
        for page in ["", "/results"] {
            let page = visitor.get(&format!("/votes/{}{page}", vote.code)).await;
            page.says("On paper: 4 cast, 1 counted. 1 blank, 1 spoilt, 1 not in the urn.");
        }
        assert!(hall.town.record().await.iter().any(|entry| entry.contains("vote.sheet-struck")));
    }
}

/// The old way: what a clerk had read lay beside its number in words, while the vote was open.
#[tokio::test]
async fn what_a_clerk_entered_is_sealed_before_the_close() {
    for hall in halls() {
        let (vote, one, two) = with_paper(&hall).await;
        let sheets = format!("/votes/{}/paper/sheets", vote.code);
        let plain = async || hall.town.column("select choices from voting_sheets order by sheet, clerk").await;
        for (clerk, choice) in [(&one, "002"), (&two, "001")] {
            let form = [("sheet", "1"), ("channel", "paper"), ("choice", choice)];
            clerk.post(&sheets, &form).await.sees(StatusCode::SEE_OTHER);
        }
        one.post(&sheets, &[("sheet", "2"), ("channel", "paper"), ("kind", "blank")]).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(plain().await, ["", "", ""]);
        let lengths = hall.town.column("select cast(length(sealed) as text) from voting_sheets").await;
        assert!(lengths.len() == 3 && lengths.iter().all(|length| *length == lengths[0]), "{lengths:?}");
        // Still they are compared.
        one.get(&format!("/votes/{}/paper", vote.code)).await.says("Read differently");
    }
}

/// The old way: a strike by a third clerk, made by mistake, could not be undone by anybody, and the count never came.
#[tokio::test]
async fn a_mistaken_strike_is_taken_back_and_the_sheet_counts() {
    for hall in halls() {
        let (vote, one, two) = with_paper(&hall).await;
        let roads = hall.town.agency("roads", "Roads").await;
        let third = hall.town.holder("three@example.org", Role::Officer, Some(&roads)).await;
        voting::name_clerk(&hall.town.town, testing::steward(), vote.code.as_str(), "three@example.org").await.unwrap();
        let desk = format!("/votes/{}/paper", vote.code);
        let (sheets, strike, back) =
            (format!("{desk}/sheets"), format!("{desk}/strike"), format!("{desk}/strike/back"));
        let _amina = hall.town.signed_in("amina@example.org").await;
        let mark = [("who", "amina@example.org"), ("channel", "paper")];
        one.post(&format!("{desk}/voters"), &mark).await.sees(StatusCode::SEE_OTHER);
        let sheet = [("sheet", "7"), ("channel", "paper"), ("choice", "002")];
        for clerk in [&one, &two] {
            clerk.post(&sheets, &sheet).await.sees(StatusCode::SEE_OTHER);
        }
        hall.close(&vote).await;
        third.post(&strike, &[("sheet", "7"), ("why", "It was 17")]).await.sees(StatusCode::SEE_OTHER);
        one.post(&format!("{desk}/finish"), &[]).await.sees(StatusCode::CONFLICT);
        // What the refusal says is so: one of the two who read it can enter it again.
        third.post(&sheets, &sheet).await.sees(StatusCode::CONFLICT).says("One of them can enter it again");
        one.post(&sheets, &sheet).await.sees(StatusCode::SEE_OTHER);
        one.post(&back, &[("sheet", "7")]).await.sees(StatusCode::CONFLICT).says("You have struck out no sheet");
        third.get(&desk).await.says("Take the strike back");
        third.post(&back, &[("sheet", "7")]).await.sees(StatusCode::SEE_OTHER);
        one.post(&format!("{desk}/finish"), &[]).await.sees(StatusCode::SEE_OTHER);
        let counts = hall.town.column("select paper_counts from voting_votes").await;
        assert!(counts[0].contains("\"counted\":1"), "{counts:?}");
    }
}
