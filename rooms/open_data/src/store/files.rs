//! The bytes of files, in pieces.

use civic::Moment;
use database::{DbError, Tx, params};

/// Begins a file; its pieces follow.
pub fn add_file(
    tx: &mut Tx<'_>,
    id: &str,
    file_name: &str,
    bytes: &[u8],
    sha256: &str,
    now: Moment,
) -> Result<(), DbError> {
    let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    tx.execute(
        "insert into dataset_files (id, made_at, file_name, size_bytes, sha256) values ($1, $2, $3, $4, $5)",
        &params![id, now.micros(), file_name, size, sha256],
    )
    .map(|_| ())
}

/// Adds a piece.
pub fn add_chunk(tx: &mut Tx<'_>, id: &str, number: i64, chunk: &[u8]) -> Result<(), DbError> {
    tx.execute("insert into dataset_bytes (file_id, number, chunk) values ($1, $2, $3)", &params![id, number, chunk])
        .map(|_| ())
}

/// All bytes of a file.
pub fn bytes_of(tx: &mut Tx<'_>, id: &str) -> Result<Vec<u8>, DbError> {
    let size: i64 = tx.query_one("select size_bytes from dataset_files where id = $1", &params![id])?.get(0)?;
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
    tx.each("select chunk from dataset_bytes where file_id = $1 order by number", &params![id], |row| {
        bytes.extend_from_slice(&row.get::<Vec<u8>>(0)?);
        Ok(())
    })?;
    Ok(bytes)
}

/// Throws away files from before that belong to nothing, at most `limit`; answers how many.
pub fn forget_loose(tx: &mut Tx<'_>, before: Moment, limit: u32) -> Result<u64, DbError> {
    let loose = "select f.id from dataset_files f where f.made_at < $1 \
                 and not exists (select 1 from dataset_resources r where r.file_id = f.id) \
                 and not exists (select 1 from dataset_version_files v where v.file_id = f.id) \
                 and not exists (select 1 from data_intakes i where i.file_id = f.id and i.state = 'waiting') \
                 order by f.id limit $2";
    let ids: Vec<String> =
        tx.query(loose, &params![before.micros(), limit])?.iter().map(|row| row.get(0)).collect::<Result<_, _>>()?;
    for id in &ids {
        forget_file(tx, id)?;
    }
    Ok(ids.len() as u64)
}

/// Throws a file away that belongs to nothing.
pub fn forget_file(tx: &mut Tx<'_>, id: &str) -> Result<(), DbError> {
    let loose = "not exists (select 1 from dataset_resources r where r.file_id = $1) \
                 and not exists (select 1 from dataset_version_files v where v.file_id = $1)";
    tx.execute(&format!("delete from dataset_bytes where file_id = $1 and {loose}"), &params![id])?;
    tx.execute(&format!("delete from dataset_files where id = $1 and {loose}"), &params![id]).map(|_| ())
}
