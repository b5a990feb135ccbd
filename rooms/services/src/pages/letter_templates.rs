//! Letters that an office keeps, to be chosen when somebody is written to.

use super::{keep::seen_version, own::title_of, with_status};
use crate::{
    acts,
    letter_templates::{self, LetterTemplate, Written},
    model::Service,
    store,
};
use axum::{extract::State, http::StatusCode};
use civic::Language;
use database::DbError;
use people::organisations::{self, Organisation};
use schemars::JsonSchema;
use serde::Serialize;
use web::{
    Answer, Frame, Route, Stop, Town, Visit, Wants,
    answer::{json, page_with, see_other_saying},
    forms::{FormErrors, Submission},
    locals::{LocalFields, local, local_fields},
    manifest::Doc,
    openapi::schema_of,
    parts::{Choice, Crumb},
    visit::Path,
};

const HERE: &str = "/admin/services/letter-templates";
/// Lines in which a letter is written.
const ROWS: usize = 8;

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get(HERE, acts::KEEP, list).twins(&[Wants::Json]).documented(doc()),
        Route::post(HERE, acts::KEEP, keep),
        Route::get("/admin/services/letter-templates/{id}", acts::KEEP, edit),
        Route::post("/admin/services/letter-templates/{id}", acts::KEEP, change),
        Route::post("/admin/services/letter-templates/{id}/retire", acts::KEEP, retire),
    ]
}

fn doc() -> Doc {
    Doc::new("services", "Letters that one's own agencies keep, to be named as `template` where somebody is written to")
        .answers(200, "application/json", "The letters, by name.", schema_of::<TemplatesView>())
}

/// Kept letters, for programs.
#[derive(Debug, Serialize, JsonSchema)]
struct TemplatesView {
    /// Those in use, by name.
    templates: Vec<TemplateView>,
}

/// A kept letter.
#[derive(Debug, Serialize, JsonSchema)]
struct TemplateView {
    /// Its id.
    id: String,
    /// The code of the agency that writes it.
    organisation: String,
    /// The code of the service it is for; absent for all services of the agency.
    #[serde(skip_serializing_if = "Option::is_none")]
    service: Option<String>,
    /// What the office calls it.
    name: String,
    /// Its text by language, with fields in braces.
    texts: std::collections::BTreeMap<String, String>,
    /// How often it was written.
    version: i64,
    /// Fields that some of the services it is for have no question for: their applicants cannot get it.
    lacks: Vec<LackView>,
}

/// A field that some services do not have.
#[derive(Debug, Serialize, JsonSchema)]
struct LackView {
    /// The field.
    name: String,
    /// The codes of the services without it.
    services: Vec<String>,
}

struct Line {
    id: String,
    name: String,
    about: String,
    lacks: Vec<String>,
}

#[derive(askama::Template)]
#[template(path = "services_letter_templates.html")]
struct ListPage {
    frame: Frame,
    errors: FormErrors,
    crumbs: Vec<Crumb>,
    lines: Vec<Line>,
    form: Fields,
    organisations: Vec<Choice>,
}

#[derive(askama::Template)]
#[template(path = "services_letter_template.html")]
struct EditPage {
    frame: Frame,
    errors: FormErrors,
    crumbs: Vec<Crumb>,
    id: String,
    version: i64,
    lacks: Vec<String>,
    /// What somebody else keeps by now, beside what was typed.
    kept: Option<Kept>,
    form: Fields,
}

/// A letter as it is kept.
struct Kept {
    line: Line,
    /// Its text by language: the tag, what the language is called, the text.
    texts: Vec<(&'static str, &'static str, String)>,
}

/// What both pages ask.
struct Fields {
    name: String,
    texts: LocalFields,
    services: Vec<Choice>,
}

/// All that the pages need of one's own agencies.
struct Own {
    organisations: Vec<Organisation>,
    services: Vec<Service>,
    templates: Vec<LetterTemplate>,
}

async fn own(town: &Town, visit: &Visit) -> Result<Own, Stop> {
    let actor = visit.actor.clone();
    let found = town.db().read(move |tx| {
        let mut organisations = organisations::list(tx)?;
        organisations.retain(|by| actor.may_for(&acts::KEEP, Some(by.id)));
        let ids: Vec<_> = organisations.iter().map(|by| by.id).collect();
        let mut services = store::services_all(tx)?;
        services.retain(|one| ids.contains(&one.organisation));
        Ok(Own { templates: letter_templates::of_organisations(tx, &ids)?, organisations, services })
    });
    found.await.map_err(|error: DbError| error.into())
}

