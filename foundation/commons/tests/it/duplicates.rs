use civic::{Moment, Subject, SubjectKind};
use commons::links::{DUPLICATES_LIMIT, Link, Relation, duplicates_of, link, of, unlink};
use database::{DbError, OffRecord, Tx, test_support::each_database};

fn request(id: impl std::fmt::Display) -> Subject {
    Subject::new(SubjectKind("request"), id.to_string())
}

fn same(from: &Subject, to: &Subject) -> Link {
    Link { from: from.clone(), relation: Relation::DuplicateOf, to: to.clone() }
}

#[test]
fn duplicates_are_found_through_others_once_each() {
    for db in each_database(&[commons::MIGRATIONS]) {
        let [a, b, c, d] = ["R-A", "R-B", "R-C", "R-D"].map(request);
        let done = db.write_blocking(move |tx| {
            for (number, one) in [same(&b, &a), same(&c, &b), same(&d, &a)].iter().enumerate() {
                link(tx, one, Moment(number as i64))?;
            }
            // Another relation says nothing about it.
            link(tx, &Link { from: request("R-E"), relation: Relation::Answers, to: a.clone() }, Moment(9))?;
            assert_eq!(duplicates_of(tx, &a)?, [b.clone(), d.clone(), c.clone()]);
            assert_eq!(duplicates_of(tx, &b)?, std::slice::from_ref(&c));
            assert!(duplicates_of(tx, &c)?.is_empty());
            assert!(unlink(tx, &same(&b, &a))? && !unlink(tx, &same(&b, &a))?);
            assert_eq!(duplicates_of(tx, &a)?, std::slice::from_ref(&d));
            assert_eq!(of(tx, &b)?, [same(&c, &b)]);
            tx.commit(OffRecord("a test"), ())
        });
        done.map_err(|error: DbError| error).unwrap();
    }
}

/// Links that go in a circle, or very many, are gone through to an end.
#[test]
fn circles_and_crowds_come_to_an_end() {
    for db in each_database(&[commons::MIGRATIONS]) {
        let done = db.write_blocking(move |tx: &mut Tx<'_>| {
            let [a, b] = ["R-A", "R-B"].map(request);
            link(tx, &same(&a, &b), Moment(1))?;
            link(tx, &same(&b, &a), Moment(2))?;
            assert_eq!(duplicates_of(tx, &a)?, std::slice::from_ref(&b));
            for number in 0..DUPLICATES_LIMIT + 10 {
                link(tx, &same(&request(number), &b), Moment(3))?;
            }
            assert_eq!(duplicates_of(tx, &b)?.len(), DUPLICATES_LIMIT);
            tx.commit(OffRecord("a test"), ())
        });
        done.map_err(|error: DbError| error).unwrap();
    }
}
