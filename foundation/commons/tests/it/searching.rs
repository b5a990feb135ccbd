use civic::{Moment, Subject, SubjectKind};
use commons::search::{Document, RARE_LIMIT, find, put, related, remove};
use database::{DbError, OffRecord, Tx, test_support::each_database};

const LAMP: SubjectKind = SubjectKind("lamp");

fn document(id: &str, title: &str, text: &str, at: i64) -> Document {
    Document { subject: Subject::new(LAMP, id), title: title.to_owned(), text: text.to_owned(), at: Moment(at) }
}

fn ids(tx: &mut Tx<'_>, query: &str) -> Result<Vec<String>, DbError> {
    Ok(find(tx, query, Some(LAMP), 10)?.into_iter().map(|found| found.subject.id).collect())
}

#[test]
fn words_are_found_in_any_script_and_order_and_by_their_beginning() {
    for db in each_database(&[commons::MIGRATIONS]) {
        let done = db.write_blocking(|tx| {
            put(tx, &document("a", "Farola rota", "Calle Ñandú 5, junto al café", 1))?;
            put(tx, &document("b", "مصباح مكسور", "شارع المُحَطَّة", 2))?;
            put(tx, &document("c", "Broken lamp", "Mill Lane R-7K2M", 3))?;
            assert_eq!(ids(tx, "nandu calle")?, ["a"]);
            assert_eq!(ids(tx, "CAFE")?, ["a"]);
            assert_eq!(ids(tx, "المحطه")?, ["b"]);
            assert_eq!(ids(tx, "mill la")?, ["c"]);
            assert_eq!(ids(tx, "R-7K2M")?, ["c"]);
            assert!(ids(tx, "la mill lane zebra")?.is_empty());
            assert!(ids(tx, "")?.is_empty() && ids(tx, "%' or 1=1 --")?.is_empty() && ids(tx, "*")?.is_empty());
            put(tx, &document("c", "Mended lamp", "Mill Lane", 3))?;
            assert!(ids(tx, "broken")?.is_empty(), "replaced, not added");
            assert_eq!(ids(tx, "mended")?, ["c"]);
            remove(tx, &Subject::new(LAMP, "c"))?;
            assert!(ids(tx, "mended")?.is_empty());
            tx.commit(OffRecord("a test"), ())
        });
        done.unwrap();
    }
}

#[test]
fn what_shares_two_telling_words_is_related_and_rare_words_tell_more() {
    const IDEA: SubjectKind = SubjectKind("idea");
    for db in each_database(&[commons::MIGRATIONS]) {
        let done = db.write_blocking(|tx| {
            for number in 0..20 {
                put(tx, &document(&format!("plain-{number}"), "Street lamp", "in the main street", number))?;
            }
            put(tx, &document("owl", "Owl boxes", "Nesting boxes for owls in the main street", 30))?;
            put(
                tx,
                &Document { subject: Subject::new(IDEA, "other"), ..document("", "Owl boxes in the park", "", 31) },
            )?;
            let found = related(tx, "More nesting boxes in our main street", &[LAMP], 5)?;
            assert_eq!(found[0].found.subject.id, "owl");
            assert_eq!(found[0].words, 4, "nesting, boxes, main, street");
            assert!(found.len() == 5 && found[1].words == 2, "the main street alone tells less");
            assert!(found.iter().all(|one| one.found.subject.kind == "lamp"), "only kinds that were asked for");
            assert!(related(tx, "the owl", &[LAMP, IDEA], 5)?.is_empty(), "one word is not enough");
            tx.commit(OffRecord("a test"), ())
        });
        done.unwrap();
    }
}

/// More documents than may lead, all with the same words; a reference among them, and two words that only one has together.
#[test]
fn a_rare_word_leads_and_common_ones_find_the_newest() {
    for db in each_database(&[commons::MIGRATIONS]) {
        let done = db.write_blocking(|tx| {
            for number in 0..RARE_LIMIT + 50 {
                let own = if number == 7 { "R-7K2M" } else { "R" };
                put(tx, &document(&format!("d{number}"), "Broken lamp", own, number))?;
            }
            assert_eq!(ids(tx, "R-7K2M")?, ["d7"], "by its reference");
            assert_eq!(ids(tx, "7k2m broken la")?, ["d7"], "in any order");
            assert!(ids(tx, "7k2m mended")?.is_empty());
            let newest: Vec<String> = (0..10).map(|back| format!("d{}", RARE_LIMIT + 49 - back)).collect();
            assert_eq!(ids(tx, "broken lamp")?, newest, "where all words are common");
            assert_eq!(ids(tx, "lamp bro")?, newest);
            assert!(find(tx, "broken lamp", Some(SubjectKind("other")), 10)?.is_empty());
            tx.commit(OffRecord("a test"), ())
        });
        done.unwrap();
    }
}
