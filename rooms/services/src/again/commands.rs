//! Applicants answer questions again that an officer opened.

use super::{
    Revision, asked,
    decide::{changed_fields, merged, open_pages},
    put_asked, revisions,
    store::{add_revision, draft_for, move_draft},
};
use crate::{
    commands::{Begun, calendar_of, due, first_of, is_applicant, letters, saved},
    decide::{ApplicantAct, Change, apply, decide_applicant},
    fees, joint,
    model::{Application, Definition, State},
    store::{self, Draft},
};
use civic::{Actor, secret};
use database::{DbError, OffRecord, Tx};
use forms::{Answers, FormPage, Kind, missing};
use people::EmailAddress;
use web::{Refusal, Stop, Town};

const PRIVATE: OffRecord = OffRecord("what an applicant answers is private; the decision on it is recorded");

/// What a draft answers again.
#[derive(Debug, Clone)]
pub struct Again {
    /// The reference of the application.
    pub code: String,
    /// The questions that are open.
    pub asked: Vec<String>,
    /// What was answered so far.
    pub before: Answers,
}

impl Again {
    /// The pages that can be answered, given what is written by now.
    pub fn pages<'f>(&self, definition: &'f Definition, now: &Answers) -> Vec<&'f FormPage> {
        open_pages(&definition.form, &self.before, now, &self.asked)
    }

    /// What would hold if what is written by now were sent.
    pub fn merged(&self, definition: &Definition, now: &Answers) -> Answers {
        merged(&definition.form, &self.before, now, &self.asked)
    }
}

fn waiting(tx: &mut Tx<'_>, code: &str) -> Result<(Application, Again), Stop> {
    let one = store::by_code_to_change(tx, code)?.ok_or(Stop::NotFound)?;
    let asked = asked(tx, code)?;
    if !matches!(one.state, State::Incomplete { .. }) || asked.is_empty() {
        return Err(Refusal::conflict("application-not-waiting").into());
    }
    let again = Again { code: code.to_owned(), asked, before: one.answers.clone() };
    Ok((one, again))
}

/// Who goes on with a draft that answers again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holder {
    /// The first applicant, by a key of the application or their account.
    First,
    /// Somebody who has confirmed that they apply too.
    Other,
}

/// Who goes on with a draft that answers again, by how things stand today: `None` where its key opens the application no more. A draft of
/// who is signed in names them and lies under a secret of its own; one that is written under a key names nobody.
fn holder_of(tx: &mut Tx<'_>, draft: &Draft) -> Result<Option<Holder>, DbError> {
    let code = &draft.reopens;
    let is_owner = match draft.person {
        Some(person) => store::by_code(tx, code)?.is_some_and(|one| one.person == Some(person)),
        None => false,
    };
    if is_owner || store::is_key_hash(tx, code, &draft.hash)? {
        return Ok(Some(Holder::First));
    }
    Ok(joint::is_confirmed_hash(tx, code, &draft.hash)?.then_some(Holder::Other))
}

/// Whether a draft can still be read and written: one that will be filed, by whoever has its secret; one that answers again, as long as its
/// key opens the application to somebody who applies.
///
/// # Errors
/// `NotFound` where it cannot.
pub fn still_open(tx: &mut Tx<'_>, draft: &Draft) -> Result<(), Stop> {
    if draft.reopens.is_empty() || holder_of(tx, draft)?.is_some() { Ok(()) } else { Err(Stop::NotFound) }
}

/// What a draft answers again; `None` for one that will be filed.
///
/// # Errors
/// Those of the database.
pub async fn of_draft(town: &Town, draft: &Draft) -> Result<Option<Again>, Stop> {
    if draft.reopens.is_empty() {
        return Ok(None);
    }
    let code = draft.reopens.clone();
    let read = move |tx: &mut Tx<'_>| {
        let one = store::by_code(tx, &code)?.ok_or(DbError::NotFound)?;
        Ok(Some(Again { asked: asked(tx, &code)?, before: one.answers, code }))
    };
    town.db().read(read).await.map_err(|error: DbError| error.into())
}

/// Opens the questions for whoever may answer: the secret under which they are answered, and the first page. Who comes by a key answers under
/// that key, so that they find their way back; what was written before is still there.
///
/// # Errors
/// `NotFound` for everybody else; `application-not-waiting` where nothing is open.
pub async fn reopen(town: &Town, actor: Actor, code: String, key: String) -> Result<Begun, Stop> {
    let (now, chance) = (town.now(), town.chance_handle());
    town.db()
        .write(move |tx| {
            let found = store::by_code(tx, &code)?.ok_or(Stop::NotFound)?;
            let has_key = is_applicant(tx, &actor, &found, &key, true)?;
            let (one, again) = waiting(tx, &code)?;
            let own = if has_key { key } else { secret(&*chance) };
            let hash = store::hash_of(&own);
            let person = one.person.filter(|_| !has_key);
            let definition = store::version_of(tx, &one.service, one.number)?.ok_or(Stop::NotFound)?;
            let begun = draft_for(tx, &code)?;
            let answers = match begun.as_deref() {
                Some(kept) if kept == hash => store::draft_of(tx, &own)?.map(|draft| draft.answers),
                Some(kept) => {
                    move_draft(tx, kept, &hash, person)?;
                    store::draft_of(tx, &own)?.map(|draft| draft.answers)
                }
                None => None,
            };
            let page = |answers: &Answers| {
                let pages = again.pages(&definition, answers);
                pages.first().map_or_else(|| "check".to_owned(), |page| page.id.clone())
            };
            if let Some(answers) = answers {
                let begun = Begun { page: page(&answers), secret: own };
                return tx.commit(PRIVATE, begun).map_err(Stop::from);
            }
            let draft = Draft {
                hash,
                service: one.service.clone(),
                number: one.number,
                answers: one.answers.clone(),
                language: one.language,
                channel: one.channel,
                clerk: String::new(),
                person,
                begun_at: now,
                updated_at: now,
                pages: 0,
                prefilled: Vec::new(),
                pilot: String::new(),
                reopens: code.clone(),
            };
            store::add_draft(tx, &draft)?;
            let begun = Begun { page: page(&one.answers), secret: own };
            tx.commit(PRIVATE, begun).map_err(Stop::from)
        })
        .await
}

