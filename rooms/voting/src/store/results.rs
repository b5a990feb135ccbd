use civic::Moment;
use database::{DbError, Row, Tx, params};

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

/// The result of one area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Area {
    /// The code of a district, or of the whole town.
    pub area: String,
    /// Why the rule gives no result here; empty where it gives one.
    pub why: String,
    /// The result.
    pub kept: Kept,
}

/// Keeps the result of an area with its file of ballots, as the `place`th.
///
/// # Errors
/// Those of the database.
pub fn keep_area_result(
    tx: &mut Tx<'_>,
    vote: &str,
    place: i64,
    area: &Area,
    ballots_file: &str,
) -> Result<(), DbError> {
    let kept = &area.kept;
    tx.execute(
        "insert into voting_area_results (vote, area, place, why, outcome, others, ballots_file, outcome_sha256, \
         ballots_sha256, counted_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        &params![
            vote,
            &area.area,
            place,
            &area.why,
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

const AREA_COLUMNS: &str = "area, why, outcome, others, outcome_sha256, ballots_sha256, counted_at";

/// The results of all areas, in the order of the ballot.
///
/// # Errors
/// Those of the database.
pub fn area_results(tx: &mut Tx<'_>, vote: &str) -> Result<Vec<Area>, DbError> {
    let sql = format!("select {AREA_COLUMNS} from voting_area_results where vote = $1 order by place");
    tx.query(&sql, &params![vote])?.iter().map(read_area).collect()
}

/// The result of one area.
///
/// # Errors
/// Those of the database.
pub fn area_result_of(tx: &mut Tx<'_>, vote: &str, area: &str) -> Result<Option<Area>, DbError> {
    let sql = format!("select {AREA_COLUMNS} from voting_area_results where vote = $1 and area = $2");
    tx.query_opt(&sql, &params![vote, area])?.as_ref().map(read_area).transpose()
}

fn read_area(row: &Row) -> Result<Area, DbError> {
    let kept = Kept {
        outcome: row.get(2)?,
        others: row.get(3)?,
        outcome_sha256: row.get(4)?,
        ballots_sha256: row.get(5)?,
        counted_at: Moment(row.get(6)?),
    };
    Ok(Area { area: row.get(0)?, why: row.get(1)?, kept })
}

/// The file of ballots of one area.
///
/// # Errors
/// Those of the database.
pub fn area_file_of(tx: &mut Tx<'_>, vote: &str, area: &str) -> Result<Option<String>, DbError> {
    let sql = "select ballots_file from voting_area_results where vote = $1 and area = $2";
    tx.query_opt(sql, &params![vote, area])?.map(|row| row.get(0)).transpose()
}
