use civic::{Moment, Subject, SubjectKind};
use commons::search::{Document, find, put, remove};
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
