//! Whoever leaves can take along all that is taken away.

use crate::{
    applying::PNG,
    sharing::handle,
    together::desk_id,
    town::{Hall, REASONS, columns, demo_halls, hidden},
};
use axum::http::StatusCode;
use civic::Moment;
use database::DbError;
use serde_json::Value;
use std::collections::BTreeMap;
use testing::{Browser, Part};

/// What erasing changes and nobody takes along, each with the reason.
const KEPT_BACK: [(&str, &str); 24] = [
    ("service_drafts.secret_hash", "the key to a draft is not given out twice"),
    ("service_drafts.person_id", "whose export it is, it says at its head"),
    ("applications.secret_hash", "the key to an application is not given out twice"),
    ("applications.person_id", "whose export it is, it says at its head"),
    ("applications.is_open", "follows from the state"),
    ("applications.is_erased", "says that it is erased"),
    ("service_files.id", "a number of the program; that of an application stands in its address"),
    ("service_files.owner", "the same as where it stands"),
    ("service_files.width", "of the picture"),
    ("service_files.height", "of the picture"),
    ("service_files.picture", "loaded at its address"),
    ("application_steps.id", "a number of the program"),
    ("application_steps.is_internal", "what is internal is left out"),
    ("application_looks.id", "a number of the program"),
    ("co_applicants.id", "a number of the program"),
    ("co_applicants.owner", "the same as where it stands"),
    ("co_applicants.secret_hash", "the key of somebody else"),
    ("appointments.id", "a number of the program"),
    ("appointments.plan", "the place is said by its name"),
    ("appointments.owner", "the same as where it stands"),
    ("appointments.seat", "which of the equal places"),
    ("appointment_waits.id", "a number of the program"),
    ("service_desk_views.person_id", "whose export it is, it says at its head"),
    ("service_desk_views.is_first", "said as true or false, which the tests of the views look at"),
];
/// The same, of what officers are: the place of a table's column is enough.
const NUMBERS: [&str; 4] =
    ["appointment_waits.plan", "officer_absences.id", "officer_absences.person_id", "officer_skills.person_id"];

type Rows = BTreeMap<String, Vec<String>>;

/// Every column of every table of the room with all its values, as the migrations name them; internal notes left out.
async fn all_rows(hall: &Hall) -> Rows {
    let columns = columns();
    assert!(columns.len() > 100, "{columns:?}");
    let look = move |tx: &mut database::Tx<'_>| {
        let mut rows = Rows::new();
        for (table, column) in columns {
            let only = if table == "application_steps" { " where is_internal = false" } else { "" };
            let sql = format!("select coalesce(cast({column} as text), '') from {table}{only}");
            let mut values: Vec<String> = Vec::new();
            // The bytes of a picture are no text.
            if column != "picture" {
                for row in tx.query(&sql, &[])? {
                    values.push(row.get(0)?);
                }
            }
            rows.insert(format!("{table}.{column}"), values);
        }
        Ok::<_, DbError>(rows)
    };
    hall.town.town.db().read(look).await.unwrap()
}

/// What was there and is no more.
fn lost(before: &Rows, after: &Rows) -> Vec<(String, String)> {
    let mut lost = Vec::new();
    for (column, values) in before {
        let mut left = after[column].clone();
        for value in values {
            match left.iter().position(|one| one == value) {
                Some(at) => drop(left.swap_remove(at)),
                None => lost.push((column.clone(), value.clone())),
            }
        }
    }
    lost.retain(|(_, value)| !value.is_empty());
    lost
}

/// Whether an export says a value: as it is, as a day and hour, or leaf by leaf.
fn says(export: &str, column: &str, value: &str) -> bool {
    let is_moment = |text: &str| text.parse::<i64>().is_ok_and(|at| export.contains(&Moment(at).rfc3339()));
    match serde_json::from_str::<Value>(value) {
        Ok(Value::Object(all)) => all.values().all(|one| leaf(export, column, one)),
        Ok(Value::Array(all)) => all.iter().all(|one| leaf(export, column, one)),
        _ if column.ends_with("_at") || column.ends_with(".at") || column.ends_with("_until") => is_moment(value),
        _ => export.contains(&serde_json::to_string(value).unwrap()) || export.contains(&format!(":{value}")),
    }
}

fn leaf(export: &str, column: &str, value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Number(at) if column == "applications.pauses" => {
            export.contains(&Moment(at.as_i64().unwrap()).rfc3339())
        }
        other => says(export, column, &other.to_string()) || export.contains(&other.to_string()),
    }
}

