//! The pages: who may take which, and what each shows.

mod activity;
mod administration;
mod cookies;
pub(crate) mod demo;
mod erased;
mod finding;
mod hours;
mod jobs;
mod mandates;
mod me;
mod organisations;
mod setup;
mod sign_in;
mod tokens;

use crate::acts;
use web::{Answer, Refusal, Route, Stop, Visit, Wants, visit::Credential};

pub(crate) fn routes() -> Vec<Route> {
    let mut routes = signing_in();
    routes.extend(account());
    routes.extend(administration());
    routes
}

fn signing_in() -> Vec<Route> {
    vec![
        Route::get("/sign-in", acts::SIGN_IN, sign_in::ask),
        Route::post("/sign-in", acts::SIGN_IN, sign_in::send),
        Route::get("/sign-in/sent", acts::SIGN_IN, sign_in::sent),
        Route::get("/sign-in/link/{secret}", acts::SIGN_IN, sign_in::confirm),
        Route::post("/sign-in/link/{secret}", acts::SIGN_IN, sign_in::enter),
        Route::post("/sign-out", acts::SIGN_IN, sign_in::leave),
        Route::get("/setup", acts::SET_UP, setup::ask),
        Route::post("/setup", acts::SET_UP, setup::make),
        Route::get("/mandates", acts::READ_MANDATES, mandates::list)
            .twins(&[Wants::Json, Wants::Csv])
            .documented(mandates::doc()),
    ]
}

fn account() -> Vec<Route> {
    vec![
        Route::get("/me", acts::KEEP_ACCOUNT, me::show).twins(&[Wants::Json]),
        Route::post("/me", acts::KEEP_ACCOUNT, me::save),
        Route::get("/me/activity", acts::KEEP_ACCOUNT, activity::show)
            .twins(activity::TWINS)
            .documented(activity::doc()),
        Route::post("/me/sessions/end-others", acts::KEEP_ACCOUNT, me::end_others),
        Route::get("/me/export", acts::KEEP_ACCOUNT, me::export).twins(&[Wants::Json]),
        Route::get("/me/erase", acts::KEEP_ACCOUNT, me::ask_to_erase),
        Route::post("/me/erase", acts::KEEP_ACCOUNT, me::erase),
        Route::get("/me/erased/{secret}", acts::READ_RECEIPT, erased::show).twins(&[Wants::Json]),
        Route::get("/me/tokens", acts::KEEP_TOKENS, tokens::list).twins(&[Wants::Json]),
        Route::post("/me/tokens", acts::KEEP_TOKENS, tokens::make),
        Route::post("/me/tokens/{id}/revoke", acts::KEEP_TOKENS, tokens::revoke),
    ]
}

fn administration() -> Vec<Route> {
    vec![
        Route::get("/admin/people", acts::GIVE_MANDATES, administration::list).twins(&[Wants::Json]),
        Route::post("/admin/people", acts::GIVE_MANDATES, administration::give),
        Route::get("/admin/people/find", acts::GIVE_MANDATES, finding::ask),
        Route::post("/admin/people/find", acts::GIVE_MANDATES, finding::find).documented(finding::doc()),
        Route::post("/admin/mandates/{id}/end", acts::GIVE_MANDATES, administration::end),
        Route::get("/admin/organisations", acts::KEEP_ORGANISATIONS, organisations::list).twins(&[Wants::Json]),
        Route::post("/admin/organisations", acts::KEEP_ORGANISATIONS, organisations::add),
        Route::get("/admin/organisations/{code}", acts::KEEP_ORGANISATIONS, hours::hours),
        Route::post("/admin/organisations/{code}", acts::KEEP_ORGANISATIONS, hours::set),
        Route::get("/admin/jobs", acts::KEEP_JOBS, jobs::list).twins(&[Wants::Json]),
        Route::post("/admin/jobs/{id}/retry", acts::KEEP_JOBS, jobs::retry),
        Route::post("/admin/jobs/{id}/discard", acts::KEEP_JOBS, jobs::discard),
    ]
}

/// What a form shows again instead of stopping: the refusals, for people; machines get the problem itself.
fn to_put_right(visit: &Visit, stop: Stop) -> Answer<Vec<Refusal>> {
    match stop {
        Stop::Refused(refusals) if visit.wants == Wants::Html => Ok(refusals),
        other => Err(other),
    }
}

/// A key must not make further keys, nor erase its person: whoever finds one would keep it for ever.
fn only_by_browser(visit: &Visit) -> Answer<()> {
    if visit.credential == Credential::Cookie {
        return Ok(());
    }
    Err(Refusal::new("people-by-browser").status(axum::http::StatusCode::FORBIDDEN).into())
}

/// The account of the visitor; programs without a person have none.
fn person_of(visit: &Visit) -> Answer<civic::PersonId> {
    visit.actor.person.ok_or(Stop::NotFound)
}
