//! Officers write services, and publish them.

use super::{pilot::NewPilot, with_status};
use crate::{
    acts,
    commands::{self, NewService},
    model::{Charges, Definition, LifeEvent, Service},
    store, trial,
};
use axum::{extract::State, http::StatusCode};
use civic::LocalText;
use database::DbError;
use people::organisations::{self, Organisation};
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit,
    answer::{page_with, see_other, see_other_saying},
    forms::{FormErrors, Submission},
    locals::{LocalFields, local},
    money::read_amount,
    parts::{Choice, Crumb},
    visit::Path,
};

struct Line {
    code: String,
    title: String,
    state: String,
    chip: &'static str,
}

#[derive(askama::Template)]
#[template(path = "services_keep.html")]
struct ListPage {
    frame: Frame,
    errors: FormErrors,
    crumbs: Vec<Crumb>,
    lines: Vec<Line>,
    titles: LocalFields,
    code: String,
    organisations: Vec<Choice>,
}

#[derive(askama::Template)]
#[template(path = "service_edit.html")]
struct EditPage {
    frame: Frame,
    errors: FormErrors,
    crumbs: Vec<Crumb>,
    code: String,
    title: String,
    version: i64,
    state: String,
    /// Since when the draft is shown to residents; empty where it is not.
    trial: String,
    /// Whether a pilot goes on.
    in_pilot: bool,
    share: String,
    pilot_why: LocalFields,
    is_published: bool,
    is_changed: bool,
    questions: String,
    texts: Vec<LocalFields>,
    phone: String,
    law_url: String,
    cost: String,
    keywords: String,
    answer_days: String,
    appeal_days: String,
    events: Vec<Choice>,
    online: bool,
    four_eyes: bool,
    joint_least: String,
    joint_most: String,
    each_page: Vec<Choice>,
    rules: String,
    rule_tests: String,
    charges: Vec<Choice>,
}

/// The texts of a service, with how many lines each is written in.
const TEXTS: [(&str, usize); 8] =
    [("title", 1), ("summary", 2), ("who", 3), ("need", 4), ("cost", 1), ("law", 1), ("complaints", 2), ("counter", 2)];

/// GET /admin/services
pub async fn list(State(town): State<Town>, visit: Visit) -> Answer {
    show_list(&town, &visit, FormErrors::default(), None).await
}

