use crate::town::{halls, receipt_in};
use axum::http::StatusCode;
use voting::BallotKind;

#[tokio::test]
async fn a_budget_is_set_up_voted_on_counted_and_explained() {
    for hall in halls() {
        let administrator = hall.town.administrator().await;
        // The draft, on pages.
        let form = [("title-en", "Green budget"), ("title-es", "Presupuesto verde"), ("kind", "budget")];
        let seen = administrator.post("/admin/votes", &form).await.sees(StatusCode::SEE_OTHER);
        let edit = seen.location().to_owned();
        let code = edit.rsplit('/').next().unwrap().to_owned();
        let visitor = hall.town.browser();
        visitor.get(&format!("/votes/{code}")).await.sees(StatusCode::NOT_FOUND);
        visitor.get("/votes").await.never_says("Green budget");
        administrator.get(&edit).await.sees(StatusCode::OK).says("Add at least one thing to vote on");
        let add = format!("{edit}/options");
        for (version, (title, cost)) in (1..).zip([("Trees", "60"), ("Benches", "50.00"), ("A fountain", "40,00")]) {
            let version = format!("{version}");
            let form = [("version", &*version), ("how", "one"), ("option-title-en", title), ("cost", cost)];
            administrator.post(&add, &form).await.sees(StatusCode::SEE_OTHER);
        }
        let settings = [
            ("version", "4"),
            ("title-en", "Green budget"),
            ("title-es", "Presupuesto verde"),
            ("opens", "2026-10-01T08:00"),
            ("closes", "2026-10-02T08:00"),
            ("voters", "residents"),
            ("budget", "100"),
            ("ballot", "cart"),
            ("number", ""),
            ("method", "equal-shares"),
            ("satisfaction", "cost"),
            ("completion", "add1u"),
            ("ties", "cost,votes,file"),
        ];
        administrator.post(&edit, &settings).await.sees(StatusCode::SEE_OTHER);
        // A form that was made before that change is refused.
        administrator.post(&edit, &settings).await.sees(StatusCode::CONFLICT);
        administrator.post(&format!("{edit}/publish"), &[]).await.sees(StatusCode::SEE_OTHER);
        visitor.get(&format!("/votes/{code}")).await.sees(StatusCode::OK).says("Green budget").says("Announced");
        let ballot = format!("/votes/{code}/ballot");
        let amina = hall.town.signed_in("amina@example.org").await;
        amina.get(&ballot).await.sees(StatusCode::CONFLICT).says("not open yet");
        // It opens by the clock.
        hall.town.clock.turn_to(civic::Moment::parse("2026-10-01T09:00:00Z").unwrap());
        assert!(visitor.get(&ballot).await.sees(StatusCode::SEE_OTHER).location().starts_with("/sign-in"));
        amina.get(&ballot).await.sees(StatusCode::OK).says("Trees").says("EUR 60");
        // Too much is refused in a sentence, and what was ticked stays.
        let check = format!("/votes/{code}/check");
        let both = [("choice", "001"), ("choice", "002")];
        let seen = amina.post(&check, &both).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        let seen = seen.says("costs more than the budget").says("EUR 10");
        assert_eq!(seen.text.matches(" checked").count(), 2);
        let good = [("choice", "001"), ("choice", "003")];
        amina.post(&check, &good).await.sees(StatusCode::OK).says("Cast my ballot").says("EUR 100");
        let seen = amina.post(&format!("/votes/{code}/ballots"), &good).await.sees(StatusCode::OK);
        assert_eq!(seen.headers["cache-control"], "no-store");
        let receipt = receipt_in(&seen.text);
        let program = serde_json::json!({"choice": ["002"]});
        let ines = hall.town.signed_in("ines@example.org").await;
        let seen = ines.post_json(&format!("/votes/{code}/ballots.json"), &program).await;
        assert_eq!(seen.status, StatusCode::FORBIDDEN, "a cookie without our own page is a forged form");
        ines.post(&format!("/votes/{code}/ballots"), &[("choice", "002"), ("choice", "003")])
            .await
            .sees(StatusCode::OK);
        visitor.get(&format!("/votes/{code}")).await.says("<b class=\"big\">2</b>");
        amina.get(&format!("/votes/{code}")).await.says("You have voted");
        // It closes by the clock, and the town counts by itself.
        hall.town.clock.turn_to(civic::Moment::parse("2026-10-02T08:00:00Z").unwrap());
        amina.get(&ballot).await.sees(StatusCode::CONFLICT).says("closed");
        hall.town.settle().await;
        let page = visitor.get(&format!("/votes/{code}")).await.sees(StatusCode::OK).says("Decided");
        page.says("2 projects are funded").says("/results");
        let page = visitor.get(&format!("/votes/{code}/results")).await.sees(StatusCode::OK);
        let page = page.says("2 of 3 projects are funded for EUR 90 of EUR 100").says("What if another rule");
        page.says("polity tally budget ballots.pb --method equal-shares").says("/recount?ballots=");
        // The receipt finds the ballot.
        let found = visitor.get(&format!("/votes/{code}/ballots?receipt={}", receipt.to_lowercase())).await;
        found.sees(StatusCode::OK).says("Trees · A fountain").never_says("Benches");
        visitor
            .get(&format!("/votes/{code}/ballots?receipt=2222-2222-2222-2222"))
            .await
            .says("No ballot has this receipt");
        assert_eq!(
            visitor.get(&format!("/votes/{code}/ballots.json")).await.json()["ballots"].as_array().unwrap().len(),
            2
        );
        // Everything on the record hangs together.
        let outcome = visitor.get(&format!("/votes/{code}/outcome.json")).await.sees(StatusCode::OK);
        let file = visitor.get(&format!("/votes/{code}/ballots.pb")).await.sees(StatusCode::OK);
        let record = hall.town.record().await;
        let decided = record.iter().find(|entry| entry.contains("vote.decided")).unwrap();
        for text in [&outcome.text, &file.text] {
            assert!(decided.contains(&sha256(text)), "{decided}");
        }
        assert!(file.text.contains(&receipt));
        assert_eq!(outcome.json()["selected"], serde_json::json!(["003", "002"]));
        assert!(record.iter().any(|entry| entry.contains("vote.published") && entry.contains("add1u")));
        assert!(record.iter().any(|entry| entry.contains("vote.closed") && entry.contains("\"voted\":2")));
        assert!(!record.iter().any(|entry| entry.contains("Trees")), "words are pinned by a hash, not told");
        // What it selected is offered to whoever takes it on.
        let (town, subject) = (hall.town.town.clone(), civic::Subject { kind: "vote".to_owned(), id: code.clone() });
        let offers =
            hall.town.town.db().read(move |tx| town.part::<web::manifest::Catalogue>().offers(&town, tx, &subject));
        let offers = offers.await.map_err(|error: database::DbError| error).unwrap().unwrap();
        assert_eq!(offers.iter().map(|offer| offer.title.as_str()).collect::<Vec<_>>(), ["A fountain", "Benches"]);
        assert_eq!(offers[0].cost.unwrap().amount_cents, 4_000);
    }
}

