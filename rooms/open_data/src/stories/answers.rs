//! The last answers of stories, with the tables they came from: a page does not ask again what has not changed.

use crate::{books::Books, pages::ask_sql};
use axum::http::StatusCode;
use civic::Moment;
use std::sync::{Arc, Mutex, PoisonError};
use tables::sql::Found;
use tokio::sync::OnceCell;
use web::{Refusal, Stop, Town};

/// Answers that are kept.
const KNOWN_LIMIT: usize = 8;
/// How long it is known that a question is not answered: it may have been for want of time.
const REFUSED_SECONDS: i64 = 600;

/// What came of a question.
type Outcome = Result<Arc<Found>, Vec<Refusal>>;

/// A question, by what it is about; whoever asks it first asks for all who wait for it.
#[derive(Clone)]
struct Asked {
    key: String,
    since: Moment,
    outcome: Arc<OnceCell<Outcome>>,
}

/// The last answers, the latest asked last.
#[derive(Default)]
pub struct Told(Mutex<Vec<Asked>>);

impl Told {
    /// The place of the answer to a question, perhaps with the answer in it.
    fn place(&self, key: &str, now: Moment) -> Arc<OnceCell<Outcome>> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = all.iter().position(|one| one.key == key).map(|at| all.remove(at));
        let is_over =
            |one: &Asked| matches!(one.outcome.get(), Some(Err(_))) && one.since.plus_seconds(REFUSED_SECONDS) <= now;
        let asked = known.filter(|one| !is_over(one)).unwrap_or_else(|| Asked {
            key: key.to_owned(),
            since: now,
            outcome: Arc::default(),
        });
        if all.len() >= KNOWN_LIMIT {
            all.remove(0);
        }
        all.push(asked.clone());
        asked.outcome
    }
}

/// The answer to a question, from before where it is known under this key; why there is none is known too.
///
/// # Errors
/// Refusals of the question; `data-sql-busy` (429), which is not kept.
pub async fn answered(town: &Town, key: &str, sql: &str) -> Result<Arc<Found>, Stop> {
    let place = town.part::<Books>().told().place(key, town.now());
    let ask = || async {
        match ask_sql(town, sql).await {
            Ok(found) => Ok(Ok(Arc::new(found))),
            Err(Stop::Refused(refusals)) if refusals.iter().all(is_lasting) => Ok(Err(refusals)),
            Err(stop) => Err(stop),
        }
    };
    place.get_or_try_init(ask).await?.clone().map_err(Stop::Refused)
}

/// Whether it is the question's fault.
fn is_lasting(refusal: &Refusal) -> bool {
    refusal.status == StatusCode::UNPROCESSABLE_ENTITY
}

#[cfg(test)]
mod tests {
    use super::{KNOWN_LIMIT, REFUSED_SECONDS, Told};
    use civic::Moment;
    use std::sync::Arc;
    use tables::sql::Found;
    use web::Refusal;

    #[test]
    fn each_question_has_one_place_and_a_refusal_holds_for_a_while() {
        let (told, begun) = (Told::default(), Moment(0));
        let good = told.place("good", begun);
        assert!(Arc::ptr_eq(&good, &told.place("good", begun)), "nobody asks what somebody asks already");
        let found = Found { columns: Vec::new(), rows: Vec::new(), cut: None };
        good.set(Ok(Arc::new(found))).unwrap();
        let bad = told.place("bad", begun);
        bad.set(Err(vec![Refusal::new("data-sql-slow")])).unwrap();
        let later = begun.plus_seconds(REFUSED_SECONDS - 1);
        assert!(Arc::ptr_eq(&bad, &told.place("bad", later)));
        let over = begun.plus_seconds(REFUSED_SECONDS);
        assert!(told.place("bad", over).get().is_none(), "it is asked again");
        assert!(Arc::ptr_eq(&good, &told.place("good", over)));
        for number in 0..KNOWN_LIMIT - 1 {
            told.place(&number.to_string(), over);
        }
        assert!(Arc::ptr_eq(&good, &told.place("good", over)), "it was asked later than one of the others");
        told.place("one more", over);
        assert_eq!(told.0.lock().unwrap().len(), KNOWN_LIMIT);
        assert!(told.place("0", over).get().is_none());
    }
}
