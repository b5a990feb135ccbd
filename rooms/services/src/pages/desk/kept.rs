//! Views of the inbox that an officer keeps under a name.

use super::asked::{self, Asked, Known, PATH};
use crate::store::{self, DeskView};
use axum::extract::State;
use civic::PersonId;
use database::{OffRecord, Tx};
use places::Districts;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::json;
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit, Wants,
    answer::{json, page, see_other, see_other_saying},
    forms::Submission,
    manifest::Doc,
    openapi::schema_of,
    parts::Crumb,
};

/// Where the views are.
const VIEWS_PATH: &str = "/desk/services/views";
/// Views one officer may keep.
const VIEWS_LIMIT: usize = 20;
/// Characters of a name.
const NAME_LIMIT: usize = 40;
/// Bytes of a query.
const QUERY_LIMIT_BYTES: usize = 1_000;

/// The views of an officer.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ViewsView {
    /// The views, by name.
    pub views: Vec<DeskView>,
}

#[derive(askama::Template)]
#[template(path = "services_desk_views.html")]
struct ViewsPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    views: Vec<DeskView>,
}

fn account(visit: &Visit) -> Result<PersonId, Refusal> {
    visit.actor.person.ok_or_else(|| Refusal::new("inbox-view-account"))
}

/// GET /desk/services/views
pub async fn list(State(town): State<Town>, visit: Visit) -> Answer {
    let person = account(&visit)?;
    let views = town.db().read(move |tx| store::views_of(tx, person)).await.map_err(Stop::from)?;
    if visit.wants == Wants::Json {
        return json(&ViewsView { views });
    }
    let t = &visit.t;
    page(&ViewsPage {
        frame: Frame::new(&town, &visit, t.say("sv-views-title")).twins(&visit, &[Wants::Json]),
        crumbs: vec![
            Crumb { href: PATH.to_owned(), label: t.say("sv-desk-title").to_owned() },
            Crumb { href: String::new(), label: t.say("sv-views-title").to_owned() },
        ],
        views,
    })
}

/// POST /desk/services/views: keeps the filter of the inbox under a name; or renames, forgets, or puts first what is kept.
pub async fn act(State(town): State<Town>, visit: Visit, form: Submission) -> Answer {
    let person = account(&visit)?;
    let view = form.text("view").unwrap_or_default().to_owned();
    match form.text("act").unwrap_or("keep") {
        "keep" => {
            let (name, asked) = (name_of(&form)?, asked_of(&form)?);
            let query = canonical(&town, &visit, asked).await?;
            let back = format!("{PATH}?{query}");
            change(&town, move |tx| keep(tx, person, &name, &query)).await?;
            see_other_saying(&back, "sv-flash-view-kept")
        }
        "rename" => {
            let name = name_of(&form)?;
            change(&town, move |tx| rename(tx, person, &view, &name)).await?;
            see_other_saying(VIEWS_PATH, "sv-flash-view-kept")
        }
        "first" => {
            change(&town, move |tx| {
                there(tx, person, &view)?;
                store::put_first(tx, person, Some(&view)).map_err(Stop::from)
            })
            .await?;
            see_other_saying(VIEWS_PATH, "sv-flash-view-first")
        }
        "no-first" => {
            change(&town, move |tx| store::put_first(tx, person, None).map_err(Stop::from)).await?;
            see_other_saying(VIEWS_PATH, "sv-flash-view-no-first")
        }
        "forget" => {
            change(&town, move |tx| store::forget_view(tx, person, &view).map_err(Stop::from)).await?;
            see_other_saying(VIEWS_PATH, "sv-flash-view-forgotten")
        }
        _ => Err(Refusal::new("inbox-view-act").at("act").into()),
    }
}

/// Where the inbox opens for this officer, if they put a view first and all it asks for is still there.
pub(super) async fn opens_at(town: &Town, visit: &Visit) -> Result<Option<axum::response::Response>, Stop> {
    let is_bare = visit.wants == Wants::Html && visit.uri.query().unwrap_or_default().is_empty();
    // A sentence that waits to be read is read here first.
    let Some(person) = visit.actor.person.filter(|_| is_bare && visit.flash.is_none()) else { return Ok(None) };
    let first = town.db().read(move |tx| store::first_view(tx, person)).await.map_err(Stop::from)?;
    let Some(view) = first else { return Ok(None) };
    let Ok(asked) = serde_urlencoded::from_str::<Asked>(&view.query) else { return Ok(None) };
    match canonical(town, visit, asked).await {
        Ok(_) => see_other(&view.address()).map(Some),
        Err(Stop::Refused(_)) => Ok(None),
        Err(other) => Err(other),
    }
}

