//! The requests of another Open311 GeoReport v2 server, as a table.

mod parse;

pub(crate) use parse::{json as json_list, xml as xml_list};

use civic::Moment;
use importing::Table;
use outgoing::{Answer, Client, OutgoingRefusal, Policy};
use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

/// Days of one question: the standard gives no more ("span at most 90 days").
const WINDOW_DAYS: i64 = 90;
/// Windows without a request after which nothing older is looked for: a year.
const EMPTY_WINDOWS: usize = 4;
/// Windows that are asked for at most: thirty years, and what dividing adds.
const WINDOWS_LIMIT: usize = 400;
/// Pages of one window.
const PAGES_LIMIT: u32 = 2_000;
/// Requests that are asked for at a time.
const PAGE_SIZE: usize = 1_000;
/// The shortest window: what does not fit into it cannot be had.
const SHORTEST_SECONDS: i64 = 3_600;
/// Bytes of one answer.
const BODY_LIMIT_BYTES: u64 = 64 * 1024 * 1024;
/// How long one answer may take.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often one question is asked again while the server says that it is busy (429 or 503).
const WAITS_LIMIT: u32 = 8;
/// Without a word from the server how long to wait (RFC 9110, 10.2.3), the first pause; each next one is twice as long.
const FIRST_PAUSE: Duration = Duration::from_secs(2);
/// No pause is longer, whatever the server says.
const LONGEST_PAUSE: Duration = Duration::from_secs(300);
/// Requests that are taken at most.
pub const REQUESTS_LIMIT: usize = 2_000_000;

/// What the root of a list of requests is called.
const ROOTS: [&str; 2] = ["service_requests", "requests"];

/// Fields of a request that become columns (GeoReport v2, "GET Service Requests").
const FIELDS: [&str; 17] = [
    "service_request_id",
    "status",
    "status_notes",
    "service_name",
    "service_code",
    "description",
    "agency_responsible",
    "service_notice",
    "requested_datetime",
    "updated_datetime",
    "expected_datetime",
    "address",
    "address_id",
    "zipcode",
    "lat",
    "long",
    "media_url",
];

/// Which server, and from when to when.
#[derive(Debug, Clone)]
pub struct Server {
    /// Its address up to where `/requests.json` would follow.
    pub url: String,
    /// Its `jurisdiction_id`, where it wants one.
    pub jurisdiction: Option<String>,
    /// Nothing older is asked for; without it, until a year is empty.
    pub since: Option<Moment>,
    /// Nothing newer is asked for.
    pub until: Moment,
}

/// Why the requests of a server were not had.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RemoteRefusal {
    /// It was not reached.
    #[error("{0}")]
    Outgoing(#[from] OutgoingRefusal),
    /// It answered with an error.
    #[error("the server answered with status {0}")]
    Status(u16),
    /// Its answer is not a list of service requests.
    #[error("the server's answer is not a list of Open311 service requests, as JSON or XML")]
    Unreadable,
    /// It gives only the first of many, whatever page is asked for.
    #[error("the server gives at most {0} requests for an hour and no second page, so that some cannot be had")]
    CutOff(usize),
    /// There are more than [`REQUESTS_LIMIT`], or more windows or pages than are asked for.
    #[error("the server has more requests than are taken at once; say --since DAY to take less")]
    TooMany,
    /// It has none.
    #[error("the server has no requests in this time")]
    Nothing,
}

/// A request as its fields.
pub(crate) type Record = BTreeMap<String, String>;

/// Asks a server for all requests between two moments, window by window from the newest, page by page.
/// `progress` hears how many were had. A server that is busy is given the pause it asks for, by `rest`. It waits: call it on a
/// thread that may.
///
/// # Errors
/// [`RemoteRefusal`].
pub fn fetch(
    client: &Client,
    server: &Server,
    rest: &dyn Fn(Duration),
    mut progress: impl FnMut(usize),
) -> Result<Table, RemoteRefusal> {
    let policy = Policy { body_limit_bytes: BODY_LIMIT_BYTES, patience: PATIENCE, ..client.policy().clone() };
    let mut asking =
        Asking { client: Client::new(policy), server, rest, seen: BTreeSet::new(), records: Vec::new(), xml: false };
    let mut until = server.until;
    let (mut empty, mut windows) = (0, 0);
    while server.since.is_none_or(|since| until > since) {
        let from = until.plus_days(-WINDOW_DAYS);
        let from = server.since.map_or(from, |since| since.max(from));
        let new = asking.window(from, until, &mut windows, &mut progress)?;
        empty = if new == 0 { empty + 1 } else { 0 };
        if server.since.is_none() && empty >= EMPTY_WINDOWS {
            break;
        }
        until = from;
    }
    if asking.records.is_empty() {
        return Err(RemoteRefusal::Nothing);
    }
    Ok(table_of(&asking.records))
}

struct Asking<'s> {
    client: Client,
    server: &'s Server,
    rest: &'s dyn Fn(Duration),
    seen: BTreeSet<String>,
    records: Vec<Record>,
    /// Whether it speaks XML only.
    xml: bool,
}

