//! Letters that an office keeps and chooses.

use crate::town::{Hall, halls, hidden};
use axum::http::StatusCode;
use civic::Role;
use serde_json::json;
use testing::Browser;

const HERE: &str = "/admin/services/letter-templates";
const LETTERS: &str = "/desk/services/letters";

/// Keeps one for parking in English and Spanish; its id.
async fn kept(hall: &Hall, olga: &Browser) -> String {
    let fields = [
        ("organisation", "streets"),
        ("service", "parking"),
        ("name", "Weekend"),
        ("text-en", "Dear {full_name}, we are closed on Friday. Rent {rent}."),
        ("text-es", "Estimada {full_name}, cerramos el viernes."),
    ];
    olga.post(HERE, &fields).await.sees(StatusCode::SEE_OTHER);
    let seen = olga.get(&format!("{HERE}.json")).await.sees(StatusCode::OK).json();
    assert_eq!(hall.town.column("select name from service_letter_templates").await.len(), 1);
    seen["templates"][0]["id"].as_str().unwrap().to_owned()
}

async fn bodies(hall: &Hall, words: &str) -> Vec<String> {
    let mails = hall.town.mails().await.into_iter().map(|mail| mail.mail.body_text);
    mails.filter(|body| body.contains(words)).collect()
}

#[tokio::test]
async fn a_letter_is_kept_changed_and_retired_and_what_is_stale_is_refused() {
    for hall in halls().await {
        let olga = hall.parking(&[]).await;
        olga.get(HERE).await.sees(StatusCode::OK).says("No letter is kept yet");
        let id = kept(&hall, &olga).await;
        let here = format!("{HERE}/{id}");
        let page = olga.get(&here).await.sees(StatusCode::OK).says("we are closed on Friday").text;
        let version = hidden(&page, "version");
        let new = [("service", ""), ("name", "Shut"), ("text-en", "Closed: {reference}"), ("version", &version)];
        olga.post(&here, &new).await.sees(StatusCode::SEE_OTHER);
        // What is kept stands beside what was typed; nobody writes over what they have not read.
        let mine = [("service", "parking"), ("name", "Mine"), ("text-en", "Away: {reference}"), ("version", &version)];
        let stale = olga.post(&here, &mine).await.sees(StatusCode::CONFLICT);
        let stale = stale.says("Somebody else changed this letter").says("As it is kept now").says("<bdi>Shut</bdi>");
        let stale = stale.says("Closed: {reference}</p>").says("Away: {reference}</textarea>").says("value=\"Mine\"");
        assert_eq!(hidden(&stale.text, "version"), "2");
        // Where something else is wrong, it is still the letter that was seen.
        let wrong = [("service", ""), ("name", ""), ("text-en", "Away"), ("version", "2")];
        let wrong = olga.post(&here, &wrong).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(hidden(&wrong.never_says("As it is kept now").text, "version"), "2");
        let stale = olga.post(&format!("{here}/retire"), &[("version", &version)]).await.sees(StatusCode::CONFLICT);
        stale.says("Closed: {reference}</textarea>").says("value=\"Shut\"").never_says("As it is kept now");
        let seen = olga.get(&format!("{HERE}.json")).await.json();
        assert_eq!(seen["templates"][0]["texts"], json!({"en": "Closed: {reference}"}));
        assert_eq!((&seen["templates"][0]["version"], &seen["templates"][0]["service"]), (&json!(2), &json!(null)));
        let version = hidden(&olga.get(&here).await.text, "version");
        olga.post(&format!("{here}/retire"), &[("version", &version)]).await.sees(StatusCode::SEE_OTHER);
        for path in [here.clone(), format!("{here}/retire")] {
            olga.post(&path, &[("version", "3"), ("name", "x"), ("text-en", "x")]).await.sees(StatusCode::NOT_FOUND);
        }
        olga.get(&here).await.sees(StatusCode::NOT_FOUND);
        // Its name is free again, and in time it is gone.
        kept_again(&hall, &olga).await;
        assert_eq!(hall.town.column("select name from service_letter_templates").await.len(), 2);
        let rule = services::room();
        let rule = rule.retention.iter().find(|rule| rule.name == "services.letter-templates").unwrap();
        let (run, now) = (rule.run, hall.town.town.now());
        let forgotten = hall.town.town.db().write(move |tx| {
            let gone = [run(tx, now.plus_days(-1), 100)?, run(tx, now.plus_days(1), 100)?];
            tx.commit(database::OffRecord("a test"), gone)
        });
        let forgotten = forgotten.await.map_err(|error: database::DbError| error).unwrap();
        assert_eq!(forgotten, [0, 1]);
        assert_eq!(hall.town.column("select name from service_letter_templates").await, ["Shut"]);
    }
}

