//! A facilitator asks a machine for a draft, and decides what becomes of it. Every step that says something in public has its
//! entry: that a machine was asked, and which; that a summary is public, or was not wanted.

use super::{led_by, log, touched};
use crate::{
    assistant::{self, Assistant, Problem},
    books::Books,
    decide::{draft_name, draft_sentence},
    model::{Conversation, Draft, DraftContent, DraftState},
    store,
    views::is_public,
};
use civic::{Actor, Chance, JobId, Language, Moment};
use database::{
    DbError, OffRecord, Tx,
    jobs::{self, NewJob},
};
use record::Entry;
use serde_json::{Value, json};
use std::{collections::BTreeSet, sync::Arc};
use web::{Refusal, Stop, Town, manifest::JobKind};

/// The work: it waits for another machine.
const WRITE: &str = "outgoing.conversation-draft";
/// Seconds after which a draft that was asked for is given up.
const PATIENCE_SECONDS: i64 = 900;

/// Why what a machine answers has no entry.
const MACHINERY: OffRecord = OffRecord("what a machine drafted is nothing before somebody has decided");

/// The work, to be mounted.
pub fn job_kind() -> JobKind {
    JobKind::asked(
        WRITE,
        Arc::new(|town: Town, payload: Value| {
            Box::pin(async move {
                let code = payload.get("conversation").and_then(Value::as_str).unwrap_or_default().to_owned();
                let number = payload.get("draft").and_then(Value::as_i64).unwrap_or(-1);
                write_draft(&town, &code, number).await.map_err(|error| error.to_string())
            })
        }),
    )
}

/// Asks for a draft in a language; its number.
///
/// # Errors
/// `draft-off` where the town has set up no model; `draft-no-map` and `conversation-not-now` while there is nothing to sum up;
/// `draft-waiting` while another waits; `NotFound` for whoever may not lead the conversation.
pub async fn ask_draft(town: &Town, actor: Actor, code: &str, language: Language) -> Result<i64, Stop> {
    let (now, chance, own) = (town.now(), town.chance_handle(), code.to_owned());
    let machine = town.part::<Assistant>().machine();
    let has_map = town.part::<Books>().get(code).is_some_and(|known| known.map.is_some());
    let number = town
        .db()
        .write(move |tx| {
            let conversation = touched(led_by(tx, &own, &actor)?, now);
            may_ask(tx, &conversation, &machine, has_map, now)?;
            let asked = Draft {
                number: 0,
                state: DraftState::Asked,
                language,
                asked_at: now,
                asked_by: actor.handle.clone(),
                done_at: None,
                problem: String::new(),
                machine,
                map_drawn_at: String::new(),
                left_out: 0,
                content: DraftContent::default(),
                decided_at: None,
            };
            let number = store::add_draft(tx, &own, &asked)?;
            store::update(tx, &conversation)?;
            let payload = json!({"conversation": own, "draft": number});
            let id = JobId::new(now, &*chance).text();
            jobs::put(tx, &NewJob { id, kind: WRITE, payload: &payload, not_before: now })?;
            let view = json!({"draft": number, "machine": asked.machine, "language": language});
            let entry = Entry::about(conversation.subject(), "conversation.draft-asked", &actor, now, &*chance);
            let entry = entry.publicly(&view)?;
            let said = ("conversation.draft-asked", None);
            log(tx, &conversation, &entry, said, (None, &asked.machine), (&actor, now))?;
            tx.commit(entry, number).map_err(Stop::from)
        })
        .await?;
    Books::reread(town, code).await?;
    Ok(number)
}

fn may_ask(tx: &mut Tx<'_>, one: &Conversation, machine: &str, has_map: bool, now: Moment) -> Result<(), Stop> {
    let refused = |code: &'static str| Err(Refusal::conflict(code).into());
    if machine.is_empty() {
        return refused("draft-off");
    }
    if one.published_at.is_none() {
        return refused("conversation-not-now");
    }
    if !has_map {
        return refused("draft-no-map");
    }
    let given_up = now.plus_seconds(-PATIENCE_SECONDS);
    let blocks = |draft: &Draft| match draft.state {
        DraftState::Waiting => true,
        DraftState::Asked => draft.asked_at > given_up,
        _ => false,
    };
    if store::drafts(tx, one.code.as_str())?.iter().any(blocks) { refused("draft-waiting") } else { Ok(()) }
}

/// Asks the model and keeps what it wrote, once: whatever goes wrong is kept as a problem, for a facilitator to try again.
///
/// # Errors
/// Those of the database.
async fn write_draft(town: &Town, code: &str, number: i64) -> Result<(), DbError> {
    let own = code.to_owned();
    let asked = town.db().read(move |tx| store::drafts(tx, &own)).await?;
    let Some(asked) = asked.into_iter().find(|one| one.number == number && one.state == DraftState::Asked) else {
        return Ok(());
    };
    let known = town.part::<Books>().get(code).ok_or(DbError::NotFound)?;
    let drawn_at = known.map.as_ref().map(|map| map.drawn_at.clone()).unwrap_or_default();
    let assistant = town.part::<Assistant>().clone();
    let written = match assistant::material(&known, asked.language) {
        None => Err(Problem::CitesNothing),
        Some(material) => tokio::task::spawn_blocking(move || assistant::ask(&assistant, &material))
            .await
            .map_err(|error| DbError::Other(error.to_string()))?,
    };
    let (now, own) = (town.now(), code.to_owned());
    let kept = town.db().write(move |tx| {
        let conversation = store::by_code_to_change(tx, &own)?.ok_or(DbError::NotFound)?;
        let Some(mut draft) =
            store::draft_to_change(tx, &own, number)?.filter(|draft| draft.state == DraftState::Asked)
        else {
            return tx.commit(MACHINERY, ());
        };
        draft.done_at = Some(now);
        match written {
            Ok((content, left_out)) => {
                draft.state = DraftState::Waiting;
                (draft.content, draft.map_drawn_at) = (content, drawn_at);
                draft.left_out = i64::try_from(left_out).unwrap_or(i64::MAX);
            }
            Err(problem) => {
                draft.state = DraftState::Failed;
                problem.word().clone_into(&mut draft.problem);
            }
        }
        store::save_draft(tx, &own, &draft)?;
        store::update(tx, &touched(conversation, now))?;
        tx.commit(MACHINERY, ())
    });
    kept.await.map_err(|error: DbError| error)?;
    Books::reread(town, code).await
}

