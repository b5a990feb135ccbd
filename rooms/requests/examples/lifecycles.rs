//! The whole life of service requests over HTTP: filed by a resident, taken and resolved by an officer, found by a search.
//!
//! `cargo run --release -p requests --example lifecycles -- PORT [CLIENTS] [SECONDS]` prints, as JSON, lifecycles per second of a
//! served demo town and the milliseconds of each step at the 50th and the 99th percentile. Each client does one lifecycle after
//! another on a connection of its own; the officer is the demo's.
#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a measurement needs a clock and a page")]

use std::time::Instant;
use testing::load::{Client, Done, Outcome, run};

const STEPS: [&str; 4] = ["file", "take", "resolve", "search"];
const FORM: &str = "content-type: application/x-www-form-urlencoded\r\n";

/// Lifecycles until the time is over; a step that is refused ends its lifecycle and is kept.
async fn live(mut client: Client, number: usize, officer: String, until: Instant) -> Outcome<Done> {
    let mut lived = Done::default();
    for turn in 0.. {
        if Instant::now() >= until {
            break;
        }
        let mut code = String::new();
        for step in STEPS {
            let (line, more, body) = asked(step, &code, &officer, number, turn);
            let Some(content) = lived.step(&mut client, step, (&line, &more, &body)).await? else { break };
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

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome<()> {
    let mut arguments = std::env::args().skip(1);
    let port: u16 = arguments.next().ok_or("which port?")?.parse()?;
    let clients: usize = arguments.next().map_or(Ok(64), |text| text.parse())?;
    let seconds: u64 = arguments.next().map_or(Ok(10), |text| text.parse())?;
    let cookie = officer(port).await?;
    let work = |client, number, until| live(client, number, cookie.clone(), until);
    println!("{}", run(port, (clients, seconds), "search", work).await?);
    Ok(())
}
