//! A conversation is made, changed, begun and ended.

use super::{led_by, log, may_lead, touched};
use crate::{
    acts::FACILITATE,
    books::Books,
    decide::{CheckedFacts, Definition, FactsText, PromiseText, check_definition, check_facts, check_promise},
    model::{Conversation, DATASET, DISTRICT, Entry as WhoMay, Facts, Phase, Promise, Source},
    store,
};
use civic::{Actor, Chance, Code, Language, LocalText, Moment, Subject};
use commons::{
    links::{self, Link, Relation},
    search,
};
use database::{DbError, OffRecord, Tx};
use people::organisations;
use places::Districts;
use record::Entry;
use serde_json::json;
use web::{Refusal, Stop, Town, manifest::Catalogue};

/// The shortest code of a conversation, in characters after `C-`; it grows when codes run out.
const CODE_LENGTH: usize = 4;

/// Why what is done to a draft has no entry.
const DRAFT: OffRecord = OffRecord("a draft is not public yet");

/// A code nobody has.
pub(super) fn free_code(tx: &mut Tx<'_>, chance: &dyn Chance) -> Result<Code, DbError> {
    database::free_code(tx, 'C', CODE_LENGTH, chance, store::is_code_taken)
}

/// A seed that a table shows in ten digits and JavaScript reads exactly.
pub(super) fn seed(chance: &dyn Chance) -> u64 {
    let mut bytes = [0_u8; 4];
    chance.fill(&mut bytes);
    u64::from(u32::from_le_bytes(bytes))
}

/// Makes a draft.
///
/// # Errors
/// Refusals of the definition; `NotFound` for an organisation one does not answer for.
pub async fn start_conversation(town: &Town, actor: Actor, definition: Definition) -> Result<Conversation, Stop> {
    let (now, chance, own) = (town.now(), town.chance_handle(), town.clone());
    let checked = check_definition(&definition, first_language(town)).map_err(Stop::Refused)?;
    let made = town
        .db()
        .write(move |tx| {
            let made = Conversation {
                code: free_code(tx, &*chance)?,
                question: checked.question,
                introduction: checked.introduction,
                organisation: definition.organisation,
                moderation: definition.moderation,
                entry: definition.entry,
                eligible: definition.eligible,
                roll_print: String::new(),
                opens_at: definition.opens_at,
                closes_at: definition.closes_at,
                writing_until: definition.writing_until,
                map_shown: definition.map_shown,
                published_at: None,
                closed_at: None,
                counted_at: None,
                undone_at: None,
                census: definition.census,
                about: definition.about,
                origin: None,
                seed: seed(&*chance),
                made_at: now,
                updated_at: now,
                version: 1,
            };
            if !may_lead(&actor, &made) {
                return Err(Stop::NotFound);
            }
            is_there(&own, tx, made.about.as_ref())?;
            store::insert(tx, &made)?;
            tx.commit(DRAFT, made).map_err(Stop::from)
        })
        .await?;
    Books::reread(town, made.code.as_str()).await?;
    Ok(made)
}

fn first_language(town: &Town) -> Language {
    town.settings().languages.first().copied().unwrap_or_default()
}

