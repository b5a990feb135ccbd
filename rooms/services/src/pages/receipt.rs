//! The receipt of an application, for the screen and for paper.

use super::{
    apply::private,
    desk_case::granted,
    fees::{FeeShown, of_application},
    own::title_of,
    status::{Key, Own, own},
};
use crate::{
    model::{Outcome, State as Standing},
    versions,
};
use axum::{extract::State, http::header};
use print::{A4, Color, Mark, PrintError, Role, Sheet, Style};
use web::{
    Answer, Frame, Stop, Town, Visit,
    answer::{page_with, text},
    visit::{Path, Query},
};

const FIELD: Color = Color(11, 59, 54);
const INK: Color = Color(16, 32, 30);
const MUTED: Color = Color(78, 98, 93);
const PAPER: Color = Color(255, 255, 255);
/// Points of margin at each side, and the width between them.
const MARGIN: f32 = 44.0;
const WIDTH: f32 = A4.0 - 2.0 * MARGIN;

#[derive(askama::Template)]
#[template(path = "receipt.html")]
struct ReceiptPage {
    frame: Frame,
    code: String,
    key: String,
    title: String,
    filed: String,
    due: String,
    link: String,
    version: String,
    mail: String,
    is_just_filed: bool,
    meets: bool,
    fee: Option<FeeShown>,
}

/// GET /applications/{code}/receipt
pub async fn page(
    State(town): State<Town>,
    visit: Visit,
    Path(code): Path<String>,
    Query(asked): Query<Key>,
) -> Answer {
    let Own { one, services, meets, reader, .. } =
        own(&town, &visit, &code, &asked.key).await?.ok_or(Stop::NotFound)?;
    let t = &visit.t;
    let fee = of_application(&town, &visit, one.code.to_string()).await?;
    // Who applies together pays and meets by the link of the first.
    let is_first = reader.is_none();
    let fee = fee.map(|fee| FeeShown { may_pay: fee.may_pay && is_first, ..fee });
    let title = title_of(&services, &one.service, t.language());
    let answer = page_with(
        axum::http::StatusCode::OK,
        &ReceiptPage {
            frame: Frame::new(&town, &visit, t.say("sv-receipt-title")),
            code: one.code.to_string(),
            filed: visit.date_time(one.filed_at),
            due: t.with1("sv-receipt-due", "date", visit.date(one.due_at)),
            link: link(&town, one.code.as_str(), &asked.key),
            version: t.with1("sv-by-version", "number", one.number),
            mail: one
                .email
                .as_ref()
                .map(|email| t.with1("sv-receipt-mail", "email", email.as_str()))
                .unwrap_or_default(),
            is_just_filed: visit.at.seconds_since(one.filed_at) < 600,
            meets: meets && is_first,
            fee,
            key: asked.key,
            title,
        },
    )?;
    Ok(private(answer))
}

fn link(town: &Town, code: &str, key: &str) -> String {
    let query = if key.is_empty() { String::new() } else { format!("?key={key}") };
    town.url(&format!("/applications/{code}{query}"))
}

/// GET /applications/{code}/receipt.pdf
pub async fn pdf(State(town): State<Town>, visit: Visit, Path(code): Path<String>, Query(asked): Query<Key>) -> Answer {
    let own = own(&town, &visit, &code, &asked.key).await?.ok_or(Stop::NotFound)?;
    let sheet = draw(&town, &visit, &own, &asked.key).map_err(Stop::fault)?;
    let mut answer = text("application/pdf", print::pdf_of(&[sheet]).map_err(Stop::fault)?);
    let name = format!("attachment; filename=\"{}.pdf\"", own.one.code);
    answer.headers_mut().insert(header::CONTENT_DISPOSITION, name.parse().map_err(Stop::fault)?);
    Ok(private(answer))
}

