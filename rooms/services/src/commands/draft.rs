//! An application is written, page by page.

use crate::{
    acts, again,
    model::{Channel, Definition},
    pilot::{self, Arm},
    prefill,
    store::{self, Content, Draft, KeptFile, PDF},
};
use civic::{Actor, FileId, Moment, secret};
use commons::photo::read_photo;
use database::{OffRecord, Tx};
use forms::{Answers, Given, Kind, read_page};
use serde_json::{Value, json};
use std::sync::Arc;
use web::{Refusal, Stop, Town};

/// Days for which a draft is kept after it was last touched.
pub const DRAFT_DAYS: u32 = 30;
/// Files one application may have, photos and PDFs together.
pub const FILES_LIMIT: i64 = 12;
/// Files one case may have: those of its applicant, and what came on paper.
pub(super) const CASE_FILES_LIMIT: i64 = 60;
/// Bytes that the files of one application that is being written may have together; the same again for the papers that the office adds.
pub(super) const BYTES_LIMIT: i64 = 24 * 1_048_576;
/// Characters of a file's name that are kept.
const NAME_LIMIT: usize = 80;
/// Bytes of a PDF.
const PAPER_LIMIT_BYTES: usize = 8 * 1024 * 1024;
/// How a PDF begins and ends, and within how many last bytes (ISO 32000-2, 7.5; readers take as much).
const PDF_BEGINS: &[u8] = b"%PDF-";
const PDF_ENDS: &[u8] = b"%%EOF";
const PDF_END_WITHIN: usize = 1024;
/// Photos that are decoded at once.
static DECODING: tokio::sync::Semaphore = tokio::sync::Semaphore::const_new(2);
const PRIVATE: OffRecord = OffRecord("an application that is being written is nobody's business");

/// A draft that was begun: the secret of its address is told once.
#[derive(Debug, Clone)]
pub struct Begun {
    /// The secret.
    pub secret: String,
    /// The first page.
    pub page: String,
}

/// Begins an application for a published service; `ticked` are questions whose answers are taken from what the town already holds about
/// the signed-in person. Clerks take nothing: it would be their own.
///
/// # Errors
/// `NotFound` for what is not there; `service-not-online`; `NotAllowed` for a clerk of another agency.
pub async fn begin(
    town: &Town,
    actor: Actor,
    code: String,
    channel: Channel,
    ticked: Vec<String>,
) -> Result<Begun, Stop> {
    let (own, now, chance) = (town.clone(), town.now(), town.chance_handle());
    town.db()
        .write(move |tx| {
            let service = store::service(tx, &code)?.ok_or(Stop::NotFound)?;
            let in_force = service.published.as_ref().ok_or(Stop::NotFound)?;
            let clerk = channel != Channel::Online;
            if clerk && !actor.may_for(&acts::HANDLE, Some(service.organisation)) {
                return Err(Stop::NotAllowed);
            }
            let secret = secret(&*chance);
            let hash = store::hash_of(&secret);
            // In a pilot chance chooses the version, case by case.
            let drawn = pilot::open_pilot(tx, &code)?.map(|pilot| (pilot.arm_of(&hash), pilot));
            let other = match &drawn {
                Some((Arm::B, pilot)) => store::version_of(tx, &code, pilot.number_b)?.map(|one| (pilot.number_b, one)),
                _ => None,
            };
            let (number, definition) =
                other.as_ref().map_or((service.number, in_force), |(number, one)| (*number, one));
            let first = definition.form.pages.first().filter(|_| definition.online || clerk);
            let page = first.ok_or_else(|| Refusal::new("service-not-online"))?.id.clone();
            if let Some((arm, pilot)) = &drawn {
                pilot::note_begun(tx, &pilot.id, *arm)?;
            }
            let person = actor.person.filter(|_| !clerk);
            let mut answers = Answers::default();
            let prefilled = match person.filter(|_| !ticked.is_empty()) {
                Some(person) => {
                    let offers = prefill::offers(tx, &own, person, &definition.form)?;
                    prefill::take(&mut answers, &offers, &ticked)
                }
                None => Vec::new(),
            };
            let draft = Draft {
                hash,
                service: service.code.clone(),
                number,
                answers,
                language: actor.language,
                channel,
                clerk: if clerk { actor.handle.clone() } else { String::new() },
                person,
                begun_at: now,
                updated_at: now,
                pages: 0,
                prefilled,
                pilot: drawn.map(|(arm, pilot)| pilot.mark(arm)).unwrap_or_default(),
                reopens: String::new(),
            };
            store::add_draft(tx, &draft)?;
            tx.commit(PRIVATE, Begun { secret, page }).map_err(Stop::from)
        })
        .await
}