async fn kept_again(hall: &Hall, olga: &Browser) {
    let fields = [("organisation", "streets"), ("name", "Shut"), ("text-en", "Closed")];
    olga.post(HERE, &fields).await.sees(StatusCode::SEE_OTHER);
    let taken = olga.post(HERE, &fields).await.sees(StatusCode::CONFLICT);
    taken.says("keeps a letter of this name already");
    let _ = hall;
}

#[tokio::test]
async fn unknown_fields_are_said_when_it_is_kept_for_the_services_it_is_for() {
    for hall in halls().await {
        let olga = hall.parking(&[]).await;
        let made = [("code", "bench"), ("organisation", "streets"), ("title-en", "A bench")];
        olga.post("/admin/services", &made).await.sees(StatusCode::SEE_OTHER);
        let of = |service, text| [("organisation", "streets"), ("service", service), ("name", "N"), ("text-en", text)];
        let wrong = olga.post(HERE, &of("parking", "Dear {surname}, {full_name} {reference} {X}")).await;
        let wrong = wrong.sees(StatusCode::UNPROCESSABLE_ENTITY).says("a question named surname");
        wrong.never_says("named full_name").never_says("named reference").says("href=\"#text-en\"");
        olga.post(HERE, &of("bench", "Dear {full_name}")).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        // No text that could be filled in: a signature.
        olga.post(HERE, &of("parking", "{sign}")).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        olga.post(HERE, &of("", "Dear {full_name}")).await.sees(StatusCode::SEE_OTHER);
        olga.get(HERE).await.says("No question full_name in: A bench");
        let seen = olga.get(&format!("{HERE}.json")).await.json();
        assert_eq!(seen["templates"][0]["lacks"], json!([{"name": "full_name", "services": ["bench"]}]));
        for (name, text, service) in [("", "x", ""), ("n", "", ""), ("n", "x", "nothing"), (&"n".repeat(101), "x", "")]
        {
            let fields = [("organisation", "streets"), ("service", service), ("name", name), ("text-en", text)];
            olga.post(HERE, &fields).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        }
        let long = "x".repeat(4_001);
        olga.post(HERE, &of("", &long)).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(hall.town.column("select name from service_letter_templates").await, ["N"]);
    }
}

