//! The roll of a conversation: addresses of the town's own file, kept as names that only a key outside the database gives. What
//! the file says of people's age and home is asked once, when it is read, and not kept.

use super::{led_by, log, touched};
use crate::{
    books::Books,
    model::{Conversation, Entry as WhoMay, Phase},
    store,
};
use civic::{Actor, Moment};
use database::{DbError, Tx};
use people::{
    accounts,
    boxes::{BallotBoxes, BoxKey},
    roll::{ROLL_LINES_LIMIT, RollFile, RollLine, SetAside},
};
use record::Entry;
use serde_json::json;
use std::sync::Arc;
use web::{Refusal, Stop, Town};

/// What opens the roll of a conversation, if it has one.
pub struct Gate(Option<Arc<BoxKey>>);

impl Gate {
    /// The key of a conversation's roll, as it is known now.
    ///
    /// # Errors
    /// `conversation-roll-away` when the key is not on this machine.
    pub fn of(town: &Town, code: &str) -> Result<Self, Stop> {
        let known = town.part::<Books>().get(code).filter(|known| known.conversation.entry == WhoMay::Roll);
        let Some(known) = known.filter(|known| !known.conversation.roll_print.is_empty()) else {
            return Ok(Self(None));
        };
        key(town, &known.conversation).map(|key| Self(Some(key)))
    }

    /// The name of an account on the roll, where it is on it.
    ///
    /// # Errors
    /// Those of the database.
    pub fn line(&self, tx: &mut Tx<'_>, conversation: &Conversation, actor: &Actor) -> Result<Option<String>, DbError> {
        let (Some(key), Some(person), WhoMay::Roll) = (&self.0, actor.person, conversation.entry) else {
            return Ok(None);
        };
        let account = accounts::by_id(tx, person)?.and_then(|account| account.email);
        let Some(email) = account else { return Ok(None) };
        let name = name_of(key, email.as_str());
        Ok(store::is_named(tx, conversation.code.as_str(), &name)?.then_some(name))
    }
}

fn name_of(key: &BoxKey, email: &str) -> String {
    key.voter(&format!("email:{email}"))
}

fn key(town: &Town, conversation: &Conversation) -> Result<Arc<BoxKey>, Stop> {
    let found = town.part::<BallotBoxes>().key(conversation.code.as_str(), &conversation.roll_print);
    found.map_err(|error| {
        tracing::error!(%error, "the roll of a conversation cannot be read");
        Refusal::conflict("conversation-roll-away").into()
    })
}

/// Whether an account is on the roll of a conversation; `true` where it has none to ask.
///
/// # Errors
/// Those of [`Gate::of`].
pub async fn may_by_roll(town: &Town, actor: Actor, code: &str) -> Result<bool, Stop> {
    let Some(known) = town.part::<Books>().get(code).filter(|known| known.conversation.entry == WhoMay::Roll) else {
        return Ok(true);
    };
    let gate = Gate::of(town, code)?;
    let look = move |tx: &mut Tx<'_>| Ok::<_, DbError>(gate.line(tx, &known.conversation, &actor)?.is_some());
    town.db().read(look).await.map_err(Stop::from)
}

/// What a file does to a roll.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RollLook {
    /// People who are put on it.
    pub fresh: usize,
    /// Rows that are not, and why.
    pub aside: Vec<SetAside>,
}

/// Looks what a file would do; nothing is kept.
///
/// # Errors
/// Refusals of a conversation without a roll, or that ended; `NotFound` for whoever may not lead it.
pub async fn look_at_roll(town: &Town, actor: Actor, code: &str, file: RollFile) -> Result<RollLook, Stop> {
    let (own, code) = (town.clone(), code.to_owned());
    town.db()
        .read(move |tx| {
            let conversation = store::by_code(tx, &code)?.ok_or(Stop::NotFound)?;
            if !super::may_lead(&actor, &conversation) {
                return Err(Stop::NotFound);
            }
            let key = match conversation.roll_print.as_str() {
                "" => None,
                _ => Some(key(&own, &conversation)?),
            };
            sift(&own, tx, &conversation, key.as_deref(), file).map(|(_, look)| look)
        })
        .await
}

