//! Publishing: a dataset is drafted, filled, described, shown and taken back.

mod acting;
mod kept;
mod taken;

pub use self::acting::act;

use super::{KeptLine, is_stale, version_again};
use crate::{
    acts,
    books::Books,
    commands,
    decide::{Draft, Farewell},
    extent, intakes, links,
    model::Dataset,
    own,
    plans::{self, Later, rhythms},
    views,
    vocabulary::{FREQUENCIES, HIGH_VALUE, LICENCES, THEMES},
};
use axum::{extract::State, http::StatusCode};
use civic::Language;
use database::DbError;
use std::collections::BTreeMap;
use web::{
    Answer, Frame, Stop, Town, Visit, Wants,
    answer::{json_with, page_with, see_other_saying},
    forms::{FormErrors, Submission},
    locals::{LocalField, labelled_fields},
    parts::{Choice, Crumb, choices},
    visit::Path,
};

struct ResourceLine {
    id: String,
    title: String,
    format: String,
    table: bool,
    is_file: bool,
    slug: String,
    url: String,
    rhythms: Vec<Choice>,
    fetched: String,
}

#[derive(askama::Template)]
#[template(path = "edit.html")]
struct EditPage {
    frame: Frame,
    errors: FormErrors,
    crumbs: Vec<Crumb>,
    heading: String,
    name: String,
    action: String,
    is_new: bool,
    is_public: bool,
    is_own: bool,
    /// Whether it was withdrawn, and publishing it again is asked about its older files.
    is_gone: bool,
    /// Whether it was public, so that its older files stay readable.
    keeps_older: bool,
    publish_at: String,
    planned: Vec<String>,
    rhythms: Vec<Choice>,
    version: i64,
    kept: Vec<KeptLine>,
    draft: Draft,
    tags: String,
    titles: Vec<LocalField>,
    notes: Vec<LocalField>,
    organisations: Vec<Choice>,
    licences: Vec<Choice>,
    frequencies: Vec<Choice>,
    high_values: Vec<Choice>,
    themes: Vec<Choice>,
    resources: Vec<ResourceLine>,
    intakes: Vec<intakes::Line>,
    farewell: Farewell,
    links: links::Lines,
    bbox_hint: String,
}

/// What was typed beside what is said of a dataset.
#[derive(Default)]
struct Beside {
    organisation: String,
    farewell: Farewell,
}

/// GET /data/new
pub async fn new_form(State(town): State<Town>, visit: Visit) -> Answer {
    render(&town, &visit, None, Draft::default(), Beside::default(), &[]).await
}

/// GET /data/{name}/edit
pub async fn form(State(town): State<Town>, visit: Visit, Path(name): Path<String>) -> Answer {
    let dataset = editable(&town, &visit, &name)?;
    let draft = draft_of(&dataset);
    render(&town, &visit, Some((&dataset, None)), draft, Beside::default(), &[]).await
}

pub(super) fn editable(town: &Town, visit: &Visit, name: &str) -> Result<Dataset, Stop> {
    let filed = super::seen(town, visit, name)?;
    let may = visit.actor.may_for(&acts::PUBLISH, Some(filed.dataset.organisation));
    if may { Ok(filed.dataset.clone()) } else { Err(Stop::NotFound) }
}

/// A dataset as its form shows it.
pub(crate) fn draft_of(dataset: &Dataset) -> Draft {
    let meta = dataset.meta.clone();
    Draft {
        name: dataset.name.clone(),
        title: meta.title.into(),
        notes: meta.notes.map(Into::into).unwrap_or_default(),
        tags: meta.tags,
        themes: meta.themes,
        licence: meta.licence,
        licence_url: meta.licence_url,
        contact_name: meta.contact_name,
        contact_email: meta.contact_email,
        spatial: meta.spatial,
        bbox: meta.bbox.map(extent::text).unwrap_or_default(),
        from: meta.from,
        until: meta.until,
        frequency: meta.frequency,
        high_value: meta.high_value,
        url: meta.url,
        origin: meta.origin,
        extras: meta.extras,
    }
}

