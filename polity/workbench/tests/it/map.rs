//! `polity map`: votes of a conversation in, groups and their statements out.

use crate::{Folder, picture, polity};
use std::fmt::Write;

/// Two camps of twenty who answer six statements the other way round, and one statement on which all agree. Every tenth answer goes
/// against the camp, so that people stand in more than two places.
fn votes() -> String {
    let mut text = "timestamp,datetime,comment-id,voter-id,vote\n".to_owned();
    for person in 0..40u32 {
        for statement in 0..7u32 {
            let camp = if person < 20 { 1 } else { -1 };
            let against = (person * 7 + statement * 3) % 10 == 0;
            let vote = if statement == 6 {
                1
            } else {
                camp * if against { -1 } else { 1 } * if statement % 2 == 0 { 1 } else { -1 }
            };
            writeln!(text, "{},x,{statement},{person},{vote}", 1_500_000_000_000u64 + u64::from(person * 60_000))
                .unwrap();
        }
    }
    text
}

#[test]
fn two_camps_are_two_groups_with_a_statement_in_common() {
    let folder = Folder::make();
    let file = folder.put("votes.csv", &votes());
    let svg = folder.path("map.svg");
    let said = polity(&["map", &file, "--seed", "7", "--json", "--svg", &svg]).unwrap();
    let map: serde_json::Value = serde_json::from_str(&said).unwrap();
    let groups = map["groups"].as_array().unwrap();
    assert_eq!(groups.len(), 2, "{}", map["divisions"]);
    let members = |at: usize| -> Vec<u64> {
        groups[at]["members"].as_array().unwrap().iter().map(|id| id.as_u64().unwrap()).collect()
    };
    let (one, other) = (members(0), members(1));
    let camp = |who: &[u64]| who.iter().map(|id| *id < 20).collect::<std::collections::BTreeSet<bool>>().len();
    assert_eq!((one.len(), other.len(), camp(&one), camp(&other)), (20, 20, 1, 1));
    let agreed: Vec<u64> =
        map["consensus"]["agree"].as_array().unwrap().iter().map(|id| id.as_u64().unwrap()).collect();
    assert_eq!(agreed, [6], "{}", map["consensus"]);
    for key in ["representative", "stability", "coordinates"] {
        assert!(!map[key].is_null(), "{key} is to be relied on");
    }
    let drawn = picture(&svg);
    assert!(drawn.contains("Group 0") && drawn.contains("Group 1"));
    for (language, word, direction) in [("es", "Grupo 1: 20 personas", "ltr"), ("ar", "المجموعة 1", "rtl")] {
        polity(&["map", &file, "--svg", &svg, "--language", language]).unwrap();
        let drawn = picture(&svg);
        assert!(drawn.contains(word) && drawn.contains(&format!("direction=\"{direction}\"")), "{language}");
        assert!(!drawn.contains("Group") && !drawn.contains("agrees"), "{language} has English words");
    }
    assert_eq!(polity(&["map", &file, "--seed", "7", "--json"]).unwrap(), said, "the same seed, the same bytes");
    let table = polity(&["map", &file, "--seed", "7"]).unwrap();
    assert!(table.contains("40 people, 7 statements, 280 votes") && table.contains("Group 1 (20 people"), "{table}");
}

#[test]
fn what_is_no_conversation_is_refused() {
    let folder = Folder::make();
    assert!(polity(&["map", &folder.path("nowhere.csv")]).unwrap_err().contains("nowhere.csv"));
    folder.put("other.txt", "");
    let refused = polity(&["map", &folder.path("")]).unwrap_err();
    assert!(refused.contains("has neither participants-votes.csv nor votes.csv"), "{refused}");
    let file = folder.put("few.csv", "timestamp,datetime,comment-id,voter-id,vote\n1,x,1,1,1\n1,x,1,2,maybe\n");
    let few = polity(&["map", &file]).unwrap();
    assert!(few.contains("1 person on the map") || few.contains("1 fault,"), "{few}");
}

/// One person is one person, and nobody is divided into groups.
#[test]
fn one_person_is_no_group() {
    let folder = Folder::make();
    let file = folder.put("votes.csv", "comment-id,voter-id,vote\n1,1,1\n2,1,-1\n3,1,1\n");
    let svg = folder.path("one.svg");
    let said = polity(&["map", &file, "--svg", &svg]).unwrap();
    assert!(said.contains("1 person, 3 statements, 3 votes") && !said.contains("1 people"), "{said}");
    assert!(!said.contains("Group 0"), "{said}");
    let drawn = picture(&svg);
    assert!(drawn.contains("one person") && !drawn.contains("Group 0") && !drawn.contains("1 people"), "{drawn}");
    polity(&["map", &file, "--svg", &svg, "--language", "es"]).unwrap();
    assert!(picture(&svg).contains("una persona"));
}
