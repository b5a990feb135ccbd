//! Facilitators refuse statements for the town's own reasons, and what was decided keeps the words of its day.

use crate::town::rooms;
use axum::http::StatusCode;
use testing::{Browser, Seen};

/// What the administrator's form of a reason sends.
async fn define(by: &Browser, code: &str, [name, sentence]: [&str; 2], more: &[(&str, &str)]) -> Seen {
    let words = [
        ("code", code),
        ("name-en", name),
        ("name-es", "Reunión"),
        ("name-ar", "اجتماع"),
        ("sentence-en", sentence),
        ("sentence-es", "Se decidió en la reunión."),
        ("sentence-ar", "حُسم في الاجتماع."),
        ("position", "5"),
    ];
    let form: Vec<(&str, &str)> = words.into_iter().chain(more.iter().copied()).collect();
    by.post("/admin/reasons", &form).await
}

#[tokio::test]
async fn a_statement_is_refused_for_a_reason_of_the_town_in_its_words_of_then() {
    for room in rooms().await {
        let code = room.open(&[]).await;
        let desk = format!("/desk/conversations/{code}/statements");
        let log = format!("/conversations/{code}/log");
        let administrator = room.town.administrator().await;
        let settled = ["Settled", "The meeting of May settled it."];
        define(&administrator, "settled", settled, &[("active", "yes")]).await.sees(StatusCode::SEE_OTHER);

        // The form offers what statements need, and the town's reasons, its own among them.
        let form = room.lead.get(&format!("{desk}?show=open")).await.sees(StatusCode::OK);
        form.says(">It says several things at once.</option>").says(">Settled</option>").says(">Insult</option>");
        let refuse = |number: &'static str, reason: &'static str| {
            let (lead, path) = (&room.lead, format!("{desk}/{number}"));
            async move { lead.post(&path, &[("act", "reject"), ("reason", reason)]).await }
        };
        refuse("0", "elsewhere").await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("Choose a reason.");
        refuse("0", "nobody-knows").await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        refuse("0", "settled").await.sees(StatusCode::SEE_OTHER);
        refuse("1", "several").await.sees(StatusCode::SEE_OTHER);
        refuse("2", "insult").await.sees(StatusCode::SEE_OTHER);

        // Words of today do not change what was said yesterday; a retired reason is refused.
        let other = ["Old news", "It is old news."];
        define(&administrator, "settled", other, &[("version", "1")]).await.sees(StatusCode::SEE_OTHER);
        refuse("3", "settled").await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        // A reason of the town's that is called as ours for what came from elsewhere does not open the export.
        let words = |text: String| text.lines().nth(4).unwrap_or_default().to_owned();
        let export = format!("/conversations/{code}/export/comments.csv");
        let shown = words(room.town.browser().get(&export).await.sees(StatusCode::OK).text);
        let own = ["Elsewhere", "It belongs to another office."];
        define(&administrator, "elsewhere", own, &[("active", "yes")]).await.sees(StatusCode::SEE_OTHER);
        refuse("3", "elsewhere").await.sees(StatusCode::SEE_OTHER);
        let hidden = words(room.town.browser().get(&export).await.sees(StatusCode::OK).text);
        let said = shown.rsplit(',').next().unwrap_or_default();
        assert!(said.len() > 3 && !hidden.contains(said), "{shown} / {hidden}");
        let page = room.town.browser().get(&log).await.sees(StatusCode::OK);
        page.says("The meeting of May settled it.").never_says("old news");
        room.town.browser().reading("es").get(&log).await.says("Se decidió en la reunión.");
        let lines = room.town.browser().get(&format!("{log}.json")).await.json();
        let said = |index: usize| (lines[index]["reason"].as_str().unwrap(), lines[index]["why"].as_str().unwrap());
        assert_eq!(said(3), ("settled", "The meeting of May settled it."));
        assert_eq!(said(2), ("several", "It says several things at once."));
        assert_eq!((said(1).0, said(0).0), ("insult", "elsewhere"));
        room.town.browser().get(&format!("{log}.csv")).await.says("The meeting of May settled it.");
        room.lead.get(&format!("{desk}?show=out")).await.says("The meeting of May settled it.").says("several things");

        // The record's entry holds the words as well, so that a stranger reads them without our tables.
        room.town.settle().await;
        let record = room.town.record().await;
        let entry = record.iter().find(|entry| entry.contains("\"statement_reason\":\"settled\"")).unwrap();
        assert!(entry.contains("The meeting of May settled it."), "{entry}");
    }
}

#[tokio::test]
async fn a_town_words_what_is_unclear_itself_or_retires_it() {
    for room in rooms().await {
        let code = room.open(&[]).await;
        let desk = format!("/desk/conversations/{code}/statements");
        let administrator = room.town.administrator().await;
        let own = ["Vague", "Nobody knows what to answer."];
        define(&administrator, "unclear", own, &[("active", "yes")]).await.sees(StatusCode::SEE_OTHER);
        let form = room.lead.get(&format!("{desk}?show=open")).await;
        form.says(">Vague</option>").never_says("It is a question, or nobody can agree");
        define(&administrator, "unclear", own, &[("version", "1")]).await.sees(StatusCode::SEE_OTHER);
        room.lead.get(&format!("{desk}?show=open")).await.never_says(">Vague</option>");
        let form = [("act", "reject"), ("reason", "unclear")];
        room.lead.post(&format!("{desk}/0"), &form).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
    }
}
