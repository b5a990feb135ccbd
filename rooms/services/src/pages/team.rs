//! The team of an agency: who knows what, who is away, how much everybody has.

use super::{own::title_of, with_status};
use crate::{
    acts,
    model::Service,
    store,
    team::{self, Absence, Member, NewAbsence},
};
use axum::{extract::State, http::StatusCode};
use civic::OrganisationId;
use people::organisations::{self, Organisation};
use serde::Deserialize;
use web::{
    Answer, Frame, Stop, Town, Visit,
    answer::{page_with, see_other_saying},
    forms::{FormErrors, Submission},
    parts::{Choice, Crumb},
    visit::{Path, Query},
};

/// Which agency, and whose knowledge.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    agency: String,
    officer: String,
}

struct Line {
    name: String,
    officer: String,
    load: i64,
    knows: String,
    is_away: bool,
}

#[derive(askama::Template)]
#[template(path = "services_team.html")]
struct TeamPage {
    frame: Frame,
    errors: FormErrors,
    crumbs: Vec<Crumb>,
    agencies: Vec<Choice>,
    agency: String,
    name: String,
    lines: Vec<Line>,
    away: Vec<(String, String)>,
    shares: bool,
    officer: String,
    officer_name: String,
    services: Vec<Choice>,
    officers: Vec<Choice>,
    covers: Vec<Choice>,
    from: String,
    to: String,
}

/// What the page shows of one agency.
struct Found {
    agencies: Vec<Organisation>,
    agency: Option<Organisation>,
    members: Vec<(String, Member)>,
    absences: Vec<Absence>,
    services: Vec<Service>,
    shares: bool,
}

/// GET /desk/services/team
pub async fn show(State(town): State<Town>, visit: Visit, Query(asked): Query<Asked>) -> Answer {
    render(&town, &visit, asked, FormErrors::default(), None).await
}

async fn load(town: &Town, visit: &Visit, code: String) -> Result<Found, Stop> {
    let (own, actor, now) = (town.clone(), visit.actor.clone(), visit.at);
    town.db()
        .read(move |tx| {
            let mut agencies = organisations::list(tx)?;
            let services = store::services_all(tx)?;
            // Agencies that have no service have nothing to share out.
            agencies.retain(|one| {
                actor.may_for(&acts::HANDLE, Some(one.id))
                    && services.iter().any(|service| service.organisation == one.id)
            });
            let agency = agencies.iter().find(|one| one.code == code).or_else(|| agencies.first()).cloned();
            let today = team::today(&own, now);
            let (mut members, mut absences, mut shares) = (Vec::new(), Vec::new(), false);
            if let Some(agency) = &agency {
                let found = team::members(tx, agency.id, &today, now)?;
                members = found.into_iter().map(|one| (one.name, one.member)).collect();
                absences = team::absences(tx, agency.id, &today)?;
                shares = team::shares(tx, agency.id)?;
            }
            Ok(Found { agencies, agency, members, absences, services, shares })
        })
        .await
        .map_err(|error: database::DbError| error.into())
}

fn choice(value: &str, label: &str, chosen: bool) -> Choice {
    Choice { value: value.to_owned(), label: label.to_owned(), detail: String::new(), chosen }
}

