//! One letter to several applicants.

use crate::town::{Hall, REASONS, halls, hidden};
use axum::http::StatusCode;
use serde_json::json;

const PATH: &str = "/desk/services/letters";
const TEXT: &str = "Dear {full_name},\nthe office is closed on Friday. Your reference: {reference}, rent {rent}.";

/// Letters that went by mail, without the receipts.
async fn letters(hall: &Hall) -> Vec<String> {
    let mails = hall.town.mails().await;
    mails
        .into_iter()
        .filter(|mail| mail.mail.body_text.contains("closed on Friday"))
        .map(|mail| mail.mail.body_text)
        .collect()
}

fn form<'f>(codes: &[&'f str], more: &[(&'f str, &'f str)]) -> Vec<(&'f str, &'f str)> {
    codes.iter().map(|code| ("pick", *code)).chain(more.iter().copied()).collect()
}

#[tokio::test]
async fn each_case_has_a_letter_of_its_own_that_is_read_before_it_goes_and_goes_once() {
    for hall in halls().await {
        let olga = hall.parking(&[]).await;
        let amina = hall.town.browser();
        let (one, key) = hall.applies(&amina).await;
        let (two, _) = hall.applies(&amina).await;
        olga.get("/desk/services").await.says(&format!("name=\"pick\" value=\"{one}\"")).says("form=\"letters\"");
        olga.post(PATH, &[]).await.sees(StatusCode::SEE_OTHER);
        let write = olga.post(PATH, &form(&[&one, &two], &[])).await.sees(StatusCode::OK);
        let write = write.says("A letter to 2 applicants").says("{full_name}").never_says("700.50");
        let batch = hidden(&write.text, "batch");
        let base = [("batch", batch.as_str()), ("text", TEXT), ("why", "working")];
        let with = |stage| [&base[..], &[("stage", stage)]].concat();
        let read = olga.post(PATH, &form(&[&one, &two], &with("read"))).await.sees(StatusCode::OK);
        let read = read.says("2 of 2 can be sent").says("Dear Amina,").says(&format!("Your reference: {one}"));
        read.says(&format!("Your reference: {two}")).says("700.50");
        assert_eq!(letters(&hall).await.len(), 0, "reading sends nothing");
        let own = amina.get(&format!("/applications/{one}?key={key}")).await.sees(StatusCode::OK);
        own.says("works on it").never_says("closed on Friday");
        olga.post(PATH, &form(&[&one, &two], &with("send"))).await.sees(StatusCode::SEE_OTHER);
        let sent = letters(&hall).await;
        assert_eq!(sent.len(), 2);
        assert!(sent.iter().all(|text| text.contains("Dear Amina,") && !text.contains('{')), "{sent:?}");
        assert_eq!(sent.iter().filter(|text| text.contains(&format!("reference: {one}"))).count(), 1);
        // Sent again by the same form, and two at once.
        olga.post(PATH, &form(&[&one, &two], &with("send"))).await.sees(StatusCode::SEE_OTHER);
        let again = form(&[&one, &two], &with("send"));
        tokio::join!(olga.post(PATH, &again), olga.post(PATH, &again));
        assert_eq!(letters(&hall).await.len(), 2, "nobody gets it twice");
        amina.get(&format!("/applications/{one}?key={key}")).await.says("closed on Friday").says("works on it");
        // Another form is another letter.
        let other = [("batch", "another"), ("text", TEXT), ("why", "working"), ("stage", "send")];
        olga.post(PATH, &form(&[&one], &other)).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(letters(&hall).await.len(), 3);
    }
}

#[tokio::test]
async fn two_forms_at_once_send_one_letter() {
    for hall in halls().await {
        let olga = hall.parking(&[]).await;
        let (one, _) = hall.applies(&hall.town.browser()).await;
        let base = [("batch", "b"), ("text", TEXT), ("why", "working"), ("stage", "send")];
        let sent = form(&[&one], &base);
        tokio::join!(olga.post(PATH, &sent), olga.post(PATH, &sent), olga.post(PATH, &sent), olga.post(PATH, &sent));
        assert_eq!(letters(&hall).await.len(), 1);
    }
}

