//! Who holds an assembly writes it down, publishes it, changes it, and publishes what it recommends.

mod typed;

use super::{
    admin::{local_fields, organisation},
    views::Matter,
};
use crate::{acts, commands, commands::Change, store};
use axum::{extract::State, http::StatusCode};
use civic::LocalText;
use database::{DbError, Tx};
use people::organisations;
use typed::{Typed, typed_of};
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit,
    answer::{page_with, see_other_saying},
    forms::{FormErrors, Submission},
    locals::{LocalFields, local},
    parts::{Choice, Crumb},
    visit::Path,
};

#[derive(askama::Template)]
#[template(path = "assembly_edit.html")]
struct EditPage {
    frame: Frame,
    errors: FormErrors,
    crumbs: Vec<Crumb>,
    code: String,
    subject: String,
    version: i64,
    state: String,
    chip: &'static str,
    private: bool,
    changes: bool,
    is_drawn: bool,
    zone: String,
    texts: Vec<LocalFields>,
    recommends: Vec<LocalFields>,
    bodies: Vec<Choice>,
    typed: Typed,
}

/// An assembly of one's own.
pub(super) async fn own(town: &Town, visit: &Visit, code: String) -> Result<Matter, Stop> {
    let actor = visit.actor.clone();
    let read = move |tx: &mut Tx<'_>| {
        let assembly = store::by_code(tx, &code)?.ok_or(Stop::NotFound)?;
        if !actor.may_for(&acts::KEEP, assembly.organisation) {
            return Err(Stop::NotAllowed);
        }
        Ok(Matter::of(tx, assembly)?)
    };
    town.db().read(read).await
}

/// The way to a page of the desk of an assembly.
pub(super) fn crumbs(visit: &Visit, matter: &Matter, here: &str) -> Vec<Crumb> {
    let title = matter.assembly.plan.title.in_language(visit.t.language()).to_owned();
    let code = &matter.assembly.code;
    vec![
        Crumb { href: "/admin/assemblies".to_owned(), label: visit.t.say("assemblies-admin").to_owned() },
        Crumb { href: format!("/admin/assemblies/{code}"), label: title },
        Crumb { href: String::new(), label: here.to_owned() },
    ]
}

/// GET /admin/assemblies/{code}
pub async fn edit(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let matter = own(&town, &visit, code).await?;
    let typed = typed_of(&town, &matter.assembly);
    show(&town, &visit, &matter, typed, &Submission::default(), FormErrors::default(), StatusCode::OK).await
}

async fn show(
    town: &Town,
    visit: &Visit,
    matter: &Matter,
    typed: Typed,
    form: &Submission,
    errors: FormErrors,
    status: StatusCode,
) -> Answer {
    let (t, language) = (&visit.t, visit.t.language());
    let one = &matter.assembly;
    let (standing, plan) = (one.standing(matter.is_drawn(), visit.at), &one.plan);
    let agencies = town.db().read(organisations::list).await.map_err(|error: DbError| Stop::from(error))?;
    let chosen = agencies.iter().find(|body| Some(body.id) == plan.answered_by).map(|body| body.code.clone());
    let chosen = chosen.unwrap_or_default();
    let body = |body: &organisations::Organisation| Choice {
        chosen: body.code == chosen,
        value: body.code.clone(),
        label: body.name.in_language(language).to_owned(),
        detail: String::new(),
    };
    let whole = Choice {
        value: String::new(),
        label: t.say("assembly-town").to_owned(),
        detail: String::new(),
        chosen: chosen.is_empty(),
    };
    let title = plan.title.in_language(language).to_owned();
    let text = |name: &str, rows: usize, text: Option<&LocalText>| local_fields(town, visit, name, rows, text);
    page_with(
        status,
        &EditPage {
            frame: Frame::new(town, visit, title.clone()),
            errors,
            crumbs: vec![
                Crumb { href: "/admin/assemblies".to_owned(), label: t.say("assemblies-admin").to_owned() },
                Crumb { href: String::new(), label: title },
            ],
            code: one.code.to_string(),
            subject: one.subject().to_string(),
            version: one.version,
            state: t.say(standing.key()).to_owned(),
            chip: standing.chip(),
            private: one.published_at.is_none(),
            changes: one.published_at.is_some() && !matter.is_drawn(),
            is_drawn: matter.is_drawn(),
            zone: town.settings().zone.iana_name().unwrap_or("UTC").to_owned(),
            texts: vec![
                text("title", 1, Some(&plan.title)),
                text("summary", 2, Some(&plan.summary)),
                text("remit", 8, plan.remit.as_ref()),
            ],
            recommends: vec![
                text("rtitle", 1, local(form, "rtitle").as_ref()),
                text("rwords", 6, local(form, "rwords").as_ref()),
            ],
            bodies: std::iter::once(whole).chain(agencies.iter().map(body)).collect(),
            typed,
        },
    )
}

