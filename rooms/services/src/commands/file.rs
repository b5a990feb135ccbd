//! A draft becomes an application.

use super::{calendar_of, due, letters};
use crate::{
    appointments, fees, joint,
    model::{Application, Charges, Definition, Grant, Look, State, Step},
    prefill::{self, Taken},
    store::{self, Draft},
    team,
};
use civic::{Chance, Code, EntryId, Moment, OrganisationId, secret};
use database::{DbError, OffRecord, Tx};
use forms::{Answers, Kind, missing};
use people::EmailAddress;
use std::collections::BTreeSet;
use web::{Refusal, Stop, Town};

/// The shortest reference, in characters after `A-`; it grows when references run out.
const CODE_LENGTH: usize = 6;
/// Draws before giving up.
const CODE_DRAWS: usize = 5;
/// Minutes of writing that count at most: who comes back the next day did not write all night.
const MINUTES_LIMIT: i64 = 8 * 60;

/// An application that was filed: the secret of its address is told once.
#[derive(Debug, Clone)]
pub struct Filed {
    /// It.
    pub application: Application,
    /// The secret.
    pub secret: String,
}

/// What is filed, however it came.
pub struct Filing<'f> {
    /// What was written.
    pub draft: Draft,
    /// The version whose form was filled in.
    pub definition: &'f Definition,
    /// Who answers.
    pub organisation: OrganisationId,
    /// Whether it was made up for the demo.
    pub is_simulated: bool,
}

/// Files a draft. A link that is used a second time finds nothing.
///
/// # Errors
/// `NotFound`; `answers-open` with how many questions must still be answered.
pub async fn file(town: &Town, secret: String) -> Result<Filed, Stop> {
    let (own, chance) = (town.clone(), town.chance_handle());
    town.db()
        .write(move |tx| {
            let draft =
                store::draft_to_change(tx, &secret)?.filter(|one| one.reopens.is_empty()).ok_or(Stop::NotFound)?;
            let definition = store::version_of(tx, &draft.service, draft.number)?.ok_or(Stop::NotFound)?;
            let organisation = store::service(tx, &draft.service)?.ok_or(Stop::NotFound)?.organisation;
            let open = missing(&definition.form, &draft.answers).len();
            if open > 0 {
                return Err(Refusal::new("answers-open").with("count", open).into());
            }
            joint::enough(definition.joint, joint::of_owner(tx, &draft.hash)?.len())?;
            if !store::drop_draft(tx, &draft.hash)? {
                return Err(Stop::NotFound);
            }
            let (hash, prefilled, pilot) = (draft.hash.clone(), draft.prefilled.clone(), draft.pilot.clone());
            let filing = Filing { draft, definition: &definition, organisation, is_simulated: false };
            let mut filed = put(tx, &own, filing, &*chance)?;
            store::mark_pilot(tx, &filed.application.code, &pilot)?;
            note_prefilled(tx, &own, &filed.application, &definition, &prefilled, &*chance)?;
            store::hand_over(tx, &hash, filed.application.code.as_str())?;
            letters::filed(tx, &own, &filed, &definition)?;
            joint::hand_over(tx, &own, &hash, &filed.application, &definition, &*chance)?;
            appointments::hand_over(tx, &own, &hash, &filed.application, &*chance)?;
            // Shared out when it is known who applies: to nobody who does.
            if let Some(officer) = team::for_new(tx, &own, &filed.application, &definition)? {
                team::assign(tx, &mut filed.application, &officer, own.now(), &*chance)?;
            }
            let reason = OffRecord("that somebody applied is nobody's business; the decision is recorded");
            tx.commit(reason, filed).map_err(Stop::from)
        })
        .await
}