#[tokio::test]
async fn a_mandate_reaches_the_letters_of_its_own_agency() {
    for hall in halls().await {
        let olga = hall.parking(&[]).await;
        let id = kept(&hall, &olga).await;
        let (code, _) = hall.applies(&hall.town.browser()).await;
        let bins = hall.town.agency("bins", "Bins").await;
        let ben = hall.town.holder("ben@example.org", Role::Officer, Some(&bins)).await;
        let fields = [("organisation", "streets"), ("name", "Theirs"), ("text-en", "x"), ("version", "1")];
        ben.post(HERE, &fields).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("may write services");
        let theirs = [("organisation", "bins"), ("service", "parking"), ("name", "Theirs"), ("text-en", "x")];
        ben.post(HERE, &theirs).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("a service of this agency");
        for path in [format!("{HERE}/{id}"), format!("{HERE}/{id}/retire")] {
            ben.post(&path, &fields).await.sees(StatusCode::NOT_FOUND);
            hall.town.browser().post(&path, &fields).await.never_says("closed on Friday");
        }
        ben.get(&format!("{HERE}/{id}")).await.sees(StatusCode::NOT_FOUND);
        ben.get(HERE).await.sees(StatusCode::OK).never_says("Weekend");
        hall.town.browser().get(HERE).await.never_says("Weekend");
        let theirs = [("organisation", "bins"), ("name", "Of the bins"), ("text-en", "Bins on Friday")];
        ben.post(HERE, &theirs).await.sees(StatusCode::SEE_OTHER);
        let other = hall.town.column("select id from service_letter_templates where name = 'Of the bins'").await;
        // Not offered, and not to be had by naming it.
        hall.opens(&olga, &code).await.says("Begin with a kept letter").never_says("Of the bins");
        let page = olga.get(&format!("/desk/services/{code}?template={}", other[0])).await;
        page.sees(StatusCode::UNPROCESSABLE_ENTITY).says("no such kept letter").never_says("Bins on Friday");
        let used = olga.post(LETTERS, &[("pick", &code), ("template", &other[0]), ("stage", "use")]).await;
        used.sees(StatusCode::UNPROCESSABLE_ENTITY).says("no such kept letter").never_says("Bins on Friday");
        let token = hall.town.token(Role::Officer).await;
        let body = json!({"pick": [code], "template": "01900000", "batch": "b", "why": "working"});
        let seen = hall.town.program(&token).post_json(&format!("{LETTERS}.json"), &body).await.json();
        assert!(seen["refused"][0]["reason"].as_str().unwrap().contains("no such kept letter"), "{seen}");
    }
}

#[tokio::test]
async fn a_letter_for_another_service_is_not_sent_and_an_agency_keeps_a_hundred() {
    for hall in halls().await {
        let olga = hall.parking(&[]).await;
        let made = [("code", "bench"), ("organisation", "streets"), ("title-en", "A bench")];
        olga.post("/admin/services", &made).await.sees(StatusCode::SEE_OTHER);
        let new = [("organisation", "streets"), ("service", "bench"), ("name", "Of benches"), ("text-en", "A bench")];
        olga.post(HERE, &new).await.sees(StatusCode::SEE_OTHER);
        let id = hall.town.column("select id from service_letter_templates").await.remove(0);
        let (code, _) = hall.applies(&hall.town.browser()).await;
        hall.opens(&olga, &code).await.never_says("Of benches");
        let program = hall.town.program(&hall.town.token(Role::Officer).await);
        let body = json!({"pick": [code], "template": id, "batch": "b", "why": "working"});
        let seen = program.post_json(&format!("{LETTERS}.json"), &body).await.sees(StatusCode::OK).json();
        assert!(seen["refused"][0]["reason"].as_str().unwrap().contains("is for another service"), "{seen}");
        assert!(bodies(&hall, "A bench").await.is_empty());
        let many = "insert into service_letter_templates (id, organisation_id, service, name, texts, version, changed_at) \
                    with recursive n(i) as (select cast(1 as bigint) union all select i + 1 from n where i < 99) \
                    select 'copy-' || i, organisation_id, service, 'copy ' || i, texts, version, changed_at \
                    from service_letter_templates, n where name = 'Of benches'";
        hall.runs(many.to_owned()).await;
        let new = [("organisation", "streets"), ("name", "One more"), ("text-en", "x")];
        olga.post(HERE, &new).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("can keep 100 letters");
        // Renaming one takes no name of another.
        let taken = [("name", "copy 7"), ("text-en", "x"), ("version", "1")];
        let taken = olga.post(&format!("{HERE}/{id}"), &taken).await.sees(StatusCode::CONFLICT);
        taken.says("keeps a letter of this name already");
    }
}

