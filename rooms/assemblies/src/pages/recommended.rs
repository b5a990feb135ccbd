//! One recommendation: its words, the answer, and what grew out of it.

use super::{
    admin::local_fields,
    views::{Matter, recommendation, seen},
};
use crate::{acts, commands, model::Recommendation};
use axum::{extract::State, http::StatusCode};
use commons::thread::Near;
use database::Tx;
use web::{
    Answer, Frame, Stop, Town, Visit, Wants,
    answer::{json, page_with, see_other_saying},
    forms::{FormErrors, Submission},
    locals::{LocalFields, local},
    parts::Crumb,
    visit::Path,
};

#[derive(askama::Template)]
#[template(path = "assembly_recommendation.html")]
struct RecommendationPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    errors: FormErrors,
    own: String,
    words: String,
    at: String,
    answer: String,
    answered_at: String,
    body: String,
    answers: Option<LocalFields>,
    threads: String,
}

struct Found {
    matter: Matter,
    one: Recommendation,
    near: Vec<Near>,
}

async fn read(town: &Town, visit: &Visit, code: String, number: i64) -> Result<Found, Stop> {
    let (own, reader) = (town.clone(), visit.clone());
    let read = move |tx: &mut Tx<'_>| {
        let assembly = seen(tx, &code, &reader.actor)?;
        let matter = Matter::of(tx, assembly)?;
        let one = matter.recommendations.iter().find(|one| one.number == number).ok_or(Stop::NotFound)?.clone();
        let subject = Recommendation::subject(&code, number);
        let near = commons::thread::near(&own, tx, &subject, reader.t.language())?;
        Ok::<_, Stop>(Found { matter, one, near })
    };
    town.db().read(read).await
}

/// GET /assemblies/{code}/recommendations/{number}
pub async fn show(State(town): State<Town>, visit: Visit, Path((code, number)): Path<(String, i64)>) -> Answer {
    let found = read(&town, &visit, code, number).await?;
    if visit.wants != Wants::Html {
        return json(&recommendation(&town, &found.matter.assembly, &found.one, visit.t.language()));
    }
    compose(&town, &visit, &found, None, FormErrors::default(), StatusCode::OK)
}

fn compose(
    town: &Town,
    visit: &Visit,
    found: &Found,
    typed: Option<&Submission>,
    errors: FormErrors,
    status: StatusCode,
) -> Answer {
    let Found { matter, one, near } = found;
    let (t, language) = (&visit.t, visit.t.language());
    let (assembly, title) = (&matter.assembly, one.title.in_language(language).to_owned());
    let own = format!("/assemblies/{}", assembly.code);
    let body = matter.answered_by.as_ref().map(|one| one.name.in_language(language).to_owned());
    let before = one.answer.as_ref().map(|(_, words)| words.clone());
    let written = typed.and_then(|form| local(form, "rwords")).or(before);
    let answers = visit.actor.may_for(&acts::KEEP, assembly.plan.answered_by);
    let subject = Recommendation::subject(assembly.code.as_str(), one.number);
    page_with(
        status,
        &RecommendationPage {
            frame: Frame::new(town, visit, title.clone()).twins(visit, super::JSON),
            crumbs: vec![
                Crumb { href: "/assemblies".to_owned(), label: t.say("assemblies-title").to_owned() },
                Crumb { href: own.clone(), label: assembly.plan.title.in_language(language).to_owned() },
                Crumb { href: String::new(), label: title },
            ],
            errors,
            own: format!("{own}/recommendations/{}", one.number),
            words: commons::markdown::html(one.words.in_language(language)),
            at: visit.date_time(one.at),
            answer: match &one.answer {
                Some((_, words)) => commons::markdown::html(words.in_language(language)),
                None => String::new(),
            },
            answered_at: one.answer.as_ref().map(|(at, _)| visit.date_time(*at)).unwrap_or_default(),
            body: body.unwrap_or_else(|| t.say("assembly-town").to_owned()),
            answers: answers.then(|| local_fields(town, visit, "rwords", 6, written.as_ref())),
            threads: commons::thread::panel(town, visit, &subject, near),
        },
    )
}

/// POST /assemblies/{code}/recommendations/{number}/answer
pub async fn answer(
    State(town): State<Town>,
    visit: Visit,
    Path((code, number)): Path<(String, i64)>,
    form: Submission,
) -> Answer {
    let found = read(&town, &visit, code.clone(), number).await?;
    if !visit.actor.may_for(&acts::KEEP, found.matter.assembly.plan.answered_by) {
        return Err(Stop::NotAllowed);
    }
    let words = local(&form, "rwords").unwrap_or_else(|| civic::LocalText::plain(""));
    match commands::answer_recommendation(&town, visit.actor.clone(), code.clone(), number, words).await {
        Ok(()) => see_other_saying(&format!("/assemblies/{code}/recommendations/{number}"), "flash-assembly-answered"),
        Err(Stop::Refused(refusals)) => {
            let errors = FormErrors::of(&refusals, &visit.t);
            compose(&town, &visit, &found, Some(&form), errors, refusals[0].status)
        }
        Err(stop) => Err(stop),
    }
}
