//! A new text is scored; what looks like advertising waits for a moderator.

use super::{
    book,
    model::{Case, Cause, Standing},
    spam::{Sample, Verdict, score},
    store,
    withhold::{self, Mark},
};
use civic::{Actor, Chance, Code, EntryId, Moment, Role, Subject};
use database::{DbError, Tx};
use web::moderated::{Contents, Moderated, Part};

/// Days for which an account is new.
pub const NEW_ACCOUNT_DAYS: i64 = 3;
/// The shortest code of a case, in characters after `M-`; it grows when codes run out.
const CODE_LENGTH: usize = 4;
/// Draws before giving up.
const CODE_DRAWS: usize = 6;

/// What became of a new text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// It is public.
    Clear,
    /// It is public, and the moderators look at it.
    Marked,
    /// The moderators look at it first.
    Held,
}

/// A new text on a subject that is in the database already.
pub struct Text<'t> {
    /// What it says.
    pub text: &'t str,
    /// Who wrote it.
    pub author: &'t Actor,
    /// How often they sent the same within a day before.
    pub sent_before: u32,
    /// The names of the parts that are held back with it; photos always are.
    pub parts: &'t [&'t str],
}

/// Scores a new text in the transaction that keeps it, marks it for the moderators, or holds it back. Never deletes anything.
///
/// # Errors
/// Those of the database.
pub fn watch(
    tx: &mut Tx<'_>,
    moderated: Moderated,
    subject: &Subject,
    text: &Text<'_>,
    now: Moment,
    chance: &dyn Chance,
) -> Result<Seen, DbError> {
    let mut sample = Sample { text: text.text, new_author: false, sent_before: text.sent_before };
    if is_trusted(text.author) || score(&sample).points == 0 {
        return Ok(Seen::Clear);
    }
    sample.new_author = is_new(tx, text.author, now)?;
    let score = score(&sample);
    let verdict = score.verdict();
    let cause = match verdict {
        Verdict::Clear => return Ok(Seen::Clear),
        Verdict::Mark => Cause::Marked,
        Verdict::Hold => Cause::Held,
    };
    let Some(contents) = (moderated.read)(tx, &subject.id)? else { return Ok(Seen::Clear) };
    let mut case = open_case(tx, subject, &contents, cause, now, chance)?;
    case.points = i64::from(score.points);
    case.evidence = score.evidence;
    if verdict == Verdict::Mark {
        store::update(tx, &case)?;
        return Ok(Seen::Marked);
    }
    case.held = true;
    case.cause = Cause::Held;
    store::update(tx, &case)?;
    let mark = Mark { case: &case.code, reason: None, at: now };
    let held = |part: &Part| part.name.starts_with("photo:") || text.parts.contains(&part.name.as_str());
    let parts = withhold::hide(tx, moderated, subject, &contents, held, None, &mark)?;
    let line = super::model::LogLine {
        id: EntryId::new(now, chance).text(),
        at: now,
        case: case.code.to_string(),
        subject: subject.clone(),
        about: contents.about,
        act: "held".to_owned(),
        reason: None,
        parts,
        role: "score".to_owned(),
        handle: String::new(),
        appeal: String::new(),
    };
    store::add_line(tx, &line)?;
    Ok(Seen::Held)
}

/// Staff speak for the town. A program's key speaks for others.
fn is_trusted(author: &Actor) -> bool {
    [Role::Officer, Role::Moderator, Role::Administrator].into_iter().any(|role| author.is(role))
}

/// Whether somebody has no account, or a new one.
///
/// # Errors
/// Those of the database.
pub(crate) fn is_new(tx: &mut Tx<'_>, author: &Actor, now: Moment) -> Result<bool, DbError> {
    let account = author.person.map(|person| people::accounts::by_id(tx, person)).transpose()?.flatten();
    Ok(account.is_none_or(|account| account.created_at.plus_days(NEW_ACCOUNT_DAYS) > now))
}

/// The case that waits for a subject, held against change; a new one where none does.
///
/// # Errors
/// Those of the database.
pub(super) fn open_case(
    tx: &mut Tx<'_>,
    subject: &Subject,
    contents: &Contents,
    cause: Cause,
    now: Moment,
    chance: &dyn Chance,
) -> Result<Case, DbError> {
    for code in codes(chance) {
        if let Some(case) = store::waiting_of_to_change(tx, subject)? {
            return Ok(case);
        }
        store::insert(tx, &new_case(code, subject, contents, cause, now))?;
    }
    Err(DbError::Other("no free code was drawn for a case in six tries".to_owned()))
}

/// Codes to try for a new case, each longer than the one before.
pub(super) fn codes(chance: &dyn Chance) -> impl Iterator<Item = Code> + '_ {
    (0..CODE_DRAWS).map(|longer| Code::draw('M', CODE_LENGTH + longer, chance))
}

pub(super) fn new_case(code: Code, subject: &Subject, contents: &Contents, cause: Cause, now: Moment) -> Case {
    Case {
        code,
        subject: subject.clone(),
        about: contents.about.clone(),
        organisation: contents.organisation,
        cause,
        opened_at: now,
        queued_at: now,
        standing: Standing::Waiting,
        held: false,
        reports: 0,
        points: 0,
        evidence: Vec::new(),
        version: 1,
        decision: None,
        appeal: None,
    }
}

/// Whether the spam score holds a subject back: then it might as well not exist, but for its author and the moderators.
///
/// # Errors
/// Those of the database.
pub(super) fn is_held(tx: &mut Tx<'_>, subject: &Subject) -> Result<bool, DbError> {
    let hidden = store::of_subject(tx, subject)?;
    let comment = subject.kind == book::MODERATED_COMMENTS.kind;
    Ok(comment && hidden.iter().any(|one| one.held))
}
