//! The receipt of an erasure, for whoever has its secret.

use super::cookies;
use crate::{
    receipt::{self, RECEIPT_HOURS, Receipt},
    secrets,
};
use axum::extract::State;
use civic::Moment;
use web::{
    Answer, Frame, Stop, Town, Visit, Wants,
    answer::{json, page},
    dates,
    visit::Path,
};

#[derive(askama::Template)]
#[template(path = "people_erased.html")]
struct ErasedPage {
    frame: Frame,
    lead: String,
    taken: Vec<(String, String)>,
    salts: i64,
    entries: Vec<u64>,
    stays: Vec<String>,
    copies: String,
    file: String,
    until: String,
}

/// GET /me/erased/{secret}
pub(super) async fn show(State(town): State<Town>, visit: Visit, Path(secret): Path<String>) -> Answer {
    if !secrets::is_secret(&secret) {
        return Err(Stop::NotFound);
    }
    let now = town.now();
    let found = town.db().read(move |tx| receipt::read(tx, &secret, now)).await.map_err(Stop::from)?;
    let receipt = found.ok_or(Stop::NotFound)?;
    if visit.wants == Wants::Json {
        return json(&receipt).map(cookies::never_kept);
    }
    page(&view(&town, &visit, receipt)).map(cookies::never_kept)
}

fn view(town: &Town, visit: &Visit, receipt: Receipt) -> ErasedPage {
    let t = &visit.t;
    let at = Moment::parse(&receipt.erased_at).unwrap_or(visit.at);
    let number = |count: u64| dates::number(i64::try_from(count).unwrap_or(i64::MAX), t.language());
    let taken = receipt.taken.iter().map(|one| {
        let key = format!("erased-{}-{}", one.room, one.kind.replace('_', "-"));
        // A room whose words are not known here is named as its export names it.
        let label = if t.has(&key) { t.say(&key).to_owned() } else { format!("{}: {}", one.room, one.kind) };
        (label, number(one.count))
    });
    let stays = receipt.stays.iter().map(|(key, count)| t.with1(key, "count", *count as i64));
    let settings = town.settings();
    let copies = match settings.backup_days {
        Some(days) => {
            let until = visit.date(at.plus_days(i64::from(days)));
            t.with2("people-erased-copies", "days", i64::from(days), "until", until)
        }
        None => t.with1("people-erased-copies-unknown", "email", settings.contact_email.as_str()),
    };
    let file = match town.db().dialect() {
        database::Dialect::Sqlite => "people-erased-file",
        database::Dialect::Postgres => "people-erased-file-elsewhere",
    };
    ErasedPage {
        frame: Frame::new(town, visit, t.say("people-erased")).twins(visit, &[Wants::Json]),
        lead: t.with1("people-erased-lead", "when", visit.date_time(at)),
        taken: taken.collect(),
        salts: i64::try_from(receipt.salts_forgotten).unwrap_or(i64::MAX),
        entries: receipt.entries.iter().flatten().copied().collect(),
        stays: stays.collect(),
        copies,
        file: t.say(file).to_owned(),
        until: visit.date_time(at.plus_seconds(RECEIPT_HOURS * 3_600)),
    }
}
