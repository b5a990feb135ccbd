//! The page on which one option is corrected.

use super::{edit::district_choices, read};
use crate::{
    commands::{Change, change_vote, vote_of},
    decide,
    model::{Vote, VoteOption},
};
use axum::{extract::State, http::StatusCode};
use civic::{Language, LocalText};
use web::{
    Answer, Frame, Stop, Town, Visit,
    answer::{page_with, see_other_saying},
    forms::{FormErrors, Submission},
    locals::{LocalField, labelled_fields, local},
    parts::{Choice, Crumb},
    visit::Path,
};

#[derive(askama::Template)]
#[template(path = "keep_option.html")]
struct OptionPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    errors: FormErrors,
    code: String,
    id: String,
    version: i64,
    is_budget: bool,
    titles: Vec<LocalField>,
    texts: Vec<LocalField>,
    cost: String,
    cost_label: String,
    districts: Vec<Choice>,
}

/// What stands in the fields: what is kept, or what was sent and refused.
struct Typed {
    title: Option<LocalText>,
    text: Option<LocalText>,
    cost: String,
    district: String,
}

impl Typed {
    fn kept(option: &VoteOption) -> Self {
        Self {
            title: Some(option.title.clone()),
            text: option.text.clone(),
            cost: budgeting::amount::written(option.cost_cents.into(), 2),
            district: option.district.clone().unwrap_or_default(),
        }
    }

    fn sent(form: &Submission) -> Self {
        let field = |name: &str| form.text(name).unwrap_or_default().to_owned();
        Self {
            title: local(form, "option-title"),
            text: local(form, "option-text"),
            cost: field("cost"),
            district: field("district"),
        }
    }
}

/// GET /admin/votes/{code}/options/{option}
pub async fn show(State(town): State<Town>, visit: Visit, Path((code, option)): Path<(String, String)>) -> Answer {
    let vote = vote_of(&town, &code).await?;
    decide::may_change(&vote, visit.at)?;
    let at = vote.definition.find(&option).ok_or(Stop::NotFound)?;
    let typed = Typed::kept(&vote.definition.options[at]);
    option_page(&town, &visit, &vote, at, typed, FormErrors::default())
}

/// POST /admin/votes/{code}/options/{option}
pub async fn correct(
    State(town): State<Town>,
    visit: Visit,
    Path((code, option)): Path<(String, String)>,
    form: Submission,
) -> Answer {
    let vote = vote_of(&town, &code).await?;
    let at = vote.definition.find(&option).ok_or(Stop::NotFound)?;
    let done = match read::option(&form, vote.is_budget()) {
        Ok(new) => {
            let version = read::version(&form)?;
            change_vote(&town, visit.actor.clone(), &code, version, Change::Correct(option, new)).await
        }
        Err(refusals) => Err(Stop::Refused(refusals)),
    };
    match done {
        Ok(vote) => see_other_saying(&format!("/admin/votes/{}", vote.code), "flash-vote-options"),
        Err(Stop::Refused(refusals)) if refusals.iter().all(|one| one.status == StatusCode::UNPROCESSABLE_ENTITY) => {
            let errors = FormErrors::of(&refusals, &visit.t);
            option_page(&town, &visit, &vote, at, Typed::sent(&form), errors)
        }
        Err(other) => Err(other),
    }
}

fn option_page(town: &Town, visit: &Visit, vote: &Vote, at: usize, typed: Typed, errors: FormErrors) -> Answer {
    let t = &visit.t;
    let definition = &vote.definition;
    let option = &definition.options[at];
    let languages = &town.settings().languages;
    let local = |field: &str, key: &str, text: Option<&LocalText>| {
        labelled_fields(visit, languages, field, key, |language| written(text?, language, languages))
    };
    let currency = definition.budget.map(|budget| budget.currency.to_string()).unwrap_or_default();
    let mut districts = district_choices(town, visit);
    for choice in &mut districts {
        choice.chosen = choice.value == typed.district;
    }
    let crumb = |href: String, label: &str| Crumb { href, label: label.to_owned() };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    page_with(
        status,
        &OptionPage {
            frame: Frame::new(town, visit, t.say("keep-correct-title")),
            crumbs: vec![
                crumb("/admin/votes".to_owned(), t.say("keep-title")),
                crumb(format!("/admin/votes/{}", vote.code), definition.title.in_language(t.language())),
                crumb(String::new(), option.title.in_language(t.language())),
            ],
            errors,
            code: vote.code.to_string(),
            id: option.id.clone(),
            version: vote.version,
            is_budget: vote.is_budget(),
            titles: local("option-title", "keep-option-title", typed.title.as_ref()),
            texts: local("option-text", "keep-option-text", typed.text.as_ref()),
            cost: typed.cost,
            cost_label: t.with1("keep-cost", "currency", currency.as_str()),
            districts,
        },
    )
}

/// What is written in a language. Words that came from elsewhere in none of the town's languages stand in the first.
fn written<'w>(text: &'w LocalText, language: Language, languages: &[Language]) -> Option<&'w str> {
    let has_any = languages.iter().any(|one| text.exactly(*one).is_some());
    let is_first = languages.first() == Some(&language);
    text.exactly(language).or_else(|| (!has_any && is_first).then(|| text.in_language(language)))
}
