//! The whole life of service requests over HTTP: filed by a resident, taken and resolved by an officer, found by a search.
//!
//! `cargo run --release -p requests --example lifecycles -- PORT [CLIENTS] [SECONDS]` prints, as JSON, lifecycles per second of a
//! served demo town and the milliseconds of each step at the 50th and the 99th percentile. Each client does one lifecycle after
//! another on a connection of its own; the officer is the demo's. A client in Python took most of the two cores for itself.
#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a measurement needs a clock and a page")]

use std::collections::BTreeMap;
use std::time::{Duration, Instant};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufStream};
use tokio::net::TcpStream;

const STEPS: [&str; 4] = ["file", "take", "resolve", "search"];
const FORM: &str = "content-type: application/x-www-form-urlencoded\r\n";
type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// One kept connection, one request at a time.
struct Client(BufStream<TcpStream>);

impl Client {
    async fn open(port: u16) -> Outcome<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port)).await?;
        stream.set_nodelay(true)?;
        Ok(Self(BufStream::new(stream)))
    }

    /// Status, lines of the head, content.
    async fn ask(&mut self, line: &str, more: &str, body: &str) -> Outcome<(u16, Vec<String>, Vec<u8>)> {
        let length = body.len();
        let head = format!(
            "{line} HTTP/1.1\r\nhost: 127.0.0.1\r\naccept: application/json\r\n{more}content-length: {length}\r\n\r\n{body}"
        );
        self.0.write_all(head.as_bytes()).await?;
        self.0.flush().await?;
        let mut lines = Vec::new();
        loop {
            let line = self.line().await?;
            if line.is_empty() {
                break;
            }
            lines.push(line);
        }
        let status = lines[0].split(' ').nth(1).ok_or("no status")?.parse()?;
        let told = |name: &str| lines.iter().find_map(|line| line.to_lowercase().strip_prefix(name).map(str::to_owned));
        let content = match told("content-length: ") {
            Some(length) => self.exactly(length.parse()?).await?,
            None => self.chunks().await?,
        };
        Ok((status, lines, content))
    }

    async fn line(&mut self) -> Outcome<String> {
        let mut line = String::new();
        self.0.read_line(&mut line).await?;
        Ok(line.trim_end().to_owned())
    }

    async fn exactly(&mut self, length: usize) -> Outcome<Vec<u8>> {
        let mut content = vec![0; length];
        self.0.read_exact(&mut content).await?;
        Ok(content)
    }

    async fn chunks(&mut self) -> Outcome<Vec<u8>> {
        let mut content = Vec::new();
        loop {
            let size = usize::from_str_radix(&self.line().await?, 16)?;
            content.extend(self.exactly(size).await?);
            self.line().await?;
            if size == 0 {
                return Ok(content);
            }
        }
    }
}

/// What the steps took, and what was refused.
#[derive(Default)]
struct Lived {
    took: BTreeMap<&'static str, Vec<Duration>>,
    failed: Vec<String>,
}

/// Lifecycles until the time is over; a step that is refused ends its lifecycle and is kept.
async fn live(mut client: Client, number: usize, officer: String, until: Instant) -> Outcome<Lived> {
    let mut lived = Lived::default();
    for turn in 0.. {
        if Instant::now() >= until {
            break;
        }
        let mut code = String::new();
        for step in STEPS {
            let (line, more, body) = asked(step, &code, &officer, number, turn);
            let begun = Instant::now();
            let (status, _, content) = client.ask(&line, &more, &body).await?;
            if status >= 300 {
                lived.failed.push(format!("{step} {status} {}", String::from_utf8_lossy(&content)));
                break;
            }
            lived.took.entry(step).or_default().push(begun.elapsed());
            if step == "file" {
                let said: serde_json::Value = serde_json::from_slice(&content)?;
                code = said["code"].as_str().ok_or("no code")?.to_owned();
            }
        }
    }
    Ok(lived)
}

/// The request of a step: its line, headers, body.
fn asked(step: &str, code: &str, officer: &str, number: usize, turn: usize) -> (String, String, String) {
    let desk = format!("cookie: {officer}\r\nsec-fetch-site: same-origin\r\n{FORM}");
    match step {
        "file" => (
            "POST /requests".to_owned(),
            FORM.to_owned(),
            format!(
                "category=dead-animal&attribute%5Banimal%5D=dog&lat=34.0522&long=-118.2437&description=A+dead+dog+lies+beside+the+road+at+post{number}x{turn}"
            ),
        ),
        "take" => (format!("POST /desk/{code}/take"), desk, String::new()),
        "resolve" => (format!("POST /desk/{code}/resolve"), desk, "text=It+was+taken+away.".to_owned()),
        _ => (format!("GET /requests?q={code}"), String::new(), String::new()),
    }
}

/// The cookie of the demo's officer, who answers for everything.
async fn officer(port: u16) -> Outcome<String> {
    let more = format!("sec-fetch-site: same-origin\r\n{FORM}");
    let (_, lines, _) = Client::open(port).await?.ask("POST /demo/be/officer", &more, "").await?;
    let cookies =
        lines.iter().filter_map(|line| line.strip_prefix("set-cookie: ").or(line.strip_prefix("Set-Cookie: ")));
    let session = cookies.filter(|cookie| cookie.contains("session")).find_map(|cookie| cookie.split(';').next());
    Ok(session.ok_or("the town gave no session: is it a demo?")?.to_owned())
}

async fn together(tasks: Vec<tokio::task::JoinHandle<Outcome<Lived>>>) -> Outcome<Vec<Lived>> {
    let mut ended = Vec::new();
    for task in tasks {
        ended.push(task.await??);
    }
    Ok(ended)
}

fn millis(values: &[Duration], share: f64) -> f64 {
    let at = ((values.len() as f64 * share) as usize).min(values.len().saturating_sub(1));
    values.get(at).map_or(f64::NAN, |value| value.as_secs_f64() * 1000.0)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome<()> {
    let mut arguments = std::env::args().skip(1);
    let port: u16 = arguments.next().ok_or("which port?")?.parse()?;
    let clients: usize = arguments.next().map_or(Ok(64), |text| text.parse())?;
    let seconds: u64 = arguments.next().map_or(Ok(10), |text| text.parse())?;
    let cookie = officer(port).await?;
    let begun = Instant::now();
    let until = begun + Duration::from_secs(seconds);
    let local = tokio::task::LocalSet::new();
    let mut tasks = Vec::new();
    for number in 0..clients {
        tasks.push(local.spawn_local(live(Client::open(port).await?, number, cookie.clone(), until)));
    }
    let ended: Vec<Lived> = local.run_until(together(tasks)).await?;
    let lasted = begun.elapsed();
    let mut all = Lived::default();
    for lived in ended {
        all.failed.extend(lived.failed);
        for (step, times) in lived.took {
            all.took.entry(step).or_default().extend(times);
        }
    }
    if let Some(first) = all.failed.first() {
        eprintln!("{} steps refused, first: {first}", all.failed.len());
    }
    let whole = all.took.get("search").map_or(0, Vec::len) as f64 / lasted.as_secs_f64();
    let steps: BTreeMap<_, _> = all
        .took
        .iter_mut()
        .map(|(step, times)| {
            times.sort();
            (*step, serde_json::json!({"p50": millis(times, 0.5), "p99": millis(times, 0.99)}))
        })
        .collect();
    println!("{}", serde_json::json!({"per_second": whole, "failed": all.failed.len(), "steps": steps}));
    Ok(())
}
