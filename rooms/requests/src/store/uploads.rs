//! Tables that were uploaded to be imported.

use super::rows::broken;
use civic::Moment;
use database::{DbError, Row, Tx, params};

/// Where an upload stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UploadState {
    /// Something is to be asked, or it can be tried.
    New,
    /// It is being tried.
    Trying,
    /// It was tried; what would become of it is in its report.
    Tried,
    /// It is being stored.
    Storing,
    /// It was stored.
    Stored,
    /// It broke off.
    Broken,
}

impl UploadState {
    const ALL: [Self; 6] = [Self::New, Self::Trying, Self::Tried, Self::Storing, Self::Stored, Self::Broken];

    /// As in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Trying => "trying",
            Self::Tried => "tried",
            Self::Storing => "storing",
            Self::Stored => "stored",
            Self::Broken => "broken",
        }
    }

    /// Whether somebody works on it.
    pub fn is_under_way(self) -> bool {
        matches!(self, Self::Trying | Self::Storing)
    }
}

/// An upload, without its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// Its id.
    pub id: String,
    /// The name of the file.
    pub name: String,
    /// Its mapping as far as it is known, as TOML.
    pub mapping: String,
    /// The pseudonym of who uploaded it.
    pub by_handle: String,
    /// The language they read.
    pub language: String,
    /// Where it stands.
    pub state: UploadState,
    /// When it came.
    pub at: Moment,
    /// What would become of it, as JSON; empty before it was tried.
    pub report: String,
    /// The import that stored it.
    pub import: Option<String>,
    /// Why it broke off; empty for nothing.
    pub trouble: String,
}

const COLUMNS: &str = "id, name, mapping, by_handle, language, state, at, report, import_id, trouble";

/// Keeps an upload with its file.
pub fn put_upload(tx: &mut Tx<'_>, upload: &Upload, body: &[u8]) -> Result<(), DbError> {
    tx.execute(
        "insert into request_import_uploads (id, name, body, mapping, by_handle, language, state, at, report, trouble) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, '', '')",
        &params![
            &upload.id,
            &upload.name,
            body,
            &upload.mapping,
            &upload.by_handle,
            &upload.language,
            upload.state.word(),
            upload.at.micros()
        ],
    )
    .map(|_| ())
}

/// An upload.
pub fn upload(tx: &mut Tx<'_>, id: &str) -> Result<Option<Upload>, DbError> {
    let sql = format!("select {COLUMNS} from request_import_uploads where id = $1");
    tx.query_opt(&sql, &params![id])?.as_ref().map(upload_of).transpose()
}

/// Uploads, the newest first.
pub fn uploads(tx: &mut Tx<'_>, limit: u32) -> Result<Vec<Upload>, DbError> {
    let sql = format!("select {COLUMNS} from request_import_uploads order by at desc, id limit $1");
    tx.query(&sql, &params![i64::from(limit)])?.iter().map(upload_of).collect()
}

/// The file of an upload.
pub fn upload_body(tx: &mut Tx<'_>, id: &str) -> Result<Option<Vec<u8>>, DbError> {
    let row = tx.query_opt("select body from request_import_uploads where id = $1", &params![id])?;
    row.map(|row| row.get(0)).transpose()
}

/// Keeps how an upload stands, unless it stands otherwise by now. Returns whether it was kept.
pub fn save_upload(tx: &mut Tx<'_>, upload: &Upload, was: UploadState) -> Result<bool, DbError> {
    let kept = tx.execute(
        "update request_import_uploads set mapping = $2, state = $3, report = $4, import_id = $5, trouble = $6 \
         where id = $1 and state = $7",
        &params![
            &upload.id,
            &upload.mapping,
            upload.state.word(),
            &upload.report,
            upload.import.as_deref(),
            &upload.trouble,
            was.word()
        ],
    )?;
    Ok(kept == 1)
}

/// Takes an upload away with its file. Returns whether there was one that nobody works on.
pub fn forget_upload(tx: &mut Tx<'_>, id: &str) -> Result<bool, DbError> {
    let sql = "delete from request_import_uploads where id = $1 and state not in ('trying', 'storing')";
    Ok(tx.execute(sql, &params![id])? == 1)
}

/// Forgets uploads from before, at most `limit`; answers how many.
pub fn forget_old_uploads(tx: &mut Tx<'_>, before: Moment, limit: u32) -> Result<u64, DbError> {
    let sql = "delete from request_import_uploads where id in \
               (select id from request_import_uploads where at < $1 order by at, id limit $2)";
    tx.execute(sql, &params![before.micros(), limit])
}

fn upload_of(row: &Row) -> Result<Upload, DbError> {
    let word: String = row.get(5)?;
    let state = UploadState::ALL.into_iter().find(|state| state.word() == word);
    Ok(Upload {
        id: row.get(0)?,
        name: row.get(1)?,
        mapping: row.get(2)?,
        by_handle: row.get(3)?,
        language: row.get(4)?,
        state: state.ok_or_else(|| broken("unknown state of an upload"))?,
        at: Moment(row.get(6)?),
        report: row.get(7)?,
        import: row.get(8)?,
        trouble: row.get(9)?,
    })
}
