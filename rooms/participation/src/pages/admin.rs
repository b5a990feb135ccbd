//! Stewards set processes up.

pub(super) mod read;

use crate::{
    acts,
    commands::{Moved, NewProcess, create_process, publish_process, save_process},
    decide::{COST_LIMIT_CENTS, is_code},
    model::{CATEGORIES_LIMIT, Definition, PHASES_LIMIT, Phase, PhaseAct, Process, Template},
    store,
};
use axum::{extract::State, http::StatusCode};
use civic::{LocalText, OrganisationId};
use database::DbError;
use people::organisations::{self, Organisation};
use places::Districts;
use web::{
    Answer, Frame, Stop, Town, Visit,
    answer::{page_with, see_other, see_other_saying},
    forms::{FormErrors, Submission},
    locals::{self, LocalField, labelled_fields},
    parts::{Choice, Crumb},
    visit::Path,
};

/// Empty rows for new phases.
const EMPTY_PHASES: usize = 1;

struct Line {
    code: String,
    title: String,
    template: String,
    from: String,
    until: String,
    private: bool,
}

#[derive(askama::Template)]
#[template(path = "admin_processes.html")]
struct ListPage {
    frame: Frame,
    errors: FormErrors,
    lines: Vec<Line>,
    code: String,
    titles: Vec<LocalField>,
    origins: Vec<Choice>,
    organisations: Vec<Choice>,
}

/// GET /admin/processes
pub async fn list(State(town): State<Town>, visit: Visit) -> Answer {
    show_list(&town, &visit, &Submission::default(), FormErrors::default(), StatusCode::OK).await
}

async fn show_list(town: &Town, visit: &Visit, typed: &Submission, errors: FormErrors, status: StatusCode) -> Answer {
    let look = |tx: &mut database::Tx<'_>| Ok::<_, DbError>((store::processes(tx, true)?, organisations::list(tx)?));
    let (processes, organisations) = town.db().read(look).await.map_err(Stop::from)?;
    let own = processes.iter().filter(|one| visit.actor.may_for(&acts::STEWARD, one.organisation));
    let lines = own.map(|one| line(visit, one)).collect();
    let titles = labelled_fields(visit, &town.settings().languages, "title", "process-title-in", |language| {
        typed.text(&format!("title[{}]", language.tag()))
    });
    let chosen = typed.text("origin").unwrap_or("budget");
    page_with(
        status,
        &ListPage {
            frame: Frame::new(town, visit, visit.t.say("processes-admin")),
            errors,
            lines,
            code: typed.text("code").unwrap_or_default().to_owned(),
            titles,
            origins: origins(visit, &processes, chosen),
            organisations: organisation_choices(visit, &organisations, typed.text("organisation").unwrap_or_default()),
        },
    )
}

fn line(visit: &Visit, process: &Process) -> Line {
    Line {
        code: process.code.clone(),
        title: process.definition.title.in_language(visit.t.language()).to_owned(),
        template: visit.t.say(process.template.key()).to_owned(),
        from: visit.date(process.opens_at()),
        until: visit.date(process.closes_at()),
        private: process.published_at.is_none(),
    }
}

/// Templates, and earlier processes to copy.
fn origins(visit: &Visit, processes: &[Process], chosen: &str) -> Vec<Choice> {
    let templates = Template::ALL.map(|one| (one.word().to_owned(), visit.t.say(one.key()).to_owned()));
    let copies = processes.iter().filter(|one| visit.actor.may_for(&acts::STEWARD, one.organisation)).map(|one| {
        let title = one.definition.title.in_language(visit.t.language()).to_owned();
        (format!("copy:{}", one.code), visit.t.with1("process-copy-of", "title", title))
    });
    super::choices("", templates.into_iter().chain(copies), chosen)
}

fn organisation_choices(visit: &Visit, organisations: &[Organisation], chosen: &str) -> Vec<Choice> {
    let own = organisations.iter().filter(|one| visit.actor.may_for(&acts::STEWARD, Some(one.id)));
    let named = own.map(|one| (one.code.clone(), one.name.in_language(visit.t.language()).to_owned()));
    let town = if visit.actor.may_for(&acts::STEWARD, None) { visit.t.say("process-town-itself") } else { "" };
    super::choices(town, named, chosen)
}

