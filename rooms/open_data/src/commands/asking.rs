//! Questions to a table, on a thread that may wait: those to very large tables a few at a time, and each for so long.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tables::Table;
use tokio::sync::Semaphore;
use web::Stop;

/// Questions to very large tables that are worked on at once: each may read all of a table, and keeps one processor busy.
const AT_ONCE: usize = 2;
/// Questions that may wait for their turn; others are told to come back.
const WAITING: usize = 16;
/// How long one is worked on, once it is its turn.
const PATIENCE: Duration = Duration::from_secs(20);

static TURNS: Semaphore = Semaphore::const_new(AT_ONCE);
static QUEUE: Semaphore = Semaphore::const_new(AT_ONCE + WAITING);

/// Rings when its time is over, or when nobody waits for the answer any more.
struct Bell(Arc<AtomicBool>);

impl Bell {
    fn ring(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Drop for Bell {
    fn drop(&mut self) {
        self.ring();
    }
}

/// What comes of a question to a table.
///
/// # Errors
/// As `run`; of a very large table `data-slow` where it took too long, and `data-sql-busy` (429) where too many ask.
pub(crate) async fn ask<T: Send + 'static>(
    table: Table,
    run: impl FnOnce(&Table) -> Result<T, Stop> + Send + 'static,
) -> Result<T, Stop> {
    if !table.is_large() {
        return tokio::task::spawn_blocking(move || run(&table)).await.map_err(Stop::fault)?;
    }
    let _place = QUEUE.try_acquire().map_err(|_| crate::pages::busy())?;
    let turn = TURNS.acquire().await.map_err(Stop::fault)?;
    ask_within(PATIENCE, table, move |table| {
        // The turn is over when the work is, and not when nobody waits for it any more.
        let _turn = turn;
        run(table)
    })
    .await
}

async fn ask_within<T: Send + 'static>(
    patience: Duration,
    table: Table,
    run: impl FnOnce(&Table) -> Result<T, Stop> + Send + 'static,
) -> Result<T, Stop> {
    let bell = Bell(Arc::default());
    let table = table.until(Arc::clone(&bell.0));
    let mut asked = tokio::task::spawn_blocking(move || run(&table));
    let answer = match tokio::time::timeout(patience, &mut asked).await {
        Ok(answer) => answer,
        Err(_) => {
            bell.ring();
            asked.await
        }
    };
    answer.map_err(Stop::fault)?
}

#[cfg(test)]
mod tests {
    use super::ask_within;
    use crate::commands::stop_of;
    use std::time::Duration;
    use tables::{Plan, Shelf};
    use web::Stop;

    #[tokio::test]
    async fn a_question_that_takes_too_long_ends_in_a_sentence() {
        let folder = std::env::temp_dir().join(format!("polity-asking-{}", std::process::id()));
        let shelf = Shelf::new(&folder);
        let sheets = tables::read(b"kind,n\noak,1\nelm,2\n", &importing::Wish::default()).unwrap();
        shelf.take_in("trees", &sheets[0], None).unwrap();
        let plan = Plan { words: "oak".to_owned(), ..Plan::default() };
        for (milliseconds, wanted) in [(1, None), (60_000, Some(2))] {
            let (plan, table) = (plan.clone(), shelf.open("trees").unwrap());
            let asked = ask_within(Duration::from_millis(milliseconds), table, move |table| {
                let mut found = 0;
                for _ in 0..2 {
                    found += table.count(&plan).map_err(stop_of)?;
                    std::thread::sleep(Duration::from_millis(100));
                }
                Ok(found)
            });
            match asked.await {
                Ok(found) => assert_eq!(Some(found), wanted),
                Err(Stop::Refused(refusals)) => assert_eq!((refusals[0].code, wanted), ("data-slow", None)),
                Err(stop) => panic!("{stop:?}"),
            }
        }
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
