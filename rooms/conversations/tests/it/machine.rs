//! A server that plays an OpenAI-compatible API. How it behaves, the first word of the conversation's question says.

use serde_json::{Value, json};
use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    sync::{Mutex, OnceLock},
    time::Duration,
};

/// The key it wants.
pub const KEY: &str = "sk-never-to-be-seen-4711";

/// The server, one for all tests.
pub struct Machine {
    /// Its address, up to where `/chat/completions` follows.
    pub url: String,
    asked: Mutex<Vec<Value>>,
}

static MACHINE: OnceLock<Machine> = OnceLock::new();

impl Machine {
    /// It, started the first time.
    pub fn get() -> &'static Self {
        MACHINE.get_or_init(|| {
            let listener = TcpListener::bind("127.0.0.1:0").unwrap();
            let url = format!("http://{}/v1", listener.local_addr().unwrap());
            std::thread::spawn(move || {
                for stream in listener.incoming().flatten() {
                    std::thread::spawn(move || serve(stream));
                }
            });
            Self { url, asked: Mutex::default() }
        })
    }

    /// The newest request whose question has this word.
    pub fn asked_about(&self, word: &str) -> Value {
        let asked = self.asked.lock().unwrap();
        asked.iter().rev().find(|one| question(one).contains(word)).unwrap().clone()
    }
}

fn question(asked: &Value) -> String {
    let told: Value = serde_json::from_str(asked["messages"][1]["content"].as_str().unwrap()).unwrap();
    told["question"].as_str().unwrap().to_owned()
}

fn serve(stream: TcpStream) {
    let mut reader = BufReader::new(&stream);
    let (mut head, mut line) = (String::new(), String::new());
    while reader.read_line(&mut line).unwrap_or(0) > 0 && line != "\r\n" {
        head.push_str(&line);
        line.clear();
    }
    let lower = head.to_lowercase();
    let length = lower.split("content-length: ").nth(1).and_then(|rest| rest.lines().next()?.trim().parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body).unwrap();
    let asked: Value = serde_json::from_slice(&body).unwrap();
    assert!(head.starts_with("POST /v1/chat/completions ") && head.contains(&format!("Bearer {KEY}")), "{head}");
    let question = question(&asked);
    Machine::get().asked.lock().unwrap().push(asked);
    let (status, answer) = answer_to(question.split(['"', ' ']).next().unwrap());
    let head =
        format!("HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n", answer.len());
    let _ = (&stream).write_all(head.as_bytes()).and_then(|()| (&stream).write_all(answer.as_bytes()));
}

fn answer_to(behaviour: &str) -> (&'static str, String) {
    let said = |content: String| {
        ("200 OK", json!({"choices": [{"message": {"role": "assistant", "content": content}}]}).to_string())
    };
    match behaviour {
        "slow" => {
            std::thread::sleep(Duration::from_secs(4));
            said(good())
        }
        "huge" => said("x".repeat(2 * 1024 * 1024)),
        "garbage" => ("200 OK", "<html><b>injected</b>".to_owned()),
        "prose" => said("Certainly! All is well.".to_owned()),
        "nothing" => {
            said(json!({"summary": [{"text": "All is well.", "statements": []}, {"text": "All is well."}]}).to_string())
        }
        "unknown" => said(json!({"summary": [{"text": "All is well.", "statements": [98, 99]}]}).to_string()),
        "refused" => {
            ("401 Unauthorized", json!({"error": {"message": format!("wrong key {KEY} <b>injected</b>")}}).to_string())
        }
        "elsewhere" => ("302 Found\r\nlocation: http://127.0.0.1:1/v1", String::new()),
        "gone" => ("", String::new()),
        "inject" => said(injecting()),
        _ => said(good()),
    }
}

fn good() -> String {
    json!({
        "summary": [
            {"text": "Most people want open school yards.", "statements": [3]},
            {"text": "It rests on nothing.", "statements": []},
            {"text": "It rests on what is not there.", "statements": [3, 99]},
        ],
        "groups": [{"group": 0, "name": "For night buses", "statements": [0]}],
    })
    .to_string()
}

fn injecting() -> String {
    json!({
        "summary": [
            {"text": "<script>alert(1)</script> Buses.", "statements": [3]},
            {"text": "Read https://evil.example now.", "statements": [3]},
            {"text": "Buses \u{202E}run.", "statements": [3]},
            {"text": "Buses & \"trams\" matter.", "statements": [3]},
        ],
        "groups": [{"group": 0, "name": "<img src=x onerror=alert(1)>", "statements": [0]}],
    })
    .to_string()
}