async fn show_list(town: &Town, visit: &Visit, errors: FormErrors, typed: Option<&Submission>) -> Answer {
    let found = town.db().read(|tx| Ok((store::services_all(tx)?, organisations::list(tx)?))).await;
    let (services, all): (Vec<Service>, Vec<Organisation>) = found.map_err(|error: DbError| Stop::from(error))?;
    let t = &visit.t;
    let own = services.iter().filter(|one| visit.actor.may_for(&acts::KEEP, Some(one.organisation)));
    let line = |one: &Service| Line {
        code: one.code.clone(),
        title: one.draft.title.in_language(t.language()).to_owned(),
        state: state_words(visit, one),
        chip: if one.published.is_none() {
            "y"
        } else if one.published.as_ref() == Some(&one.draft) {
            "g"
        } else {
            "b"
        },
    };
    let reachable = all.iter().filter(|by| visit.actor.may_for(&acts::KEEP, Some(by.id)));
    let choice = |by: &Organisation| Choice {
        value: by.code.clone(),
        label: by.name.in_language(t.language()).to_owned(),
        detail: String::new(),
        chosen: typed.and_then(|form| form.text("organisation")) == Some(&by.code),
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    page_with(
        status,
        &ListPage {
            frame: Frame::new(town, visit, t.say("sv-keep-title")),
            errors,
            crumbs: vec![
                Crumb { href: "/services".to_owned(), label: t.say("sv-title").to_owned() },
                Crumb { href: String::new(), label: t.say("sv-keep-title").to_owned() },
            ],
            lines: own.map(line).collect(),
            titles: local_fields(town, visit, "title", 1, typed.and_then(|form| local(form, "title")).as_ref()),
            code: typed.and_then(|form| form.text("code")).unwrap_or_default().to_owned(),
            organisations: reachable.map(choice).collect(),
        },
    )
}

fn state_words(visit: &Visit, one: &Service) -> String {
    let t = &visit.t;
    match one.published_at {
        None => t.say("sv-keep-draft").to_owned(),
        Some(at) => {
            let words = t.with2("sv-version", "number", one.number, "date", visit.date(at));
            if one.published.as_ref() == Some(&one.draft) {
                words
            } else {
                format!("{words} · {}", t.say("sv-keep-changed"))
            }
        }
    }
}

/// POST /admin/services
pub async fn create(State(town): State<Town>, visit: Visit, form: Submission) -> Answer {
    let new = NewService {
        code: form.text("code").unwrap_or_default().to_owned(),
        organisation: form.text("organisation").unwrap_or_default().to_owned(),
        title: local(&form, "title"),
    };
    match commands::create(&town, visit.actor.clone(), new).await {
        Ok(service) => see_other(&format!("/admin/services/{}", service.code)),
        Err(Stop::Refused(refusals)) => {
            with_status(show_list(&town, &visit, FormErrors::of(&refusals, &visit.t), Some(&form)).await, &refusals)
        }
        Err(other) => Err(other),
    }
}

/// A service that this officer may write.
pub(super) async fn own_service(town: &Town, visit: &Visit, code: String) -> Result<Service, Stop> {
    let actor = visit.actor.clone();
    let found =
        town.db().read(move |tx| store::service(tx, &code)).await.map_err(|error: DbError| Stop::from(error))?;
    found.filter(|one| actor.may_for(&acts::KEEP, Some(one.organisation))).ok_or(Stop::NotFound)
}

/// GET /admin/services/{code}
pub async fn edit(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let service = own_service(&town, &visit, code).await?;
    let draft = service.draft.clone();
    show_edit(&town, &visit, &service, (&draft, NewPilot::default()), FormErrors::default()).await
}

/// The page of a service again, with what is wrong and what was typed for a pilot.
pub(super) async fn again(town: &Town, visit: &Visit, code: &str, pilot: NewPilot, refusals: &[Refusal]) -> Answer {
    let service = own_service(town, visit, code.to_owned()).await?;
    let draft = service.draft.clone();
    show_edit(town, visit, &service, (&draft, pilot), FormErrors::of(refusals, &visit.t)).await
}

async fn show_edit(
    town: &Town,
    visit: &Visit,
    service: &Service,
    (typed, pilot): (&Definition, NewPilot),
    errors: FormErrors,
) -> Answer {
    let t = &visit.t;
    let asked = service.code.clone();
    let trial = town.db().read(move |tx| trial::open_trial(tx, &asked)).await;
    let trial = trial.map_err(|error: DbError| Stop::from(error))?;
    let event = |event: &LifeEvent| Choice {
        value: event.word().to_owned(),
        label: t.say(&format!("sv-event-{}", event.word())).to_owned(),
        detail: String::new(),
        chosen: typed.events.contains(event),
    };
    let charge = |charges: &Charges| Choice {
        value: charges.word().to_owned(),
        label: t.say(&format!("sv-charges-{}", charges.word())).to_owned(),
        detail: String::new(),
        chosen: typed.charges == *charges,
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let title = service.draft.title.in_language(t.language()).to_owned();
    page_with(
        status,
        &EditPage {
            frame: Frame::new(town, visit, title.clone()),
            errors,
            crumbs: vec![
                Crumb { href: "/admin/services".to_owned(), label: t.say("sv-keep-title").to_owned() },
                Crumb { href: String::new(), label: title.clone() },
            ],
            code: service.code.clone(),
            title,
            version: service.version,
            state: state_words(visit, service),
            trial: trial
                .map(|one| t.with2("sv-draft-shown", "number", one.number, "date", visit.date(one.at)))
                .unwrap_or_default(),
            in_pilot: super::pilot::of(town, &service.code).await?.1,
            pilot_why: pilot.fields(town, visit),
            share: pilot.share,
            is_published: service.published.is_some(),
            is_changed: service.published.as_ref() != Some(&service.draft),
            questions: t.with1("sv-keep-questions", "count", service.draft.form.fields().count()),
            texts: TEXTS
                .iter()
                .map(|(name, rows)| local_fields(town, visit, name, *rows, text_of(typed, name)))
                .collect(),
            phone: typed.phone.clone(),
            law_url: typed.law_url.clone(),
            cost: typed.cost_cents.map(|cents| format!("{}.{:02}", cents / 100, cents % 100)).unwrap_or_default(),
            keywords: typed.keywords.clone(),
            answer_days: typed.answer_days.to_string(),
            appeal_days: typed.appeal_days.to_string(),
            events: LifeEvent::ALL.iter().map(event).collect(),
            online: typed.online,
            four_eyes: typed.four_eyes,
            joint_least: typed.joint.least.to_string(),
            joint_most: typed.joint.most.to_string(),
            each_page: super::joint::pages_for_each(visit, typed),
            rules: typed.rules.clone(),
            rule_tests: typed.rule_tests.clone(),
            charges: Charges::ALL.iter().map(charge).collect(),
        },
    )
}

fn text_of<'d>(definition: &'d Definition, name: &str) -> Option<&'d LocalText> {
    match name {
        "title" => Some(&definition.title),
        "summary" => Some(&definition.summary),
        "who" => definition.who.as_ref(),
        "need" => definition.need.as_ref(),
        "cost" => definition.cost.as_ref(),
        "law" => definition.law.as_ref(),
        "complaints" => definition.complaints.as_ref(),
        _ => definition.counter.as_ref(),
    }
}

