//! A conversation is made, published, led and ended.

use crate::town::{rooms, setting};
use axum::http::StatusCode;
use civic::Role;

#[tokio::test]
async fn a_conversation_from_draft_to_its_count() {
    for room in rooms().await {
        let code = room.draft(&[]).await;
        let page = format!("/conversations/{code}");
        // Nobody else knows of a draft.
        room.town.browser().get(&page).await.sees(StatusCode::NOT_FOUND);
        room.town.browser().get("/conversations").await.sees(StatusCode::OK).never_says("How should we move");
        room.lead.get(&page).await.sees(StatusCode::OK).says("How should we move about town?");
        room.advance(&code, "publish").await;
        room.town.browser().get("/conversations").await.sees(StatusCode::OK).says("How should we move about town?");
        room.town.browser().reading("es").get(&page).await.says("¿Cómo movernos por la ciudad?");
        let view = room.town.browser().get(&format!("{page}.json")).await.sees(StatusCode::OK).json();
        assert_eq!((view["phase"].as_str(), view["statements"].as_i64()), (Some("open"), Some(4)));
        let facts = [
            ("facts[en]", "Six of ten trips are shorter than five kilometres."),
            ("sources", "Survey | https://example.org/survey"),
        ];
        room.lead.post(&format!("/desk{page}/facts"), &facts).await.sees(StatusCode::SEE_OTHER);
        let facts = [("facts[en]", "Seven of ten trips are short."), ("sources", "Figures | /requests/figures")];
        room.lead.post(&format!("/desk{page}/facts"), &facts).await.sees(StatusCode::SEE_OTHER);
        room.town.browser().get(&page).await.says("Seven of ten").never_says("Six of ten");
        room.town.browser().get(&format!("{page}/facts")).await.says("Six of ten").says("Edition 2");
        let visitor = room.visitor(&code).await;
        assert_eq!(room.vote(&visitor, &code, "0", "agree").await, StatusCode::SEE_OTHER);
        room.advance(&code, "close").await;
        assert_eq!(room.vote(&visitor, &code, "1", "agree").await, StatusCode::CONFLICT);
        room.town.clock.advance_seconds(600);
        room.town.settle().await;
        let record = room.town.record().await.join("\n");
        assert!(record.contains("conversation.published") && record.contains("conversation.facts-set"), "{record}");
        // The count is in the record, with the hash of what everybody can download.
        let votes = room.town.browser().get(&format!("{page}/export/votes.csv")).await.sees(StatusCode::OK);
        let digest = sha256(&votes.bytes);
        assert!(record.contains("conversation.counted") && record.contains(&digest), "{digest} in {record}");
        assert!(
            !record.contains("move about town") && !record.contains("midnight") && !record.contains("trips"),
            "{record}"
        );
        room.town.browser().get(&format!("{page}/log")).await.sees(StatusCode::OK).says("Published").says("Closed");
    }
}

fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest as _;
    hex::encode(sha2::Sha256::digest(bytes))
}

#[tokio::test]
async fn it_begins_and_ends_by_the_clock() {
    for room in rooms().await {
        // The town's clock stands at 2026-09-21 14:13 UTC.
        let code = room.open(&[("opens", "2026-09-22T10:00"), ("closes", "2026-09-23T10:00")]).await;
        let visitor = room.visitor(&code).await;
        assert_eq!(room.vote(&visitor, &code, "0", "agree").await, StatusCode::CONFLICT);
        room.town.clock.advance_seconds(86_400);
        assert_eq!(room.vote(&visitor, &code, "0", "agree").await, StatusCode::SEE_OTHER);
        room.town.clock.advance_seconds(86_400);
        assert_eq!(room.vote(&visitor, &code, "0", "disagree").await, StatusCode::CONFLICT);
        assert_eq!(room.answers().await, ["0 0 1"]);
        room.town.settle().await;
        assert!(room.town.record().await.join("\n").contains("conversation.counted"));
    }
}