impl Asking<'_> {
    /// All requests of a window; one that the server cuts off is divided.
    fn window(
        &mut self,
        from: Moment,
        until: Moment,
        windows: &mut usize,
        progress: &mut impl FnMut(usize),
    ) -> Result<usize, RemoteRefusal> {
        *windows += 1;
        if *windows > WINDOWS_LIMIT {
            return Err(RemoteRefusal::TooMany);
        }
        let mut new = 0;
        for page in 1..=PAGES_LIMIT {
            let records = self.page(from, until, page)?;
            let had = records.len();
            let fresh = self.take(records);
            new += fresh;
            progress(self.records.len());
            if had == 0 || fresh == 0 && page > 1 {
                // A server that knows no pages gives the first again; where it stopped at a round number, it cut.
                let cut = page == 2 && had > 0 && is_round(had);
                return if cut {
                    self.halves(from, until, had, windows, progress).map(|more| new + more)
                } else {
                    Ok(new)
                };
            }
            if page == 1 && had < PAGE_SIZE && !is_round(had) {
                return Ok(new);
            }
        }
        Err(RemoteRefusal::TooMany)
    }

    fn halves(
        &mut self,
        from: Moment,
        until: Moment,
        had: usize,
        windows: &mut usize,
        progress: &mut impl FnMut(usize),
    ) -> Result<usize, RemoteRefusal> {
        let seconds = until.seconds_since(from);
        if seconds <= SHORTEST_SECONDS {
            return Err(RemoteRefusal::CutOff(had));
        }
        let middle = from.plus_seconds(seconds / 2);
        let newer = self.window(middle, until, windows, progress)?;
        Ok(newer + self.window(from, middle, windows, progress)?)
    }

    /// Keeps what was not there before.
    fn take(&mut self, records: Vec<Record>) -> usize {
        let before = self.records.len();
        for record in records {
            let id = record.get("service_request_id").cloned().unwrap_or_default();
            if id.is_empty() || self.seen.insert(id) {
                self.records.push(record);
            }
        }
        self.records.len() - before
    }

    fn page(&mut self, from: Moment, until: Moment, page: u32) -> Result<Vec<Record>, RemoteRefusal> {
        if self.records.len() > REQUESTS_LIMIT {
            return Err(RemoteRefusal::TooMany);
        }
        if !self.xml {
            let answer = self.ask("json", from, until, page)?;
            if answer.is_success()
                && let Some(records) = parse::json(&answer.body)
            {
                return Ok(records);
            }
            // JSON is optional in the standard, XML is not.
            if !answer.is_success() && !matches!(answer.status, 400 | 404 | 406 | 415) {
                return Err(RemoteRefusal::Status(answer.status));
            }
        }
        let answer = self.ask("xml", from, until, page)?;
        if !answer.is_success() {
            return Err(RemoteRefusal::Status(answer.status));
        }
        self.xml = true;
        parse::xml(&answer.body, &ROOTS).ok_or(RemoteRefusal::Unreadable)
    }

    fn ask(&self, format: &str, from: Moment, until: Moment, page: u32) -> Result<Answer, RemoteRefusal> {
        let base = self.server.url.trim_end_matches('/');
        let (start, end, page) = (from.rfc3339(), until.rfc3339(), page.to_string());
        let size = PAGE_SIZE.to_string();
        let mut query = vec![("start_date", start.as_str()), ("end_date", &end), ("page", &page), ("page_size", &size)];
        if let Some(jurisdiction) = &self.server.jurisdiction {
            query.push(("jurisdiction_id", jurisdiction));
        }
        let query = serde_urlencoded::to_string(query).map_err(|_| RemoteRefusal::Unreadable)?;
        let url = format!("{base}/requests.{format}?{query}");
        for turn in 0..WAITS_LIMIT {
            let answer = self.client.get(&url, &[])?;
            match pause(&answer, turn) {
                Some(pause) => (self.rest)(pause),
                None => return Ok(answer),
            }
        }
        self.client.get(&url, &[]).map_err(RemoteRefusal::from)
    }
}

/// How long to wait before asking again; `None` where the answer is one to go on with.
fn pause(answer: &Answer, turn: u32) -> Option<Duration> {
    if !matches!(answer.status, 429 | 503) {
        return None;
    }
    let told = answer.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("retry-after"));
    let seconds = told.and_then(|(_, value)| value.trim().parse().ok()).map(Duration::from_secs);
    Some(seconds.unwrap_or(FIRST_PAUSE * 2_u32.pow(turn)).min(LONGEST_PAUSE))
}

/// Servers cut at round numbers.
fn is_round(count: usize) -> bool {
    count >= 50 && count.is_multiple_of(10)
}

fn table_of(records: &[Record]) -> Table {
    let row = |record: &Record| FIELDS.iter().map(|field| record.get(*field).cloned().unwrap_or_default()).collect();
    Table::of(FIELDS.map(str::to_owned).to_vec(), records.iter().map(row).collect())
}
