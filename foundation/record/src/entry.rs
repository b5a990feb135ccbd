//! One line of the public record.

use civic::{Actor, Chance, EntryId, Moment, Subject, secret};
use database::{DbError, OnRecord, Tx, params};
use hmac::{Hmac, Mac};
use serde::Serialize;
use serde_json::{Map, Value, json};
use sha2::Sha256;

/// An entry may have at most this many bytes (C2SP tlog-tiles: under 64 KiB); ours are far smaller.
pub const ENTRY_LIMIT_BYTES: usize = 16 * 1024;

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
        Self { id, said_at: now, subject, saying, actor: actor.handle.clone(), public, private: None }
    }

    /// The public view. Map keys are sorted when it is written, so the same view is the same bytes.
    ///
    /// # Errors
    /// A fault when the view cannot be JSON (a map with keys that are not text).
    pub fn publicly(mut self, view: &impl Serialize) -> Result<Self, DbError> {
        self.public = to_value(view)?;
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
        self.private = Some(Sealed { salt, seal });
        Ok(self)
    }

    /// The id of the entry, by which the act's own rows refer to it.
    pub fn id(&self) -> EntryId {
        self.id
    }

    /// The canonical bytes that become the leaf.
    fn body(&self) -> String {
        let mut body = json!({
            "about": self.subject.to_string(),
            "at": self.said_at.rfc3339(),
            "by": self.actor,
            "id": self.id,
            "said": self.saying,
            "what": self.public,
        });
        if let Some(private) = &self.private {
            body["private"] = Value::String(format!("hmac-sha256:{}", private.seal));
        }
        body.to_string()
    }
}

impl OnRecord for Entry {
    fn put(self, tx: &mut Tx<'_>) -> Result<(), DbError> {
        let body = self.body();
        if body.len() > ENTRY_LIMIT_BYTES {
            return Err(DbError::Other(format!(
                "a record entry may have {ENTRY_LIMIT_BYTES} bytes; {} has more",
                self.saying
            )));
        }
        let id = self.id.text();
        tx.execute(
            "insert into record_entries (id, said_at, subject_kind, subject_id, saying, body) values ($1, $2, $3, $4, $5, $6)",
            &params![&id, self.said_at.micros(), &self.subject.kind, &self.subject.id, self.saying, &body],
        )?;
        if let Some(private) = &self.private {
            tx.execute("insert into record_salts (entry_id, salt) values ($1, $2)", &params![&id, &private.salt])?;
        }
        Ok(())
    }
}

/// The HMAC that the record shows for `facts` (canonical JSON) under `salt` (hexadecimal).
pub fn seal(salt: &str, facts: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(salt.as_bytes()).expect("HMAC takes a key of any length");
    mac.update(facts.as_bytes());
    hex::encode(mac.finalize().into_bytes())
}

/// Makes what was private in one entry impossible to prove: forgets its salt.
///
/// # Errors
/// Those of the database.
pub fn forget_salt(tx: &mut Tx<'_>, entry: &str) -> Result<(), DbError> {
    tx.execute("delete from record_salts where entry_id = $1", &params![entry]).map(|_| ())
}

/// Makes what was private in every entry about `subject` impossible to prove.
///
/// # Errors
/// Those of the database.
pub fn forget_salts_about(tx: &mut Tx<'_>, subject: &Subject) -> Result<(), DbError> {
    tx.execute(
        "delete from record_salts where entry_id in (select id from record_entries where subject_kind = $1 and subject_id = $2)",
        &params![&subject.kind, &subject.id],
    )
    .map(|_| ())
}

/// Canonical JSON: serde_json's maps are ordered by key, and we keep floats out of entries.
fn to_value(view: &impl Serialize) -> Result<Value, DbError> {
    serde_json::to_value(view).map_err(|error| DbError::Other(format!("a record entry must be JSON: {error}")))
}
