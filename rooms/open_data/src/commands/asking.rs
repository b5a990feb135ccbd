//! Questions to a table, on a thread that may wait.

use tables::Table;
use web::Stop;

/// What comes of a question to a table.
///
/// # Errors
/// As `run`.
pub(crate) async fn ask<T: Send + 'static>(
    table: Table,
    run: impl FnOnce(&Table) -> Result<T, Stop> + Send + 'static,
) -> Result<T, Stop> {
    tokio::task::spawn_blocking(move || run(&table)).await.map_err(Stop::fault)?
}
