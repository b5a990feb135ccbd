//! Files of subjects: photos, kept in the database, so that one file of data is the whole town.

use crate::photo::{Photo, read_photo};
use civic::{FileId, Moment, Subject};
use database::{DbError, OffRecord, Tx, params};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use web::{Stop, Town};

/// A photo that is kept, but belongs to nothing yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredPhoto {
    /// Its id.
    pub id: FileId,
}

/// A file of a subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachedFile {
    /// Its id.
    pub id: FileId,
    /// Its width in pixels.
    pub width: i64,
    /// Its height in pixels.
    pub height: i64,
}

/// Photos that are decoded at once: each may take some hundred megabytes for a moment.
static DECODING: tokio::sync::Semaphore = tokio::sync::Semaphore::const_new(2);

/// Takes in a photo: reads it on a thread that may wait, and keeps it, as yet without a subject; until it
/// has one, only whoever holds `secret` can see it.
///
/// # Errors
/// Refusals of [`read_photo`]; those of the database.
pub async fn take_in(town: &Town, bytes: bytes::Bytes, secret: &str) -> Result<StoredPhoto, Stop> {
    let secret_hash = hash_of(secret);
    let turn = DECODING.acquire().await.map_err(Stop::fault)?;
    let photo = tokio::task::spawn_blocking(move || read_photo(&bytes)).await.map_err(Stop::fault)??;
    drop(turn);
    let now = town.now();
    let id = FileId::new(now, town.chance());
    town.db()
        .write(move |tx| {
            keep(tx, id, &photo, &secret_hash, now)?;
            tx.commit(OffRecord("a photo is recorded with the act it belongs to"), StoredPhoto { id })
        })
        .await
        .map_err(|error: DbError| error.into())
}

fn keep(tx: &mut Tx<'_>, id: FileId, photo: &Photo, secret_hash: &str, now: Moment) -> Result<(), DbError> {
    tx.execute(
        "insert into files (id, made_at, width, height, sha256, picture, thumbnail, secret_hash, hash) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        &params![
            &id.text(),
            now.micros(),
            photo.width,
            photo.height,
            &photo.sha256,
            &photo.picture,
            &photo.thumbnail,
            secret_hash,
            photo.hash.map(u64::cast_signed)
        ],
    )
    .map(|_| ())
}

/// Throws away photos from before that belong to nothing, at most `limit`; answers how many.
///
/// # Errors
/// Those of the database.
pub(crate) fn forget_loose(tx: &mut Tx<'_>, before: Moment, limit: u32) -> Result<u64, DbError> {
    let sql =
        "delete from files where id in (select id from files where subject_kind is null and made_at < $1 limit $2)";
    tx.execute(sql, &params![before.micros(), limit])
}

/// The photo of this id, while it belongs to nothing yet.
///
/// # Errors
/// Those of the database.
pub async fn stored(town: &Town, id: &str) -> Result<Option<StoredPhoto>, Stop> {
    let Ok(id) = id.parse::<FileId>() else { return Ok(None) };
    let look = move |tx: &mut Tx<'_>| {
        let found = tx.query_opt("select 1 from files where id = $1 and subject_kind is null", &params![&id.text()])?;
        Ok::<_, DbError>(found.map(|_| StoredPhoto { id }))
    };
    town.db().read(look).await.map_err(Stop::from)
}

/// Gives a photo its subject, in the transaction of the act it belongs to.
///
/// # Errors
/// [`DbError::NotFound`] when it belongs to something already.
pub fn attach(tx: &mut Tx<'_>, photo: &StoredPhoto, subject: &Subject) -> Result<(), DbError> {
    let changed = tx.execute(
        "update files set subject_kind = $1, subject_id = $2 where id = $3 and subject_kind is null",
        &params![&subject.kind, &subject.id, &photo.id.text()],
    )?;
    if changed == 1 { Ok(()) } else { Err(DbError::NotFound) }
}

/// The photos of a subject that are not hidden, oldest first; for other files see [`crate::documents`].
///
/// # Errors
/// Those of the database.
pub fn of(tx: &mut Tx<'_>, subject: &Subject) -> Result<Vec<AttachedFile>, DbError> {
    let sql = "select id, width, height from files where subject_kind = $1 and subject_id = $2 and hidden = false \
               and media_type is null order by made_at, id";
    let rows = tx.query(sql, &params![&subject.kind, &subject.id])?;
    rows.iter()
        .map(|row| Ok(AttachedFile { id: id_of(&row.get::<String>(0)?)?, width: row.get(1)?, height: row.get(2)? }))
        .collect()
}

/// Hides a file from everybody but its author and the moderators, or shows it again.
///
/// # Errors
/// Those of the database.
pub(crate) fn set_hidden(tx: &mut Tx<'_>, id: FileId, hidden: bool) -> Result<(), DbError> {
    tx.execute("update files set hidden = $1 where id = $2", &params![hidden, &id.text()]).map(|_| ())
}