fn sha256(text: &str) -> String {
    use sha2::Digest as _;
    hex::encode(sha2::Sha256::digest(text))
}

#[tokio::test]
async fn the_file_of_ballots_gives_the_outcome_again() {
    for hall in halls() {
        let vote = hall.parks(BallotKind::Approval { most: 2 }).await;
        hall.open(&vote);
        for (name, choices) in [("a", &["001", "003"][..]), ("b", &["002"]), ("c", &["002", "003"]), ("d", &["001"])] {
            hall.resident_votes(name, &vote, choices).await;
        }
        hall.close(&vote).await;
        let visitor = hall.town.browser();
        let file = visitor.get(&format!("/votes/{}/ballots.pb", vote.code)).await.text;
        let document = budgeting::pabulib::Document::read(file.as_bytes()).unwrap();
        let election = document.election().unwrap();
        assert_eq!(election.warnings, Vec::<String>::new(), "the file agrees with itself");
        let outcome = budgeting::decide(&election, &crate::town::SHARES.question()).unwrap();
        let served = visitor.get(&format!("/votes/{}/outcome.json", vote.code)).await.json();
        let again = budgeting::view(&election, &outcome);
        for key in ["selected", "rounds", "lost", "spent", "accounting", "statistics"] {
            assert_eq!(served[key], again[key], "{key}");
        }
    }
}

