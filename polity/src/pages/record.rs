//! The public record: for people as sentences, for verifiers as tiles (c2sp.org/tlog-tiles).

mod feed;
mod machine;

pub use feed::{feed, feed_doc};
pub use machine::{
    checkpoint, checkpoint_doc, key, key_doc, receipt, receipt_doc, tile, tile_doc, witnessed, witnessed_doc,
};

use super::ended::{self, Ended, EndedView};
use askama::Template;
use axum::extract::State;
use civic::Language;
use record::{
    Sequenced,
    witnesses::{self, Cosignature},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use web::{
    Answer, Doc, Frame, Refusal, Stop, Town, Visit, Wants,
    answer::{json, page},
    feed::{Item, rss_answer},
    manifest::Catalogue,
    openapi::schema_of,
    parts::Crumb,
    table::csv_answer,
    visit::{Path, Query},
};

/// Entries of a page.
const PAGE: u32 = 50;
/// Entries of a page that a machine may ask for.
const PAGE_LIMIT: u32 = 1_000;
/// Media type of notes and proofs.
pub(super) const PLAIN: &str = "text/plain; charset=utf-8";

/// An entry as a line.
pub struct Line {
    pub position: u64,
    pub when: String,
    pub sentence: String,
    pub href: String,
}

/// An entry for machines.
#[derive(Debug, Serialize, JsonSchema)]
pub struct EntryView {
    /// Its place, counting from 0.
    pub position: u64,
    /// Its id.
    pub id: String,
    /// When it was said (RFC 3339).
    pub at: String,
    /// What was said, as `request.opened`.
    pub saying: String,
    /// The kind of what it is about.
    pub subject_kind: String,
    /// Which one.
    pub subject_id: String,
    /// The pseudonym of who said it.
    pub by: String,
    /// What happened, as the room made it public.
    pub what: Value,
    /// The same as a sentence.
    pub sentence: String,
    /// The page of what it is about.
    pub url: Option<String>,
}

/// A page of the record for machines.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RecordView {
    /// Newest first.
    pub entries: Vec<EntryView>,
    /// The value of `before` for older ones.
    pub next: Option<u64>,
    /// Entries there are in all, as far as the newest checkpoint goes.
    pub size: u64,
    /// Who watches that the record only grows, and how far they have cosigned it.
    pub witnesses: Vec<WitnessView>,
    /// Records of this town that ended because they could not go on; the first entries of this one are theirs.
    pub ended: Vec<EndedView>,
}

/// What a witness cosigned last.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct WitnessView {
    /// The name of its key.
    pub name: String,
    /// Entries of the checkpoint it cosigned.
    pub size: u64,
    /// When, by its own clock (RFC 3339).
    pub cosigned_at: String,
}

impl From<&Cosignature> for WitnessView {
    fn from(one: &Cosignature) -> Self {
        Self { name: one.witness.clone(), size: one.size, cosigned_at: one.cosigned_at.rfc3339() }
    }
}

/// What a list of the record asks for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    before: String,
    limit: String,
}

impl Asked {
    fn read(&self) -> Result<(u64, u32), Refusal> {
        let number =
            |text: &str, otherwise: u64| if text.is_empty() { Some(otherwise) } else { text.parse::<u64>().ok() };
        let before = number(&self.before, u64::MAX >> 1).filter(|before| *before <= u64::MAX >> 1);
        let limit = number(&self.limit, PAGE.into())
            .and_then(|limit| u32::try_from(limit).ok())
            .filter(|limit| (1..=PAGE_LIMIT).contains(limit));
        let before = before.ok_or_else(|| Refusal::new("record-before").at("before"))?;
        Ok((before, limit.ok_or_else(|| Refusal::new("paging-limit").at("limit").with("most", i64::from(PAGE_LIMIT)))?))
    }
}

/// The sentence of an entry; rooms that are gone leave the bare word.
fn sentence(town: &Town, entry: &Sequenced, language: Language) -> String {
    let catalogue = town.part::<Catalogue>();
    let key = catalogue.saying_key(&entry.saying);
    key.map_or_else(
        || format!("{} {}", entry.saying, entry.subject.id),
        |key| catalogue.sentence(town, key, entry, language),
    )
}

fn page_of(town: &Town, entry: &Sequenced) -> Option<String> {
    town.part::<Catalogue>().page_of(&entry.subject.kind, &entry.subject.id)
}

fn view(town: &Town, entry: &Sequenced, language: Language) -> EntryView {
    EntryView {
        position: entry.position,
        id: entry.id.clone(),
        at: entry.said_at.rfc3339(),
        saying: entry.saying.clone(),
        subject_kind: entry.subject.kind.clone(),
        subject_id: entry.subject.id.clone(),
        by: entry.by(),
        what: entry.what(),
        sentence: sentence(town, entry, language),
        url: page_of(town, entry).map(|path| town.url(&path)),
    }
}

fn line(town: &Town, visit: &Visit, entry: &Sequenced) -> Line {
    Line {
        position: entry.position,
        when: visit.date_time(entry.said_at),
        sentence: sentence(town, entry, visit.t.language()),
        href: page_of(town, entry).unwrap_or_default(),
    }
}

/// The newest entries as lines.
///
/// # Errors
/// Those of the database.
pub async fn newest(town: &Town, visit: &Visit, limit: u32) -> Result<Vec<Line>, Stop> {
    let entries = town
        .db()
        .read(move |tx| record::before(tx, u64::MAX >> 1, limit))
        .await
        .map_err(|error: database::DbError| Stop::from(error))?;
    Ok(entries.iter().map(|entry| line(town, visit, entry)).collect())
}

