//! From another Open311 server: one with pages, one that cuts off, one that speaks XML only.

use crate::town::rooms;
use importing::Survey;
use outgoing::{Client, Policy};
use requests::imports::{
    Mapping, find_mapping,
    geo_report::{RemoteRefusal, Server, fetch},
};
use std::{
    io::{Read as _, Write as _},
    net::TcpListener,
    sync::{Arc, Mutex},
};

/// Serves what `answer` says to the target of each request, and remembers the targets.
fn serve(answer: impl Fn(&str) -> (u16, String) + Send + 'static) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/open311/v2", listener.local_addr().unwrap());
    let asked = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&asked);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut head = Vec::new();
            let mut byte = [0];
            while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap_or(0) == 1 {
                head.push(byte[0]);
            }
            let head = String::from_utf8_lossy(&head).into_owned();
            let target = head.split(' ').nth(1).unwrap_or_default().to_owned();
            kept.lock().unwrap().push(target.clone());
            let (status, body) = answer(&target);
            let more = if status == 429 { "retry-after: 7\r\n" } else { "" };
            let answer = format!(
                "HTTP/1.1 {status} X\r\n{more}content-length: {}\r\nconnection: close\r\n\r\n{body}",
                body.len()
            );
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    (url, asked)
}

fn client() -> Client {
    Client::new(Policy { plain_http: true, private_addresses: true, ..Policy::default() })
}

fn part<'t>(target: &'t str, name: &str) -> &'t str {
    let found = target.split(['?', '&']).find_map(|part| part.strip_prefix(&format!("{name}=")));
    found.unwrap_or_default()
}

fn moment(target: &str, name: &str) -> civic::Moment {
    civic::Moment::parse(&part(target, name).replace("%3A", ":")).unwrap()
}

/// One request every twelve hours of 2017, as numbers.
fn between(target: &str) -> Vec<(i64, civic::Moment)> {
    let first = civic::Moment::parse("2017-01-01T00:00:00Z").unwrap();
    let all = (0..700).map(|number| (number, first.plus_seconds(number * 43_200)));
    all.filter(|(_, at)| *at >= moment(target, "start_date") && *at <= moment(target, "end_date")).collect()
}

fn json(requests: &[(i64, civic::Moment)]) -> String {
    let one = |(number, at): &(i64, civic::Moment)| {
        let (status, updated) = if number % 2 == 0 { ("closed", at.plus_days(1)) } else { ("open", *at) };
        serde_json::json!({
            "service_request_id": number, "status": status, "service_code": "001", "service_name": "Broken lamp",
            "description": null, "requested_datetime": at.rfc3339(), "updated_datetime": updated.rfc3339(),
            "lat": 50.05, "long": 0.05, "address": "Main St",
        })
    };
    serde_json::Value::Array(requests.iter().map(one).collect()).to_string()
}

fn server(url: String) -> Server {
    let until = civic::Moment::parse("2018-06-01T00:00:00Z").unwrap();
    Server { url, jurisdiction: Some("old.example".to_owned()), since: None, until }
}

#[tokio::test]
async fn page_by_page_and_window_by_window_into_the_town() {
    let (url, asked) = serve(|target| {
        let page: usize = part(target, "page").parse().unwrap();
        let requests = between(target);
        (200, json(requests.chunks(100).nth(page - 1).unwrap_or_default()))
    });
    let table = fetch(&client(), &server(url), &|_| (), |_| ()).unwrap();
    assert_eq!(table.rows().count(), 700);
    for target in asked.lock().unwrap().iter() {
        let days = moment(target, "end_date").seconds_since(moment(target, "start_date")) / 86_400;
        assert!(days <= 90 && part(target, "jurisdiction_id") == "old.example", "{target}");
    }
    for room in rooms().await {
        let given = Mapping { source: Some("old-example".to_owned()), ..Mapping::default() };
        let (mapping, questions) = find_mapping(&room.town.town, &table, &Survey::of(&table), &given).unwrap();
        assert_eq!(questions, []);
        assert_eq!(mapping.columns["category"], "service_name", "its codes mean nothing here, its names do");
        let done = super::import(&room, &table, mapping.clone(), false).await;
        assert_eq!((done.tally.stored, done.tally.set_aside), (700, 0), "{:?}", done.asides.first());
        assert_eq!(super::import(&room, &table, mapping, false).await.tally.already, 700);
        let open = room.town.column("select code from requests where closed_at is null").await;
        assert_eq!(open.len(), 350);
    }
}

