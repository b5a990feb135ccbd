//! Where an officer writes a story: its words in the town's languages, its SQL, and which column is what.

use super::{
    commands::{self, Step},
    model::{Typed, Written},
    store,
};
use crate::{
    acts,
    books::Books,
    pages::{KeptLine, is_stale, version_again, version_of},
};
use axum::{extract::State as Extract, http::StatusCode};
use civic::{Language, LocalText};
use database::DbError;
use std::collections::BTreeMap;
use web::{
    Answer, Frame, Refusal, Route, Stop, Town, Visit, Wants,
    answer::{json_with, page_with, see_other_saying},
    forms::{FormErrors, Submission},
    locals::{LocalField, labelled_fields},
    manifest::Doc,
    openapi::text_schema,
    parts::{Choice, Crumb},
    visit::Path,
};

/// The routes.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/data/stories/new", acts::PUBLISH, new),
        Route::post("/data/stories", acts::PUBLISH, make).documented(make_doc()),
        Route::get("/data/stories/{story}/edit", acts::PUBLISH, edit),
        Route::post("/data/stories/{story}/{act}", acts::PUBLISH, act).documented(act_doc()),
    ]
}

/// What a story is written with; words by language, as `title[en]`.
fn body() -> serde_json::Value {
    let text = |description: &str| serde_json::json!({"type": "string", "description": description});
    serde_json::json!({"type": "object", "properties": {
        "organisation": text("The code of the agency that tells it; of a new one."),
        "name": text("Its name in addresses; of a new one."),
        "version": text("The version that was seen; of one that is there. Somebody who changed it meanwhile is not overwritten."),
        "title[en]": text("Its title, in each language of the town."),
        "lead[en]": text("What it comes to."),
        "text[en]": text("More about it."),
        "sql": text("One select over public tables, with the limits of `/data/sql`."),
        "label": text("The column with what each bar is."),
        "value": text("The column with how long it is."),
        "map": text("The column with codes of districts, where there is one."),
    }})
}

fn make_doc() -> Doc {
    Doc::new("data", "A story as a draft: a question in SQL with its chart, and its map where it has districts")
        .body("application/json", body())
        .answers(
            201,
            "application/json",
            "Its name, address, state and version.",
            serde_json::json!({"type": "object"}),
        )
}

fn act_doc() -> Doc {
    Doc::new("data", "A story is changed, published or withdrawn")
        .path("story", "Its name in addresses.", text_schema())
        .path(
            "act",
            "What becomes of it.",
            serde_json::json!({"type": "string", "enum": ["save", "publish", "withdraw"]}),
        )
        .body("application/json", body())
        .answers(
            200,
            "application/json",
            "Its name, address, state and version.",
            serde_json::json!({"type": "object"}),
        )
}

#[derive(askama::Template)]
#[template(path = "story_form.html")]
struct FormPage {
    frame: Frame,
    errors: FormErrors,
    crumbs: Vec<Crumb>,
    action: String,
    is_new: bool,
    is_public: bool,
    /// Not `name`: that is what the macro of a field calls its own.
    own_name: String,
    version: i64,
    organisations: Vec<Choice>,
    titles: Vec<LocalField>,
    leads: Vec<LocalField>,
    texts: Vec<LocalField>,
    kept: Vec<KeptLine>,
    typed: Typed,
}

/// What a form is about.
enum About<'s> {
    New {
        name: &'s str,
        organisation: &'s str,
    },
    /// A story as it is kept now, and the version that the form was of.
    Own {
        story: &'s Written,
        seen: Option<i64>,
    },
}

/// A story that the actor may change.
async fn own(town: &Town, visit: &Visit, name: &str) -> Result<Written, Stop> {
    let name = name.to_owned();
    let found = town.db().read(move |tx| store::find(tx, &name)).await.map_err(|error: DbError| Stop::from(error))?;
    found.filter(|one| visit.actor.may_for(&acts::PUBLISH, Some(one.organisation))).ok_or(Stop::NotFound)
}

