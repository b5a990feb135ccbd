//! Applications over HTTP, each begun, answered on one page and sent: three acts that are on the disk before they are acknowledged.
//!
//! `cargo run --release -p services --example applying -- PORT SERVICE PAGE QUESTION [CLIENTS] [SECONDS]` prints, as JSON, applications
//! per second of a served town and the milliseconds of each step at the 50th and the 99th percentile. Each client files one application
//! after another on a connection of its own. `scripts/bench_rooms/services.py` makes a service with one question and calls it.
#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a measurement needs a clock and a page")]

use std::collections::BTreeMap;
use std::time::{Duration, Instant};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufStream};
use tokio::net::TcpStream;

const STEPS: [&str; 3] = ["begin", "answer", "send"];
const JSON: &str = "content-type: application/json\r\n";
type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// One kept connection, one request at a time.
struct Client(BufStream<TcpStream>);

impl Client {
    async fn open(port: u16) -> Outcome<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port)).await?;
        stream.set_nodelay(true)?;
        Ok(Self(BufStream::new(stream)))
    }

    /// Status and content.
    async fn ask(&mut self, line: &str, body: &str) -> Outcome<(u16, Vec<u8>)> {
        let length = body.len();
        let head = format!(
            "{line} HTTP/1.1\r\nhost: 127.0.0.1\r\naccept: application/json\r\n{JSON}content-length: {length}\r\n\r\n{body}"
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
        Ok((status, content))
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

/// What is applied for.
#[derive(Clone)]
struct Form {
    service: String,
    page: String,
    question: String,
}

/// What the steps took, and what was refused.
#[derive(Default)]
struct Filed {
    took: BTreeMap<&'static str, Vec<Duration>>,
    failed: Vec<String>,
}

/// Applications until the time is over; a step that is refused ends its application and is kept.
async fn file(mut client: Client, form: Form, number: usize, until: Instant) -> Outcome<Filed> {
    let mut filed = Filed::default();
    for turn in 0.. {
        if Instant::now() >= until {
            break;
        }
        let mut draft = String::new();
        for step in STEPS {
            let (line, body) = match step {
                "begin" => (format!("POST /services/{}/apply.json", form.service), "{}".to_owned()),
                "answer" => {
                    let body = serde_json::json!({&form.question: format!("Client {number}, application {turn}")});
                    (format!("POST /apply/{draft}/{}.json", form.page), body.to_string())
                }
                _ => (format!("POST /apply/{draft}/check.json"), "{}".to_owned()),
            };
            let begun = Instant::now();
            let (status, content) = client.ask(&line, &body).await?;
            if status >= 300 {
                filed.failed.push(format!("{step} {status} {}", String::from_utf8_lossy(&content)));
                break;
            }
            filed.took.entry(step).or_default().push(begun.elapsed());
            if step == "begin" {
                let said: serde_json::Value = serde_json::from_slice(&content)?;
                said["draft"].as_str().ok_or("no draft")?.clone_into(&mut draft);
            }
        }
    }
    Ok(filed)
}

async fn together(tasks: Vec<tokio::task::JoinHandle<Outcome<Filed>>>) -> Outcome<Filed> {
    let mut all = Filed::default();
    for task in tasks {
        let filed = task.await??;
        all.failed.extend(filed.failed);
        for (step, times) in filed.took {
            all.took.entry(step).or_default().extend(times);
        }
    }
    Ok(all)
}

fn millis(values: &[Duration], share: f64) -> f64 {
    let at = ((values.len() as f64 * share) as usize).min(values.len().saturating_sub(1));
    values.get(at).map_or(f64::NAN, |value| value.as_secs_f64() * 1000.0)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome<()> {
    let mut arguments = std::env::args().skip(1);
    let mut next = |what: &str| arguments.next().ok_or_else(|| format!("which {what}?"));
    let port: u16 = next("port")?.parse()?;
    let form = Form { service: next("service")?, page: next("page")?, question: next("question")? };
    let clients: usize = next("clients").map_or(Ok(64), |text| text.parse())?;
    let seconds: u64 = next("seconds").map_or(Ok(10), |text| text.parse())?;
    let begun = Instant::now();
    let until = begun + Duration::from_secs(seconds);
    let local = tokio::task::LocalSet::new();
    let mut tasks = Vec::new();
    for number in 0..clients {
        tasks.push(local.spawn_local(file(Client::open(port).await?, form.clone(), number, until)));
    }
    let mut all = local.run_until(together(tasks)).await?;
    let lasted = begun.elapsed();
    if let Some(first) = all.failed.first() {
        eprintln!("{} steps refused, first: {first}", all.failed.len());
    }
    let whole = all.took.get("send").map_or(0, Vec::len) as f64 / lasted.as_secs_f64();
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
