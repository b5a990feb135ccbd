//! Files of subjects that are no photos: PDF, office documents, plain text. Kept as they came, never opened, and handed out to be
//! saved, not shown. What a file is, its content says, and not its name.

use crate::files::{self, StoredPhoto};
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use civic::{FileId, Subject};
use database::{DbError, OffRecord, Tx, params};
use sha2::{Digest, Sha256};
use web::{Answer, Refusal, Stop, Town};

/// Bytes a document may have.
pub const DOCUMENT_LIMIT_BYTES: usize = 10 * 1024 * 1024;
/// Characters of a name that are kept, before its ending.
const NAME_LIMIT: usize = 80;
/// Bytes at the end of a container in which its list of names is looked for.
const NAMES_BYTES: usize = 64 * 1024;

/// What a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Form {
    /// Its media type.
    pub media_type: &'static str,
    /// The ending of its name.
    pub ending: &'static str,
}

const PDF: Form = Form { media_type: "application/pdf", ending: "pdf" };
const TEXT: Form = Form { media_type: "text/plain", ending: "txt" };
/// OpenDocument, by the words that stand uncompressed at the beginning (ODF 1.3 part 2, section 3.3).
const OPEN_DOCUMENT: [(&[u8], Form); 3] = [
    (
        b"application/vnd.oasis.opendocument.text",
        Form { media_type: "application/vnd.oasis.opendocument.text", ending: "odt" },
    ),
    (
        b"application/vnd.oasis.opendocument.spreadsheet",
        Form { media_type: "application/vnd.oasis.opendocument.spreadsheet", ending: "ods" },
    ),
    (
        b"application/vnd.oasis.opendocument.presentation",
        Form { media_type: "application/vnd.oasis.opendocument.presentation", ending: "odp" },
    ),
];
/// Office Open XML, by the part that every document of a kind has (ECMA-376).
const OFFICE: [(&[u8], Form); 3] = [
    (
        b"word/document.xml",
        Form { media_type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ending: "docx" },
    ),
    (
        b"xl/workbook.xml",
        Form { media_type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ending: "xlsx" },
    ),
    (
        b"ppt/presentation.xml",
        Form {
            media_type: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            ending: "pptx",
        },
    ),
];
/// Parts that hold programs.
const PROGRAMS: [&[u8]; 3] = [b"vbaProject.bin", b"Basic/script-lc.xml", b"Scripts/"];

/// A document of a subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Its id.
    pub id: FileId,
    /// What it is called, with its ending.
    pub name: String,
    /// What it is.
    pub media_type: String,
    /// How large.
    pub size_bytes: i64,
    /// The SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

/// What these bytes are; `None` for what is not taken, among it everything with programs inside. Nothing is unpacked: a container
/// is known by the names that stand in it as they are.
pub fn form_of(bytes: &[u8]) -> Option<Form> {
    if bytes.starts_with(b"%PDF-") {
        return Some(PDF);
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return container(bytes);
    }
    let is_text = |c: char| !c.is_control() || matches!(c, '\n' | '\r' | '\t');
    let text = std::str::from_utf8(bytes).ok()?;
    // What a browser could take for a page is none, whatever it is called.
    let begins = text.trim_start().to_ascii_lowercase();
    let page = begins.starts_with('<') || begins.starts_with("%!");
    (!text.is_empty() && text.chars().all(is_text) && !page).then_some(TEXT)
}

fn container(bytes: &[u8]) -> Option<Form> {
    // The list of names stands at the end of a container (APPNOTE 6.3.10, section 4.3.12).
    let names = &bytes[bytes.len().saturating_sub(NAMES_BYTES)..];
    if PROGRAMS.iter().any(|part| holds(names, part)) {
        return None;
    }
    // The first entry of OpenDocument is `mimetype`, as it is, behind a header of 30 bytes.
    let open = bytes.get(30..).and_then(|rest| rest.strip_prefix(b"mimetype"));
    if let Some(kind) = open {
        let exactly = |words: &[u8]| kind.starts_with(words) && kind.get(words.len()).is_none_or(|next| *next == b'P');
        return OPEN_DOCUMENT.into_iter().find(|(words, _)| exactly(words)).map(|(_, form)| form);
    }
    let office = holds(names, b"[Content_Types].xml");
    OFFICE.into_iter().find(|(part, _)| office && holds(names, part)).map(|(_, form)| form)
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// A name as it may be shown and saved: letters, digits, blanks and `-_.()`, no path, and the ending of what the file is.
pub fn clean_name(name: &str, form: Form) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = match last.rsplit_once('.') {
        Some((stem, ending)) if ending.len() <= 5 => stem,
        _ => last,
    };
    let fine = |c: char| if c.is_alphanumeric() || " -_()".contains(c) { c } else { ' ' };
    let words: String = stem.chars().map(fine).collect();
    let stem: String = words.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(NAME_LIMIT).collect();
    let stem = if stem.is_empty() { "file".to_owned() } else { stem };
    format!("{}.{}", stem.trim_end(), form.ending)
}

