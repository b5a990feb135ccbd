//! How much is granted, and what a decision says of the rules.

use crate::{
    entitled::{RULES, TESTS},
    town::{Hall, REASONS, halls},
};
use axum::http::StatusCode;
use testing::Browser;

/// A service that gives 25 to who owns the car and pays more than 900; these answers are entitled to nought.
async fn giving(hall: &Hall) -> (Browser, String, String) {
    let olga = hall.parking(&[("rules", RULES), ("rule-tests", TESTS)]).await;
    let (code, key) = hall.applies(&hall.town.browser()).await;
    (olga, code, key)
}

/// The texts of mails with this in the subject.
async fn mails(hall: &Hall, subject: &str) -> Vec<String> {
    let all = hall.town.mails().await.into_iter().map(|mail| mail.mail);
    all.filter(|mail| mail.subject.contains(subject)).map(|mail| mail.body_text).collect()
}

#[tokio::test]
async fn the_amount_of_the_rules_is_proposed_and_another_is_granted_with_a_reason() {
    for hall in halls().await {
        let (olga, code, key) = giving(&hall).await;
        let page = hall.opens(&olga, &code).await.says("Amount granted").says("The rules say EUR 0");
        assert!(page.text.contains("name=\"grant\" value=\"0.00\""), "{}", page.text);
        let grant = |more: &[(&'static str, &'static str)]| {
            let mut all = vec![("outcome", "granted"), REASONS];
            all.extend_from_slice(more);
            all
        };
        let wrong = StatusCode::UNPROCESSABLE_ENTITY;
        let no = hall.acts(&olga, &code, "decide", &grant(&[("grant", "much")])).await.sees(wrong);
        no.says("Write an amount").says(REASONS.1).says("value=\"much\"");
        let no = hall.acts(&olga, &code, "decide", &grant(&[("grant", "12,50")])).await.sees(wrong);
        no.says("The rules say another amount").says("value=\"12,50\"");
        let why = ("grant-why", "The move cost her twice the rent in May.");
        hall.acts(&olga, &code, "decide", &grant(&[("grant", "12,50"), why])).await.sees(StatusCode::SEE_OTHER);
        let status = format!("/applications/{code}?key={key}");
        let own = hall.town.browser().get(&status).await.sees(StatusCode::OK);
        own.says("Granted: EUR 12.50").says("twice the rent in May");
        let view = hall.town.browser().get(&status.replace('?', ".json?")).await.json();
        assert_eq!((view["granted_cents"].as_i64(), view["granted_why"].as_str()), (Some(1_250), Some(why.1)));
        hall.opens(&olga, &code).await.says("Granted: EUR 12.50").says("twice the rent in May");
        // The letter names the amount, what the rules say with their law, and the law of the service.
        let letter = mails(&hall, "decision on").await.pop().unwrap();
        for part in ["Granted: EUR 12.50", "twice the rent", "entitled to EUR 0", "section 4", REASONS.1] {
            assert!(letter.contains(part), "{part}: {letter}");
        }
        // Nobody else reads how much.
        hall.town.settle().await;
        hall.town.browser().get(&format!("/applications/{code}")).await.says("Granted").never_says("12.50");
        assert!(hall.town.record().await.iter().all(|entry| !entry.contains("1250") && !entry.contains("12.50")));
        // And it is sealed with the rest.
        let own = hall.town.browser().get(&status).await.text;
        let (_, proof) = own.split_once("<pre class=\"receipt\" tabindex=\"0\">").unwrap();
        let (salt, sealed) = proof.split("</pre>").next().unwrap().split_once('\n').unwrap();
        let sealed = sealed.replace("&#34;", "\"").replace("&#38;", "&").replace("&#39;", "'").replace("&#60;", "<");
        assert!(sealed.contains("\"granted_cents\":1250"), "{sealed}");
        let seal = record::seal(salt, &sealed);
        assert!(hall.town.record().await.iter().any(|entry| entry.contains(&seal)), "{sealed}");
    }
}

