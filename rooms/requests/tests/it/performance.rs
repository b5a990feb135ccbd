//! How well we serve, over a long time: days in short, the forecast, gaps, who reports, and the sheet of a district.

use crate::town::{Room, rooms};
use axum::http::{StatusCode, header};
use civic::Role;
use database::{DbError, OffRecord, params};
use serde_json::Value;

const DAY: i64 = 86_400;

/// A report of the past: category, district, made and ended so many seconds before now.
#[derive(Clone, Copy)]
pub struct Past {
    pub category: &'static str,
    pub district: &'static str,
    pub opened_before: i64,
    pub closed_before: Option<i64>,
}

/// Puts reports into the past as an import would, without an entry for each. All are promised for four days later.
pub async fn remember(room: &Room, past: Vec<Past>) {
    let (now, chance) = (room.town.town.now(), room.town.chance());
    let letters = civic::CODE_ALPHABET;
    let wrote = room.town.town.db().write(move |tx| {
        for (number, one) in past.iter().enumerate() {
            let id = civic::RequestId::new(now, &*chance).text();
            let seed = number + usize::try_from(now.micros() % 9_999_991).unwrap() * 5_000;
            let code: String = (0..8).map(|at| char::from(letters[seed / letters.len().pow(at) % letters.len()])).collect();
            let code = format!("R-{code}");
            let at = |before: i64| now.plus_seconds(-before).micros();
            let state = if one.closed_before.is_some() { "resolved" } else { "received" };
            tx.execute(
                "insert into requests (id, code, category, organisation_id, district, address, description, attributes, source, \
                 reporter, state, state_at, state_text, opened_at, updated_at, closed_at, due_at, version) \
                 select $1, $2, $3, organisation_id, $4, 'Main Street', '', '{}', 'web', 'somebody', $5, $6, '', $6, $6, $7, $8, 1 \
                 from request_categories where code = $3",
                &params![
                    &id,
                    &code,
                    one.category,
                    one.district,
                    state,
                    at(one.opened_before),
                    one.closed_before.map(at),
                    at(one.opened_before - 4 * DAY)
                ],
            )?;
        }
        tx.commit(OffRecord("a test"), ())
    });
    wrote.await.map_err(|error: DbError| error).unwrap();
}

/// A hundred days of lamps in Mill: each day some are made, and end after one to nine days.
fn hundred_days() -> Vec<Past> {
    let of_day = |day: i64| {
        (0..3 + day % 4).map(move |number| {
            let opened_before = day * DAY + 3_600 * (number + 1);
            let took = DAY * (1 + (day * 7 + number * 3) % 9);
            let closed_before = Some(opened_before - took).filter(|before| *before > 0);
            Past { category: "lamp", district: "mill", opened_before, closed_before }
        })
    };
    (0..100).rev().flat_map(of_day).collect()
}

async fn figures(room: &Room) -> Value {
    room.town.clock.advance_seconds(61);
    room.town.browser().get("/requests/figures.json").await.sees(StatusCode::OK).json()
}

/// Without the ages of what is open, which grow while one looks.
fn ageless(part: &Value) -> Value {
    match part {
        Value::Array(rows) => rows.iter().map(ageless).collect(),
        Value::Object(row) => row
            .iter()
            .filter(|(name, _)| !name.starts_with("age_"))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect(),
        other => other.clone(),
    }
}

