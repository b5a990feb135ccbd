//! Talking to another server that speaks Open311 GeoReport v2.

use super::model::Server;
use crate::imports::geo_report::{Record, json_list, xml_list};
use civic::Moment;
use outgoing::{Answer, Client, OutgoingRefusal, Policy};
use serde_json::Value;
use std::{collections::BTreeSet, time::Duration};

/// Bytes of one answer.
const BODY_LIMIT_BYTES: u64 = 8 * 1024 * 1024;
/// How long one answer may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// Requests that are asked about at a time.
pub const ASKED_AT_ONCE: usize = 50;
/// Pages that are looked through for a request that may have arrived.
const PAGES_LIMIT: u32 = 20;
/// Requests of a page.
const PAGE_SIZE: usize = 200;
/// Characters of an id of theirs.
const ID_LIMIT: usize = 100;
/// Characters of their reason that are kept.
const REASON_LIMIT: usize = 300;

/// Why something did not work.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// It was not reached.
    #[error("{0}")]
    Outgoing(#[from] OutgoingRefusal),
    /// It answered with an error that may pass.
    #[error("the server answered with status {0}")]
    Status(u16),
    /// It refused what was sent, for a reason that will not pass by itself.
    #[error("the server refused it (status {status}): {reason}")]
    Refused {
        /// The status.
        status: u16,
        /// Its words, cut.
        reason: String,
    },
    /// Its answer is not Open311.
    #[error("the server’s answer is not one of Open311 GeoReport v2, as JSON or XML")]
    Unreadable,
    /// It takes no updates.
    #[error("the server takes no updates of reports")]
    NoUpdates,
}

/// What another server made of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taken {
    /// It has this id.
    Id(String),
    /// Its id can be asked by this token.
    Token(String),
}

/// A report to send.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outbound {
    /// Names and values as in the standard; `attribute[CODE]` only for attributes that they know.
    pub fields: Vec<(String, String)>,
    /// The answers to the category's questions, by code.
    pub attributes: Vec<(String, Vec<String>)>,
}

/// How a request stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TheirState {
    /// Its id.
    pub id: String,
    /// Their word for it, in lower case.
    pub status: String,
    /// Their words.
    pub notes: String,
}

/// What is said of one of its requests (mySociety's `servicerequestupdates`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// By what it knows this again.
    pub update_id: String,
    /// Which of its requests.
    pub request_id: String,
    /// When it was said.
    pub at: Moment,
    /// `OPEN` or `CLOSED`: how the request stands here.
    pub status: &'static str,
    /// The words.
    pub description: String,
}

/// One update of theirs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Update {
    /// The update's id.
    pub update_id: String,
    /// When.
    pub at: Option<Moment>,
    /// About which of their requests, and what.
    pub state: TheirState,
}

/// Another server, ready to be asked. It waits: call it on a thread that may.
pub struct Remote {
    client: Client,
    server: Server,
}

impl Remote {
    /// Asks with this client, more patiently.
    pub fn new(client: &Client, server: Server) -> Self {
        let policy = Policy { body_limit_bytes: BODY_LIMIT_BYTES, patience: PATIENCE, ..client.policy().clone() };
        Self { client: Client::new(policy), server }
    }

