//! Conversations that were held with Polis: ours in its tables and back, and the real ones where their files are.

use crate::town::{Room, rooms};
use axum::http::StatusCode;
use conversations::{Export, Origin, import_conversation, read_export, read_folder};
use std::{collections::BTreeMap, path::PathBuf};
use testing::Part;

fn files(named: &[(&str, &str)]) -> BTreeMap<String, Vec<u8>> {
    named.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect()
}

async fn store(room: &Room, export: Export) -> String {
    let origin = Origin {
        system: "polis".to_owned(),
        attribution: "Data: somebody".to_owned(),
        url: export.url.clone(),
        language: String::new(),
    };
    let done = import_conversation(&room.town.town, testing::steward(), export, origin, false).await.unwrap();
    done.code.unwrap()
}

/// The tables of a small conversation with everything that makes tables hard.
const TABLE: &str = "participant,group-id,n-comments,n-votes,n-agree,n-disagree,0,1,2\n0,0,1,3,2,1,1,-1,1\n1,1,0,2,0,1,,-1,0\n2,,0,1,1,0,1,,\n2,,0,1,1,0,1,,\n3,1,0,2,1,1,1,7,-1\n";
const VOTES: &str = "timestamp,datetime,comment-id,voter-id,vote\n1000,x,0,0,-1\n2000,x,0,0,1\n3000,x,1,0,-1\n4000,x,2,0,1\n5000,x,1,1,-1\n6000,x,2,1,0\n7000,x,0,2,1\n8000,x,0,3,1\n9000,x,2,3,-1\n";
const COMMENTS: &str = "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n500,x,0,0,9,9,1,\"Trees, \"\"many\"\"\"\n600,x,1,1,0,0,-1,Spam\n700,x,2,0,0,0,0,'=SUM(1)\n";

#[tokio::test]
async fn every_row_is_stored_or_set_aside() {
    for room in rooms().await {
        let export = read_export(&files(&[
            ("participants-votes.csv", TABLE),
            ("votes.csv", VOTES),
            ("comments.csv", COMMENTS),
            ("summary.csv", "topic,Trees?\nurl,https://pol.is/1\n"),
        ]))
        .unwrap();
        // The row that comes twice, the cell that says 7, and the count of that row which is not that of its votes.
        let asides: Vec<String> = export.asides.iter().map(ToString::to_string).collect();
        assert_eq!(export.set_aside, 2, "{asides:?}");
        assert!(
            asides.iter().any(|aside| aside.contains("line 5")) && asides.iter().any(|aside| aside.contains("“7”")),
            "{asides:?}"
        );
        assert_eq!(export.cells_apart, Some(0));
        let code = store(&room, export.clone()).await;
        assert_eq!(room.answers().await, ["0 0 1", "0 1 -1", "0 2 1", "1 1 -1", "1 2 0", "2 0 1", "3 0 1", "3 2 -1"]);
        assert_eq!(room.town.column("select stance || '' from conversation_reactions_before").await, ["-1"]);
        let view = room.town.browser().get(&format!("/conversations/{code}.json")).await.json();
        assert_eq!((view["phase"].as_str(), view["attribution"].as_str()), (Some("closed"), Some("Data: somebody")));
        room.town.browser().get(&format!("/conversations/{code}/statements")).await.says("=SUM(1)").never_says("Spam");
        // The same again is not there twice.
        let origin = Origin {
            system: "polis".to_owned(),
            attribution: String::new(),
            url: export.url.clone(),
            language: String::new(),
        };
        assert!(import_conversation(&room.town.town, testing::steward(), export, origin, false).await.is_err());
        assert_eq!(room.town.column("select code from conversations").await, [code]);
    }
}

