//! Who may vote: codes, addresses, or a file of the town's own roll.

use super::show_edit;
use crate::{
    commands::{RollLook, add_to_roll, empty_roll, keep_roll, look_at_roll, make_codes, vote_of},
    decide,
    model::{Phase, Vote, Voters},
    store,
};
use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use database::DbError;
use people::roll::{AsideLine, aside_file, aside_lines, uploaded};
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit,
    answer::{page_with, see_other_saying},
    dates,
    forms::{FormErrors, Submission},
    parts::{CheckLine, Crumb},
    table::csv_answer,
    visit::Path,
};

/// What were no addresses, and a page tells one by one.
const BAD_SHOWN: usize = 20;

/// POST /admin/votes/{code}/codes: a file of codes, told once.
pub async fn codes(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let vote = vote_of(&town, &code).await?;
    let count = form.text("codes").and_then(|text| text.parse().ok()).unwrap_or(0);
    let district = form.text("district").map(str::to_owned);
    match make_codes(&town, visit.actor.clone(), &code, count, district.clone()).await {
        Ok(codes) => {
            let url = town.url(&format!("/votes/{}/ballot", vote.code));
            let district = district.unwrap_or_default();
            let rows = codes.into_iter().map(|code| [code, url.clone(), district.clone()]);
            let mut answer = csv_answer(&["code", "url", "district"], rows)?;
            download(&mut answer, &format!("{}-codes.csv", vote.code))?;
            Ok(answer)
        }
        Err(Stop::Refused(refusals)) => show_edit(&town, &visit, &vote, FormErrors::of(&refusals, &visit.t)).await,
        Err(other) => Err(other),
    }
}

/// POST /admin/votes/{code}/roll: addresses, with an account or not; what are none is told.
pub async fn roll(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let vote = vote_of(&town, &code).await?;
    let refusals = match add_to_roll(&town, visit.actor.clone(), &code, form.text("roll").unwrap_or_default()).await {
        Ok(bad) if bad.is_empty() => {
            return see_other_saying(&format!("/admin/votes/{}", vote.code), "flash-vote-roll");
        }
        Ok(bad) => {
            let shown = bad.iter().take(BAD_SHOWN).cloned().collect::<Vec<_>>().join(", ");
            let refusal = Refusal::new("vote-roll-bad").at("roll");
            vec![refusal.with("count", bad.len() as i64).with("addresses", shown)]
        }
        Err(Stop::Refused(refusals)) => refusals,
        Err(other) => return Err(other),
    };
    show_edit(&town, &visit, &vote, FormErrors::of(&refusals, &visit.t)).await
}

/// POST /admin/votes/{code}/roll/empty
pub async fn empty(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    empty_roll(&town, visit.actor.clone(), &code).await?;
    see_other_saying(&format!("/admin/votes/{code}/roll"), "flash-vote-roll")
}

#[derive(askama::Template)]
#[template(path = "keep_roll.html")]
struct RollPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    errors: FormErrors,
    code: String,
    count: String,
    may_change: bool,
    has_some: bool,
    looked: bool,
    lines: Vec<CheckLine>,
    aside: Vec<AsideLine>,
    aside_more: String,
}

/// GET /admin/votes/{code}/roll
pub async fn show(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let vote = vote_of(&town, &code).await?;
    if vote.definition.voters == Voters::Roll {
        show_roll(&town, &visit, &vote, None, FormErrors::default()).await
    } else {
        Err(Stop::NotFound)
    }
}

/// POST /admin/votes/{code}/roll/file: looks at a file; keeps it, or answers what was set aside, only when asked to.
pub async fn file(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let vote = vote_of(&town, &code).await?;
    let done = match uploaded(&town, &form, town.part::<places::Districts>().all()).await {
        Ok(file) if form.is_ticked("keep") => keep_roll(&town, visit.actor.clone(), &code, file).await,
        Ok(file) => look_at_roll(&town, &code, file).await,
        Err(stop) => Err(stop),
    };
    match done {
        Ok(look) if form.is_ticked("aside") => aside_file(&visit, vote.code.as_str(), &look.aside),
        Ok(look) if form.is_ticked("keep") && look.aside.is_empty() => {
            see_other_saying(&format!("/admin/votes/{}/roll", vote.code), "flash-vote-roll")
        }
        Ok(look) => show_roll(&town, &visit, &vote, Some(look), FormErrors::default()).await,
        Err(Stop::Refused(refusals)) if refusals.iter().all(|one| one.status == StatusCode::UNPROCESSABLE_ENTITY) => {
            show_roll(&town, &visit, &vote, None, FormErrors::of(&refusals, &visit.t)).await
        }
        Err(other) => Err(other),
    }
}

async fn show_roll(town: &Town, visit: &Visit, vote: &Vote, look: Option<RollLook>, errors: FormErrors) -> Answer {
    let asked = vote.code.as_str().to_owned();
    let count =
        town.db().read(move |tx| store::count_roll(tx, &asked)).await.map_err(|error: DbError| Stop::from(error))?;
    let t = &visit.t;
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let looked = look.is_some();
    let look = look.unwrap_or_default();
    let line = |key: &str, count: usize| CheckLine {
        label: t.say(key).to_owned(),
        value: dates::number(count as i64, t.language()),
        href: String::new(),
    };
    let (aside, aside_more) = aside_lines(visit, &look.aside);
    let mut answer = page_with(
        status,
        &RollPage {
            frame: Frame::new(town, visit, t.say("fact-roll")),
            crumbs: vec![
                Crumb { href: "/admin/votes".to_owned(), label: t.say("keep-title").to_owned() },
                Crumb {
                    href: format!("/admin/votes/{}", vote.code),
                    label: vote.definition.title.in_language(t.language()).to_owned(),
                },
                Crumb { href: String::new(), label: t.say("fact-roll").to_owned() },
            ],
            errors,
            code: vote.code.to_string(),
            count: dates::number(count, t.language()),
            may_change: matches!(decide::phase(vote, visit.at), Phase::Draft | Phase::Announced),
            has_some: count > 0,
            looked,
            lines: vec![
                line("roll-fresh", look.fresh),
                line("roll-with-born", look.with_born),
                line("roll-with-district", look.with_district),
                line("roll-aside", look.aside.len()),
            ],
            aside,
            aside_more,
        },
    )?;
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(answer)
}

fn download(answer: &mut Response, name: &str) -> Result<(), Stop> {
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")).map_err(Stop::fault)?;
    answer.headers_mut().insert(header::CONTENT_DISPOSITION, disposition);
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(())
}