impl Own {
    fn agency(&self, one: &LetterTemplate) -> Option<&Organisation> {
        self.organisations.iter().find(|by| by.id == one.organisation)
    }

    fn lacks(&self, visit: &Visit, one: &LetterTemplate) -> Vec<String> {
        let said = |lack: &letter_templates::Lack| {
            let titles: Vec<String> =
                lack.services.iter().map(|code| title_of(&self.services, code, visit.t.language())).collect();
            visit.t.with2("sv-kept-lacks", "name", lack.name.as_str(), "services", titles.join(", "))
        };
        letter_templates::lacks(one, &self.services).iter().map(said).collect()
    }

    fn line(&self, visit: &Visit, one: &LetterTemplate) -> Line {
        let language = visit.t.language();
        let agency = self.agency(one).map(|by| by.name.in_language(language).to_owned()).unwrap_or_default();
        let service = match &one.service {
            Some(code) => title_of(&self.services, code, language),
            None => visit.t.say("sv-kept-all-services").to_owned(),
        };
        let about = format!("{agency} · {service} · {}", visit.date(one.changed_at));
        Line { id: one.id.clone(), name: one.name.clone(), about, lacks: self.lacks(visit, one) }
    }

    fn kept(&self, visit: &Visit, one: &LetterTemplate) -> Kept {
        let text = |language: Language| {
            one.texts.exactly(language).map(|text| (language.tag(), language.own_name(), text.to_owned()))
        };
        Kept { line: self.line(visit, one), texts: Language::ALL.into_iter().filter_map(text).collect() }
    }

    fn view(&self, one: &LetterTemplate) -> TemplateView {
        let texts = Language::ALL.into_iter();
        let texts = texts.filter_map(|language| {
            one.texts.exactly(language).map(|text| (language.tag().to_owned(), text.to_owned()))
        });
        let lack = |lack: letter_templates::Lack| LackView { name: lack.name, services: lack.services };
        TemplateView {
            id: one.id.clone(),
            organisation: self.agency(one).map(|by| by.code.clone()).unwrap_or_default(),
            service: one.service.clone(),
            name: one.name.clone(),
            texts: texts.collect(),
            version: one.version,
            lacks: letter_templates::lacks(one, &self.services).into_iter().map(lack).collect(),
        }
    }

    /// `of` leaves the services of one agency to choose from.
    fn fields(&self, town: &Town, visit: &Visit, typed: &Written, of: Option<&LetterTemplate>) -> Fields {
        let t = &visit.t;
        let all = Choice {
            value: String::new(),
            label: t.say("sv-kept-all-services").to_owned(),
            detail: String::new(),
            chosen: typed.service.is_empty(),
        };
        let choice = |one: &Service| Choice {
            value: one.code.clone(),
            label: one.draft.title.in_language(t.language()).to_owned(),
            detail: String::new(),
            chosen: one.code == typed.service,
        };
        let services = self.services.iter().filter(|one| of.is_none_or(|of| of.organisation == one.organisation));
        Fields {
            name: typed.name.clone(),
            texts: local_fields(town, "text", t.say("sv-kept-text"), "", ROWS, typed.texts.as_ref()),
            services: std::iter::once(all).chain(services.map(choice)).collect(),
        }
    }
}

fn crumbs(visit: &Visit, name: Option<&str>) -> Vec<Crumb> {
    let t = &visit.t;
    let here = Crumb { href: HERE.to_owned(), label: t.say("sv-kept-title").to_owned() };
    let last = name.map(|name| Crumb { href: String::new(), label: name.to_owned() });
    let home = Crumb { href: "/admin/services".to_owned(), label: t.say("sv-keep-title").to_owned() };
    match last {
        Some(last) => vec![home, here, last],
        None => vec![home, Crumb { href: String::new(), ..here }],
    }
}

fn written(form: &Submission) -> Written {
    let text = |name: &str| form.text(name).unwrap_or_default().to_owned();
    Written {
        organisation: text("organisation"),
        service: text("service"),
        name: text("name"),
        texts: local(form, "text"),
    }
}

fn status_of(errors: &FormErrors) -> StatusCode {
    if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }
}

/// GET /admin/services/letter-templates
async fn list(State(town): State<Town>, visit: Visit) -> Answer {
    let own = own(&town, &visit).await?;
    if visit.wants == Wants::Json {
        return json(&TemplatesView { templates: own.templates.iter().map(|one| own.view(one)).collect() });
    }
    show_list(&town, &visit, &own, FormErrors::default(), &Written::default())
}

