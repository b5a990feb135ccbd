//! Files and rows on their way out, streamed: however many there are, little memory is taken.

use super::{history, question::Question, range};
use crate::{
    commands::{ask, bytes, open_table, stop_of},
    for_all::{had, tag_of, with_tag},
    model::{Dataset, Resource},
    on_web,
    usage::{self, Way},
    workbook,
};
use axum::{
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse as _, Response},
};
use std::{
    fs::File,
    io::{Read as _, Seek as _, SeekFrom, Write},
};
use tables::{Form, Out, Plan, Shelf, Table};
use tokio::sync::mpsc;
use web::{
    Answer, Stop, Town, Visit,
    visit::{Path, Query},
};

/// Bytes that are sent at a time.
const PIECE_BYTES: usize = 64 * 1024;
/// Pieces that wait for a slow reader.
const PIECES_WAITING: usize = 8;

/// The metadata of the CSV; with `.json` behind it, the address where the standard looks for them (CSVW, 5.3: `{+url}-metadata.json`).
const METADATA: &str = "csv-metadata";
/// The media type of such metadata.
const CSVM: &str = "application/csvm+json";

/// Hands what is written on to the reader; writing fails when the reader has gone.
struct Pipe {
    to: mpsc::Sender<Result<Bytes, std::io::Error>>,
    waiting: Vec<u8>,
}

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.waiting.extend_from_slice(bytes);
        if self.waiting.len() >= PIECE_BYTES {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let piece = std::mem::replace(&mut self.waiting, Vec::with_capacity(PIECE_BYTES + 4_096));
        self.to.blocking_send(Ok(piece.into())).map_err(|_| std::io::ErrorKind::BrokenPipe.into())
    }
}

/// Rows of a question as a stream; what is refused is refused before it begins.
async fn stream(table: Table, plan: Plan, form: Form) -> Answer {
    let walk = ask(table, move |table| table.walk(&plan).map_err(stop_of)).await?;
    let (to, mut from) = mpsc::channel(PIECES_WAITING);
    tokio::task::spawn_blocking(move || {
        let pipe = Pipe { to: to.clone(), waiting: Vec::with_capacity(PIECE_BYTES + 4_096) };
        let written = Out::new(pipe, form, walk.info()).and_then(|mut out| {
            walk.each(|number, cells| out.row(number, cells))?;
            out.finish().map(|_| ())
        });
        if let Err(error) = written {
            // The stream breaks off, so that nobody takes a part for the whole.
            let _told = to.blocking_send(Err(std::io::Error::other(error.to_string())));
        }
    });
    // Compression asks once more after the end, which an unfolded stream takes amiss.
    let pieces = futures_util::stream::poll_fn(move |context| from.poll_recv(context));
    Ok(([(header::CONTENT_TYPE, form.media_type())], Body::from_stream(pieces)).into_response())
}

/// Names the file that is saved, and says by what it is known again.
pub(super) fn named(mut answer: Response, name: &str, resource: &Resource) -> Response {
    let headers = answer.headers_mut();
    // The name is of letters, digits, points, hyphens and lines only.
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || ".-_".contains(c) { c } else { '_' }).collect();
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{plain}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    if let Ok(value) = HeaderValue::from_str(&web::dates::rfc2822(resource.updated_at).replace("+0000", "GMT")) {
        headers.insert(header::LAST_MODIFIED, value);
    }
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    answer
}

/// GET /data/{name}/{resource}/file/{form}
pub async fn file(
    State(town): State<Town>,
    visit: Visit,
    headers: HeaderMap,
    Path((name, resource, form)): Path<(String, String, String)>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    if form == "original" {
        return original(&town, &visit, &headers, &name, (&resource, &pairs)).await;
    }
    if form == METADATA {
        return metadata(&town, &visit, &name, &resource);
    }
    let filed = super::open(&town, &visit, &name)?;
    let resource = history::resource_at(&town, &filed.dataset, &resource, &pairs).await?;
    let tag = tag_of(&filed, &resource, &visit);
    if let Some(had) = had(&headers, tag.as_deref()) {
        return Ok(had);
    }
    let table = open_table(&town, &resource).await?;
    let question = Question::read(pairs, table.info())?;
    usage::note(&town, &filed.dataset.id, Way::Download);
    let file = format!("{}.{form}", resource.slug());
    let is_whole = question.plan.is_whole() && !table.is_large();
    let answer = match Form::ALL.into_iter().find(|one| one.word() == form) {
        Some(Form::Parquet) if is_whole => whole(&town, &headers, &resource).await?,
        Some(form) => stream(table, question.plan, form).await?,
        None if form == "xlsx" => {
            let bytes = ask(table, move |table| workbook::of(table, &question.plan)).await?;
            ([(header::CONTENT_TYPE, tables::SourceForm::Xlsx.media_type())], bytes).into_response()
        }
        None => return Err(Stop::NotFound),
    };
    let tag = tag.filter(|_| !answer.headers().contains_key(header::ETAG));
    let mut answer = named(with_tag(answer, tag.as_deref()), &file, &resource);
    if form == Form::Csv.word() {
        let to = format!(
            "<{}>; rel=\"describedby\"; type=\"{CSVM}\"",
            town.url(&path_of_metadata(&filed.dataset, &resource))
        );
        if let Ok(link) = HeaderValue::from_str(&to) {
            answer.headers_mut().insert(header::LINK, link);
        }
    }
    Ok(answer)
}

