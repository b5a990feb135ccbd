//! A receiver on this machine that answers as it is told and remembers what came.

use std::{
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
};

/// What came: headers in small letters, and the body.
#[derive(Debug, Clone)]
pub struct Came {
    pub head: String,
    pub body: String,
}

impl Came {
    pub fn header(&self, name: &str) -> &str {
        let line = self.head.lines().find_map(|line| line.strip_prefix(&format!("{name}: ")));
        line.unwrap_or_else(|| panic!("no {name} in {}", self.head))
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

#[derive(Clone)]
pub struct Receiver {
    pub url: String,
    status: Arc<Mutex<u16>>,
    came: Arc<Mutex<Vec<Came>>>,
}

impl Receiver {
    pub fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://127.0.0.1:{}/hook", listener.local_addr().unwrap().port());
        let receiver = Self { url, status: Arc::new(Mutex::new(204)), came: Arc::default() };
        let own = receiver.clone();
        std::thread::spawn(move || listener.incoming().flatten().for_each(|stream| own.take(stream)));
        receiver
    }

    pub fn answers(&self, status: u16) {
        *self.status.lock().unwrap() = status;
    }

    /// What came since the last look.
    pub fn came(&self) -> Vec<Came> {
        std::mem::take(&mut *self.came.lock().unwrap())
    }

    fn take(&self, mut stream: TcpStream) {
        let mut bytes = Vec::new();
        let mut piece = [0; 4096];
        let (head, length) = loop {
            let read = stream.read(&mut piece).unwrap_or(0);
            bytes.extend_from_slice(&piece[..read]);
            let text = String::from_utf8_lossy(&bytes).into_owned();
            if let Some((head, body)) = text.split_once("\r\n\r\n") {
                let length =
                    head.to_lowercase().lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
                if body.len() >= length.unwrap_or(0) {
                    break (head.to_owned(), length.unwrap_or(0));
                }
            }
            if read == 0 {
                return;
            }
        };
        let body = String::from_utf8_lossy(&bytes[bytes.len() - length..]).into_owned();
        let status = *self.status.lock().unwrap();
        self.came.lock().unwrap().push(Came { head: head.replace('\r', ""), body });
        let _ = stream.write_all(format!("HTTP/1.1 {status} X\r\ncontent-length: 0\r\n\r\n").as_bytes());
    }
}