/// The query of a filter as it is written from now on.
///
/// # Errors
/// Those of [`asked::read`].
async fn canonical(town: &Town, visit: &Visit, asked: Asked) -> Result<String, Stop> {
    let own = town.clone();
    let (officer, today, now) = (visit.actor().handle.clone(), crate::team::today(town, visit.at), visit.at);
    let read = town.db().read(move |tx| {
        let services = store::named(tx)?;
        let districts = own.part::<Districts>();
        let known = Known { services: &services, districts, officer: &officer, today: &today, now };
        asked::read(&asked, &known).map(|(asked, _)| asked)
    });
    let asked = Asked { after: String::new(), limit: String::new(), ..read.await? };
    Ok(asked.address(None).strip_prefix(&format!("{PATH}?")).unwrap_or_default().to_owned())
}

async fn change(town: &Town, what: impl FnOnce(&mut Tx<'_>) -> Result<(), Stop> + Send + 'static) -> Result<(), Stop> {
    town.db()
        .write(move |tx| {
            what(tx)?;
            tx.commit(OffRecord("how an officer sorts their desk is their own"), ()).map_err(Stop::from)
        })
        .await
}

fn keep(tx: &mut Tx<'_>, person: PersonId, name: &str, query: &str) -> Result<(), Stop> {
    let kept = store::views_of(tx, person)?;
    if kept.len() >= VIEWS_LIMIT && !kept.iter().any(|one| one.name == name) {
        return Err(Refusal::conflict("inbox-view-many").at("name").with("most", VIEWS_LIMIT as i64).into());
    }
    store::keep_view(tx, person, name, query).map_err(Stop::from)
}

fn rename(tx: &mut Tx<'_>, person: PersonId, from: &str, to: &str) -> Result<(), Stop> {
    there(tx, person, from)?;
    if from != to && store::views_of(tx, person)?.iter().any(|one| one.name == to) {
        return Err(Refusal::conflict("inbox-view-taken").at("name").into());
    }
    store::rename_view(tx, person, from, to).map_err(Stop::from)
}

/// Refuses what the person does not keep.
fn there(tx: &mut Tx<'_>, person: PersonId, name: &str) -> Result<(), Stop> {
    let is_there = store::views_of(tx, person)?.iter().any(|one| one.name == name);
    if is_there { Ok(()) } else { Err(Stop::NotFound) }
}

fn name_of(form: &Submission) -> Result<String, Refusal> {
    let name = form.text("name").unwrap_or_default();
    let count = name.chars().count();
    if count == 0 || count > NAME_LIMIT || name.chars().any(char::is_control) {
        return Err(Refusal::new("inbox-view-name").at("name").with("most", NAME_LIMIT as i64));
    }
    Ok(name.to_owned())
}

/// The filter that a form carries.
fn asked_of(form: &Submission) -> Result<Asked, Refusal> {
    let query = form.text("query").unwrap_or_default();
    let read = if query.len() > QUERY_LIMIT_BYTES { None } else { serde_urlencoded::from_str(query).ok() };
    read.ok_or_else(|| Refusal::new("inbox-view-query").at("query"))
}

/// What programs read of it.
pub fn doc() -> Doc {
    Doc::new("services", "The views of the inbox that the officer of a token keeps").answers(
        200,
        "application/json",
        "The views.",
        schema_of::<ViewsView>(),
    )
}

/// How a view is kept and changed.
pub fn act_doc() -> Doc {
    let body = json!({"type": "object", "properties": {
        "act": {"type": "string", "enum": ["keep", "rename", "first", "no-first", "forget"], "description": "What to do; `keep` unless said otherwise."},
        "name": {"type": "string", "maxLength": NAME_LIMIT, "description": "How it is called from now on."},
        "query": {"type": "string", "description": "To keep: the query of the inbox, as `show=open&district=4`."},
        "view": {"type": "string", "description": "Else: the name of what is kept."},
    }});
    Doc::new("services", "Keeps the filters of the inbox under a name, renames, forgets or puts first what is kept")
        .body("application/json", body)
        .answers(303, "text/html", "Done.", json!({"type": "string"}))
}
