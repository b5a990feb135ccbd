use civic::{Moment, Subject, SubjectKind};
use commons::links::{Link, Relation, link, of};
use database::{OffRecord, test_support::each_database};

#[test]
fn a_link_is_seen_from_both_ends_and_made_once() {
    for db in each_database(&[commons::MIGRATIONS]) {
        let lamp = Subject::new(SubjectKind("request"), "R-7K2M");
        let plan = Subject::new(SubjectKind("proposal"), "P-3X9Q");
        let grew = Link { from: plan.clone(), relation: Relation::GrewOutOf, to: lamp.clone() };
        let done = db.write_blocking(move |tx| {
            link(tx, &grew, Moment(1))?;
            link(tx, &grew, Moment(2))?;
            assert_eq!(of(tx, &lamp)?, std::slice::from_ref(&grew));
            assert_eq!(of(tx, &plan)?, [grew]);
            assert!(of(tx, &Subject::new(SubjectKind("request"), "R-ZZZZ"))?.is_empty());
            tx.commit(OffRecord("a test"), ())
        });
        done.unwrap();
    }
    assert!("funds".parse::<Relation>().is_ok() && "pays".parse::<Relation>().is_err());
}
