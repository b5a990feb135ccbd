//! Answering statements: once each, changed, taken back, by whoever may.

use crate::town::rooms;
use axum::http::StatusCode;
use opinion_map::Stance;
use serde_json::json;

#[tokio::test]
async fn one_statement_at_a_time_to_an_honest_end() {
    for room in rooms().await {
        let code = room.open(&[]).await;
        let path = format!("/conversations/{code}/take-part");
        let amina = room.visitor(&code).await;
        for done in 0..4 {
            let turn = amina.get(&format!("{path}.json")).await.sees(StatusCode::OK).json();
            assert_eq!((turn["done"].as_u64(), turn["all"].as_u64()), (Some(done), Some(4)));
            let number = turn["statement"]["number"].to_string();
            let page = amina.get(&path).await.sees(StatusCode::OK).says(&format!("{done} of 4 answered"));
            assert_eq!(page.headers["cache-control"], "no-store");
            assert_eq!(room.vote(&amina, &code, &number, "agree").await, StatusCode::SEE_OTHER);
        }
        amina.get(&path).await.says("You have seen all there is").says("all 4 statements");
        assert_eq!(room.answers().await, ["0 0 1", "0 1 1", "0 2 1", "0 3 1"]);
    }
}

#[tokio::test]
async fn an_answer_can_be_changed_and_taken_back_and_the_old_one_is_kept() {
    for room in rooms().await {
        let code = room.open(&[]).await;
        let amina = room.visitor(&code).await;
        // What one alone answered on a day is in no table, so others answer something else on each.
        let votes = async |others: Stance| {
            for person in 1..6 {
                room.answers_as(&code, &person.to_string(), &[(0, others)]).await;
            }
            room.town.clock.advance_seconds(86_400);
            let path = format!("/conversations/{code}/export/votes.csv");
            let table = room.town.browser().get(&path).await.text;
            table
                .lines()
                .filter(|line| line.split(',').nth(2) == Some("2"))
                .map(|line| line.split(',').nth(4).unwrap().to_owned())
                .collect::<Vec<_>>()
        };
        let own = async || room.answers().await.into_iter().filter(|line| line.starts_with("0 ")).collect::<Vec<_>>();
        room.vote(&amina, &code, "2", "agree").await;
        room.vote(&amina, &code, "2", "agree").await;
        room.vote(&amina, &code, "2", "disagree").await;
        assert_eq!(own().await, ["0 2 -1"]);
        let before = "select stance || '' from conversation_reactions_before where statement = 2";
        assert_eq!(room.town.column(before).await, ["1"]);
        assert_eq!(votes(Stance::Agree).await, ["1", "-1"]);
        // Taken back is the change, and what was there before counts again; then that.
        let undone = amina.post(&format!("/conversations/{code}/undo"), &[]).await.sees(StatusCode::SEE_OTHER);
        assert!(undone.location().ends_with("/take-part?statement=2"), "{}", undone.location());
        assert_eq!(own().await, ["0 2 1"]);
        assert_eq!(votes(Stance::Disagree).await, ["1"]);
        room.drawn().await;
        let map = room.town.browser().get(&format!("/conversations/{code}/map.json")).await.json();
        assert_eq!(map["statements"][2]["agrees"], 1, "the map goes along");
        amina.post(&format!("/conversations/{code}/undo"), &[]).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(own().await, ["0 2 9"]);
        assert!(room.town.column(before).await.is_empty());
        assert!(votes(Stance::Pass).await.is_empty());
        amina.post(&format!("/conversations/{code}/undo"), &[]).await.sees(StatusCode::CONFLICT);
        room.vote(&amina, &code, "2", "pass").await;
        assert_eq!(own().await, ["0 2 0"]);
    }
}

/// Attack 8: one vote of one person, 64 times at once.
#[tokio::test]
async fn many_at_once_count_once() {
    for room in rooms().await {
        let code = room.open(&[]).await;
        let path = format!("/conversations/{code}/take-part");
        let voice = room.visitor(&code).await;
        let account = room.town.signed_in("amina@example.org").await;
        let form = [("statement", "1"), ("vote", "agree")];
        let twice = std::iter::repeat_n(&voice, 64).chain(std::iter::repeat_n(&account, 64));
        let all = futures_util::future::join_all(twice.map(|browser| browser.post(&path, &form))).await;
        assert!(
            all.iter().all(|seen| seen.status == StatusCode::SEE_OTHER || seen.status == StatusCode::TOO_MANY_REQUESTS)
        );
        assert_eq!(room.answers().await, ["0 1 1", "1 1 1"]);
        assert!(
            room.town
                .column("select stance || '' from conversation_reactions_before where statement = 2")
                .await
                .is_empty()
        );
        assert_eq!(room.town.column("select number || '' from conversation_participants").await.len(), 2);
    }
}

