//! Who holds a meeting writes it down, announces it, and calls it off.

use super::admin::local_fields;
use crate::{
    acts, commands,
    model::{Meeting, Plan, Standing},
    store,
};
use axum::{extract::State, http::StatusCode};
use civic::{LocalText, Moment, Subject};
use jiff::{civil::DateTime, tz::TimeZone};
use places::Districts;
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit,
    answer::{page_with, see_other_saying},
    forms::{FormErrors, Submission},
    locals::{LocalFields, local},
    parts::{Choice, Crumb},
    visit::Path,
};

#[derive(askama::Template)]
#[template(path = "meeting_edit.html")]
struct EditPage {
    frame: Frame,
    errors: FormErrors,
    crumbs: Vec<Crumb>,
    code: String,
    version: i64,
    state: String,
    chip: &'static str,
    private: bool,
    changes: bool,
    begun: bool,
    zone: String,
    texts: Vec<LocalFields>,
    districts: Vec<Choice>,
    typed: Typed,
}

/// What was typed, which may be unreadable.
struct Typed {
    starts: String,
    ends: String,
    place: String,
    online_url: String,
    places: String,
    belongs: String,
    reason: String,
}

/// A meeting of one's own.
pub(super) async fn own(town: &Town, visit: &Visit, code: String) -> Result<Meeting, Stop> {
    let meeting = town.db().read(move |tx| store::by_code(tx, &code)?.ok_or(Stop::NotFound)).await?;
    if visit.actor.may_for(&acts::KEEP, meeting.organisation) { Ok(meeting) } else { Err(Stop::NotAllowed) }
}

fn moment(text: &str, zone: &TimeZone) -> Option<Moment> {
    let local: DateTime = text.parse().ok()?;
    local.to_zoned(zone.clone()).ok().map(|zoned| zoned.timestamp().into())
}

fn typed_of(town: &Town, meeting: &Meeting) -> Typed {
    let local = |at: Moment| at.in_zone(&town.settings().zone).strftime("%Y-%m-%dT%H:%M").to_string();
    let plan = &meeting.plan;
    Typed {
        starts: local(meeting.starts_at),
        ends: local(meeting.ends_at),
        place: plan.place.clone(),
        online_url: plan.online_url.clone(),
        places: plan.places.map(|places| places.to_string()).unwrap_or_default(),
        belongs: plan.belongs_to.as_ref().map(ToString::to_string).unwrap_or_default(),
        reason: String::new(),
    }
}

/// GET /admin/meetings/{code}
pub async fn edit(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let meeting = own(&town, &visit, code).await?;
    let typed = typed_of(&town, &meeting);
    show(&town, &visit, &meeting, typed, FormErrors::default(), StatusCode::OK)
}

fn show(town: &Town, visit: &Visit, meeting: &Meeting, typed: Typed, errors: FormErrors, status: StatusCode) -> Answer {
    let t = &visit.t;
    let standing = meeting.standing(visit.at);
    let plan = &meeting.plan;
    let text = |name: &str, rows: usize, text: Option<&LocalText>| local_fields(town, visit, name, rows, text);
    let title = plan.title.in_language(t.language()).to_owned();
    page_with(
        status,
        &EditPage {
            frame: Frame::new(town, visit, title.clone()),
            errors,
            crumbs: vec![
                Crumb { href: "/admin/meetings".to_owned(), label: t.say("meetings-admin").to_owned() },
                Crumb { href: String::new(), label: title },
            ],
            code: meeting.code.to_string(),
            version: meeting.version,
            state: t.say(standing.key()).to_owned(),
            chip: standing.chip(),
            private: standing == Standing::Private,
            changes: matches!(standing, Standing::Private | Standing::Coming),
            begun: matches!(standing, Standing::Now | Standing::Over | Standing::Minuted),
            zone: town.settings().zone.iana_name().unwrap_or("UTC").to_owned(),
            texts: vec![
                text("title", 1, Some(&plan.title)),
                text("summary", 2, Some(&plan.summary)),
                text("agenda", 5, plan.agenda.as_ref()),
            ],
            districts: districts(town, visit, plan.district.as_deref().unwrap_or_default()),
            typed,
        },
    )
}

fn districts(town: &Town, visit: &Visit, chosen: &str) -> Vec<Choice> {
    let choice =
        |(value, label): (String, String)| Choice { chosen: value == chosen, value, label, detail: String::new() };
    let none = (String::new(), visit.t.say("meeting-no-district").to_owned());
    std::iter::once(none).chain(town.part::<Districts>().all()).map(choice).collect()
}