async fn render(town: &Town, visit: &Visit, asked: Asked, errors: FormErrors, typed: Option<&Submission>) -> Answer {
    let t = &visit.t;
    let Found { agencies, agency, members, absences, services, shares } = load(town, visit, asked.agency).await?;
    let agency_id = agency.as_ref().map(|one| one.id);
    let officer = if asked.officer.is_empty() { visit.actor.handle.clone() } else { asked.officer };
    let one = members.iter().find(|(_, member)| member.officer == officer).or_else(|| members.first());
    let line = |(name, member): &(String, Member)| Line {
        name: name.clone(),
        officer: member.officer.clone(),
        load: member.load,
        knows: if member.knows.is_empty() {
            t.say("sv-team-all").to_owned()
        } else {
            member.knows.iter().map(|code| title_of(&services, code, t.language())).collect::<Vec<_>>().join(", ")
        },
        is_away: member.is_away,
    };
    let sent = |name: &str| typed.and_then(|form| form.text(name)).unwrap_or_default().to_owned();
    let known = one.map(|(_, member)| member.knows.clone()).unwrap_or_default();
    let own = services.iter().filter(|one| Some(one.organisation) == agency_id);
    let of_members = |chosen: String| {
        let member = move |(name, member): &(String, Member)| choice(&member.officer, name, member.officer == chosen);
        members.iter().map(member).collect::<Vec<_>>()
    };
    let mut covers = vec![choice("", t.say("sv-team-cover-all"), sent("cover").is_empty())];
    covers.extend(of_members(sent("cover")));
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    page_with(
        status,
        &TeamPage {
            frame: Frame::new(town, visit, t.say("sv-team-title")),
            errors,
            crumbs: vec![
                Crumb { href: "/desk/services".to_owned(), label: t.say("sv-desk-title").to_owned() },
                Crumb { href: String::new(), label: t.say("sv-team-title").to_owned() },
            ],
            agencies: agencies
                .iter()
                .map(|one| choice(&one.code, one.name.in_language(t.language()), Some(one.id) == agency_id))
                .collect(),
            agency: agency.as_ref().map(|one| one.code.clone()).unwrap_or_default(),
            name: agency.as_ref().map(|one| one.name.in_language(t.language()).to_owned()).unwrap_or_default(),
            lines: members.iter().map(line).collect(),
            away: absences.iter().map(|one| (one.id.clone(), away_words(visit, &members, one))).collect(),
            shares,
            officer: one.map(|(_, member)| member.officer.clone()).unwrap_or_default(),
            officer_name: one.map(|(name, _)| name.clone()).unwrap_or_default(),
            services: own
                .map(|one| choice(&one.code, &title_of(&services, &one.code, t.language()), known.contains(&one.code)))
                .collect(),
            officers: of_members(sent("officer")),
            covers,
            from: sent("from"),
            to: sent("to"),
        },
    )
}

fn away_words(visit: &Visit, members: &[(String, Member)], one: &Absence) -> String {
    let t = &visit.t;
    let name_of = |officer: &str| {
        let found = members.iter().find(|(_, member)| member.officer == officer);
        found.map_or_else(|| officer.to_owned(), |(name, _)| name.clone())
    };
    let cover = if one.cover.is_empty() { t.say("sv-team-cover-all").to_owned() } else { name_of(&one.cover) };
    t.with(
        "sv-team-away-line",
        &[
            ("name", name_of(&one.officer).into()),
            ("from", one.from_day.as_str().into()),
            ("to", one.to_day.as_str().into()),
            ("cover", cover.into()),
        ],
    )
}

/// The agency of a form, where this officer answers for it.
async fn agency_of(town: &Town, visit: &Visit, code: &str) -> Result<OrganisationId, Stop> {
    let (actor, code) = (visit.actor.clone(), code.to_owned());
    let found = town.db().read(move |tx| Ok::<_, Stop>(organisations::by_code(tx, &code)?)).await?;
    found.map(|one| one.id).filter(|id| actor.may_for(&acts::HANDLE, Some(*id))).ok_or(Stop::NotFound)
}

/// POST /desk/services/team/{act}
pub async fn act(State(town): State<Town>, visit: Visit, Path(act): Path<String>, form: Submission) -> Answer {
    let text = |name: &str| form.text(name).unwrap_or_default().to_owned();
    let agency = text("agency");
    let id = agency_of(&town, &visit, &agency).await?;
    let actor = visit.actor.clone();
    let done = match act.as_str() {
        "shares" => team::set_team(&town, actor, id, form.is_ticked("shares")).await,
        "share" => team::share_out(&town, actor, id).await.map(|_| ()),
        "knows" => {
            let services = form.all("service").map(str::to_owned).collect();
            team::set_skills(&town, actor, id, text("officer"), services).await
        }
        "away" => {
            let (officer, cover) = (text("officer"), text("cover"));
            let new = NewAbsence { officer, from_day: text("from"), to_day: text("to"), cover };
            team::add_absence(&town, actor, id, new).await
        }
        "back" => team::drop_absence(&town, actor, id, text("absence")).await,
        _ => return Err(Stop::NotFound),
    };
    match done {
        Ok(()) => see_other_saying(&format!("/desk/services/team?agency={agency}"), "sv-flash-team"),
        Err(Stop::Refused(refusals)) => {
            let asked = Asked { agency, officer: String::new() };
            let errors = FormErrors::of(&refusals, &visit.t);
            with_status(render(&town, &visit, asked, errors, Some(&form)).await, &refusals)
        }
        Err(other) => Err(other),
    }
}