#[tokio::test]
async fn nothing_changes_once_it_is_open() {
    for hall in halls() {
        let vote = hall.parks(BallotKind::Cart).await;
        let administrator = hall.town.administrator().await;
        let edit = format!("/admin/votes/{}", vote.code);
        // Announced: still possible, in public.
        let version = vote.version.to_string();
        let form = [("version", &*version), ("option", "002")];
        administrator.post(&format!("{edit}/remove"), &form).await.sees(StatusCode::SEE_OTHER);
        hall.town.settle().await;
        assert!(hall.town.record().await.iter().any(|entry| entry.contains("vote.changed")));
        hall.open(&vote);
        let version = (vote.version + 1).to_string();
        let form = [("version", &*version), ("option", "003"), ("why", "no"), ("codes", "5")];
        for act in ["remove", "options", "options/003", "publish", "withdraw"] {
            let seen = administrator
                .post(
                    &format!("{edit}/{act}"),
                    &[&form[..], &[("how", "one"), ("option-title-en", "X"), ("cost", "1")]].concat(),
                )
                .await;
            seen.sees(StatusCode::CONFLICT).says("open or over");
        }
        administrator.get(&edit).await.sees(StatusCode::OK).says("Nothing of it can be changed");
        administrator.get(&format!("{edit}/options/003")).await.sees(StatusCode::CONFLICT);
        // What was taken out before is no longer on the ballot.
        let browser = hall.town.signed_in("amina@example.org").await;
        hall.votes(&browser, &vote, &["002"]).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("not on it");
        hall.votes(&browser, &vote, &["003"]).await.sees(StatusCode::OK);
    }
}

#[tokio::test]
async fn a_vote_nobody_took_part_in_ends_without_a_result() {
    for hall in halls() {
        let vote = hall.parks(BallotKind::Cart).await;
        hall.close(&vote).await;
        let visitor = hall.town.browser();
        visitor.get(&format!("/votes/{}", vote.code)).await.sees(StatusCode::OK).says("No result");
        visitor.get(&format!("/votes/{}/results", vote.code)).await.sees(StatusCode::CONFLICT);
    }
}

