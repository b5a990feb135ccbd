//! Data is asked for, supported and answered; a mistake is reported and put right; what was made of data is looked at and shown.

use crate::town::{Room, page_sends_json, rooms};
use axum::http::StatusCode;
use serde_json::{Value, json};
use testing::{Browser, Seen};

async fn asks(who: &Browser, title: &str) -> Seen {
    let body = json!({"title": title, "body": "To see where shade is missing.", "organisation": "parks"});
    page_sends_json(who, "/data/requests.json", &body).await
}

fn code(seen: &Seen) -> String {
    seen.json()["code"].as_str().unwrap().to_owned()
}

async fn one(room: &Room, kind: &str, code: &str) -> Value {
    room.town.browser().get(&format!("/data/{kind}/{code}.json")).await.sees(StatusCode::OK).json()
}

#[tokio::test]
async fn asked_supported_once_answered_by_the_asked_and_published() {
    for room in rooms().await {
        let amina = room.town.signed_in("amina@example.org").await;
        let visitor = room.town.browser();
        visitor.get("/data/requests/new").await.sees(StatusCode::SEE_OTHER);
        amina.get("/data/requests/new").await.sees(StatusCode::OK).says("Who has it").says("Parks and trees");
        let form = [("title", ""), ("body", "Words"), ("organisation", "parks")];
        amina
            .post("/data/requests", &form)
            .await
            .sees(StatusCode::UNPROCESSABLE_ENTITY)
            .says("Give it a title")
            .says("Words");
        let code = code(&asks(&amina, "Trees by street").await.sees(StatusCode::CREATED));
        assert!(code.starts_with("D-"), "{code}");
        // Twenty working days of eight hours from a Monday.
        let first = one(&room, "requests", &code).await;
        assert_eq!(
            [&first["state"], &first["organisation"]["code"], &first["late"]],
            [&json!("open"), &json!("parks"), &json!(false)]
        );
        let due = civic::Moment::parse(first["due_at"].as_str().unwrap()).unwrap();
        let days = due.seconds_since(room.town.town.now()) / 86_400;
        assert!((26..=29).contains(&days), "twenty working days are four weeks: {days}");

        let page = format!("/data/requests/{code}");
        for _ in 0..3 {
            amina.post(&format!("{page}/support"), &[]).await.sees(StatusCode::SEE_OTHER);
        }
        let jon = room.town.signed_in("jon@example.org").await;
        jon.post(&format!("{page}/support"), &[]).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(one(&room, "requests", &code).await["supports"], 2);
        jon.post(&format!("{page}/unsupport"), &[]).await.sees(StatusCode::SEE_OTHER);
        jon.post(&format!("{page}/unsupport"), &[]).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(one(&room, "requests", &code).await["supports"], 1);
        visitor
            .get(&page)
            .await
            .sees(StatusCode::OK)
            .says("Trees by street")
            .says("Sign in to support it")
            .never_says("Answer in public");

        let answer = format!("{page}/answer");
        let said = |state| [("state", state), ("body", "It is in the new table."), ("dataset", "trees")];
        amina.post(&answer, &said("answered")).await.sees(StatusCode::FORBIDDEN);
        room.roads.post(&answer, &said("answered")).await.sees(StatusCode::NOT_FOUND);
        let seen = room.parks.post(&answer, &said("published")).await;
        seen.sees(StatusCode::UNPROCESSABLE_ENTITY).says("Name a dataset that is published here");
        room.parks.post(&answer, &[("state", "fixed"), ("body", "x")]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        room.parks
            .post(&answer, &[("state", "answered"), ("body", "We count them in spring.")])
            .await
            .sees(StatusCode::SEE_OTHER);
        room.trees().await;
        room.parks.post(&answer, &said("published")).await.sees(StatusCode::SEE_OTHER);
        let stale = [("state", "refused"), ("body", "No."), ("version", "1")];
        room.parks.post(&answer, &stale).await.sees(StatusCode::CONFLICT);
        let last = one(&room, "requests", &code).await;
        assert_eq!(
            [&last["state"], &last["datasets"], &last["due_at"]],
            [&json!("published"), &json!(["trees"]), &Value::Null]
        );
        assert_eq!(last["answers"].as_array().unwrap().len(), 2);
        visitor.get(&page).await.sees(StatusCode::OK).says("We count them in spring.").says("/data/trees\"");
        jon.post(&format!("{page}/support"), &[]).await.sees(StatusCode::CONFLICT);

        room.town.settle().await;
        let record = room.town.record().await.join("\n");
        assert!(record.contains("data-request.made") && record.contains("data-request.answered"), "{record}");
        assert!(!record.contains("Trees by street") && !record.contains("in spring"), "no words: {record}");
    }
}

#[tokio::test]
async fn lists_in_every_form_in_pages_and_by_support() {
    for room in rooms().await {
        let amina = room.town.signed_in("amina@example.org").await;
        let mut codes = Vec::new();
        for number in 1..=3 {
            room.town.clock.advance_seconds(60);
            codes.push(code(&asks(&amina, &format!("Wish {number}")).await.sees(StatusCode::CREATED)));
        }
        amina.post(&format!("/data/requests/{}/support", codes[1]), &[]).await.sees(StatusCode::SEE_OTHER);
        let visitor = room.town.browser();
        let titles = |seen: Seen| -> Vec<String> {
            let notes = seen.sees(StatusCode::OK).json()["notes"].as_array().unwrap().clone();
            notes.iter().map(|note| note["title"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(titles(visitor.get("/data/requests.json").await), ["Wish 3", "Wish 2", "Wish 1"]);
        let first = visitor.get("/data/requests.json?sort=supported&limit=2").await;
        let next = first.json()["next"].as_str().unwrap().to_owned();
        let mut all = titles(first);
        assert_eq!(all[0], "Wish 2", "the most supported first");
        all.extend(titles(visitor.get(&format!("/data/requests.json?sort=supported&after={next}")).await));
        all.sort();
        assert_eq!(all, ["Wish 1", "Wish 2", "Wish 3"], "each once");
        assert!(titles(visitor.get("/data/requests.json?state=refused").await).is_empty());
        visitor.get("/data/requests?state=fixed").await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        visitor
            .get("/data/requests.csv")
            .await
            .sees(StatusCode::OK)
            .says("code,title,organisation,state")
            .says("Wish 1,parks,open");
        visitor
            .get("/data/requests.rss")
            .await
            .sees(StatusCode::OK)
            .says("<title>Wish 1 (Waits for an answer)</title>");
        for language in ["es", "ar"] {
            for page in ["/data/requests", "/data/showcase", "/data/issues", &format!("/data/requests/{}", codes[0])] {
                room.town.browser().reading(language).get(page).await.sees(StatusCode::OK).never_says("⟦");
            }
        }
        visitor.get("/data/requests").await.sees(StatusCode::OK).says("Wish 2").never_says("Answer is late");
        room.town.clock.advance_seconds(60 * 86_400);
        visitor.get("/data/requests").await.sees(StatusCode::OK).says("Answer is late");
        room.town.settle().await;
        visitor.get("/search?q=wish").await.sees(StatusCode::OK).says("Wish 2");
    }
}

#[tokio::test]
async fn a_mistake_by_row_and_column_is_answered_and_put_right() {
    for room in rooms().await {
        room.trees().await;
        let amina = room.town.signed_in("amina@example.org").await;
        amina
            .get("/data/trees/trees/row/2")
            .await
            .sees(StatusCode::OK)
            .says("/data/trees/issues/new?table=trees&#38;row=2");
        amina.get("/data/trees/issues/new?row=2").await.sees(StatusCode::OK).says("value=\"2\"");
        let issue = |row, column, body| [("row", row), ("column", column), ("body", body)];
        for (row, column, body, sentence) in [
            ("9", "", "x", "The table has 3 rows"),
            ("0", "", "x", "The table has 3 rows"),
            ("1", "colour", "x", "The table has no such column"),
            ("1", "kind", " ", "Write what it is about"),
        ] {
            let seen = amina.post("/data/trees/issues", &issue(row, column, body)).await;
            seen.sees(StatusCode::UNPROCESSABLE_ENTITY).says(sentence);
        }
        let sent = amina.post("/data/trees/issues", &issue("2", "height", "The elm is 9 metres high.")).await;
        let page = sent.sees(StatusCode::SEE_OTHER).location().to_owned();
        let code = page.rsplit('/').next().unwrap();
        let visitor = room.town.browser();
        let view = one(&room, "issues", code).await;
        assert_eq!(
            [&view["table"], &view["row"], &view["column"], &view["state"]],
            [&json!("trees"), &json!(2), &json!("height"), &json!("open")]
        );
        visitor.get(&page).await.sees(StatusCode::OK).says("/data/trees/trees/row/2").says("The elm is 9 metres high.");
        visitor.get("/data/trees").await.sees(StatusCode::OK).says("One mistake waits for an answer");
        visitor.get("/data/trees/issues").await.sees(StatusCode::OK).says("The elm is 9");
        room.roads
            .post(&format!("{page}/answer"), &[("state", "fixed"), ("body", "x")])
            .await
            .sees(StatusCode::NOT_FOUND);
        room.parks
            .post(&format!("{page}/answer"), &[("state", "fixed"), ("body", "Measured again: 9.")])
            .await
            .sees(StatusCode::SEE_OTHER);
        assert_eq!(visitor.get("/data/trees.json").await.json()["issues_open"], 0);
        visitor.get(&page).await.says("Put right").says("Measured again: 9.");
        visitor.get("/data/nothing/issues").await.sees(StatusCode::NOT_FOUND);
        assert_eq!(
            visitor.get("/data/trees/issues.json?state=fixed").await.json()["notes"].as_array().unwrap().len(),
            1
        );
    }
}

#[tokio::test]
async fn what_was_made_is_shown_only_after_somebody_looked() {
    for room in rooms().await {
        room.trees().await;
        let amina = room.town.signed_in("amina@example.org").await;
        let form = |url, dataset| {
            [("title", "Shade map"), ("url", url), ("body", "Where it is cool at noon."), ("dataset", dataset)]
        };
        for (url, dataset) in
            [("javascript:alert(1)", "trees"), ("https://shade.example/", ""), ("https://shade.example/", "secrets")]
        {
            amina.post("/data/showcase", &form(url, dataset)).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        }
        let address = format!("{}/data/trees", testing::ADDRESS);
        let form = form("https://shade.example/", &address);
        amina.post("/data/showcase", &form).await.sees(StatusCode::SEE_OTHER);
        let code = room.town.column("select code from data_notes").await.remove(0);
        let (page, visitor) = (format!("/data/showcase/{code}"), room.town.browser());
        for (who, status) in [
            (&visitor, StatusCode::NOT_FOUND),
            (&room.roads, StatusCode::NOT_FOUND),
            (&amina, StatusCode::OK),
            (&room.parks, StatusCode::OK),
        ] {
            who.get(&page).await.sees(status);
        }
        visitor.get("/data/showcase").await.sees(StatusCode::OK).never_says("Shade map");
        visitor.get("/data/trees").await.sees(StatusCode::OK).never_says("Shade map");
        room.parks
            .post(&format!("{page}/answer"), &[("state", "shown"), ("body", "Thank you.")])
            .await
            .sees(StatusCode::SEE_OTHER);
        visitor.get("/data/showcase").await.sees(StatusCode::OK).says("Shade map");
        visitor.get("/data/trees").await.sees(StatusCode::OK).says("Shade map");
        assert_eq!(visitor.get("/data/trees.json").await.json()["reuses"][0]["made"], "https://shade.example/");
        visitor.get(&page).await.sees(StatusCode::OK).says("rel=\"nofollow noopener ugc\"");
        room.parks
            .post(&format!("{page}/answer"), &[("state", "refused"), ("body", "It is gone.")])
            .await
            .sees(StatusCode::SEE_OTHER);
        visitor.get(&page).await.sees(StatusCode::NOT_FOUND);
        visitor.get("/data/showcase.json").await.sees(StatusCode::OK).never_says("Shade map");
    }
}

#[tokio::test]
async fn words_are_escaped_hidden_by_moderators_and_erased_with_their_author() {
    for room in rooms().await {
        let amina = room.town.signed_in("amina@example.org").await;
        let code = code(&asks(&amina, "<script>alert(1)</script>").await.sees(StatusCode::CREATED));
        let (page, visitor) = (format!("/data/requests/{code}"), room.town.browser());
        visitor.get(&page).await.sees(StatusCode::OK).never_says("<script>alert").says("&#60;script&#62;alert(1)");
        visitor.get(&format!("/moderation/report/data-request/{code}")).await.sees(StatusCode::OK);
        let own = room.town.town.db().read({
            let email: people::EmailAddress = "amina@example.org".parse().unwrap();
            move |tx| Ok::<_, database::DbError>(people::accounts::by_email(tx, &email)?.unwrap().id)
        });
        let person = own.await.unwrap();
        let privacy = open_data::room().privacy.unwrap();
        amina.post(&format!("{page}/support"), &[]).await.sees(StatusCode::SEE_OTHER);
        let kept = room.town.town.db().read(move |tx| (privacy.export)(tx, person)).await.unwrap();
        assert_eq!([kept["notes"].as_array().unwrap().len(), kept["supports"].as_array().unwrap().len()], [1, 1]);
        let erased = room.town.town.db().write(move |tx| {
            (privacy.erase)(tx, person)?;
            tx.commit(database::OffRecord("a test"), ())
        });
        erased.await.map_err(|error: database::DbError| error).unwrap();
        let view = one(&room, "requests", &code).await;
        assert_eq!([&view["title"], &view["text"], &view["supports"]], [&json!(code), &json!(""), &json!(1)]);
        assert!(room.town.column("select person_id from data_note_supports").await.is_empty());
        visitor.get(&page).await.sees(StatusCode::OK).never_says("script&");
    }
}

#[tokio::test]
async fn nobody_writes_without_end() {
    for room in rooms().await {
        let amina = room.town.signed_in("amina@example.org").await;
        for number in 0..10 {
            asks(&amina, &format!("Wish {number}")).await.sees(StatusCode::CREATED);
        }
        asks(&amina, "One more").await.sees(StatusCode::TOO_MANY_REQUESTS);
        room.town.clock.advance_seconds(86_401);
        let again = room.town.signed_in("amina@example.org").await;
        asks(&again, "One more").await.sees(StatusCode::CREATED);
    }
}

#[tokio::test]
async fn uses_are_counted_by_day_and_way_and_by_nothing_else() {
    for room in rooms().await {
        room.trees().await;
        let visitor = room.town.browser();
        for path in ["/data/trees/trees/file/csv", "/data/trees/trees/file/original", "/data/trees/trees.csv"] {
            visitor.get(path).await.sees(StatusCode::OK);
        }
        visitor.get("/data/trees/trees").await.sees(StatusCode::OK);
        visitor.get("/data/trees/trees.json").await.sees(StatusCode::OK);
        visitor.get("/api/3/action/datastore_search?resource_id=trees").await;
        let id = visitor.get("/data/trees.json").await.json()["resources"][0]["id"].as_str().unwrap().to_owned();
        visitor.get(&format!("/api/3/action/datastore_search?resource_id={id}")).await.sees(StatusCode::OK);
        visitor.get("/resource/trees.json").await;
        room.town.settle().await;
        let used = visitor.get("/data/trees.json").await.json()["usage"].clone();
        let day = &room.town.town.now().rfc3339()[..10];
        assert_eq!(used[0]["day"], day);
        assert_eq!(used[0]["downloads"], 3);
        assert!((3..=4).contains(&used[0]["api"].as_i64().unwrap()), "{used}");
        room.town.clock.advance_seconds(86_400);
        visitor.get("/data/trees/trees.csv").await.sees(StatusCode::OK);
        room.town.settle().await;
        assert_eq!(visitor.get("/data/trees.json").await.json()["usage"].as_array().unwrap().len(), 2);
        visitor.get("/data/trees").await.sees(StatusCode::OK).says("downloads 4");
    }
}

#[tokio::test]
async fn a_request_is_passed_on_to_who_has_the_data_and_whoever_asked_is_told() {
    for room in rooms().await {
        let amina = room.town.signed_in("amina@example.org").await;
        let code = code(&asks(&amina, "Width of the streets").await.sees(StatusCode::CREATED));
        let before = one(&room, "requests", &code).await;
        room.town.clock.advance_seconds(3 * 86_400);
        let room = Room {
            parks: room.town.signed_in("parks@example.org").await,
            roads: room.town.signed_in("roads@example.org").await,
            ..room
        };
        let page = format!("/data/requests/{code}");
        room.parks.get(&page).await.sees(StatusCode::OK).says("Pass it on to another agency").says("Roads");
        room.roads.get(&page).await.never_says("Pass it on");
        let pass = format!("{page}/pass");
        let to = |agency| [("organisation", agency), ("why", "They measure them.")];
        room.roads.post(&pass, &to("parks")).await.sees(StatusCode::NOT_FOUND);
        for (agency, says) in
            [("parks", "had it before"), ("nobody", "Choose an organisation"), ("", "Choose an organisation")]
        {
            room.parks.post(&pass, &to(agency)).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says(says);
        }
        let silent = [("organisation", "roads"), ("why", " ")];
        room.parks
            .post(&pass, &silent)
            .await
            .sees(StatusCode::UNPROCESSABLE_ENTITY)
            .says("Write what it is about")
            .says("<details open>")
            .says("<option value=\"roads\" selected>");
        room.parks.post(&pass, &to("parks")).await.says("<details open>").says("They measure them.</textarea>");
        room.parks.get(&page).await.never_says("<details open>");
        let stale = [("organisation", "roads"), ("why", "x"), ("version", "7")];
        room.parks.post(&pass, &stale).await.sees(StatusCode::CONFLICT);
        room.parks.post(&pass, &to("roads")).await.sees(StatusCode::SEE_OTHER);

        let after = one(&room, "requests", &code).await;
        assert_eq!((&after["organisation"]["code"], &after["state"]), (&json!("roads"), &json!("open")));
        assert!(after["due_at"].as_str().unwrap() > before["due_at"].as_str().unwrap(), "the time begins anew");
        assert_eq!(after["passed_on"][0]["from"], "parks");
        assert_eq!(after["passed_on"][0]["text"], "They measure them.");
        let visitor = room.town.browser();
        visitor.get(&page).await.sees(StatusCode::OK).says("Passed on to Roads").says("They measure them.");
        let mail = room.town.mails().await.remove(0).mail;
        assert_eq!(mail.to.as_str(), "amina@example.org");
        assert!(mail.body_text.contains("Roads") && mail.body_text.contains(&page), "{}", mail.body_text);

        let answer = [("state", "answered"), ("body", "In spring.")];
        room.parks.post(&format!("{page}/answer"), &answer).await.sees(StatusCode::NOT_FOUND);
        room.roads.post(&pass, &to("parks")).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("had it before");
        room.roads.post(&format!("{page}/answer"), &answer).await.sees(StatusCode::SEE_OTHER);
        room.roads
            .post(&format!("{page}/answer"), &[("state", "refused"), ("body", "No.")])
            .await
            .sees(StatusCode::SEE_OTHER);
        room.roads.post(&pass, &to("parks")).await.sees(StatusCode::CONFLICT);
        room.town.settle().await;
        let record = room.town.record().await.join("\n");
        assert!(record.contains("data-request.passed-on") && !record.contains("They measure them"), "{record}");
        for language in ["es", "ar"] {
            room.town.browser().reading(language).get(&page).await.sees(StatusCode::OK).never_says("⟦");
        }
    }
}