/// Takes a document in, as yet without a subject.
///
/// # Errors
/// `document-empty`, `document-large`, `document-kind`; those of the database.
pub async fn take_in(town: &Town, name: &str, bytes: bytes::Bytes, secret: &str) -> Result<Document, Stop> {
    if bytes.is_empty() {
        return Err(Refusal::new("document-empty").at("document").into());
    }
    if bytes.len() > DOCUMENT_LIMIT_BYTES {
        let most = DOCUMENT_LIMIT_BYTES / 1024 / 1024;
        return Err(Refusal::new("document-large").at("document").with("most", most).into());
    }
    let form = form_of(&bytes).ok_or_else(|| Refusal::new("document-kind").at("document"))?;
    let now = town.now();
    let document = Document {
        id: FileId::new(now, town.chance()),
        name: clean_name(name, form),
        media_type: form.media_type.to_owned(),
        size_bytes: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
        sha256: hex::encode(Sha256::digest(&bytes)),
    };
    let secret_hash = files::hash_of(secret);
    town.db()
        .write(move |tx| {
            let sql = "insert into files (id, made_at, width, height, sha256, picture, thumbnail, secret_hash, name, media_type, \
                       size_bytes) values ($1, $2, 0, 0, $3, $4, $5, $6, $7, $8, $9)";
            let (id, bytes, nothing) = (document.id.text(), bytes.to_vec(), Vec::new());
            let values = params![
                &id,
                now.micros(),
                &document.sha256,
                &bytes,
                &nothing,
                &secret_hash,
                &document.name,
                &document.media_type,
                document.size_bytes
            ];
            tx.execute(sql, &values)?;
            tx.commit(OffRecord("a file is recorded with the act it belongs to"), document)
        })
        .await
        .map_err(|error: DbError| error.into())
}

/// Gives a document its subject, in the transaction of the act it belongs to.
///
/// # Errors
/// [`DbError::NotFound`] when it belongs to something already.
pub fn attach(tx: &mut Tx<'_>, document: &Document, subject: &Subject) -> Result<(), DbError> {
    files::attach(tx, &StoredPhoto { id: document.id }, subject)
}

/// Gives a document its subject while that is not public yet: nobody gets it at its own address before [`show`].
///
/// # Errors
/// As [`attach`].
pub fn attach_unseen(tx: &mut Tx<'_>, document: &Document, subject: &Subject) -> Result<(), DbError> {
    attach(tx, document, subject)?;
    files::set_hidden(tx, document.id, true)
}

/// Makes the documents of a subject public that becomes public itself, and answers them.
///
/// # Errors
/// Those of the database.
pub fn show(tx: &mut Tx<'_>, subject: &Subject) -> Result<Vec<Document>, DbError> {
    let unseen = unseen(tx, subject)?;
    for document in &unseen {
        files::set_hidden(tx, document.id, false)?;
    }
    Ok(unseen)
}

/// The documents of a subject that are not hidden, oldest first.
///
/// # Errors
/// Those of the database.
pub fn of(tx: &mut Tx<'_>, subject: &Subject) -> Result<Vec<Document>, DbError> {
    listed(tx, subject, false)
}

/// The documents of a subject that is not public yet, oldest first.
///
/// # Errors
/// Those of the database.
pub fn unseen(tx: &mut Tx<'_>, subject: &Subject) -> Result<Vec<Document>, DbError> {
    listed(tx, subject, true)
}

fn listed(tx: &mut Tx<'_>, subject: &Subject, hidden: bool) -> Result<Vec<Document>, DbError> {
    let sql = "select id, name, media_type, size_bytes, sha256 from files where subject_kind = $1 and subject_id = $2 \
               and media_type is not null and hidden = $3 order by made_at, id";
    let read = |row: &database::Row| {
        Ok(Document {
            id: files::id_of(&row.get::<String>(0)?)?,
            name: row.get(1)?,
            media_type: row.get(2)?,
            size_bytes: row.get(3)?,
            sha256: row.get(4)?,
        })
    };
    tx.query(sql, &params![&subject.kind, &subject.id, hidden])?.iter().map(read).collect()
}

/// A document of a subject that is not public yet, for who may see that: its name, media type and bytes.
///
/// # Errors
/// Those of the database.
pub fn unseen_content(
    tx: &mut Tx<'_>,
    subject: &Subject,
    id: FileId,
) -> Result<Option<(String, String, Vec<u8>)>, DbError> {
    let sql = "select name, media_type, picture from files where id = $1 and subject_kind = $2 and subject_id = $3 \
               and media_type is not null and hidden = true";
    let row = tx.query_opt(sql, &params![&id.text(), &subject.kind, &subject.id])?;
    row.map(|row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).transpose()
}

/// Takes a document of a subject away that is not public yet. Returns whether there was one.
///
/// # Errors
/// Those of the database.
pub fn remove_unseen(tx: &mut Tx<'_>, subject: &Subject, id: FileId) -> Result<bool, DbError> {
    let sql = "delete from files where id = $1 and subject_kind = $2 and subject_id = $3 and media_type is not null \
               and hidden = true";
    Ok(tx.execute(sql, &params![&id.text(), &subject.kind, &subject.id])? == 1)
}

