//! The administrator sets up votes.

mod clerks;
mod edit;
mod list;
mod option;
mod read;
mod roll;
mod table;

pub(super) use clerks::{end, name};
pub(super) use list::list;
pub(super) use option::{correct, show as option_page};
pub(super) use roll::{codes, empty, file, roll, show as roll_page};

use crate::{
    commands::{Change, NewOption, change_vote, create_vote, publish_vote, vote_of, withdraw_vote},
    model::{BallotKind, Definition, Origin, Vote},
};
use axum::{extract::State, http::StatusCode};
use civic::LocalText;
use database::DbError;
use edit::show_edit;
use web::{
    Answer, Refusal, Stop, Town, Visit,
    answer::{see_other, see_other_saying},
    forms::{FormErrors, Submission},
    locals::local,
    visit::Path,
};

/// POST /admin/votes
pub async fn create(State(town): State<Town>, visit: Visit, form: Submission) -> Answer {
    let Some(title) = local(&form, "title") else {
        let errors = FormErrors::of(&[Refusal::new("vote-title-none").at("title")], &visit.t);
        return list::show_list(&town, &visit, errors, None).await;
    };
    let definition = read::fresh(&town, title, form.text("kind") == Some("poll"));
    let vote = create_vote(&town, definition, Origin::Held).await?;
    see_other(&format!("/admin/votes/{}", vote.code))
}

/// GET /admin/votes/{code}
pub async fn edit(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let vote = vote_of(&town, &code).await?;
    show_edit(&town, &visit, &vote, FormErrors::default()).await
}

/// POST /admin/votes/{code}: everything but the options.
pub async fn save(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let vote = vote_of(&town, &code).await?;
    let settings = match read::settings(&town, &vote, &form) {
        Ok(settings) => settings,
        Err(refusals) => return show_edit(&town, &visit, &vote, FormErrors::of(&refusals, &visit.t)).await,
    };
    let version = read::version(&form)?;
    let changed =
        change_vote(&town, visit.actor.clone(), &code, version, Change::Settings(Box::new(settings.clone()))).await;
    let typed = Vote { definition: Definition { options: vote.definition.options.clone(), ..settings }, ..vote };
    answered(&town, &visit, &typed, changed, "flash-vote-kept").await
}

/// POST /admin/votes/{code}/options: one option, a table of them, or what another subject offers.
pub async fn add(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let vote = vote_of(&town, &code).await?;
    let new = match form.text("how").unwrap_or("one") {
        "table" => table::options(&town, &form),
        "subject" => offered(&town, &form).await?,
        _ => read::option(&form, vote.is_budget()).map(|option| vec![option]),
    };
    let new = match new {
        Ok(new) => new,
        Err(refusals) => return show_edit(&town, &visit, &vote, FormErrors::of(&refusals, &visit.t)).await,
    };
    let changed = change_vote(&town, visit.actor.clone(), &code, read::version(&form)?, Change::Add(new)).await;
    answered(&town, &visit, &vote, changed, "flash-vote-options").await
}

/// What a subject of any room offers, as options.
async fn offered(town: &Town, form: &Submission) -> Result<Result<Vec<NewOption>, Vec<Refusal>>, Stop> {
    let typed = form.text("subject").unwrap_or_default();
    let unknown = || vec![Refusal::new("vote-subject").at("subject")];
    let Some((kind, id)) = typed.split_once('/') else { return Ok(Err(unknown())) };
    let subject = civic::Subject { kind: kind.to_owned(), id: id.to_owned() };
    let (own, by) = (town.clone(), subject.clone());
    let offers = town.db().read(move |tx| own.part::<web::manifest::Catalogue>().offers(&own, tx, &subject)).await;
    let offers = offers.map_err(|error: DbError| Stop::from(error))?.unwrap_or_default();
    let currency = town.settings().currency;
    let option = |offer: web::manifest::Offer| NewOption {
        title: LocalText::plain(offer.title),
        text: (!offer.summary.is_empty()).then(|| LocalText::plain(offer.summary)),
        cost_cents: offer.cost.filter(|cost| cost.currency == currency).map_or(0, |cost| cost.amount_cents),
        district: offer.district,
        from: Some(offer.subject),
        offered_by: Some(by.clone()),
    };
    if offers.is_empty() { Ok(Err(unknown())) } else { Ok(Ok(offers.into_iter().map(option).collect())) }
}

/// POST /admin/votes/{code}/remove
pub async fn remove(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let vote = vote_of(&town, &code).await?;
    let option = form.text("option").unwrap_or_default().to_owned();
    let changed = change_vote(&town, visit.actor.clone(), &code, read::version(&form)?, Change::Remove(option)).await;
    answered(&town, &visit, &vote, changed, "flash-vote-options").await
}

/// POST /admin/votes/{code}/publish
pub async fn publish(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let vote = vote_of(&town, &code).await?;
    let published = publish_vote(&town, visit.actor.clone(), &code).await;
    answered(&town, &visit, &vote, published, "flash-vote-published").await
}

/// POST /admin/votes/{code}/withdraw
pub async fn withdraw(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let vote = vote_of(&town, &code).await?;
    let withdrawn = withdraw_vote(&town, visit.actor.clone(), &code, form.text("why").unwrap_or_default()).await;
    answered(&town, &visit, &vote, withdrawn, "flash-vote-withdrawn").await
}

/// Back to the page of the vote, with what stands against it where something does.
async fn answered(town: &Town, visit: &Visit, vote: &Vote, done: Result<Vote, Stop>, flash: &'static str) -> Answer {
    match done {
        Ok(vote) => see_other_saying(&format!("/admin/votes/{}", vote.code), flash),
        Err(Stop::Refused(refusals)) if refusals.iter().all(|one| one.status == StatusCode::UNPROCESSABLE_ENTITY) => {
            show_edit(town, visit, vote, FormErrors::of(&refusals, &visit.t)).await
        }
        Err(other) => Err(other),
    }
}

/// The kind of ballot of this word, with its number.
fn ballot_kind(word: &str, number: u16) -> Option<BallotKind> {
    Some(match word {
        "one" => BallotKind::One,
        "approval" => BallotKind::Approval { most: number },
        "cart" => BallotKind::Cart,
        "ranking" => BallotKind::Ranking { most: number },
        "points" => BallotKind::Points { total: number },
        _ => return None,
    })
}
