use crate::{
    data::{ALL, bytes, conversation},
    worlds::any,
};
use opinion_map::{
    Settings, draw_map,
    polis::{self, assemble, read_comments, read_participants_votes, read_votes},
};
use proptest::prelude::*;
use std::collections::HashMap;

#[test]
fn the_real_files_have_no_faults() {
    for name in ALL {
        let (table, faults) = read_participants_votes(&bytes(name, "participants-votes.csv")).unwrap();
        // Some rows of the source count moderated votes; that is reported, and the votes are used.
        assert!(faults.shown.iter().all(|fault| fault.sentence.contains("its votes count")), "{:?}", faults.shown);
        assert!(!table.conversation.reactions.is_empty());
        let (comments, faults) = read_comments(&bytes(name, "comments.csv")).unwrap();
        assert_eq!((faults.count, comments.len()), (0, table.conversation.statements.len()), "{name}");
    }
    let counts: Vec<usize> = ALL.iter().map(|name| conversation(name).conversation.people.len()).collect();
    assert_eq!(counts, [339, 204, 1_921, 2_031]);
}

#[test]
fn bad_rows_are_reported_with_line_and_column() {
    let text = "timestamp,datetime,comment-id,voter-id,vote\n1,x,5,7,1\n2,x,5,7,2\nsoon,x,5,7,1\n3,x,,7,1\n4,x\n5,\"a\nb\",6,8,-1\n6,x,6,,0\n";
    let (world, faults) = read_votes(text.as_bytes()).unwrap();
    assert_eq!(world.reactions.len(), 2);
    let said: Vec<String> = faults.shown.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "line 3, column 5: 1, 0 or -1 was expected, not “2”.",
            "line 4, column 1: milliseconds since 1970 were expected, not “soon”.",
            "line 5, column 3: the id of a statement was expected, in at most 200 bytes of UTF-8, not “”.",
            "line 6, column 5: 1, 0 or -1 was expected, not “”.",
            "line 9, column 4: the id of a person was expected, in at most 200 bytes of UTF-8, not “”.",
        ]
    );
    let text = "participant,group-id,n-votes,0,1\n1,0,2,1,-1\n1,0,0,,\n2,,2,1,7\n";
    let (table, faults) = read_participants_votes(text.as_bytes()).unwrap();
    assert_eq!(table.groups, [Some("0".to_owned()), None]);
    let said: Vec<String> = faults.shown.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "line 3, column 1: “1” has a row already.",
            "line 4, column 5: 1, 0, -1 or nothing was expected, not “7”.",
            "line 4, column 3: the row has 1 votes, but says “2”; its votes count.",
        ]
    );
    let (comments, faults) =
        read_comments(b"comment-id,moderated,comment-body\n1,-1,\"a, \"\"b\"\"\"\n2,9,c\n").unwrap();
    assert_eq!((comments[0].body.as_str(), comments.len()), ("a, \"b\"", 1));
    assert_eq!(faults.shown[0].to_string(), "line 3, column 2: 1, 0 or -1 was expected, not “9”.");
    let missing = read_votes(b"a,b\n1,2\n").unwrap_err().to_string();
    assert_eq!(missing, "line 1: a column “comment-id” was expected; the columns are “a,b”.");
    assert_eq!(read_comments(b"").unwrap_err().line, 1);
}

#[test]
fn when_the_two_files_differ_the_table_counts() {
    let (table, _) = read_participants_votes(b"participant,group-id,0,1\n1,0,1,1\n2,1,,-1\n").unwrap();
    let votes = |text: &str| read_votes(text.as_bytes()).unwrap().0;
    let same = votes("timestamp,comment-id,voter-id,vote\n1,0,1,0\n3,0,1,1\n2,0,1,-1\n4,1,1,1\n5,1,2,-1\n");
    let both = assemble(Some(table.clone()), Some(same), Vec::new()).unwrap();
    assert_eq!((both.cells_apart, both.conversation.reactions.len()), (Some(0), 5));
    let other = votes("timestamp,comment-id,voter-id,vote\n1,0,1,-1\n4,1,1,1\n");
    let both = assemble(Some(table), Some(other), Vec::new()).unwrap();
    assert_eq!((both.cells_apart, both.conversation.reactions.len()), (Some(2), 3));
}