/// A draft with the version whose form it fills in.
///
/// # Errors
/// `NotFound` for a secret that is none (any more).
pub async fn load(town: &Town, secret: &str) -> Result<(Draft, Arc<Definition>), Stop> {
    let secret = secret.to_owned();
    town.db()
        .read(move |tx| {
            let draft = store::draft_of(tx, &secret)?.ok_or(Stop::NotFound)?;
            again::still_open(tx, &draft)?;
            let definition = store::version_kept(tx, &draft.service, draft.number)?.ok_or(Stop::NotFound)?;
            Ok((draft, definition))
        })
        .await
}

/// A draft that can still be written, held against change by others.
fn held(tx: &mut Tx<'_>, secret: &str) -> Result<Draft, Stop> {
    let draft = store::draft_to_change(tx, secret)?.ok_or(Stop::NotFound)?;
    again::still_open(tx, &draft)?;
    Ok(draft)
}

/// What was sent for one page.
#[derive(Debug, Clone)]
pub struct Saving {
    /// The secret of the draft.
    pub secret: String,
    /// The page.
    pub page: String,
    /// By question: what was sent.
    pub texts: Vec<Vec<String>>,
    /// Whether somebody still types: nothing is refused, and what cannot be read is left out.
    pub is_typing: bool,
}

/// Keeps the answers of one page.
///
/// # Errors
/// `NotFound`; one refusal for each question to put right; `form-repeats-full`.
pub async fn save_page(town: &Town, saving: Saving) -> Result<Draft, Stop> {
    let districts: Vec<String> = town.part::<places::Districts>().all().into_iter().map(|(code, _)| code).collect();
    let now = town.now();
    town.db()
        .write(move |tx| {
            let mut draft = held(tx, &saving.secret)?;
            let definition = store::version_of(tx, &draft.service, draft.number)?.ok_or(Stop::NotFound)?;
            let page = definition.form.page(&saving.page).ok_or(Stop::NotFound)?;
            if page.repeat > 0 && entries(&draft, &page.id) >= page.repeat as usize {
                return Err(Refusal::new("form-repeats-full").with("most", i64::from(page.repeat)).into());
            }
            let given = Given {
                texts: &|place, _| saving.texts.get(place).cloned().unwrap_or_default(),
                districts: &districts,
                language: draft.language,
                is_typing: saving.is_typing,
            };
            let read = read_page(&definition.form, page, &draft.answers, &given).map_err(Stop::Refused)?;
            // An entry of a list is added when it is sent, not while it is typed.
            if !(saving.is_typing && page.repeat > 0) {
                draft.answers.take(page, read);
            }
            draft.pages += i64::from(!saving.is_typing);
            draft.updated_at = now;
            store::keep_draft(tx, &draft)?;
            tx.commit(PRIVATE, draft).map_err(Stop::from)
        })
        .await
}

fn entries(draft: &Draft, page: &str) -> usize {
    draft.answers.0.get(page).and_then(Value::as_array).map_or(0, Vec::len)
}

/// Takes an entry of a list out again.
///
/// # Errors
/// `NotFound`.
pub async fn drop_entry(town: &Town, secret: String, page: String, at: usize) -> Result<(), Stop> {
    let now = town.now();
    town.db()
        .write(move |tx| {
            let mut draft = held(tx, &secret)?;
            if let Some(entries) =
                draft.answers.0.get_mut(&page).and_then(Value::as_array_mut).filter(|all| at < all.len())
            {
                entries.remove(at);
            }
            draft.updated_at = now;
            store::keep_draft(tx, &draft)?;
            tx.commit(PRIVATE, ()).map_err(Stop::from)
        })
        .await
}

/// A PDF as it came: nobody here opens it, so all that is looked at is how it begins and ends.
///
/// # Errors
/// `paper-large`; `paper-broken` for what only begins as one.
fn read_paper(bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    if bytes.len() > PAPER_LIMIT_BYTES {
        return Err(Refusal::new("paper-large").with("most", PAPER_LIMIT_BYTES / 1_048_576));
    }
    let end = &bytes[bytes.len().saturating_sub(PDF_END_WITHIN)..];
    let is_whole = end.windows(PDF_ENDS.len()).any(|part| part == PDF_ENDS);
    if is_whole { Ok(bytes.to_vec()) } else { Err(Refusal::new("paper-broken")) }
}

