//! From a form to an act.

use crate::{
    decide::{DeskAct, pin_of},
    room::Books,
    store,
};
use civic::{Moment, PersonId, Role};
use commons::files::StoredPhoto;
use database::DbError;
use service_clock::Length;
use web::{Refusal, Stop, Town, forms::Submission};

/// The close of the agency's working time on a day, or on its next working day.
async fn close_of(town: &Town, code: &str, day: Option<&str>) -> Result<Option<Moment>, Stop> {
    let code = code.to_owned();
    let request = town.db().read(move |tx| store::by_code(tx, &code)).await?.ok_or(Stop::NotFound)?;
    let calendar = town.part::<Books>().calendar_of(request.organisation, &town.settings().calendar);
    let close = |day: &str| {
        let start = day.parse::<jiff::civil::Date>().ok()?.to_zoned(town.settings().zone.clone()).ok()?;
        calendar.deadline(start.timestamp(), Length::Days(0), &[]).ok()
    };
    Ok(day.and_then(close).map(|deadline| deadline.at.into()))
}

/// Whether an act only adds words, and so may be done on a page that has grown old.
pub(super) fn adds_only(act: &DeskAct) -> bool {
    matches!(act, DeskAct::Answer { .. } | DeskAct::Note { .. })
}

/// Reads the act that `word` names.
///
/// # Errors
/// `NotFound` for other words; a refusal for a choice that does not exist.
pub(super) async fn read(town: &Town, code: &str, word: &str, form: &Submission) -> Result<DeskAct, Stop> {
    let text = form.text("text").unwrap_or_default().to_owned();
    Ok(match word {
        "take" => DeskAct::Take,
        "assign" => assign(town, code, form).await?,
        "pass" => pass(town, form)?,
        "answer" => DeskAct::Answer { text },
        "note" => DeskAct::Note { text },
        "category" => recategorise(town, form)?,
        "place" => DeskAct::Relocate {
            place: pin_of(form.text("lat"), form.text("long"))?,
            address: form.text("address").unwrap_or_default().to_owned(),
        },
        "redact" => DeskAct::Redact { description: form.text("description").unwrap_or_default().to_owned() },
        "extend" => DeskAct::Extend { until: close_of(town, code, form.text("until")).await?, reason: text },
        "ask" => DeskAct::Ask { text },
        "continue" => DeskAct::GoOn { text },
        "resolve" => DeskAct::Resolve { what_was_done: text },
        "decline" => DeskAct::Decline { reason: text },
        "reopen" => DeskAct::Reopen { reason: text },
        _ => return Err(Stop::NotFound),
    })
}

/// Reads the act, and takes in the photo that came with its words.
///
/// # Errors
/// As [`read`]; `photo-not-here` for an act that shows none; those of taking it in.
pub(super) async fn read_with_photo(
    town: &Town,
    code: &str,
    word: &str,
    form: &Submission,
) -> Result<(DeskAct, Option<StoredPhoto>), Stop> {
    let act = read(town, code, word, form).await?;
    let Some(upload) = form.file("photo") else { return Ok((act, None)) };
    if !matches!(act, DeskAct::Answer { .. } | DeskAct::Resolve { .. } | DeskAct::Decline { .. }) {
        return Err(Refusal::new("photo-not-here").at("photo").into());
    }
    commons::files::take_in(town, upload.bytes.clone(), "").await.map(|photo| (act, Some(photo)))
}

/// Only to colleagues who answer for the same matters.
async fn assign(town: &Town, code: &str, form: &Submission) -> Result<DeskAct, Stop> {
    let unknown = || Stop::from(Refusal::new("officer-unknown").at("officer"));
    let officer: PersonId = form.text("officer").unwrap_or_default().parse().map_err(|_| unknown())?;
    let (code, now) = (code.to_owned(), town.now());
    let colleagues = town
        .db()
        .read(move |tx| {
            let request = store::by_code(tx, &code)?.ok_or(DbError::NotFound)?;
            people::mandates::holders(tx, Role::Officer, request.organisation, now)
        })
        .await?;
    let found = colleagues.into_iter().find(|(id, _)| *id == officer);
    found.map(|(officer, officer_name)| DeskAct::Assign { officer, officer_name }).ok_or_else(unknown)
}

fn pass(town: &Town, form: &Submission) -> Result<DeskAct, Refusal> {
    let code = form.text("organisation").unwrap_or_default();
    let organisations = town.part::<Books>().organisations();
    let found = organisations.values().find(|organisation| organisation.code == code);
    found
        .map(|organisation| DeskAct::Pass {
            organisation: organisation.id,
            organisation_code: organisation.code.clone(),
            suggested: form.is_ticked("suggested"),
        })
        .ok_or_else(|| Refusal::new("organisation-unknown").at("organisation"))
}

fn recategorise(town: &Town, form: &Submission) -> Result<DeskAct, Refusal> {
    let book = town.part::<Books>().categories();
    let found = form.text("category").and_then(|code| book.get(code)).filter(|category| category.active);
    found
        .map(|category| DeskAct::Recategorise {
            category: category.code.clone(),
            organisation: category.organisation,
            suggested: form.is_ticked("suggested"),
        })
        .ok_or_else(|| Refusal::new("category-unknown").at("category"))
}
