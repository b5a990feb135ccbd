use super::{comment, moderator};
use crate::town::rooms;
use axum::http::StatusCode;
use civic::Moment;
use commons::moderation::{Counted, count_address};
use database::{DbError, OffRecord};
use web::limits::{Gates, Limits};

#[tokio::test]
async fn new_accounts_speak_less_often_than_old_ones() {
    for room in rooms().await {
        let (code, _) = room.lamp("It flickers").await;
        room.town.settle().await;
        let eve = room.town.signed_in("eve@example.org").await;
        let form = |text: &'static str| [("kind", "request"), ("id", code.clone().leak() as &str), ("text", text)];
        for text in ["one", "two", "three", "four", "five"] {
            eve.post("/comments", &form(text)).await.sees(StatusCode::SEE_OTHER);
        }
        let refused = eve.post("/comments", &form("six")).await.sees(StatusCode::TOO_MANY_REQUESTS);
        refused.says("New accounts may add 5 comments an hour");
        let refused = eve.post("/comments.json", &form("six")).await.sees(StatusCode::TOO_MANY_REQUESTS);
        // When the first of the five is an hour old; the clock of these tests goes on a little with every visit.
        let seconds: u32 = refused.headers["retry-after"].to_str().unwrap().parse().unwrap();
        assert!((3_580..=3_601).contains(&seconds), "{seconds}");
        room.town.clock.advance_seconds(3_600);
        eve.post("/comments", &form("six")).await.sees(StatusCode::SEE_OTHER);
        room.town.clock.advance_seconds(4 * 86_400);
        for _ in 0..6 {
            eve.post("/comments", &form("seven")).await.sees(StatusCode::SEE_OTHER);
        }
        // The same again and again waits for a moderator.
        let held = room.town.column("select subject_id from moderation_cases where held = true").await;
        assert!(!held.is_empty(), "the fourth of the same is held");
    }
}

#[tokio::test]
async fn one_address_sends_so_many_reports_an_hour() {
    let few = 3.try_into().unwrap();
    let gates = Gates::new(Limits { requests_per_hour: few, ..Limits::default() });
    let [home, other] = ["2001:db8::1", "2001:db8:0:1::1"].map(|address| address.parse().unwrap());
    for _ in 0..3 {
        assert!(gates.may_request(home));
    }
    assert!(!gates.may_request(home) && gates.may_request(other));
    // At the doors: the town of these tests allows a thousand.
    for room in rooms().await {
        let (code, _) = room.lamp("It flickers").await;
        let gates = room.town.town.part::<Gates>();
        flags_of_an_hour(&room).await;
        let visitor = room.town.browser();
        let report = serde_json::json!({"category": "lamp", "lat": 50.05, "long": 0.05, "description": "Dark"});
        let flag = format!("/moderation/report/request/{code}");
        // Right before: the gate opens a little again with every second of a busy machine.
        while gates.may_request("127.0.0.1".parse().unwrap()) {}
        let (sent, flagged) =
            (visitor.post_json("/requests.json", &report).await, visitor.post(&flag, &[("reason", "insult")]).await);
        if sent.status == StatusCode::TOO_MANY_REQUESTS {
            sent.says("internet address in the last hour");
            flagged.sees(StatusCode::TOO_MANY_REQUESTS).says("internet address in the last hour");
        } else {
            panic!("tests are not at 127.0.0.1: {}", sent.status);
        }
    }
}

#[tokio::test]
async fn one_account_sends_so_many_reports_an_hour_from_wherever() {
    for room in rooms().await {
        room.town.signed_in("eve@example.org").await;
        let (town, now) = (room.town.town.clone(), room.town.town.now());
        let most = i64::from(town.settings().limits.requests_per_hour.get());
        let person = room.town.column("select id from people where email = 'eve@example.org'").await.remove(0);
        let (code, _) = room.lamp("Flood").await;
        // All that an hour allows but one came from other addresses.
        let made = town.db().write({
            let person = person.clone();
            move |tx| {
                let sql = "insert into requests (id, code, category, organisation_id, address, description, attributes, source, reporter, \
                           reporter_id, state, state_at, state_text, opened_at, updated_at, version) \
                           select id || $1, code || $1, category, organisation_id, address, description, attributes, source, reporter, \
                           $2, state, state_at, state_text, opened_at, updated_at, version from requests where code = $3";
                for number in 1..most {
                    tx.execute(sql, &database::params![&format!("-{number}"), &person, &code])?;
                }
                tx.commit(OffRecord("a test"), ())
            }
        });
        made.await.map_err(|error: DbError| error).unwrap();
        let send = async |role: Option<civic::Role>| {
            let mandates = role.map(|role| civic::Mandate { role, scope: civic::Scope::Town }).into_iter().collect();
            let actor = civic::Actor {
                person: Some(person.parse().unwrap()),
                mandates,
                ..civic::Actor::visitor(civic::Language::En)
            };
            let command = requests::OpenRequest {
                category: "lamp".to_owned(),
                lat: Some("50.05".to_owned()),
                long: Some("0.05".to_owned()),
                ..requests::OpenRequest::default()
            };
            let report = requests::NewReport { command, ..requests::NewReport::default() };
            requests::open_request(&town, actor, report).await
        };
        assert!(send(None).await.is_ok(), "the last that is allowed");
        let Err(web::Stop::Refused(refusals)) = send(None).await else { panic!("one more than an hour allows") };
        assert_eq!(
            (refusals[0].code, refusals[0].status),
            ("requests-too-often-account", StatusCode::TOO_MANY_REQUESTS)
        );
        assert!(send(Some(civic::Role::Officer)).await.is_ok(), "staff write down what others tell them");
        room.town.clock.advance_seconds(3_601);
        assert!(send(None).await.is_ok(), "an hour later; {now:?}");
    }
}