/// Changes where letters go, where the answer to that changed: links sent anew go there, so only the first applicant changes it. Answers
/// the address before.
fn new_address(
    one: &mut Application,
    definition: &Definition,
    answers: &Answers,
    holder: Holder,
) -> Result<Option<EmailAddress>, Refusal> {
    let address = |answers: &Answers| {
        first_of(definition, answers, Kind::Email).and_then(|text| text.parse::<EmailAddress>().ok())
    };
    let new = address(answers);
    if new == address(&one.answers) {
        return Ok(None);
    }
    if holder != Holder::First {
        return Err(Refusal::new("answers-email"));
    }
    Ok(std::mem::replace(&mut one.email, new))
}

/// Sends what was answered again: the earlier answers are kept, the rules of the same version speak anew by the law of the day of filing, and
/// the clock runs on. `text` is what the applicant says besides; may be empty.
///
/// # Errors
/// `NotFound`; `answers-email` where somebody who applies too changes where letters go; `answers-open` with how many questions must still be answered; `answers-same` where nothing is new and nothing is said;
/// `application-not-waiting`.
pub async fn send(town: &Town, secret: String, text: String) -> Result<Application, Stop> {
    let (own, now, chance) = (town.clone(), town.now(), town.chance_handle());
    town.db()
        .write(move |tx| {
            // The case is held before the draft, as where the questions are opened.
            let code = store::draft_of(tx, &secret)?.ok_or(Stop::NotFound)?.reopens;
            let (mut one, again) = waiting(tx, &code)?;
            let draft = store::draft_to_change(tx, &secret)?.ok_or(Stop::NotFound)?;
            let holder = holder_of(tx, &draft)?.ok_or(Stop::NotFound)?;
            let definition = store::version_of(tx, &one.service, one.number)?.ok_or(Stop::NotFound)?;
            let answers = again.merged(&definition, &draft.answers);
            let open = missing(&definition.form, &answers).len();
            if open > 0 {
                return Err(Refusal::new("answers-open").with("count", open).into());
            }
            let changed = changed_fields(&definition.form, &again.before, &answers, one.language);
            let text = text.trim();
            if changed.is_empty() && text.is_empty() {
                return Err(Refusal::new("answers-same").at("text").into());
            }
            let says = own.words().of(one.language);
            let said = if changed.is_empty() {
                text.to_owned()
            } else {
                let list = says.with1("sv-again-said", "questions", changed.join(" · "));
                format!("{text}\n{list}").trim().to_owned()
            };
            let number = revisions(tx, &again.code)?.len() as i64 + 1;
            let before = Revision { number, at: now, answers: again.before.clone(), finding: one.finding.clone() };
            add_revision(tx, &again.code, &before)?;
            let day = one.filed_at.in_zone(&own.settings().zone).date();
            one.finding = crate::rules::finding(&definition, &answers, day);
            one.district = first_of(&definition, &answers, Kind::District);
            let old = new_address(&mut one, &definition, &answers, holder)?;
            one.answers = answers;
            // Whoever said yes said it to the answers before: they are told.
            let are_others = joint::of_owner(tx, &again.code)?.iter().any(|other| other.consent.is_confirmed());
            let letter = are_others && !changed.is_empty() && !one.is_simulated;
            let change = decide_applicant(&one, ApplicantAct::Answer { text: said }, now)?;
            let change = Change { letter, ..change };
            apply(&mut one, &change, "applicant", now);
            let calendar = calendar_of(&own, tx, one.organisation)?;
            one.due_at = due(&calendar, one.filed_at, definition.answer_days, &one.stood, now)?;
            store::update_answers(tx, &one)?;
            let step = saved(tx, &one, &change, "applicant", now, &*chance)?;
            if change.letter {
                letters::said(tx, &own, &one, &definition, &change, &step)?;
            }
            if let Some(old) = old.filter(|_| !one.is_simulated) {
                letters::moved(tx, &own, &one, &definition, old)?;
            }
            fees::again(tx, &own, &one, &definition, &*chance)?;
            store::hand_over(tx, &draft.hash, one.code.as_str())?;
            // Nobody applies with, or books for, a draft that is not filed.
            joint::erase(tx, &draft.hash)?;
            crate::appointments::give_up_draft(tx, &draft.hash)?;
            store::drop_draft(tx, &draft.hash)?;
            put_asked(tx, &again.code, &[])?;
            tx.commit(PRIVATE, one).map_err(Stop::from)
        })
        .await
}
