//! What this crate does not keep for ever.

use civic::Moment;
use database::{DbError, Tx, params};
use web::manifest::{Ending, Retention};

/// The rules.
pub const RETENTION: &[Retention] = &[
    Retention {
        name: "people.sessions",
        key: "retention-people-sessions",
        days: 7,
        limits_days: (1, 30),
        ending: Ending::Erased,
        run: sessions,
    },
    Retention {
        name: "people.links",
        key: "retention-people-links",
        days: 1,
        limits_days: (1, 7),
        ending: Ending::Erased,
        run: links,
    },
    Retention {
        name: "people.mails",
        key: "retention-people-mails",
        days: 30,
        limits_days: (7, 90),
        ending: Ending::Erased,
        run: mails,
    },
    Retention {
        name: "people.tokens",
        key: "retention-people-tokens",
        days: 90,
        limits_days: (30, 730),
        ending: Ending::Erased,
        run: tokens,
    },
    Retention {
        name: "people.receipts",
        key: "retention-people-receipts",
        days: 1,
        limits_days: (1, 1),
        ending: Ending::Erased,
        run: receipts,
    },
];

fn sessions(tx: &mut Tx<'_>, before: Moment, limit: u32) -> Result<u64, DbError> {
    let sql =
        "delete from sessions where token_hash in (select token_hash from sessions where expires_at < $1 limit $2)";
    tx.execute(sql, &params![before.micros(), limit])
}

fn links(tx: &mut Tx<'_>, before: Moment, limit: u32) -> Result<u64, DbError> {
    let sql = "delete from sign_in_links where token_hash in (select token_hash from sign_in_links where expires_at < $1 limit $2)";
    tx.execute(sql, &params![before.micros(), limit])
}

fn mails(tx: &mut Tx<'_>, before: Moment, limit: u32) -> Result<u64, DbError> {
    let sql = "delete from mails where id in (select id from mails where made_at < $1 order by made_at, id limit $2)";
    tx.execute(sql, &params![before.micros(), limit])
}

fn tokens(tx: &mut Tx<'_>, before: Moment, limit: u32) -> Result<u64, DbError> {
    let sql = "delete from api_tokens where id in \
               (select id from api_tokens where coalesce(revoked_at, expires_at) < $1 limit $2)";
    tx.execute(sql, &params![before.micros(), limit])
}

fn receipts(tx: &mut Tx<'_>, before: Moment, _: u32) -> Result<u64, DbError> {
    crate::receipt::forget_old(tx, before)
}