/// As many reports to the moderators from 127.0.0.1 as one address may send in an hour.
async fn flags_of_an_hour(room: &crate::town::Room) {
    let (now, chance) = (room.town.town.now(), room.town.chance());
    let most = room.town.town.settings().limits.flags_per_hour.get();
    let counted = room.town.town.db().write(move |tx| {
        let home = "127.0.0.1".parse().unwrap();
        for number in 0..most {
            let what = format!("request/{number}");
            assert_eq!(count_address(tx, home, &what, most, now, &*chance)?, Counted::First);
        }
        assert_eq!(count_address(tx, home, "request/0", most, now, &*chance)?, Counted::TooOften(3_601));
        let neighbour = "127.0.0.2".parse().unwrap();
        assert_eq!(count_address(tx, neighbour, "request/0", most, now, &*chance)?, Counted::First);
        assert_eq!(count_address(tx, neighbour, "request/0", most, now, &*chance)?, Counted::Again);
        // An hour later it may go on, and on the next day it is somebody new; the day after nothing is left.
        assert_eq!(count_address(tx, home, "x", most, now.plus_seconds(3_601), &*chance)?, Counted::First);
        for (days, kept) in [(1, 2), (2, 2), (9, 1)] {
            let later = now.plus_days(days);
            assert_eq!(count_address(tx, neighbour, "request/0", most, later, &*chance)?, Counted::First);
            let salts: i64 = tx.query_one("select count(*) from moderation_salts", &[])?.get(0)?;
            let days: i64 = tx.query_one("select count(distinct day) from moderation_addresses", &[])?.get(0)?;
            assert_eq!((salts, days), (kept, kept));
        }
        for number in 0..most {
            count_address(tx, home, &format!("request/{number}"), most, now, &*chance)?;
        }
        tx.commit(OffRecord("a test"), ())
    });
    counted.await.map_err(|error: DbError| error).unwrap();
}

/// The queue and the log go page by page, what waits longest first; nobody is shown twice and nobody is left out.
#[tokio::test]
async fn the_queue_and_the_log_go_page_by_page() {
    for room in rooms().await {
        let (code, _) = room.lamp("It flickers").await;
        room.town.settle().await;
        let mut cases = Vec::new();
        let amina = room.town.signed_in("amina@example.org").await;
        for name in ["eve", "ben"] {
            let author = room.town.signed_in(&format!("{name}@example.org")).await;
            for number in 0..4 {
                let id = comment(&room, &author, &code, &format!("fool {number}")).await;
                room.town.clock.advance_seconds(60);
                let report = format!("/moderation/report/comment/{id}");
                amina.post(&report, &[("reason", "insult")]).await.sees(StatusCode::SEE_OTHER);
                cases.push(super::case_of(&room, &format!("comment/{id}")).await);
            }
        }
        let mireia = moderator(&room, "mireia").await;
        let mut seen = Vec::new();
        let mut path = "/moderation.json?limit=3&kind=comment&reason=insult".to_owned();
        loop {
            let page = mireia.get(&path).await.sees(StatusCode::OK).json();
            seen.extend(page["cases"].as_array().unwrap().iter().map(|case| case["case"].as_str().unwrap().to_owned()));
            let Some(next) = page["next"].as_str() else { break };
            path = format!("/moderation.json?limit=3&kind=comment&reason=insult&after={next}");
        }
        assert_eq!(seen, cases, "oldest first");
        mireia.get("/moderation?kind=request").await.says("Nothing waits here");
        mireia.get("/moderation?reason=threat").await.says("Nothing waits here");
        for case in &cases {
            super::act(&mireia, case, "dismiss", &[]).await.sees(StatusCode::SEE_OTHER);
        }
        let first = room.town.browser().get("/moderation/log.json?limit=4").await.json();
        let next = first["next"].as_str().unwrap();
        let second = room.town.browser().get(&format!("/moderation/log.json?limit=4&after={next}")).await.json();
        let of = |page: &serde_json::Value| -> Vec<String> {
            page["log"].as_array().unwrap().iter().map(|line| line["case"].as_str().unwrap().to_owned()).collect()
        };
        let all: Vec<String> = of(&first).into_iter().chain(of(&second)).collect();
        assert_eq!(all, cases.iter().rev().cloned().collect::<Vec<_>>(), "newest first");
        let csv = room.town.browser().get("/moderation/log.csv?limit=4&act=dismissed").await.sees(StatusCode::OK);
        assert!(csv.headers["link"].to_str().unwrap().contains("/moderation/log.csv?act=dismissed&limit=4&after="));
        assert_eq!(csv.text.lines().count(), 5);
        let one = Moment::parse(first["log"][0]["at"].as_str().unwrap());
        assert!(one.is_ok());
    }
}