#[derive(Template)]
#[template(path = "town_record.html")]
struct RecordPage {
    frame: Frame,
    lines: Vec<Line>,
    size: String,
    signed: String,
    checkpoint: String,
    key: String,
    witnesses: Vec<String>,
    ended: Vec<Ended>,
    address: String,
    first: String,
    next: String,
}

/// GET /record
pub async fn list(State(town): State<Town>, visit: Visit, Query(asked): Query<Asked>) -> Answer {
    let (before, limit) = asked.read()?;
    let look = move |tx: &mut database::Tx<'_>| {
        let entries = record::before(tx, before, limit + 1)?;
        let about = (witnesses::cosignatures(tx)?, record::ended_records(tx)?);
        Ok::<_, database::DbError>((entries, record::last_checkpoint(tx)?, about))
    };
    let (mut entries, checkpoint, (cosigned, ended)) = town.db().read(look).await.map_err(Stop::from)?;
    let more = entries.len() > limit as usize;
    entries.truncate(limit as usize);
    let next = entries.last().map(|last| last.position).filter(|_| more);
    let size = checkpoint.as_ref().map_or(0, |checkpoint| checkpoint.size);
    let language = visit.t.language();
    match visit.wants {
        Wants::Json => json(&RecordView {
            entries: entries.iter().map(|entry| view(&town, entry, language)).collect(),
            next,
            size,
            witnesses: cosigned.iter().map(WitnessView::from).collect(),
            ended: ended.iter().map(|one| ended::view(&town, one)).collect(),
        }),
        Wants::Csv => csv_answer(
            &["position", "id", "at", "saying", "subject_kind", "subject_id", "by", "sentence"],
            entries.iter().map(|entry| {
                let EntryView { position, id, at, saying, subject_kind, subject_id, by, sentence, .. } =
                    view(&town, entry, language);
                [position.to_string(), id, at, saying, subject_kind, subject_id, by, sentence]
            }),
        ),
        Wants::Rss => Ok(rss(&town, &visit, &entries)),
        _ => page(&RecordPage {
            frame: Frame::new(&town, &visit, visit.t.say("record-title")).twins(&visit, super::RECORD_TWINS),
            lines: entries.iter().map(|entry| line(&town, &visit, entry)).collect(),
            size: web::dates::number(i64::try_from(size).unwrap_or(i64::MAX), language),
            signed: checkpoint.as_ref().map(|checkpoint| visit.date_time(checkpoint.signed_at)).unwrap_or_default(),
            checkpoint: checkpoint.map(|checkpoint| checkpoint.note).unwrap_or_default(),
            key: town.record().verifier().to_string(),
            witnesses: cosigned.iter().map(|one| witness_in_words(&visit, one)).collect(),
            ended: ended.iter().map(|one| ended::shown(&town, &visit, one)).collect(),
            address: town.settings().address.clone(),
            first: if asked.before.is_empty() { String::new() } else { "/record".to_owned() },
            next: next.map(|before| format!("/record?before={before}")).unwrap_or_default(),
        }),
    }
}

fn witness_in_words(visit: &Visit, one: &Cosignature) -> String {
    let size = web::dates::number(i64::try_from(one.size).unwrap_or(i64::MAX), visit.t.language());
    visit.t.with(
        "record-witness",
        &[
            ("name", one.witness.as_str().into()),
            ("size", size.into()),
            ("when", visit.date_time(one.cosigned_at).into()),
        ],
    )
}

fn rss(town: &Town, visit: &Visit, entries: &[Sequenced]) -> axum::response::Response {
    let items: Vec<Item> = entries
        .iter()
        .map(|entry| Item {
            title: sentence(town, entry, visit.t.language()),
            link: town.url(&format!("/record/{}", entry.position)),
            description: String::new(),
            at: entry.said_at,
            id: entry.id.clone(),
        })
        .collect();
    let title = format!("{} – {}", visit.t.say("record-title"), town.settings().name.in_language(visit.t.language()));
    rss_answer(&title, &town.url("/record"), visit.t.say("record-lead"), visit.t.language().tag(), &items)
}

#[derive(Template)]
#[template(path = "town_entry.html")]
struct EntryPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    line: Line,
    by: String,
    body: String,
}

/// GET /record/{position}
pub async fn show(State(town): State<Town>, visit: Visit, Path(position): Path<u64>) -> Answer {
    let found = town
        .db()
        .read(move |tx| record::at(tx, position))
        .await
        .map_err(|error: database::DbError| Stop::from(error))?;
    let entry = found.ok_or(Stop::NotFound)?;
    if visit.wants == Wants::Json {
        return json(&view(&town, &entry, visit.t.language()));
    }
    let title = visit.t.with1("record-entry", "number", position.to_string());
    page(&EntryPage {
        frame: Frame::new(&town, &visit, title.clone()).twins(&visit, &[Wants::Json]),
        crumbs: vec![
            Crumb { href: "/record".to_owned(), label: visit.t.say("record-title").to_owned() },
            Crumb { href: String::new(), label: title },
        ],
        by: entry.by(),
        line: line(&town, &visit, &entry),
        body: entry.body.clone(),
    })
}

/// How the list is described.
pub fn list_doc() -> Doc {
    Doc::new("record", "The public record, newest first")
        .query("before", "Only entries before this position.", json!({"type": "integer"}))
        .query("limit", "Entries of a page.", json!({"type": "integer", "minimum": 1, "maximum": PAGE_LIMIT}))
        .answers(200, "application/json", "A page of entries.", schema_of::<RecordView>())
}

/// How an entry is described.
pub fn show_doc() -> Doc {
    Doc::new("record", "One entry of the record")
        .path("position", "Its place, counting from 0.", json!({"type": "integer"}))
        .answers(200, "application/json", "The entry.", schema_of::<EntryView>())
}