#[tokio::test]
async fn a_letter_for_one_service_is_not_offered_beside_others() {
    for hall in halls().await {
        let olga = hall.parking(&[]).await;
        let id = kept(&hall, &olga).await;
        let made = [("code", "bench"), ("organisation", "streets"), ("title-en", "A bench")];
        olga.post("/admin/services", &made).await.sees(StatusCode::SEE_OTHER);
        let (one, _) = hall.applies(&hall.town.browser()).await;
        let (two, _) = hall.applies(&hall.town.browser()).await;
        let version = "insert into service_versions (code, number, at, actor, definition) \
                       select 'bench', number, at, actor, definition from service_versions where code = 'parking'";
        hall.runs(version.to_owned()).await;
        hall.runs(format!("update applications set service = 'bench' where code = '{two}'")).await;
        let both = [("pick", one.as_str()), ("pick", &two)];
        olga.post(LETTERS, &both).await.sees(StatusCode::OK).never_says("Begin with a kept letter");
        let use_it = [("template", id.as_str()), ("stage", "use")];
        let used = olga.post(LETTERS, &[&both[..], &use_it[..]].concat()).await;
        let used = used.sees(StatusCode::UNPROCESSABLE_ENTITY).says("is for another service");
        used.never_says("closed on Friday").never_says("href=\"#template\"");
        let used = olga.post(LETTERS, &[&both[..1], &use_it[..]].concat()).await;
        used.sees(StatusCode::OK).says("closed on Friday");
        // One for all services of the agency is for both.
        let new = [("organisation", "streets"), ("name", "For all"), ("text-en", "About {reference}")];
        olga.post(HERE, &new).await.sees(StatusCode::SEE_OTHER);
        olga.post(LETTERS, &both).await.sees(StatusCode::OK).says("For all").never_says("Weekend");
    }
}

#[tokio::test]
async fn it_is_chosen_for_several_and_each_reads_it_in_their_language() {
    for hall in halls().await {
        let olga = hall.parking(&[]).await;
        let id = kept(&hall, &olga).await;
        let (one, _) = hall.applies(&hall.town.browser()).await;
        let write = olga.post(LETTERS, &[("pick", &one)]).await.sees(StatusCode::OK);
        let write = write.says("Begin with a kept letter").never_says("closed on Friday");
        let batch = hidden(&write.text, "batch");
        let used = [("pick", one.as_str()), ("batch", &batch), ("template", &id), ("why", "appeal"), ("stage", "use")];
        let used = olga.post(LETTERS, &used).await.sees(StatusCode::OK);
        let used =
            used.says("Dear {full_name}, we are closed on Friday. Rent {rent}.</textarea>").never_says("cerramos");
        assert_eq!(hidden(&used.text, "batch"), batch);
        // Somebody who applied in Spanish stands beside: two texts, and each gets their own.
        let (two, _) = hall.applies(&hall.town.browser().reading("es")).await;
        let both = [("pick", one.as_str()), ("pick", &two), ("batch", &batch), ("template", &id), ("stage", "use")];
        let used = olga.post(LETTERS, &both).await.sees(StatusCode::OK);
        used.says("closed on Friday").says("name=\"text-es\"").says("cerramos el viernes.</textarea>");
        let words = [
            ("pick", one.as_str()),
            ("pick", &two),
            ("batch", &batch),
            ("text", "Dear {full_name}, closed on Friday."),
            ("text-es", "Estimada {full_name}, cerramos el viernes."),
            ("why", "working"),
        ];
        let read = olga.post(LETTERS, &[&words[..], &[("stage", "read")]].concat()).await.sees(StatusCode::OK);
        read.says("Dear Amina, closed").says("Estimada Amina, cerramos").says("name=\"text-es\"");
        olga.post(LETTERS, &[&words[..], &[("stage", "send")]].concat()).await.sees(StatusCode::SEE_OTHER);
        assert_eq!((bodies(&hall, "closed on Friday").await.len(), bodies(&hall, "cerramos").await.len()), (1, 1));
        // A program names it, and each gets it in their language; once.
        let program = hall.town.program(&hall.town.token(Role::Officer).await);
        let body = json!({"pick": [one, two], "template": id, "batch": "by-name", "why": "working"});
        for key in ["sent", "before"] {
            let seen = program.post_json(&format!("{LETTERS}.json"), &body).await.sees(StatusCode::OK).json();
            assert_eq!(seen[key], json!([one, two]), "{seen}");
        }
        assert_eq!((bodies(&hall, "700.50.").await.len(), bodies(&hall, "cerramos").await.len()), (1, 2));
        // What it writes itself in a language goes before the kept letter; the others get that.
        let own = json!({"pick": [one, two], "template": id, "text-es": "Hola {full_name}.", "batch": "own", "why": "working"});
        program.post_json(&format!("{LETTERS}.json"), &own).await.sees(StatusCode::OK);
        assert_eq!((bodies(&hall, "700.50.").await.len(), bodies(&hall, "cerramos").await.len()), (2, 2));
        assert_eq!(bodies(&hall, "Hola Amina.").await.len(), 1);
    }
}

