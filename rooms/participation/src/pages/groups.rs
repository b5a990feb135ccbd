//! Groups: one's own, the page of one, coming in and leaving.

use super::part::Key;
use crate::{
    commands::{self, SeenGroup},
    model::{GROUP_NAME_LIMIT, Group},
    store,
    views::{Eyes, ProposalRow},
};
use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
};
use database::{DbError, Tx};
use schemars::JsonSchema;
use serde::Serialize;
use web::{
    Answer, Frame, Stop, Town, Visit, Wants,
    answer::{json, json_with, page, page_with, see_other_saying},
    forms::{FormErrors, Submission},
    limits::Gates,
    manifest::Doc,
    openapi::{schema_of, text_schema},
    parts::Crumb,
    visit::{Path, Query},
};

/// A group, for machines.
#[derive(Debug, Serialize, JsonSchema)]
pub struct GroupView {
    /// Its code.
    pub code: String,
    /// Its page.
    pub url: String,
    /// What it is called; its code where moderators hid the name.
    pub name: String,
    /// Since when (RFC 3339).
    pub made_at: String,
    /// What its members are called, in the order in which they came.
    pub members: Vec<String>,
    /// Its public proposals, newest first.
    pub proposals: Vec<ProposalRow>,
}

/// The groups of who asks, for machines.
#[derive(Debug, Serialize, JsonSchema)]
struct OwnGroupsView {
    groups: Vec<OwnGroupView>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct OwnGroupView {
    code: String,
    name: String,
}

#[derive(askama::Template)]
#[template(path = "groups.html")]
struct GroupsPage {
    frame: Frame,
    errors: FormErrors,
    groups: Vec<(String, String)>,
    typed: String,
    most: usize,
}

#[derive(askama::Template)]
#[template(path = "group.html")]
struct GroupPage {
    frame: Frame,
    errors: FormErrors,
    crumbs: Vec<Crumb>,
    code: String,
    name: String,
    members: Vec<(String, String)>,
    proposals: Vec<ProposalRow>,
    is_member: bool,
    is_public: bool,
}

#[derive(askama::Template)]
#[template(path = "group_join.html")]
struct JoinPage {
    frame: Frame,
    code: String,
    name: String,
    key: String,
}

pub(super) fn group_doc() -> Doc {
    Doc::new("participation", "A group that puts proposals forward, once one of them is public")
        .path("code", "Its code, as G-7K2M.", text_schema())
        .answers(200, "application/json", "The group.", schema_of::<GroupView>())
}

/// GET /groups
pub async fn mine(State(town): State<Town>, visit: Visit) -> Answer {
    own_page(&town, &visit, String::new(), FormErrors::default(), StatusCode::OK).await
}

async fn own_page(town: &Town, visit: &Visit, name: String, errors: FormErrors, status: StatusCode) -> Answer {
    let person = commands::person_of(&visit.actor)?;
    let groups = town.db().read(move |tx| store::groups_of(tx, person)).await;
    let groups = groups.map_err(|error: DbError| Stop::from(error))?;
    if visit.wants != Wants::Html {
        let own = |group: &Group| OwnGroupView { code: group.code.to_string(), name: group.shown().to_owned() };
        return json(&OwnGroupsView { groups: groups.iter().map(own).collect() });
    }
    let mut answer = page_with(
        status,
        &GroupsPage {
            frame: Frame::new(town, visit, visit.t.say("groups-title")).twins(visit, &[Wants::Json]),
            errors,
            groups: groups.iter().map(|group| (group.code.to_string(), group.shown().to_owned())).collect(),
            typed: name,
            most: GROUP_NAME_LIMIT,
        },
    )?;
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(answer)
}

/// POST /groups
pub async fn form_group(State(town): State<Town>, visit: Visit, form: Submission) -> Answer {
    let name = form.text("name").unwrap_or_default().to_owned();
    match commands::form_group(&town, visit.actor.clone(), &name).await {
        Ok(group) if visit.wants != Wants::Html => {
            let view = OwnGroupView { code: group.code.to_string(), name: group.name };
            json_with(StatusCode::CREATED, &view)
        }
        Ok(group) => see_other_saying(&format!("/groups/{}", group.code), "flash-group"),
        Err(Stop::Refused(refusals)) if visit.wants == Wants::Html => {
            let (errors, status) = (FormErrors::of(&refusals, &visit.t), refusals[0].status);
            own_page(&town, &visit, name, errors, status).await
        }
        Err(stop) => Err(stop),
    }
}

/// GET /groups/{code}
pub async fn show(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    group_page(&town, &visit, code, FormErrors::default(), StatusCode::OK).await
}

async fn group_page(town: &Town, visit: &Visit, code: String, errors: FormErrors, status: StatusCode) -> Answer {
    let actor = visit.actor.clone();
    let look =
        move |tx: &mut Tx<'_>| Ok::<_, Stop>((commands::seen_group(tx, &code, &actor)?, store::processes(tx, false)?));
    let (seen, processes) = town.db().read(look).await?;
    let eyes = Eyes::new(town, visit.t.language(), processes);
    let SeenGroup { group, members, proposals, is_member } = seen;
    let rows: Vec<ProposalRow> = proposals.iter().map(|one| eyes.row(one)).collect();
    if visit.wants != Wants::Html {
        return json(&GroupView {
            url: town.url(&format!("/groups/{}", group.code)),
            code: group.code.to_string(),
            name: group.shown().to_owned(),
            made_at: group.made_at.rfc3339(),
            members: members.iter().map(|member| member.shown().to_owned()).collect(),
            proposals: rows,
        });
    }
    let crumb = |href: &str, label: &str| Crumb { href: href.to_owned(), label: label.to_owned() };
    let line = |member: &crate::model::Member| (member.shown().to_owned(), visit.date(member.at));
    let mut answer = page_with(
        status,
        &GroupPage {
            frame: Frame::new(town, visit, group.shown()).twins(visit, &[Wants::Json]),
            errors,
            crumbs: vec![crumb("/proposals", visit.t.say("proposals-title")), crumb("", group.shown())],
            members: members.iter().map(line).collect(),
            is_public: !rows.is_empty(),
            proposals: rows,
            name: group.shown().to_owned(),
            code: group.code.to_string(),
            is_member,
        },
    )?;
    if is_member {
        answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    Ok(answer)
}

/// POST /groups/{code}/invite
pub async fn invite(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let (of, actor) = (code.clone(), visit.actor.clone());
    let seen = town.db().read(move |tx| commands::seen_group(tx, &of, &actor)).await?;
    if !seen.is_member {
        return Err(Stop::NotAllowed);
    }
    let asked = match commands::email_of(form.text("email").unwrap_or_default()) {
        Err(refusal) => Err(refusal.into()),
        Ok(email) => match town.part::<Gates>().mail(visit.address) {
            Err(wait) => Err(wait.into()),
            Ok(()) => commands::ask_into_group(&town, visit.actor.clone(), code.clone(), email).await,
        },
    };
    match asked {
        Ok(()) => see_other_saying(&format!("/groups/{code}"), "flash-invited"),
        Err(Stop::Refused(refusals)) if visit.wants == Wants::Html => {
            let (errors, status) = (FormErrors::of(&refusals, &visit.t), refusals[0].status);
            group_page(&town, &visit, code, errors, status).await
        }
        Err(stop) => Err(stop),
    }
}

/// GET /groups/{code}/join: a page with a button, because mail scanners follow links too.
pub async fn asked(
    State(town): State<Town>,
    visit: Visit,
    Path(code): Path<String>,
    Query(Key { key }): Query<Key>,
) -> Answer {
    let (of, with) = (code.clone(), key.clone());
    let found = town.db().read(move |tx| commands::asked_into(tx, &of, &with)).await.map_err(Stop::from)?;
    let group = found.ok_or(Stop::NotFound)?;
    let frame = Frame::new(&town, &visit, visit.t.say("group-join"));
    page(&JoinPage { frame, name: group.shown().to_owned(), code, key })
}

/// POST /groups/{code}/join
pub async fn join(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let key = form.text("key").unwrap_or_default().to_owned();
    let group = commands::join_group(&town, visit.actor.clone(), code, key).await?;
    see_other_saying(&format!("/groups/{}", group.code), "flash-group-joined")
}

/// POST /groups/{code}/leave
pub async fn leave(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    commands::leave_group(&town, visit.actor.clone(), code).await?;
    see_other_saying("/groups", "flash-group-left")
}
