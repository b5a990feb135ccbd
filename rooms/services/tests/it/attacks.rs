use crate::town::{REASONS, halls};
use axum::http::{Method, Request, StatusCode, header};
use civic::Role;

#[tokio::test]
async fn nobody_reads_anothers_draft_or_application() {
    for hall in halls().await {
        hall.parking(&[]).await;
        let amina = hall.town.signed_in("amina@example.org").await;
        let (code, key) = hall.applies(&amina).await;
        let draft = hall.begins(&amina).await;
        let other = hall.town.agency("schools", "School office").await;
        let foreign = hall.town.holder("eva@example.org", Role::Officer, Some(&other)).await;
        let ines = hall.town.signed_in("ines@example.org").await;
        let administrator = hall.town.administrator().await;
        let auditor = hall.town.holder("aud@example.org", Role::Auditor, None).await;
        let wrong = format!("{}0", &key[..key.len() - 1]);
        let wrong = if wrong == key { format!("{}1", &key[..key.len() - 1]) } else { wrong };
        for who in [&hall.town.browser(), &ines, &foreign, &administrator, &auditor] {
            for query in ["", "?key=", "?key=x", &format!("?key={wrong}")] {
                who.get(&format!("/applications/{code}{query}")).await.sees(StatusCode::NOT_FOUND);
                who.get(&format!("/applications/{code}/receipt{query}")).await.sees(StatusCode::NOT_FOUND);
                who.get(&format!("/applications/{code}/receipt.pdf{query}")).await.sees(StatusCode::NOT_FOUND);
            }
            for act in ["withdraw", "answer", "appeal"] {
                who.post(&format!("/applications/{code}/{act}"), &[("text", "x"), ("key", &wrong)])
                    .await
                    .sees(StatusCode::NOT_FOUND);
            }
        }
        for path in [format!("/desk/services/{code}"), format!("/desk/services/{code}/photo/x")] {
            foreign.get(&path).await.sees(StatusCode::NOT_FOUND);
            administrator.get(&path).await.sees(StatusCode::FORBIDDEN);
            ines.get(&path).await.sees(StatusCode::FORBIDDEN);
        }
        for act in ["take", "decide", "look", "note", "confirm"] {
            let fields = [("version", "1"), ("outcome", "granted"), ("why", "working"), REASONS];
            foreign.post(&format!("/desk/services/{code}/{act}"), &fields).await.sees(StatusCode::NOT_FOUND);
        }
        foreign.get("/desk/services").await.sees(StatusCode::OK).never_says(&code);
        // A draft has no address but its secret.
        for guess in ["/apply/1/page_full_name".to_owned(), format!("{}0/page_full_name", &draft[..draft.len() - 1])] {
            if guess != format!("{draft}/page_full_name") {
                ines.get(&guess).await.sees(StatusCode::NOT_FOUND);
                ines.post(&guess, &[("q1", "x")]).await.sees(StatusCode::NOT_FOUND);
            }
        }
    }
}

