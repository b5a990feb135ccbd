use civic::Moment;
use database::{DbError, Tx, params};

/// A result as it is kept: texts exactly as they are served and hashed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The outcome, as JSON.
    pub outcome: String,
    /// What other rules would have given, as JSON.
    pub others: String,
    /// The SHA-256 of `outcome`.
    pub outcome_sha256: String,
    /// The SHA-256 of the file of ballots.
    pub ballots_sha256: String,
    /// When it was counted.
    pub counted_at: Moment,
}

/// Keeps a result with its file of ballots.
///
/// # Errors
/// Those of the database.
pub fn keep_result(tx: &mut Tx<'_>, vote: &str, kept: &Kept, ballots_file: &str) -> Result<(), DbError> {
    tx.execute(
        "insert into voting_results (vote, outcome, others, ballots_file, outcome_sha256, ballots_sha256, counted_at) \
         values ($1, $2, $3, $4, $5, $6, $7)",
        &params![
            vote,
            &kept.outcome,
            &kept.others,
            ballots_file,
            &kept.outcome_sha256,
            &kept.ballots_sha256,
            kept.counted_at.micros()
        ],
    )
    .map(|_| ())
}

/// The result of a vote.
///
/// # Errors
/// Those of the database.
pub fn result_of(tx: &mut Tx<'_>, vote: &str) -> Result<Option<Kept>, DbError> {
    let sql = "select outcome, others, outcome_sha256, ballots_sha256, counted_at from voting_results where vote = $1";
    tx.query_opt(sql, &params![vote])?
        .map(|row| {
            Ok(Kept {
                outcome: row.get(0)?,
                others: row.get(1)?,
                outcome_sha256: row.get(2)?,
                ballots_sha256: row.get(3)?,
                counted_at: Moment(row.get(4)?),
            })
        })
        .transpose()
}

/// The file of ballots of a vote that was counted.
///
/// # Errors
/// Those of the database.
pub fn file_of(tx: &mut Tx<'_>, vote: &str) -> Result<Option<String>, DbError> {
    let row = tx.query_opt("select ballots_file from voting_results where vote = $1", &params![vote])?;
    row.map(|row| row.get(0)).transpose()
}
