//! A pilot in public: which share gets which version, whether chance gave them out so, and what came of each.

use super::{keep::seen_version, with_status};
use crate::{
    figures::{ComparedView, SMALL, ShareView},
    model::Service,
    pilot::{self, ArmView, Ending, PilotView},
    store,
};
use axum::extract::State;
use civic::{LocalText, Moment};
use database::DbError;
use web::{
    Answer, Frame, Sayings, Stop, Town, Visit, Wants,
    answer::{json, page, see_other_saying},
    dates,
    forms::Submission,
    locals::{LocalFields, local, local_fields},
    parts::Crumb,
    visit::Path,
};

/// Lines in which is said what a pilot is to find out.
const WHY_ROWS: usize = 2;

/// A measure of both versions.
struct Line {
    name: String,
    a: String,
    b: String,
    difference: String,
}

#[derive(askama::Template)]
#[template(path = "service_pilot.html")]
struct PilotPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    title: String,
    why: String,
    since: String,
    outcome: String,
    a: String,
    b: String,
    lines: Vec<Line>,
    ratio: String,
    mismatch: bool,
    small: String,
}

/// GET /services/{code}/pilot
pub async fn show(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let found = town
        .db()
        .read_long(move |tx| {
            let service = store::service(tx, &code)?.filter(|one| one.published.is_some()).ok_or(Stop::NotFound)?;
            let pilot = pilot::last(tx, &code)?.ok_or(Stop::NotFound)?;
            let filed = pilot::filed(tx, &pilot)?;
            Ok::<_, Stop>((service, pilot::view(&pilot, &filed), pilot.why))
        })
        .await?;
    let (service, view, why): (Service, PilotView, LocalText) = found;
    if visit.wants == Wants::Json {
        return json(&view);
    }
    let t = &visit.t;
    let definition = service.published.as_ref().ok_or(Stop::NotFound)?;
    let title = definition.title.in_language(t.language()).to_owned();
    let day = |text: &str| Moment::parse(text).map(|at| visit.date(at)).unwrap_or_default();
    let since = [
        ("from", day(&view.begun_at).into()),
        ("share", view.share_percent.into()),
        ("a", view.a.number.into()),
        ("b", view.b.number.into()),
    ];
    let version = |one: &ArmView| t.with1("sv-pilot-version", "number", one.number);
    page(&PilotPage {
        frame: Frame::new(&town, &visit, t.say("sv-pilot-title")).twins(&visit, super::PAGE_TWINS),
        crumbs: vec![
            Crumb { href: "/services".to_owned(), label: t.say("sv-title").to_owned() },
            Crumb { href: format!("/services/{}", service.code), label: title.clone() },
            Crumb { href: String::new(), label: t.say("sv-pilot-title").to_owned() },
        ],
        since: t.with("sv-pilot-since", &since),
        outcome: if view.outcome.is_empty() {
            String::new()
        } else {
            t.with1(&format!("sv-pilot-{}", view.outcome), "date", day(&view.ended_at))
        },
        a: version(&view.a),
        b: version(&view.b),
        lines: lines(t, &view),
        ratio: view.ratio_chance.map(|chance| ratio(t, chance, view.mismatch)).unwrap_or_default(),
        mismatch: view.mismatch,
        small: t.with1("sv-figures-small", "least", SMALL.cast_signed()),
        title,
        why: why.in_language(t.language()).to_owned(),
    })
}

fn ratio(t: &Sayings, chance: f64, mismatch: bool) -> String {
    let key = if mismatch { "sv-pilot-ratio-wrong" } else { "sv-pilot-ratio" };
    t.with1(key, "chance", dates::decimal(chance, 3, t.language()))
}

