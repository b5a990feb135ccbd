//! The administrator says how agencies are reached that answer elsewhere.

mod read;
mod view;

use crate::{
    commands::reach_agency,
    elsewhere::{Channel, Remote, Way},
    room::{Books, way_key},
    store,
};
use axum::{extract::State, http::StatusCode};
use civic::OrganisationId;
use database::DbError;
use people::{
    mail::{self, Mail},
    organisations::Organisation,
};
use read::Typed;
use view::AgencyView;
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit, Wants,
    answer::{json, page, page_with, see_other_saying},
    forms::{FormErrors, Submission},
    manifest::Doc,
    openapi::schema_of,
    parts::{Choice, Crumb},
    visit::Path,
};

/// Services of the other server that a test shows.
const SERVICES_SHOWN: usize = 200;

struct Line {
    code: String,
    name: String,
    way: String,
    state: String,
    chip: &'static str,
    waiting: String,
    refused: String,
}

#[derive(askama::Template)]
#[template(path = "agencies.html")]
struct ListPage {
    frame: Frame,
    lines: Vec<Line>,
}

/// What one of our categories is called there.
struct ServiceField {
    name: String,
    label: String,
    value: String,
}

/// What a test found.
struct Tested {
    sentence: String,
    is_good: bool,
    /// Services of the other server: code, name.
    services: Vec<(String, String)>,
    /// What of ours is called by a code that it does not have.
    missing: Vec<String>,
}

#[derive(askama::Template)]
#[template(path = "agency.html")]
struct AgencyPage {
    frame: Frame,
    errors: FormErrors,
    crumbs: Vec<Crumb>,
    code: String,
    ways: Vec<Choice>,
    url: String,
    jurisdiction: String,
    has_key: bool,
    key_hint: String,
    services: Vec<ServiceField>,
    email: String,
    standing: String,
    trouble: String,
    kept: bool,
    tested: Option<Tested>,
}

/// How the list is described to developers.
pub(super) fn list_doc() -> Doc {
    Doc::new("desk", "How agencies are reached that answer elsewhere").answers(
        200,
        "application/json",
        "Every agency; never a key.",
        schema_of::<Vec<AgencyView>>(),
    )
}

/// GET /admin/agencies
pub async fn list(State(town): State<Town>, visit: Visit) -> Answer {
    let found = town.db().read(|tx| Ok((store::channels(tx)?, store::count_forwards(tx)?)));
    let (channels, counts) = found.await.map_err(|error: DbError| Stop::from(error))?;
    let organisations = town.part::<Books>().organisations();
    let views: Vec<AgencyView> = organisations
        .values()
        .map(|one| {
            let channel = channels.iter().find(|channel| channel.organisation == one.id);
            AgencyView::of(one, channel, &counts, visit.t.language())
        })
        .collect();
    if visit.wants == Wants::Json {
        return json(&views);
    }
    let frame = Frame::new(&town, &visit, visit.t.say("agencies-title")).twins(&visit, &[Wants::Json]);
    page(&ListPage { frame, lines: views.iter().map(|view| line(&visit, view)).collect() })
}

fn line(visit: &Visit, view: &AgencyView) -> Line {
    let t = &visit.t;
    let number = |count: i64| web::dates::number(count, t.language());
    let (key, chip) = match (view.way, view.trouble.is_empty(), view.asked_at.is_some()) {
        ("open311", false, _) => ("agencies-state-trouble", "r"),
        ("open311", true, false) => ("agencies-state-new", "y"),
        _ => ("agencies-state-good", "g"),
    };
    Line {
        code: view.organisation.code.clone(),
        name: view.organisation.name.clone(),
        way: t.say(way_key(view.way).unwrap_or("way-here")).to_owned(),
        state: t.say(key).to_owned(),
        chip,
        waiting: number(view.waiting),
        refused: number(view.refused),
    }
}

/// An agency and its channel.
async fn load(town: &Town, code: &str) -> Result<(Organisation, Option<Channel>), Stop> {
    let organisations = town.part::<Books>().organisations();
    let found = organisations.values().find(|one| one.code == code).cloned().ok_or(Stop::NotFound)?;
    let id: OrganisationId = found.id;
    let channel = town.db().read(move |tx| store::channel(tx, id)).await.map_err(|error: DbError| Stop::from(error))?;
    Ok((found, channel))
}

/// GET /admin/agencies/{code}
pub async fn show(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let (organisation, channel) = load(&town, &code).await?;
    if visit.wants == Wants::Json {
        let counts = town.db().read(store::count_forwards).await.map_err(|error: DbError| Stop::from(error))?;
        return json(&AgencyView::of(&organisation, channel.as_ref(), &counts, visit.t.language()));
    }
    let typed = Typed::of_channel(channel.as_ref(), &organisation);
    page(&compose(&town, &visit, &organisation, channel.as_ref(), typed, FormErrors::default(), None))
}