/// The form of a dataset as it is kept now, with the version that the form was of before.
async fn render(
    town: &Town,
    visit: &Visit,
    about: Option<(&Dataset, Option<i64>)>,
    draft: Draft,
    beside: Beside,
    refusals: &[web::Refusal],
) -> Answer {
    let t = &visit.t;
    let dataset = about.map(|(dataset, _)| dataset);
    let status = refusals.first().map_or(StatusCode::OK, |refusal| refusal.status);
    let stale = dataset.filter(|_| is_stale(refusals));
    let later = match dataset {
        Some(dataset) => plans::later(town, dataset).await?,
        None => Later::default(),
    };
    let heading = dataset.map_or_else(
        || t.say("data-publish-new").to_owned(),
        |one| one.meta.title.in_language(t.language()).to_owned(),
    );
    let chosen = |all: Vec<(String, String)>, is: &str| choices(t.say("data-choose"), all, is);
    let named = |list: Vec<(&str, &str)>| {
        list.into_iter().map(|(code, key)| (code.to_owned(), t.say(key).to_owned())).collect()
    };
    let licences = LICENCES.iter().map(|one| (one.code.to_owned(), one.label(t))).collect();
    let theme = |(code, key): &(&str, &str)| Choice {
        value: (*code).to_owned(),
        label: t.say(key).to_owned(),
        detail: String::new(),
        chosen: draft.themes.iter().any(|one| one == code),
    };
    let line = |one: &crate::model::Resource| {
        let fetch = later.fetches.iter().find(|fetch| fetch.resource == one.id);
        ResourceLine {
            id: one.id.clone(),
            title: one.body.name.clone(),
            format: one.body.format.clone(),
            table: one.body.info.is_some(),
            is_file: one.file_id.is_some(),
            slug: one.slug().to_owned(),
            url: fetch.map(|fetch| fetch.url.clone()).unwrap_or_default(),
            rhythms: rhythms(t, fetch.map_or(0, |fetch| fetch.every_days)),
            fetched: fetch.map(|fetch| plans::fetched(visit, fetch)).unwrap_or_default(),
        }
    };
    let page = EditPage {
        frame: Frame::new(town, visit, heading.clone()),
        errors: FormErrors::of(refusals, t),
        crumbs: vec![
            Crumb { href: "/data".to_owned(), label: t.say("open-data-title").to_owned() },
            Crumb { href: String::new(), label: heading.clone() },
        ],
        heading,
        name: dataset.map(|one| one.name.clone()).unwrap_or_default(),
        action: dataset.map_or_else(|| "/data".to_owned(), |one| format!("/data/{}/save", one.name)),
        is_new: dataset.is_none(),
        is_public: dataset.is_some_and(Dataset::is_public),
        is_own: dataset.is_some_and(|one| one.is_public() && own::is_own(one)),
        is_gone: dataset.is_some_and(Dataset::is_gone),
        keeps_older: dataset.is_some_and(|one| one.is_public() || one.is_gone()),
        publish_at: later.plan.publish_at.map(|at| plans::local(town, at)).unwrap_or_default(),
        planned: plans::planned(visit, &later),
        rhythms: rhythms(t, 0),
        version: about.map_or(0, |(one, seen)| version_again(one.version, seen, refusals)),
        kept: stale.map(|dataset| kept::of(town, visit, dataset, &draft)).unwrap_or_default(),
        tags: draft.tags.join(", "),
        titles: labelled_fields(visit, &town.settings().languages, "title", "data-field-title", |language| {
            draft.title.get(&language).map(String::as_str)
        }),
        notes: labelled_fields(visit, &town.settings().languages, "notes", "data-field-notes", |language| {
            draft.notes.get(&language).map(String::as_str)
        }),
        organisations: organisations(town, visit, &beside.organisation),
        licences: chosen(licences, &draft.licence),
        frequencies: chosen(named(FREQUENCIES.iter().map(|(code, key, _)| (*code, *key)).collect()), &draft.frequency),
        high_values: chosen(named(HIGH_VALUE.iter().map(|(code, key, _)| (*code, *key)).collect()), &draft.high_value),
        themes: THEMES.iter().map(theme).collect(),
        resources: dataset.map(|one| one.resources.iter().map(line).collect()).unwrap_or_default(),
        intakes: match dataset {
            Some(dataset) => intakes::lines(town, visit, dataset).await?,
            None => Vec::new(),
        },
        farewell: beside.farewell,
        links: match dataset {
            Some(dataset) => links::lines(visit, dataset, &links_of(town, dataset).await?),
            None => links::Lines::default(),
        },
        bbox_hint: match dataset.and_then(Dataset::tables_bbox) {
            Some(around) => t.with1("data-bbox-of-tables", "bbox", extent::text(around)),
            None => t.say("data-bbox-hint").to_owned(),
        },
        draft,
    };
    page_with(status, &page)
}

