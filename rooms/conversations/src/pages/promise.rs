//! One promise in answer to a conversation: who gave it, what it answers, what became of it.

use super::{
    crumbs, known,
    show::{PromiseShown, promise_shown},
};
use crate::{
    model::Promise,
    promised::Promised,
    views::{Said, is_public, path, said},
};
use axum::extract::State;
use web::{
    Answer, Frame, Stop, Town, Visit, Wants,
    answer::{json, page},
    parts::Crumb,
    visit::Path,
};

#[derive(askama::Template)]
#[template(path = "conversation_promise.html")]
struct PromisePage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    own: String,
    id: String,
    promise: PromiseShown,
    answers: Vec<Said>,
}

/// GET /conversations/{code}/promises/{number}
pub async fn show(State(town): State<Town>, visit: Visit, Path((code, number)): Path<(String, i64)>) -> Answer {
    let known = known(&town, &visit, &code)?;
    let promise = known.promises.iter().find(|one| one.number == number).ok_or(Stop::NotFound)?;
    let promised = Promised::of(&town, &known, visit.t.language()).await?;
    if visit.wants == Wants::Json {
        return json(&promised.view(&town, &code, promise, visit.t.language()));
    }
    let title = visit.t.with1("cpromise-one", "number", number);
    let answered = promise.statements.iter().filter_map(|number| known.statement(*number));
    page(&PromisePage {
        frame: Frame::new(&town, &visit, &title).twins(&visit, &[Wants::Json]),
        crumbs: crumbs(&visit, &known, &title),
        own: path(&code),
        id: Promise::subject(&code, number).id,
        promise: promise_shown(&town, &visit, &known, &promised, promise),
        answers: answered.filter(|one| is_public(one)).map(|one| said(one, visit.t.language())).collect(),
    })
}
