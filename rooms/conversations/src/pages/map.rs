//! The map of a conversation, now and as it was.

use super::{
    crumbs, known,
    shown::{Shown, shown},
    take_part::Own,
};
use crate::{
    books::Known,
    importance::{SMALL, protected},
    map_view::MapView,
    store,
    views::path,
};
use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, header},
};
use civic::Moment;
use database::DbError;
use places::Districts;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, sync::Arc};
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit, Wants,
    answer::{json, page},
    dates::{decimal, number},
    parts::Crumb,
    visit::{Path, Query},
};

/// What an address asks for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    at: String,
}

/// A moment of the playback.
struct FrameLink {
    href: String,
    label: String,
    current: bool,
}

/// A map, with who took part by district.
#[derive(Debug, Serialize, JsonSchema)]
pub struct MapAnswer {
    #[serde(flatten)]
    map: MapView,
    /// Of those who said where they live; none for the map of an earlier moment.
    districts: Vec<DistrictView>,
}

/// A district with who took part, for machines.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct DistrictView {
    /// Its code.
    code: String,
    /// What it is called.
    name: String,
    /// How many took part; `null` for 1 to 4.
    people: Option<i64>,
    /// Their share among those of all districts whose count is said, 0 to 1; `null` where it is not said.
    share: Option<f64>,
    /// Its share of the residents, 0 to 1; `null` where the town does not say how many live there.
    living_share: Option<f64>,
    /// By how much the first is more than the second, in hundredths; below zero for fewer.
    gap_points: Option<f64>,
}

/// A district with who took part.
pub(super) struct DistrictRow {
    pub name: String,
    pub people: String,
    pub share: String,
    pub census: String,
    pub gap: String,
}

#[derive(askama::Template)]
#[template(path = "map.html")]
struct MapPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    question: String,
    own: String,
    feed: String,
    map: Option<Shown>,
    stand: String,
    hidden: bool,
    playback: Vec<FrameLink>,
    past: String,
    districts: Vec<DistrictRow>,
    has_census: bool,
    attribution: String,
}

