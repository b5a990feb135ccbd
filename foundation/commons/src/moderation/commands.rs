//! What can be done: load facts, decide, move the words, keep, record, commit. One act, one transaction, one entry.

use super::{
    MODERATE,
    addresses::{self, Counted},
    book,
    decide::{self, Act, Change, Decided, Deed, Facts, within},
    letters,
    model::{APPEAL_DAYS, Appeal, AppealEnd, Case, Cause, Decision, LogLine, NOTE_LIMIT, Report, Standing},
    reasons::{self, Reason},
    store, watch,
    withhold::{self, Mark},
};
use civic::{Actor, Chance, Moment, PersonId, Role, Subject};
use database::{DbError, OffRecord, Tx};
use record::Entry;
use serde_json::json;
use std::net::IpAddr;
use web::{
    Refusal, Stop, Town,
    manifest::Catalogue,
    moderated::{Contents, Moderated},
};

/// A report to the moderators.
#[derive(Debug, Clone)]
pub struct Flag {
    /// About what.
    pub subject: Subject,
    /// The code of the reason.
    pub reason: String,
    /// In the reporter's words.
    pub note: String,
    /// Who reports.
    pub actor: Actor,
    /// The hash of the secret their browser keeps.
    pub browser: Option<String>,
    /// From where, for counting only.
    pub address: IpAddr,
}

impl Flag {
    /// By what the reporter is known again: the account, else the browser.
    fn who(&self) -> Option<String> {
        let person = self.actor.person.map(|person| format!("person:{}", person.text()));
        person.or_else(|| self.browser.as_ref().map(|hash| format!("browser:{hash}")))
    }
}

/// Puts a subject before the moderators, and returns the matter on whose page it stands. Each account and each browser counts
/// once for a subject.
///
/// # Errors
/// `NotFound`; `report-too-often` (429); `report-address` for somebody without an account whose address reported it today;
/// `report-nobody` for somebody who cannot be known again; `report-own`, `report-already`,
/// `report-nothing-left`, `report-note-long`.
pub async fn report(town: &Town, flag: Flag) -> Result<Subject, Stop> {
    let (now, chance, own) = (town.now(), town.chance_handle(), town.clone());
    let note = within(&flag.note, "note", "report-note-long", NOTE_LIMIT)?;
    town.db()
        .write(move |tx| {
            let (moderated, contents) = readable(&own, tx, &flag.subject)?;
            let reason = reasons::templates(tx)?.choose(&flag.reason, "report-reason")?;
            count_address(tx, &own, &flag, now, &*chance)?;
            let who = flag.who().ok_or_else(|| Refusal::new("report-nobody"))?;
            if (moderated.is_author)(tx, &flag.subject.id, &flag.actor, None)? {
                return Err(Refusal::conflict("report-own").into());
            }
            if contents.parts.is_empty() {
                return Err(Refusal::conflict("report-nothing-left").into());
            }
            let mut case = watch::open_case(tx, &flag.subject, &contents, Cause::Reported, now, &*chance)?;
            let report = Report { reason, note, at: now };
            if !store::add_report(tx, &case.code, &flag.subject, &who, flag.actor.person, &report)? {
                return Err(Refusal::conflict("report-already").into());
            }
            case.reports += 1;
            case.organisation = contents.organisation;
            store::update(tx, &case)?;
            tx.commit(OffRecord("who reports what is private"), contents.about).map_err(Stop::from)
        })
        .await
}

/// Who empties the jar of cookies is still at the same address: that counts once a day, too.
fn count_address(tx: &mut Tx<'_>, town: &Town, flag: &Flag, now: Moment, chance: &dyn Chance) -> Result<(), Stop> {
    let most = town.settings().limits.flags_per_hour.get();
    // Accounts behind one address are each somebody; visitors are one.
    let what = match flag.actor.person {
        Some(person) => format!("{} {}", flag.subject, person.text()),
        None => flag.subject.to_string(),
    };
    match addresses::count_address(tx, flag.address, &what, most, now, chance)? {
        Counted::TooOften(seconds) => Err(Refusal::new("report-too-often").again_in(seconds).into()),
        Counted::Again if flag.actor.person.is_none() => Err(Refusal::conflict("report-address").into()),
        Counted::First | Counted::Again => Ok(()),
    }
}

