//! A sum for each district, and one for the whole town: each is counted by itself.

use crate::town::{Hall, budget, halls, receipt_in};
use axum::http::StatusCode;
use civic::LocalText;
use testing::{Browser, Seen};
use voting::{
    AreaSum, Areas, BallotKind, Change, Definition, NewOption, Origin, Vote, Voters, VotesIn, change_vote, create_vote,
    publish_vote,
};

/// 40 for the whole town, 30 in the north, 30 in the south.
fn areas(votes_in: VotesIn, most: u16) -> Areas {
    let sum = |area: &str, cents| AreaSum { area: area.to_owned(), cents };
    Areas { votes_in, most, sums: vec![sum("town", 4_000), sum("north", 3_000), sum("south", 3_000)] }
}

fn option(title: &str, cost_cents: i64, district: Option<&str>) -> NewOption {
    NewOption {
        title: LocalText::plain(title),
        text: None,
        cost_cents,
        district: district.map(str::to_owned),
        from: None,
        offered_by: None,
    }
}

/// 001 and 002 for the whole town, 003 and 004 in the north, 005 and 006 in the south.
fn projects() -> Vec<NewOption> {
    vec![
        option("Trees", 3_000, None),
        option("Benches", 2_000, None),
        option("North path", 2_000, Some("north")),
        option("North light", 1_500, Some("north")),
        option("South path", 2_500, Some("south")),
        option("South light", 1_000, Some("south")),
    ]
}

async fn drafted(hall: &Hall, ballot: BallotKind, areas: Areas, voters: Voters) -> Vote {
    let definition = Definition { areas: Some(areas), voters, ..budget(hall.town.town.now(), ballot) };
    let vote = create_vote(&hall.town.town, definition, Origin::Held).await.unwrap();
    let change = Change::Add(projects());
    change_vote(&hall.town.town, testing::steward(), vote.code.as_str(), vote.version, change).await.unwrap()
}

async fn published(hall: &Hall, ballot: BallotKind, most: u16) -> Vote {
    let vote = drafted(hall, ballot, areas(VotesIn::Chosen, most), Voters::Residents).await;
    publish_vote(&hall.town.town, testing::steward(), vote.code.as_str()).await.unwrap()
}

async fn casts(hall: &Hall, name: &str, vote: &Vote, choices: &[&str]) -> Seen {
    let browser: Browser = hall.town.signed_in(&format!("{name}@example.org")).await;
    hall.votes(&browser, vote, choices).await
}

#[tokio::test]
async fn each_area_is_counted_by_itself_and_by_whoever_reads_its_file() {
    for hall in halls() {
        let vote = published(&hall, BallotKind::Approval { most: 2 }, 1).await;
        hall.open(&vote);
        let ballots = [
            ("a", &["001", "003"][..]),
            ("b", &["001", "003", "004"]),
            ("c", &["002", "004"]),
            ("d", &["002", "006"]),
            ("e", &["005"]),
        ];
        let mut receipts = Vec::new();
        for (name, choices) in ballots {
            receipts.push(receipt_in(&casts(&hall, name, &vote, choices).await.sees(StatusCode::OK).text));
        }
        let visitor = hall.town.browser();
        let base = format!("/votes/{}", vote.code);
        for path in ["", "/ballots.pb", "/outcome.json"] {
            visitor.get(&format!("{base}/areas/north{path}")).await.sees(StatusCode::NOT_FOUND);
        }
        hall.close(&vote).await;
        let whole = visitor.get(&format!("{base}/outcome.json")).await.sees(StatusCode::OK);
        let counts: Vec<_> =
            whole.json()["areas"].as_array().unwrap().iter().map(|one| one["ballots"].clone()).collect();
        assert_eq!(counts, [4, 3, 2], "only ballots that name something of an area are counted there");
        let record = hall.town.record().await;
        let decided = record.iter().find(|entry| entry.contains("vote.decided")).unwrap();
        let mut selected = Vec::new();
        for (area, sum) in [("town", 40), ("north", 30), ("south", 30)] {
            let file = visitor.get(&format!("{base}/areas/{area}/ballots.pb")).await.sees(StatusCode::OK);
            let served = visitor.get(&format!("{base}/areas/{area}/outcome.json")).await.sees(StatusCode::OK);
            let election = budgeting::pabulib::Document::read(file.text.as_bytes()).unwrap().election().unwrap();
            assert_eq!(election.warnings, Vec::<String>::new(), "the file agrees with itself");
            assert_eq!(election.meta["budget"], sum.to_string());
            let again =
                budgeting::view(&election, &budgeting::decide(&election, &crate::town::SHARES.question()).unwrap());
            for key in ["selected", "rounds", "lost", "spent", "statistics"] {
                assert_eq!(served.json()[key], again[key], "{area} {key}");
            }
            for text in [&file.text, &served.text] {
                assert!(decided.contains(&sha256(text)), "{decided}");
                assert!(whole.text.contains(&sha256(text)), "{}", whole.text);
            }
            selected.extend(served.json()["selected"].as_array().unwrap().clone());
            let page = visitor.get(&format!("{base}/areas/{area}")).await.sees(StatusCode::OK);
            page.says(&format!("of EUR {sum}")).says(&format!("/recount?ballots={base}/areas/{area}/ballots.pb"));
        }
        assert_eq!(whole.json()["selected"], serde_json::json!(selected));
        assert!(decided.contains(&sha256(&whole.text)));
        let all = visitor.get(&format!("{base}/ballots.csv")).await.text;
        assert!(receipts.iter().all(|receipt| all.contains(receipt)) && decided.contains(&sha256(&all)));
        let page = visitor.get(&format!("{base}/results")).await.sees(StatusCode::OK);
        page.says("District by district").says("of EUR 100").says(&format!("{base}/areas/south"));
        visitor.get(&base).await.sees(StatusCode::OK).says("EUR 40");
        visitor.get(&format!("{base}/ballots.pb")).await.sees(StatusCode::NOT_FOUND);
        visitor.get(&format!("{base}/areas/west")).await.sees(StatusCode::NOT_FOUND);
    }
}

