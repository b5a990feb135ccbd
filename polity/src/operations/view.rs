//! What the page of operation shows, and its JSON twin.

use schemars::JsonSchema;
use serde::Serialize;

/// How the machinery does.
#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
pub struct OperationsView {
    /// What needs somebody, by code; empty when all is well.
    pub concerns: Vec<super::Concern>,
    /// The version of the program.
    pub version: String,
    /// When it was started (RFC 3339).
    pub started_at: String,
    /// Bytes of memory it holds, where the system says so.
    pub memory_bytes: Option<u64>,
    /// The database.
    pub database: DatabaseView,
    /// The disk of the town's folder.
    pub disk: Option<DiskView>,
    /// The last copy.
    pub backup: BackupView,
    /// The public record.
    pub record: RecordView,
    /// Who follows the record.
    pub followers: Vec<FollowerView>,
    /// The outbox.
    pub jobs: JobsView,
    /// Mail.
    pub mails: MailsView,
    /// Webhooks.
    pub webhooks: WebhooksView,
    /// What was slow since the start, the worst first.
    pub slow: Vec<SlowView>,
}

/// The database.
#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
pub struct DatabaseView {
    /// SQLite or PostgreSQL.
    pub kind: String,
    /// How large it is.
    pub size_bytes: i64,
    /// Bytes of SQLite's log.
    pub log_bytes: Option<u64>,
    /// How long it took to answer everything on this page, in milliseconds.
    pub answered_ms: i64,
}

/// A disk.
#[derive(Debug, Clone, Copy, Default, Serialize, JsonSchema)]
pub struct DiskView {
    /// Bytes that are free.
    pub free_bytes: u64,
    /// Bytes that there are.
    pub total_bytes: u64,
}

/// The last copy that was made with `polity backup`.
#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
pub struct BackupView {
    /// Whether copies are known of here: on PostgreSQL they are made by its own tools.
    pub is_known: bool,
    /// When (RFC 3339); `null` when none was noted.
    pub at: Option<String>,
    /// How long ago.
    pub age_hours: Option<i64>,
    /// How large it is.
    pub size_bytes: Option<u64>,
}

/// The public record.
#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
pub struct RecordView {
    /// Entries that are signed.
    pub entries: u64,
    /// Entries that wait for their place, counted up to 10,000.
    pub waiting: u64,
    /// For how long the oldest of them waits.
    pub waiting_seconds: i64,
    /// When the newest checkpoint was signed (RFC 3339).
    pub signed_at: Option<String>,
}

/// A follower of the record.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct FollowerView {
    /// Its name.
    pub name: String,
    /// Entries it has not taken yet.
    pub behind: u64,
}

/// The outbox.
#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
pub struct JobsView {
    /// Each kind that there is at the moment.
    pub kinds: Vec<KindView>,
    /// Jobs that were given up, oldest first, at most 50.
    pub dead: Vec<DeadView>,
}

/// The jobs of a kind.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct KindView {
    /// As `mail.send`.
    pub kind: String,
    /// Waiting or being done.
    pub waiting: i64,
    /// Of these, those that failed before.
    pub retried: i64,
    /// Given up.
    pub dead: i64,
    /// For how long the oldest one could have been done.
    pub late_seconds: i64,
}

/// A job that was given up. What it works on is not shown: it may be private.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct DeadView {
    /// Its id, for `/admin/jobs/{id}/retry` and `/admin/jobs/{id}/discard`.
    pub id: String,
    /// Its kind.
    pub kind: String,
    /// How often it was tried.
    pub attempts: i64,
    /// What stood in the way last.
    pub error: String,
}

/// Mail.
#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
pub struct MailsView {
    /// Whether a mail server is set; without one mails stay in the outbox.
    pub has_server: bool,
    /// From whom mails come.
    pub from: String,
    /// Written and not sent.
    pub waiting: i64,
    /// Sent in the last 24 hours.
    pub sent_in_a_day: i64,
    /// When the last one left.
    pub last_sent_at: Option<String>,
    /// Mails that failed, at most 50.
    pub troubles: Vec<MailTroubleView>,
    /// The newest mails to whoever looks, so that a test can be seen to arrive.
    pub own: Vec<OwnMailView>,
}

/// A mail that failed.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct MailTroubleView {
    /// The id of its job.
    pub job: String,
    /// The part of the address behind the @; the person is not shown.
    pub domain: String,
    /// How often it was tried.
    pub attempts: i64,
    /// What stood in the way last.
    pub error: String,
    /// When it is tried next; `null` when it was given up.
    pub next_at: Option<String>,
}

/// A mail to whoever looks.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct OwnMailView {
    /// What it is about.
    pub subject: String,
    /// When it was written.
    pub made_at: String,
    /// When it left.
    pub sent_at: Option<String>,
}

/// Webhooks.
#[derive(Debug, Clone, Copy, Default, Serialize, JsonSchema)]
pub struct WebhooksView {
    /// Endpoints that get what they hear.
    pub active: i64,
    /// Of these, those that fail at the moment.
    pub failing: i64,
    /// Endpoints that were stopped because they failed for days.
    pub stopped: i64,
    /// Deliveries that wait, counted up to 100,000 for each endpoint.
    pub waiting: i64,
}

/// Something that was slow.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct SlowView {
    /// A route with its method, or a kind of job.
    pub what: String,
    /// How often.
    pub times: u64,
    /// The longest.
    pub worst_ms: i64,
    /// When it was slow last (RFC 3339).
    pub last_at: String,
}