#[tokio::test]
async fn days_in_short_say_the_same_and_follow_what_changes() {
    for room in rooms().await {
        remember(&room, hundred_days()).await;
        let (code, _) = room.lamp("Dark").await;
        room.town.settle().await;
        room.town
            .town
            .db()
            .write(|tx| {
                tx.execute("delete from figure_days", &[])?;
                tx.commit(OffRecord("a test: nothing is in short yet"), ())
            })
            .await
            .map_err(|error: DbError| error)
            .unwrap();
        let before = figures(&room).await;
        assert!(before["all"]["reports"].as_u64().unwrap() > 400 && before["all"]["median_seconds"].as_u64().is_some());
        requests::renew_figures(&room.town.town).await.unwrap();
        let days = room.town.column("select cast(count(*) as text) from figure_days").await;
        assert_eq!(days, ["366"], "a year of days in short");
        let after = figures(&room).await;
        for part in ["all", "categories", "districts", "backlog", "from"] {
            assert_eq!(ageless(&before[part]), ageless(&after[part]), "{part}");
        }
        // Something happens: its day is read from the requests until it is written anew.
        let version = room.version(&code).await;
        let done = [("text", "A new bulb"), ("version", &*version)];
        room.lamps.post(&format!("/desk/{code}/resolve"), &done).await.sees(StatusCode::SEE_OTHER);
        room.town.settle().await;
        let marked = "select cast(day as text) from figure_days_changed";
        assert!(!room.town.column(marked).await.is_empty(), "its day is marked");
        let changed = figures(&room).await;
        assert_eq!(changed["all"]["ended"].as_u64(), before["all"]["ended"].as_u64().map(|ended| ended + 1));
        room.lamp("Dark again").await;
        room.town.clock.advance_seconds(601);
        room.town.settle().await;
        assert!(room.town.column(marked).await.is_empty(), "written anew, the marks are gone");
        let last = figures(&room).await;
        assert_eq!(last["all"]["reports"].as_u64(), before["all"]["reports"].as_u64().map(|reports| reports + 1));
    }
}

#[tokio::test]
async fn the_backlog_has_a_forecast_or_a_reason() {
    for room in rooms().await {
        room.lamp("Dark").await;
        let visitor = room.town.browser();
        visitor.get("/requests/figures").await.says("it needs 56 complete days of reports, and there are 0");
        visitor.get("/requests/figures/backlog.json").await.says("why_not");
        remember(&room, hundred_days()).await;
        let view = figures(&room).await["backlog"].clone();
        let days = view["days"].as_array().unwrap();
        assert!((97..=99).contains(&days.len()), "complete days: {}", days.len());
        let open: Vec<f64> = days.iter().map(|day| day["open"].as_f64().unwrap()).collect();
        let said = forecast::forecast(&open, 14).unwrap();
        let ahead = view["ahead"].as_array().unwrap();
        for (step, day) in said.ahead.iter().zip(ahead) {
            let found = ["expected", "low", "high"].map(|name| day[name].as_f64().unwrap());
            let wanted = [step.value, step.low, step.high];
            assert!(found.iter().zip(wanted).all(|(one, other)| (one - other).abs() < 1e-9), "{found:?} {wanted:?}");
        }
        assert_eq!((ahead.len(), view["why_not"].is_null()), (14, true));
        // The page, the table and the CSV have the same.
        let last = &ahead[13];
        let csv = visitor.get("/requests/figures/backlog.csv").await;
        let step = said.ahead[13];
        csv.says(&format!("{},,{},{},{}", last["day"].as_str().unwrap(), step.value, step.low, step.high));
        for page in ["/requests/figures", "/requests/figures/backlog"] {
            let page = visitor.get(page).await.sees(StatusCode::OK).says("class=\"band\"").says("reports will be open");
            page.says(&format!("{:.0}", last["expected"].as_f64().unwrap()));
        }
        for (language, words) in [("es", "Avisos abiertos y qué esperar"), ("ar", "البلاغات المفتوحة وما يُتوقع")]
        {
            room.town.browser().reading(language).get("/requests/figures").await.sees(StatusCode::OK).says(words);
        }
    }
}

/// Lamps and bins of both districts that ended in the days before; those of Mill took `times` as long.
fn ended(days: std::ops::Range<i64>, times: i64) -> Vec<Past> {
    let of = |day: i64| {
        [("mill", times), ("docks", 1)].into_iter().flat_map(move |(district, times)| {
            ["lamp", "bin"].into_iter().flat_map(move |category| {
                (0..3).map(move |number| {
                    let closed_before = day * DAY + number * 600 + 60;
                    let took = times * (40_000 + (day * 1_237 + number * 9_001) % 40_000);
                    Past { category, district, opened_before: closed_before + took, closed_before: Some(closed_before) }
                })
            })
        })
    };
    days.flat_map(of).collect()
}

