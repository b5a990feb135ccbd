//! A table is uploaded, looked at, tried, and taken over.

use super::{ImportOrder, ImportReport, ImportStop, import_requests};
use crate::{
    imports::{Mapping, Question, find_mapping},
    store::{self, Upload, UploadState},
};
use civic::{Actor, Code, JobId};
use database::{
    DbError, OffRecord,
    jobs::{self, NewJob},
};
use importing::{Survey, Table, TableRefusal};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::{collections::BTreeMap, sync::Arc};
use web::{Refusal, Stop, Town, manifest::JobKind};

/// Bytes a table may have that is uploaded; larger ones are imported at the machine.
pub const UPLOAD_LIMIT_BYTES: usize = 32 * 1024 * 1024;
/// Uploads that may lie here at a time.
const UPLOADS_LIMIT: usize = 10;
/// Characters of a file's name that are kept.
const NAME_LIMIT: usize = 100;
/// Characters of an upload's id after `U-`.
const CODE_LENGTH: usize = 10;
/// Rows set aside that a report keeps.
const ASIDES_KEPT: usize = 50;
/// The work on an upload; what begins with `long.` goes where it holds up no mail.
const WORK: &str = "long.import-upload";

const MACHINERY: OffRecord = OffRecord("a table that lies here to be looked at; the import of it is on the record");

/// What would become of an upload, or did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UploadReport {
    /// Rows that were read.
    pub rows: u64,
    /// Rows that would be stored.
    pub stored: u64,
    /// Rows that an import stored before.
    pub already: u64,
    /// Rows that would be set aside.
    pub set_aside: u64,
    /// Rows that were read with a grain of salt, by the key of a sentence.
    pub oddities: BTreeMap<String, u64>,
    /// The first that would be set aside: line, column, value, reason.
    pub asides: Vec<(u64, String, String, String)>,
}

/// A table as it is understood.
pub struct Understood {
    /// What it is.
    pub survey: Survey,
    /// What its columns mean as far as that is known.
    pub mapping: Mapping,
    /// What must be asked.
    pub questions: Vec<Question>,
}

/// Keeps a table to be looked at; answers its id.
///
/// # Errors
/// Refusals in sentences for what is no table, too large, or one too many.
pub async fn take_upload(town: &Town, actor: Actor, name: &str, source: &str, body: Vec<u8>) -> Result<String, Stop> {
    if body.is_empty() {
        return Err(Refusal::new("upload-missing").at("file").into());
    }
    if body.len() > UPLOAD_LIMIT_BYTES {
        let most = i64::try_from(UPLOAD_LIMIT_BYTES / 1024 / 1024).unwrap_or(i64::MAX);
        return Err(Refusal::new("upload-large").at("file").with("most", most).into());
    }
    let mapping = Mapping { source: Some(source.to_owned()), ..Mapping::default() };
    let mapping = Mapping::read(&mapping.text()).map_err(|_| Refusal::new("upload-source").at("source"))?;
    let body = read_table(body, mapping.clone()).await?.0;
    let name: String = name.chars().filter(is_plain).take(NAME_LIMIT).collect();
    let (now, chance) = (town.now(), town.chance_handle());
    let upload = Upload {
        id: Code::draw('U', CODE_LENGTH, &*chance).to_string(),
        name: if name.is_empty() { "table.csv".to_owned() } else { name },
        mapping: mapping.text(),
        by_handle: actor.handle.clone(),
        language: actor.language.tag().to_owned(),
        state: UploadState::New,
        at: now,
        report: String::new(),
        import: None,
        trouble: String::new(),
    };
    let id = upload.id.clone();
    let put = town.db().write(move |tx| {
        if store::uploads(tx, UPLOADS_LIMIT as u32)?.len() >= UPLOADS_LIMIT {
            return Err(Stop::from(Refusal::conflict("uploads-many").at("file").with("most", UPLOADS_LIMIT as i64)));
        }
        store::put_upload(tx, &upload, &body)?;
        tx.commit(MACHINERY, ()).map_err(Stop::from)
    });
    put.await.map(|()| id)
}