/// What was uploaded: a photo, decoded under limits and drawn anew, or a PDF as it came.
///
/// # Errors
/// Those of [`read_photo`]; `paper-large`; `paper-broken`.
pub(super) async fn read_content(bytes: axum::body::Bytes) -> Result<Content, Stop> {
    if bytes.starts_with(PDF_BEGINS) {
        return Ok(Content::Paper(read_paper(&bytes)?));
    }
    let turn = DECODING.acquire().await.map_err(Stop::fault)?;
    let photo = tokio::task::spawn_blocking(move || read_photo(&bytes)).await.map_err(Stop::fault)??;
    drop(turn);
    Ok(Content::Photo(photo))
}

/// Whether a character is not seen and changes in which direction what follows reads: it would show another ending than a name has.
fn turns_text(c: char) -> bool {
    matches!(c, '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// A file to keep, with a name that says what it is.
pub(super) fn kept_file(id: String, field: String, name: &str, at: Moment, content: &Content) -> KeptFile {
    let name: String = name.chars().filter(|c| !c.is_control() && !turns_text(*c)).take(NAME_LIMIT).collect();
    let is_paper = matches!(content, Content::Paper(_));
    let media = if is_paper { PDF } else { "image/jpeg" }.to_owned();
    KeptFile { id, field, name: named(name, is_paper), at, media }
}

/// A name that says what a file is, whatever its sender calls it.
fn named(name: String, is_paper: bool) -> String {
    let has_ending = name.to_ascii_lowercase().ends_with(".pdf");
    match (is_paper, has_ending) {
        (true, false) => format!("{name}.pdf"),
        (false, true) => format!("{name}.jpg"),
        _ => name,
    }
}

/// Whether one more file fits: into the draft, and into the case that it answers again.
fn has_room(tx: &mut Tx<'_>, draft: &Draft, content: &Content) -> Result<(), Stop> {
    let many = |most: i64| Refusal::new("files-many").with("most", most);
    let own = store::count_files(tx, &draft.hash)?;
    if own >= FILES_LIMIT {
        return Err(many(FILES_LIMIT).into());
    }
    if !draft.reopens.is_empty() && own + store::count_files(tx, &draft.reopens)? >= CASE_FILES_LIMIT {
        return Err(many(CASE_FILES_LIMIT).into());
    }
    let bytes = store::bytes_of_files(tx, &draft.hash)?.saturating_add(content.bytes());
    if bytes > BYTES_LIMIT {
        return Err(Refusal::new("files-heavy").with("most", BYTES_LIMIT / 1_048_576).into());
    }
    Ok(())
}

/// Takes in a photo of a paper, decoded under limits and drawn anew, so nothing that was hidden in it is kept; or a PDF, as it comes.
///
/// # Errors
/// Those of [`read_photo`]; `paper-large`; `paper-broken`; `files-many`; `files-heavy`; `NotFound`.
pub async fn add_photo(
    town: &Town,
    secret: String,
    field: String,
    name: &str,
    bytes: axum::body::Bytes,
) -> Result<(), Stop> {
    load(town, &secret).await?;
    let content = read_content(bytes).await?;
    let name = name.to_owned();
    let (now, id) = (town.now(), FileId::new(town.now(), town.chance()).text());
    town.db()
        .write(move |tx| {
            let mut draft = held(tx, &secret)?;
            let definition = store::version_of(tx, &draft.service, draft.number)?.ok_or(Stop::NotFound)?;
            let is_upload = definition.form.field(&field).is_some_and(|(_, field)| field.kind == Kind::Upload);
            if !is_upload {
                return Err(Stop::NotFound);
            }
            has_room(tx, &draft, &content)?;
            let file = kept_file(id.clone(), field.clone(), &name, now, &content);
            store::add_file(tx, &draft.hash, &file, &content)?;
            let files = draft.answers.0.entry(field).or_insert_with(|| json!([]));
            if let Some(files) = files.as_array_mut() {
                files.push(json!(id));
            }
            draft.updated_at = now;
            store::keep_draft(tx, &draft)?;
            tx.commit(PRIVATE, ()).map_err(Stop::from)
        })
        .await
}

/// Throws a photo away again.
///
/// # Errors
/// `NotFound`.
pub async fn drop_photo(town: &Town, secret: String, id: String) -> Result<(), Stop> {
    town.db()
        .write(move |tx| {
            let mut draft = held(tx, &secret)?;
            store::drop_file(tx, &draft.hash, &id)?;
            for files in draft.answers.0.values_mut().filter_map(Value::as_array_mut) {
                files.retain(|file| file.as_str() != Some(&id));
            }
            store::keep_draft(tx, &draft)?;
            tx.commit(PRIVATE, ()).map_err(Stop::from)
        })
        .await
}