/// Puts those people of a file on the roll who fulfil the rule.
///
/// # Errors
/// As [`look_at_roll`].
pub async fn keep_roll(town: &Town, actor: Actor, code: &str, file: RollFile) -> Result<RollLook, Stop> {
    let (now, chance, own, of) = (town.now(), town.chance_handle(), town.clone(), code.to_owned());
    let boxes = town.part::<BallotBoxes>().clone();
    let look = town
        .db()
        .write(move |tx| {
            let mut conversation = touched(led_by(tx, &of, &actor)?, now);
            let key = if conversation.roll_print.is_empty() {
                // On the disk before the first name: a key of a roll that was not kept after all opens nothing.
                let failed = |error: people::boxes::BoxError| Stop::fault(error);
                boxes.destroy(&of).map_err(failed)?;
                conversation.roll_print = boxes.make(&of, &*chance).map_err(failed)?;
                boxes.key(&of, &conversation.roll_print).map_err(failed)?
            } else {
                key(&own, &conversation)?
            };
            let (lines, look) = sift(&own, tx, &conversation, Some(&key), file)?;
            for email in lines.iter().filter_map(|line| line.email.as_ref()) {
                store::add_to_roll(tx, &of, &name_of(&key, email.as_str()))?;
            }
            store::update(tx, &conversation)?;
            let view = json!({ "added": look.fresh, "aside": look.aside.len(), "roll": store::count_roll(tx, &of)? });
            let entry = Entry::about(conversation.subject(), "conversation.roll-added", &actor, now, &*chance);
            let (entry, detail) = (entry.publicly(&view)?, look.fresh.to_string());
            log(tx, &conversation, &entry, ("conversation.roll-added", None), (None, &detail), (&actor, now))?;
            tx.commit(entry, look).map_err(Stop::from)
        })
        .await?;
    Books::reread(town, code).await?;
    Ok(look)
}

/// Takes everybody off the roll, before anybody took part by it, so that another can be put there.
///
/// # Errors
/// `conversation-roll-used`; `NotFound` for whoever may not lead it.
pub async fn empty_roll(town: &Town, actor: Actor, code: &str) -> Result<(), Stop> {
    let (now, chance, of) = (town.now(), town.chance_handle(), code.to_owned());
    town.db()
        .write(move |tx| {
            let mut conversation = touched(led_by(tx, &of, &actor)?, now);
            if store::is_roll_used(tx, &of)? {
                return Err(Refusal::conflict("conversation-roll-used").into());
            }
            let view = json!({ "removed": store::count_roll(tx, &of)? });
            store::drop_roll(tx, &of)?;
            conversation.roll_print.clear();
            store::update(tx, &conversation)?;
            let entry = Entry::about(conversation.subject(), "conversation.roll-emptied", &actor, now, &*chance);
            let entry = entry.publicly(&view)?;
            log(tx, &conversation, &entry, ("conversation.roll-emptied", None), (None, ""), (&actor, now))?;
            tx.commit(entry, ()).map_err(Stop::from)
        })
        .await?;
    // The rows are gone: what the key would name now is nobody.
    if let Err(error) = town.part::<BallotBoxes>().destroy(code) {
        tracing::warn!(%error, "the key of a roll that was emptied is still there");
    }
    Books::reread(town, code).await.map_err(Stop::from)
}

/// Sets aside who cannot sign in, who does not fulfil the rule on this day, and who is on the roll already.
fn sift(
    town: &Town,
    tx: &mut Tx<'_>,
    conversation: &Conversation,
    key: Option<&BoxKey>,
    file: RollFile,
) -> Result<(Vec<RollLine>, RollLook), Stop> {
    if conversation.entry != WhoMay::Roll {
        return Err(Refusal::conflict("conversation-roll-not").at("file").into());
    }
    let now: Moment = town.now();
    if matches!(conversation.phase(now), Phase::Closed(_)) {
        return Err(Refusal::conflict("conversation-closed").into());
    }
    let (code, today) = (conversation.code.as_str(), now.in_zone(&town.settings().zone).date());
    let (mut look, mut lines) = (RollLook { aside: file.aside, fresh: 0 }, Vec::new());
    for (line, person) in file.lines {
        let aside = |why| SetAside { line, column: "", value: String::new(), why };
        let Some(email) = &person.email else {
            look.aside.push(aside("roll-aside-no-email"));
            continue;
        };
        let there = match key {
            Some(key) => store::is_named(tx, code, &name_of(key, email.as_str()))?,
            None => false,
        };
        match conversation.eligible.against(&person.facts, today) {
            _ if there => look.aside.push(aside("roll-aside-there")),
            Some(people::roll::Against::TooYoung(_)) => look.aside.push(aside("roll-aside-age")),
            Some(people::roll::Against::LivesElsewhere) => look.aside.push(aside("roll-aside-lives")),
            None => lines.push(person),
        }
    }
    look.fresh = lines.len();
    look.aside.sort_by_key(|one| one.line);
    let there = usize::try_from(store::count_roll(tx, code)?).unwrap_or(usize::MAX);
    if there.saturating_add(look.fresh) > ROLL_LINES_LIMIT {
        return Err(Refusal::new("roll-large").at("file").with("most", ROLL_LINES_LIMIT as i64).into());
    }
    Ok((lines, look))
}