#[tokio::test]
async fn it_is_chosen_for_one_and_nothing_is_left_to_fill_in() {
    for hall in halls().await {
        let olga = hall.parking(&[]).await;
        let id = kept(&hall, &olga).await;
        let (code, _) = hall.applies(&hall.town.browser()).await;
        let here = format!("/desk/services/{code}");
        // Before somebody says why they open it, nothing of it is filled into a letter.
        olga.get(&format!("{here}?template={id}")).await.never_says("700.50");
        olga.post(&format!("{here}/letter"), &[("template", &id)]).await.never_says("700.50");
        assert!(bodies(&hall, "Friday").await.is_empty());
        hall.opens(&olga, &code).await.says("Use it");
        let begun = olga.get(&format!("{here}?template={id}")).await.sees(StatusCode::OK);
        begun.says("Dear Amina, we are closed on Friday. Rent").says("700.50");
        let left = olga.post(&format!("{here}/letter"), &[("letter", "Dear {full_name}, closed on Friday")]).await;
        let left = left.sees(StatusCode::UNPROCESSABLE_ENTITY).says("full_name still stands in braces");
        left.says("Dear {full_name}, closed on Friday</textarea>").says("href=\"#letter\"");
        assert!(bodies(&hall, "Friday").await.is_empty());
        olga.post(&format!("{here}/letter"), &[("letter", "Dear Amina, Friday")]).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(bodies(&hall, "Dear Amina, Friday").await.len(), 1);
        let program = hall.town.program(&hall.town.token(Role::Officer).await);
        program.post_json(&format!("{here}/look.json"), &json!({"why": "working"})).await;
        let sent = program.post_json(&format!("{here}/letter.json"), &json!({"template": id})).await;
        sent.sees(StatusCode::SEE_OTHER);
        let sent = bodies(&hall, "Dear Amina, we are closed on Friday. Rent").await;
        assert!(sent.len() == 1 && sent[0].contains("700.50"), "{sent:?}");
        // One that was not asked: the gap stays in the text, and is said.
        hall.question(
            &olga,
            "parking",
            &[("kind", "text"), ("label-en", "Plate"), ("name", "plate"), ("required", "no")],
        )
        .await
        .sees(StatusCode::SEE_OTHER);
        hall.publish(&olga, "parking").await.sees(StatusCode::SEE_OTHER);
        let new = [("organisation", "streets"), ("name", "Plates"), ("text-en", "Your plate {plate}")];
        olga.post(HERE, &new).await.sees(StatusCode::SEE_OTHER);
        let plates = hall.town.column("select id from service_letter_templates where name = 'Plates'").await;
        let begun = olga.get(&format!("{here}?template={}", plates[0])).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        begun.says("Your plate {plate}</textarea>").says("no question named plate");
    }
}