#[tokio::test]
async fn whoever_signs_in_later_is_still_the_same() {
    for room in rooms().await {
        let code = room.open(&[]).await;
        let amina = room.visitor(&code).await;
        room.vote(&amina, &code, "0", "agree").await;
        let link = room.town.link_for(&amina, "amina@example.org", "").await;
        amina.post(&link, &[]).await.sees(StatusCode::SEE_OTHER);
        room.vote(&amina, &code, "0", "disagree").await;
        room.vote(&amina, &code, "1", "agree").await;
        assert_eq!(room.answers().await, ["0 0 -1", "0 1 1"]);
        amina.get("/me/export").await.sees(StatusCode::OK).says(&code);
        amina.post("/me/erase", &[("agreed", "yes"), ("sure", "yes")]).await;
        room.town.settle().await;
        // The answers stay, and lead to nobody.
        assert_eq!(room.answers().await.len(), 2);
        assert_eq!(room.town.column("select who from conversation_participants").await, ["erased:0"]);
        assert!(
            room.town
                .column("select person_id from conversation_participants where person_id is not null")
                .await
                .is_empty()
        );
    }
}

#[tokio::test]
async fn where_an_account_is_needed_nobody_comes_in_without() {
    for room in rooms().await {
        let code = room.open(&[("entry", "account")]).await;
        let path = format!("/conversations/{code}/take-part");
        let visitor = room.visitor(&code).await;
        visitor.get(&path).await.sees(StatusCode::OK).says("Sign in to take part").never_says("stances");
        let seen = visitor.post(&path, &[("statement", "0"), ("vote", "agree")]).await.sees(StatusCode::SEE_OTHER);
        assert!(seen.location().starts_with("/sign-in"), "{}", seen.location());
        let program =
            room.town.browser().post_json(&format!("{path}.json"), &json!({"statement": 0, "vote": "agree"})).await;
        program.sees(StatusCode::UNAUTHORIZED);
        assert!(room.answers().await.is_empty());
        let amina = room.town.signed_in("amina@example.org").await;
        assert_eq!(room.vote(&amina, &code, "0", "agree").await, StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn a_private_link_goes_on_elsewhere_after_a_button() {
    for room in rooms().await {
        let code = room.open(&[]).await;
        let path = format!("/conversations/{code}/take-part");
        let amina = room.visitor(&code).await;
        room.vote(&amina, &code, "0", "agree").await;
        let page = amina.get(&path).await.text;
        let start = page.find(&format!("/conversations/{code}/continue/")).unwrap();
        let link: String = page[start..].chars().take_while(|c| *c != '"').collect();
        let phone = room.town.browser();
        phone.get(&link).await.sees(StatusCode::OK).says("Go on with my answers");
        assert!(phone.cookie("polity_voice").is_none(), "a link that is only read changes nothing");
        phone.post(&link, &[]).await.sees(StatusCode::SEE_OTHER);
        room.vote(&phone, &code, "0", "disagree").await;
        assert_eq!(room.answers().await, ["0 0 -1"]);
        let forged = link.replace(&link[link.len() - 3..], "000");
        phone.get(&forged).await.sees(StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn the_page_in_one_piece_answers_at_once_for_a_script() {
    for room in rooms().await {
        let code = room.open(&[]).await;
        let path = format!("/conversations/{code}/take-part");
        let amina = room.visitor(&code).await;
        let seen =
            amina.post(&path, &[("statement", "0"), ("vote", "agree"), ("important", "yes"), ("part", "1")]).await;
        seen.sees(StatusCode::OK).says("1 of 4 answered").says("id=\"answering\"");
        let important = "select statement || '' from conversation_reactions where important";
        assert_eq!(room.town.column(important).await, ["0"]);
        let turn = amina
            .post_json(&format!("{path}.json"), &json!({"statement": 1, "vote": "pass"}))
            .await
            .sees(StatusCode::OK)
            .json();
        assert_eq!(turn["done"], 2);
        let page = amina.post(&path, &[("statement", "2")]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        page.says("Choose agree, disagree or pass");
    }
}

#[tokio::test]
async fn districts_are_said_by_choice_and_compared_with_the_census() {
    for room in rooms().await {
        let code = room.open(&[("census", "mill, 3000\ndocks, 1000")]).await;
        let path = format!("/conversations/{code}");
        // Five are the fewest that are told.
        for number in 0..15 {
            let district = if number < 5 { "mill" } else { "docks" };
            room.town.clock.advance_seconds(5);
            let visitor = room.visitor(&code).await;
            for statement in ["0", "1", "2"] {
                room.vote(&visitor, &code, statement, if number < 5 { "agree" } else { "disagree" }).await;
            }
            visitor.get(&format!("{path}/take-part")).await.says("Where do you live?");
            visitor.post(&format!("{path}/district"), &[("district", district)]).await.sees(StatusCode::SEE_OTHER);
            visitor
                .post(&format!("{path}/district"), &[("district", "nowhere")])
                .await
                .sees(StatusCode::UNPROCESSABLE_ENTITY);
        }
        room.drawn().await;
        let page = room.town.browser().get(&format!("{path}/map")).await.sees(StatusCode::OK);
        page.says("Who took part, by district").says("42 points fewer").says("42 points more");
    }
}