#[tokio::test]
async fn what_is_refused_says_why_and_holds_up_no_other() {
    for hall in halls().await {
        let olga = hall.parking(&[]).await;
        let amina = hall.town.browser();
        let (good, _) = hall.applies(&amina).await;
        let (silent, _) = hall.applies(&amina).await;
        hall.runs(format!("update applications set email = null where code = '{silent}'")).await;
        let (over, key) = hall.applies(&amina).await;
        amina.post(&format!("/applications/{over}/withdraw"), &[("key", &key)]).await.sees(StatusCode::SEE_OTHER);
        let base = [("batch", "b"), ("text", TEXT), ("why", "covering")];
        let with = |stage| [&base[..], &[("stage", stage)]].concat();
        let picks = [good.as_str(), over.as_str(), silent.as_str()];
        let read = olga.post(PATH, &form(&picks, &with("read"))).await.sees(StatusCode::OK);
        // Who has no e-mail address gets it by post.
        let read = read.says("2 of 3 can be sent").says("This application is over").says("to be posted");
        read.says("Send 2 letters");
        // Where the letter is written again, nobody who was picked is dropped.
        let again =
            [&base[..], &[("stage", "write"), ("refused", over.as_str()), ("refused", silent.as_str())]].concat();
        let again = olga.post(PATH, &form(&[&good], &again)).await.sees(StatusCode::OK);
        let again = again.says(&format!("value=\"{good}\"")).says(&format!("value=\"{over}\""));
        again.says(&format!("value=\"{silent}\""));
        let partly = olga.post(PATH, &form(&picks, &with("send"))).await.sees(StatusCode::CONFLICT);
        let partly = partly.says("Sent: 2. Not sent: 1").says("closed on Friday").says("This application is over");
        partly.never_says(&format!("value=\"{good}\""));
        assert_eq!(letters(&hall).await.len(), 1);
        // A gap in the letter, and a field that is not there.
        for (text, sentence) in
            [("Dear {owner},", "owner was not answered"), ("{surname}", "no question named surname")]
        {
            let fields = [("batch", "c"), ("text", text), ("why", "working"), ("stage", "send")];
            olga.post(PATH, &form(&[&good], &fields)).await.sees(StatusCode::CONFLICT).says(sentence);
        }
        // Where none can be sent, the letter stays to be put right.
        let wrong = [("batch", "c"), ("text", "My long letter to {surname}"), ("why", "working"), ("stage", "read")];
        let kept = olga.post(PATH, &form(&[&good], &wrong)).await.says("no question named surname");
        kept.says("My long letter to {surname}</textarea>");
        for (text, why, sentence) in [("", "working", "text"), (TEXT, "curious", "Say why you open it")] {
            let fields = [("batch", "d"), ("text", text), ("why", why), ("stage", "send")];
            olga.post(PATH, &form(&[&good], &fields)).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says(sentence);
        }
        assert_eq!(letters(&hall).await.len(), 1);
        // A decided one can still be written to.
        hall.acts(&olga, &good, "decide", &[("outcome", "granted"), REASONS]).await.sees(StatusCode::SEE_OTHER);
        let fields = [("batch", "e"), ("text", TEXT), ("why", "working"), ("stage", "send")];
        olga.post(PATH, &form(&[&good], &fields)).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(letters(&hall).await.len(), 2);
    }
}

#[tokio::test]
async fn a_mandate_reaches_no_further_for_several() {
    for hall in halls().await {
        hall.parking(&[]).await;
        let (code, _) = hall.applies(&hall.town.browser()).await;
        let bins = hall.town.agency("bins", "Bins").await;
        let ben = hall.town.holder("ben@example.org", civic::Role::Officer, Some(&bins)).await;
        let fields = [("batch", "b"), ("text", TEXT), ("why", "working")];
        for stage in ["", "read", "send"] {
            let with = [&fields[..], &[("stage", stage)]].concat();
            ben.post(PATH, &form(&[&code], &with)).await.never_says("Amina").never_says(&code);
            hall.town.browser().post(PATH, &form(&[&code], &with)).await.never_says("Amina").never_says(&code);
        }
        assert_eq!(letters(&hall).await.len(), 0);
        assert!(hall.town.column("select why from application_looks").await.is_empty(), "nobody opened it");
        let many: Vec<String> = (0..101).map(|number| format!("A-{number}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        ben.post(PATH, &form(&many, &fields)).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
    }
}

#[tokio::test]
async fn a_program_writes_to_several_and_repeats_itself_without_harm() {
    for hall in halls().await {
        hall.parking(&[]).await;
        let (code, _) = hall.applies(&hall.town.browser()).await;
        let token = hall.town.token(civic::Role::Officer).await;
        let program = hall.town.program(&token);
        let body = json!({"pick": [code, "A-NONE"], "text": TEXT, "batch": "friday", "why": "working"});
        let seen = program.post_json(&format!("{PATH}.json"), &body).await.sees(StatusCode::OK).json();
        assert_eq!((&seen["sent"], &seen["before"]), (&json!([code]), &json!([])));
        assert_eq!(seen["refused"][0]["code"], "A-NONE");
        let seen = program.post_json(&format!("{PATH}.json"), &body).await.sees(StatusCode::OK).json();
        assert_eq!((&seen["sent"], &seen["before"]), (&json!([]), &json!([code])));
        assert_eq!(letters(&hall).await.len(), 1);
        // To read is not to send, and what is neither does nothing.
        let stage = |stage: &str| json!({"pick": [code, "A-NONE"], "text": TEXT, "batch": "monday", "why": "working", "stage": stage});
        let seen = program.post_json(&format!("{PATH}.json"), &stage("read")).await.sees(StatusCode::OK).json();
        assert!(seen["read"][0]["body"].as_str().unwrap().contains("Dear Amina,"), "{seen}");
        assert_eq!((&seen["read"][0]["code"], &seen["refused"][0]["code"]), (&json!(code), &json!("A-NONE")));
        assert_eq!(seen["sent"], json!([]));
        let wrong = program.post_json(&format!("{PATH}.json"), &stage("reed")).await;
        wrong.sees(StatusCode::UNPROCESSABLE_ENTITY).says("anything else sends nothing");
        assert_eq!(letters(&hall).await.len(), 1, "nothing was sent");
        let seen = program.post_json(&format!("{PATH}.json"), &stage("send")).await.sees(StatusCode::OK).json();
        assert_eq!(seen["sent"], json!([code]));
        let nameless = json!({"pick": [code], "text": TEXT, "why": "working"});
        let seen = program.post_json(&format!("{PATH}.json"), &nameless).await.sees(StatusCode::OK).json();
        assert!(seen["refused"][0]["reason"].as_str().unwrap().contains("nobody gets the letter twice"), "{seen}");
    }
}