#[tokio::test]
async fn a_link_that_is_used_again_files_nothing_again() {
    for hall in halls().await {
        hall.parking(&[]).await;
        let visitor = hall.town.browser();
        let draft = hall.begins(&visitor).await;
        hall.answers(&visitor, &draft).await;
        let check = format!("{draft}/check");
        let many = (0..16).map(|_| visitor.post(&check, &[]));
        let seen = futures_util::future::join_all(many).await;
        let filed = seen.iter().filter(|seen| seen.status == StatusCode::SEE_OTHER).count();
        assert_eq!(filed, 1);
        assert!(seen.iter().all(|seen| matches!(seen.status, StatusCode::SEE_OTHER | StatusCode::NOT_FOUND)));
        assert_eq!(hall.town.column("select code from applications").await.len(), 1);
        visitor.post(&format!("{draft}/page_full_name"), &[("q1", "x")]).await.sees(StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn ten_thousand_fields_and_other_bombs_are_refused_in_a_sentence() {
    for hall in halls().await {
        let olga = hall.parking(&[]).await;
        let visitor = hall.town.browser();
        let draft = hall.begins(&visitor).await;
        let body: String = (0..10_000).map(|number| format!("q{number}=x&")).collect();
        for path in [
            format!("{draft}/page_full_name"),
            format!("{draft}/page_full_name/keep"),
            "/services/parking/apply".to_owned(),
        ] {
            let request = Request::builder().method(Method::POST).uri(&path).header("sec-fetch-site", "same-origin");
            let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
            let seen = visitor.send(request, body.clone().into_bytes()).await;
            assert!(seen.status.is_client_error(), "{path}: {}", seen.status);
        }
        let long = "x".repeat(5_000);
        visitor
            .post(&format!("{draft}/page_full_name"), &[("q1", &long)])
            .await
            .sees(StatusCode::UNPROCESSABLE_ENTITY)
            .says("too long");
        for (page, value) in [
            ("page_rent", "1e999"),
            ("page_rent", "-5"),
            ("page_email", "a@"),
            ("page_own_car", "maybe"),
            ("page_sign", "123"),
            ("page_rent", "NaN"),
        ] {
            visitor.post(&format!("{draft}/{page}"), &[("q1", value)]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        }
        assert!(visitor.post(&format!("{draft}/page_full_name"), &[("q1", "\0")]).await.status.is_client_error());
        visitor.get(&format!("{draft}/nothing")).await.sees(StatusCode::NOT_FOUND);
        // A form of more questions than the limit.
        let version = hall.stamp(&olga, "parking").await;
        let field = |number: usize| {
            format!(
                "\"f{number}\":{{\"type\":\"string\",\"x-polity\":{{\"kind\":\"text\",\"label\":{{\"en\":\"x\"}}}}}}"
            )
        };
        let properties = (0..2_000).map(field).collect::<Vec<_>>().join(",");
        let pages = (0..100).map(|page| {
            let names = (0..20).map(|at| format!("\"f{}\"", page * 20 + at)).collect::<Vec<_>>().join(",");
            format!("{{\"id\":\"p{page}\",\"title\":{{\"en\":\"x\"}},\"fields\":[{names}]}}")
        });
        let pages = pages.collect::<Vec<_>>().join(",");
        let schema =
            format!("{{\"properties\":{{{properties}}},\"required\":[],\"x-polity\":{{\"pages\":[{pages}]}}}}");
        let sent = [("version", version.as_str()), ("act", "schema"), ("schema", schema.as_str())];
        let seen = olga.post("/admin/services/parking/form", &sent).await;
        assert!(seen.status.is_client_error(), "{}", seen.status);
    }
}

#[tokio::test]
async fn words_of_people_are_never_markup() {
    for hall in halls().await {
        let olga = hall.parking(&[]).await;
        let evil = "<script>alert(1)</script>";
        let visitor = hall.town.browser();
        let draft = hall.begins(&visitor).await;
        hall.answers(&visitor, &draft).await;
        visitor.post(&format!("{draft}/page_full_name"), &[("q1", evil)]).await.sees(StatusCode::SEE_OTHER);
        visitor.get(&format!("{draft}/check")).await.never_says(evil);
        let sent = visitor.post(&format!("{draft}/check"), &[]).await.location().to_owned();
        let code = sent.strip_prefix("/applications/").unwrap().split('/').next().unwrap().to_owned();
        hall.opens(&olga, &code).await.never_says(evil);
        hall.acts(&olga, &code, "ask", &[("text", evil)]).await.sees(StatusCode::SEE_OTHER);
        visitor.get(&sent.replace("/receipt", "")).await.never_says(evil);
        let fields = [("title-en", evil), ("who-en", evil), ("law-url", "javascript:alert(1)")];
        let version = hall.stamp(&olga, "parking").await;
        let mut all = vec![("version", version.as_str()), ("answer-days", "5"), ("appeal-days", "5")];
        all.extend_from_slice(&fields);
        olga.post("/admin/services/parking", &all)
            .await
            .sees(StatusCode::UNPROCESSABLE_ENTITY)
            .says("begins with https://")
            .never_says(evil);
    }
}

#[tokio::test]
async fn a_form_from_elsewhere_is_refused() {
    for hall in halls().await {
        let olga = hall.parking(&[]).await;
        let (code, _) = hall.applies(&hall.town.browser()).await;
        let request = Request::builder()
            .method(Method::POST)
            .uri(format!("/desk/services/{code}/take"))
            .header("sec-fetch-site", "cross-site")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let seen = olga.send(request, b"version=1".to_vec()).await;
        assert_eq!(seen.status, StatusCode::FORBIDDEN, "{}", seen.text);
    }
}

#[tokio::test]
async fn no_act_leads_past_the_question_why() {
    for hall in halls().await {
        hall.parking(&[]).await;
        let (code, key) = hall.applies(&hall.town.browser()).await;
        let peter = hall.officer("peter").await;
        let desk = format!("/desk/services/{code}");
        for act in ["note", "decide", "ask", "letter", "confirm", "send-back", "decide-appeal"] {
            let fields = [("version", "1"), ("outcome", "granted"), ("text", "")];
            let seen = peter.post(&format!("{desk}/{act}"), &fields).await.sees(StatusCode::SEE_OTHER);
            assert_eq!(seen.location(), desk, "{act}");
        }
        let stale = peter.post(&format!("{desk}/take"), &[("version", "99")]).await;
        stale.sees(StatusCode::CONFLICT).says("Why do you open this application?").never_says("Amina");
        peter.get(&format!("{desk}/photo/x")).await.sees(StatusCode::SEE_OTHER);
        let visitor = hall.town.browser();
        visitor.get(&format!("/applications/{code}?key={key}")).await.says("Nobody has opened it yet");
        peter.post(&format!("{desk}/take"), &[("version", "1")]).await.sees(StatusCode::SEE_OTHER);
        visitor.get(&format!("/applications/{code}?key={key}")).await.says("works on it");
    }
}