/// Changes what a conversation says of itself.
///
/// # Errors
/// Refusals of the definition; `conversation-closed`; `NotFound` for whoever may not lead it.
pub async fn save_conversation(town: &Town, actor: Actor, code: &str, definition: Definition) -> Result<(), Stop> {
    let (now, chance, own) = (town.now(), town.chance_handle(), code.to_owned());
    let (first, house) = (first_language(town), town.clone());
    let checked = check_definition(&definition, first).map_err(Stop::Refused)?;
    town.db()
        .write(move |tx| {
            let before = led_by(tx, &own, &actor)?;
            if matches!(before.phase(now), Phase::Closed(_)) {
                return Err(Refusal::conflict("conversation-closed").into());
            }
            if !before.roll_print.is_empty() && before.eligible != definition.eligible {
                return Err(Refusal::conflict("conversation-roll-rule").at("least_age").into());
            }
            let after = touched(
                Conversation {
                    question: checked.question,
                    introduction: checked.introduction,
                    organisation: definition.organisation,
                    moderation: definition.moderation,
                    entry: definition.entry,
                    eligible: definition.eligible,
                    opens_at: definition.opens_at,
                    closes_at: definition.closes_at,
                    writing_until: definition.writing_until,
                    map_shown: definition.map_shown,
                    census: definition.census,
                    about: definition.about,
                    ..before.clone()
                },
                now,
            );
            if !may_lead(&actor, &after) {
                return Err(Stop::NotFound);
            }
            // What it was about before may have been hidden since: that is no reason to refuse other changes.
            is_there(&house, tx, after.about.as_ref().filter(|about| before.about.as_ref() != Some(*about)))?;
            store::update(tx, &after)?;
            if after.published_at.is_none() {
                return tx.commit(DRAFT, ()).map_err(Stop::from);
            }
            make_findable(tx, &after, first)?;
            link_to_matter(tx, &before, &after, now)?;
            let entry = entry_of(&after, "conversation.changed", &actor, now, &*chance)?;
            log(tx, &after, &entry, ("conversation.changed", None), (None, ""), (&actor, now))?;
            tx.commit(entry, ()).map_err(Stop::from)
        })
        .await?;
    Books::reread(town, code).await.map_err(Stop::from)
}

/// Whether what a conversation would be about is in the town, in public: a district, or something a room has.
fn is_there(town: &Town, tx: &mut Tx<'_>, about: Option<&Subject>) -> Result<(), Stop> {
    let Some(about) = about else { return Ok(()) };
    let found = if about.kind == DISTRICT {
        town.part::<Districts>().name(&about.id).is_some()
    } else {
        let subjects = std::slice::from_ref(about);
        !town.part::<Catalogue>().briefs(town, tx, subjects, first_language(town))?.is_empty()
    };
    let unknown = || Refusal::new("conversation-about-unknown").at("about").with("what", about.to_string());
    if found { Ok(()) } else { Err(unknown().into()) }
}

/// Whether the datasets of this town that facts rest on are there, in public.
fn datasets_are_there(town: &Town, tx: &mut Tx<'_>, sources: &[Source]) -> Result<(), Stop> {
    let home = town.url("");
    for source in sources {
        let path = source.url.strip_prefix(home.trim_end_matches('/')).unwrap_or(&source.url);
        let name = path.strip_prefix("/data/").and_then(|rest| rest.split(['/', '?', '#']).next());
        let Some(name) = name.filter(|name| !name.is_empty()) else { continue };
        let dataset = [Subject { kind: DATASET.to_owned(), id: name.to_owned() }];
        if town.part::<Catalogue>().briefs(town, tx, &dataset, first_language(town))?.is_empty() {
            return Err(Refusal::new("conversation-source-dataset").at("sources").with("name", name).into());
        }
    }
    Ok(())
}

/// What an entry says in public of a conversation: its rules and times. The words of the question are sealed: they are
/// prose, and can be proved.
fn entry_of(
    one: &Conversation,
    saying: &'static str,
    actor: &Actor,
    now: Moment,
    chance: &dyn Chance,
) -> Result<Entry, DbError> {
    let view = json!({
        "moderation": one.moderation.word(), "entry": one.entry.word(), "eligible": one.eligible, "seed": one.seed,
        "writing_until": one.writing_until.map(Moment::rfc3339), "map_shown": one.map_shown.word(),
        "opens_at": one.opens_at.map(Moment::rfc3339), "closes_at": one.closes_at.map(Moment::rfc3339),
        "about_subject": one.about.as_ref().map(ToString::to_string),
    });
    let words = json!({"question": one.question, "introduction": one.introduction});
    Entry::about(one.subject(), saying, actor, now, chance).publicly(&view)?.privately(&words, chance)
}

