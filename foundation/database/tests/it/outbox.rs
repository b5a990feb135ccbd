use crate::databases;
use civic::Moment;
use database::{
    Db, DbError,
    jobs::{self, Job, NewJob},
    test_support::OFF_RECORD,
};
use serde_json::json;
use std::{collections::BTreeSet, thread};

const NOW: Moment = Moment(1_790_000_000_000_000);

fn put(db: &Db, id: &'static str) {
    let done: Result<(), DbError> = db.write_blocking(move |tx| {
        jobs::put(tx, &NewJob { id: id.to_owned(), kind: "ring", payload: &json!({"bell": id}), not_before: NOW })?;
        tx.commit(OFF_RECORD, ())
    });
    done.unwrap();
}

fn claim(db: &Db, now: Moment) -> Option<Job> {
    let claimed: Result<Option<Job>, DbError> = db.write_blocking(move |tx| {
        let job = jobs::claim(tx, now)?;
        tx.commit(OFF_RECORD, job)
    });
    claimed.unwrap()
}

#[test]
fn many_runners_never_get_the_same_job() {
    for db in databases() {
        for id in ["a", "b", "c", "d", "e", "f", "g", "h"] {
            put(&db, id);
        }
        let threads: Vec<_> = (0..16)
            .map(|_| {
                let db = db.clone();
                thread::spawn(move || claim(&db, NOW).map(|job| job.id))
            })
            .collect();
        let claimed: Vec<String> = threads.into_iter().filter_map(|thread| thread.join().unwrap()).collect();
        assert_eq!(claimed.len(), claimed.iter().collect::<BTreeSet<_>>().len(), "{claimed:?}");
        // PostgreSQL may leave one for later rather than wait for it; nobody is left out for good.
        let mut left: Vec<String> = std::iter::from_fn(|| claim(&db, NOW)).map(|job| job.id).collect();
        left.extend(claimed);
        assert_eq!(left.len(), 8);
    }
}

#[test]
fn what_fails_is_tried_again_later_and_in_the_end_laid_aside() {
    for db in databases() {
        put(&db, "a");
        let mut now = NOW;
        let mut tries = 0;
        while let Some(job) = {
            now = now.plus_days(2);
            claim(&db, now)
        } {
            tries += 1;
            let done: Result<(), DbError> = db.write_blocking(move |tx| {
                jobs::fail(tx, &job, "no answer", now)?;
                tx.commit(OFF_RECORD, ())
            });
            done.unwrap();
            assert!(claim(&db, now).is_none(), "not at once");
        }
        assert!(tries > 3, "{tries}");
        let dead: Result<Vec<Job>, DbError> = db.read_blocking(|tx| jobs::dead_letters(tx, 10));
        let dead = dead.unwrap();
        assert_eq!((dead.len(), dead[0].last_error.as_str()), (1, "no answer"));
        let again: Result<bool, DbError> = db.write_blocking(move |tx| {
            let again = jobs::retry_dead(tx, "a", now)?;
            tx.commit(OFF_RECORD, again)
        });
        assert!(again.unwrap());
        let job = claim(&db, now).unwrap();
        assert_eq!(job.payload["bell"], "a");
        let finished: Result<(), DbError> = db.write_blocking(move |tx| {
            jobs::finish(tx, &job.id)?;
            tx.commit(OFF_RECORD, ())
        });
        finished.unwrap();
        let counts: Result<_, DbError> = db.read_blocking(jobs::counts);
        assert_eq!(counts.unwrap(), jobs::JobCounts::default());
    }
}
