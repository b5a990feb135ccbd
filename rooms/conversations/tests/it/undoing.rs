//! The taking over of a conversation is undone.

use crate::town::{Room, rooms};
use axum::http::StatusCode;
use conversations::{Origin, import_conversation, read_export, undo_import};
use std::collections::BTreeMap;
use testing::Browser;

const TABLE: &str =
    "participant,group-id,n-comments,n-votes,n-agree,n-disagree,0,1\n0,0,1,2,1,1,1,-1\n1,1,0,1,0,1,,-1\n";

async fn taken_over(room: &Room) -> String {
    let files = BTreeMap::from([("participants-votes.csv".to_owned(), TABLE.as_bytes().to_vec())]);
    let origin = Origin { url: "https://pol.is/1".to_owned(), system: "polis".to_owned(), ..Origin::default() };
    let done = import_conversation(&room.town.town, testing::steward(), read_export(&files).unwrap(), origin, false);
    done.await.unwrap().code.unwrap()
}

async fn undoes(admin: &Browser, code: &str) -> testing::Seen {
    admin.post(&format!("/desk/conversations/{code}/undo-import"), &[("sure", "yes")]).await
}

#[tokio::test]
async fn within_its_time_it_goes_and_says_so() {
    for room in rooms().await {
        let admin = room.town.administrator().await;
        let code = taken_over(&room).await;
        room.drawn().await;
        let page = format!("/conversations/{code}");
        let votes = room.town.browser().get(&format!("{page}/export/votes.csv")).await.sees(StatusCode::OK);
        admin
            .get(&format!("/desk{page}"))
            .await
            .sees(StatusCode::OK)
            .says("Undo the taking over")
            .says("2 statements, 2 people and 3 answers");
        let unsure = admin.post(&format!("/desk{page}/undo-import"), &[]).await;
        unsure.sees(StatusCode::UNPROCESSABLE_ENTITY).says("Tick that");
        room.lead.post(&format!("/desk{page}/undo-import"), &[("sure", "yes")]).await.sees(StatusCode::FORBIDDEN);
        undoes(&admin, &code).await.sees(StatusCode::SEE_OTHER);
        for door in ["", "/map", "/statements", "/export/votes.csv", "/take-part", "/report", "/log"] {
            let gone = room.town.browser().get(&format!("{page}{door}")).await.sees(StatusCode::GONE);
            gone.says("that was undone on");
        }
        room.town.browser().get(&format!("/embed{page}")).await.sees(StatusCode::GONE);
        room.town.browser().get("/conversations").await.sees(StatusCode::OK).never_says(&code);
        room.town.browser().get("/search?q=imported").await.never_says(&code);
        admin.get("/desk/conversations").await.sees(StatusCode::OK).never_says(&code);
        for table in ["reactions", "participants", "statements", "snapshots"] {
            let sql: &'static str = format!("select conversation from conversation_{table}").leak();
            assert!(room.town.column(sql).await.is_empty(), "{table}");
        }
        let record = room.town.record().await.join("\n");
        let digest = {
            use sha2::Digest as _;
            hex::encode(sha2::Sha256::digest(&votes.bytes))
        };
        assert!(record.contains("conversation.import-undone") && record.contains(&digest), "{digest} in {record}");
        assert_eq!(room.town.column("select act from conversation_acts").await, ["conversation.import-undone"]);
        undoes(&admin, &code).await.sees(StatusCode::NOT_FOUND);
        // A drawing that was asked for before harms nothing, and the same export can come again.
        room.drawn().await;
        let again = taken_over(&room).await;
        assert_ne!(again, code);
        room.town.browser().get(&format!("/conversations/{again}")).await.sees(StatusCode::OK);
    }
}

#[tokio::test]
async fn not_after_its_time() {
    for room in rooms().await {
        let admin = room.town.administrator().await;
        let code = taken_over(&room).await;
        room.town.clock.advance_seconds(14 * 86_400 - 60);
        admin.get(&format!("/desk/conversations/{code}")).await.says("Undo the taking over");
        room.town.clock.advance_seconds(60);
        let admin = room.town.holder("second@example.org", civic::Role::Administrator, None).await;
        admin.get(&format!("/desk/conversations/{code}")).await.sees(StatusCode::OK).never_says("Undo the taking over");
        undoes(&admin, &code).await.sees(StatusCode::CONFLICT).says("is over");
        room.town.browser().get(&format!("/conversations/{code}")).await.sees(StatusCode::OK);
        assert_eq!(room.answers().await.len(), 3);
    }
}

#[tokio::test]
async fn not_when_something_rests_on_it() {
    for room in rooms().await {
        let admin = room.town.administrator().await;
        let own = room.open(&[]).await;
        undoes(&admin, &own).await.sees(StatusCode::CONFLICT).says("no taking over to undo");
        let code = taken_over(&room).await;
        let promise = [("promise[en]", "Night buses from May."), ("by", "town"), ("statements", "0")];
        admin.post(&format!("/desk/conversations/{code}/promises"), &promise).await.sees(StatusCode::SEE_OTHER);
        undoes(&admin, &code).await.sees(StatusCode::CONFLICT).says("Something was promised");
        room.town.browser().get(&format!("/conversations/{code}")).await.sees(StatusCode::OK);
        assert_eq!(room.answers().await.len(), 3);
    }
}

#[tokio::test]
async fn not_when_somebody_here_answered_or_links_to_it() {
    for room in rooms().await {
        let code = taken_over(&room).await;
        let (town, subject) = (&room.town.town, civic::Subject { kind: "conversation".to_owned(), id: code.clone() });
        let link = commons::links::Link {
            from: civic::Subject { kind: "proposal".to_owned(), id: "P-2222".to_owned() },
            relation: commons::links::Relation::GrewOutOf,
            to: subject,
        };
        let (now, own) = (town.now(), link.clone());
        let write = town.db().write(move |tx| {
            commons::links::link(tx, &own, now)?;
            tx.commit(database::OffRecord("a test"), ())
        });
        write.await.map_err(|error: database::DbError| error).unwrap();
        let refused = undo_import(town, testing::steward(), &code).await.unwrap_err();
        assert!(format!("{refused:?}").contains("conversation-undo-linked"), "{refused:?}");
        let own = code.clone();
        let write = town.db().write(move |tx| {
            commons::links::unlink(tx, &link)?;
            // Nobody can answer what has ended; should it ever be opened again, this stands in the way.
            let sql = "insert into conversation_participants (conversation, number, who) values ($1, 77, 'voice:x')";
            tx.execute(sql, &[database::Param::Text(&own)])?;
            tx.commit(database::OffRecord("a test"), ())
        });
        write.await.map_err(|error: database::DbError| error).unwrap();
        let refused = undo_import(town, testing::steward(), &code).await.unwrap_err();
        assert!(format!("{refused:?}").contains("conversation-undo-answered"), "{refused:?}");
        assert_eq!(room.answers().await.len(), 3);
    }
}