async fn said(room: &Room, saying: &str) -> usize {
    room.town.record().await.iter().filter(|entry| entry.contains(saying)).count()
}

/// What a CSV says of a district in a column.
fn cell(csv: &str, district: &str, column: &str) -> String {
    let mut lines = csv.lines();
    let at = lines.next().unwrap().split(',').position(|name| name.trim_matches('\u{feff}') == column).unwrap();
    let row = lines.find(|line| line.starts_with(&format!("district,{district},"))).unwrap();
    row.split(',').nth(at).unwrap().to_owned()
}

/// Leaves open gaps as the migration does that began to keep `n`.
async fn as_before_the_upgrade(room: &Room) {
    let wrote = room.town.town.db().write(|tx| {
        tx.execute("update figure_gaps set n = 0", &[])?;
        tx.commit(OffRecord("a test"), ())
    });
    wrote.await.map_err(|error: DbError| error).unwrap();
}

#[tokio::test]
async fn a_gap_is_told_once_and_closes_by_itself() {
    for room in rooms().await {
        room.town.administrator().await;
        room.town.holder("ana@example.org", Role::Analyst, None).await;
        // Three whole periods of four weeks lie in the last 112 days, wherever they begin.
        remember(&room, ended(1..112, 3)).await;
        room.town.settle().await;
        let visitor = room.town.browser();
        room.town.clock.advance_seconds(601);
        room.town.settle().await;
        assert_eq!((said(&room, "figures.gap-opened").await, said(&room, "figures.gap-closed").await), (1, 0));
        let mails = room.town.mails().await;
        let told = mails.iter().filter(|mail| mail.mail.subject == "Mill is served later than the rest of the town");
        let mut told: Vec<String> = told.map(|mail| mail.mail.to.to_string()).collect();
        told.sort();
        assert_eq!(told, ["ana@example.org", "first@example.org"]);
        for path in ["/requests/figures", "/requests/figures/districts/mill"] {
            visitor.get(path).await.says("Mill has waited clearly longer");
        }
        visitor.get("/requests/figures/districts/docks").await.never_says("has waited clearly longer");
        room.lamps.get("/desk").await.says("Mill has waited clearly longer");
        let view = figures(&room).await;
        assert_eq!(view["gaps"][0]["district"]["code"], "mill");
        assert_eq!(view["gaps"][0]["measure"], "time");
        assert!(view["gaps"][0]["low"].as_f64().unwrap() > 1.1 && view["gaps"][0]["n"].as_u64().unwrap() > 30);
        // As programs read it that know no other measure than time.
        assert_eq!(view["gaps"][0]["adjusted"]["ratio"], view["gaps"][0]["value"]);
        let csv = visitor.get("/requests/figures.csv").await.sees(StatusCode::OK).text;
        assert_eq!(cell(&csv, "mill", "gap_ratio"), cell(&csv, "mill", "gap_value"));
        assert!(!cell(&csv, "mill", "gap_ratio").is_empty() && cell(&csv, "docks", "gap_ratio").is_empty());
        as_before_the_upgrade(&room).await;
        assert_eq!(figures(&room).await["gaps"][0]["n"], Value::Null, "nobody kept how many were compared");
        let csv = visitor.get("/requests/figures.csv").await.text;
        assert_eq!(cell(&csv, "mill", "gap_n"), "");
        // Twelve weeks later both have been served alike in the last two periods.
        room.town.clock.advance_seconds(84 * DAY);
        remember(&room, ended(1..84, 1)).await;
        room.town.settle().await;
        assert_eq!((said(&room, "figures.gap-opened").await, said(&room, "figures.gap-closed").await), (1, 1));
        assert_eq!(figures(&room).await["gaps"].as_array().unwrap().len(), 0);
        visitor.get("/requests/figures").await.never_says("has waited clearly longer");
    }
}