/// Keeps what was taken from where: in the thread of this application, and in the list of those who looked at each one it came from.
fn note_prefilled(
    tx: &mut Tx<'_>,
    town: &Town,
    one: &Application,
    definition: &Definition,
    prefilled: &[Taken],
    chance: &dyn Chance,
) -> Result<(), DbError> {
    if prefilled.is_empty() {
        return Ok(());
    }
    let now = town.now();
    let step = Step {
        id: EntryId::new(now, chance).text(),
        at: now,
        what: "prefilled".to_owned(),
        actor: "applicant".to_owned(),
        body: prefill::in_words(prefilled, &definition.form, &town.words().of(one.language), one.language),
        is_internal: false,
    };
    store::add_step(tx, &one.code, &step)?;
    let from: BTreeSet<Code> = prefilled.iter().filter_map(|taken| taken.from.parse().ok()).collect();
    for code in from {
        if store::by_code(tx, code.as_str())?.is_none_or(|earlier| earlier.is_erased) {
            continue;
        }
        // Whoever wrote the answers wrote them again: nobody else looked.
        let look = Look { at: now, actor: "applicant".to_owned(), why: "reused".to_owned() };
        store::add_look(tx, &EntryId::new(now, chance).text(), &code, &look)?;
    }
    Ok(())
}

/// Keeps an application.
pub(super) fn put(tx: &mut Tx<'_>, town: &Town, filing: Filing<'_>, chance: &dyn Chance) -> Result<Filed, Stop> {
    let (now, secret) = (town.now(), secret(chance));
    let calendar = calendar_of(town, tx, filing.organisation)?;
    let due_at = due(&calendar, now, filing.definition.answer_days, &[], now)?;
    let (charges, definition) = (filing.definition.charges, filing.definition);
    let mut application = application_of(filing, now.in_zone(&town.settings().zone).date(), now, due_at, chance)?;
    let is_entered = !application.clerk.is_empty();
    for draw in 0..CODE_DRAWS {
        application.code = Code::draw('A', CODE_LENGTH + draw, chance);
        if store::insert(tx, &application, &store::hash_of(&secret))? {
            let step = Step {
                id: EntryId::new(now, chance).text(),
                at: now,
                what: "filed".to_owned(),
                actor: if is_entered { application.clerk.clone() } else { "applicant".to_owned() },
                body: String::new(),
                is_internal: false,
            };
            store::add_step(tx, &application.code, &step)?;
            if is_entered {
                let look = Look { at: now, actor: application.clerk.clone(), why: "entered".to_owned() };
                store::add_look(tx, &EntryId::new(now, chance).text(), &application.code, &look)?;
            }
            if charges == Charges::Filing {
                fees::file(tx, town, &application, definition, chance)?;
            }
            return Ok(Filed { application, secret });
        }
    }
    Err(Stop::Fault("no reference is free".to_owned()))
}

fn application_of(
    filing: Filing<'_>,
    day: jiff::civil::Date,
    now: Moment,
    due_at: Moment,
    chance: &dyn Chance,
) -> Result<Application, DbError> {
    let Filing { draft, definition, organisation, is_simulated } = filing;
    let answers = draft.answers.settled(&definition.form);
    // The receipt is the first letter.
    let email = first_of(definition, &answers, Kind::Email).and_then(|text| text.parse::<EmailAddress>().ok());
    let letters = i64::from(email.is_some());
    let minutes = (now.seconds_since(draft.begun_at) / 60).clamp(0, MINUTES_LIMIT);
    Ok(Application {
        code: Code::draw('A', CODE_LENGTH, chance),
        service: draft.service,
        number: draft.number,
        organisation,
        district: first_of(definition, &answers, Kind::District),
        channel: draft.channel,
        language: draft.language,
        clerk: draft.clerk,
        person: draft.person,
        email,
        finding: crate::rules::finding(definition, &answers, day),
        answers,
        filed_at: now,
        due_at,
        stood: Vec::new(),
        state: State::Received,
        state_at: now,
        officer: String::new(),
        decided_at: None,
        decided_by: String::new(),
        reasons: String::new(),
        grant: Grant::default(),
        appeal_until: None,
        appeal: None,
        was_incomplete: false,
        minutes,
        pages: draft.pages,
        letters,
        is_simulated,
        is_erased: false,
        version: 1,
    })
}

/// The first answer to a question of this kind.
pub(crate) fn first_of(definition: &Definition, answers: &Answers, kind: Kind) -> Option<String> {
    let mut fields = definition.form.fields().filter(|(page, field)| page.repeat == 0 && field.kind == kind);
    fields.find_map(|(_, field)| answers.0.get(&field.name)?.as_str().map(str::to_owned))
}