/// A clerk who is a resident too: writes, applies, meets, waits, pays, appeals, is away and knows things.
async fn lives(hall: &Hall) -> Browser {
    let olga = hall.parking(&[("charges", "filing"), ("joint-least", "0"), ("joint-most", "1")]).await;
    let peter = hall.officer("peter").await;
    let mut others = Vec::new();
    for _ in 0..2 {
        others.push(hall.applies(&hall.town.browser()).await);
    }
    let lease = [("kind", "upload"), ("label-en", "Lease"), ("name", "lease")];
    hall.question(&olga, "parking", &lease).await.sees(StatusCode::SEE_OTHER);
    hall.publish(&olga, "parking").await.sees(StatusCode::SEE_OTHER);
    let hours = [
        ("place-en", "Town hall, room 4"),
        ("week", "mon-fri 09:00-10:00"),
        ("minutes", "30"),
        ("capacity", "1"),
        ("ahead-days", "20"),
        ("open", "yes"),
    ];
    olga.post("/admin/services/parking/appointments", &hours).await.sees(StatusCode::SEE_OTHER);
    let free = olga.get("/services/parking/appointments.json").await.json();
    let slot = |at: usize| free["free"][at]["slot"].as_str().unwrap().to_owned();
    let mut filed = Vec::new();
    for number in 0..2 {
        let draft = hall.begins(&olga).await;
        hall.answers(&olga, &draft).await;
        let photo = [Part::File("q1", "lease.png", PNG)];
        olga.post_files(&format!("{draft}/page_lease"), &photo).await.sees(StatusCode::SEE_OTHER);
        let bo = [("joint-name", "Bo Li"), ("joint-email", "bo@example.org")];
        olga.post(&format!("{draft}/joint"), &bo).await.sees(StatusCode::SEE_OTHER);
        olga.post(&format!("{draft}/appointment"), &[("slot", &slot(number))]).await.sees(StatusCode::SEE_OTHER);
        filed.push(draft);
    }
    // The second stays a draft, with its photo and its time.
    let sent = olga.post(&format!("{}/check.json", filed[0]), &[]).await.sees(StatusCode::CREATED).json();
    let code = sent["code"].as_str().unwrap().to_owned();
    let page = format!("/applications/{code}");
    let day = slot(4);
    let (plan, at) = day.split_once(' ').unwrap();
    let wait = format!("{plan} {}", &at[..10]);
    for (taken, (other, key)) in (4..).zip(others) {
        let path = format!("/applications/{other}/appointment");
        hall.town.browser().post(&path, &[("key", &key), ("slot", &slot(taken))]).await.sees(StatusCode::SEE_OTHER);
    }
    olga.post(&format!("{page}/appointment"), &[("wait", &wait)]).await.sees(StatusCode::SEE_OTHER);
    hall.acts(&peter, &code, "ask", &[("text", "Which street is it?")]).await.sees(StatusCode::SEE_OTHER);
    olga.post(&format!("{page}/answer"), &[("text", "The long one.")]).await.sees(StatusCode::SEE_OTHER);
    hall.acts(&peter, &code, "ask", &[("question", "rent")]).await.sees(StatusCode::SEE_OTHER);
    let again = olga.post(&format!("{page}/reopen"), &[]).await.sees(StatusCode::SEE_OTHER).location().to_owned();
    olga.post(&again, &[("q1", "812.50")]).await.sees(StatusCode::SEE_OTHER);
    let check = format!("{}/check", again.rsplit_once('/').unwrap().0);
    olga.post(&check, &[]).await.sees(StatusCode::SEE_OTHER);
    hall.acts(&peter, &code, "note", &[("text", "Only for the office.")]).await.sees(StatusCode::SEE_OTHER);
    let who = desk_id(hall, &peter, &code).await;
    hall.acts(&peter, &code, &format!("joint/{who}"), &[]).await.sees(StatusCode::SEE_OTHER);
    let refuse = [("outcome", "refused"), REASONS];
    hall.acts(&peter, &code, "decide", &refuse).await.sees(StatusCode::SEE_OTHER);
    olga.post(&format!("{page}/appeal"), &[("text", "It is my street.")]).await.sees(StatusCode::SEE_OTHER);
    let version = hidden(&hall.opens(&peter, &code).await.text, "fee-version");
    let waived = [("fee-version", version.as_str()), ("reason", "The machine at the counter was broken.")];
    peter.post(&format!("/desk/services/{code}/fee/waive"), &waived).await.sees(StatusCode::SEE_OTHER);
    let (o, p) = (handle(hall, "olga").await, handle(hall, "peter").await);
    let away = [("agency", "streets"), ("officer", &o), ("from", "2026-09-28"), ("to", "2026-09-30"), ("cover", &p)];
    peter.post("/desk/services/team/away", &away).await.sees(StatusCode::SEE_OTHER);
    let knows = [("agency", "streets"), ("officer", o.as_str()), ("service", "parking")];
    peter.post("/desk/services/team/knows", &knows).await.sees(StatusCode::SEE_OTHER);
    let view = [("name", "Mine and late"), ("query", "officer=mine&overdue=yes")];
    olga.post("/desk/services/views", &view).await.sees(StatusCode::SEE_OTHER);
    olga
}

#[tokio::test]
async fn all_that_is_erased_could_be_taken_along() {
    for hall in demo_halls().await {
        let olga = lives(&hall).await;
        let export = olga.get("/me/export").await.sees(StatusCode::OK).never_says("Only for the office.").text;
        let before = all_rows(&hall).await;
        olga.post("/me/erase", &[("agreed", "yes"), ("sure", "yes")]).await;
        let lost = lost(&before, &all_rows(&hall).await);
        // The test says nothing if nothing was there.
        for table in [
            "applications.answers",
            "service_drafts.answers",
            "service_files.name",
            "application_steps.body",
            "application_looks.why",
            "application_revisions.answers",
            "application_letters.body",
            "appointments.begins_at",
            "appointment_waits.day",
            "co_applicants.answered_by",
            "payments.reason",
            "payment_steps.body",
            "officer_skills.service",
            "officer_absences.to_day",
            "service_desk_views.query",
        ] {
            assert!(lost.iter().any(|(column, _)| column == table), "{table}: {lost:?}");
        }
        let is_kept_back =
            |column: &String| KEPT_BACK.iter().any(|(of, _)| of == column) || NUMBERS.contains(&column.as_str());
        for (column, value) in lost.iter().filter(|(column, _)| !is_kept_back(column)) {
            assert!(says(&export, column, value), "{column}: {value} is not in {export}");
        }
    }
}
