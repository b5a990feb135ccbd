//! Who may vote: by the roll, by age, by where one lives; and that nobody learns of others by asking.

use crate::town::{Hall, budget, halls, receipt_in};
use axum::http::StatusCode;
use testing::{Browser, Part};
use voting::{
    AreaSum, Areas, BallotKind, Change, Definition, Eligible, Origin, Vote, Voters, VotesIn, change_vote, create_vote,
};

const SQUARES: &[u8] = br#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"code":"north","name":"The North"},"geometry":{"type":"Polygon","coordinates":[[[0,1],[1,1],[1,2],[0,2],[0,1]]]}},
{"type":"Feature","properties":{"code":"south","name":"The South"},"geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1],[0,0]]]}}]}"#;

const ROLL: &str = "number,email,born,district\n\
                    A1,amina@example.org,1990-05-17,The North\n\
                    A2,ines@example.org,2010-10-01,south\n\
                    A3,omar@example.org,2010-10-03,north\n\
                    A4,,1950-01-01,south\n\
                    A5,not an address,1950-01-01,south\n\
                    A6,,1950-01-01,Atlantis\n\
                    A1,,1950-01-01,south\n";

async fn with_districts(hall: &Hall) {
    places::set_boundaries(&hall.town.town, &testing::steward(), SQUARES).await.unwrap();
}

/// Closes on 2 October 2026; 60 for trees in the whole town, or for a path in the north or the south.
async fn drafted(hall: &Hall, eligible: Eligible, own: bool) -> Vote {
    let at = |text| civic::Moment::parse(text).unwrap();
    let sum = |area: &str| AreaSum { area: area.to_owned(), cents: 6_000 };
    let sums = vec![sum("town"), sum("north"), sum("south")];
    let definition = Definition {
        opens_at: at("2026-10-01T08:00:00Z"),
        closes_at: at("2026-10-02T08:00:00Z"),
        voters: Voters::Roll,
        eligible,
        areas: own.then_some(Areas { votes_in: VotesIn::Own, most: 1, sums }),
        ..budget(hall.town.town.now(), BallotKind::Cart)
    };
    let vote = create_vote(&hall.town.town, definition, Origin::Held).await.unwrap();
    let mut options = vec![Hall::option("Trees", 6_000), Hall::option("North", 6_000), Hall::option("South", 6_000)];
    (options[1].district, options[2].district) = (Some("north".to_owned()), Some("south".to_owned()));
    let add = Change::Add(options);
    change_vote(&hall.town.town, testing::steward(), vote.code.as_str(), vote.version, add).await.unwrap()
}

async fn with_roll(hall: &Hall, administrator: &Browser, vote: &Vote) {
    let file = format!("/admin/votes/{}/roll/file", vote.code);
    let parts = [Part::File("file", "roll.csv", ROLL.as_bytes()), Part::Text("keep", "yes")];
    administrator.post_files(&file, &parts).await.sees(StatusCode::OK);
    let publish = format!("/admin/votes/{}/publish", vote.code);
    administrator.post(&publish, &[]).await.sees(StatusCode::SEE_OTHER);
    hall.open(vote);
}

#[tokio::test]
async fn a_roll_is_looked_at_kept_and_names_nobody() {
    for hall in halls() {
        let administrator = hall.town.administrator().await;
        with_districts(&hall).await;
        let vote = drafted(&hall, Eligible::default(), false).await;
        let page = format!("/admin/votes/{}/roll", vote.code);
        let file = format!("{page}/file");
        let parts = [Part::File("file", "roll.csv", ROLL.as_bytes())];
        // A look keeps nothing and tells of every row.
        let seen = administrator.post_files(&file, &parts).await.sees(StatusCode::OK);
        let seen = seen.says("not an address").says("no such district").says("stands in the file twice");
        assert_eq!(seen.headers["cache-control"], "no-store");
        assert!(hall.town.column("select voter from voting_roll").await.is_empty());
        let aside = [Part::File("file", "roll.csv", ROLL.as_bytes()), Part::Text("aside", "yes")];
        let csv = administrator.post_files(&file, &aside).await.sees(StatusCode::OK).text;
        let lines: Vec<&str> = csv.lines().map(|line| line.split(',').next().unwrap()).collect();
        assert_eq!(lines, ["line", "6", "7", "8"], "four of seven rows are on the roll, three are set aside: {csv}");
        let keep = [Part::File("file", "roll.csv", ROLL.as_bytes()), Part::Text("keep", "yes")];
        administrator.post_files(&file, &keep).await.sees(StatusCode::OK);
        administrator.get(&page).await.sees(StatusCode::OK).says("4 people are on the roll");
        // The same file again adds nobody.
        let seen = administrator.post_files(&file, &keep).await.sees(StatusCode::OK);
        seen.says("is on the roll already");
        administrator.get(&page).await.says("4 people are on the roll");
        // Nothing of it can be read in the database or on the record.
        let sql = "select voter || line || facts || has from voting_roll";
        let kept = hall.town.column(sql).await.join("\n");
        for word in ["amina", "1990", "north", "not an address"] {
            assert!(!kept.contains(word), "{word}");
        }
        assert!(!hall.town.column("select line from voting_roll").await.contains(&"A4".to_owned()));
        hall.town.settle().await;
        let record = hall.town.record().await;
        for word in ["amina", "1990", "not an address"] {
            assert!(!record.concat().contains(word), "{word}");
        }
        let told = record.iter().find(|entry| entry.contains("vote.roll-added")).unwrap();
        assert!(told.contains("\"added\":4") && told.contains("\"aside\":3"), "{told}");
        administrator.post(&format!("{page}/empty"), &[]).await.sees(StatusCode::SEE_OTHER);
        administrator.get(&page).await.says("0 people are on the roll");
        let nothing = [Part::File("file", "roll.csv", b"name\nx\n")];
        administrator.post_files(&file, &nothing).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("column number");
    }
}

#[tokio::test]
async fn age_and_residence_are_checked_by_the_roll_and_told_to_nobody_else() {
    for hall in halls() {
        let administrator = hall.town.administrator().await;
        with_districts(&hall).await;
        let eligible = Eligible { least_age: Some(16), lives_in: vec!["north".to_owned(), "south".to_owned()] };
        let vote = drafted(&hall, eligible, false).await;
        with_roll(&hall, &administrator, &vote).await;
        let base = format!("/votes/{}", vote.code);
        let visitor = hall.town.browser();
        let page = visitor.get(&base).await.sees(StatusCode::OK);
        page.says("16 years on the day the vote closes").says("The North, The South");
        // Sixteen on the last day is old enough, a day later is not; who is not on the roll hears only that.
        let ines = hall.town.signed_in("ines@example.org").await;
        let omar = hall.town.signed_in("omar@example.org").await;
        let nobody = hall.town.signed_in("nobody@example.org").await;
        omar.get(&base).await.says("You are too young for this vote").never_says("2010");
        for (browser, words) in [(&omar, "too young"), (&nobody, "not on the roll")] {
            browser.get(&format!("{base}/ballot")).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says(words);
            for path in ["check", "ballots"] {
                let seen = browser.post(&format!("{base}/{path}"), &[("choice", "001")]).await;
                seen.sees(StatusCode::UNPROCESSABLE_ENTITY).says(words);
            }
        }
        hall.votes(&ines, &vote, &["001"]).await.sees(StatusCode::OK);
        assert_eq!(hall.town.column("select voter from voting_marks").await.len(), 1);
        // On the record: the rule. In the answers to others: nothing of who is on the roll.
        hall.town.settle().await;
        let record = hall.town.record().await;
        let told = record.iter().find(|entry| entry.contains("vote.published")).unwrap();
        assert!(told.contains("\"least_age\":16"), "{told}");
        hall.close(&vote).await;
        assert!(hall.town.column("select voter from voting_roll").await.is_empty(), "the roll goes with the count");
    }
}

#[tokio::test]
async fn a_rule_that_the_roll_cannot_tell_is_not_published() {
    for hall in halls() {
        let administrator = hall.town.administrator().await;
        let vote = drafted(&hall, Eligible { least_age: Some(16), lives_in: Vec::new() }, true).await;
        let edit = format!("/admin/votes/{}", vote.code);
        administrator.post(&format!("{edit}/roll"), &[("roll", "amina@example.org")]).await.sees(StatusCode::SEE_OTHER);
        let seen = administrator.post(&format!("{edit}/publish"), &[]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        seen.says("1 people on the roll have no day of birth").says("1 people on the roll have no district");
    }
}

#[tokio::test]
async fn who_votes_in_her_own_district_gets_its_ballot_and_no_other_counts() {
    for hall in halls() {
        let administrator = hall.town.administrator().await;
        with_districts(&hall).await;
        let vote = drafted(&hall, Eligible::default(), true).await;
        with_roll(&hall, &administrator, &vote).await;
        let amina = hall.town.signed_in("amina@example.org").await;
        let ballot = format!("/votes/{}/ballot", vote.code);
        let page = amina.get(&ballot).await.sees(StatusCode::OK).says("The North").never_says("value=\"003\"");
        page.says("value=\"001\"").says("value=\"002\"");
        // She cannot ask for another.
        amina.post(&ballot, &[("in", "south")]).await.sees(StatusCode::OK).never_says("value=\"003\"");
        for path in ["check", "ballots"] {
            let seen = amina.post(&format!("/votes/{}/{path}", vote.code), &[("choice", "003")]).await;
            seen.sees(StatusCode::UNPROCESSABLE_ENTITY).says("in the district where you live");
        }
        let receipt = receipt_in(&hall.votes(&amina, &vote, &["001", "002"]).await.sees(StatusCode::OK).text);
        hall.close(&vote).await;
        let north = hall.town.browser().get(&format!("/votes/{}/areas/north/ballots.pb", vote.code)).await.text;
        assert!(north.contains(&format!("{receipt};002")), "{north}");
    }
}

#[tokio::test]
async fn codes_can_be_for_a_district() {
    for hall in halls() {
        let administrator = hall.town.administrator().await;
        with_districts(&hall).await;
        let mut vote = drafted(&hall, Eligible::default(), true).await;
        let definition = Definition { voters: Voters::Codes, ..vote.definition.clone() };
        let settings = Change::Settings(Box::new(definition));
        let code = vote.code.to_string();
        vote = change_vote(&hall.town.town, testing::steward(), &code, vote.version, settings).await.unwrap();
        let edit = format!("/admin/votes/{code}");
        administrator.get(&edit).await.says("For people who live in");
        let made = administrator.post(&format!("{edit}/codes"), &[("codes", "2"), ("district", "south")]).await;
        let made = made.sees(StatusCode::OK).text;
        assert!(made.lines().skip(1).all(|line| line.ends_with(",south")), "{made}");
        let codes: Vec<&str> = made.lines().skip(1).map(|line| line.split(',').next().unwrap()).collect();
        administrator.post(&format!("{edit}/publish"), &[]).await.sees(StatusCode::SEE_OTHER);
        hall.open(&vote);
        let visitor = hall.town.browser();
        let base = format!("/votes/{code}");
        visitor.get(&format!("{base}/ballot")).await.says("the district for which you were given the code");
        visitor.post(&format!("{base}/ballot"), &[("in", "south")]).await.sees(StatusCode::OK).says("Your code");
        let other = [("code", codes[0]), ("in", "north"), ("choice", "002")];
        let seen = visitor.post(&format!("{base}/check"), &other).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        seen.says("in the district where you live").says(codes[0]);
        visitor.post(&format!("{base}/ballots"), &other).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        let own = [("code", codes[0]), ("choice", "003")];
        visitor.post(&format!("{base}/ballots"), &own).await.sees(StatusCode::OK);
    }
}

#[tokio::test]
async fn on_paper_voters_are_found_by_their_number_and_sheets_come_out_even_by_district() {
    for hall in halls() {
        let administrator = hall.town.administrator().await;
        with_districts(&hall).await;
        let mut vote = drafted(&hall, Eligible { least_age: Some(16), lives_in: Vec::new() }, true).await;
        let definition = Definition { paper: true, ..vote.definition.clone() };
        let settings = Change::Settings(Box::new(definition));
        vote =
            change_vote(&hall.town.town, testing::steward(), vote.code.as_str(), vote.version, settings).await.unwrap();
        with_roll(&hall, &administrator, &vote).await;
        let office = hall.town.agency("hall", "Town hall").await;
        let one = hall.town.holder("one@example.org", civic::Role::Officer, Some(&office)).await;
        let two = hall.town.holder("two@example.org", civic::Role::Officer, Some(&office)).await;
        for clerk in ["one@example.org", "two@example.org"] {
            voting::name_clerk(&hall.town.town, testing::steward(), vote.code.as_str(), clerk).await.unwrap();
        }
        let desk = format!("/votes/{}/paper", vote.code);
        let mark = |who| [("who", who), ("channel", "paper")];
        let voters = format!("{desk}/voters");
        // Who is not on the roll, is too young or has voted: the clerk is told the same.
        for who in ["Z9", "A3"] {
            one.post(&voters, &mark(who)).await.sees(StatusCode::CONFLICT).says("No paper can be given out for this");
        }
        let seen = one.post(&voters, &mark("a4")).await.sees(StatusCode::SEE_OTHER);
        one.get(seen.location()).await.says("Hand out the paper of this district").says("The South");
        one.post(&voters, &mark("A4")).await.sees(StatusCode::CONFLICT).says("No paper can be given out for this");
        // One line of the roll is one vote, by whichever of its names.
        one.post(&voters, &mark("A1")).await.sees(StatusCode::SEE_OTHER);
        let amina = hall.town.signed_in("amina@example.org").await;
        hall.votes(&amina, &vote, &["001"]).await.sees(StatusCode::CONFLICT);
        // Two sheets, as voters came; but both of the south, from where only one came.
        for (sheet, choice) in [("S1", "003"), ("S2", "003")] {
            for clerk in [&one, &two] {
                let form = [("sheet", sheet), ("channel", "paper"), ("choice", choice)];
                clerk.post(&format!("{desk}/sheets"), &form).await.sees(StatusCode::SEE_OTHER);
            }
        }
        hall.close(&vote).await;
        let finish = format!("{desk}/finish");
        one.post(&finish, &[]).await.sees(StatusCode::CONFLICT).says("more sheets than voters");
        for clerk in [&one, &two] {
            let form = [("sheet", "S2"), ("channel", "paper"), ("choice", "002")];
            clerk.post(&format!("{desk}/sheets"), &form).await.sees(StatusCode::SEE_OTHER);
        }
        one.post(&finish, &[]).await.sees(StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn who_closes_her_account_and_opens_it_again_votes_once() {
    for hall in halls() {
        let vote = hall.parks(BallotKind::Cart).await;
        hall.open(&vote);
        let amina = hall.town.signed_in("amina@example.org").await;
        hall.votes(&amina, &vote, &["001"]).await.sees(StatusCode::OK);
        let erased = "update people set email = null, erased_at = 1 where email = 'amina@example.org'";
        let done = hall.town.town.db().write(move |tx| {
            tx.execute(erased, &[])?;
            tx.commit(database::OffRecord("a test"), ())
        });
        done.await.map_err(|error: database::DbError| error).unwrap();
        let again = hall.town.signed_in("amina@example.org").await;
        hall.votes(&again, &vote, &["002"]).await.sees(StatusCode::CONFLICT).says("voted already");
    }
}

#[tokio::test]
async fn rolls_of_drafts_are_erased_in_time() {
    for hall in halls() {
        let administrator = hall.town.administrator().await;
        let vote = drafted(&hall, Eligible::default(), false).await;
        let roll = format!("/admin/votes/{}/roll", vote.code);
        administrator.post(&roll, &[("roll", "amina@example.org, omar@example.org")]).await.sees(StatusCode::SEE_OTHER);
        let rule = voting::room().retention[0];
        let now = hall.town.town.now();
        let end = async |before: civic::Moment| {
            let ended = hall.town.town.db().write(move |tx| {
                let count = (rule.run)(tx, before, 1_000)?;
                tx.commit(database::OffRecord("a test"), count)
            });
            ended.await.map_err(|error: database::DbError| error).unwrap()
        };
        assert_eq!((end(now.plus_days(-1)).await, end(now.plus_days(1)).await), (0, 2));
        assert!(hall.town.column("select voter from voting_roll").await.is_empty());
    }
}