/// GET /applications/{code}/certificate.pdf: for what was granted. Its code opens the public page of the decision, which leads to the entry
/// in the signed record and says nothing of who applied.
pub async fn certificate(
    State(town): State<Town>,
    visit: Visit,
    Path(code): Path<String>,
    Query(asked): Query<Key>,
) -> Answer {
    let own = own(&town, &visit, &code, &asked.key).await?.ok_or(Stop::NotFound)?;
    if own.one.state.outcome() != Some(Outcome::Granted) || matches!(own.one.state, Standing::InAppeal { .. }) {
        return Err(Stop::NotFound);
    }
    let sheet = draw_certificate(&town, &visit, &own).map_err(Stop::fault)?;
    let mut answer = text("application/pdf", print::pdf_of(&[sheet]).map_err(Stop::fault)?);
    let name = format!("attachment; filename=\"{}-certificate.pdf\"", own.one.code);
    answer.headers_mut().insert(header::CONTENT_DISPOSITION, name.parse().map_err(Stop::fault)?);
    Ok(private(answer))
}

fn style(size: f32, is_bold: bool, color: Color) -> Style {
    Style::new(size, is_bold, color)
}

/// A sheet with its heading, what it is about, and the reference; and where the next line stands.
fn begun(town: &Town, visit: &Visit, own: &Own, title: &str) -> Result<(Sheet, f32), PrintError> {
    let t = &visit.t;
    let title = title.to_owned();
    let mut sheet =
        Sheet { size: A4, language: t.language(), description: title.clone(), title: title.clone(), marks: Vec::new() };
    sheet.marks.push(Mark::Bar { x: 0.0, y: 0.0, width: A4.0, height: 84.0, color: FIELD });
    let town_name = town.settings().name.in_language(t.language());
    sheet.fitted((MARGIN, 34.0), town_name, style(11.0, false, PAPER), WIDTH)?;
    sheet.fitted((MARGIN, 64.0), &title, style(21.0, true, PAPER).of(Role::Title), WIDTH)?;
    let service = title_of(&own.services, &own.one.service, t.language());
    let y = sheet.words((MARGIN, 124.0), &service, style(16.0, true, INK).of(Role::Heading), WIDTH)?;
    let y = sheet.words((MARGIN, y + 14.0), own.one.code.as_str(), style(24.0, true, INK), WIDTH)?;
    Ok((sheet, y))
}

/// Lines, a code, and what it opens.
fn ended(sheet: &mut Sheet, y: f32, lines: &[String], address: &str, opens: &str) -> Result<(), PrintError> {
    let mut y = y;
    for words in lines {
        y = sheet.words((MARGIN, y + 8.0), words, style(11.0, false, INK), WIDTH)?;
    }
    sheet.code((MARGIN, y + 20.0), 130.0, address)?;
    sheet.words((MARGIN, y + 178.0), opens, style(9.5, false, MUTED), WIDTH).map(|_| ())
}

fn draw(town: &Town, visit: &Visit, own: &Own, key: &str) -> Result<Sheet, PrintError> {
    let (t, one) = (&visit.t, &own.one);
    let (mut sheet, y) = begun(town, visit, own, t.say("sv-receipt-title"))?;
    let filed = t.with1("sv-filed-on", "date", visit.date_time(one.filed_at));
    let due = t.with1("sv-receipt-due", "date", visit.date(one.due_at));
    let lines = [filed, due, t.with1("sv-by-version", "number", one.number), t.say("sv-receipt-keep").to_owned()];
    ended(&mut sheet, y, &lines, &link(town, one.code.as_str(), key), t.say("sv-receipt-code"))?;
    Ok(sheet)
}

fn draw_certificate(town: &Town, visit: &Visit, own: &Own) -> Result<Sheet, PrintError> {
    let (t, one) = (&visit.t, &own.one);
    let (mut sheet, y) = begun(town, visit, own, t.say("sv-certificate-title"))?;
    let at = one.appeal.as_ref().and_then(|appeal| appeal.decided_at).or(one.decided_at).unwrap_or(one.state_at);
    let mut lines = vec![
        t.with1("sv-certificate-granted", "date", visit.date(at)),
        t.with2("sv-version-at", "number", one.number, "url", town.url(&versions::page_of(&one.service, one.number))),
        t.say("sv-certificate-who").to_owned(),
    ];
    let amount = granted(visit, town.settings().currency, one);
    if !amount.is_empty() {
        lines.insert(1, amount);
    }
    if let Some(position) = own.position {
        lines.push(t.with1("sv-certificate-entry", "position", position.cast_signed()));
    }
    let address = town.url(&format!("/applications/{}", one.code));
    ended(&mut sheet, y, &lines, &address, t.say("sv-certificate-code"))?;
    Ok(sheet)
}