fn sha256(text: &str) -> String {
    use sha2::Digest as _;
    hex::encode(sha2::Sha256::digest(text))
}

#[tokio::test]
async fn a_voter_chooses_a_district_and_is_kept_to_it() {
    for hall in halls() {
        let vote = published(&hall, BallotKind::Cart, 1).await;
        hall.open(&vote);
        let amina = hall.town.signed_in("amina@example.org").await;
        let ballot = format!("/votes/{}/ballot", vote.code);
        amina.get(&ballot).await.sees(StatusCode::OK).says("Where do you want to vote?").never_says("North path");
        amina.post(&ballot, &[("in", "atlantis")]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        let both = [("in", "north"), ("in", "south")];
        amina.post(&ballot, &both).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("one district");
        let page = amina.post(&ballot, &[("in", "north")]).await.sees(StatusCode::OK);
        page.says("North path").says("Trees").says("EUR 30").says("EUR 40").never_says("South path");
        amina.post(&ballot, &[("in", "")]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        amina.post(&ballot, &[("in", "town")]).await.sees(StatusCode::OK).says("Trees").never_says("North path");
        // More than the sum of one area is too much, whatever is left of another; what was ticked stays in sight.
        let check = format!("/votes/{}/check", vote.code);
        let over = [("in", "north"), ("choice", "003"), ("choice", "004")];
        let seen = amina.post(&check, &over).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("costs more");
        assert_eq!(seen.text.matches(" checked").count(), 2);
        let good = [("in", "north"), ("choice", "001"), ("choice", "003")];
        amina
            .post(&check, &good)
            .await
            .sees(StatusCode::OK)
            .says("The whole town: Left for you to spend")
            .says("EUR 10");
        // Two districts are refused in one ballot, however it comes.
        let cast = hall.votes(&amina, &vote, &["003", "006"]).await;
        cast.sees(StatusCode::UNPROCESSABLE_ENTITY).says("one district");
        hall.votes(&amina, &vote, &["001", "003"]).await.sees(StatusCode::OK);
    }
}

#[tokio::test]
async fn where_several_districts_may_be_chosen_each_is_judged_by_itself() {
    for hall in halls() {
        let vote = published(&hall, BallotKind::Ranking { most: 2 }, 2).await;
        hall.open(&vote);
        let cast = format!("/votes/{}/ballots", vote.code);
        let amina = hall.town.signed_in("amina@example.org").await;
        let gap = [("value[001]", "1"), ("value[003]", "2"), ("value[005]", "1")];
        amina.post(&cast, &gap).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("each rank once");
        let ranks =
            [("value[002]", "1"), ("value[001]", "2"), ("value[003]", "1"), ("value[006]", "1"), ("value[005]", "2")];
        let receipt = receipt_in(&amina.post(&cast, &ranks).await.sees(StatusCode::OK).text);
        hall.close(&vote).await;
        let visitor = hall.town.browser();
        let all = visitor.get(&format!("/votes/{}/ballots.csv", vote.code)).await.text;
        assert!(all.contains(&format!("{receipt},\"002,001,003,006,005\"")), "{all}");
        let south = visitor.get(&format!("/votes/{}/areas/south/ballots.pb", vote.code)).await.text;
        assert!(south.contains(&format!("{receipt};006,005")), "{south}");
        let page = visitor.get(&format!("/votes/{}/ballots?receipt={receipt}", vote.code)).await;
        page.sees(StatusCode::OK).says("1. Benches · 2. Trees · 1. North path · 1. South light · 2. South path");
    }
}

#[tokio::test]
async fn one_of_each_area_can_be_chosen_where_the_ballot_is_one() {
    for hall in halls() {
        let vote = published(&hall, BallotKind::One, 1).await;
        hall.open(&vote);
        let amina = hall.town.signed_in("amina@example.org").await;
        let page = amina.post(&format!("/votes/{}/ballot", vote.code), &[("in", "south")]).await.sees(StatusCode::OK);
        page.says("name=\"choice[0]\"").says("name=\"choice[1]\"");
        let cast = format!("/votes/{}/ballots", vote.code);
        let two = [("choice[0]", "001"), ("choice", "002")];
        amina.post(&cast, &two).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("at most 1");
        amina.post(&cast, &[("choice[0]", "001"), ("choice[1]", "005")]).await.sees(StatusCode::OK);
    }
}

#[tokio::test]
async fn an_area_without_ballots_has_no_result_and_holds_up_no_other() {
    for hall in halls() {
        let vote = published(&hall, BallotKind::Cart, 1).await;
        hall.open(&vote);
        casts(&hall, "amina", &vote, &["003"]).await.sees(StatusCode::OK);
        hall.close(&vote).await;
        let visitor = hall.town.browser();
        let page = visitor.get(&format!("/votes/{}/results", vote.code)).await.sees(StatusCode::OK);
        page.says("1 of 6 projects").says("No result");
        visitor.get(&format!("/votes/{}/areas/south", vote.code)).await.sees(StatusCode::CONFLICT);
        visitor.get(&format!("/votes/{}/areas/south/outcome.json", vote.code)).await.sees(StatusCode::CONFLICT);
        let seen = visitor.get(&format!("/votes/{}.json", vote.code)).await.json();
        assert_eq!(seen["selected"], serde_json::json!(["003"]));
        assert_eq!((seen["votes_in"].as_str(), seen["areas"][1]["cents"].as_i64()), (Some("chosen"), Some(3_000)));
    }
}

#[tokio::test]
async fn what_does_not_fit_is_said_before_it_is_published() {
    for hall in halls() {
        let administrator = hall.town.administrator().await;
        let mut own = areas(VotesIn::Own, 1);
        own.sums.pop();
        own.sums[1].cents = 1_900;
        let vote = drafted(&hall, BallotKind::Cart, own, Voters::Residents).await;
        let publish = format!("/admin/votes/{}/publish", vote.code);
        let seen = administrator.post(&publish, &[]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        let seen = seen.says("belongs to an area that has no sum: south").says("Option 003 costs more than the sum");
        seen.says("accounts do not say where somebody lives");
        let vote = drafted(&hall, BallotKind::Cart, areas(VotesIn::Chosen, 3), Voters::Residents).await;
        let publish = format!("/admin/votes/{}/publish", vote.code);
        administrator.post(&publish, &[]).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("in 1 to 2 districts");
    }
}

#[tokio::test]
async fn an_administrator_sets_sums_on_the_page_and_the_record_has_them() {
    for hall in halls() {
        let administrator = hall.town.administrator().await;
        let vote = drafted(&hall, BallotKind::Cart, areas(VotesIn::Chosen, 1), Voters::Residents).await;
        let edit = format!("/admin/votes/{}", vote.code);
        let version = vote.version.to_string();
        let form = |sum| {
            [
                ("version", &*version),
                ("title-en", "By district"),
                ("opens", "2026-10-01T08:00"),
                ("closes", "2026-10-02T08:00"),
                ("voters", "residents"),
                ("budget", ""),
                ("areas", "chosen"),
                ("areas-most", "2"),
                ("sum[town]", "50"),
                ("sum[north]", sum),
                ("sum[south]", "25"),
                ("ballot", "cart"),
                ("method", "most-votes"),
                ("satisfaction", "cost"),
                ("completion", "none"),
                ("ties", "cost,votes,file"),
            ]
        };
        for bad in ["-1", "0", "1e9", "99999999999999999999"] {
            administrator.post(&edit, &form(bad)).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("amount of money");
        }
        administrator.post(&edit, &form("25,50")).await.sees(StatusCode::SEE_OTHER);
        administrator.post(&format!("{edit}/publish"), &[]).await.sees(StatusCode::SEE_OTHER);
        hall.town.settle().await;
        let seen = hall.town.browser().get(&format!("/votes/{}.json", vote.code)).await.json();
        assert_eq!(seen["budget"]["cents"], 10_050, "the budget is all sums together");
        let record = hall.town.record().await;
        let told = record.iter().find(|entry| entry.contains("vote.published")).unwrap();
        assert!(told.contains("\"votes_in\":\"chosen\"") && told.contains("2550"), "{told}");
        hall.town.browser().get(&format!("/votes/{}", vote.code)).await.says("in up to 2 districts");
    }
}
