//! Photos of papers, and PDFs: private always, given only to the applicant and the office that decides.

use civic::Moment;
use commons::photo::Photo;
use database::{DbError, Row, Tx, params};

/// A file of a draft or an application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptFile {
    /// Its id.
    pub id: String,
    /// The question it answers.
    pub field: String,
    /// What the sender calls it.
    pub name: String,
    /// When it came.
    pub at: Moment,
    /// What it is, as `image/jpeg`.
    pub media: String,
}

/// The question of what came to the office on paper: none.
pub const SCAN: &str = "";
/// What [`KeptFile::media`] says of a PDF.
pub const PDF: &str = "application/pdf";

impl KeptFile {
    /// Whether it is a PDF, kept as it came.
    pub fn is_paper(&self) -> bool {
        self.media == PDF
    }
}

/// The bytes of a file with the size of the picture.
#[derive(Debug, Clone)]
pub enum Content {
    /// A photo that was decoded and drawn anew.
    Photo(Photo),
    /// A PDF as it came.
    Paper(Vec<u8>),
}

impl Content {
    /// How many bytes are kept.
    pub fn bytes(&self) -> i64 {
        let bytes = match self {
            Self::Photo(photo) => photo.picture.len(),
            Self::Paper(bytes) => bytes.len(),
        };
        i64::try_from(bytes).unwrap_or(i64::MAX)
    }
}

/// Keeps a file.
pub fn add_file(tx: &mut Tx<'_>, owner: &str, file: &KeptFile, content: &Content) -> Result<(), DbError> {
    let (width, height, bytes) = match content {
        Content::Photo(photo) => (photo.width, photo.height, &photo.picture),
        Content::Paper(bytes) => (0, 0, bytes),
    };
    tx.execute(
        "insert into service_files (id, owner, field, name, width, height, picture, at, media) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        &params![&file.id, owner, &file.field, &file.name, width, height, bytes, file.at.micros(), &file.media],
    )
    .map(|_| ())
}

/// The files of a draft or application, oldest first.
pub fn files_of(tx: &mut Tx<'_>, owner: &str) -> Result<Vec<KeptFile>, DbError> {
    let sql = "select id, field, name, at, media from service_files where owner = $1 order by at, id limit 100";
    tx.query(sql, &params![owner])?.iter().map(read).collect()
}

fn read(row: &Row) -> Result<KeptFile, DbError> {
    let at = Moment(row.get(3)?);
    Ok(KeptFile { id: row.get(0)?, field: row.get(1)?, name: row.get(2)?, at, media: row.get(4)? })
}

/// How many files a draft or application has.
pub fn count_files(tx: &mut Tx<'_>, owner: &str) -> Result<i64, DbError> {
    tx.query_one("select count(*) from service_files where owner = $1", &params![owner])?.get(0)
}

/// How many bytes the files of a draft or application have together.
pub fn bytes_of_files(tx: &mut Tx<'_>, owner: &str) -> Result<i64, DbError> {
    let sql = "select cast(coalesce(sum(length(picture)), 0) as bigint) from service_files where owner = $1";
    tx.query_one(sql, &params![owner])?.get(0)
}

/// How many bytes the papers have together that the office added to an application.
pub fn bytes_of_scans(tx: &mut Tx<'_>, owner: &str) -> Result<i64, DbError> {
    let sql =
        "select cast(coalesce(sum(length(picture)), 0) as bigint) from service_files where owner = $1 and field = $2";
    tx.query_one(sql, &params![owner, SCAN])?.get(0)
}

/// A file of this draft or application, and of no other, with its bytes.
pub fn file(tx: &mut Tx<'_>, owner: &str, id: &str) -> Result<Option<(KeptFile, Vec<u8>)>, DbError> {
    let sql = "select id, field, name, at, media, picture from service_files where owner = $1 and id = $2";
    tx.query_opt(sql, &params![owner, id])?.map(|row| Ok((read(&row)?, row.get(5)?))).transpose()
}

/// Throws a file of this draft away.
pub fn drop_file(tx: &mut Tx<'_>, owner: &str, id: &str) -> Result<(), DbError> {
    tx.execute("delete from service_files where owner = $1 and id = $2", &params![owner, id]).map(|_| ())
}

/// Gives the files of a draft to the application that it became.
pub fn hand_over(tx: &mut Tx<'_>, from: &str, to: &str) -> Result<(), DbError> {
    tx.execute("update service_files set owner = $1 where owner = $2", &params![to, from]).map(|_| ())
}