/// What residents can read of a subject; what the score holds back might as well not exist.
pub(super) fn readable(town: &Town, tx: &mut Tx<'_>, subject: &Subject) -> Result<(Moderated, Contents), Stop> {
    let found = book::contents(town.part::<Catalogue>(), tx, subject)?.ok_or(Stop::NotFound)?;
    if watch::is_held(tx, subject)? { Err(Stop::NotFound) } else { Ok(found) }
}

/// A moderator's act as a form says it.
#[derive(Debug, Clone)]
pub struct Asked {
    /// What to do.
    pub deed: Deed,
    /// The code of the reason; empty for none.
    pub reason: String,
    /// Words to the author.
    pub note: String,
}

/// A moderator's act on a case.
///
/// # Errors
/// `NotFound` where the mandate does not reach; `moderation-meanwhile` for a form made from an older version;
/// `moderation-needs-person` for programs; refusals of the decision.
pub async fn act(
    town: &Town,
    actor: Actor,
    code: String,
    seen_version: Option<i64>,
    asked: Asked,
) -> Result<Case, Stop> {
    let (now, chance, own) = (town.now(), town.chance_handle(), town.clone());
    town.db()
        .write(move |tx| {
            let mut case = store::by_code_to_change(tx, &code)?.ok_or(Stop::NotFound)?;
            let found = book::contents(own.part::<Catalogue>(), tx, &case.subject)?;
            let contents = found.as_ref().map(|(_, contents)| contents);
            may_see(&actor, &case, contents)?;
            let by = actor.person.ok_or_else(|| Refusal::conflict("moderation-needs-person"))?;
            if seen_version.is_some_and(|seen| seen != case.version) {
                return Err(Refusal::conflict("moderation-meanwhile").into());
            }
            let reason = match asked.reason.as_str() {
                "" => None,
                code => Some(reasons::templates(tx)?.choose(code, "moderation-reason")?),
            };
            let act = Act { deed: asked.deed, reason, note: asked.note };
            let hides = !store::of_case(tx, &case.subject, case.code.as_str())?.is_empty();
            let decided = decide::decide(&Facts { case: &case, contents, hides, by }, act)?;
            let was_held = case.held;
            let parts = match &found {
                Some((moderated, contents)) => change_words(tx, &case, *moderated, contents, &decided, now)?,
                None => Vec::new(),
            };
            if was_held && decided.act == "hidden" {
                store::give_reason(tx, &case.subject, decided.reason.as_ref(), now)?;
            }
            settle(&mut case, &decided, by, &actor, now);
            case.organisation = contents.map_or(case.organisation, |contents| contents.organisation);
            store::update(tx, &case)?;
            if let Some(contents) = contents {
                letters::tell_author(tx, &own, &contents.author, &case.subject, &case.about, &decided, now)?;
            }
            let entry = keep(tx, &case, saying_of(decided.act), decided.reason.clone(), parts, &actor, now, &*chance)?;
            tx.commit(entry, case).map_err(Stop::from)
        })
        .await
}

/// Whether a mandate reaches a case; else it might as well not exist.
pub(super) fn may_see(actor: &Actor, case: &Case, contents: Option<&Contents>) -> Result<(), Stop> {
    let organisation = contents.map_or(case.organisation, |contents| contents.organisation);
    if actor.may_for(&MODERATE, organisation) { Ok(()) } else { Err(Stop::NotFound) }
}

/// Moves the words, and says which parts: those that moved, else those the case hides already.
fn change_words(
    tx: &mut Tx<'_>,
    case: &Case,
    moderated: Moderated,
    contents: &Contents,
    decided: &Decided,
    now: Moment,
) -> Result<Vec<String>, DbError> {
    match &decided.change {
        Change::Hide { parts, passage } if !case.held => {
            let mark = Mark { case: &case.code, reason: decided.reason.as_ref(), at: now };
            let chosen = |part: &web::moderated::Part| parts.contains(&part.name);
            withhold::hide(tx, moderated, &case.subject, contents, chosen, passage.as_deref(), &mark)
        }
        Change::Show => withhold::show(tx, moderated, &case.subject, &case.code),
        _ => {
            let hidden = store::of_case(tx, &case.subject, case.code.as_str())?;
            Ok(hidden.into_iter().map(|one| one.key).collect())
        }
    }
}