    /// Its services: code and name.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn services(&self) -> Result<Vec<(String, String)>, Trouble> {
        let found = self.list("services", &[], &["services"])?;
        let text = |record: &Record, name: &str| record.get(name).cloned().unwrap_or_default();
        Ok(found.iter().map(|record| (text(record, "service_code"), text(record, "service_name"))).collect())
    }

    /// Sends a report.
    ///
    /// # Errors
    /// [`Trouble`]; after anything but [`Trouble::Refused`] it may have arrived.
    pub fn post(&self, report: &Outbound) -> Result<Taken, Trouble> {
        let answer = self.post_form("requests", self.fields(report))?;
        if !answer.is_success() {
            return Err(self.refusal(&answer));
        }
        let records = json_list(&answer.body).or_else(|| xml_list(&answer.body, &["service_requests", "requests"]));
        let record = records.and_then(|records| records.into_iter().next()).ok_or(Trouble::Unreadable)?;
        taken(&record).ok_or(Trouble::Unreadable)
    }

    /// Sends a form with the key, to be answered as JSON or else as XML.
    fn post_form(&self, path: &str, mut fields: Vec<(String, String)>) -> Result<Answer, Trouble> {
        if !self.server.key.0.is_empty() {
            fields.push(("api_key".to_owned(), self.server.key.0.clone()));
        }
        if !self.server.jurisdiction.is_empty() {
            fields.push(("jurisdiction_id".to_owned(), self.server.jurisdiction.clone()));
        }
        let body = serde_urlencoded::to_string(fields).map_err(|_| Trouble::Unreadable)?;
        let headers = [("content-type", "application/x-www-form-urlencoded")];
        let base = self.base();
        let answer = self.client.post(&format!("{base}/{path}.json"), &headers, body.as_bytes())?;
        // JSON is optional in the standard, XML is not; an error list as JSON is its last word.
        let no_json =
            matches!(answer.status, 404 | 406 | 415) && serde_json::from_slice::<Value>(&answer.body).is_err();
        if !no_json {
            return Ok(answer);
        }
        self.client.post(&format!("{base}/{path}.xml"), &headers, body.as_bytes()).map_err(Trouble::from)
    }

    fn fields(&self, report: &Outbound) -> Vec<(String, String)> {
        let mut fields = report.fields.clone();
        if !report.attributes.is_empty() {
            let code = fields.iter().find(|(name, _)| name == "service_code").map(|(_, code)| code.clone());
            let known = self.attributes(&code.unwrap_or_default());
            for (code, values) in report.attributes.iter().filter(|(code, _)| known.contains(code)) {
                let name = if values.len() > 1 { format!("attribute[{code}][]") } else { format!("attribute[{code}]") };
                fields.extend(values.iter().map(|value| (name.clone(), value.clone())));
            }
        }
        fields
    }

    /// Says something of one of its requests; the same `update_id` again is the same update.
    ///
    /// # Errors
    /// [`Trouble`]; [`Trouble::NoUpdates`] where it has no such list.
    pub fn tell(&self, said: &Said) -> Result<(), Trouble> {
        let at = said.at.rfc3339();
        let fields = [
            ("update_id", said.update_id.as_str()),
            ("service_request_id", &said.request_id),
            ("updated_datetime", &at),
            ("status", said.status),
            ("description", &said.description),
        ];
        let fields = fields.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let answer = self.post_form("servicerequestupdates", fields)?;
        match answer.status {
            404 | 405 | 410 | 501 => Err(Trouble::NoUpdates),
            _ if answer.is_success() => Ok(()),
            _ => Err(self.refusal(&answer)),
        }
    }

    /// The codes of the questions they ask for a service; none where they do not say.
    fn attributes(&self, service: &str) -> BTreeSet<String> {
        let code: String = service.bytes().map(encoded).collect();
        let Ok(answer) = self.get(&format!("services/{code}"), "json", &[]) else { return BTreeSet::new() };
        let definition: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
        let codes = definition["attributes"].as_array().into_iter().flatten();
        codes.filter_map(|one| one["code"].as_str()).map(str::to_owned).collect()
    }

    /// The id of the report that holds this mark, among those made between two moments.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn find(&self, service: &str, mark: &str, from: Moment, until: Moment) -> Result<Option<String>, Trouble> {
        let (start, end, size) = (from.rfc3339(), until.rfc3339(), PAGE_SIZE.to_string());
        let mut first = String::new();
        for page in 1..=PAGES_LIMIT {
            let page = page.to_string();
            let query = [
                ("service_code", service),
                ("start_date", &start),
                ("end_date", &end),
                ("page", &page),
                ("page_size", &size),
            ];
            let found = self.list("requests", &query, &["service_requests", "requests"])?;
            let holds = |record: &&Record| record.get("description").is_some_and(|words| has_mark(words, mark));
            if let Some(record) = found.iter().find(holds) {
                return Ok(id_of(record, "service_request_id"));
            }
            let opening = found.first().and_then(|record| id_of(record, "service_request_id")).unwrap_or_default();
            // The last page, or a server that knows no pages and gives the first again.
            if found.len() < PAGE_SIZE || opening == first {
                return Ok(None);
            }
            first = opening;
        }
        Ok(None)
    }

    /// The id behind a token, once it is known.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn of_token(&self, token: &str) -> Result<Option<String>, Trouble> {
        let token: String = token.bytes().map(encoded).collect();
        let found = self.list(&format!("tokens/{token}"), &[], &["service_requests", "requests"])?;
        Ok(found.first().and_then(|record| id_of(record, "service_request_id")))
    }

    /// How some of its requests stand, at most [`ASKED_AT_ONCE`].
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn states(&self, ids: &[String]) -> Result<Vec<TheirState>, Trouble> {
        let ids = ids.iter().take(ASKED_AT_ONCE).cloned().collect::<Vec<_>>().join(",");
        let found =
            self.list("requests", &[("service_request_id", ids.as_str())], &["service_requests", "requests"])?;
        Ok(found.iter().filter_map(|record| state_of(record, "status_notes")).collect())
    }

    /// Its updates between two moments (mySociety's extension); `None` where it has no such list.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn updates(&self, from: Moment, until: Moment) -> Result<Option<Vec<Update>>, Trouble> {
        let (start, end) = (from.rfc3339(), until.rfc3339());
        let query = [("start_date", start.as_str()), ("end_date", end.as_str())];
        let roots = ["service_requests_updates", "service_request_updates"];
        match self.list("servicerequestupdates", &query, &roots) {
            Ok(found) => Ok(Some(found.iter().filter_map(update_of).collect())),
            Err(Trouble::Status(400..=405 | 501) | Trouble::Unreadable) => Ok(None),
            Err(trouble) => Err(trouble),
        }
    }

    /// A list, as JSON or else as XML.
    fn list(&self, path: &str, query: &[(&str, &str)], roots: &[&str]) -> Result<Vec<Record>, Trouble> {
        let answer = self.get(path, "json", query)?;
        if answer.is_success()
            && let Some(found) = json_list(&answer.body)
        {
            return Ok(found);
        }
        if !answer.is_success() && !matches!(answer.status, 400 | 404 | 406 | 415) {
            return Err(Trouble::Status(answer.status));
        }
        let answer = self.get(path, "xml", query)?;
        if !answer.is_success() {
            return Err(Trouble::Status(answer.status));
        }
        xml_list(&answer.body, roots).ok_or(Trouble::Unreadable)
    }

    fn get(&self, path: &str, format: &str, query: &[(&str, &str)]) -> Result<Answer, Trouble> {
        let mut query = query.to_vec();
        if !self.server.jurisdiction.is_empty() {
            query.push(("jurisdiction_id", &self.server.jurisdiction));
        }
        let query = serde_urlencoded::to_string(query).map_err(|_| Trouble::Unreadable)?;
        let base = self.base();
        self.client.get(&format!("{base}/{path}.{format}?{query}"), &[]).map_err(Trouble::from)
    }

    fn base(&self) -> &str {
        self.server.url.trim_end_matches('/')
    }

    /// What it says against a report; never the key, should it repeat that.
    fn refusal(&self, answer: &Answer) -> Trouble {
        if !(400..500).contains(&answer.status) || matches!(answer.status, 408 | 425 | 429) {
            return Trouble::Status(answer.status);
        }
        let said: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
        let said = said.as_array().into_iter().flatten().filter_map(|error| error["description"].as_str());
        let mut reason = said.collect::<Vec<_>>().join(" ");
        if !self.server.key.0.is_empty() {
            reason = reason.replace(&self.server.key.0, "…");
        }
        let reason = reason.chars().filter(|c| !c.is_control()).take(REASON_LIMIT).collect();
        Trouble::Refused { status: answer.status, reason }
    }
}