async fn organisation_of(town: &Town, form: &Submission) -> Result<Option<OrganisationId>, Stop> {
    let Some(code) = form.text("organisation").map(str::to_owned) else { return Ok(None) };
    let found = town.db().read(move |tx| organisations::by_code(tx, &code)).await.map_err(Stop::from)?;
    let refusal = || Stop::from(web::Refusal::new("endorsement-organisation").at("organisation"));
    found.map(|one| Some(one.id)).ok_or_else(refusal)
}

/// POST /admin/processes
pub async fn create(State(town): State<Town>, visit: Visit, form: Submission) -> Answer {
    match begin(&town, &visit, &form).await {
        Ok(process) => see_other(&format!("/admin/processes/{}", process.code)),
        Err(Stop::Refused(refusals)) => {
            let errors = FormErrors::of(&refusals, &visit.t);
            show_list(&town, &visit, &form, errors, refusals[0].status).await
        }
        Err(stop) => Err(stop),
    }
}

async fn begin(town: &Town, visit: &Visit, form: &Submission) -> Result<Process, Stop> {
    let languages = &town.settings().languages;
    let mut refusals = Vec::new();
    let code = form.text("code").unwrap_or_default().to_owned();
    if !is_code(&code) {
        refusals.push(web::Refusal::new("process-code").at("code"));
    }
    let title = locals::local_in(form, "title", languages);
    if title.is_none() {
        let first = languages.first().copied().unwrap_or_default();
        refusals.push(web::Refusal::new("process-words-missing").at("title").with("language", first.own_name()));
    }
    let origin = form.text("origin").unwrap_or_default();
    let from = match origin.strip_prefix("copy:") {
        Some(earlier) => Some(Moved::From(earlier.to_owned())),
        None => origin.parse().ok().map(Moved::Template),
    };
    if from.is_none() {
        refusals.push(web::Refusal::new("process-origin").at("origin"));
    }
    let (Some(title), Some(from), true) = (title, from, refusals.is_empty()) else {
        return Err(Stop::Refused(refusals));
    };
    let organisation = organisation_of(town, form).await?;
    create_process(town, visit.actor.clone(), NewProcess { code, title, from, organisation }).await
}

/// A phase as the form shows it.
struct PhaseRow {
    number: usize,
    titles: Vec<LocalField>,
    opens: String,
    closes: String,
    acts: Vec<Choice>,
}

#[derive(askama::Template)]
#[template(path = "admin_process.html")]
struct EditPage {
    frame: Frame,
    errors: FormErrors,
    crumbs: Vec<Crumb>,
    code: String,
    version: i64,
    private: bool,
    zone: String,
    titles: Vec<LocalField>,
    summaries: Vec<LocalField>,
    abouts: Vec<LocalField>,
    organisations: Vec<Choice>,
    phases: Vec<PhaseRow>,
    categories: String,
    districts: Vec<Choice>,
    budget: String,
    supports_min: String,
    supports_most: String,
    supports_least: String,
    grades: String,
    answer_days: String,
    account_days: String,
    needs_place: bool,
    asks_cost: bool,
    cost_most: String,
}

/// The process of an address, for who leads it.
async fn own_process(town: &Town, visit: &Visit, code: String) -> Result<Process, Stop> {
    let process = town.db().read(move |tx| store::process(tx, &code)?.ok_or(Stop::NotFound)).await?;
    if visit.actor.may_for(&acts::STEWARD, process.organisation) { Ok(process) } else { Err(Stop::NotAllowed) }
}

/// GET /admin/processes/{process}
pub async fn edit(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let process = own_process(&town, &visit, code).await?;
    show_form(&town, &visit, process, FormErrors::default(), StatusCode::OK).await
}

/// POST /admin/processes/{process}
pub async fn save(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let mut process = own_process(&town, &visit, code.clone()).await?;
    let (definition, mut refusals) = read::definition(&town, &form, &process.definition);
    let organisation = organisation_of(&town, &form).await?;
    let seen = form.text("version").and_then(|text| text.parse().ok()).unwrap_or(process.version);
    if refusals.is_empty() {
        match save_process(&town, visit.actor.clone(), code.clone(), seen, definition.clone(), organisation).await {
            Ok(_) => return see_other_saying(&format!("/admin/processes/{code}"), "flash-process"),
            Err(Stop::Refused(more)) => refusals = more,
            Err(stop) => return Err(stop),
        }
    }
    process.definition = definition;
    process.organisation = organisation;
    let errors = FormErrors::of(&refusals, &visit.t);
    show_form(&town, &visit, process, errors, refusals[0].status).await
}

