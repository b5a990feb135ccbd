//! A steward writes a survey down, designs its form, publishes it, and puts its close off.

use crate::{
    acts, commands,
    model::{Definition, KINDS, Standing, Survey, Who},
    store,
};
use axum::{extract::State, http::StatusCode};
use civic::{LocalText, Moment, Subject};
use forms::Designer;
use jiff::{civil::DateTime, tz::TimeZone};
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit,
    answer::{page_with, see_other_saying},
    forms::{FormErrors, Submission},
    locals::{LocalFields, local, local_fields},
    parts::{Choice, Crumb},
    visit::{Path, Query},
};

#[derive(askama::Template)]
#[template(path = "survey_edit.html")]
struct EditPage {
    frame: Frame,
    errors: FormErrors,
    crumbs: Vec<Crumb>,
    code: String,
    version: i64,
    state: String,
    chip: &'static str,
    private: bool,
    runs: bool,
    counted: bool,
    zone: String,
    questions: usize,
    texts: Vec<LocalFields>,
    who: Vec<Choice>,
    belongs: String,
    opens: String,
    closes: String,
}

#[derive(askama::Template)]
#[template(path = "survey_form.html")]
struct FormPage {
    frame: Frame,
    errors: FormErrors,
    crumbs: Vec<Crumb>,
    designer: Designer,
}

/// What was typed of the times and the matter, which may be unreadable.
struct Typed {
    opens: String,
    closes: String,
    belongs: String,
}

/// A survey of one's own.
async fn own(town: &Town, visit: &Visit, code: String) -> Result<Survey, Stop> {
    let survey = town.db().read(move |tx| store::by_code(tx, &code)?.ok_or(Stop::NotFound)).await?;
    if visit.actor.may_for(&acts::KEEP, survey.organisation) { Ok(survey) } else { Err(Stop::NotAllowed) }
}

fn moment(text: &str, zone: &TimeZone) -> Option<Moment> {
    let local: DateTime = text.parse().ok()?;
    local.to_zoned(zone.clone()).ok().map(|zoned| zoned.timestamp().into())
}

fn typed_of(town: &Town, survey: &Survey) -> Typed {
    let zone = &town.settings().zone;
    Typed {
        opens: web::dates::of_field(survey.opens_at, zone),
        closes: web::dates::of_field(survey.closes_at, zone),
        belongs: survey.definition.belongs_to.as_ref().map(ToString::to_string).unwrap_or_default(),
    }
}

/// GET /admin/surveys/{code}
pub async fn edit(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let survey = own(&town, &visit, code).await?;
    let typed = typed_of(&town, &survey);
    show(&town, &visit, &survey, typed, FormErrors::default(), StatusCode::OK)
}

fn show(town: &Town, visit: &Visit, survey: &Survey, typed: Typed, errors: FormErrors, status: StatusCode) -> Answer {
    let t = &visit.t;
    let standing = survey.standing(visit.at);
    let text = |name: &str, rows: usize, text: Option<&LocalText>| {
        let hint = format!("survey-{name}-hint");
        let hint = if t.has(&hint) { t.say(&hint) } else { "" };
        local_fields(town, name, t.say(&format!("survey-{name}-label")), hint, rows, text)
    };
    let definition = &survey.definition;
    let who = Who::ALL.iter().map(|one| Choice {
        value: one.word().to_owned(),
        label: t.say(super::list::who_key(*one)).to_owned(),
        detail: t.say(&format!("survey-who-{}-detail", one.word())).to_owned(),
        chosen: *one == definition.who,
    });
    page_with(
        status,
        &EditPage {
            frame: Frame::new(town, visit, definition.title.in_language(t.language())),
            errors,
            crumbs: crumbs(visit, survey, ""),
            code: survey.code.clone(),
            version: survey.version,
            state: t.say(standing.key()).to_owned(),
            chip: standing.chip(),
            private: standing == Standing::Private,
            runs: matches!(standing, Standing::Open | Standing::Coming),
            counted: standing == Standing::Counted,
            zone: town.settings().zone.iana_name().unwrap_or("UTC").to_owned(),
            questions: definition.form.fields().count(),
            texts: vec![
                text("title", 1, Some(&definition.title)),
                text("summary", 2, Some(&definition.summary)),
                text("about", 6, definition.about.as_ref()),
            ],
            who: who.collect(),
            belongs: typed.belongs,
            opens: typed.opens,
            closes: typed.closes,
        },
    )
}

fn crumbs(visit: &Visit, survey: &Survey, here: &str) -> Vec<Crumb> {
    let title = survey.definition.title.in_language(visit.t.language()).to_owned();
    let mut crumbs = vec![Crumb { href: "/admin/surveys".to_owned(), label: visit.t.say("surveys-admin").to_owned() }];
    if here.is_empty() {
        crumbs.push(Crumb { href: String::new(), label: title });
    } else {
        crumbs.push(Crumb { href: format!("/admin/surveys/{}", survey.code), label: title });
        crumbs.push(Crumb { href: String::new(), label: here.to_owned() });
    }
    crumbs
}

fn seen_version(form: &Submission) -> i64 {
    form.text("version").and_then(|text| text.parse().ok()).unwrap_or(-1)
}

/// POST /admin/surveys/{code}
pub async fn save(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let mut survey = own(&town, &visit, code.clone()).await?;
    let field = |name: &str| form.text(name).unwrap_or_default().to_owned();
    let typed = Typed { opens: field("opens"), closes: field("closes"), belongs: field("belongs") };
    let (definition, times, mut refusals) = read(&town, &survey.definition, &form, &typed);
    survey.definition = definition.clone();
    if let Some(times) = times.filter(|_| refusals.is_empty()) {
        let at = (code.clone(), seen_version(&form));
        match commands::save(&town, visit.actor.clone(), at, definition, times).await {
            Ok(_) => return see_other_saying(&format!("/admin/surveys/{code}"), "flash-survey-saved"),
            Err(Stop::Refused(more)) => refusals = more,
            Err(stop) => return Err(stop),
        }
    }
    let errors = FormErrors::of(&refusals, &visit.t);
    show(&town, &visit, &survey, typed, errors, refusals[0].status)
}