/// GET /data/stories/new
async fn new(Extract(town): Extract<Town>, visit: Visit) -> Answer {
    render(&town, &visit, &About::New { name: "", organisation: "" }, Typed::default(), &[])
}

/// GET /data/stories/{story}/edit
async fn edit(Extract(town): Extract<Town>, visit: Visit, Path(name): Path<String>) -> Answer {
    let story = own(&town, &visit, &name).await?;
    let typed = typed_of(&story);
    render(&town, &visit, &About::Own { story: &story, seen: None }, typed, &[])
}

/// POST /data/stories
async fn make(Extract(town): Extract<Town>, visit: Visit, form: Submission) -> Answer {
    let field = |name: &str| form.text(name).unwrap_or_default().to_owned();
    let (name, organisation) = (field("name"), field("organisation"));
    let typed = read(&town, &form);
    match commands::draft(&town, &visit.actor, &organisation, &name, typed.clone()).await {
        Ok(story) => done(&town, &visit, &story, StatusCode::CREATED, "flash-story-drafted"),
        Err(Stop::Refused(refusals)) if visit.wants == Wants::Html => {
            render(&town, &visit, &About::New { name: &name, organisation: &organisation }, typed, &refusals)
        }
        Err(stop) => Err(stop),
    }
}

/// POST /data/stories/{story}/{act}
async fn act(
    Extract(town): Extract<Town>,
    visit: Visit,
    Path((name, act)): Path<(String, String)>,
    form: Submission,
) -> Answer {
    own(&town, &visit, &name).await?;
    let typed = read(&town, &form);
    let (step, flash) = match act.as_str() {
        "save" => (Step::Save(typed.clone()), "flash-story-saved"),
        "publish" => (Step::Publish, "flash-story-published"),
        "withdraw" => (Step::Withdraw, "flash-story-withdrawn"),
        _ => return Err(Stop::NotFound),
    };
    let seen = version_of(&visit, &form);
    let taken = match &seen {
        Ok(seen) => commands::take(&town, &visit.actor, &name, *seen, step).await,
        Err(refusal) => Err(refusal.clone().into()),
    };
    match taken {
        Ok(story) => done(&town, &visit, &story, StatusCode::OK, flash),
        Err(Stop::Refused(refusals)) if visit.wants == Wants::Html => {
            // As it is now: somebody may have been quicker.
            let story = own(&town, &visit, &name).await?;
            let typed = if act == "save" { typed } else { typed_of(&story) };
            let about = About::Own { story: &story, seen: seen.ok().flatten() };
            render(&town, &visit, &about, typed, &refusals)
        }
        Err(stop) => Err(stop),
    }
}

fn done(town: &Town, visit: &Visit, story: &Written, status: StatusCode, flash: &'static str) -> Answer {
    let to = format!("/data/stories/{}", story.name);
    if visit.wants == Wants::Html {
        return see_other_saying(&format!("{to}/edit"), flash);
    }
    let view = serde_json::json!({
        "name": story.name, "url": town.url(&to), "state": story.state.word(), "version": story.version,
    });
    json_with(status, &view)
}

fn read(town: &Town, form: &Submission) -> Typed {
    let field = |name: &str| form.text(name).unwrap_or_default().to_owned();
    let languages = &town.settings().languages;
    let words = |name: &str| {
        let of = |language: &Language| {
            Some((*language, form.text(&format!("{name}[{}]", language.tag()))?.replace('\0', "")))
        };
        languages.iter().filter_map(of).collect::<BTreeMap<_, _>>()
    };
    Typed {
        title: words("title"),
        lead: words("lead"),
        text: words("text"),
        sql: field("sql"),
        label: field("label"),
        value: field("value"),
        map: field("map"),
    }
}