/// POST /admin/processes/{process}/publish
pub async fn publish(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let process = own_process(&town, &visit, code.clone()).await?;
    match publish_process(&town, visit.actor.clone(), code.clone()).await {
        Ok(_) => see_other_saying(&format!("/processes/{code}"), "flash-process-published"),
        Err(Stop::Refused(refusals)) => {
            let errors = FormErrors::of(&refusals, &visit.t);
            show_form(&town, &visit, process, errors, refusals[0].status).await
        }
        Err(stop) => Err(stop),
    }
}

async fn show_form(town: &Town, visit: &Visit, process: Process, errors: FormErrors, status: StatusCode) -> Answer {
    let organisations = town.db().read(organisations::list).await.map_err(Stop::from)?;
    let chosen = organisations.iter().find(|one| Some(one.id) == process.organisation).map(|one| one.code.clone());
    page_with(status, &form_of(town, visit, process, &organisations, &chosen.unwrap_or_default(), errors))
}

fn form_of(
    town: &Town,
    visit: &Visit,
    process: Process,
    organisations: &[Organisation],
    chosen: &str,
    errors: FormErrors,
) -> EditPage {
    let (t, languages) = (&visit.t, &town.settings().languages);
    let Definition { title, summary, about, categories, districts, budget_cents, rules, phases } = &process.definition;
    let local = |field: &str, key: &str, text: Option<&LocalText>| {
        labelled_fields(visit, languages, field, key, |language| text?.exactly(language))
    };
    let optional = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
    EditPage {
        frame: Frame::new(town, visit, t.with1("process-edit-title", "title", title.in_language(t.language()))),
        errors,
        crumbs: vec![
            Crumb { href: "/admin/processes".to_owned(), label: t.say("processes-admin").to_owned() },
            Crumb { href: String::new(), label: process.code.clone() },
        ],
        version: process.version,
        private: process.published_at.is_none(),
        zone: town.settings().zone.iana_name().unwrap_or("UTC").to_owned(),
        titles: local("title", "process-title-in", Some(title)),
        summaries: local("summary", "process-summary-in", Some(summary)),
        abouts: local("about", "process-about-in", about.as_ref()),
        organisations: organisation_choices(visit, organisations, chosen),
        phases: phase_rows(town, visit, phases),
        categories: read::category_lines(categories, languages),
        districts: district_choices(town, districts),
        budget: read::units(*budget_cents),
        supports_min: rules.supports_min.to_string(),
        supports_most: optional(rules.supports_most),
        supports_least: optional(rules.supports_least),
        grades: optional(rules.grades),
        answer_days: optional(rules.answer_days),
        account_days: rules.account_days.to_string(),
        needs_place: rules.needs_place,
        asks_cost: rules.asks_cost,
        cost_most: read::units(rules.cost_most_cents),
        code: process.code,
    }
}

fn phase_rows(town: &Town, visit: &Visit, phases: &[Phase]) -> Vec<PhaseRow> {
    let rows = (phases.len() + EMPTY_PHASES).min(PHASES_LIMIT);
    (0..rows).map(|index| phase_row(town, visit, index, phases.get(index))).collect()
}

fn phase_row(town: &Town, visit: &Visit, index: usize, phase: Option<&Phase>) -> PhaseRow {
    let title = phase.and_then(|phase| phase.title.as_ref());
    let acts = PhaseAct::ALL.map(|act| Choice {
        value: act.word().to_owned(),
        label: visit.t.say(act.key()).to_owned(),
        detail: String::new(),
        chosen: phase.is_some_and(|phase| phase.acts.contains(&act)),
    });
    let zone = &town.settings().zone;
    PhaseRow {
        number: index + 1,
        titles: labelled_fields(
            visit,
            &town.settings().languages,
            &format!("phase-{index}"),
            "process-phase-in",
            |language| title?.exactly(language),
        ),
        opens: phase.map(|phase| web::dates::of_field(phase.opens_at, zone)).unwrap_or_default(),
        closes: phase.map(|phase| web::dates::of_field(phase.closes_at, zone)).unwrap_or_default(),
        acts: acts.to_vec(),
    }
}

fn district_choices(town: &Town, chosen: &[String]) -> Vec<Choice> {
    let choice = |(value, label): (String, String)| Choice {
        chosen: chosen.contains(&value),
        value,
        label,
        detail: String::new(),
    };
    town.part::<Districts>().all().into_iter().map(choice).collect()
}
