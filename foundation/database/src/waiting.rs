//! An act that waits for its turn on a connection's thread.

use crate::{DbError, Done, Tx};
use std::panic::{AssertUnwindSafe, catch_unwind};
use tokio::sync::oneshot;

/// An act whose types are forgotten, so that acts of all rooms can stand in one queue.
pub(crate) trait Waiting: Send {
    /// Runs the act. Returns whether what it wrote is to be kept.
    fn run(&mut self, tx: &mut Tx<'_>) -> bool;
    /// Answers the caller, once it is known whether the commit succeeded.
    fn answer(self: Box<Self>, committed: Result<(), DbError>);
}

struct Act<F, T, E> {
    act: Option<F>,
    outcome: Option<Result<T, E>>,
    reply: oneshot::Sender<Result<T, E>>,
}

/// Puts an act into its envelope; the receiver gets the answer after the commit.
pub(crate) fn envelope<F, T, E>(act: F) -> (Box<dyn Waiting>, oneshot::Receiver<Result<T, E>>)
where
    F: FnOnce(&mut Tx<'_>) -> Result<Done<T>, E> + Send + 'static,
    T: Send + 'static,
    E: From<DbError> + Send + 'static,
{
    let (reply, answer) = oneshot::channel();
    (Box::new(Act { act: Some(act), outcome: None, reply }), answer)
}

impl<F, T, E> Waiting for Act<F, T, E>
where
    F: FnOnce(&mut Tx<'_>) -> Result<Done<T>, E> + Send,
    T: Send,
    E: From<DbError> + Send,
{
    fn run(&mut self, tx: &mut Tx<'_>) -> bool {
        let Some(act) = self.act.take() else { return false };
        let outcome = catch_unwind(AssertUnwindSafe(|| act(tx)));
        let outcome = outcome.unwrap_or_else(|panic| Err(E::from(DbError::Panicked(words_of(&*panic)))));
        let keep = outcome.is_ok();
        self.outcome = Some(outcome.map(|done| done.0));
        keep
    }

    fn answer(self: Box<Self>, committed: Result<(), DbError>) {
        let never_ran = || Err(E::from(DbError::Unavailable("the act did not run".to_owned())));
        let outcome = match (self.outcome, committed) {
            (Some(Ok(value)), Ok(())) => Ok(value),
            (Some(Err(error)), _) => Err(error),
            (_, Err(error)) => Err(E::from(error)),
            (None, Ok(())) => never_ran(),
        };
        // A caller who has gone away does not undo what was committed.
        let _ = self.reply.send(outcome);
    }
}

fn words_of(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "panic".to_owned())
}