#[tokio::test]
async fn who_reports_is_said_with_its_uncertainty_or_not_at_all() {
    for room in rooms().await {
        let open = |district| Past { category: "lamp", district, opened_before: 10 * DAY, closed_before: None };
        remember(&room, ["mill", "docks"].into_iter().flat_map(|one| std::iter::repeat_n(open(one), 20)).collect())
            .await;
        requests::renew_figures(&room.town.town).await.unwrap();
        let visitor = room.town.browser();
        visitor.get("/requests/figures").await.says("there are 0 repeats").says("an estimate needs 20");
        // In Mill forty neighbours said “me too” within the ten days, in Docks twenty; some said so too late or too early to count.
        let now = room.town.town.now();
        let wrote = room.town.town.db().write(move |tx| {
            let codes = tx.query("select id, district from requests order by id", &[])?;
            for (number, row) in codes.iter().enumerate() {
                let (id, district): (String, String) = (row.get(0)?, row.get(1)?);
                let times = if district == "mill" { 2 } else { 1 };
                for (who, before) in (0..times).map(|who| (who, (1 + who) * DAY)).chain([(7, 11 * DAY), (8, -DAY)]) {
                    let sql = "insert into request_supporters (request_id, who, at) values ($1, $2, $3)";
                    tx.execute(
                        sql,
                        &params![&id, &format!("browser:{number}-{who}"), now.plus_seconds(-before).micros()],
                    )?;
                }
            }
            tx.commit(OffRecord("a test"), ())
        });
        wrote.await.map_err(|error: DbError| error).unwrap();
        requests::renew_figures(&room.town.town).await.unwrap();
        let view = figures(&room).await;
        let mill = view["districts"].as_array().unwrap().iter().find(|row| row["code"] == "mill").unwrap();
        let reporting = &mill["reporting"];
        assert_eq!((reporting["matters"].as_u64(), reporting["repeats"].as_u64()), (Some(20), Some(40)));
        // 20 matters watched for 10 days each, 40 repeats: one every 5 days.
        assert!((reporting["unreported_days"]["ratio"].as_f64().unwrap() - 5.0).abs() < 0.01, "{reporting}");
        assert!(reporting["adjusted"]["low"].as_f64().unwrap() > 1.0, "{reporting}");
        let page = visitor.get("/requests/figures").await;
        page.says("Reported more readily").says("Reported less readily").says("60 repeats of 40 matters");
        visitor.get("/requests/figures.csv").await.says("unreported_days_low");
    }
}

#[tokio::test]
async fn a_district_has_a_page_and_a_sheet_of_paper() {
    for room in rooms().await {
        remember(&room, ended(1..60, 2)).await;
        let all = figures(&room).await;
        let row = all["districts"].as_array().unwrap().iter().find(|row| row["code"] == "mill").unwrap().clone();
        let visitor = room.town.browser();
        let view = visitor.get("/requests/figures/districts/mill.json").await.sees(StatusCode::OK).json();
        assert_eq!(view["district"], row, "the same figures");
        visitor.get("/requests/figures/districts/mill.csv").await.says("category,lamp,");
        visitor.get("/requests/figures").await.says("/requests/figures/districts/mill");
        for (language, words) in [("en", "How well we serve Mill"), ("es", "Cómo servimos a"), ("ar", "كيف نخدم")]
        {
            let reader = room.town.browser().reading(language);
            reader.get("/requests/figures/districts/mill").await.sees(StatusCode::OK).says(words).says("sheet-title");
            let svg = reader.get("/requests/figures/districts/mill.svg").await.sees(StatusCode::OK).says(words);
            assert_eq!(svg.headers[header::CONTENT_TYPE], "image/svg+xml; charset=utf-8");
            let pdf = reader.get("/requests/figures/districts/mill.pdf").await.sees(StatusCode::OK);
            assert_eq!(pdf.headers[header::CONTENT_TYPE], "application/pdf");
            assert!(pdf.bytes.starts_with(b"%PDF-1.7"), "{language}");
        }
        for unknown in ["nowhere", "nowhere.pdf", "mill.exe", ".pdf"] {
            visitor.get(&format!("/requests/figures/districts/{unknown}")).await.sees(StatusCode::NOT_FOUND);
        }
    }
}