#[test]
fn a_server_without_pages_that_cuts_off_is_asked_for_less_at_a_time() {
    let (url, asked) = serve(|target| (200, json(&between(target)[..50.min(between(target).len())])));
    assert_eq!(fetch(&client(), &server(url), &|_| (), |_| ()).unwrap().rows().count(), 700);
    assert!(asked.lock().unwrap().len() > 20);
}

#[test]
fn xml_where_there_is_no_json() {
    let (url, _) = serve(|target| {
        if target.contains("requests.json") {
            return (404, "[{\"code\":404,\"description\":\"no\"}]".to_owned());
        }
        let one = |(number, at): &(i64, civic::Moment)| {
            format!(
                "<request><service_request_id>{number}</service_request_id><service_name>Lamp &amp; pole</service_name>\
                 <description><![CDATA[a < b]]></description><status>open</status><requested_datetime>{at}</requested_datetime><lat/></request>"
            )
        };
        let requests: String = between(target).iter().map(one).collect();
        (200, format!("<?xml version=\"1.0\"?><service_requests>{requests}</service_requests>"))
    });
    let table = fetch(&client(), &server(url), &|_| (), |_| ()).unwrap();
    let row = table.rows().next().unwrap().cells.unwrap();
    assert_eq!(table.rows().count(), 700);
    assert!(row.contains(&"Lamp & pole".to_owned()) && row.contains(&"a < b".to_owned()), "{row:?}");
}

#[test]
fn what_is_no_open311_server_is_refused_in_a_sentence() {
    let refusal = |status, body: &'static str| {
        let (url, _) = serve(move |_| (status, body.to_owned()));
        fetch(&client(), &server(url), &|_| (), |_| ()).unwrap_err()
    };
    assert_eq!(refusal(500, "oops"), RemoteRefusal::Status(500));
    assert_eq!(refusal(200, "<html><body>Hello</body></html>"), RemoteRefusal::Unreadable);
    assert_eq!(refusal(200, "[[1]]"), RemoteRefusal::Unreadable);
    assert_eq!(refusal(200, "<service_requests><request>"), RemoteRefusal::Unreadable);
    assert_eq!(refusal(200, "[]"), RemoteRefusal::Nothing);
    let here = Client::new(Policy::default());
    let (url, _) = serve(|_| (200, "[]".to_owned()));
    assert!(
        matches!(fetch(&here, &server(url), &|_| (), |_| ()).unwrap_err(), RemoteRefusal::Outgoing(_)),
        "our own network is not asked"
    );
}

#[test]
fn a_server_that_is_busy_gets_the_pause_it_asks_for_and_one_that_stays_so_is_told_of() {
    let busy = Mutex::new(0);
    let (url, _) = serve(move |target| {
        let mut busy = busy.lock().unwrap();
        *busy += 1;
        match *busy {
            1 => (429, String::new()),
            2 | 3 => (503, String::new()),
            _ => (200, json(&between(target))),
        }
    });
    let pauses = Mutex::new(Vec::new());
    let rest = |pause: std::time::Duration| pauses.lock().unwrap().push(pause.as_secs());
    assert_eq!(fetch(&client(), &server(url), &rest, |_| ()).unwrap().rows().count(), 700);
    assert_eq!(*pauses.lock().unwrap(), [7, 4, 8], "what it says, else twice as long each time");
    let (url, asked) = serve(|_| (429, String::new()));
    assert_eq!(fetch(&client(), &server(url), &|_| (), |_| ()).unwrap_err(), RemoteRefusal::Status(429));
    assert_eq!(asked.lock().unwrap().len(), 9);
}