#[tokio::test]
async fn a_vote_can_be_withdrawn_before_it_opens() {
    for hall in halls() {
        let vote = hall.parks(BallotKind::Cart).await;
        let administrator = hall.town.administrator().await;
        let withdraw = format!("/admin/votes/{}/withdraw", vote.code);
        administrator.post(&withdraw, &[("why", " ")]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        administrator.post(&withdraw, &[("why", "The council moved the money")]).await.sees(StatusCode::SEE_OTHER);
        hall.open(&vote);
        hall.town.browser().get(&format!("/votes/{}", vote.code)).await.says("The council moved the money");
        let browser = hall.town.signed_in("amina@example.org").await;
        hall.votes(&browser, &vote, &["001"]).await.sees(StatusCode::CONFLICT).says("withdrawn");
    }
}

#[tokio::test]
async fn whoever_holds_a_code_votes_without_an_account_and_once() {
    for hall in halls() {
        let administrator = hall.town.administrator().await;
        let mut definition = crate::town::budget(hall.town.town.now(), BallotKind::Cart);
        definition.voters = voting::Voters::Codes;
        let vote = voting::create_vote(&hall.town.town, definition, voting::Origin::Held).await.unwrap();
        let edit = format!("/admin/votes/{}", vote.code);
        let form = [("version", "1"), ("how", "one"), ("option-title-en", "Trees"), ("cost", "60")];
        administrator.post(&format!("{edit}/options"), &form).await.sees(StatusCode::SEE_OTHER);
        administrator.post(&format!("{edit}/publish"), &[]).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("codes");
        let seen = administrator.post(&format!("{edit}/codes"), &[("codes", "2")]).await.sees(StatusCode::OK);
        let codes: Vec<String> =
            seen.text.lines().skip(1).map(|line| line.split(',').next().unwrap().to_owned()).collect();
        assert_eq!(codes.len(), 2);
        administrator.post(&format!("{edit}/publish"), &[]).await.sees(StatusCode::SEE_OTHER);
        hall.open(&vote);
        let visitor = hall.town.browser();
        let cast = format!("/votes/{}/ballots", vote.code);
        visitor.post(&cast, &[("choice", "001")]).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("sixteen");
        visitor
            .post(&cast, &[("choice", "001"), ("code", "2222-2222-2222-2222")])
            .await
            .sees(StatusCode::UNPROCESSABLE_ENTITY)
            .says("not on the roll");
        let typed = codes[0].to_lowercase().replace('-', " ");
        visitor.post(&cast, &[("choice", "001"), ("code", &typed)]).await.sees(StatusCode::OK);
        visitor.post(&cast, &[("choice", "001"), ("code", &codes[0])]).await.sees(StatusCode::CONFLICT).says("already");
        visitor.post(&cast, &[("choice", "001"), ("code", &codes[1])]).await.sees(StatusCode::OK);
        let seen = visitor.get(&format!("/votes/{}.json", vote.code)).await.json();
        assert_eq!((seen["turnout"]["online"].as_i64(), seen["roll"].as_i64()), (Some(2), Some(2)));
        assert!(hall.town.column("select voter from voting_roll").await.iter().all(|kept| !codes.contains(kept)));
    }
}

#[tokio::test]
async fn only_who_is_on_the_roll_votes_and_the_roll_names_nobody() {
    for hall in halls() {
        let administrator = hall.town.administrator().await;
        let (amina, omar) =
            (hall.town.signed_in("amina@example.org").await, hall.town.signed_in("omar@example.org").await);
        let mut definition = crate::town::budget(hall.town.town.now(), BallotKind::Cart);
        definition.voters = voting::Voters::Roll;
        let vote = voting::create_vote(&hall.town.town, definition, voting::Origin::Held).await.unwrap();
        let edit = format!("/admin/votes/{}", vote.code);
        let form = [("version", "1"), ("how", "one"), ("option-title-en", "Trees"), ("cost", "60")];
        administrator.post(&format!("{edit}/options"), &form).await.sees(StatusCode::SEE_OTHER);
        let roll = format!("{edit}/roll");
        administrator.post(&roll, &[("roll", " ")]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        // Who has no account yet is put on the roll like everybody else, so the answer tells of no account.
        let typed = [("roll", "amina@example.org\nnobody@example.org, not-an-address")];
        let seen = administrator.post(&roll, &typed).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        seen.says("1 of these are no e-mail addresses").says("all others are: not-an-address");
        administrator.post(&roll, &[("roll", "amina@example.org")]).await.sees(StatusCode::SEE_OTHER);
        administrator.get(&edit).await.says("2 people are on the roll");
        administrator.post(&format!("{edit}/publish"), &[]).await.sees(StatusCode::SEE_OTHER);
        hall.open(&vote);
        omar.get(&format!("/votes/{}", vote.code)).await.sees(StatusCode::OK).says("You are not on the roll");
        hall.votes(&omar, &vote, &["001"]).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("not on the roll");
        hall.votes(&amina, &vote, &["001"]).await.sees(StatusCode::OK);
        let late = hall.town.signed_in("nobody@example.org").await;
        hall.votes(&late, &vote, &["001"]).await.sees(StatusCode::OK);
        let people = hall.town.column("select id from people").await;
        let kept = hall.town.column("select voter from voting_roll").await;
        assert!(kept.len() == 2 && people.iter().all(|person| !kept[0].contains(person)));
        // Once it is open the roll stands.
        administrator.post(&roll, &[("roll", "omar@example.org")]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
    }
}
