use crate::town::{REASONS, halls, hidden};
use axum::http::StatusCode;

#[tokio::test]
async fn from_asking_to_an_appeal_that_changes_the_decision() {
    for hall in halls().await {
        let olga = hall.parking(&[]).await;
        let peter = hall.officer("peter").await;
        let visitor = hall.town.browser();
        let (code, key) = hall.applies(&visitor).await;
        let status = format!("/applications/{code}?key={key}");
        let desk = format!("/desk/services/{code}");
        olga.get("/desk/services").await.sees(StatusCode::OK).says(&code).never_says("Amina");
        olga.get(&desk).await.says("Why do you open this application?").never_says("Amina");
        olga.post(&format!("{desk}/look"), &[("why", "curious")]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        hall.opens(&olga, &code).await.says("Amina").says("EUR 700.50").says("version 1");
        visitor.get(&status).await.says("works on it");
        hall.acts(&olga, &code, "take", &[]).await.sees(StatusCode::SEE_OTHER);
        olga.get("/desk/services?show=mine").await.says(&code);
        // Something is missing: the clock stands still.
        hall.acts(&olga, &code, "ask", &[("text", "")]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        hall.acts(&olga, &code, "ask", &[("text", "A photo of the registration")]).await.sees(StatusCode::SEE_OTHER);
        let due_before =
            visitor.get(&status.replace('?', ".json?")).await.json()["due_at"].as_str().unwrap().to_owned();
        assert!(hall.town.mails().await[0].mail.body_text.contains("A photo of the registration"));
        visitor.get(&status).await.says("What is missing").says("A photo of the registration");
        hall.town.clock.advance_seconds(7 * 86_400);
        let answer = [("key", key.as_str()), ("text", "It is AB 1234")];
        visitor.post(&format!("/applications/{code}/answer"), &answer).await.sees(StatusCode::SEE_OTHER);
        visitor.post(&format!("/applications/{code}/answer"), &answer).await.sees(StatusCode::CONFLICT);
        let due_after = visitor.get(&status.replace('?', ".json?")).await.json()["due_at"].as_str().unwrap().to_owned();
        assert!(due_after > due_before, "{due_before} {due_after}");
        // Notes are for the office only.
        hall.acts(&olga, &code, "note", &[("text", "Seems odd to me")]).await.sees(StatusCode::SEE_OTHER);
        visitor.get(&status).await.never_says("Seems odd");
        hall.acts(&olga, &code, "decide", &[("outcome", "refused"), ("text", "No.")])
            .await
            .sees(StatusCode::UNPROCESSABLE_ENTITY)
            .says("at least 20");
        hall.acts(
            &olga,
            &code,
            "decide",
            &[("outcome", "refused"), ("text", "The car is registered in another town.")],
        )
        .await
        .sees(StatusCode::SEE_OTHER);
        visitor.get(&status).await.says("Refused").says("registered in another town").says("You can appeal until");
        // What everybody sees of it, and what stands in the record.
        hall.town.settle().await;
        let public = hall.town.browser().get(&format!("/applications/{code}.json")).await.sees(StatusCode::OK).json();
        assert_eq!((public["outcome"].as_str(), public["number"].as_i64()), (Some("refused"), Some(1)));
        let page = hall.town.browser().get(&format!("/applications/{code}")).await.sees(StatusCode::OK);
        page.never_says("Amina").never_says("another town");
        let said: Vec<String> =
            hall.town.record().await.into_iter().filter(|entry| entry.contains("application.decided")).collect();
        assert!(
            said.len() == 1
                && said[0].contains("hmac-sha256:")
                && !said[0].contains("Amina")
                && !said[0].contains("another")
        );
        // The applicant can prove what was sealed.
        let own = visitor.get(&status).await.sees(StatusCode::OK).text;
        let (_, proof) = own.split_once("<pre class=\"receipt\" tabindex=\"0\">").unwrap();
        let (salt, sealed) = proof.split("</pre>").next().unwrap().split_once('\n').unwrap();
        let seal = record::seal(salt, &sealed.replace("&#34;", "\"").replace("&#38;", "&").replace("&#39;", "'"));
        assert!(said[0].contains(&seal), "{sealed}");
        // An appeal, decided by somebody else.
        let appeal = [("key", key.as_str()), ("text", "I moved here in May")];
        visitor.post(&format!("/applications/{code}/appeal"), &appeal).await.sees(StatusCode::SEE_OTHER);
        hall.acts(&olga, &code, "decide-appeal", &[("outcome", "granted"), REASONS])
            .await
            .sees(StatusCode::UNPROCESSABLE_ENTITY)
            .says("Ask a colleague");
        hall.acts(&peter, &code, "decide-appeal", &[("outcome", "granted"), REASONS]).await.sees(StatusCode::SEE_OTHER);
        visitor.get(&status).await.says("Granted").says("You live in the street").says("Closed");
        hall.town.settle().await;
        let own = visitor.get(&status).await.text;
        let (_, proof) = own.split_once("<pre class=\"receipt\" tabindex=\"0\">").unwrap();
        let (salt, sealed) = proof.split("</pre>").next().unwrap().split_once('\n').unwrap();
        let seal = record::seal(salt, &sealed.replace("&#34;", "\"").replace("&#38;", "&").replace("&#39;", "'"));
        let last = hall.town.record().await.pop().unwrap();
        assert!(last.contains("application.appeal-decided") && last.contains(&seal), "{last}");
        visitor.post(&format!("/applications/{code}/appeal"), &appeal).await.sees(StatusCode::CONFLICT);
        services::measure(&hall.town.town).await.map_err(|stop| format!("{stop:?}")).unwrap();
        let figures = hall.town.browser().get("/services/figures.json?service=parking").await.json();
        assert!(figures["all"]["applications"].is_null(), "one is too few to be told");
    }
}

#[tokio::test]
async fn two_officers_decide_where_the_service_asks_it() {
    for hall in halls().await {
        let olga = hall.parking(&[("four-eyes", "yes")]).await;
        let peter = hall.officer("peter").await;
        let visitor = hall.town.browser();
        let (code, key) = hall.applies(&visitor).await;
        hall.acts(&olga, &code, "decide", &[("outcome", "granted"), REASONS]).await.sees(StatusCode::SEE_OTHER);
        let status = format!("/applications/{code}?key={key}");
        visitor
            .get(&status)
            .await
            .says("Awaits a second officer")
            .never_says("You live in the street")
            .never_says("<h2>Granted");
        hall.town.browser().get(&format!("/applications/{code}")).await.sees(StatusCode::NOT_FOUND);
        hall.acts(&olga, &code, "confirm", &[]).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("Another officer");
        hall.acts(&peter, &code, "send-back", &[("text", "Look at the lease again")]).await.sees(StatusCode::SEE_OTHER);
        visitor.get(&status).await.never_says("lease again");
        hall.acts(&peter, &code, "decide", &[("outcome", "granted"), REASONS]).await.sees(StatusCode::SEE_OTHER);
        hall.acts(&olga, &code, "confirm", &[]).await.sees(StatusCode::SEE_OTHER);
        visitor.get(&status).await.says("Granted").says("You live in the street");
        // Neither of both decides an appeal.
        visitor
            .post(&format!("/applications/{code}/appeal"), &[("key", &key), ("text", "Too little")])
            .await
            .sees(StatusCode::SEE_OTHER);
        for officer in [&olga, &peter] {
            hall.acts(officer, &code, "decide-appeal", &[("outcome", "granted"), REASONS])
                .await
                .sees(StatusCode::UNPROCESSABLE_ENTITY);
        }
    }
}

#[tokio::test]
async fn two_officers_at_once_decide_once() {
    for hall in halls().await {
        let olga = hall.parking(&[]).await;
        let peter = hall.officer("peter").await;
        let (code, _) = hall.applies(&hall.town.browser()).await;
        let path = format!("/desk/services/{code}/decide");
        let version = hidden(&hall.opens(&olga, &code).await.text, "version");
        hall.opens(&peter, &code).await;
        let fields = |outcome: &'static str| {
            [("version", version.clone()), ("outcome", outcome.to_owned()), (REASONS.0, REASONS.1.to_owned())]
        };
        let (granted, refused) = (fields("granted"), fields("refused"));
        let as_refs = |fields: &'_ [(&'static str, String); 3]| {
            fields.iter().map(|(name, value)| (*name, value.clone())).collect::<Vec<_>>()
        };
        let (one, other) = (as_refs(&granted), as_refs(&refused));
        let one: Vec<(&str, &str)> = one.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let other: Vec<(&str, &str)> = other.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let (first, second) = tokio::join!(olga.post(&path, &one), peter.post(&path, &other));
        let mut statuses = [first.status, second.status];
        statuses.sort();
        assert_eq!(statuses, [StatusCode::SEE_OTHER, StatusCode::CONFLICT]);
        hall.town.settle().await;
        let said = hall.town.record().await.into_iter().filter(|entry| entry.contains("application.decided")).count();
        assert_eq!(said, 1);
    }
}