/// How a conversation goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Advance {
    /// It becomes public.
    Publish,
    /// It ends now.
    Close,
    /// It goes on after it was ended by hand.
    Reopen,
}

impl Advance {
    fn saying(self) -> &'static str {
        match self {
            Self::Publish => "conversation.published",
            Self::Close => "conversation.closed",
            Self::Reopen => "conversation.reopened",
        }
    }

    fn applied(self, before: &Conversation, statements: usize, now: Moment) -> Result<Conversation, Refusal> {
        let mut after = before.clone();
        match (self, before.phase(now)) {
            (Self::Publish, Phase::Draft) if statements == 0 => {
                return Err(Refusal::conflict("conversation-needs-statements"));
            }
            (Self::Publish, Phase::Draft) => after.published_at = Some(now),
            (Self::Close, Phase::Open | Phase::Coming(_)) => after.closed_at = Some(now),
            (Self::Reopen, Phase::Closed(_)) if before.closed_at.is_some() && before.origin.is_none() => {
                (after.closed_at, after.counted_at) = (None, None);
            }
            _ => return Err(Refusal::conflict("conversation-not-now")),
        }
        Ok(after)
    }
}

/// Publishes, closes or reopens a conversation.
///
/// # Errors
/// `conversation-needs-statements`, `conversation-not-now`; `NotFound` for whoever may not lead it.
pub async fn advance_conversation(town: &Town, actor: Actor, code: &str, advance: Advance) -> Result<(), Stop> {
    let (now, chance, own, first) = (town.now(), town.chance_handle(), code.to_owned(), first_language(town));
    town.db()
        .write(move |tx| {
            let before = led_by(tx, &own, &actor)?;
            let asked = store::statements(tx, &own)?.iter().filter(|one| one.is_asked()).count();
            if advance == Advance::Publish && before.entry == WhoMay::Roll && store::count_roll(tx, &own)? == 0 {
                return Err(Refusal::conflict("conversation-roll-none").into());
            }
            let after = touched(advance.applied(&before, asked, now)?, now);
            store::update(tx, &after)?;
            make_findable(tx, &after, first)?;
            if advance == Advance::Publish {
                link_to_matter(tx, &Conversation { about: None, ..before }, &after, now)?;
            }
            let entry = entry_of(&after, advance.saying(), &actor, now, &*chance)?;
            log(tx, &after, &entry, (advance.saying(), None), (None, ""), (&actor, now))?;
            tx.commit(entry, ()).map_err(Stop::from)
        })
        .await?;
    Books::reread(town, code).await.map_err(Stop::from)
}

/// Puts a public conversation into the search.
pub(super) fn make_findable(tx: &mut Tx<'_>, one: &Conversation, language: Language) -> Result<(), DbError> {
    let mut text = String::new();
    for language in Language::ALL {
        for words in [one.question.exactly(language), one.introduction.exactly(language)].into_iter().flatten() {
            text.push_str(words);
            text.push(' ');
        }
    }
    let title = one.question.in_language(language).to_owned();
    let at = one.published_at.unwrap_or(one.made_at);
    search::put(tx, &search::Document { subject: one.subject(), title, text, at })
}

/// Says in the thread of what it is about that it is talked about here.
fn link_to_matter(tx: &mut Tx<'_>, before: &Conversation, after: &Conversation, now: Moment) -> Result<(), DbError> {
    if before.about == after.about {
        return Ok(());
    }
    let link = |about: &Subject| Link { from: after.subject(), relation: Relation::GrewOutOf, to: about.clone() };
    if let Some(about) = &before.about {
        links::unlink(tx, &link(about))?;
    }
    match &after.about {
        Some(about) => links::link(tx, &link(about), now),
        None => Ok(()),
    }
}