/// Neither a control character nor one that turns the text around it (Unicode, "Explicit Directional Formatting").
fn is_plain(c: &char) -> bool {
    !c.is_control() && !matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Reads a table on a thread that may take its time; gives the bytes back.
async fn read_table(body: Vec<u8>, mapping: Mapping) -> Result<(Vec<u8>, Table), Stop> {
    let read = tokio::task::spawn_blocking(move || {
        let table = Table::read(body.as_slice(), &mapping.wish());
        table.map(|table| (body, table))
    });
    read.await.map_err(Stop::fault)?.map_err(|refusal| no_table(&refusal).at("file").into())
}

/// Why a file is no table, in the reader's language.
fn no_table(refusal: &TableRefusal) -> Refusal {
    let number = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    match refusal {
        TableRefusal::Empty => Refusal::new("table-empty"),
        TableRefusal::NoRows => Refusal::new("table-no-rows"),
        TableRefusal::TooLarge { most_mib } => {
            Refusal::new("upload-large").with("most", i64::try_from(*most_mib).unwrap_or(i64::MAX))
        }
        TableRefusal::Spreadsheet => Refusal::new("table-spreadsheet"),
        TableRefusal::Packed => Refusal::new("table-packed"),
        TableRefusal::Encoding { encoding } => Refusal::new("table-encoding").with("encoding", encoding.clone()),
        TableRefusal::TooManyColumns { columns, most } => {
            Refusal::new("table-columns").with("columns", number(*columns)).with("most", number(*most))
        }
        TableRefusal::Binary
        | TableRefusal::UnknownEncoding { .. }
        | TableRefusal::Delimiter
        | TableRefusal::Unreadable(_) => Refusal::new("table-binary"),
    }
}

async fn table_of(town: &Town, upload: &Upload) -> Result<(Table, Mapping), Stop> {
    let id = upload.id.clone();
    let body = town.db().read_long(move |tx| store::upload_body(tx, &id)).await.map_err(|e: DbError| Stop::from(e))?;
    let mapping = Mapping::read(&upload.mapping).map_err(Stop::fault)?;
    let (_, table) = read_table(body.ok_or(Stop::NotFound)?, mapping.clone()).await?;
    Ok((table, mapping))
}

/// What an upload is, and what must be asked before it can be tried.
///
/// # Errors
/// `NotFound` where its file is gone; a fault.
pub async fn understand(town: &Town, upload: &Upload) -> Result<Understood, Stop> {
    let (table, mapping) = table_of(town, upload).await?;
    let own = town.clone();
    let looked = tokio::task::spawn_blocking(move || {
        let survey = Survey::of(&table);
        let found = find_mapping(&own, &table, &survey, &mapping);
        found.map(|(mapping, questions)| Understood { survey, mapping, questions }).map_err(|error| error.to_string())
    });
    looked.await.map_err(Stop::fault)?.map_err(Stop::fault)
}

/// Keeps what was answered.
///
/// # Errors
/// `changed-meanwhile` (409) when it stands otherwise by now.
pub async fn keep_mapping(town: &Town, upload: &Upload, mapping: &Mapping) -> Result<(), Stop> {
    let mut kept = Upload { mapping: mapping.text(), state: UploadState::New, ..upload.clone() };
    kept.report.clear();
    let was = upload.state;
    let saved = town.db().write(move |tx| {
        if !store::save_upload(tx, &kept, was)? {
            return Err(Stop::from(Refusal::conflict("changed-meanwhile")));
        }
        tx.commit(MACHINERY, ()).map_err(Stop::from)
    });
    saved.await
}

/// Has an upload tried, or stored.
///
/// # Errors
/// `upload-not-now` (409) where it stands otherwise: it is stored only after it was tried.
pub async fn work_on(town: &Town, upload: &Upload, dry_run: bool) -> Result<(), Stop> {
    let fits = match upload.state {
        UploadState::New | UploadState::Broken => dry_run,
        UploadState::Tried => true,
        _ => false,
    };
    if !fits {
        return Err(Refusal::conflict("upload-not-now").into());
    }
    let (was, mut next) = (upload.state, upload.clone());
    next.state = if dry_run { UploadState::Trying } else { UploadState::Storing };
    next.trouble.clear();
    let (now, id) = (town.now(), JobId::new(town.now(), town.chance()).text());
    let payload = json!({"upload": upload.id, "dry_run": dry_run});
    let put = town.db().write(move |tx| {
        if !store::save_upload(tx, &next, was)? {
            return Err(Stop::from(Refusal::conflict("changed-meanwhile")));
        }
        jobs::put(tx, &NewJob { id, kind: WORK, payload: &payload, not_before: now })?;
        tx.commit(MACHINERY, ()).map_err(Stop::from)
    });
    put.await
}

/// Takes an upload away.
///
/// # Errors
/// `upload-not-now` (409) while somebody works on it, or when it is gone.
pub async fn forget_upload(town: &Town, id: String) -> Result<(), Stop> {
    let forgotten = town.db().write(move |tx| {
        if !store::forget_upload(tx, &id)? {
            return Err(Stop::from(Refusal::conflict("upload-not-now")));
        }
        tx.commit(MACHINERY, ()).map_err(Stop::from)
    });
    forgotten.await
}

/// The work on an upload.
pub fn upload_job_kind() -> JobKind {
    JobKind::asked(
        WORK,
        Arc::new(|town: Town, payload: Value| {
            Box::pin(async move {
                let id = payload["upload"].as_str().unwrap_or_default().to_owned();
                let dry_run = payload["dry_run"].as_bool().unwrap_or(true);
                work(&town, id, dry_run).await.map_err(|stop| format!("{stop:?}"))
            })
        }),
    )
}

/// Tries an upload, or stores it. Broken off by a fall it is done once more: what was stored by then is there already.
async fn work(town: &Town, id: String, dry_run: bool) -> Result<(), Stop> {
    let found = town.db().read(move |tx| store::upload(tx, &id)).await.map_err(|error: DbError| Stop::from(error))?;
    let wanted = if dry_run { UploadState::Trying } else { UploadState::Storing };
    let Some(mut upload) = found.filter(|upload| upload.state == wanted) else { return Ok(()) };
    let outcome = import(town, &upload, dry_run).await;
    match outcome {
        Ok(report) => {
            upload.state = if dry_run { UploadState::Tried } else { UploadState::Stored };
            upload.import = report.code.as_ref().map(ToString::to_string);
            upload.report = serde_json::to_string(&report_of(report)).map_err(Stop::fault)?;
        }
        Err(ImportStop::Mapping(error)) => {
            (upload.state, upload.trouble) = (UploadState::Broken, error.to_string());
        }
        Err(ImportStop::Stop(Stop::Refused(refusals))) => {
            let t = town.words().of(upload.language.parse().unwrap_or_default());
            let sentences: Vec<String> = refusals.iter().map(|refusal| refusal.sentence(&t)).collect();
            (upload.state, upload.trouble) = (UploadState::Broken, sentences.join(" "));
        }
        Err(ImportStop::Stop(stop)) => return Err(stop),
    }
    let kept = town.db().write(move |tx| {
        store::save_upload(tx, &upload, wanted)?;
        tx.commit(MACHINERY, ())
    });
    kept.await.map_err(|error: DbError| Stop::from(error))
}

async fn import(town: &Town, upload: &Upload, dry_run: bool) -> Result<ImportReport, ImportStop> {
    let (table, mapping) = table_of(town, upload).await?;
    let order = ImportOrder { table, mapping, origin: upload.name.clone() };
    let language = upload.language.parse().unwrap_or_default();
    let actor = Actor { handle: upload.by_handle.clone(), ..Actor::visitor(language) };
    import_requests(town, &actor, &order, dry_run, |_| ()).await
}

fn report_of(report: ImportReport) -> UploadReport {
    let asides = report.asides.into_iter().take(ASIDES_KEPT);
    UploadReport {
        rows: report.tally.rows,
        stored: report.tally.stored,
        already: report.tally.already,
        set_aside: report.tally.set_aside,
        oddities: report.oddities.into_iter().map(|(key, rows)| (key.to_owned(), rows)).collect(),
        asides: asides.map(|one| (one.line, one.column, one.value, one.reason)).collect(),
    }
}
