//! Letters on paper, for who has no e-mail address and for everybody who wants them.

use crate::town::{Hall, REASONS, halls};
use axum::http::StatusCode;
use civic::Role;

const LIST: &str = "/desk/services/post";

/// An application without an e-mail address: its reference and key.
async fn silent(hall: &Hall) -> (String, String) {
    let (code, key) = hall.applies(&hall.town.browser()).await;
    hall.runs(format!("update applications set email = null where code = '{code}'")).await;
    (code, key)
}

#[tokio::test]
async fn who_has_no_address_is_written_to_on_paper() {
    for hall in halls().await {
        let olga = hall.parking(&[]).await;
        let (code, key) = silent(&hall).await;
        let mails = hall.town.mails().await.len();
        olga.get(LIST).await.sees(StatusCode::OK).says("Nothing is to be posted");
        hall.opens(&olga, &code).await.says("gave no e-mail address");
        let text = ("text", "Please bring the registration to the counter.");
        hall.acts(&olga, &code, "letter", &[text]).await.sees(StatusCode::SEE_OTHER);
        hall.acts(&olga, &code, "decide", &[("outcome", "refused"), REASONS]).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(hall.town.mails().await.len(), mails);
        let list = olga.get(LIST).await.sees(StatusCode::OK).says(&code).says("decision on").never_says("Amina");
        list.never_says("registration");
        let waiting = olga.get(&format!("{LIST}.json")).await.sees(StatusCode::OK).json();
        let letters = waiting["letters"].as_array().unwrap().clone();
        assert_eq!(letters.len(), 2);
        let pdf = letters[0]["pdf_url"].as_str().unwrap().to_owned();
        let paper = olga.get(&pdf).await.sees(StatusCode::OK);
        assert!(paper.bytes.starts_with(b"%PDF"));
        // Who has not said why they open it is asked first; who may not, finds nothing.
        let peter = hall.officer("peter").await;
        peter.get(&pdf).await.sees(StatusCode::SEE_OTHER);
        let bins = hall.town.agency("bins", "Bins").await;
        let ben = hall.town.holder("ben@example.org", Role::Officer, Some(&bins)).await;
        ben.get(&pdf).await.sees(StatusCode::NOT_FOUND);
        assert!(ben.get(&format!("{LIST}.json")).await.json()["letters"].as_array().unwrap().is_empty());
        let id = letters[0]["letter"].as_str().unwrap().to_owned();
        let posted = format!("/desk/services/{code}/posted");
        ben.post(&posted, &[("letter", &id)]).await.sees(StatusCode::NOT_FOUND);
        olga.post(&posted, &[("letter", "none")]).await.sees(StatusCode::NOT_FOUND);
        // The applicant has it on paper too, by their own link alone.
        let own = pdf.replace("/desk/services/", "/applications/");
        assert!(
            hall.town.browser().get(&format!("{own}?key={key}")).await.sees(StatusCode::OK).bytes.starts_with(b"%PDF")
        );
        hall.town.browser().get(&own).await.sees(StatusCode::NOT_FOUND);
        let (other, others) = silent(&hall).await;
        hall.town
            .browser()
            .get(&format!("{}?key={others}", own.replace(&code, &other)))
            .await
            .sees(StatusCode::NOT_FOUND);
        hall.town.browser().get(&format!("/applications/{code}?key={key}")).await.says("to be posted").says("letters/");
        // Posted once.
        olga.post(&posted, &[("letter", &id)]).await.sees(StatusCode::SEE_OTHER);
        olga.post(&posted, &[("letter", &id)]).await.sees(StatusCode::NOT_FOUND);
        assert_eq!(olga.get(&format!("{LIST}.json")).await.json()["letters"].as_array().unwrap().len(), 1);
        hall.opens(&olga, &code).await.says("posted on");
    }
}

#[tokio::test]
async fn who_has_an_address_gets_a_mail_and_has_the_paper_by_their_link() {
    for hall in halls().await {
        let olga = hall.parking(&[]).await;
        let (code, key) = hall.applies(&hall.town.browser()).await;
        hall.acts(&olga, &code, "decide", &[("outcome", "granted"), REASONS]).await.sees(StatusCode::SEE_OTHER);
        olga.get(LIST).await.says("Nothing is to be posted");
        let page = hall.town.browser().get(&format!("/applications/{code}?key={key}")).await.sees(StatusCode::OK);
        page.says("Letters on paper").never_says("to be posted");
        let kept = hall.town.column("select subject || body from application_letters").await;
        assert!(kept.len() == 1 && kept[0].contains("Granted") && kept[0].contains(REASONS.1), "{kept:?}");
        assert!(
            !kept[0].contains("/applications/link"),
            "paper cannot be answered by a link to an address that is not there"
        );
    }
}