/// POST /admin/assemblies/{code}
pub async fn save(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let mut matter = own(&town, &visit, code.clone()).await?;
    let typed = Typed::of(&form);
    let (mut plan, times, mut refusals) = typed.read(&town, &form);
    match organisation(&town, &form, "answered_by").await {
        Ok(found) => plan.answered_by = found,
        Err(Stop::Refused(more)) => refusals.extend(more),
        Err(stop) => return Err(stop),
    }
    matter.assembly.plan = plan.clone();
    if let Some(times) = times.filter(|_| refusals.is_empty()) {
        let version = form.text("version").and_then(|text| text.parse().ok()).unwrap_or(-1);
        match commands::save(&town, visit.actor.clone(), (code.clone(), version), plan, times).await {
            Ok(_) => return see_other_saying(&format!("/admin/assemblies/{code}"), "flash-assembly-saved"),
            Err(Stop::Refused(more)) => refusals = more,
            Err(stop) => return Err(stop),
        }
    }
    let (errors, status) = (FormErrors::of(&refusals, &visit.t), refusals[0].status);
    show(&town, &visit, &matter, typed, &form, errors, status).await
}

async fn again(town: &Town, visit: &Visit, matter: &Matter, form: &Submission, refusals: &[Refusal]) -> Answer {
    let typed = typed_of(town, &matter.assembly).or_typed(form);
    let errors = FormErrors::of(refusals, &visit.t);
    show(town, visit, matter, typed, form, errors, refusals[0].status).await
}

/// POST /admin/assemblies/{code}/publish
pub async fn publish(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let matter = own(&town, &visit, code.clone()).await?;
    match commands::publish(&town, visit.actor.clone(), code.clone()).await {
        Ok(_) => see_other_saying(&format!("/assemblies/{code}"), "flash-assembly-published"),
        Err(Stop::Refused(refusals)) => again(&town, &visit, &matter, &Submission::default(), &refusals).await,
        Err(stop) => Err(stop),
    }
}

/// POST /admin/assemblies/{code}/change
pub async fn change(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let matter = own(&town, &visit, code.clone()).await?;
    let closes = form.text("closes").unwrap_or_default();
    // A field shows minutes only: what was not touched stays as it is to the microsecond.
    let kept = typed_of(&town, &matter.assembly).closes == closes;
    let closes_at = if kept { Some(matter.assembly.closes_at) } else { typed::moment(closes, &town.settings().zone) };
    let asked = closes_at.map(|closes_at| Change {
        closes_at,
        quotas: form.text("quotas").unwrap_or_default().to_owned(),
        reason: form.text("reason").unwrap_or_default().to_owned(),
    });
    let done = match asked {
        Some(asked) => commands::change(&town, visit.actor.clone(), code.clone(), asked).await,
        None => Err(Refusal::new("assembly-time").at("closes").into()),
    };
    match done {
        Ok(_) => see_other_saying(&format!("/admin/assemblies/{code}"), "flash-assembly-changed"),
        Err(Stop::Refused(refusals)) => again(&town, &visit, &matter, &form, &refusals).await,
        Err(stop) => Err(stop),
    }
}

/// POST /admin/assemblies/{code}/recommendations
pub async fn recommend(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let matter = own(&town, &visit, code.clone()).await?;
    let text = |name: &str| local(&form, name).unwrap_or_else(|| LocalText::plain(""));
    match commands::recommend(&town, visit.actor.clone(), code.clone(), text("rtitle"), text("rwords")).await {
        Ok(number) => {
            see_other_saying(&format!("/assemblies/{code}/recommendations/{number}"), "flash-assembly-recommended")
        }
        Err(Stop::Refused(refusals)) => again(&town, &visit, &matter, &form, &refusals).await,
        Err(stop) => Err(stop),
    }
}
