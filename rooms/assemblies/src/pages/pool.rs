//! The pool at the desk: counts beside quotas, and tables that are entered.

use super::{
    keep::{crumbs, own},
    views::Matter,
};
use crate::{
    commands::{self, Look},
    decide,
    model::Entered,
    store,
};
use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
};
use database::{DbError, Tx};
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit,
    answer::{page_with, see_other_saying},
    dates::number,
    forms::{FormErrors, Submission},
    parts::{CheckLine, Crumb},
    visit::Path,
};

/// Rows set aside that the page shows.
const SHOWN: usize = 50;

/// One feature with its count.
struct Counted {
    category: String,
    feature: String,
    quota: String,
    count: String,
    short: bool,
}

struct AsideLine {
    line: u64,
    column: String,
    value: String,
    why: String,
}

struct EnteredLine {
    number: i64,
    rows: String,
    at: String,
    undone: bool,
}

#[derive(askama::Template)]
#[template(path = "assembly_pool.html")]
struct PoolPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    errors: FormErrors,
    code: String,
    registered: String,
    header: String,
    open: bool,
    counted: Vec<Counted>,
    looked: bool,
    kept: bool,
    lines: Vec<CheckLine>,
    aside: Vec<AsideLine>,
    aside_more: String,
    entered: Vec<EnteredLine>,
}

/// GET /admin/assemblies/{code}/pool
pub async fn show(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let matter = own(&town, &visit, code).await?;
    compose(&town, &visit, &matter, None, FormErrors::default(), StatusCode::OK).await
}

/// POST /admin/assemblies/{code}/pool: looks at a file; enters it only when asked to.
pub async fn file(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    own(&town, &visit, code.clone()).await?;
    let keeps = form.is_ticked("keep");
    let done = match form.file("file").filter(|file| !file.bytes.is_empty()) {
        None => Err(Refusal::new("assembly-no-file").at("file").into()),
        Some(file) if keeps => commands::enter(&town, visit.actor.clone(), code.clone(), file.bytes.to_vec()).await,
        Some(file) => commands::look_at_table(&town, visit.actor.clone(), code.clone(), file.bytes.to_vec()).await,
    };
    let matter = own(&town, &visit, code.clone()).await?;
    match done {
        Ok(look) if keeps && look.aside.is_empty() => {
            see_other_saying(&format!("/admin/assemblies/{code}/pool"), "flash-assembly-entered")
        }
        Ok(look) => compose(&town, &visit, &matter, Some((look, keeps)), FormErrors::default(), StatusCode::OK).await,
        Err(Stop::Refused(refusals)) => {
            let errors = FormErrors::of(&refusals, &visit.t);
            compose(&town, &visit, &matter, None, errors, refusals[0].status).await
        }
        Err(stop) => Err(stop),
    }
}

/// POST /admin/assemblies/{code}/pool/undo
pub async fn undo(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let number = form.text("table").and_then(|text| text.parse().ok()).ok_or(Stop::NotFound)?;
    commands::undo_entered(&town, visit.actor.clone(), code.clone(), number).await?;
    see_other_saying(&format!("/admin/assemblies/{code}/pool"), "flash-assembly-undone")
}

async fn read(town: &Town, code: String) -> Result<(Vec<(String, Vec<String>)>, Vec<Entered>), Stop> {
    let read = move |tx: &mut Tx<'_>| Ok((store::pool(tx, &code)?, store::entered(tx, &code)?));
    town.db().read(read).await.map_err(|error: DbError| error.into())
}

async fn compose(
    town: &Town,
    visit: &Visit,
    matter: &Matter,
    look: Option<(Look, bool)>,
    errors: FormErrors,
    status: StatusCode,
) -> Answer {
    let (t, language) = (&visit.t, visit.t.language());
    let one = &matter.assembly;
    let (pool, entered) = read(town, one.code.to_string()).await?;
    let (looked, kept) = (look.is_some(), look.as_ref().is_some_and(|(_, kept)| *kept));
    let look = look.map(|(look, _)| look).unwrap_or_default();
    let line = |key: &str, count: usize| CheckLine {
        label: t.say(key).to_owned(),
        value: number(count as i64, language),
        href: String::new(),
    };
    let aside_line = |one: &decide::Aside| AsideLine {
        line: one.line,
        column: one.column.clone(),
        value: one.value.clone(),
        why: t.say(one.why.key()).to_owned(),
    };
    let entered_line = |one: &Entered| EnteredLine {
        number: one.number,
        rows: t.with1("assembly-entered-rows", "count", one.rows),
        at: visit.date_time(one.at),
        undone: one.undone_at.is_some(),
    };
    let names: Vec<&str> = matter.categories.iter().map(|category| category.name.as_str()).collect();
    let more = look.aside.len().saturating_sub(SHOWN);
    let mut answer = page_with(
        status,
        &PoolPage {
            frame: Frame::new(town, visit, t.say("assembly-pool")),
            crumbs: crumbs(visit, matter, t.say("assembly-pool")),
            errors,
            code: one.code.to_string(),
            registered: t.with1("assembly-registered", "count", matter.registered),
            header: format!("id,name,email,{}", names.join(",")),
            open: one.published_at.is_some() && decide::is_open(one, visit.at).is_ok(),
            counted: counted(visit, matter, &pool),
            looked,
            kept,
            lines: vec![line("assembly-look-fresh", look.fresh), line("assembly-look-aside", look.aside.len())],
            aside: look.aside.iter().take(SHOWN).map(aside_line).collect(),
            aside_more: if more > 0 { t.with1("assembly-aside-more", "count", more as i64) } else { String::new() },
            entered: entered.iter().map(entered_line).collect(),
        },
    )?;
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(answer)
}

/// How many of the pool have each feature, beside its quota.
fn counted(visit: &Visit, matter: &Matter, pool: &[(String, Vec<String>)]) -> Vec<Counted> {
    let (t, language) = (&visit.t, visit.t.language());
    let mut all = Vec::new();
    for (at, category) in matter.categories.iter().enumerate() {
        for feature in &category.features {
            let count = pool.iter().filter(|(_, answers)| answers.get(at) == Some(&feature.name)).count();
            let quota = [("least", i64::from(feature.at_least).into()), ("most", i64::from(feature.at_most).into())];
            all.push(Counted {
                category: matter.labels.of(&category.name, language),
                feature: matter.labels.of(&feature.name, language),
                quota: t.with("assembly-quota-range", &quota),
                count: number(count as i64, language),
                short: count < feature.at_least as usize,
            });
        }
    }
    all
}