pub(super) fn local_fields(
    town: &Town,
    visit: &Visit,
    name: &str,
    rows: usize,
    text: Option<&LocalText>,
) -> LocalFields {
    let hint = format!("sv-text-{name}-hint");
    let hint = if visit.t.has(&hint) { visit.t.say(&hint) } else { "" };
    web::locals::local_fields(town, name, visit.t.say(&format!("sv-text-{name}")), hint, rows, text)
}

/// The version that a form was made from.
pub(super) fn seen_version(form: &Submission) -> i64 {
    form.text("version").and_then(|text| text.parse().ok()).unwrap_or(-1)
}

/// POST /admin/services/{code}: everything but the form.
pub async fn save(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let service = own_service(&town, &visit, code.clone()).await?;
    let (draft, refusals) = read(&service.draft, &form);
    if !refusals.is_empty() {
        return show_edit(&town, &visit, &service, (&draft, NewPilot::default()), FormErrors::of(&refusals, &visit.t))
            .await;
    }
    match commands::save(&town, visit.actor.clone(), code.clone(), seen_version(&form), draft.clone()).await {
        Ok(_) => see_other_saying(&format!("/admin/services/{code}"), "sv-flash-saved"),
        Err(Stop::Refused(refusals)) => {
            let errors = FormErrors::of(&refusals, &visit.t);
            let shown = show_edit(&town, &visit, &service, (&draft, NewPilot::default()), errors).await;
            with_status(shown, &refusals)
        }
        Err(other) => Err(other),
    }
}

fn read(before: &Definition, form: &Submission) -> (Definition, Vec<Refusal>) {
    let mut refusals = Vec::new();
    let title = local(form, "title").unwrap_or_else(|| {
        refusals.push(Refusal::new("service-title").at("title-en"));
        before.title.clone()
    });
    let mut days = |field: &'static str, was: u32| match form.text(field).map(str::parse::<u32>) {
        Some(Ok(days)) => days,
        None => was,
        Some(Err(_)) => {
            refusals.push(Refusal::new("service-days").at(field).with("most", 365_i64));
            was
        }
    };
    let joint = crate::joint::Joint {
        least: count(form, "joint-least", before.joint.least),
        most: count(form, "joint-most", before.joint.most),
    };
    let each_page = form.raw("each-page").map_or_else(|| before.each_page.clone(), |id| id.trim().to_owned());
    let (answer_days, appeal_days) = (days("answer-days", before.answer_days), days("appeal-days", before.appeal_days));
    let cost_cents = match form.text("cost-amount").map(read_amount) {
        Some(Err(_)) => {
            refusals.push(Refusal::new("service-cost").at("cost-amount"));
            before.cost_cents
        }
        Some(Ok(cents)) => Some(cents),
        None => None,
    };
    let draft = Definition {
        summary: local(form, "summary").unwrap_or_else(|| title.clone()),
        title,
        who: local(form, "who"),
        need: local(form, "need"),
        cost: local(form, "cost"),
        cost_cents,
        law: local(form, "law"),
        law_url: form.text("law-url").unwrap_or_default().to_owned(),
        complaints: local(form, "complaints"),
        counter: local(form, "counter"),
        phone: form.text("phone").unwrap_or_default().chars().take(40).collect(),
        keywords: form.text("keywords").unwrap_or_default().chars().take(1_000).collect(),
        events: form.all("event").filter_map(LifeEvent::of_word).collect(),
        online: form.is_ticked("online"),
        answer_days,
        appeal_days,
        four_eyes: form.is_ticked("four-eyes"),
        joint,
        each_page,
        form: before.form.clone(),
        charges: form.text("charges").and_then(Charges::of_word).unwrap_or(before.charges),
        rules: form.raw("rules").map_or_else(|| before.rules.clone(), |text| text.replace("\r\n", "\n")),
        rule_tests: form.raw("rule-tests").map_or_else(|| before.rule_tests.clone(), |text| text.replace("\r\n", "\n")),
    };
    (draft, refusals)
}

/// A number of people; what cannot be read is more than any limit, and refused with it.
fn count(form: &Submission, field: &str, before: u32) -> u32 {
    form.text(field).map_or(before, |text| text.trim().parse().unwrap_or(u32::MAX))
}

/// POST /admin/services/{code}/publish
pub async fn publish(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let service = own_service(&town, &visit, code.clone()).await?;
    match commands::publish(&town, visit.actor.clone(), code.clone(), seen_version(&form)).await {
        Ok(_) => see_other_saying(&format!("/admin/services/{code}"), "sv-flash-published"),
        Err(Stop::Refused(refusals)) => {
            let errors = FormErrors::of(&refusals, &visit.t);
            let shown = show_edit(&town, &visit, &service, (&service.draft, NewPilot::default()), errors).await;
            with_status(shown, &refusals)
        }
        Err(other) => Err(other),
    }
}
