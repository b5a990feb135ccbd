//! Somebody registers, changes what they said, and withdraws.

use super::views::{Matter, seen};
use crate::{commands, decide, model::Entrant, store};
use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
};
use serde_json::json;
use std::collections::BTreeMap;
use web::{
    Answer, Frame, Stop, Town, Visit, Wants,
    answer::{json as json_answer, page_with, see_other_saying},
    forms::{FormErrors, Submission},
    parts::{Choice, Crumb},
    visit::Path,
};

/// A category that is asked.
struct Question {
    field: String,
    label: String,
    choices: Vec<Choice>,
}

#[derive(askama::Template)]
#[template(path = "assembly_register.html")]
struct RegisterPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    errors: FormErrors,
    code: String,
    questions: Vec<Question>,
    registered: bool,
}

async fn read(town: &Town, visit: &Visit, code: String) -> Result<(Matter, Option<Entrant>), Stop> {
    let actor = visit.actor.clone();
    let read = move |tx: &mut database::Tx<'_>| {
        let assembly = seen(tx, &code, &actor)?;
        let mine = match actor.person {
            Some(person) => store::of_person(tx, &code, person)?,
            None => None,
        };
        Ok::<_, Stop>((Matter::of(tx, assembly)?, mine))
    };
    town.db().read(read).await
}

/// GET /assemblies/{code}/register
pub async fn form(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let (matter, mine) = read(&town, &visit, code).await?;
    let now = decide::is_open(&matter.assembly, visit.at).and_then(|()| match matter.assembly.plan.open {
        true => Ok(()),
        false => Err(web::Refusal::conflict("assembly-invited")),
    });
    now?;
    let chosen = mine.as_ref().map(|mine| mine.answers.clone()).unwrap_or_default();
    show(&town, &visit, &matter, &chosen, mine.is_some(), FormErrors::default(), StatusCode::OK)
}

fn show(
    town: &Town,
    visit: &Visit,
    matter: &Matter,
    chosen: &[String],
    registered: bool,
    errors: FormErrors,
    status: StatusCode,
) -> Answer {
    let (t, language) = (&visit.t, visit.t.language());
    let question = |(place, category): (usize, &lottery::Category)| {
        let choice = |feature: &lottery::Feature| Choice {
            value: feature.name.clone(),
            label: matter.labels.of(&feature.name, language),
            detail: String::new(),
            chosen: chosen.get(place) == Some(&feature.name),
        };
        Question {
            field: format!("answer-{place}"),
            label: matter.labels.of(&category.name, language),
            choices: category.features.iter().map(choice).collect(),
        }
    };
    let title = matter.assembly.plan.title.in_language(language).to_owned();
    let code = matter.assembly.code.to_string();
    let mut answer = page_with(
        status,
        &RegisterPage {
            frame: Frame::new(town, visit, t.say("assembly-register")),
            crumbs: vec![
                Crumb { href: "/assemblies".to_owned(), label: t.say("assemblies-title").to_owned() },
                Crumb { href: format!("/assemblies/{code}"), label: title },
                Crumb { href: String::new(), label: t.say("assembly-register").to_owned() },
            ],
            errors,
            code,
            questions: matter.categories.iter().enumerate().map(question).collect(),
            registered,
        },
    )?;
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(answer)
}

/// POST /assemblies/{code}/register
pub async fn register(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let (matter, mine) = read(&town, &visit, code.clone()).await?;
    let typed = |place: usize| form.text(&format!("answer-{place}")).unwrap_or_default().to_owned();
    let chosen: Vec<String> = (0..matter.categories.len()).map(typed).collect();
    let names = matter.categories.iter().map(|category| category.name.clone());
    let given: BTreeMap<String, String> = names.zip(chosen.iter().cloned()).collect();
    match commands::register(&town, visit.actor.clone(), code.clone(), given).await {
        Ok(entrant) if visit.wants != Wants::Html => json_answer(&json!({"ticket": entrant.ticket})),
        Ok(_) => see_other_saying(&format!("/assemblies/{code}"), "flash-assembly-registered"),
        Err(Stop::Refused(refusals)) if visit.wants == Wants::Html && refusals[0].status != StatusCode::CONFLICT => {
            let errors = FormErrors::of(&refusals, &visit.t);
            show(&town, &visit, &matter, &chosen, mine.is_some(), errors, refusals[0].status)
        }
        Err(stop) => Err(stop),
    }
}

/// POST /assemblies/{code}/withdraw
pub async fn withdraw(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    commands::withdraw(&town, visit.actor.clone(), code.clone()).await?;
    if visit.wants != Wants::Html {
        return json_answer(&json!({}));
    }
    see_other_saying(&format!("/assemblies/{code}"), "flash-assembly-withdrawn")
}
