//! Several people apply together.

use crate::town::{Hall, REASONS, halls, hidden};
use axum::http::StatusCode;
use serde_json::json;
use testing::Browser;

const TWO: [(&str, &str); 2] = [("joint-least", "1"), ("joint-most", "2")];

#[tokio::test]
async fn each_says_so_by_their_own_link_or_at_the_counter_and_the_decision_goes_to_all() {
    for hall in halls().await {
        let olga = hall.parking(&TWO).await;
        let (amina, bo) = (hall.town.browser(), hall.town.browser());
        let (code, key, own) = hall.applies_together(&amina).await;
        let page = format!("/applications/{code}");
        let first = amina.get(&format!("{page}?key={key}")).await.sees(StatusCode::OK);
        first.says("Applying together").says("not yet confirmed").never_says("Yes, I apply too").never_says(&own);
        let seen = bo.get(&format!("{page}?key={own}")).await.sees(StatusCode::OK);
        let seen = seen.says("700.50").says("Yes, I apply too").says("Cleo").never_says(&key);
        seen.never_says("Take it back").never_says("/withdraw");
        // Nobody is granted what they have not asked for.
        hall.opens(&olga, &code).await.says("Bo").says("Is here and confirms");
        let grant = [("outcome", "granted"), REASONS];
        let early = hall.acts(&olga, &code, "decide", &grant).await.sees(StatusCode::CONFLICT);
        early.says("Bo, Cleo must say first");
        bo.post(&format!("{page}/joint/confirm"), &[("key", &own)]).await.sees(StatusCode::SEE_OTHER);
        bo.post(&format!("{page}/joint/confirm"), &[("key", &own)]).await.sees(StatusCode::SEE_OTHER);
        let who = desk_id(&hall, &olga, &code).await;
        hall.acts(&olga, &code, &format!("joint/{who}"), &[]).await.sees(StatusCode::SEE_OTHER);
        hall.opens(&olga, &code).await.says("confirmed at the counter").never_says("Is here and confirms");
        let steps = hall.town.column("select what from application_steps where what like 'joint-%'").await;
        assert_eq!(steps, ["joint-confirmed", "joint-confirmed"], "said twice, noted once");
        hall.acts(&olga, &code, "decide", &grant).await.sees(StatusCode::SEE_OTHER);
        let mails = hall.town.mails().await;
        let mut told: Vec<&str> = mails
            .iter()
            .filter(|mail| mail.mail.subject.contains("decision on"))
            .map(|mail| mail.mail.to.as_str())
            .collect();
        told.sort_unstable();
        assert_eq!(told, ["amina@example.org", "bo@example.org"]);
        bo.get(&format!("{page}?key={own}")).await.says("You live in the street");
        let late = bo.post(&format!("{page}/joint/decline"), &[("key", &own)]).await.sees(StatusCode::CONFLICT);
        late.says("can no longer be changed");
    }
}