/// The organisations for which the reader publishes.
fn organisations(town: &Town, visit: &Visit, is: &str) -> Vec<Choice> {
    let shelves = town.part::<Books>().now();
    let language = visit.t.language();
    let may = shelves.organisations.values().filter(|one| visit.actor.may_for(&acts::PUBLISH, Some(one.id)));
    let all: Vec<_> = may.map(|one| (one.code.clone(), one.name.in_language(language).to_owned())).collect();
    let only = if let [(code, _)] = all.as_slice() { code.clone() } else { is.to_owned() };
    choices(visit.t.say("data-choose"), all, &only)
}

/// What a form says.
fn read(form: &Submission) -> Draft {
    let field = |name: &str| form.text(name).unwrap_or_default().to_owned();
    let texts = |name: &str| {
        let of = |(language, text): (&str, &str)| {
            Some((Language::ALL.into_iter().find(|one| one.tag() == language)?, text.to_owned()))
        };
        form.keyed(name).filter_map(of).collect()
    };
    let list = |name: &str| form.all(name).chain(form.all(&format!("{name}[]"))).map(str::to_owned).collect::<Vec<_>>();
    Draft {
        name: field("name"),
        title: texts("title"),
        notes: texts("notes"),
        tags: list("tags"),
        themes: list("themes"),
        licence: field("licence"),
        licence_url: field("licence_url"),
        contact_name: field("contact_name"),
        contact_email: field("contact_email"),
        spatial: field("spatial"),
        bbox: field("bbox"),
        from: field("from"),
        until: field("until"),
        frequency: field("frequency"),
        high_value: field("high_value"),
        url: field("url"),
        origin: field("origin"),
        extras: BTreeMap::new(),
    }
}

/// POST /data
pub async fn make(State(town): State<Town>, visit: Visit, form: Submission) -> Answer {
    let (draft, organisation) = (read(&form), form.text("organisation").unwrap_or_default().to_owned());
    match commands::draft(&town, &visit.actor, &organisation, &draft, commands::From::default()).await {
        Ok(made) => done(&town, &visit, &made, StatusCode::CREATED, "flash-dataset-drafted").await,
        Err(Stop::Refused(refusals)) if visit.wants == Wants::Html => {
            render(&town, &visit, None, draft, Beside { organisation, ..Beside::default() }, &refusals).await
        }
        Err(stop) => Err(stop),
    }
}

/// What is known of the links of a dataset.
async fn links_of(town: &Town, dataset: &Dataset) -> Result<Vec<links::Link>, Stop> {
    let own = dataset.clone();
    town.db().read(move |tx| links::of_dataset(tx, &own)).await.map_err(|error: DbError| error.into())
}

pub(super) async fn done(
    town: &Town,
    visit: &Visit,
    dataset: &Dataset,
    status: StatusCode,
    flash: &'static str,
) -> Answer {
    if visit.wants == Wants::Html {
        return see_other_saying(&format!("/data/{}/edit", dataset.name), flash);
    }
    let shelves = town.part::<Books>().now();
    let filed = shelves.find(&dataset.name).ok_or(Stop::NotFound)?;
    let links = links_of(town, &filed.dataset).await?;
    json_with(status, &views::dataset(town, &shelves, filed, &[], &links, visit.t.language(), visit.at))
}