/// Takes the files of a subject away.
///
/// # Errors
/// Those of the database.
pub fn erase_of(tx: &mut Tx<'_>, subject: &Subject) -> Result<(), DbError> {
    let sql = "delete from files where subject_kind = $1 and subject_id = $2";
    tx.execute(sql, &params![&subject.kind, &subject.id]).map(|_| ())
}

/// The first file of each of these subjects of one kind, as pairs of subject id and file.
///
/// # Errors
/// Those of the database.
pub fn first_of_each(tx: &mut Tx<'_>, kind: &str, ids: &[&str]) -> Result<Vec<(String, FileId)>, DbError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let (places, values) = listed(kind, ids);
    let sql = format!(
        "select subject_id, min(id) from files where subject_kind = $1 and subject_id in ({places}) and hidden = false \
         and media_type is null group by subject_id"
    );
    tx.query(&sql, &values)?.iter().map(|row| Ok((row.get(0)?, id_of(&row.get::<String>(1)?)?))).collect()
}

/// The addresses of the photos of a subject.
///
/// # Errors
/// Those of the database.
pub fn addresses(tx: &mut Tx<'_>, subject: &Subject) -> Result<Vec<String>, DbError> {
    Ok(of(tx, subject)?.into_iter().map(|file| format!("/files/{}.jpg", file.id)).collect())
}

/// The address of the first photo of each of many subjects of one kind, by its id.
///
/// # Errors
/// Those of the database.
pub fn first_addresses(tx: &mut Tx<'_>, kind: &str, ids: &[&str]) -> Result<BTreeMap<String, String>, DbError> {
    let found = first_of_each(tx, kind, ids)?;
    Ok(found.into_iter().map(|(id, file)| (id, format!("/files/{file}.jpg"))).collect())
}

/// The hash by which a photo is known again; see [`crate::photo::Photo`].
///
/// # Errors
/// Those of the database.
pub fn hash_of_photo(tx: &mut Tx<'_>, id: FileId) -> Result<Option<u64>, DbError> {
    let row = tx.query_opt("select hash from files where id = $1", &params![&id.text()])?;
    Ok(row.map(|row| row.get::<Option<i64>>(0)).transpose()?.flatten().map(i64::cast_unsigned))
}

/// The hashes of the photos of these subjects of one kind, as pairs of subject id and hash, oldest first.
///
/// # Errors
/// Those of the database.
pub fn hashes_of_each(tx: &mut Tx<'_>, kind: &str, ids: &[&str]) -> Result<Vec<(String, u64)>, DbError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let (places, values) = listed(kind, ids);
    let sql = format!(
        "select subject_id, hash from files where subject_kind = $1 and subject_id in ({places}) and hash is not null and hidden = false \
         order by made_at, id"
    );
    let rows = tx.query(&sql, &values)?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get::<i64>(1)?.cast_unsigned()))).collect()
}

/// Placeholders from `$2` on for the ids, and the values of a kind and these ids.
fn listed<'p>(kind: &'p str, ids: &[&'p str]) -> (String, Vec<database::Param<'p>>) {
    let places: Vec<String> = (2..ids.len() + 2).map(|number| format!("${number}")).collect();
    (places.join(", "), std::iter::once(kind).chain(ids.iter().copied()).map(database::Param::Text).collect())
}

/// The bytes of a file and whether it is public (belongs to a subject, and is not hidden); `None` when there is none.
///
/// # Errors
/// Those of the database.
pub fn picture(tx: &mut Tx<'_>, id: FileId, small: bool) -> Result<Option<(Vec<u8>, bool)>, DbError> {
    let column = if small { "thumbnail" } else { "picture" };
    let row = tx.query_opt(
        &format!(
            "select {column}, subject_kind is not null and not hidden from files where id = $1 and media_type is null"
        ),
        &params![&id.text()],
    )?;
    row.map(|row| Ok((row.get(0)?, row.get(1)?))).transpose()
}

pub(crate) fn id_of(text: &str) -> Result<FileId, DbError> {
    text.parse().map_err(|error| DbError::Other(format!("a file cannot be read: {error}")))
}

/// A photo is seen before its report is sent only by whoever holds the secret it was taken in with.
///
/// # Errors
/// Those of the database.
pub async fn is_of_draft(town: &Town, id: FileId, secret: &str) -> Result<bool, Stop> {
    if secret.is_empty() {
        return Ok(false);
    }
    let hash = hash_of(secret);
    let look = move |tx: &mut Tx<'_>| {
        let sql = "select 1 from files where id = $1 and secret_hash = $2";
        Ok::<_, DbError>(tx.query_opt(sql, &params![&id.text(), &hash])?.is_some())
    };
    town.db().read(look).await.map_err(Stop::from)
}

pub(crate) fn hash_of(secret: &str) -> String {
    hex::encode(Sha256::digest(secret.as_bytes()))
}
