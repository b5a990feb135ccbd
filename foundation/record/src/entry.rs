//! One line of the public record.

use civic::{Actor, Chance, EntryId, Moment, Subject, secret};
use database::{DbError, OnRecord, Param, Tx, params};
use hmac::{Hmac, Mac};
use serde::Serialize;
use serde_json::{Map, Value};
use sha2::Sha256;
use std::borrow::Cow;

/// An entry may have at most this many bytes (C2SP tlog-tiles: under 64 KiB); ours are far smaller.
pub const ENTRY_LIMIT_BYTES: usize = 16 * 1024;

/// Subjects that one statement names.
const SUBJECTS_AT_ONCE: usize = 100;

/// What the record keeps of one act: its public view as canonical JSON, the pseudonym
/// of the actor, and a salted HMAC of what is private. Never a name, a free text or an
/// address of a machine.
#[derive(Debug, Clone)]
#[must_use = "an entry is kept only when `Tx::commit` takes it"]
pub struct Entry {
    id: EntryId,
    said_at: Moment,
    subject: Subject,
    saying: &'static str,
    actor: String,
    public: Value,
    private: Option<Sealed>,
    /// The bytes, where they were made ahead.
    body: Option<String>,
}

/// What is private of an entry: the salt stays in the database, the seal goes into the record.
#[derive(Debug, Clone)]
struct Sealed {
    salt: String,
    seal: String,
}

impl Entry {
    /// Begins an entry: `actor` said `saying` (past tense, as `request.opened`) about `subject` at `now`.
    pub fn about(subject: Subject, saying: &'static str, actor: &Actor, now: Moment, chance: &dyn Chance) -> Self {
        let id = EntryId::new(now, chance);
        let public = Value::Object(Map::new());
        Self { id, said_at: now, subject, saying, actor: actor.handle.clone(), public, private: None, body: None }
    }

    /// The public view. Map keys are sorted when it is written, so the same view is the same bytes.
    ///
    /// # Errors
    /// A fault when the view cannot be JSON (a map with keys that are not text).
    pub fn publicly(mut self, view: &impl Serialize) -> Result<Self, DbError> {
        (self.public, self.body) = (to_value(view)?, None);
        Ok(self)
    }

    /// Seals private facts: the record gets an HMAC-SHA-256 (RFC 2104) under a fresh salt, so
    /// that whoever holds the facts and the salt can prove them, and deleting the salt erases.
    ///
    /// # Errors
    /// A fault when the facts cannot be JSON.
    pub fn privately(mut self, facts: &impl Serialize, chance: &dyn Chance) -> Result<Self, DbError> {
        let salt = secret(chance);
        let seal = seal(&salt, &to_value(facts)?.to_string());
        (self.private, self.body) = (Some(Sealed { salt, seal }), None);
        Ok(self)
    }

    /// Makes its bytes now, and not within the transaction, which others wait for.
    pub fn made(mut self) -> Self {
        self.body = Some(self.bytes());
        self
    }

    /// The id of the entry, by which the act's own rows refer to it.
    pub fn id(&self) -> EntryId {
        self.id
    }

    /// The canonical bytes that become the leaf: JSON whose keys are in order.
    fn bytes(&self) -> String {
        let line = Line {
            about: self.subject.to_string(),
            at: self.said_at.rfc3339(),
            by: &self.actor,
            id: self.id,
            private: self.private.as_ref().map(|private| format!("hmac-sha256:{}", private.seal)),
            said: self.saying,
            what: &self.public,
        };
        serde_json::to_string(&line).expect("a line has only texts and JSON in it")
    }

    fn body(&self) -> Cow<'_, str> {
        self.body.as_deref().map_or_else(|| self.bytes().into(), Into::into)
    }
}

/// A line of the record; its keys stand in order, so that it is written as canonical JSON.
#[derive(Serialize)]
struct Line<'l> {
    about: String,
    at: String,
    by: &'l str,
    id: EntryId,
    #[serde(skip_serializing_if = "Option::is_none")]
    private: Option<String>,
    said: &'l str,
    what: &'l Value,
}

impl OnRecord for Entry {
    fn put(self, tx: &mut Tx<'_>) -> Result<(), DbError> {
        put_all(tx, std::slice::from_ref(&self))
    }
}

