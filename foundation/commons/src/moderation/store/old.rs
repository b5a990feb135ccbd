//! What is not kept for ever of cases that ended long ago. The public log stays.

use civic::Moment;
use database::{DbError, Tx, params};

/// Forgets who reported what in cases that ended before, at most `limit` reports; answers how many.
pub fn forget_old_reports(tx: &mut Tx<'_>, before: Moment, limit: u32) -> Result<u64, DbError> {
    let sql = "delete from moderation_reports where (subject_kind, subject_id, who) in \
               (select r.subject_kind, r.subject_id, r.who from moderation_reports r join moderation_cases c on c.id = r.case_id \
                where c.standing = 'closed' and coalesce(c.appeal_at, c.decided_at) < $1 order by r.case_id, r.who limit $2)";
    tx.execute(sql, &params![before.micros(), limit])
}

/// Forgets the words of moderators and authors in cases that ended before, at most `limit` cases; answers how many.
pub fn forget_old_words(tx: &mut Tx<'_>, before: Moment, limit: u32) -> Result<u64, DbError> {
    let sql = "update moderation_cases set note = '', appeal = '', appeal_note = '' where id in \
               (select id from moderation_cases where standing = 'closed' and coalesce(appeal_at, decided_at) < $1 \
                and (note <> '' or appeal <> '' or appeal_note <> '') order by coalesce(appeal_at, decided_at), id limit $2)";
    tx.execute(sql, &params![before.micros(), limit])
}