fn path_of_metadata(dataset: &Dataset, resource: &Resource) -> String {
    format!("/data/{}/{}/file/{METADATA}.json", dataset.name, resource.slug())
}

/// All of a table as Parquet, made once, or a part of it.
async fn whole(town: &Town, headers: &HeaderMap, resource: &Resource) -> Answer {
    let (shelf, name) = (town.part::<Shelf>().clone(), resource.shelf());
    let made = tokio::task::spawn_blocking(move || shelf.parquet(&name));
    let (file, bytes) = made.await.map_err(Stop::fault)?.map_err(stop_of)?;
    let whole = usize::try_from(bytes).map_err(Stop::fault)?;
    let tag = format!("\"{}-{}\"", resource.shelf(), env!("CARGO_PKG_VERSION"));
    let answer = range::answered(headers, whole, &tag, |from, length| pieces(file, from, length));
    let kind = [(header::CONTENT_TYPE, Form::Parquet.media_type())];
    Ok(with_tag((kind, answer).into_response(), Some(&tag)))
}

/// So many bytes of a file from a place on, as a stream.
fn pieces(mut file: File, from: usize, length: usize) -> Body {
    let (to, mut waiting) = mpsc::channel::<Result<Bytes, std::io::Error>>(PIECES_WAITING);
    tokio::task::spawn_blocking(move || {
        let mut left = length;
        let mut go_on = || {
            file.seek(SeekFrom::Start(from as u64))?;
            while left > 0 {
                let mut piece = vec![0; left.min(PIECE_BYTES)];
                file.read_exact(&mut piece)?;
                left -= piece.len();
                if to.blocking_send(Ok(piece.into())).is_err() {
                    break;
                }
            }
            Ok(())
        };
        if let Err(error) = go_on() {
            let _told = to.blocking_send(Err(error));
        }
    });
    Body::from_stream(futures_util::stream::poll_fn(move |context| waiting.poll_recv(context)))
}

/// What the CSV of a table holds, described beside it (CSVW).
fn metadata(town: &Town, visit: &Visit, name: &str, resource: &str) -> Answer {
    let filed = super::open(town, visit, name)?;
    let resource = filed.dataset.resource(resource).ok_or(Stop::NotFound)?;
    let info = resource.body.info.as_ref().ok_or(Stop::NotFound)?;
    let body = on_web::metadata(town, &filed.dataset, resource, info).to_string();
    let mut answer = ([(header::CONTENT_TYPE, CSVM)], body).into_response();
    answer.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    Ok(answer)
}

/// The bytes as they were handed in, or a part of them. Whatever they are, a browser saves them and never shows them.
async fn original(
    town: &Town,
    visit: &Visit,
    headers: &HeaderMap,
    name: &str,
    (resource, pairs): (&str, &[(String, String)]),
) -> Answer {
    let filed = super::open(town, visit, name)?;
    let resource = history::resource_at(town, &filed.dataset, resource, pairs).await?;
    let bytes = bytes(town, &resource).await?;
    usage::note(town, &filed.dataset.id, Way::Download);
    let media_type = HeaderValue::from_str(&resource.body.media_type)
        .unwrap_or(HeaderValue::from_static("application/octet-stream"));
    let tag = format!("\"{}\"", resource.body.sha256);
    let mut answer = range::of(headers, bytes.into(), &tag);
    answer.headers_mut().insert(header::CONTENT_TYPE, media_type);
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        answer.headers_mut().insert(header::ETAG, tag);
    }
    let file = if resource.body.file_name.is_empty() { resource.slug() } else { &resource.body.file_name };
    Ok(named(answer, file, &resource))
}

/// Rows of a question in a form of the twins.
pub(super) async fn twin(table: Table, plan: Plan, form: Form, resource: &Resource) -> Answer {
    Ok(named(stream(table, plan, form).await?, &format!("{}.{}", resource.slug(), form.word()), resource))
}
