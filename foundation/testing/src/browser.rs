//! A visitor with a cookie jar, or a program with a key.

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode, header, request::Builder},
};
use civic::TurnedClock;
use std::{collections::BTreeMap, sync::Mutex};
use tower::ServiceExt as _;
use web::words::MISSING;

/// Bytes of an answer that a test reads at most.
const ANSWER_LIMIT: usize = 32 << 20;
/// What stands between the parts of a form with files.
const BOUNDARY: &str = "----polity-test-boundary";

/// A visitor with a cookie jar, or a program with a key.
pub struct Browser {
    pub(crate) router: Router,
    pub(crate) clock: TurnedClock,
    pub(crate) cookies: Mutex<BTreeMap<String, String>>,
    pub(crate) bearer: Option<String>,
    pub(crate) language: String,
}

/// What came back.
#[derive(Debug)]
pub struct Seen {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body as text; what is not UTF-8 is replaced.
    pub text: String,
    /// The body.
    pub bytes: Vec<u8>,
}

impl Seen {
    /// Stops the test unless this is the status.
    #[track_caller]
    pub fn sees(self, status: StatusCode) -> Self {
        assert_eq!(self.status, status, "{}", self.text.chars().take(3_000).collect::<String>());
        self
    }

    /// Stops the test unless the body holds these words.
    #[track_caller]
    pub fn says(self, words: &str) -> Self {
        assert!(
            self.text.contains(words),
            "“{words}” is not in\n{}",
            self.text.chars().take(6_000).collect::<String>()
        );
        self
    }

    /// Stops the test when the body holds these words.
    #[track_caller]
    pub fn never_says(self, words: &str) -> Self {
        assert!(!self.text.contains(words), "“{words}” is in\n{}", self.text);
        self
    }

    /// Where it leads.
    pub fn location(&self) -> &str {
        self.headers[header::LOCATION].to_str().unwrap()
    }

    /// The body as JSON.
    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }
}

/// A part of a form with files.
pub enum Part<'p> {
    /// A field and its text.
    Text(&'p str, &'p str),
    /// A field, a file name, the bytes.
    File(&'p str, &'p str, &'p [u8]),
}

impl Browser {
    /// Reads a page.
    pub async fn get(&self, path: &str) -> Seen {
        self.send(Request::builder().method(Method::GET).uri(path), Vec::new()).await
    }

    /// What a browser asks before a page of another site may send something.
    pub async fn preflight(&self, path: &str, method: Method) -> Seen {
        let request =
            Request::builder().method(Method::OPTIONS).uri(path).header(header::ORIGIN, "https://other.example");
        let request = request.header(header::ACCESS_CONTROL_REQUEST_METHOD, method.as_str());
        self.send(request.header(header::ACCESS_CONTROL_REQUEST_HEADERS, "content-type"), Vec::new()).await
    }

    /// Sends a form from one of our pages.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Seen {
        let body = form_encoded(fields);
        let request = self.own_form(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request, body.into_bytes()).await
    }

    /// Sends a form with files from one of our pages.
    pub async fn post_files(&self, path: &str, parts: &[Part<'_>]) -> Seen {
        let mut body = Vec::new();
        for part in parts {
            let head = match part {
                Part::Text(name, _) => {
                    format!("--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n")
                }
                Part::File(name, file, _) => format!(
                    "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\ncontent-type: application/octet-stream\r\n\r\n"
                ),
            };
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(match part {
                Part::Text(_, text) => text.as_bytes(),
                Part::File(_, _, bytes) => bytes,
            });
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
        let request =
            self.own_form(path).header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={BOUNDARY}"));
        self.send(request, body).await
    }

    /// Sends JSON, as a program does.
    pub async fn post_json(&self, path: &str, json: &serde_json::Value) -> Seen {
        let request =
            Request::builder().method(Method::POST).uri(path).header(header::CONTENT_TYPE, "application/json");
        self.send(request, json.to_string().into_bytes()).await
    }

    fn own_form(&self, path: &str) -> Builder {
        self.clock.advance_seconds(1);
        Request::builder().method(Method::POST).uri(path).header("sec-fetch-site", "same-origin")
    }

    /// Puts a cookie into the jar.
    pub fn set_cookie(&self, name: &str, value: &str) {
        self.cookies.lock().unwrap().insert(name.to_owned(), value.to_owned());
    }

    /// Looks into the jar.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.lock().unwrap().get(name).cloned()
    }

    /// The same visitor, reading another language.
    #[must_use]
    pub fn reading(mut self, language: &str) -> Self {
        language.clone_into(&mut self.language);
        self
    }

    /// Sends any request with the jar and the key.
    pub async fn send(&self, mut request: Builder, body: Vec<u8>) -> Seen {
        let jar: Vec<String> =
            self.cookies.lock().unwrap().iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !jar.is_empty() {
            request = request.header(header::COOKIE, jar.join("; "));
        }
        if let Some(token) = &self.bearer {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        if !self.language.is_empty() {
            request = request.header(header::ACCEPT_LANGUAGE, &self.language);
        }
        let response = self.router.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        self.keep_cookies(&parts.headers);
        let bytes = to_bytes(body, ANSWER_LIMIT).await.unwrap().to_vec();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(!text.contains(MISSING), "words are missing in {text}");
        Seen { status: parts.status, headers: parts.headers, text, bytes }
    }

    fn keep_cookies(&self, headers: &HeaderMap) {
        let mut jar = self.cookies.lock().unwrap();
        for line in headers.get_all(header::SET_COOKIE) {
            let (name, value) = line.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            if value.is_empty() {
                jar.remove(name)
            } else {
                jar.insert(name.to_owned(), value.to_owned())
            };
        }
    }
}

fn form_encoded(fields: &[(&str, &str)]) -> String {
    let encode = |text: &str| text.bytes().map(|b| format!("%{b:02X}")).collect::<String>();
    fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect::<Vec<_>>().join("&")
}
