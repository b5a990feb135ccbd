use super::flat_json::Flat;
use crate::{Refusal, Stop, Town};
use axum::{
    body::Bytes,
    extract::{FromRequest, Multipart, Request, multipart::MultipartError},
    http::{StatusCode, header},
};

/// Fields one form may have where its route says nothing else.
pub const FIELDS_LIMIT: usize = 200;
/// Bytes one field may have where its route says nothing else; each room sets far lower limits for its own fields.
pub const VALUE_LIMIT_BYTES: usize = 100_000;
/// Characters the name of a field may have.
const NAME_LIMIT: usize = 120;

/// What one form may hold, as its route says.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FieldLimits {
    /// Bytes one field may have.
    pub(crate) bytes: usize,
    /// How many fields.
    pub(crate) fields: usize,
}

impl Default for FieldLimits {
    fn default() -> Self {
        Self { bytes: VALUE_LIMIT_BYTES, fields: FIELDS_LIMIT }
    }
}

/// What was sent: named texts, in order, and files.
#[derive(Debug, Clone, Default)]
pub struct Submission {
    fields: Vec<(String, String)>,
    files: Vec<Upload>,
}

/// A file that came with a form.
#[derive(Debug, Clone)]
pub struct Upload {
    /// The field it came in.
    pub field: String,
    /// What the sender calls it; never a path of ours.
    pub file_name: String,
    /// Its bytes.
    pub bytes: Bytes,
}

impl Submission {
    /// From pairs, as a query string gives them.
    ///
    /// # Errors
    /// A refusal when there are too many, or one is too long or not text.
    pub fn from_pairs(pairs: Vec<(String, String)>) -> Result<Self, Refusal> {
        Self::within(pairs, FieldLimits::default())
    }

    fn within(pairs: Vec<(String, String)>, most: FieldLimits) -> Result<Self, Refusal> {
        if pairs.len() > most.fields {
            return Err(too_many(most));
        }
        pairs.iter().try_for_each(|(name, value)| check_field(name, value, most.bytes))?;
        Ok(Self { fields: pairs, files: Vec::new() })
    }

    /// The text of a field, trimmed; `None` when it is absent or empty.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(of, _)| of == name).map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    /// The text of a field exactly as sent.
    pub fn raw(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(of, _)| of == name).map(|(_, value)| value.as_str())
    }

    /// Every value of a field that may come several times.
    pub fn all<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'s str> {
        self.fields
            .iter()
            .filter(move |(of, _)| of == name)
            .map(|(_, value)| value.trim())
            .filter(|value| !value.is_empty())
    }

    /// The fields `name[KEY]` and `name[KEY][]` as pairs of key and value, in order.
    pub fn keyed<'s>(&'s self, name: &'s str) -> impl Iterator<Item = (&'s str, &'s str)> {
        self.fields.iter().filter_map(move |(of, value)| {
            let rest = of.strip_prefix(name)?.strip_prefix('[')?;
            let key = rest.strip_suffix("][]").or_else(|| rest.strip_suffix(']'))?;
            Some((key, value.trim()))
        })
    }

    /// Whether a checkbox is ticked.
    pub fn is_ticked(&self, name: &str) -> bool {
        self.text(name).is_some_and(|value| !matches!(value, "false" | "0" | "off" | "no"))
    }

    /// The file of a field, when one was chosen.
    pub fn file(&self, name: &str) -> Option<&Upload> {
        self.files.iter().find(|file| file.field == name && !file.bytes.is_empty())
    }

    /// Whether a file was chosen for a field that has no bytes at all.
    pub fn has_empty_file(&self, name: &str) -> bool {
        self.files.iter().any(|file| file.field == name && file.bytes.is_empty() && !file.file_name.is_empty())
    }

    /// All fields in order.
    pub fn fields(&self) -> &[(String, String)] {
        &self.fields
    }
}

impl FromRequest<Town> for Submission {
    type Rejection = Stop;

    async fn from_request(request: Request, town: &Town) -> Result<Self, Stop> {
        let kind =
            request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let most = request.extensions().get::<FieldLimits>().copied().unwrap_or_default();
        match kind.as_str() {
            "multipart/form-data" => read_multipart(request, town, most).await,
            "application/json" => read_json(&body(request, town).await?, most).map_err(Stop::from),
            "application/x-www-form-urlencoded" | "" => {
                read_urlencoded(&body(request, town).await?, most).map_err(Stop::from)
            }
            _ => Err(Refusal::new("form-media-type").status(StatusCode::UNSUPPORTED_MEDIA_TYPE).into()),
        }
    }
}

async fn body(request: Request, town: &Town) -> Result<Bytes, Stop> {
    Bytes::from_request(request, town).await.map_err(|rejection| too_large_or_broken(rejection.status()).into())
}

fn read_urlencoded(body: &[u8], most: FieldLimits) -> Result<Submission, Refusal> {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_bytes(body).map_err(|_| unreadable("form-unreadable"))?;
    Submission::within(pairs, most)
}

fn read_json(body: &[u8], most: FieldLimits) -> Result<Submission, Refusal> {
    let Flat(pairs) = Flat::read(body, most.fields).map_err(|error| {
        unreadable("json-unreadable").with("problem", error.to_string().chars().take(200).collect::<String>())
    })?;
    Submission::within(pairs, most)
}

async fn read_multipart(request: Request, town: &Town, most: FieldLimits) -> Result<Submission, Stop> {
    let mut parts = Multipart::from_request(request, town).await.map_err(|_| unreadable("form-unreadable"))?;
    let mut fields = Vec::new();
    let mut files = Vec::new();
    while let Some(part) = parts.next_field().await.map_err(broken_part)? {
        let name = part.name().unwrap_or_default().to_owned();
        if fields.len() + files.len() >= most.fields {
            return Err(too_many(most).into());
        }
        if let Some(file_name) = part.file_name().map(str::to_owned) {
            check_field(&name, &file_name, most.bytes)?;
            files.push(Upload { field: name, file_name, bytes: part.bytes().await.map_err(broken_part)? });
        } else {
            let bytes = part.bytes().await.map_err(broken_part)?;
            let value = String::from_utf8(bytes.to_vec()).map_err(|_| unreadable("text-unreadable"))?;
            fields.push((name, value));
        }
    }
    let mut submission = Submission::within(fields, most)?;
    submission.files = files;
    Ok(submission)
}

/// A field must be text that both databases can keep (no NUL) within its limits.
fn check_field(name: &str, value: &str, most: usize) -> Result<(), Refusal> {
    if name.chars().count() > NAME_LIMIT || name.contains('\0') || value.contains('\0') {
        return Err(unreadable("text-unreadable"));
    }
    if value.len() > most {
        let refusal = Refusal::new("form-field-too-long").status(StatusCode::PAYLOAD_TOO_LARGE);
        return Err(refusal.with("field", name.to_owned()).with("most", most as i64));
    }
    Ok(())
}

fn too_many(most: FieldLimits) -> Refusal {
    Refusal::new("form-too-many-fields").status(StatusCode::PAYLOAD_TOO_LARGE).with("most", most.fields as i64)
}

fn broken_part(error: MultipartError) -> Stop {
    too_large_or_broken(error.status()).into()
}

fn too_large_or_broken(status: StatusCode) -> Refusal {
    if status == StatusCode::PAYLOAD_TOO_LARGE {
        Refusal::new("form-too-large").status(status)
    } else {
        unreadable("form-unreadable")
    }
}

fn unreadable(code: &'static str) -> Refusal {
    Refusal::new(code).status(StatusCode::BAD_REQUEST)
}
