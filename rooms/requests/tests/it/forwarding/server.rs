//! A small server of GeoReport v2, whose every answer the test decides.

use std::{
    collections::BTreeMap,
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
};

/// What it does with a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    Takes,
    GivesToken,
    Refuses,
}

/// What it has.
pub struct Shelf {
    pub mood: Mood,
    pub posts: Vec<BTreeMap<String, String>>,
    /// Status and words by id.
    pub states: BTreeMap<String, (String, String)>,
    pub updates: Vec<serde_json::Value>,
    /// What it was told of its requests; `None` where it takes no updates.
    pub told: Option<Vec<BTreeMap<String, String>>>,
    pub asked: Vec<String>,
}

/// Serves, and shows what it has.
pub fn serve() -> (String, Arc<Mutex<Shelf>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/open311/v2", listener.local_addr().unwrap());
    let shelf = Shelf {
        mood: Mood::Takes,
        posts: Vec::new(),
        states: BTreeMap::new(),
        updates: Vec::new(),
        told: Some(Vec::new()),
        asked: Vec::new(),
    };
    let shelf = Arc::new(Mutex::new(shelf));
    let own = Arc::clone(&shelf);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            answer(stream.unwrap(), &own);
        }
    });
    (url, shelf)
}

fn answer(mut stream: TcpStream, shelf: &Mutex<Shelf>) {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap_or(0) == 1 {
        head.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&head).to_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).map_or(0, |n| n.parse().unwrap());
    let mut body = vec![0; length];
    stream.read_exact(&mut body).unwrap();
    let (status, said) = decide(&head, &body, &mut shelf.lock().unwrap());
    let answer = format!("HTTP/1.1 {status} X\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{said}", said.len());
    let _ = stream.write_all(answer.as_bytes());
}

fn decide(head: &str, body: &[u8], shelf: &mut Shelf) -> (u16, String) {
    let target = head.split(' ').nth(1).unwrap_or_default().to_owned();
    let path = target.split('?').next().unwrap_or_default().replace("/open311/v2", "");
    shelf.asked.push(target.clone());
    match (head.starts_with("post"), path.as_str()) {
        (true, "/requests.json") => take(body, shelf),
        (true, "/servicerequestupdates.json") => hear(body, shelf),
        (_, "/services.json") => {
            let services = serde_json::json!([{"service_code": "L-1", "service_name": "Lamp"}, {"service_code": "X", "service_name": "Else"}]);
            (200, services.to_string())
        }
        (_, "/requests.json") => (200, requests(&target, shelf).to_string()),
        (_, "/servicerequestupdates.json") => (200, serde_json::Value::Array(shelf.updates.clone()).to_string()),
        (_, "/tokens/t-1.json") => (200, serde_json::json!([{"service_request_id": "77", "token": "t-1"}]).to_string()),
        _ => (404, serde_json::json!([{"code": 404, "description": "nothing there"}]).to_string()),
    }
}

fn take(body: &[u8], shelf: &mut Shelf) -> (u16, String) {
    let fields: BTreeMap<String, String> = form_urlencoded(body);
    if shelf.mood == Mood::Refuses {
        let said = format!("no such service, and your key {} is known", fields["api_key"]);
        return (400, serde_json::json!([{"code": 400, "description": said}]).to_string());
    }
    shelf.posts.push(fields);
    if shelf.mood == Mood::GivesToken {
        return (200, serde_json::json!([{"token": "t-1"}]).to_string());
    }
    let id = format!("{}", 100 + shelf.posts.len());
    shelf.states.insert(id.clone(), ("open".to_owned(), String::new()));
    (200, serde_json::json!([{"service_request_id": id, "service_notice": "thank you"}]).to_string())
}

fn hear(body: &[u8], shelf: &mut Shelf) -> (u16, String) {
    let Some(told) = &mut shelf.told else { return (404, "<errors/>".to_owned()) };
    told.push(form_urlencoded(body));
    (200, serde_json::json!([{"update_id": told.len().to_string()}]).to_string())
}

fn requests(target: &str, shelf: &Shelf) -> serde_json::Value {
    let wanted = target.split(['?', '&']).find_map(|part| part.strip_prefix("service_request_id="));
    let wanted = wanted.map(|ids| ids.replace("%2c", ","));
    let all = shelf.posts.iter().enumerate().map(|(number, post)| (format!("{}", 101 + number), post));
    let chosen = all.filter(|(id, _)| wanted.as_ref().is_none_or(|ids| ids.split(',').any(|one| one == id)));
    chosen
        .map(|(id, post)| {
            let (status, notes) = shelf.states.get(&id).cloned().unwrap_or_default();
            serde_json::json!({"service_request_id": id, "status": status, "status_notes": notes, "description": post["description"]})
        })
        .collect()
}

fn form_urlencoded(body: &[u8]) -> BTreeMap<String, String> {
    let plain = |text: &str| {
        let text = text.replace('+', " ");
        let mut bytes = Vec::new();
        let mut rest = text.bytes();
        while let Some(byte) = rest.next() {
            if byte == b'%' {
                let digits = [rest.next().unwrap(), rest.next().unwrap()];
                bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap());
            } else {
                bytes.push(byte);
            }
        }
        String::from_utf8(bytes).unwrap()
    };
    let text = std::str::from_utf8(body).unwrap();
    text.split('&').filter_map(|pair| pair.split_once('=')).map(|(name, value)| (plain(name), plain(value))).collect()
}