/// Files as they are in the world, with a few bytes changed.
fn broken(text: &'static str) -> impl Strategy<Value = Vec<u8>> {
    let change = (0..text.len(), proptest::num::u8::ANY, 0u8..3);
    prop::collection::vec(change, 0..12).prop_map(move |changes| {
        let mut bytes = text.as_bytes().to_vec();
        for (at, byte, kind) in changes {
            let at = at.min(bytes.len().saturating_sub(1));
            match kind {
                0 if !bytes.is_empty() => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                _ if !bytes.is_empty() => {
                    bytes.remove(at);
                }
                _ => {}
            }
        }
        bytes
    })
}

const VOTES: &str = "timestamp,datetime,comment-id,voter-id,vote\n1403054214196,Wed Jun 18,0,0,0\n1403057082753,\"Wed, Jun\",0,1,1\n9,,1,x,-1\n";
const TABLE: &str = "participant,group-id,n-comments,n-votes,n-agree,n-disagree,0,1,2\n0,0,1,3,3,0,1,0,-1\n1,1,0,1,1,0,,1,\n\"x\"\"y\",,0,0,0,0,,,\n";
const COMMENTS: &str = "timestamp,comment-id,author-id,agrees,disagrees,moderated,comment-body\n1,0,5,1,1,1,\"a \"\"b\"\", c\nd\"\n2,1,5,0,0,-1,\u{202e}ok\n";

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn no_file_makes_the_readers_panic(
        bytes in prop_oneof![prop::collection::vec(proptest::num::u8::ANY, 0..300), broken(VOTES), broken(TABLE), broken(COMMENTS)]
    ) {
        let votes = read_votes(&bytes).ok().map(|read| read.0);
        let table = read_participants_votes(&bytes).ok().map(|read| read.0);
        let comments = read_comments(&bytes).map(|read| read.0).unwrap_or_default();
        let quick = Settings { resamples: 2, references: 1, ..Settings::default() };
        for (table, votes) in [(table.clone(), None), (None, votes.clone()), (table, votes)] {
            if let Ok(imported) = assemble(table, votes, comments.clone()) {
                prop_assert_eq!(imported.groups.len(), imported.conversation.people.len());
                draw_map(&imported.conversation, &quick).unwrap();
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read_again(mut world in any()) {
        world.reactions.iter_mut().zip(0..).for_each(|(one, at)| one.at_ms = Some(at));
        let quick = Settings { resamples: 0, references: 0, ..Settings::default() };
        let map = draw_map(&world, &quick).unwrap();
        let groups: HashMap<String, String> =
            map.people.iter().filter_map(|one| Some((one.id.clone(), one.group?.to_string()))).collect();
        let comments: Vec<polis::Comment> = world
            .statements
            .iter()
            .map(|one| polis::Comment { id: one.id.clone(), author: None, standing: one.standing, body: "a, \"b\"\n".to_owned() })
            .collect();
        let table = read_participants_votes(polis::write_participants_votes(&world, &groups).unwrap().as_bytes()).unwrap();
        let votes = read_votes(polis::write_votes(&world).as_bytes()).unwrap();
        let read = read_comments(polis::write_comments(&comments).as_bytes()).unwrap();
        prop_assert_eq!((table.1.count, votes.1.count, read.1.count), (0, 0, 0));
        let imported = assemble(Some(table.0), Some(votes.0), read.0).unwrap();
        prop_assert_eq!(imported.cells_apart, Some(0));
        prop_assert_eq!(draw_map(&imported.conversation, &quick).unwrap(), map);
    }
}
