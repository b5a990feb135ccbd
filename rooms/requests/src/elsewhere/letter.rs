//! Agencies that answer by letter: a private link, by which they answer without an account.

use super::{
    agency_itself,
    model::{Forward, ForwardKey, ForwardState},
};
use crate::{
    commands::{Applied, apply, finish, hash_of},
    decide::{DeskAct, DeskFacts, decide_at_desk},
    model::ServiceRequest,
    room::Books,
    store,
    views::{Eyes, headline},
};
use axum::http::StatusCode;
use civic::{Moment, secret};
use database::{DbError, Tx};
use people::{
    EmailAddress,
    mail::{self, Mail},
};
use web::{Refusal, Stop, Town};

/// Days for which the link of a letter is good.
pub const LINK_DAYS: i64 = 90;

/// Writes the letter with the report and a new private link. Who reported is not named in it.
pub(super) fn write(
    town: &Town,
    tx: &mut Tx<'_>,
    request: &ServiceRequest,
    key: ForwardKey,
    to: &EmailAddress,
    now: Moment,
) -> Result<(), DbError> {
    let link_key = secret(town.chance());
    let until = now.plus_days(LINK_DAYS);
    store::save_letter_key(tx, key, &hash_of(&link_key), until)?;
    let language = town.settings().languages.first().copied().unwrap_or_default();
    let (t, eyes) = (town.words().of(language), Eyes::new(town, language));
    let row = eyes.row(request);
    let code = request.code.as_str();
    let answers = eyes.answers(request).into_iter().map(|one| format!("{}\n{}", one.question, one.answers.join(", ")));
    let report: Vec<String> = std::iter::once(request.description.clone()).chain(answers).collect();
    let values = [
        ("code", code.into()),
        ("what", headline(&row).into()),
        ("report", report.join("\n\n").trim().into()),
        ("page", town.url(&format!("/requests/{code}")).into()),
        ("link", town.url(&format!("/requests/{code}/agency?key={link_key}")).into()),
        ("until", web::dates::date(until, &town.settings().zone, language).into()),
    ];
    let (subject, body_text) = (t.with("mail-forward-subject", &values), t.with("mail-forward-body", &values));
    mail::put(tx, &Mail { to: to.clone(), subject, body_text }, now, town.chance()).map(|_| ())
}

/// What an agency does by its private link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LetterAct {
    /// Answers in public.
    Answer,
    /// Puts an end to it: it was put right.
    Resolve,
    /// Puts an end to it: it will not be done.
    Decline,
}

impl LetterAct {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Answer, Self::Resolve, Self::Decline];

    /// As in forms.
    pub fn word(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::Resolve => "resolve",
            Self::Decline => "decline",
        }
    }

    fn with(self, text: String) -> DeskAct {
        match self {
            Self::Answer => DeskAct::Answer { text },
            Self::Resolve => DeskAct::Resolve { what_was_done: text },
            Self::Decline => DeskAct::Decline { reason: text },
        }
    }
}

/// An act by a private link.
#[derive(Debug, Clone)]
pub struct LetterCommand {
    /// The request's code.
    pub code: String,
    /// The key of the link.
    pub key: String,
    /// The version that was seen.
    pub seen_version: Option<i64>,
    /// What is done.
    pub act: LetterAct,
    /// The words.
    pub text: String,
    /// A photo that was taken in already (see commons), to be shown with the words.
    pub photo: Option<commons::files::StoredPhoto>,
}

/// The request behind a private link.
///
/// # Errors
/// `NotFound` for a key that opens nothing, or nothing any more because another agency answers; `agency-link-over` (410) when
/// its time is over.
pub fn open_letter(tx: &mut Tx<'_>, code: &str, key: &str, now: Moment) -> Result<(ServiceRequest, Forward), Stop> {
    let request = store::by_code(tx, code)?.ok_or(Stop::NotFound)?;
    let forward = if key.is_empty() { None } else { store::forward_by_key(tx, &hash_of(key))? };
    let fits = |forward: &Forward| {
        forward.key == ForwardKey { request: request.id, organisation: request.organisation }
            && forward.state == ForwardState::Sent
    };
    let forward = forward.filter(fits).ok_or(Stop::NotFound)?;
    if forward.key_until.is_none_or(|until| until <= now) {
        return Err(Refusal::new("agency-link-over").status(StatusCode::GONE).into());
    }
    Ok((request, forward))
}

/// Does it: a public step of the agency. The same words sent twice are kept once.
///
/// # Errors
/// Those of [`open_letter`]; `changed-meanwhile` and `said-already` (409); refusals of the decision.
pub async fn act_by_letter(town: &Town, command: LetterCommand) -> Result<ServiceRequest, Stop> {
    let own = town.clone();
    let acted = town.db().write(move |tx| {
        let now = own.now();
        // Held first, so that nobody passes it on between looking and acting.
        let mut request = store::by_code_to_change(tx, &command.code)?.ok_or(Stop::NotFound)?;
        open_letter(tx, &command.code, &command.key, now)?;
        if command.seen_version != Some(request.version) {
            return Err(Refusal::conflict("changed-meanwhile").into());
        }
        if command.text == store::last_agency_words(tx, request.id)? && !command.text.is_empty() {
            return Err(Refusal::conflict("agency-said-already").at("text").into());
        }
        let (books, calendar) = (own.part::<Books>(), &own.settings().calendar);
        let facts = DeskFacts {
            request: &request,
            officer: None,
            officer_name: "",
            district: Ok(None),
            promised: None,
            after_waiting: books.due_after_waiting(&request, calendar, now),
            reachable: crate::commands::is_reachable(tx, &request)?,
            now,
        };
        let change = decide_at_desk(&facts, command.act.with(command.text))?;
        let agency = books.organisation_code(request.organisation);
        let applied: Applied = apply(tx, &mut request, change, &agency_itself(), &agency, now, own.chance())?;
        if let (Applied::Public(entry), Some(photo)) = (&applied, &command.photo) {
            commons::files::attach(tx, photo, &civic::Subject::new(crate::model::STEP, entry.id().text()))?;
        }
        finish(tx, applied, request)
    });
    acted.await
}