/// GET /conversations/{code}/map
pub async fn show(
    State(town): State<Town>,
    visit: Visit,
    headers: HeaderMap,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let known = known(&town, &visit, &code)?;
    if known.hides_map && (visit.wants == Wants::Json || !asked.at.is_empty()) {
        return Err(Refusal::conflict("omap-hidden").into());
    }
    let own = Own::read(&town, &visit, &headers, &code).await?;
    let at = match asked.at.as_str() {
        "" => None,
        text => Some(Moment(text.parse().map_err(|_| Refusal::new("conversation-playback").at("at"))?)),
    };
    let read = town.db().read(move |tx| {
        let past = at.map(|at| store::snapshot(tx, &code, at)).transpose()?.flatten();
        Ok::<_, DbError>((past, store::snapshots(tx, &code)?, store::of_district(tx, &code)?))
    });
    let (past, snapshots, districts) = read.await?;
    let map = match at {
        None => known.map.clone(),
        Some(_) => Some(Arc::new(MapView::read(&past.ok_or(Stop::NotFound)?)?)),
    };
    if visit.wants == Wants::Json {
        let told = |map: MapView| MapAnswer {
            map,
            districts: if at.is_none() { district_views(&town, &known, &districts) } else { Vec::new() },
        };
        return match map {
            Some(map) if known.conversation.origin.is_none() => json(&told(MapView::clone(&map).without_numbers())),
            Some(map) => json(&told(MapView::clone(&map))),
            None => Err(Refusal::conflict("omap-not-drawn").into()),
        };
    }
    let mut answer = page(&compose(&town, &visit, &known, &own, map, at, snapshots, &districts))?;
    if own.who.is_known() {
        answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    Ok(answer)
}

#[expect(clippy::too_many_arguments, reason = "everything that one page shows, read at once")]
fn compose(
    town: &Town,
    visit: &Visit,
    known: &Known,
    own: &Own,
    map: Option<Arc<MapView>>,
    at: Option<Moment>,
    snapshots: Vec<(Moment, i64)>,
    districts: &BTreeMap<String, i64>,
) -> MapPage {
    let (one, t) = (&known.conversation, &visit.t);
    let place = own.participant.as_ref().and_then(|(number, _)| map.as_ref()?.place_of(*number));
    let address = path(one.code.as_str());
    let title = t.say("omap-title");
    let link = |(moment, reactions): &(Moment, i64)| FrameLink {
        href: format!("{address}/map?at={}", moment.micros()),
        label: t.with2(
            "omap-playback-moment",
            "date",
            visit.date_time(*moment),
            "answers",
            number(*reactions, t.language()),
        ),
        current: at == Some(*moment),
    };
    let now = FrameLink {
        href: format!("{address}/map"),
        label: t.say("omap-playback-now").to_owned(),
        current: at.is_none(),
    };
    MapPage {
        frame: Frame::new(town, visit, title).twins(visit, &[Wants::Json]),
        crumbs: crumbs(visit, known, title),
        question: one.question.in_language(t.language()).to_owned(),
        feed: if at.is_none() { format!("{address}/feed") } else { String::new() },
        stand: match (place, &map) {
            (Some((_, _, Some(group))), Some(map)) if map.has_groups() => {
                t.with1("stand-group", "group", super::shown::group_name(visit, group))
            }
            (Some((_, _, Some(_))), _) => t.say("stand-no-groups").to_owned(),
            (Some(_), _) => t.say("stand-not-yet").to_owned(),
            _ => String::new(),
        },
        map: map.as_ref().map(|map| shown(visit, known, map, place.map(|(x, y, _)| (x, y)))),
        hidden: known.hides_map,
        playback: if known.hides_map { Vec::new() } else { snapshots.iter().map(link).chain([now]).collect() },
        past: at.map(|at| t.with1("omap-past", "date", visit.date_time(at))).unwrap_or_default(),
        districts: district_rows(town, visit, known, districts),
        has_census: !one.census.is_empty(),
        attribution: one.origin.clone().unwrap_or_default().attribution,
        own: address,
    }
}

/// Who took part by district, beside how many live there where the town says so. Fewer than five are not told, and shares are of
/// those who are, so that nobody works them out.
fn district_views(town: &Town, known: &Known, districts: &BTreeMap<String, i64>) -> Vec<DistrictView> {
    if districts.is_empty() {
        return Vec::new();
    }
    let census = &known.conversation.census;
    let count = |code: &str| protected(districts.get(code).copied().unwrap_or(0));
    let all = town.part::<Districts>().all();
    let said: i64 = all.iter().filter_map(|(code, _)| count(code)).sum();
    let live: i64 = census.values().sum();
    let share = |part: i64, all: i64| part as f64 / all.max(1) as f64;
    let view = |(code, name): (String, String)| {
        let people = count(&code);
        let own = people.map(|people| share(people, said));
        let living = census.get(&code).map(|living| share(*living, live));
        let gap_points = own.zip(living).map(|(own, living)| 100.0 * (own - living));
        DistrictView { code, name, people, share: own, living_share: living, gap_points }
    };
    all.into_iter().map(view).collect()
}

/// The same for a reader.
pub(super) fn district_rows(
    town: &Town,
    visit: &Visit,
    known: &Known,
    districts: &BTreeMap<String, i64>,
) -> Vec<DistrictRow> {
    let language = visit.t.language();
    let percent = |share: Option<f64>| share.map(|share| decimal(100.0 * share, 0, language)).unwrap_or_default();
    let row = |one: DistrictView| DistrictRow {
        people: match one.people {
            Some(people) => number(people, language),
            None => visit.t.with1("levels-few", "least", SMALL),
        },
        share: percent(one.share),
        census: percent(one.living_share),
        gap: one.gap_points.map(|points| gap(visit, points)).unwrap_or_default(),
        name: one.name,
    };
    district_views(town, known, districts).into_iter().map(row).collect()
}

fn gap(visit: &Visit, points: f64) -> String {
    let rounded = decimal(points.abs(), 0, visit.t.language());
    let key = match points {
        points if points >= 0.5 => "ccensus-more",
        points if points <= -0.5 => "ccensus-fewer",
        _ => return visit.t.say("ccensus-as-many").to_owned(),
    };
    visit.t.with1(key, "points", rounded)
}