#[tokio::test]
async fn what_we_export_we_read_again() {
    for room in rooms().await {
        let export =
            read_export(&files(&[("participants-votes.csv", TABLE), ("votes.csv", VOTES), ("comments.csv", COMMENTS)]))
                .unwrap();
        let code = store(&room, export.clone()).await;
        room.drawn().await;
        let mut again = BTreeMap::new();
        for file in ["participants-votes", "votes", "comments", "summary"] {
            let seen =
                room.town.browser().get(&format!("/conversations/{code}/export/{file}.csv")).await.sees(StatusCode::OK);
            again.insert(format!("{file}.csv"), seen.bytes);
        }
        let read = read_export(&again).unwrap();
        assert_eq!((read.set_aside, read.cells_apart), (0, Some(0)), "{:?}", read.asides);
        assert_eq!(read.statements, export.statements);
        assert_eq!(read.people, export.people);
        let votes = |export: &Export| {
            let conversation = &export.conversation;
            let mut all: Vec<_> = conversation
                .reactions
                .iter()
                .map(|one| {
                    (
                        one.at_ms,
                        export.people[one.person as usize],
                        export.statements[one.statement as usize].number,
                        one.stance,
                    )
                })
                .collect();
            all.sort();
            all
        };
        assert_eq!(votes(&read), votes(&export));
        room.town.browser().get(&format!("/conversations/{code}/export/secrets.csv")).await.sees(StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn tables_that_differ_are_said_and_the_table_counts() {
    let votes = VOTES.replace("9000,x,2,3,-1", "9000,x,2,3,1");
    let export = read_export(&files(&[("participants-votes.csv", TABLE), ("votes.csv", &votes)])).unwrap();
    assert_eq!(export.cells_apart, Some(1));
    assert!(export.conversation.reactions.iter().all(|one| one.at_ms.is_none()));
    for nonsense in ["", "a,b\n1,2\n", "\u{feff}", "participant\n"] {
        let read = read_export(&files(&[("participants-votes.csv", nonsense)]));
        assert!(read.is_err() || read.unwrap().conversation.reactions.is_empty(), "{nonsense:?}");
    }
    assert!(read_export(&files(&[("comments.csv", COMMENTS)])).is_err());
}

#[tokio::test]
async fn the_page_tries_first_and_stores_when_told() {
    for room in rooms().await {
        let admin = room.town.administrator().await;
        let page = "/admin/conversations/import";
        admin.get(page).await.sees(StatusCode::OK);
        room.lead.get(page).await.sees(StatusCode::FORBIDDEN);
        let table = Part::File("table", "t.csv", TABLE.as_bytes());
        let comments = Part::File("comments", "c.csv", COMMENTS.as_bytes());
        let tried = admin.post_files(page, &[table, comments, Part::Text("attribution", "Data: them")]).await;
        tried
            .sees(StatusCode::OK)
            .says("nothing stored")
            .says("4 people, 3 statements (1 of them not shown), 8 answers")
            .says("line 5");
        assert!(room.town.column("select code from conversations").await.is_empty());
        let table = Part::File("table", "t.csv", TABLE.as_bytes());
        let done = admin.post_files(page, &[table, Part::Text("store", "yes")]).await.sees(StatusCode::SEE_OTHER);
        assert!(done.location().starts_with("/conversations/C-"), "{}", done.location());
        admin.post_files(page, &[Part::Text("store", "yes")]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
    }
}

/// Two of the four real conversations, with the counts of their origin; the outside test takes all four.
#[tokio::test]
async fn real_conversations_come_with_their_counts_and_groups() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/polis");
    assert!(folder.join("brexit-consensus").exists(), "{} is needed for this test", folder.display());
    let wanted = [
        ("15-per-hour-seattle", 2_872, 339, 54, vec![99, 39], 0.459),
        ("brexit-consensus", 5_303, 204, 50, vec![106, 91], 0.636),
    ];
    for room in rooms().await {
        for (name, answers, people, statements, groups, least) in wanted.clone() {
            let export = read_folder(&folder.join(name)).unwrap();
            let origin = Origin {
                system: "polis".to_owned(),
                attribution: String::new(),
                url: export.url.clone(),
                language: String::new(),
            };
            let done = import_conversation(&room.town.town, testing::steward(), export, origin, false).await.unwrap();
            assert_eq!((done.answers, done.people, done.statements), (answers, people, statements), "{name}");
            assert_eq!(done.groups.values().copied().collect::<Vec<_>>(), groups, "{name}");
            let code = done.code.unwrap();
            room.drawn().await;
            let map =
                room.town.browser().get(&format!("/conversations/{code}/map.json")).await.sees(StatusCode::OK).json();
            let agreement = map["given"]["agreement"].as_f64().unwrap();
            assert!(agreement >= least, "{name}: {agreement} is below that of red-dwarf, {least}");
            room.town
                .browser()
                .get(&format!("/conversations/{code}/map"))
                .await
                .sees(StatusCode::OK)
                .says("The groups of the system it comes from");
        }
    }
}