/// POST /admin/agencies/{code}
pub async fn save(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let (organisation, channel) = load(&town, &code).await?;
    let typed = Typed::of_form(&town, &form);
    match typed.way(&town, channel.as_ref()) {
        Ok(way) => {
            reach_agency(&town, visit.actor.clone(), organisation.id, way).await?;
            see_other_saying(&format!("/admin/agencies/{code}"), "flash-agency-reached")
        }
        Err(refusals) if visit.wants == Wants::Html => {
            let errors = FormErrors::of(&refusals, &visit.t);
            let page = compose(&town, &visit, &organisation, channel.as_ref(), typed, errors, None);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(refusals) => Err(Stop::Refused(refusals)),
    }
}

/// POST /admin/agencies/{code}/test: asks the server for its services, or writes a letter; nothing is reported.
pub async fn test(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let (organisation, channel) = load(&town, &code).await?;
    let channel = channel.ok_or_else(|| Stop::from(Refusal::conflict("agency-no-channel")))?;
    let tested = match channel.way.clone() {
        Way::Open311(server) => {
            let ours = own_services(&town, &organisation, |category| server.service_of(category).to_owned());
            let remote = Remote::new(town.part::<outgoing::Client>(), server);
            let asked = tokio::task::spawn_blocking(move || remote.services()).await.map_err(Stop::fault)?;
            match asked {
                Ok(services) => heard(&visit, services, ours),
                Err(trouble) => Tested {
                    sentence: visit.t.with1("agency-test-trouble", "trouble", trouble.to_string()),
                    is_good: false,
                    services: Vec::new(),
                    missing: Vec::new(),
                },
            }
        }
        Way::Letter(to) => {
            let mail = Mail {
                to,
                subject: visit.t.say("mail-forward-test-subject").to_owned(),
                body_text: visit.t.with1("mail-forward-test-body", "address", town.settings().address.as_str()),
            };
            let (now, chance) = (town.now(), town.chance_handle());
            let put = town.db().write(move |tx| {
                mail::put(tx, &mail, now, &*chance)?;
                tx.commit(database::OffRecord("a letter that tries whether letters arrive"), ())
            });
            put.await.map_err(|error: DbError| Stop::from(error))?;
            return see_other_saying(&format!("/admin/agencies/{code}"), "flash-agency-letter");
        }
    };
    let typed = Typed::of_channel(Some(&channel), &organisation);
    page(&compose(&town, &visit, &organisation, Some(&channel), typed, FormErrors::default(), Some(tested)))
}

/// What of an agency's own categories is called there: our name and their code.
fn own_services(town: &Town, organisation: &Organisation, called: impl Fn(&str) -> String) -> Vec<(String, String)> {
    let book = town.part::<Books>().categories();
    let own = book.all().into_iter().filter(|category| category.organisation == organisation.id && category.active);
    own.map(|category| (category.code.clone(), called(&category.code))).collect()
}

fn heard(visit: &Visit, services: Vec<(String, String)>, ours: Vec<(String, String)>) -> Tested {
    let has = |code: &String| services.iter().any(|(theirs, _)| theirs == code);
    let missing: Vec<String> =
        ours.into_iter().filter(|(_, code)| !has(code)).map(|(own, code)| format!("{own} → {code}")).collect();
    let count = i64::try_from(services.len()).unwrap_or(i64::MAX);
    Tested {
        sentence: visit.t.with1("agency-test-good", "count", count),
        is_good: missing.is_empty(),
        services: services.into_iter().take(SERVICES_SHOWN).collect(),
        missing,
    }
}

fn compose(
    town: &Town,
    visit: &Visit,
    organisation: &Organisation,
    channel: Option<&Channel>,
    typed: Typed,
    errors: FormErrors,
    tested: Option<Tested>,
) -> AgencyPage {
    let (t, language) = (&visit.t, visit.t.language());
    let name = organisation.name.in_language(language).to_owned();
    let way = |word: &'static str| Choice {
        value: word.to_owned(),
        label: t.say(way_key(word).unwrap_or_default()).to_owned(),
        detail: t.say(&format!("way-{word}-detail")).to_owned(),
        chosen: typed.way == word,
    };
    let book = town.part::<Books>().categories();
    let own = book.all().into_iter().filter(|category| category.organisation == organisation.id);
    let services = own.map(|category| ServiceField {
        name: format!("service-{}", category.code),
        label: category.definition.name.in_language(language).to_owned(),
        value: typed.services.get(&category.code).cloned().unwrap_or_default(),
    });
    let crumb = |href: &str, label: &str| Crumb { href: href.to_owned(), label: label.to_owned() };
    let asked = channel.and_then(|channel| channel.asked_at);
    let has_key = matches!(channel.map(|channel| &channel.way), Some(Way::Open311(server)) if !server.key.0.is_empty());
    AgencyPage {
        frame: Frame::new(town, visit, t.with1("agency-page", "name", name.as_str())).twins(visit, &[Wants::Json]),
        errors,
        crumbs: vec![crumb("/admin/agencies", t.say("agencies-title")), crumb("", &name)],
        code: organisation.code.clone(),
        ways: ["here", "open311", "letter"].map(way).to_vec(),
        services: services.collect(),
        has_key,
        key_hint: t.say(if has_key { "agency-key-kept" } else { "agency-key-hint" }).to_owned(),
        standing: asked.map(|at| t.with1("agency-asked", "date", visit.date_time(at))).unwrap_or_default(),
        trouble: channel.map(|channel| channel.trouble.clone()).unwrap_or_default(),
        kept: channel.is_some(),
        url: typed.url,
        jurisdiction: typed.jurisdiction,
        email: typed.email,
        tested,
    }
}