fn show_list(town: &Town, visit: &Visit, own: &Own, errors: FormErrors, typed: &Written) -> Answer {
    let agency = |by: &Organisation| Choice {
        value: by.code.clone(),
        label: by.name.in_language(visit.t.language()).to_owned(),
        detail: String::new(),
        chosen: by.code == typed.organisation,
    };
    page_with(
        status_of(&errors),
        &ListPage {
            frame: Frame::new(town, visit, visit.t.say("sv-kept-title")),
            crumbs: crumbs(visit, None),
            lines: own.templates.iter().map(|one| own.line(visit, one)).collect(),
            form: own.fields(town, visit, typed, None),
            organisations: own.organisations.iter().map(agency).collect(),
            errors,
        },
    )
}

/// POST /admin/services/letter-templates
async fn keep(State(town): State<Town>, visit: Visit, form: Submission) -> Answer {
    let typed = written(&form);
    match letter_templates::keep(&town, visit.actor.clone(), typed.clone()).await {
        Ok(_) => see_other_saying(HERE, "sv-flash-kept-letter"),
        Err(Stop::Refused(refusals)) => {
            let errors = FormErrors::of(&refusals, &visit.t);
            with_status(show_list(&town, &visit, &own(&town, &visit).await?, errors, &typed), &refusals)
        }
        Err(other) => Err(other),
    }
}

/// GET /admin/services/letter-templates/{id}
async fn edit(State(town): State<Town>, visit: Visit, Path(id): Path<String>) -> Answer {
    let own = own(&town, &visit).await?;
    let one = own.templates.iter().find(|one| one.id == id).ok_or(Stop::NotFound)?;
    show_one(&town, &visit, &own, one, (FormErrors::default(), None), (&as_kept(one), one.version))
}

/// What is kept, as it would be written.
fn as_kept(one: &LetterTemplate) -> Written {
    Written {
        organisation: String::new(),
        service: one.service.clone().unwrap_or_default(),
        name: one.name.clone(),
        texts: Some(one.texts.clone()),
    }
}

fn show_one(
    town: &Town,
    visit: &Visit,
    own: &Own,
    one: &LetterTemplate,
    (errors, kept): (FormErrors, Option<Kept>),
    (typed, version): (&Written, i64),
) -> Answer {
    page_with(
        status_of(&errors),
        &EditPage {
            frame: Frame::new(town, visit, one.name.clone()),
            errors,
            crumbs: crumbs(visit, Some(&one.name)),
            id: one.id.clone(),
            version,
            lacks: own.lacks(visit, one),
            kept,
            form: own.fields(town, visit, typed, Some(one)),
        },
    )
}

/// POST /admin/services/letter-templates/{id}
async fn change(State(town): State<Town>, visit: Visit, Path(id): Path<String>, form: Submission) -> Answer {
    let (typed, seen) = (written(&form), seen_version(&form));
    let done = letter_templates::change(&town, visit.actor.clone(), id.clone(), seen, typed.clone()).await;
    said(&town, &visit, &id, done.map(|_| "sv-flash-kept-letter"), (Some(typed), seen)).await
}

/// POST /admin/services/letter-templates/{id}/retire
async fn retire(State(town): State<Town>, visit: Visit, Path(id): Path<String>, form: Submission) -> Answer {
    let seen = seen_version(&form);
    let done = letter_templates::retire(&town, visit.actor.clone(), id.clone(), seen).await;
    said(&town, &visit, &id, done.map(|()| "sv-flash-kept-retired"), (None, seen)).await
}

/// On to the list, or the page of the one again with what is wrong and what was typed; where it is stale, with what is kept by now, so that nobody
/// writes over what they have not read.
async fn said(
    town: &Town,
    visit: &Visit,
    id: &str,
    done: Result<&'static str, Stop>,
    (typed, seen): (Option<Written>, i64),
) -> Answer {
    let refusals = match done {
        Ok(flash) => return see_other_saying(HERE, flash),
        Err(Stop::Refused(refusals)) => refusals,
        Err(other) => return Err(other),
    };
    let own = own(town, visit).await?;
    let one = own.templates.iter().find(|one| one.id == id).ok_or(Stop::NotFound)?;
    let is_stale = refusals.iter().any(|refusal| refusal.code == "letter-template-stale");
    let kept = Some(own.kept(visit, one)).filter(|_| is_stale && typed.is_some());
    let typed = typed.unwrap_or_else(|| as_kept(one));
    let version = if is_stale { one.version } else { seen };
    let errors = FormErrors::of(&refusals, &visit.t);
    with_status(show_one(town, visit, &own, one, (errors, kept), (&typed, version)), &refusals)
}
