//! An agency answers by the private link of its letter, without an account.

use crate::{
    elsewhere::{Forward, LetterAct, LetterCommand, act_by_letter, open_letter},
    model::ServiceRequest,
    store,
    views::{AnswerView, Eyes, RequestRow, headline},
};
use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
};
use commons::files::StoredPhoto;
use serde::Deserialize;
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit,
    answer::{page_with, see_other_saying},
    forms::{FormErrors, Submission},
    parts::Step,
    visit::{Path, Query},
};

/// The key of the private link.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Key {
    key: String,
}

/// One thing to do, with its words.
struct Form {
    act: &'static str,
    heading: String,
    label: String,
    hint: String,
    button: String,
    text: String,
    here: bool,
}

#[derive(askama::Template)]
#[template(path = "by_letter.html")]
struct LetterPage {
    frame: Frame,
    errors: FormErrors,
    row: RequestRow,
    headline: String,
    agency: String,
    description: String,
    answers: Vec<AnswerView>,
    photos: Vec<String>,
    thread: Vec<Step>,
    forms: Vec<Form>,
    until: String,
    key: String,
    version: i64,
}

/// GET /requests/{code}/agency
pub async fn show(
    State(town): State<Town>,
    visit: Visit,
    Path(code): Path<String>,
    Query(Key { key }): Query<Key>,
) -> Answer {
    page(&town, &visit, code, key, ("", ""), FormErrors::default(), StatusCode::OK).await
}

/// POST /requests/{code}/agency
pub async fn act(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let key = form.text("key").unwrap_or_default().to_owned();
    let text = form.text("text").unwrap_or_default().to_owned();
    let word = form.text("act").unwrap_or_default();
    let done = match LetterAct::ALL.into_iter().find(|act| act.word() == word) {
        Some(act) => {
            let seen_version = form.text("version").and_then(|text| text.parse().ok());
            match photo_of(&town, &code, &key, &form).await {
                Ok(photo) => {
                    let (code, key, text) = (code.clone(), key.clone(), text.clone());
                    act_by_letter(&town, LetterCommand { code, key, seen_version, act, text, photo }).await
                }
                Err(stop) => Err(stop),
            }
        }
        None => Err(Refusal::new("agency-act").into()),
    };
    match done {
        Ok(request) => {
            let to = format!("{}/agency?key={key}", super::show::path(request.code.as_str()));
            see_other_saying(&to, "flash-agency-said")
        }
        Err(Stop::Refused(refusals)) => {
            let (status, errors) = (refusals[0].status, FormErrors::of(&refusals, &visit.t));
            page(&town, &visit, code, key, (word, &text), errors, status).await
        }
        Err(stop) => Err(stop),
    }
}

/// The photo that came with the words, taken in only from whoever has the key.
async fn photo_of(town: &Town, code: &str, key: &str, form: &Submission) -> Result<Option<StoredPhoto>, Stop> {
    let Some(upload) = form.file("photo") else { return Ok(None) };
    let (code, key, now) = (code.to_owned(), key.to_owned(), town.now());
    town.db().read(move |tx| open_letter(tx, &code, &key, now).map(|_| ())).await?;
    commons::files::take_in(town, upload.bytes.clone(), "").await.map(Some)
}

async fn page(
    town: &Town,
    visit: &Visit,
    code: String,
    key: String,
    typed: (&str, &str),
    errors: FormErrors,
    status: StatusCode,
) -> Answer {
    let (now, asked) = (town.now(), key.clone());
    let look = town.db().read(move |tx| {
        let (request, forward) = open_letter(tx, &code, &asked, now)?;
        let steps = store::steps(tx, request.id, false)?;
        let photos = super::show::photos(tx, &request.subject())?;
        Ok::<_, Stop>((request, forward, steps, photos))
    });
    let (request, forward, steps, photos) = look.await?;
    let eyes = Eyes::new(town, visit.t.language());
    let row = eyes.row(&request);
    let template = LetterPage {
        frame: Frame::new(town, visit, visit.t.with1("agency-title", "code", row.code.as_str())),
        errors,
        headline: headline(&row),
        agency: row.organisation.name.clone(),
        description: request.description.clone(),
        answers: eyes.answers(&request),
        thread: super::show::thread(visit, &eyes, &request, &steps),
        forms: forms(visit, &request, typed),
        until: until(visit, &forward),
        version: request.version,
        photos,
        key,
        row,
    };
    let mut answer = page_with(status, &template)?;
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(answer)
}

fn until(visit: &Visit, forward: &Forward) -> String {
    forward.key_until.map(|until| visit.t.with1("agency-until", "date", visit.date(until))).unwrap_or_default()
}

/// What can be done; nothing once it has ended.
fn forms(visit: &Visit, request: &ServiceRequest, (act, text): (&str, &str)) -> Vec<Form> {
    if !request.state.is_open() {
        return Vec::new();
    }
    let form = |one: LetterAct| {
        let say = |part: &str| visit.t.say(&format!("desk-{}-{part}", one.word())).to_owned();
        let here = act == one.word();
        Form {
            act: one.word(),
            heading: say("heading"),
            label: say("label"),
            hint: say("hint"),
            button: say("button"),
            text: if here { text.to_owned() } else { String::new() },
            here,
        }
    };
    LetterAct::ALL.into_iter().map(form).collect()
}