/// Puts another edition of the facts in force.
///
/// # Errors
/// Refusals of the facts; `NotFound` for whoever may not lead the conversation.
pub async fn set_facts(town: &Town, actor: Actor, code: &str, facts: FactsText) -> Result<(), Stop> {
    let (now, chance, own, house) = (town.now(), town.chance_handle(), code.to_owned(), town.clone());
    let checked = check_facts(&facts, &town.settings().languages).map_err(Stop::Refused)?;
    town.db()
        .write(move |tx| {
            let conversation = touched(led_by(tx, &own, &actor)?, now);
            datasets_are_there(&house, tx, &checked.sources)?;
            let version = store::newest_facts(tx, &own)?.map_or(1, |newest| newest.version + 1);
            let CheckedFacts { words, original, translated, sources } = checked;
            let facts = Facts { version, words, original, translated, sources, at: now };
            store::add_facts(tx, &own, &facts, &actor.handle)?;
            store::update(tx, &conversation)?;
            if conversation.published_at.is_none() {
                return tx.commit(DRAFT, ()).map_err(Stop::from);
            }
            let view = json!({
                "edition": version, "sources": facts.sources.len(), "original": facts.original, "translated": facts.translated,
            });
            let words = json!({"facts": facts.words, "sources": facts.sources});
            let entry = Entry::about(conversation.subject(), "conversation.facts-set", &actor, now, &*chance);
            let entry = entry.publicly(&view)?.privately(&words, &*chance)?;
            log(
                tx,
                &conversation,
                &entry,
                ("conversation.facts-set", None),
                (None, &version.to_string()),
                (&actor, now),
            )?;
            tx.commit(entry, ()).map_err(Stop::from)
        })
        .await?;
    Books::reread(town, code).await.map_err(Stop::from)
}

/// Promises something in answer to a conversation, in public.
///
/// # Errors
/// Refusals of the promise; `conversation-not-now` for a draft; `NotFound` for whoever may not lead it.
pub async fn add_promise(town: &Town, actor: Actor, code: &str, promise: PromiseText) -> Result<(), Stop> {
    let (now, chance, own) = (town.now(), town.chance_handle(), code.to_owned());
    let today = now.in_zone(&town.settings().zone).date();
    town.db()
        .write(move |tx| {
            let conversation = touched(led_by(tx, &own, &actor)?, now);
            if conversation.published_at.is_none() {
                return Err(Refusal::conflict("conversation-not-now").into());
            }
            let statements = store::statements(tx, &own)?;
            let known = |number: i64| statements.iter().any(|one| one.number == number);
            if promise.organisation != conversation.organisation && !actor.may_for(&FACILITATE, promise.organisation) {
                return Err(Refusal::new("conversation-promise-by").at("by").into());
            }
            let words: LocalText = check_promise(&promise, today, known).map_err(Stop::Refused)?;
            let due_on = Some(promise.due_on).filter(|day| !day.is_empty());
            let kept = Promise {
                number: 0,
                words,
                organisation: promise.organisation,
                by_whom: String::new(),
                due_on,
                statements: promise.statements,
                at: now,
            };
            let by = match kept.organisation {
                Some(id) => organisations::list(tx)?.into_iter().find(|one| one.id == id).map(|one| one.code),
                None => None,
            };
            let number = store::add_promise(tx, &own, &kept)?;
            let subject = Promise::subject(&own, number);
            links::link(tx, &Link { from: subject, relation: Relation::GrewOutOf, to: conversation.subject() }, now)?;
            store::update(tx, &conversation)?;
            let view = json!({
                "promise": number, "organisation": by, "due_on": kept.due_on, "statements": kept.statements,
            });
            let entry = Entry::about(conversation.subject(), "conversation.promised", &actor, now, &*chance);
            let words = json!({"promise": kept.words});
            let entry = entry.publicly(&view)?.privately(&words, &*chance)?;
            log(
                tx,
                &conversation,
                &entry,
                ("conversation.promised", None),
                (None, &number.to_string()),
                (&actor, now),
            )?;
            tx.commit(entry, ()).map_err(Stop::from)
        })
        .await?;
    Books::reread(town, code).await.map_err(Stop::from)
}
