//! The draw at the desk: the lottery is worked out, a panel is drawn, free seats are filled.

use super::{
    keep::{crumbs, own},
    show::{DrawLine, draw_line},
    views::{Matter, source},
};
use crate::{
    commands,
    decide::Begin,
    model::{Kind, State},
};
use axum::{extract::State as Given, http::StatusCode};
use web::{
    Answer, Frame, Stop, Town, Visit,
    answer::{page_with, see_other_saying},
    forms::{FormErrors, Submission},
    parts::Crumb,
    visit::Path,
};

#[derive(askama::Template)]
#[template(path = "assembly_desk.html")]
struct DeskPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    errors: FormErrors,
    code: String,
    published: bool,
    over: bool,
    first: bool,
    state: &'static str,
    next: DrawLine,
    fault: String,
    since: String,
    source: String,
    free: String,
    has_free: bool,
    draws: Vec<DrawLine>,
    reason: String,
    new_source: String,
    value: String,
}

/// GET /admin/assemblies/{code}/draw
pub async fn show(Given(town): Given<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let matter = own(&town, &visit, code).await?;
    compose(&town, &visit, &matter, &Submission::default(), FormErrors::default(), StatusCode::OK)
}

fn compose(
    town: &Town,
    visit: &Visit,
    matter: &Matter,
    form: &Submission,
    errors: FormErrors,
    status: StatusCode,
) -> Answer {
    let (t, one) = (&visit.t, &matter.assembly);
    let field = |name: &str| form.text(name).unwrap_or_default().to_owned();
    let next = matter.draws.last();
    let free = crate::decide::seats_left(&matter.members, visit.at);
    page_with(
        status,
        &DeskPage {
            frame: Frame::new(town, visit, t.say("assembly-draw")),
            crumbs: crumbs(visit, matter, t.say("assembly-draw")),
            errors,
            code: one.code.to_string(),
            published: next.is_some(),
            over: visit.at >= one.closes_at,
            first: next.is_some_and(|next| next.kind == Kind::First),
            state: next.map(|next| next.state.word()).unwrap_or_default(),
            fault: next.filter(|n| n.state == State::Failed).map(|n| n.fault.clone()).unwrap_or_default(),
            since: next.map(|next| visit.date_time(next.state_at)).unwrap_or_default(),
            source: next.map(|next| source(one, next)).unwrap_or_default(),
            next: match next {
                Some(next) => draw_line(visit, next),
                None => DrawLine {
                    number: 0,
                    title: String::new(),
                    state: String::new(),
                    when: String::new(),
                    reason: String::new(),
                },
            },
            free: t.with1("assembly-free-count", "count", free as i64),
            has_free: free > 0,
            draws: matter.draws.iter().filter(|draw| draw.is_drawn()).map(|draw| draw_line(visit, draw)).collect(),
            reason: field("reason"),
            new_source: field("source"),
            value: field("value"),
        },
    )
}

/// POST /admin/assemblies/{code}/draw/begin
pub async fn begin(Given(town): Given<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let matter = own(&town, &visit, code.clone()).await?;
    let text = |name: &str| form.text(name).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    let asked = Begin { again: form.is_ticked("again").then(|| text("reason")), source: text("source") };
    match commands::begin_draw(&town, visit.actor.clone(), code.clone(), asked).await {
        Ok(_) => see_other_saying(&format!("/admin/assemblies/{code}/draw"), "flash-assembly-begun"),
        Err(Stop::Refused(refusals)) => {
            let errors = FormErrors::of(&refusals, &visit.t);
            compose(&town, &visit, &matter, &form, errors, refusals[0].status)
        }
        Err(stop) => Err(stop),
    }
}

/// POST /admin/assemblies/{code}/draw
pub async fn draw(Given(town): Given<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let matter = own(&town, &visit, code.clone()).await?;
    let number = form.text("number").and_then(|text| text.parse().ok()).ok_or(Stop::NotFound)?;
    let value = form.text("value").unwrap_or_default().to_owned();
    match commands::draw_panel(&town, visit.actor.clone(), code.clone(), number, value).await {
        Ok(_) => see_other_saying(&format!("/assemblies/{code}/draws/{number}"), "flash-assembly-drawn"),
        Err(Stop::Refused(refusals)) => {
            let errors = FormErrors::of(&refusals, &visit.t);
            compose(&town, &visit, &matter, &form, errors, refusals[0].status)
        }
        Err(stop) => Err(stop),
    }
}