fn typed_of(story: &Written) -> Typed {
    let telling = story.telling.clone();
    let words = |text: LocalText| -> BTreeMap<Language, String> { text.into() };
    Typed {
        title: words(telling.title),
        lead: words(telling.lead),
        text: telling.text.map(words).unwrap_or_default(),
        sql: telling.sql,
        label: telling.label,
        value: telling.value,
        map: telling.map,
    }
}

/// What is kept of a story, where it is not what was typed.
fn kept(visit: &Visit, languages: &[Language], story: &Written, typed: &Typed) -> Vec<KeptLine> {
    let now = typed_of(story);
    let mut lines = Vec::new();
    for (key, now, typed) in [
        ("data-field-title", &now.title, &typed.title),
        ("story-field-lead", &now.lead, &typed.lead),
        ("story-field-text", &now.text, &typed.text),
    ] {
        let text = |of: &BTreeMap<Language, String>, language: &Language| of.get(language).cloned().unwrap_or_default();
        let line = |language: &Language| {
            let label = visit.t.with1(key, "language", language.own_name());
            let line = KeptLine::of(label, &text(now, language), &text(typed, language))?;
            Some(line.in_language(language.tag()))
        };
        lines.extend(languages.iter().filter_map(line));
    }
    for (key, now, typed) in [
        ("story-form-sql", &now.sql, &typed.sql),
        ("story-form-label", &now.label, &typed.label),
        ("story-form-value", &now.value, &typed.value),
        ("story-form-map", &now.map, &typed.map),
    ] {
        lines.extend(KeptLine::of(visit.t.say(key), now, typed).map(KeptLine::in_code));
    }
    lines
}

fn render(town: &Town, visit: &Visit, about: &About<'_>, typed: Typed, refusals: &[Refusal]) -> Answer {
    let (t, languages) = (&visit.t, &town.settings().languages);
    let (story, name, organisation, version) = match *about {
        About::New { name, organisation } => (None, name, organisation, 0),
        About::Own { story, seen } => {
            (Some(story), story.name.as_str(), "", version_again(story.version, seen, refusals))
        }
    };
    let stale = story.filter(|_| is_stale(refusals));
    let shelves = town.part::<Books>().now();
    let agencies: Vec<_> = shelves.organisations.values().cloned().collect();
    let fields = |field: &str, key: &str, of: &BTreeMap<Language, String>| {
        labelled_fields(visit, languages, field, key, |language| of.get(&language).map(String::as_str))
    };
    let title = t.say(if story.is_some() { "story-edit" } else { "story-new" }).to_owned();
    let path = story.map(|story| format!("/data/stories/{}", story.name));
    let mut crumbs = vec![Crumb { href: "/data".to_owned(), label: t.say("open-data-title").to_owned() }];
    if let (Some(story), Some(path)) = (story, &path) {
        let label = story.telling.title.in_language(t.language()).to_owned();
        crumbs.push(Crumb { href: path.clone(), label });
    }
    crumbs.push(Crumb { href: String::new(), label: title.clone() });
    let page = FormPage {
        frame: Frame::new(town, visit, title),
        errors: FormErrors::of(refusals, t),
        crumbs,
        action: path.as_ref().map_or_else(|| "/data/stories".to_owned(), |path| format!("{path}/save")),
        is_new: story.is_none(),
        is_public: story.is_some_and(Written::is_public),
        own_name: name.to_owned(),
        version,
        kept: stale.map(|story| kept(visit, languages, story, &typed)).unwrap_or_default(),
        organisations: people::organisations::choices(visit, &acts::PUBLISH, &agencies, organisation)
            .into_iter()
            .filter(|choice| !choice.value.is_empty())
            .collect(),
        titles: fields("title", "data-field-title", &typed.title),
        leads: fields("lead", "story-field-lead", &typed.lead),
        texts: fields("text", "story-field-text", &typed.text),
        typed,
    };
    page_with(refusals.first().map_or(StatusCode::OK, |refusal| refusal.status), &page)
}
