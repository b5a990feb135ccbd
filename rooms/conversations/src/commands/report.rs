//! Facilitators write a report and publish editions of it. Each edition has its entry, with the SHA-256 of the figures that stood then.

use super::{led_by, log, touched};
use crate::{
    books::Books,
    decide::{SectionText, check_publish, check_reason, check_report, freeze},
    map_view::MapView,
    model::{Conversation, Edition, EditionState, ReportContent, ReportDraft, Statement},
    store,
    views::is_public,
};
use civic::{Actor, Chance, Moment};
use database::{DbError, OffRecord, Tx};
use record::Entry;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use web::{Refusal, Stop, Town};

/// Why a draft has no entry.
const DRAFT: OffRecord = OffRecord("a draft of a report is not public");

/// What can be shown: the numbers of public statements, and of promises.
type Showable = (BTreeSet<i64>, BTreeSet<i64>);

/// Keeps the draft of a report; its version. `seen` is the version of the draft that was changed, 0 where there was none.
///
/// # Errors
/// Refusals of [`check_report`]; `conversation-report-stale` when somebody kept another meanwhile; `NotFound` for whoever may not lead the
/// conversation.
pub async fn keep_report(
    town: &Town,
    actor: Actor,
    code: &str,
    seen: i64,
    sections: Vec<SectionText>,
) -> Result<i64, Stop> {
    let (now, own) = (town.now(), code.to_owned());
    let kept = town.db().write(move |tx| {
        led_by(tx, &own, &actor)?;
        let before = store::report_draft(tx, &own)?;
        let version = before.as_ref().map_or(0, |draft| draft.version);
        if version != seen {
            return Err(Refusal::conflict("conversation-report-stale").at("report").into());
        }
        let all = store::statements(tx, &own)?;
        let (statements, promises) = showable(tx, &own, &all)?;
        let content = check_report(&sections, |one| statements.contains(&one), |one| promises.contains(&one))
            .map_err(Stop::Refused)?;
        if before.is_some_and(|draft| draft.content == content) {
            return tx.commit(DRAFT, version).map_err(Stop::from);
        }
        let draft = ReportDraft { version: version + 1, content, at: now };
        store::keep_report_draft(tx, &own, &draft, &actor.handle)?;
        tx.commit(DRAFT, draft.version).map_err(Stop::from)
    });
    kept.await
}

fn showable(tx: &mut Tx<'_>, code: &str, statements: &[Statement]) -> Result<Showable, DbError> {
    let public = statements.iter().filter(|one| is_public(one)).map(|one| one.number).collect();
    Ok((public, store::promises(tx, code)?.iter().map(|one| one.number).collect()))
}

/// What becomes the next edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NextEdition {
    /// The draft of this version.
    Draft(i64),
    /// An older edition again, with its words and its figures.
    Restore(i64),
    /// That there is no report any more.
    Withdraw,
}

/// Publishes the next edition of a report; its number. Editions before it stay.
///
/// # Errors
/// `conversation-report-reason` without a reason, from the second edition on; `conversation-report-stale` for a draft that was changed meanwhile;
/// `conversation-report-empty` and refusals of [`check_publish`]; `omap-not-drawn` and `omap-hidden` while there are no figures to show;
/// `conversation-report-not-now` for what is so already; `conversation-not-now` for a draft of a conversation; `NotFound`.
pub async fn publish_report(
    town: &Town,
    actor: Actor,
    code: &str,
    next: NextEdition,
    reason: String,
) -> Result<i64, Stop> {
    let (now, chance, own) = (town.now(), town.chance_handle(), code.to_owned());
    let number = town
        .db()
        .write(move |tx| {
            let conversation = touched(led_by(tx, &own, &actor)?, now);
            if conversation.published_at.is_none() {
                return Err(Refusal::conflict("conversation-not-now").into());
            }
            let newest = store::newest_edition(tx, &own)?;
            let reason = check_reason(&reason, newest.is_none())?;
            let edition = Edition {
                number: newest.as_ref().map_or(1, |newest| newest.number + 1),
                reason,
                at: now,
                ..content_of(tx, &conversation, next, newest.as_ref(), (&actor, now))?
            };
            store::add_edition(tx, &own, &edition)?;
            store::update(tx, &conversation)?;
            let (saying, entry) = entry_of(&conversation, &edition, &actor, &*chance)?;
            log(tx, &conversation, &entry, (saying, None), (None, &edition.number.to_string()), (&actor, now))?;
            tx.commit(entry, edition.number).map_err(Stop::from)
        })
        .await?;
    Books::reread(town, code).await?;
    Ok(number)
}