type ReadForm = (Definition, Option<(Moment, Moment)>, Vec<Refusal>);

fn read(town: &Town, was: &Definition, form: &Submission, typed: &Typed) -> ReadForm {
    let zone = &town.settings().zone;
    let mut refusals = Vec::new();
    let times = moment(&typed.opens, zone).zip(moment(&typed.closes, zone));
    if times.is_none() {
        refusals.push(Refusal::new("survey-times").at("opens"));
    }
    let belongs_to = match typed.belongs.split_once('/') {
        Some((kind, id)) => Some(Subject { kind: kind.to_owned(), id: id.to_owned() }),
        None if typed.belongs.is_empty() => None,
        None => {
            refusals.push(Refusal::new("survey-belongs").at("belongs"));
            was.belongs_to.clone()
        }
    };
    let nothing = || LocalText::plain("");
    let definition = Definition {
        title: local(form, "title").unwrap_or_else(nothing),
        summary: local(form, "summary").unwrap_or_else(nothing),
        about: local(form, "about"),
        who: form.text("who").and_then(Who::of_word).unwrap_or(was.who),
        belongs_to,
        form: was.form.clone(),
    };
    (definition, times, refusals)
}

/// Which question is put right.
#[derive(serde::Deserialize)]
pub struct AskedQuestion {
    question: Option<String>,
}

/// GET /admin/surveys/{code}/form
pub async fn form(
    State(town): State<Town>,
    visit: Visit,
    Path(code): Path<String>,
    Query(asked): Query<AskedQuestion>,
) -> Answer {
    let survey = own(&town, &visit, code).await?;
    let filled = asked.question.as_deref().map_or(forms::Filled::Nothing, forms::Filled::Question);
    show_form(&town, &visit, &survey, filled, FormErrors::default(), StatusCode::OK)
}

fn show_form(
    town: &Town,
    visit: &Visit,
    survey: &Survey,
    filled: forms::Filled<'_>,
    errors: FormErrors,
    status: StatusCode,
) -> Answer {
    let form = &survey.definition.form;
    let id = town.url(&format!("/surveys/{}/schema", survey.code));
    let schema = forms::write(form, &id, &survey.definition.title);
    let schema = serde_json::to_string_pretty(&schema).map_err(Stop::fault)?;
    let at = (format!("/admin/surveys/{}/form", survey.code), survey.version);
    let title = visit.t.say("survey-form-title");
    page_with(
        status,
        &FormPage {
            frame: Frame::new(town, visit, title),
            errors,
            crumbs: crumbs(visit, survey, title),
            designer: forms::designer(town, visit, form, KINDS, at, schema, filled),
        },
    )
}

/// POST /admin/surveys/{code}/form
pub async fn change_form(State(town): State<Town>, visit: Visit, Path(code): Path<String>, sent: Submission) -> Answer {
    let survey = own(&town, &visit, code.clone()).await?;
    let times = (survey.opens_at, survey.closes_at);
    let saved = match forms::changed(&survey.definition.form, &sent) {
        Ok(form) => {
            let definition = Definition { form, ..survey.definition.clone() };
            commands::save(&town, visit.actor.clone(), (code.clone(), seen_version(&sent)), definition, times).await
        }
        Err(refusals) => Err(Stop::Refused(refusals)),
    };
    match saved {
        Ok(_) => see_other_saying(&format!("/admin/surveys/{code}/form"), "flash-survey-saved"),
        Err(Stop::Refused(refusals)) => {
            let errors = FormErrors::of(&refusals, &visit.t);
            show_form(&town, &visit, &survey, forms::Filled::Typed(&sent), errors, refusals[0].status)
        }
        Err(stop) => Err(stop),
    }
}

/// POST /admin/surveys/{code}/publish
pub async fn publish(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let survey = own(&town, &visit, code.clone()).await?;
    match commands::publish(&town, visit.actor.clone(), code.clone()).await {
        Ok(_) => see_other_saying(&format!("/surveys/{code}"), "flash-survey-published"),
        Err(Stop::Refused(refusals)) => again(&town, &visit, &survey, typed_of(&town, &survey), &refusals),
        Err(stop) => Err(stop),
    }
}

fn again(town: &Town, visit: &Visit, survey: &Survey, typed: Typed, refusals: &[Refusal]) -> Answer {
    show(town, visit, survey, typed, FormErrors::of(refusals, &visit.t), refusals[0].status)
}

/// POST /admin/surveys/{code}/prolong
pub async fn prolong(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let survey = own(&town, &visit, code.clone()).await?;
    let text = form.text("closes").unwrap_or_default().to_owned();
    let prolonged = match moment(&text, &town.settings().zone) {
        Some(closes_at) => commands::prolong(&town, visit.actor.clone(), code.clone(), closes_at).await,
        None => Err(Refusal::new("survey-times").at("closes").into()),
    };
    match prolonged {
        Ok(_) => see_other_saying(&format!("/admin/surveys/{code}"), "flash-survey-prolonged"),
        Err(Stop::Refused(refusals)) => {
            let typed = Typed { closes: text, ..typed_of(&town, &survey) };
            again(&town, &visit, &survey, typed, &refusals)
        }
        Err(stop) => Err(stop),
    }
}