/// The id of the one who can still confirm at the counter.
pub async fn desk_id(hall: &Hall, officer: &Browser, code: &str) -> String {
    let page = hall.opens(officer, code).await.text;
    let (_, rest) = page.split_once(&format!("/desk/services/{code}/joint/")).unwrap();
    rest.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn who_declines_is_not_granted_anything_and_others_appeal() {
    for hall in halls().await {
        let olga = hall.parking(&TWO).await;
        let bo = hall.town.browser();
        let (code, _, own) = hall.applies_together(&hall.town.browser()).await;
        let page = format!("/applications/{code}");
        bo.post(&format!("{page}/joint/decline"), &[("key", &own)]).await.sees(StatusCode::SEE_OTHER);
        let grant = [("outcome", "granted"), REASONS];
        let no = hall.acts(&olga, &code, "decide", &grant).await.sees(StatusCode::CONFLICT);
        no.says("Bo said that they do not apply");
        bo.post(&format!("{page}/joint/confirm"), &[("key", &own)]).await.sees(StatusCode::SEE_OTHER);
        // Cleo has said nothing; that is enough to refuse.
        hall.acts(&olga, &code, "decide", &[("outcome", "refused"), REASONS]).await.sees(StatusCode::SEE_OTHER);
        let withdraw = bo.post(&format!("{page}/withdraw"), &[("key", &own)]).await;
        withdraw.sees(StatusCode::NOT_FOUND);
        let appeal = [("key", own.as_str()), ("text", "We do own the car together.")];
        bo.post(&format!("{page}/appeal"), &appeal).await.sees(StatusCode::SEE_OTHER);
        let peter = hall.officer("peter").await;
        let no = hall.acts(&peter, &code, "decide-appeal", &grant).await.sees(StatusCode::CONFLICT);
        no.says("Cleo must say first");
        // The missing word can still be said; a word once given is not taken back while it is decided about.
        let back = bo.post(&format!("{page}/joint/decline"), &[("key", &own)]).await.sees(StatusCode::CONFLICT);
        back.says("can no longer be changed");
        let cleo = desk_id(&hall, &peter, &code).await;
        hall.acts(&peter, &code, &format!("joint/{cleo}"), &[]).await.sees(StatusCode::SEE_OTHER);
        hall.acts(&peter, &code, "decide-appeal", &grant).await.sees(StatusCode::SEE_OTHER);
        bo.get(&format!("{page}?key={own}")).await.says("You live in the street");
    }
}

/// Letters, without those that ask whether somebody applies too.
async fn letters_to(hall: &Hall, address: &str) -> usize {
    let mails = hall.town.mails().await.into_iter().map(|mail| mail.mail);
    mails.filter(|mail| mail.to.as_str() == address && !mail.subject.contains("do you apply too")).count()
}

#[tokio::test]
async fn who_has_not_said_yes_reads_what_that_needs_and_acts_for_nobody() {
    for hall in halls().await {
        let olga = hall.parking(&TWO).await;
        let bo = hall.town.browser();
        let (code, key, own) = hall.applies_together(&hall.town.browser()).await;
        let page = format!("/applications/{code}");
        let mine = format!("{page}?key={own}");
        hall.acts(&olga, &code, "ask", &[("text", "A copy of the lease, please.")]).await.sees(StatusCode::SEE_OTHER);
        let answer = [("key", own.as_str()), ("text", "Here is what is missing.")];
        // Named: the answers and the question, not what passes between the office and who applies.
        bo.get(&mine).await.sees(StatusCode::OK).says("700.50").says("Cleo").never_says("A copy of the lease");
        let program = bo.get(&format!("{page}.json?key={own}")).await.sees(StatusCode::OK).json();
        assert!(program["answers"]["rent"].is_number() && program["missing"].is_null(), "{program}");
        bo.post(&format!("{page}/answer"), &answer).await.sees(StatusCode::NOT_FOUND);
        for path in ["receipt", "receipt.pdf", "appointment"] {
            bo.get(&format!("{page}/{path}?key={own}")).await.sees(StatusCode::NOT_FOUND);
        }
        // Declined: the question alone.
        bo.post(&format!("{page}/joint/decline"), &[("key", &own)]).await.sees(StatusCode::SEE_OTHER);
        let no =
            bo.get(&mine).await.sees(StatusCode::OK).says("You said that you do not apply").says("Yes, I apply too");
        no.never_says("700.50").never_says("Cleo").never_says("A copy of the lease").never_says("No, I do not apply");
        let program = bo.get(&format!("{page}.json?key={own}")).await.sees(StatusCode::OK).json();
        assert!(program["answers"].is_null() && program["joint"].as_array().unwrap().len() == 1, "{program}");
        bo.post(&format!("{page}/answer"), &answer).await.sees(StatusCode::NOT_FOUND);
        let first = [("key", key.as_str()), ("text", "Here is what is missing.")];
        bo.post(&format!("{page}/answer"), &first).await.sees(StatusCode::SEE_OTHER);
        hall.acts(&olga, &code, "decide", &[("outcome", "refused"), REASONS]).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(letters_to(&hall, "bo@example.org").await, 0, "letters are for who applies");
        bo.post(&format!("{page}/appeal"), &answer).await.sees(StatusCode::NOT_FOUND);
        bo.get(&mine).await.never_says("You live in the street");
        // With their word they read and act.
        bo.post(&format!("{page}/joint/confirm"), &[("key", &own)]).await.sees(StatusCode::SEE_OTHER);
        bo.get(&mine).await.says("You live in the street").says("700.50");
        bo.post(&format!("{page}/appeal"), &answer).await.sees(StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn a_link_is_whose_it_is_also_in_the_browser_of_the_first_applicant() {
    for hall in halls().await {
        hall.parking(&TWO).await;
        let amina = hall.town.signed_in("amina@example.org").await;
        let (code, _, own) = hall.applies_together(&amina).await;
        let (page, mine) = (format!("/applications/{code}"), format!("/applications/{code}?key={own}"));
        amina.get(&page).await.sees(StatusCode::OK).says("/withdraw").never_says("Yes, I apply too");
        // Bo opens the link there.
        amina.get(&mine).await.sees(StatusCode::OK).says("Yes, I apply too").never_says("/withdraw");
        amina.post(&format!("{page}/joint/confirm"), &[("key", &own)]).await.sees(StatusCode::SEE_OTHER);
        amina.get(&mine).await.sees(StatusCode::OK).says("applies too").never_says("Yes, I apply too");
        amina.get(&page).await.sees(StatusCode::OK).says("/withdraw");
    }
}

#[tokio::test]
async fn a_letter_reaches_whoever_applies_too_where_the_first_gave_no_address() {
    for hall in halls().await {
        let olga = hall.parking(&TWO).await;
        let (code, _, own) = hall.applies_together(&hall.town.browser()).await;
        hall.runs(format!("update applications set email = null where code = '{code}'")).await;
        let page = format!("/applications/{code}");
        let several =
            [("pick", code.as_str()), ("batch", "b"), ("text", "Dear all"), ("why", "working"), ("stage", "send")];
        // Bo has not said yet that they apply: nobody can be reached.
        hall.acts(&olga, &code, "letter", &[("text", "Dear both")]).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(letters_to(&hall, "bo@example.org").await, 0);
        hall.town.browser().post(&format!("{page}/joint/confirm"), &[("key", &own)]).await.sees(StatusCode::SEE_OTHER);
        hall.opens(&olga, &code).await.says("Write a letter");
        hall.acts(&olga, &code, "letter", &[("text", "Dear both")]).await.sees(StatusCode::SEE_OTHER);
        olga.post("/desk/services/letters", &several).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(letters_to(&hall, "bo@example.org").await, 2);
    }
}

#[tokio::test]
async fn as_many_as_the_service_asks_for() {
    for hall in halls().await {
        let olga = hall.parking(&TWO).await;
        let amina = hall.town.browser();
        let draft = hall.begins(&amina).await;
        hall.answers(&amina, &draft).await;
        amina.get(&format!("{draft}/check")).await.says("At least 1 and at most 2 people apply together");
        let alone = amina.post(&format!("{draft}/check"), &[]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        alone.says("At least 1 others must apply together");
        let joint = format!("{draft}/joint");
        for (name, email, sentence) in [("", "", "Write a name"), ("Bo", "bo at home", "Write an e-mail address")] {
            let wrong = amina.post(&joint, &[("joint-name", name), ("joint-email", email)]).await;
            wrong.sees(StatusCode::UNPROCESSABLE_ENTITY).says(sentence);
        }
        let all = amina.post_json(&format!("{joint}.json"), &json!({"joint-name": "Bo"})).await.sees(StatusCode::OK);
        let bo = all.json()["joint"][0]["id"].as_str().unwrap().to_owned();
        amina.post(&joint, &[("joint-name", "Cleo")]).await.sees(StatusCode::SEE_OTHER);
        let third = amina.post(&joint, &[("joint-name", "Dan")]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        third.says("At most 2 others");
        amina.post(&joint, &[("drop", &bo)]).await.sees(StatusCode::SEE_OTHER);
        amina.post(&joint, &[("drop", &bo)]).await.sees(StatusCode::NOT_FOUND);
        let others = hall.begins(&hall.town.browser()).await;
        let page =
            amina.get(&format!("{draft}/check")).await.sees(StatusCode::OK).says("Cleo").never_says("<bdi>Bo</bdi>");
        let cleo = page.text.split_once("name=\"drop\" value=\"").unwrap().1.split('"').next().unwrap().to_owned();
        let foreign = amina.post(&format!("{others}/joint"), &[("drop", &cleo)]).await;
        foreign.sees(StatusCode::NOT_FOUND);
        for (least, most) in [("2", "1"), ("0", "11"), ("many", "2")] {
            let wrong = hall.keep(&olga, "parking", &[("joint-least", least), ("joint-most", most)]).await;
            wrong.sees(StatusCode::UNPROCESSABLE_ENTITY).says("how many others can apply together");
        }
        // Whoever applies alone names nobody.
        hall.keep(&olga, "parking", &[("joint-least", "0"), ("joint-most", "0")]).await.sees(StatusCode::SEE_OTHER);
        hall.publish(&olga, "parking").await.sees(StatusCode::SEE_OTHER);
        let draft = hall.begins(&amina).await;
        let none = amina.post(&format!("{draft}/joint"), &[("joint-name", "Bo")]).await;
        none.sees(StatusCode::UNPROCESSABLE_ENTITY).says("At most 0 others");
    }
}

#[tokio::test]
async fn a_link_opens_one_application_for_one_person() {
    for hall in halls().await {
        let olga = hall.parking(&TWO).await;
        let (one, key, own) = hall.applies_together(&hall.town.browser()).await;
        let (two, ..) = hall.applies_together(&hall.town.browser()).await;
        let visitor = hall.town.browser();
        visitor.get(&format!("/applications/{two}?key={own}")).await.sees(StatusCode::NOT_FOUND);
        for (code, key) in [(&two, own.as_str()), (&one, ""), (&one, key.as_str()), (&one, "guess")] {
            let said = visitor.post(&format!("/applications/{code}/joint/confirm"), &[("key", key)]).await;
            said.sees(StatusCode::NOT_FOUND);
        }
        visitor.post(&format!("/applications/{one}/joint/maybe"), &[("key", &own)]).await.sees(StatusCode::NOT_FOUND);
        let bins = hall.town.agency("bins", "Bins").await;
        let ben = hall.town.holder("ben@example.org", civic::Role::Officer, Some(&bins)).await;
        let who = desk_id(&hall, &olga, &one).await;
        ben.post(&format!("/desk/services/{one}/joint/{who}"), &[]).await.sees(StatusCode::NOT_FOUND);
        // Before an officer said why they open it, nothing happens.
        let peter = hall.officer("peter").await;
        peter.post(&format!("/desk/services/{one}/joint/{who}"), &[]).await.sees(StatusCode::SEE_OTHER);
        let states = hall.town.column("select state from co_applicants").await;
        assert!(states.iter().all(|state| state == "asked"), "{states:?}");
        // A page that does not show who confirmed meanwhile decides nothing.
        let version = hidden(&hall.opens(&olga, &one).await.text, "version");
        visitor.post(&format!("/applications/{one}/joint/confirm"), &[("key", &own)]).await.sees(StatusCode::SEE_OTHER);
        let stale = [("version", version.as_str()), ("outcome", "refused"), REASONS];
        olga.post(&format!("/desk/services/{one}/decide"), &stale).await.sees(StatusCode::CONFLICT);
        // Nor does it confirm for anybody at the counter.
        let cleo = desk_id(&hall, &olga, &one).await;
        let counter = olga.post(&format!("/desk/services/{one}/joint/{cleo}"), &stale[..1]).await;
        counter.sees(StatusCode::CONFLICT).says("Somebody else changed this application");
        let program = visitor.get(&format!("/applications/{one}.json?key={own}")).await.sees(StatusCode::OK).json();
        assert_eq!((&program["joint"][0]["name"], &program["joint"][0]["state"]), (&json!("Bo"), &json!("confirmed")));
    }
}