/// An edition without its number and reason.
fn content_of(
    tx: &mut Tx<'_>,
    conversation: &Conversation,
    next: NextEdition,
    newest: Option<&Edition>,
    (actor, now): (&Actor, Moment),
) -> Result<Edition, Stop> {
    let code = conversation.code.as_str();
    let blank = Edition {
        number: 0,
        state: EditionState::Report,
        restored: None,
        reason: String::new(),
        content: ReportContent::default(),
        figures: String::new(),
        at: now,
    };
    match next {
        NextEdition::Draft(version) => {
            let (content, figures) = frozen_draft(tx, conversation, version, (actor, now))?;
            Ok(Edition { content, figures, ..blank })
        }
        NextEdition::Restore(number) => {
            let older = store::edition(tx, code, number)?.filter(|one| one.state == EditionState::Report);
            let older = older.ok_or(Stop::NotFound)?;
            if newest.is_some_and(|newest| newest.number == number || newest.restored == Some(number)) {
                return Err(Refusal::conflict("conversation-report-not-now").into());
            }
            Ok(Edition { restored: Some(number), content: older.content, figures: older.figures, ..blank })
        }
        NextEdition::Withdraw => match newest {
            Some(newest) if newest.state == EditionState::Report => {
                Ok(Edition { state: EditionState::Withdrawn, ..blank })
            }
            _ => Err(Refusal::conflict("conversation-report-not-now").into()),
        },
    }
}

/// What the draft says, with the figures as they stand now; the draft counts it, so that a second press publishes nothing.
fn frozen_draft(
    tx: &mut Tx<'_>,
    conversation: &Conversation,
    version: i64,
    (actor, now): (&Actor, Moment),
) -> Result<(ReportContent, String), Stop> {
    let code = conversation.code.as_str();
    if conversation.hides_map(now) {
        return Err(Refusal::conflict("omap-hidden").into());
    }
    let draft = store::report_draft(tx, code)?.ok_or_else(|| Refusal::conflict("conversation-report-empty"))?;
    if draft.version != version {
        return Err(Refusal::conflict("conversation-report-stale").at("report").into());
    }
    let all = store::statements(tx, code)?;
    let (statements, promises) = showable(tx, code, &all)?;
    check_publish(&draft.content, |one| statements.contains(&one), |one| promises.contains(&one))
        .map_err(Stop::Refused)?;
    let drawn = store::drawn(tx, code)?.filter(|drawn| !drawn.view.is_empty());
    let drawn = drawn.ok_or_else(|| Refusal::conflict("omap-not-drawn"))?;
    let map = MapView::read(&drawn.view)?;
    let chosen = draft.content.statements();
    let chosen: Vec<&Statement> = all.iter().filter(|one| chosen.binary_search(&one.number).is_ok()).collect();
    let frozen = freeze(&map, drawn.version, &chosen, conversation.origin.is_none());
    let figures = serde_json::to_string(&frozen).map_err(Stop::fault)?;
    let counted = ReportDraft { version: version + 1, ..draft.clone() };
    store::keep_report_draft(tx, code, &counted, &actor.handle)?;
    Ok((draft.content, figures))
}

/// The SHA-256 of the figures of an edition.
pub fn digest(figures: &str) -> String {
    hex::encode(Sha256::digest(figures))
}

/// The words are sealed: they are prose. Numbers, the map and the digest of the figures are public.
fn entry_of(
    conversation: &Conversation,
    edition: &Edition,
    actor: &Actor,
    chance: &dyn Chance,
) -> Result<(&'static str, Entry), DbError> {
    let words = json!({"sections": edition.content.sections, "reason": edition.reason});
    let (saying, view): (_, Value) = match edition.frozen() {
        None => ("conversation.report-withdrawn", json!({"edition": edition.number})),
        Some(frozen) => (
            "conversation.report-published",
            json!({
                "edition": edition.number, "restored": edition.restored, "map_version": frozen.map_version,
                "map_drawn_at": frozen.map_drawn_at, "seed": frozen.seed, "statements": edition.content.statements(),
                "promises": edition.content.promises(), "figures_sha256": digest(&edition.figures),
            }),
        ),
    };
    let entry = Entry::about(conversation.subject(), saying, actor, edition.at, chance);
    Ok((saying, entry.publicly(&view)?.privately(&words, chance)?))
}
