//! Load from clients beside a served town: each on a kept connection of its own, one request at a time. A client in Python
//! took most of two cores for itself.
#![expect(clippy::disallowed_methods, reason = "a measurement needs a clock")]

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufStream},
    net::TcpStream,
    task::LocalSet,
};

/// What a client comes to; the error is a sentence.
pub type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// An answer: status, lines of the head, content.
pub type Answer = (u16, Vec<String>, Vec<u8>);

/// One kept connection, one request at a time.
pub struct Client(BufStream<TcpStream>);

impl Client {
    /// Connects to a port of this machine.
    ///
    /// # Errors
    /// When nobody listens there.
    pub async fn open(port: u16) -> Outcome<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port)).await?;
        stream.set_nodelay(true)?;
        Ok(Self(BufStream::new(stream)))
    }

    /// Asks `line`, as `GET /requests`, with further lines of the head (each ends with CR LF) and a body; wants JSON.
    ///
    /// # Errors
    /// When the connection ends, or what comes is not HTTP/1.1.
    pub async fn ask(&mut self, line: &str, more: &str, body: &str) -> Outcome<Answer> {
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
        let status = lines.first().and_then(|line| line.split(' ').nth(1)).ok_or("no status")?.parse()?;
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
#[derive(Debug, Default)]
pub struct Done {
    /// By the name of a step.
    pub took: BTreeMap<&'static str, Vec<Duration>>,
    /// A sentence for each.
    pub failed: Vec<String>,
}

impl Done {
    /// Asks for one step, and keeps how long it took or that it was refused: then there is no content.
    ///
    /// # Errors
    /// Those of [`Client::ask`].
    pub async fn step(
        &mut self,
        client: &mut Client,
        step: &'static str,
        (line, more, body): (&str, &str, &str),
    ) -> Outcome<Option<Vec<u8>>> {
        let begun = Instant::now();
        let (status, _, content) = client.ask(line, more, body).await?;
        if status >= 300 {
            self.failed.push(format!("{step} {status} {}", String::from_utf8_lossy(&content)));
            return Ok(None);
        }
        self.took.entry(step).or_default().push(begun.elapsed());
        Ok(Some(content))
    }

    fn add(&mut self, other: Self) {
        self.failed.extend(other.failed);
        for (step, times) in other.took {
            self.took.entry(step).or_default().extend(times);
        }
    }
}

/// Lets so many clients work for so many seconds, each told its connection, its number and when to end; answers how often a
/// second the step `last` was done, what was refused, and the milliseconds of each step at the 50th and the 99th percentile.
///
/// # Errors
/// That of the first client that failed.
pub async fn run<F>(
    port: u16,
    (clients, seconds): (usize, u64),
    last: &str,
    work: impl Fn(Client, usize, Instant) -> F,
) -> Outcome<serde_json::Value>
where
    F: Future<Output = Outcome<Done>> + 'static,
{
    let begun = Instant::now();
    let until = begun + Duration::from_secs(seconds);
    let (local, mut tasks) = (LocalSet::new(), Vec::new());
    for number in 0..clients {
        tasks.push(local.spawn_local(work(Client::open(port).await?, number, until)));
    }
    let mut all = Done::default();
    let together = async {
        for task in tasks {
            all.add(task.await??);
        }
        Ok::<(), Box<dyn std::error::Error>>(())
    };
    local.run_until(together).await?;
    let whole = all.took.get(last).map_or(0, Vec::len) as f64 / begun.elapsed().as_secs_f64();
    let steps: BTreeMap<&str, serde_json::Value> = all
        .took
        .iter_mut()
        .map(|(step, times)| {
            times.sort();
            (*step, serde_json::json!({"p50": millis(times, 0.5), "p99": millis(times, 0.99)}))
        })
        .collect();
    Ok(serde_json::json!({
        "per_second": whole, "failed": all.failed.len(), "first_refused": all.failed.first(), "steps": steps
    }))
}

fn millis(values: &[Duration], share: f64) -> f64 {
    let at = ((values.len() as f64 * share) as usize).min(values.len().saturating_sub(1));
    values.get(at).map_or(f64::NAN, |value| value.as_secs_f64() * 1000.0)
}
