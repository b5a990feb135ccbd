//! What of all this needs somebody. Pure.

use super::OperationsView;
use schemars::JsonSchema;
use serde::Serialize;

/// Free bytes below which the disk needs somebody.
const DISK_LOW_BYTES: u64 = 1024 * 1024 * 1024;
/// Hours after which a copy is old.
const BACKUP_OLD_HOURS: i64 = 48;
/// Seconds for which an entry may wait for its place in the record.
const RECORD_LATE_SECONDS: i64 = 10;
/// Seconds for which a job that could be done may wait.
const JOB_LATE_SECONDS: i64 = 600;
/// Entries a follower may be behind.
const BEHIND_LIMIT: u64 = 10_000;

/// Something that needs somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Concern {
    /// Entries wait for their place: nothing is signed.
    RecordWaits,
    /// A follower of the record is far behind.
    FollowerBehind,
    /// Less than 1 GiB is free.
    DiskLow,
    /// No copy was made in 48 hours.
    BackupOld,
    /// Jobs were given up.
    JobsDead,
    /// Jobs that could be done wait for more than ten minutes.
    JobsLate,
    /// Mails failed.
    MailsFail,
    /// No mail server is set.
    MailsStay,
    /// An endpoint of a webhook fails or was stopped.
    WebhooksFail,
}

impl Concern {
    /// The Fluent key of its sentence.
    pub fn key(self) -> &'static str {
        match self {
            Self::RecordWaits => "operations-concern-record-waits",
            Self::FollowerBehind => "operations-concern-follower-behind",
            Self::DiskLow => "operations-concern-disk-low",
            Self::BackupOld => "operations-concern-backup-old",
            Self::JobsDead => "operations-concern-jobs-dead",
            Self::JobsLate => "operations-concern-jobs-late",
            Self::MailsFail => "operations-concern-mails-fail",
            Self::MailsStay => "operations-concern-mails-stay",
            Self::WebhooksFail => "operations-concern-webhooks-fail",
        }
    }

    /// Where on the page it is seen.
    pub fn anchor(self) -> &'static str {
        match self {
            Self::RecordWaits | Self::FollowerBehind => "record",
            Self::DiskLow | Self::BackupOld => "machine",
            Self::JobsDead | Self::JobsLate => "jobs",
            Self::MailsFail | Self::MailsStay => "mails",
            Self::WebhooksFail => "webhooks",
        }
    }
}

/// What needs somebody, the gravest first.
pub fn concerns(view: &OperationsView) -> Vec<Concern> {
    let backup_is_old = view.backup.is_known && view.backup.age_hours.is_none_or(|hours| hours >= BACKUP_OLD_HOURS);
    let checked = [
        (Concern::RecordWaits, view.record.waiting_seconds > RECORD_LATE_SECONDS),
        (Concern::FollowerBehind, view.followers.iter().any(|follower| follower.behind > BEHIND_LIMIT)),
        (Concern::DiskLow, view.disk.is_some_and(|disk| disk.free_bytes < DISK_LOW_BYTES)),
        (Concern::BackupOld, backup_is_old),
        (Concern::JobsDead, !view.jobs.dead.is_empty()),
        (Concern::JobsLate, view.jobs.kinds.iter().any(|kind| kind.late_seconds > JOB_LATE_SECONDS)),
        (Concern::MailsFail, !view.mails.troubles.is_empty()),
        (Concern::MailsStay, !view.mails.has_server),
        (Concern::WebhooksFail, view.webhooks.failing + view.webhooks.stopped > 0),
    ];
    checked.into_iter().filter(|(_, holds)| *holds).map(|(concern, _)| concern).collect()
}

#[cfg(test)]
mod tests {
    use super::{Concern, concerns};
    use crate::operations::{BackupView, DiskView, FollowerView, MailsView, OperationsView, RecordView, WebhooksView};

    fn well() -> OperationsView {
        OperationsView {
            backup: BackupView { is_known: true, age_hours: Some(3), ..BackupView::default() },
            mails: MailsView { has_server: true, ..MailsView::default() },
            ..OperationsView::default()
        }
    }

    #[test]
    fn a_town_that_is_well_needs_nobody() {
        assert_eq!(concerns(&well()), []);
        let elsewhere = OperationsView { backup: BackupView::default(), ..well() };
        assert_eq!(concerns(&elsewhere), [], "copies of PostgreSQL are not known of here");
    }

    #[test]
    fn each_thing_that_is_wrong_is_named() {
        let wrong = OperationsView {
            record: RecordView { waiting_seconds: 11, ..RecordView::default() },
            followers: vec![FollowerView { name: "search".to_owned(), behind: 10_001 }],
            disk: Some(DiskView { free_bytes: 1, total_bytes: 2 }),
            webhooks: WebhooksView { stopped: 1, ..WebhooksView::default() },
            ..well()
        };
        let wanted = [Concern::RecordWaits, Concern::FollowerBehind, Concern::DiskLow, Concern::WebhooksFail];
        assert_eq!(concerns(&wrong), wanted);
        let never = OperationsView { backup: BackupView { is_known: true, ..BackupView::default() }, ..well() };
        assert_eq!(concerns(&never), [Concern::BackupOld], "never copied is old");
    }
}
