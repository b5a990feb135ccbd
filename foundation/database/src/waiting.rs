//! An act that waits for its turn on a connection's thread.

use crate::{DbError, Done, Tx};
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::oneshot;

/// An act whose types are forgotten, so that acts of all rooms can stand in one queue, and the code that carries them is there
/// once and not once for each act of the house.
pub(crate) struct Waiting {
    act: Option<Nameless>,
    panicked: Option<DbError>,
    reply: oneshot::Sender<Result<(), DbError>>,
}

/// Runs the act and puts its outcome where its caller finds it. Says whether what it wrote is to be kept.
type Nameless = Box<dyn FnOnce(&mut Tx<'_>) -> bool + Send>;

/// What the caller of an act waits for.
pub(crate) struct Answer<T, E> {
    outcome: Arc<Mutex<Option<Result<T, E>>>>,
    committed: oneshot::Receiver<Result<(), DbError>>,
}

/// An act as it is written: boxed at once, so that what follows is compiled for its answer and not for each act.
pub(crate) type Boxed<T, E> = Box<dyn FnOnce(&mut Tx<'_>) -> Result<T, E> + Send>;

/// Puts an act into its envelope; the caller gets its answer after the commit.
pub(crate) fn envelope<T, E>(act: Boxed<Done<T>, E>) -> (Waiting, Answer<T, E>)
where
    T: Send + 'static,
    E: Send + 'static,
{
    let (reply, committed) = oneshot::channel();
    let outcome = Arc::new(Mutex::new(None));
    let place = Arc::clone(&outcome);
    let act = Box::new(move |tx: &mut Tx<'_>| {
        let done = act(tx).map(|done| done.0);
        let keep = done.is_ok();
        *place.lock().unwrap_or_else(PoisonError::into_inner) = Some(done);
        keep
    });
    (Waiting { act: Some(act), panicked: None, reply }, Answer { outcome, committed })
}

impl Waiting {
    /// Runs the act. Returns whether what it wrote is to be kept.
    pub(crate) fn run(&mut self, tx: &mut Tx<'_>) -> bool {
        let Some(act) = self.act.take() else { return false };
        catch_unwind(AssertUnwindSafe(|| act(tx))).unwrap_or_else(|panic| {
            self.panicked = Some(DbError::Panicked(words_of(&*panic)));
            false
        })
    }

    /// Answers the caller, once it is known whether the commit succeeded.
    pub(crate) fn answer(self, committed: Result<(), DbError>) {
        let never_ran = self.act.is_some() && committed.is_ok();
        let committed = match self.panicked {
            Some(panic) => Err(panic),
            None if never_ran => Err(DbError::Unavailable("the act did not run".to_owned())),
            None => committed,
        };
        // A caller who has gone away does not undo what was committed.
        let _ = self.reply.send(committed);
    }
}

impl<T, E: From<DbError>> Answer<T, E> {
    /// Waits for the commit.
    pub(crate) async fn heard(self) -> Result<T, E> {
        settled(&self.outcome, self.committed.await.ok())
    }

    /// Waits for it on this thread, which must not be one of the runtime's.
    pub(crate) fn heard_here(self) -> Result<T, E> {
        settled(&self.outcome, wait_for(self.committed))
    }
}

/// The answer of an act: its own refusal; else what kept it from being committed; else what it found.
fn settled<T, E: From<DbError>>(
    outcome: &Mutex<Option<Result<T, E>>>,
    committed: Option<Result<(), DbError>>,
) -> Result<T, E> {
    let outcome = outcome.lock().unwrap_or_else(PoisonError::into_inner).take();
    match (outcome, committed.unwrap_or_else(|| Err(gone()))) {
        (Some(Ok(value)), Ok(())) => Ok(value),
        (Some(Err(error)), _) => Err(error),
        (_, Err(error)) => Err(error.into()),
        (None, Ok(())) => Err(gone().into()),
    }
}

/// The database was closed before there was an answer.
pub(crate) fn gone() -> DbError {
    DbError::Unavailable("the database is closed".to_owned())
}

/// Inside a runtime a plain blocking wait would panic; another thread waits for us.
fn wait_for(committed: oneshot::Receiver<Result<(), DbError>>) -> Option<Result<(), DbError>> {
    if tokio::runtime::Handle::try_current().is_ok() {
        return std::thread::scope(|scope| scope.spawn(|| committed.blocking_recv().ok()).join().ok().flatten());
    }
    committed.blocking_recv().ok()
}

fn words_of(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "panic".to_owned())
}