#[tokio::test]
async fn the_version_at_filing_is_kept_whatever_is_published_later() {
    for hall in halls().await {
        let olga = hall.parking(&[]).await;
        let visitor = hall.town.browser();
        let (code, key) = hall.applies(&visitor).await;
        let draft = hall.begins(&visitor).await;
        hall.question(&olga, "parking", &[("kind", "text"), ("label-en", "Plate"), ("name", "plate")])
            .await
            .sees(StatusCode::SEE_OTHER);
        hall.keep(&olga, "parking", &[("four-eyes", "yes")]).await.sees(StatusCode::SEE_OTHER);
        hall.publish(&olga, "parking").await.sees(StatusCode::SEE_OTHER);
        hall.opens(&olga, &code).await.says("version 1").says("A newer version is in force: 2").never_says("Plate");
        // Four eyes came later: this one is decided as it was filed.
        hall.acts(&olga, &code, "decide", &[("outcome", "granted"), REASONS]).await.sees(StatusCode::SEE_OTHER);
        visitor.get(&format!("/applications/{code}?key={key}")).await.says("Granted");
        // A draft that was begun before is filed as it was begun.
        hall.answers(&visitor, &draft).await;
        let sent = visitor.post(&format!("{draft}/check.json"), &[]).await.sees(StatusCode::CREATED).json();
        let own =
            format!("/applications/{}.json?key={}", sent["code"].as_str().unwrap(), sent["key"].as_str().unwrap());
        assert_eq!(visitor.get(&own).await.json()["number"], 1);
    }
}