#[tokio::test]
async fn only_those_who_answer_for_it_lead_it() {
    for room in rooms().await {
        let code = room.open(&[]).await;
        let parks = room.town.agency("parks", "Parks").await;
        let other = room.town.holder("parks@example.org", Role::Officer, Some(&parks)).await;
        let desk = format!("/desk/conversations/{code}");
        for path in [desk.clone(), format!("{desk}/statements")] {
            other.get(&path).await.sees(StatusCode::NOT_FOUND);
            room.town.browser().get(&path).await.sees(StatusCode::SEE_OTHER);
        }
        for (path, form) in [
            ("advance", ("to", "close")),
            ("seeds", ("seeds", "Dogs should be on a lead")),
            ("statements/0", ("act", "pin")),
        ] {
            other.post(&format!("{desk}/{path}"), &[form]).await.sees(StatusCode::NOT_FOUND);
        }
        other.post(&desk, &setting(&[])).await.sees(StatusCode::NOT_FOUND);
        // Nobody makes one in the name of another agency, or of the town.
        for organisation in ["streets", ""] {
            other
                .post("/desk/conversations", &setting(&[("organisation", organisation)]))
                .await
                .sees(StatusCode::NOT_FOUND);
        }
        let resident = room.town.signed_in("r@example.org").await;
        resident.get("/desk/conversations").await.sees(StatusCode::FORBIDDEN);
    }
}

#[tokio::test]
async fn what_cannot_be_is_said_and_nothing_is_kept() {
    for room in rooms().await {
        let refused = |more: Vec<(&'static str, &'static str)>| {
            let form = setting(&more);
            let lead = &room.lead;
            async move { lead.post("/desk/conversations", &form).await.sees(StatusCode::UNPROCESSABLE_ENTITY) }
        };
        refused(vec![("question[en]", "")]).await.says("first language");
        refused(vec![("opens", "2026-10-02T10:00"), ("closes", "2026-10-01T10:00")]).await.says("before it begins");
        refused(vec![("census", "mill, many")]).await.says("code of a district");
        refused(vec![("about", "nonsense")]).await;
        refused(vec![("about", "district/atlantis")]).await.says("There is no district/atlantis");
        refused(vec![("about", "conversation/C-2222")]).await.says("There is no conversation/C-2222");
        refused(vec![("opens", "tomorrow")]).await.says("not a day and time");
        assert!(room.town.column("select code from conversations").await.is_empty());
        let seen = room.lead.post("/desk/conversations", &setting(&[])).await.sees(StatusCode::SEE_OTHER);
        let desk = seen.location().to_owned();
        room.lead
            .post(&format!("{desk}/advance"), &[("to", "publish")])
            .await
            .sees(StatusCode::CONFLICT)
            .says("at least one statement");
        for missing in ["Trees | /data/nosuch", "Trees | /data/nosuch/trees.csv?x=1"] {
            let facts = [("facts[en]", "A fact"), ("sources", missing)];
            let seen = room.lead.post(&format!("{desk}/facts"), &facts).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
            seen.says("no public dataset “nosuch”");
        }
        let bad = [("facts[en]", "A fact"), ("sources", "Click | javascript:alert(1)")];
        room.lead.post(&format!("{desk}/facts"), &bad).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        assert!(room.town.column("select words from conversation_facts").await.is_empty());
    }
}

#[tokio::test]
async fn it_says_what_it_is_about_while_that_is_public() {
    for room in rooms().await {
        let first = room.open(&[("about", "district/docks")]).await;
        room.town
            .browser()
            .get(&format!("/conversations/{first}"))
            .await
            .says("href=\"/districts/docks\"")
            .says("Docks");
        // The address of a page says the same as kind and name, with the town's own host too.
        for address in ["/districts/docks".to_owned(), room.town.town.url("/districts/docks?from=map")] {
            let other = room.open(&[("about", address.as_str())]).await;
            room.town.browser().get(&format!("/conversations/{other}")).await.says("href=\"/districts/docks\"");
        }
        let about = format!("/conversations/{first}");
        let second = room.open(&[("about", about.as_str())]).await;
        let page = room.town.browser().get(&format!("/conversations/{second}")).await.sees(StatusCode::OK);
        page.says(&format!("href=\"/conversations/{first}\""));
        // A draft is not public, so nothing can be said to be about it.
        let draft = room.draft(&[]).await;
        let form = setting(&[]);
        let hidden = format!("conversation/{draft}");
        let form: Vec<_> = form.into_iter().chain([("about", hidden.as_str())]).collect();
        let seen = room.lead.post(&format!("/desk/conversations/{second}"), &form).await;
        seen.sees(StatusCode::UNPROCESSABLE_ENTITY).says("or it is not public");
    }
}