/// What a facilitator decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DraftDecision {
    /// It becomes public, with these words.
    Publish(DraftContent),
    /// It is not wanted, or no longer.
    Reject,
}

/// Decides about a draft. What becomes public must cite statements that are public, also after it was edited.
///
/// # Errors
/// `draft-decided` when somebody decided before; those of [`draft_sentence`] and `draft-empty`; `NotFound`.
pub async fn decide_draft(
    town: &Town,
    actor: Actor,
    code: &str,
    number: i64,
    decision: DraftDecision,
) -> Result<(), Stop> {
    let (now, chance, own) = (town.now(), town.chance_handle(), code.to_owned());
    town.db()
        .write(move |tx| {
            let conversation = touched(led_by(tx, &own, &actor)?, now);
            let mut draft = store::draft_to_change(tx, &own, number)?.ok_or(Stop::NotFound)?;
            let entry = match decision {
                DraftDecision::Publish(content) if draft.state == DraftState::Waiting => {
                    let content = checked(tx, &own, &draft, content)?;
                    let written = std::mem::replace(&mut draft.content, content);
                    replace_older(tx, &own, &draft)?;
                    draft.state = DraftState::Published;
                    published_entry(&conversation, &draft, written != draft.content, (&actor, now), &*chance)?
                }
                DraftDecision::Reject if matches!(draft.state, DraftState::Waiting | DraftState::Published) => {
                    draft.state = DraftState::Rejected;
                    let entry =
                        Entry::about(conversation.subject(), "conversation.draft-rejected", &actor, now, &*chance);
                    entry.publicly(&json!({"draft": number}))?
                }
                _ => return Err(Refusal::conflict("draft-decided").into()),
            };
            draft.decided_at = Some(now);
            store::save_draft(tx, &own, &draft)?;
            store::update(tx, &conversation)?;
            let said = if draft.state == DraftState::Published {
                "conversation.summary-published"
            } else {
                "conversation.draft-rejected"
            };
            log(tx, &conversation, &entry, (said, None), (None, &number.to_string()), (&actor, now))?;
            tx.commit(entry, ()).map_err(Stop::from)
        })
        .await?;
    Books::reread(town, code).await.map_err(Stop::from)
}

/// What a facilitator leaves of a draft, by the same rules as what the machine wrote.
fn checked(tx: &mut Tx<'_>, code: &str, draft: &Draft, content: DraftContent) -> Result<DraftContent, Stop> {
    let statements = store::statements(tx, code)?;
    let public: BTreeSet<i64> = statements.iter().filter(|one| is_public(one)).map(|one| one.number).collect();
    let known = |number: i64| public.contains(&number);
    let named = |group: usize| draft.content.groups.iter().any(|one| one.group == group);
    let summary = content.summary.iter().map(|one| draft_sentence(&one.text, &one.statements, known));
    let names = content.groups.iter().filter(|one| named(one.group));
    let names = names.map(|one| draft_name(one.group, &one.name, &one.statements, known));
    let checked =
        DraftContent { summary: summary.collect::<Result<_, _>>()?, groups: names.collect::<Result<_, _>>()? };
    if checked.summary.is_empty() { Err(Refusal::new("draft-empty").at("draft").into()) } else { Ok(checked) }
}

/// One summary is public in each language.
fn replace_older(tx: &mut Tx<'_>, code: &str, new: &Draft) -> Result<(), DbError> {
    let public = |one: &Draft| one.state == DraftState::Published && one.language == new.language;
    for mut older in store::drafts(tx, code)?.into_iter().filter(public) {
        older.state = DraftState::Replaced;
        store::save_draft(tx, code, &older)?;
    }
    Ok(())
}

fn published_entry(
    conversation: &Conversation,
    draft: &Draft,
    edited: bool,
    (actor, now): (&Actor, Moment),
    chance: &dyn Chance,
) -> Result<Entry, DbError> {
    let cited: BTreeSet<i64> = draft.content.summary.iter().flat_map(|one| one.statements.iter().copied()).collect();
    let view = json!({
        "draft": draft.number, "machine": draft.machine, "language": draft.language, "sentences": draft.content.summary.len(),
        "statements": cited, "edited": edited,
    });
    let entry = Entry::about(conversation.subject(), "conversation.summary-published", actor, now, chance);
    entry.publicly(&view)?.privately(&json!({ "content": draft.content }), chance)
}