/// Several entries of one transaction, as those of the rows of an import.
#[derive(Debug, Clone)]
#[must_use = "entries are kept only when `Tx::commit` takes them"]
pub struct Entries(pub Vec<Entry>);

impl OnRecord for Entries {
    fn put(self, tx: &mut Tx<'_>) -> Result<(), DbError> {
        put_all(tx, &self.0)
    }
}

fn put_all(tx: &mut Tx<'_>, entries: &[Entry]) -> Result<(), DbError> {
    let texts: Vec<(String, Cow<'_, str>)> = entries.iter().map(|entry| (entry.id.text(), entry.body())).collect();
    if let Some((_, entry)) = texts.iter().zip(entries).find(|((_, body), _)| body.len() > ENTRY_LIMIT_BYTES) {
        return Err(DbError::Other(format!(
            "a record entry may have {ENTRY_LIMIT_BYTES} bytes; {} has more",
            entry.saying
        )));
    }
    let (mut rows, mut salts) = (Vec::with_capacity(entries.len() * 6), Vec::new());
    for (entry, (id, body)) in entries.iter().zip(&texts) {
        let Entry { said_at, subject, saying, private, .. } = entry;
        rows.extend(params![id, said_at.micros(), &subject.kind, &subject.id, *saying, &**body]);
        salts.extend(private.iter().flat_map(|private| params![id, &private.salt]));
    }
    let into = "insert into record_entries (id, said_at, subject_kind, subject_id, saying, body)";
    tx.insert_rows(into, 6, &rows)?;
    tx.insert_rows("insert into record_salts (entry_id, salt)", 2, &salts).map(|_| ())
}

/// The HMAC that the record shows for `facts` (canonical JSON) under `salt` (hexadecimal).
pub fn seal(salt: &str, facts: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(salt.as_bytes()).expect("HMAC takes a key of any length");
    mac.update(facts.as_bytes());
    hex::encode(mac.finalize().into_bytes())
}

/// The kind of note ([`Tx::note`]) that says which entry's salt was forgotten.
pub const SALT_FORGOTTEN: &str = "salt forgotten";

/// Makes what was private in one entry impossible to prove: forgets its salt.
///
/// # Errors
/// Those of the database.
pub fn forget_salt(tx: &mut Tx<'_>, entry: &str) -> Result<(), DbError> {
    forget(tx, "delete from record_salts where entry_id = $1 returning entry_id", &params![entry])
}

/// Makes what was private in every entry about `subject` impossible to prove.
///
/// # Errors
/// Those of the database.
pub fn forget_salts_about(tx: &mut Tx<'_>, subject: &Subject) -> Result<(), DbError> {
    let sql = "delete from record_salts where entry_id in (select id from record_entries where subject_kind = $1 and subject_id = $2) \
               returning entry_id";
    forget(tx, sql, &params![&subject.kind, &subject.id])
}

/// The same for many subjects of one kind.
///
/// # Errors
/// Those of the database.
pub fn forget_salts_about_each(tx: &mut Tx<'_>, kind: &str, ids: &[&str]) -> Result<(), DbError> {
    for some in ids.chunks(SUBJECTS_AT_ONCE) {
        let places: Vec<String> = (2..some.len() + 2).map(|number| format!("${number}")).collect();
        let sql = format!(
            "delete from record_salts where entry_id in (select id from record_entries where subject_kind = $1 and subject_id in ({})) \
             returning entry_id",
            places.join(", ")
        );
        let values: Vec<Param<'_>> =
            [Param::Text(kind)].into_iter().chain(some.iter().map(|id| Param::Text(id))).collect();
        forget(tx, &sql, &values)?;
    }
    Ok(())
}

fn forget(tx: &mut Tx<'_>, sql: &str, values: &[Param<'_>]) -> Result<(), DbError> {
    for row in tx.query(sql, values)? {
        tx.note(SALT_FORGOTTEN, row.get(0)?);
    }
    Ok(())
}

/// Canonical JSON: serde_json's maps are ordered by key, and we keep floats out of entries.
fn to_value(view: &impl Serialize) -> Result<Value, DbError> {
    serde_json::to_value(view).map_err(|error| DbError::Other(format!("a record entry must be JSON: {error}")))
}