/// Writes what was decided into the case.
fn settle(case: &mut Case, decided: &Decided, by: PersonId, actor: &Actor, now: Moment) {
    let (note, handle, by) = (decided.note.clone(), actor.handle.clone(), Some(by));
    match decided.outcome {
        Ok(outcome) => {
            case.decision = Some(Decision { outcome, reason: decided.reason.clone(), note, at: now, by, handle });
        }
        Err(outcome) => {
            if let Some(appeal) = &mut case.appeal {
                appeal.ended = Some(AppealEnd { outcome, at: now, by, handle, note });
            }
        }
    }
    case.standing = Standing::Closed;
    case.held = false;
    case.version += 1;
}

/// The author appeals against what was decided last.
///
/// # Errors
/// `NotFound` for anybody but the author; refusals of the decision.
pub async fn appeal(
    town: &Town,
    actor: Actor,
    subject: Subject,
    secret: Option<String>,
    text: String,
) -> Result<Case, Stop> {
    let (now, chance, own) = (town.now(), town.chance_handle(), town.clone());
    town.db()
        .write(move |tx| {
            let (moderated, _) = book::contents(own.part::<Catalogue>(), tx, &subject)?.ok_or(Stop::NotFound)?;
            if !(moderated.is_author)(tx, &subject.id, &actor, secret.as_deref())? {
                return Err(Stop::NotFound);
            }
            let latest = store::latest_decided(tx, &subject)?;
            let latest = latest.ok_or_else(|| Refusal::conflict("appeal-nothing-hidden"))?;
            let mut case = store::by_code_to_change(tx, latest.code.as_str())?.ok_or(Stop::NotFound)?;
            let text = decide::appeal(&case, &text, now)?;
            case.appeal = Some(Appeal { text, at: now, due_at: appeal_due(&own, now), ended: None });
            case.standing = Standing::Appealed;
            case.queued_at = now;
            case.version += 1;
            store::update(tx, &case)?;
            let reason = case.decision.as_ref().and_then(|decision| decision.reason.clone());
            let entry = keep(tx, &case, "moderation.appealed", reason, Vec::new(), &actor, now, &*chance)?;
            tx.commit(entry, case).map_err(Stop::from)
        })
        .await
}

/// By when an appeal made now is decided, in the town's working days.
fn appeal_due(town: &Town, now: Moment) -> Option<Moment> {
    let length = service_clock::Length::Days(APPEAL_DAYS);
    let deadline = town.settings().calendar.deadline(now.timestamp(), length, &[]).ok()?;
    Some(deadline.at.into())
}

/// The line of the log and the entry of the record: what, why, which kinds of parts. Never a word of theirs.
#[expect(clippy::too_many_arguments, reason = "one line: what, why, by whom, when")]
fn keep(
    tx: &mut Tx<'_>,
    case: &Case,
    saying: &'static str,
    reason: Option<Reason>,
    parts: Vec<String>,
    actor: &Actor,
    now: Moment,
    chance: &dyn Chance,
) -> Result<Entry, DbError> {
    let role = role_of(actor, saying);
    let code = reason.as_ref().map_or("", |reason| reason.code.as_str());
    let mut view = json!({
        "case": case.code.as_str(), "about": case.about.to_string(), "on": case.about.id, "reason": code, "parts": parts, "role": role,
    });
    if let Some(words) = reason.as_ref().and_then(|reason| reason.words.as_ref()) {
        // The town's own words may change: the sentence of the record keeps those of now.
        view["detail"] = json!({"reason": words.name});
    }
    let entry = Entry::about(case.subject.clone(), saying, actor, now, chance).publicly(&view)?;
    let line = LogLine {
        id: entry.id().text(),
        at: now,
        case: case.code.to_string(),
        subject: case.subject.clone(),
        about: case.about.clone(),
        act: saying.trim_start_matches("moderation.").to_owned(),
        reason,
        parts,
        role: role.to_owned(),
        handle: actor.handle.clone(),
        appeal: String::new(),
    };
    store::add_line(tx, &line)?;
    Ok(entry)
}

/// As what somebody acted.
fn role_of(actor: &Actor, saying: &str) -> &'static str {
    match saying {
        "moderation.appealed" => "author",
        _ if actor.is(Role::Moderator) => Role::Moderator.word(),
        _ => Role::Administrator.word(),
    }
}

/// What the record says of an act.
fn saying_of(act: &str) -> &'static str {
    let saying = super::SAYINGS.iter().find(|saying| saying.name.strip_prefix("moderation.") == Some(act));
    saying.expect("every outcome has its saying").name
}
