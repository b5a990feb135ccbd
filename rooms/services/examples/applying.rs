//! Applications over HTTP, each begun, answered on one page and sent: three acts that are on the disk before they are acknowledged.
//!
//! `cargo run --release -p services --example applying -- PORT SERVICE PAGE QUESTION [CLIENTS] [SECONDS]` prints, as JSON, applications
//! per second of a served town and the milliseconds of each step at the 50th and the 99th percentile. Each client files one application
//! after another on a connection of its own. `scripts/bench_rooms/services.py` makes a service with one question and calls it.
#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a measurement needs a clock and a page")]

use std::time::Instant;
use testing::load::{Client, Done, Outcome, run};

const STEPS: [&str; 3] = ["begin", "answer", "send"];
const JSON: &str = "content-type: application/json\r\n";

/// What is applied for.
#[derive(Clone)]
struct Form {
    service: String,
    page: String,
    question: String,
}

/// Applications until the time is over; a step that is refused ends its application and is kept.
async fn file(mut client: Client, form: Form, number: usize, until: Instant) -> Outcome<Done> {
    let mut filed = Done::default();
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
            let Some(content) = filed.step(&mut client, step, (&line, JSON, &body)).await? else { break };
            if step == "begin" {
                let said: serde_json::Value = serde_json::from_slice(&content)?;
                said["draft"].as_str().ok_or("no draft")?.clone_into(&mut draft);
            }
        }
    }
    Ok(filed)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome<()> {
    let mut arguments = std::env::args().skip(1);
    let mut next = |what: &str| arguments.next().ok_or_else(|| format!("which {what}?"));
    let port: u16 = next("port")?.parse()?;
    let form = Form { service: next("service")?, page: next("page")?, question: next("question")? };
    let clients: usize = next("clients").map_or(Ok(64), |text| text.parse())?;
    let seconds: u64 = next("seconds").map_or(Ok(10), |text| text.parse())?;
    let work = |client, number, until| file(client, form.clone(), number, until);
    println!("{}", run(port, (clients, seconds), "send", work).await?);
    Ok(())
}
