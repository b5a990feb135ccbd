//! Gathering how the machinery does.

use super::{
    BackupView, DatabaseView, DeadView, DiskView, FollowerView, JobsView, KindView, Machine, MailTroubleView,
    MailsView, OperationsView, OwnMailView, RecordView, SlowView, WebhooksView, concerns, machine::memory_bytes,
};
use civic::{MailId, Moment, PersonId};
use database::{
    DbError, Dialect, Tx,
    jobs::{self, Troubled},
};
use people::{MailSettings, mail};
use web::{Town, manifest::Catalogue, slow::What};

/// Failed jobs and mails that are shown.
const SHOWN: u32 = 50;
/// Mails to oneself that are shown.
const OWN_SHOWN: u32 = 3;
/// Entries without a place that are counted.
const WAITING_COUNTED: u32 = 10_000;
/// Slow things that are shown.
const SLOW_SHOWN: usize = 20;

/// Everything that the database knows.
struct Known {
    size_bytes: i64,
    record: RecordView,
    followers: Vec<FollowerView>,
    jobs: JobsView,
    mails: MailsView,
    webhooks: WebhooksView,
}

/// How the machinery does, as `person` may see it.
///
/// # Errors
/// Those of the database.
pub async fn gather(town: &Town, person: Option<PersonId>) -> Result<OperationsView, DbError> {
    let begun = town.now();
    let own = town.clone();
    let known = town.db().read_long(move |tx| known(&own, tx, person, begun)).await?;
    let machine = town.part::<Machine>();
    let is_sqlite = town.db().dialect() == Dialect::Sqlite;
    let disk = machine.disk_bytes();
    let mut view = OperationsView {
        concerns: Vec::new(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        started_at: machine.started_at.rfc3339(),
        memory_bytes: memory_bytes(),
        database: DatabaseView {
            kind: if is_sqlite { "SQLite" } else { "PostgreSQL" }.to_owned(),
            size_bytes: known.size_bytes,
            log_bytes: is_sqlite.then(|| machine.log_bytes()).flatten(),
            answered_ms: (town.now().micros() - begun.micros()) / 1_000,
        },
        disk: disk.map(|(free_bytes, total_bytes)| DiskView { free_bytes, total_bytes }),
        backup: backup(machine, is_sqlite, begun),
        record: known.record,
        followers: known.followers,
        jobs: known.jobs,
        mails: known.mails,
        webhooks: known.webhooks,
        slow: slow(town),
    };
    view.concerns = concerns(&view);
    Ok(view)
}

fn known(town: &Town, tx: &mut Tx<'_>, person: Option<PersonId>, now: Moment) -> Result<Known, DbError> {
    let record = record_view(tx, now)?;
    let names = &town.part::<Catalogue>().subscribers;
    let followers = names.iter().map(|name| {
        let behind = record.entries.saturating_sub(record::cursor_of(tx, name)?);
        Ok(FollowerView { name: (*name).to_owned(), behind })
    });
    let followers = followers.collect::<Result<_, DbError>>()?;
    let health = webhooks::health(tx)?;
    Ok(Known {
        size_bytes: tx.size_bytes()?,
        record,
        followers,
        jobs: jobs_view(tx, now)?,
        mails: mails_view(town, tx, person, now)?,
        webhooks: WebhooksView {
            active: health.active,
            failing: health.failing,
            stopped: health.stopped,
            waiting: health.waiting,
        },
    })
}

fn record_view(tx: &mut Tx<'_>, now: Moment) -> Result<RecordView, DbError> {
    let signed = record::last_checkpoint(tx)?;
    let since = record::pending_since(tx)?;
    Ok(RecordView {
        entries: signed.as_ref().map_or(0, |checkpoint| checkpoint.size),
        waiting: record::pending(tx, WAITING_COUNTED)?,
        waiting_seconds: since.map_or(0, |since| now.seconds_since(since)),
        signed_at: signed.map(|checkpoint| checkpoint.signed_at.rfc3339()),
    })
}

fn jobs_view(tx: &mut Tx<'_>, now: Moment) -> Result<JobsView, DbError> {
    let kinds = jobs::counts_by_kind(tx)?.into_iter().map(|counts| KindView {
        kind: counts.kind,
        waiting: counts.waiting,
        retried: counts.retried,
        dead: counts.dead,
        late_seconds: counts.oldest_due_at.map_or(0, |at| now.seconds_since(at).max(0)),
    });
    let dead = jobs::dead_letters(tx, SHOWN)?.into_iter();
    let dead = dead
        .map(|job| DeadView { id: job.id, kind: job.kind, attempts: job.attempts, error: job.last_error })
        .collect();
    Ok(JobsView { kinds: kinds.collect(), dead })
}

fn mails_view(town: &Town, tx: &mut Tx<'_>, person: Option<PersonId>, now: Moment) -> Result<MailsView, DbError> {
    let counts = mail::counts(tx, now.plus_days(-1))?;
    let settings = town.part::<MailSettings>();
    let troubles = jobs::troubled(tx, mail::MAIL_SEND, SHOWN)?;
    let troubles = troubles.into_iter().map(|troubled| trouble(tx, troubled)).collect::<Result<_, DbError>>()?;
    Ok(MailsView {
        has_server: settings.smtp_url.is_some(),
        from: settings.from.clone(),
        waiting: counts.waiting,
        sent_in_a_day: counts.sent,
        last_sent_at: counts.last_sent_at.map(Moment::rfc3339),
        troubles,
        own: own_mails(tx, person)?,
    })
}

fn trouble(tx: &mut Tx<'_>, Troubled { job, next_at }: Troubled) -> Result<MailTroubleView, DbError> {
    let id: Option<MailId> = job.payload["mail"].as_str().and_then(|id| id.parse().ok());
    let written = id.map_or(Ok(None), |id| mail::by_id(tx, id))?;
    let domain = written.and_then(|written| written.mail.to.as_str().rsplit_once('@').map(|(_, of)| of.to_owned()));
    Ok(MailTroubleView {
        job: job.id,
        domain: domain.unwrap_or_default(),
        attempts: job.attempts,
        error: job.last_error,
        next_at: next_at.map(Moment::rfc3339),
    })
}

fn own_mails(tx: &mut Tx<'_>, person: Option<PersonId>) -> Result<Vec<OwnMailView>, DbError> {
    let person = person.map_or(Ok(None), |person| people::accounts::by_id(tx, person))?;
    let Some(address) = person.and_then(|person| person.email) else { return Ok(Vec::new()) };
    let mails = mail::newest_to(tx, &address, OWN_SHOWN)?.into_iter().map(|written| OwnMailView {
        subject: written.mail.subject,
        made_at: written.made_at.rfc3339(),
        sent_at: written.sent_at.map(Moment::rfc3339),
    });
    Ok(mails.collect())
}

fn backup(machine: &Machine, is_sqlite: bool, now: Moment) -> BackupView {
    let last = machine.last_backup().filter(|_| is_sqlite);
    let at = last.as_ref().and_then(|last| Moment::parse(&last.at).ok());
    BackupView {
        is_known: is_sqlite,
        at: at.map(Moment::rfc3339),
        age_hours: at.map(|at| now.seconds_since(at).max(0) / 3_600),
        size_bytes: last.map(|last| last.bytes),
    }
}

fn slow(town: &Town) -> Vec<SlowView> {
    let named = |what| match what {
        What::Answer(method, path) => format!("{method} {path}"),
        What::Job(kind) => kind.to_owned(),
    };
    let worst = town.slow().worst(SLOW_SHOWN).into_iter();
    worst
        .map(|(what, slowness)| SlowView {
            what: named(what),
            times: slowness.times,
            worst_ms: slowness.worst_ms,
            last_at: slowness.last_at.rfc3339(),
        })
        .collect()
}