#[tokio::test]
async fn against_what_the_rules_say_is_asked_once_more() {
    for hall in halls().await {
        let (olga, code, _) = giving(&hall).await;
        let wrong = StatusCode::UNPROCESSABLE_ENTITY;
        let refuse = [("outcome", "refused"), ("text", "The car is registered in another town.")];
        hall.opens(&olga, &code).await.never_says("I decide otherwise");
        let no = hall.acts(&olga, &code, "decide", &refuse).await.sees(wrong);
        no.says("The rules of this version say otherwise")
            .says("I decide otherwise")
            .says("registered in another town");
        let no = hall.acts(&olga, &code, "decide", &[("outcome", ""), REASONS]).await.sees(wrong);
        no.says("Choose whether it is granted or refused");
        let sure = [refuse[0], refuse[1], ("against", "yes")];
        hall.acts(&olga, &code, "decide", &sure).await.sees(StatusCode::SEE_OTHER);
        let letter = mails(&hall, "decision on").await.pop().unwrap();
        assert!(letter.contains("entitled to EUR 0") && !letter.contains("Granted:"), "{letter}");
        // Who is not entitled is granted something only with an amount, for the rules name none.
        hall.runs(
            "update applications set answers = replace(answers, '\"own_car\":true', '\"own_car\":false')".to_owned(),
        )
        .await;
        let (code, _) = {
            let amina = hall.town.browser();
            let draft = hall.begins(&amina).await;
            hall.answers(&amina, &draft).await;
            amina.post(&format!("{draft}/page_own_car"), &[("q1", "no")]).await.sees(StatusCode::SEE_OTHER);
            amina.post(&format!("{draft}/page_owner"), &[("q1", "Bo")]).await.sees(StatusCode::SEE_OTHER);
            let sent = amina.post(&format!("{draft}/check"), &[]).await.sees(StatusCode::SEE_OTHER);
            let (path, key) = sent.location().split_once("?key=").unwrap();
            let code = path.strip_prefix("/applications/").unwrap().strip_suffix("/receipt").unwrap();
            (code.to_owned(), key.to_owned())
        };
        let grant = [("outcome", "granted"), REASONS];
        hall.acts(&olga, &code, "decide", &grant)
            .await
            .sees(wrong)
            .says("I decide otherwise")
            .says("one&#39;s own car");
        let sure = [grant[0], grant[1], ("against", "yes")];
        hall.acts(&olga, &code, "decide", &sure).await.sees(wrong).says("Say how much is granted");
        let all = [grant[0], grant[1], ("against", "yes"), ("grant", "40")];
        hall.acts(&olga, &code, "decide", &all).await.sees(StatusCode::SEE_OTHER);
        let letter = mails(&hall, &format!("decision on {code}")).await.pop().unwrap();
        assert!(letter.contains("Granted: EUR 40") && letter.contains("section 4(2)"), "{letter}");
    }
}

#[tokio::test]
async fn the_second_pair_of_eyes_agrees_to_the_amount_and_an_appeal_changes_it() {
    for hall in halls().await {
        let olga = hall.parking(&[("rules", RULES), ("rule-tests", TESTS), ("four-eyes", "yes")]).await;
        let (peter, quinn) = (hall.officer("peter").await, hall.officer("quinn").await);
        let (code, key) = hall.applies(&hall.town.browser()).await;
        let why = ("grant-why", "The move cost her twice the rent in May.");
        let first = [("outcome", "granted"), REASONS, ("grant", "10"), why];
        hall.acts(&olga, &code, "decide", &first).await.sees(StatusCode::SEE_OTHER);
        let status = format!("/applications/{code}.json?key={key}");
        assert!(hall.town.browser().get(&status).await.json()["granted_cents"].is_null(), "not before it is decided");
        hall.opens(&peter, &code).await.says("Granted: EUR 10");
        hall.acts(&peter, &code, "confirm", &[]).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(hall.town.browser().get(&status).await.json()["granted_cents"], 1_000);
        let appeal = [("key", key.as_str()), ("text", "It cost three times the rent")];
        hall.town.browser().post(&format!("/applications/{code}/appeal"), &appeal).await.sees(StatusCode::SEE_OTHER);
        let again = [("outcome", "granted"), REASONS, ("grant", "30"), why];
        hall.acts(&quinn, &code, "decide-appeal", &again).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(hall.town.browser().get(&status).await.json()["granted_cents"], 3_000);
        let letter = mails(&hall, "decision on your appeal").await.pop().unwrap();
        assert!(letter.contains("Granted: EUR 30"), "{letter}");
    }
}

#[tokio::test]
async fn what_was_only_proposed_is_neither_granted_nor_told() {
    for hall in halls().await {
        let olga = hall.parking(&[("rules", RULES), ("rule-tests", TESTS), ("four-eyes", "yes")]).await;
        let peter = hall.officer("peter").await;
        let amina = hall.town.signed_in("amina@example.org").await;
        let why = ("grant-why", "The move cost her twice the rent in May.");
        let first = [("outcome", "granted"), REASONS, ("grant", "10"), why];
        for end in ["withdraw", "ask"] {
            let (code, _) = hall.applies(&amina).await;
            hall.acts(&olga, &code, "decide", &first).await.sees(StatusCode::SEE_OTHER);
            hall.opens(&peter, &code).await.says("Granted: EUR 10");
            // The proposal is of the office, also for whoever takes everything along.
            let export = amina.get("/me/export").await.sees(StatusCode::OK).never_says(REASONS.1).never_says(why.1);
            export.never_says("\"granted_cents\":1000").never_says("\"granted_cents\": 1000");
            if end == "withdraw" {
                amina.post(&format!("/applications/{code}/withdraw"), &[]).await.sees(StatusCode::SEE_OTHER);
            } else {
                hall.acts(&peter, &code, "ask", &[("text", "Which street?")]).await.sees(StatusCode::SEE_OTHER);
            }
            hall.opens(&peter, &code).await.never_says("Granted: EUR 10").never_says("twice the rent");
            amina.get(&format!("/applications/{code}")).await.sees(StatusCode::OK).never_says("Granted:");
        }
        let kept = "select coalesce(cast(granted_cents as text), '') || granted_why || reasons from applications";
        assert_eq!(hall.town.column(kept).await, ["", ""]);
    }
}