fn lines(t: &Sayings, view: &PilotView) -> Vec<Line> {
    let percent = |value: f64| dates::decimal(value * 100.0, 0, t.language());
    let share = |one: Option<ShareView>| {
        let Some(one) = one else { return "–".to_owned() };
        let n = dates::number(one.n.cast_signed(), t.language());
        let values = [("value", percent(one.value)), ("low", percent(one.low)), ("high", percent(one.high)), ("n", n)];
        t.with("sv-take-share", &values.map(|(name, value)| (name, value.into())))
    };
    let points = |one: Option<ComparedView>| super::figures::interval(t, one, 100.0, 0);
    let line = |name: &str, of: fn(&ArmView) -> Option<ShareView>, difference: Option<ComparedView>| Line {
        name: t.say(name).to_owned(),
        a: share(of(&view.a)),
        b: share(of(&view.b)),
        difference: points(difference),
    };
    let minutes = |one: &ArmView| {
        let number = |value: i64| dates::number(value, t.language());
        match (one.minutes_median, one.minutes_low.zip(one.minutes_high)) {
            (Some(median), Some((low, high))) => format!("{} ({}–{})", number(median), number(low), number(high)),
            (Some(median), None) => number(median),
            _ => "–".to_owned(),
        }
    };
    let begun = |one: &ArmView| dates::number(one.begun, t.language());
    vec![
        Line {
            name: t.say("sv-pilot-begun").to_owned(),
            a: begun(&view.a),
            b: begun(&view.b),
            difference: String::new(),
        },
        line("sv-pilot-sent", |one| one.sent, view.sent_difference),
        line("sv-figures-incomplete", |one| one.incomplete, view.incomplete_difference),
        line("sv-figures-granted", |one| one.granted, view.granted_difference),
        Line {
            name: t.say("sv-pilot-minutes").to_owned(),
            a: minutes(&view.a),
            b: minutes(&view.b),
            difference: String::new(),
        },
    ]
}

/// What an officer types to begin a pilot.
pub(super) struct NewPilot {
    /// So many of a hundred, as it was typed.
    pub(super) share: String,
    why: Option<LocalText>,
}

impl Default for NewPilot {
    fn default() -> Self {
        Self { share: "50".to_owned(), why: None }
    }
}

impl NewPilot {
    fn typed(form: &Submission) -> Self {
        Self { share: form.text("share").unwrap_or_default().to_owned(), why: local(form, "pilot-why") }
    }

    /// The fields in which is said what is to be found out.
    pub(super) fn fields(&self, town: &Town, visit: &Visit) -> LocalFields {
        let (heading, hint) = (visit.t.say("sv-pilot-why"), visit.t.say("sv-pilot-why-hint"));
        local_fields(town, "pilot-why", heading, hint, WHY_ROWS, self.why.as_ref())
    }
}

/// POST /admin/services/{code}/pilot/{act}: `begin`, `adopt` or `keep`.
pub async fn change(
    State(town): State<Town>,
    visit: Visit,
    Path((code, act)): Path<(String, String)>,
    form: Submission,
) -> Answer {
    let actor = visit.actor.clone();
    let new = if act == "begin" { NewPilot::typed(&form) } else { NewPilot::default() };
    let done = match act.as_str() {
        "begin" => {
            let asked = (new.share.parse().unwrap_or(0), new.why.clone());
            pilot::begin(&town, actor, code.clone(), seen_version(&form), asked).await.map(|_| ())
        }
        "adopt" => pilot::end(&town, actor, code.clone(), Ending::Adopted).await,
        "keep" => pilot::end(&town, actor, code.clone(), Ending::Kept).await,
        _ => return Err(Stop::NotFound),
    };
    match done {
        Ok(()) if act == "begin" => see_other_saying(&format!("/services/{code}/pilot"), "sv-flash-pilot-begun"),
        Ok(()) => see_other_saying(&format!("/services/{code}/pilot"), "sv-flash-pilot-ended"),
        Err(Stop::Refused(refusals)) => {
            with_status(super::keep::again(&town, &visit, &code, new, &refusals).await, &refusals)
        }
        Err(other) => Err(other),
    }
}

/// Whether a service has, or had, a pilot; and whether it goes on.
pub(super) async fn of(town: &Town, code: &str) -> Result<(bool, bool), Stop> {
    let code = code.to_owned();
    let found = town.db().read(move |tx| Ok((pilot::last(tx, &code)?, pilot::open_pilot(tx, &code)?))).await;
    let (last, open) = found.map_err(|error: DbError| Stop::from(error))?;
    Ok((last.is_some(), open.is_some()))
}