/// Takes a document of a subject away. Returns whether there was one.
///
/// # Errors
/// Those of the database.
pub fn remove(tx: &mut Tx<'_>, subject: &Subject, id: FileId) -> Result<bool, DbError> {
    let sql = "delete from files where id = $1 and subject_kind = $2 and subject_id = $3 and media_type is not null \
               and hidden = false";
    Ok(tx.execute(sql, &params![&id.text(), &subject.kind, &subject.id])? == 1)
}

/// Name, media type, bytes of a document, and whether it is public.
pub(crate) type Content = (String, String, Vec<u8>, bool);

/// A document to hand out.
pub(crate) fn content(tx: &mut Tx<'_>, id: FileId) -> Result<Option<Content>, DbError> {
    let sql = "select name, media_type, picture, subject_kind is not null and not hidden from files \
               where id = $1 and media_type is not null";
    let row = tx.query_opt(sql, &params![&id.text()])?;
    row.map(|row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))).transpose()
}

/// A document as an answer, to be saved and not shown.
///
/// # Errors
/// A fault for a name that no head can hold; ours can.
pub fn answer(name: &str, media_type: String, bytes: Vec<u8>, public: bool) -> Answer {
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '_' }).collect();
    let encoded = serde_urlencoded::to_string([("", name)]).unwrap_or_default().replace('+', "%20");
    let disposition = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{}", encoded.trim_start_matches('='));
    let mut answer: Response = (StatusCode::OK, [(header::CONTENT_TYPE, media_type)], bytes).into_response();
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_str(&disposition).map_err(Stop::fault)?);
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    let caching = if public { "public, max-age=600" } else { "no-store" };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    Ok(answer)
}

#[cfg(test)]
mod tests {
    use super::{PDF, TEXT, clean_name, form_of};
    use proptest::prelude::*;

    fn container(first: &str, names: &[&str]) -> Vec<u8> {
        let mut bytes = b"PK\x03\x04".to_vec();
        bytes.resize(30, 0);
        bytes.extend(first.as_bytes());
        bytes.extend(b"PK\x03\x04packed");
        names.iter().for_each(|name| bytes.extend(name.as_bytes()));
        bytes
    }

    #[test]
    fn the_content_says_what_a_file_is() {
        let ending = |bytes: &[u8]| form_of(bytes).map(|form| form.ending);
        assert_eq!(ending(b"%PDF-1.7\n..."), Some("pdf"));
        assert_eq!(ending("مقعد\nBank".as_bytes()), Some("txt"));
        let odt = container("mimetypeapplication/vnd.oasis.opendocument.text", &["content.xml"]);
        assert_eq!(ending(&odt), Some("odt"));
        let docx = container("[Content_Types].xml", &["[Content_Types].xml", "word/document.xml"]);
        assert_eq!(ending(&docx), Some("docx"));
        let xlsx = container("x", &["[Content_Types].xml", "xl/workbook.xml"]);
        assert_eq!(ending(&xlsx), Some("xlsx"));
    }

    #[test]
    fn what_could_run_is_not_taken() {
        let evil: [&[u8]; 9] = [
            b"<html><script>alert(1)</script>",
            b"  <svg xmlns='x' onload='alert(1)'/>",
            b"MZ\x90\x00",
            b"\x7fELF",
            b"#!/bin/sh\0",
            b"%!PS-Adobe",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            b"",
            b"PK\x03\x04 a jar or an app",
        ];
        for bytes in evil {
            assert_eq!(form_of(bytes), None, "{bytes:?}");
        }
        let macros = container("x", &["[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"]);
        assert_eq!(form_of(&macros), None);
        let template = container("mimetypeapplication/vnd.oasis.opendocument.text-template", &[]);
        assert_eq!(form_of(&template), None);
    }

    #[test]
    fn names_lead_nowhere() {
        assert_eq!(clean_name("../../etc/passwd", PDF), "passwd.pdf");
        assert_eq!(clean_name("C:\\Users\\me\\plan.exe", PDF), "plan.pdf");
        assert_eq!(clean_name("a\"; filename=\"b.html\r\nX: y.pdf", PDF), "a filename b html X y.pdf");
        assert_eq!(clean_name("خطة المقعد.docx", TEXT), "خطة المقعد.txt");
        assert_eq!(clean_name("<script>", TEXT), "script.txt");
        assert_eq!(clean_name("", TEXT), "file.txt");
    }

    proptest! {
        #[test]
        fn a_clean_name_is_one_name(name in "\\PC{0,200}") {
            let clean = clean_name(&name, PDF);
            prop_assert!(clean.ends_with(".pdf") && clean.chars().count() <= 84);
            prop_assert!(!clean.contains(['/', '\\', '"', '\'', '<', '>', '\n', '\r', ';', '%']));
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = form_of(&bytes);
        }
    }
}