#[tokio::test]
async fn what_is_final_closes_and_is_erased_when_its_time_has_come() {
    for hall in halls().await {
        let olga = hall.parking(&[]).await;
        let visitor = hall.town.browser();
        let (code, key) = hall.applies(&visitor).await;
        hall.acts(&olga, &code, "decide", &[("outcome", "granted"), REASONS]).await.sees(StatusCode::SEE_OTHER);
        hall.town.clock.advance_seconds(31 * 86_400);
        visitor
            .post(&format!("/applications/{code}/appeal"), &[("key", &key), ("text", "Late")])
            .await
            .sees(StatusCode::CONFLICT)
            .says("The time for an appeal has passed");
        hall.town.settle().await;
        assert_eq!(hall.town.column("select state from applications").await, ["closed"]);
        hall.town.clock.advance_seconds(1_100 * 86_400);
        let before = hall.town.town.now().plus_days(-1_095);
        let erased = hall.town.town.db().write(move |tx| {
            let rule = services::room().retention.iter().find(|rule| rule.name == "services.applications").unwrap();
            let count = (rule.run)(tx, before, 100)?;
            tx.commit(database::OffRecord("a test"), count)
        });
        assert_eq!(erased.await.map_err(|error: database::DbError| error).unwrap(), 1);
        visitor.get(&format!("/applications/{code}?key={key}")).await.never_says("Amina");
        assert_eq!(
            hall.town.column("select answers || reasons || coalesce(email, '') from applications").await,
            ["{}"]
        );
        assert!(hall.town.column("select body from application_steps").await.is_empty());
        assert!(hall.town.column("select body from application_letters").await.is_empty());
        assert!(hall.town.column("select salt from record_salts").await.is_empty());
    }
}

#[tokio::test]
async fn an_applicant_takes_it_back() {
    for hall in halls().await {
        let olga = hall.parking(&[]).await;
        let visitor = hall.town.browser();
        let (code, key) = hall.applies(&visitor).await;
        visitor.post(&format!("/applications/{code}/withdraw"), &[("key", &key)]).await.sees(StatusCode::SEE_OTHER);
        visitor.get(&format!("/applications/{code}?key={key}")).await.says("Withdrawn");
        hall.acts(&olga, &code, "decide", &[("outcome", "granted"), REASONS]).await.sees(StatusCode::CONFLICT);
        visitor.post(&format!("/applications/{code}/fly"), &[("key", &key)]).await.sees(StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_certificate_is_for_what_was_granted_and_names_nobody() {
    for hall in halls().await {
        let olga = hall.parking(&[]).await;
        let visitor = hall.town.browser();
        let (granted, key) = hall.applies(&visitor).await;
        let paper = |code: &str, key: &str| format!("/applications/{code}/certificate.pdf?key={key}");
        visitor.get(&paper(&granted, &key)).await.sees(StatusCode::NOT_FOUND);
        hall.acts(&olga, &granted, "decide", &[("outcome", "granted"), REASONS]).await.sees(StatusCode::SEE_OTHER);
        hall.town.settle().await;
        visitor.get(&format!("/applications/{granted}?key={key}")).await.says("Certificate as PDF");
        let pdf = visitor.get(&paper(&granted, &key)).await.sees(StatusCode::OK);
        assert!(pdf.bytes.starts_with(b"%PDF"));
        visitor.get(&paper(&granted, "")).await.sees(StatusCode::NOT_FOUND);
        let (refused, key) = hall.applies(&visitor).await;
        hall.acts(&olga, &refused, "decide", &[("outcome", "refused"), REASONS]).await.sees(StatusCode::SEE_OTHER);
        visitor.get(&paper(&refused, &key)).await.sees(StatusCode::NOT_FOUND);
        // What its code opens.
        hall.town.browser().get(&format!("/applications/{granted}")).await.says("Granted").never_says("Amina");
    }
}