/// Whether words hold a mark that no letter or digit continues.
fn has_mark(words: &str, mark: &str) -> bool {
    words.match_indices(mark).any(|(at, _)| !words[at + mark.len()..].starts_with(|c: char| c.is_alphanumeric()))
}

fn taken(record: &Record) -> Option<Taken> {
    id_of(record, "service_request_id").map(Taken::Id).or_else(|| id_of(record, "token").map(Taken::Token))
}

/// An id as it can be kept, shown and asked by: printable, short, without a comma.
fn id_of(record: &Record, name: &str) -> Option<String> {
    let id = record.get(name)?.trim();
    let is_plain = |c: char| c.is_ascii_graphic() && c != ',';
    (!id.is_empty() && id.len() <= ID_LIMIT && id.chars().all(is_plain)).then(|| id.to_owned())
}

fn state_of(record: &Record, notes: &str) -> Option<TheirState> {
    let text = |name: &str| record.get(name).map(|text| text.trim().to_owned()).unwrap_or_default();
    Some(TheirState {
        id: id_of(record, "service_request_id")?,
        status: text("status").to_lowercase(),
        notes: text(notes),
    })
}

fn update_of(record: &Record) -> Option<Update> {
    Some(Update {
        update_id: id_of(record, "update_id")?,
        at: record.get("updated_datetime").and_then(|text| Moment::parse(text).ok()),
        state: state_of(record, "description")?,
    })
}

/// A byte of a path's part, encoded where needed (RFC 3986 section 2.3).
fn encoded(byte: u8) -> String {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    }
}