pub(super) fn seen_version(form: &Submission) -> i64 {
    form.text("version").and_then(|text| text.parse().ok()).unwrap_or(-1)
}

/// POST /admin/meetings/{code}
pub async fn save(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let mut meeting = own(&town, &visit, code.clone()).await?;
    let field = |name: &str| form.text(name).unwrap_or_default().to_owned();
    let typed = Typed {
        starts: field("starts"),
        ends: field("ends"),
        place: field("place"),
        online_url: field("online_url"),
        places: field("places"),
        belongs: field("belongs"),
        reason: String::new(),
    };
    let (plan, times, mut refusals) = read(&town, &form, &typed);
    meeting.plan = plan.clone();
    if let Some(times) = times.filter(|_| refusals.is_empty()) {
        let at = (code.clone(), seen_version(&form));
        match commands::save(&town, visit.actor.clone(), at, plan, times).await {
            Ok(_) => return see_other_saying(&format!("/admin/meetings/{code}"), "flash-meeting-saved"),
            Err(Stop::Refused(more)) => refusals = more,
            Err(stop) => return Err(stop),
        }
    }
    let errors = FormErrors::of(&refusals, &visit.t);
    show(&town, &visit, &meeting, typed, errors, refusals[0].status)
}

fn read(town: &Town, form: &Submission, typed: &Typed) -> (Plan, Option<(Moment, Moment)>, Vec<Refusal>) {
    let zone = &town.settings().zone;
    let mut refusals = Vec::new();
    let times = moment(&typed.starts, zone).zip(moment(&typed.ends, zone));
    if times.is_none() {
        refusals.push(Refusal::new("meeting-time").at("starts"));
    }
    let belongs_to = subject(&typed.belongs);
    if belongs_to.is_none() && !typed.belongs.is_empty() {
        refusals.push(Refusal::new("meeting-belongs").at("belongs"));
    }
    let places = match typed.places.as_str() {
        "" => None,
        text => {
            // Zero is refused by the decision, in the same words.
            Some(text.parse::<u32>().unwrap_or(0))
        }
    };
    let district = form.text("district").map(str::to_owned);
    if district.as_deref().is_some_and(|code| town.part::<Districts>().name(code).is_none()) {
        refusals.push(Refusal::new("meeting-district").at("district"));
    }
    let nothing = || LocalText::plain("");
    let plan = Plan {
        title: local(form, "title").unwrap_or_else(nothing),
        summary: local(form, "summary").unwrap_or_else(nothing),
        agenda: local(form, "agenda"),
        place: typed.place.clone(),
        district,
        online_url: typed.online_url.clone(),
        places,
        belongs_to,
    };
    (plan, times, refusals)
}

/// A subject as it is written, as `process/budget-2027`.
pub(super) fn subject(text: &str) -> Option<Subject> {
    let (kind, id) = text.split_once('/')?;
    (!kind.is_empty() && !id.is_empty()).then(|| Subject { kind: kind.to_owned(), id: id.to_owned() })
}

fn again(town: &Town, visit: &Visit, meeting: &Meeting, typed: Typed, refusals: &[Refusal]) -> Answer {
    show(town, visit, meeting, typed, FormErrors::of(refusals, &visit.t), refusals[0].status)
}

/// POST /admin/meetings/{code}/publish
pub async fn publish(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let meeting = own(&town, &visit, code.clone()).await?;
    match commands::publish(&town, visit.actor.clone(), code.clone()).await {
        Ok(_) => see_other_saying(&format!("/meetings/{code}"), "flash-meeting-published"),
        Err(Stop::Refused(refusals)) => again(&town, &visit, &meeting, typed_of(&town, &meeting), &refusals),
        Err(stop) => Err(stop),
    }
}

/// POST /admin/meetings/{code}/cancel
pub async fn cancel(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let meeting = own(&town, &visit, code.clone()).await?;
    let reason = form.text("reason").unwrap_or_default().to_owned();
    match commands::cancel(&town, visit.actor.clone(), code.clone(), reason.clone()).await {
        Ok(_) => see_other_saying(&format!("/meetings/{code}"), "flash-meeting-cancelled"),
        Err(Stop::Refused(refusals)) => {
            let typed = Typed { reason, ..typed_of(&town, &meeting) };
            again(&town, &visit, &meeting, typed, &refusals)
        }
        Err(stop) => Err(stop),
    }
}
