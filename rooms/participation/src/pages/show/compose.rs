//! A proposal for people.

use super::{
    matter::Matter,
    parts::{
        also, amendments, arguments, crumbs, goal_text, initials, officials, own_organisations, phases, picture,
        receipts, support_note,
    },
    twin::{merged_into, merged_why, organisation, sentences},
};
use crate::{
    acts, decide,
    model::{AuthorPart, DOCUMENTS_LIMIT, PhaseAct, State},
    pages::{PAGE_TWINS, chip},
    views::{Eyes, ProposalRow, money},
};
use web::{
    Frame, Town, Visit, dates,
    parts::{Choice, Crumb, Step},
};

pub(super) struct Official {
    pub heading: String,
    pub by: String,
    pub cost: String,
    pub text: String,
}

pub(super) struct ArgumentLine {
    pub id: String,
    pub by: String,
    pub when: String,
    pub text: String,
    pub hidden: Option<String>,
    pub own: bool,
}

pub(in crate::pages) struct DocumentLine {
    pub id: String,
    pub name: String,
    pub about: String,
}

pub(super) struct AmendmentLine {
    pub code: String,
    pub state: String,
    pub by: String,
    pub when: String,
}

/// What the reader may do.
pub(super) struct May {
    pub support: bool,
    pub sign_in: bool,
    pub argue: bool,
    pub amend: bool,
    pub edit: bool,
    pub withdraw: bool,
    pub answer: bool,
    pub merge: bool,
}

#[derive(askama::Template)]
#[template(path = "proposal.html")]
pub(super) struct ShowPage {
    pub frame: Frame,
    pub crumbs: Vec<Crumb>,
    pub row: ProposalRow,
    pub state: String,
    pub chip: &'static str,
    /// As HTML.
    pub text: String,
    pub by: String,
    /// The code of the group that puts it forward, with its members; empty for none.
    pub group: String,
    pub members: String,
    pub also: Vec<(String, String)>,
    pub initials: String,
    pub submitted: String,
    pub versions: i64,
    pub notices: Vec<String>,
    pub photos: Vec<String>,
    pub documents: Vec<DocumentLine>,
    pub may_add_document: bool,
    pub merged_into: Option<String>,
    /// Why it was merged, in the town's words; empty where nobody said.
    pub merged_why: String,
    pub merged: Vec<(String, String)>,
    pub officials: Vec<Official>,
    pub in_favour: Vec<ArgumentLine>,
    pub against: Vec<ArgumentLine>,
    pub amendments: Vec<AmendmentLine>,
    pub talk: String,
    pub endorsements: Vec<String>,
    pub endorse: Vec<Choice>,
    pub endorsed_by_own: Vec<Choice>,
    pub supports: String,
    /// How many supported it in another system, in a sentence; empty where none did.
    pub elsewhere: String,
    pub supports_now: i64,
    pub goal: i64,
    pub goal_text: String,
    pub support_note: String,
    pub supports_it: bool,
    pub grades: Vec<Choice>,
    pub points: String,
    pub least: String,
    pub may: May,
    pub decides: bool,
    pub phases: Vec<Step>,
    pub cost: String,
    pub estimate: String,
    pub due: String,
    pub picture: String,
    pub threads: String,
    pub follow: String,
    pub receipts: Vec<(u64, String)>,
}

pub(super) fn compose(town: &Town, visit: &Visit, eyes: &Eyes<'_>, matter: Matter) -> ShowPage {
    let t = &visit.t;
    let language = t.language();
    let row = eyes.row(&matter.proposal);
    let proposal = &matter.proposal;
    let rules = &matter.scene.process.definition.rules;
    let path = format!("/proposals/{}", proposal.code);
    let lead = matter.authors.iter().find(|one| one.part == AuthorPart::Lead);
    let group = proposal.group.as_ref();
    let by = group.map(|group| group.shown().to_owned());
    let by = by.or_else(|| lead.map(|one| one.shown().to_owned())).unwrap_or_default();
    let members: Vec<&str> = matter.members.iter().map(crate::model::Member::shown).collect();
    let description = t.with2("proposal-description", "process", &row.process.name, "state", t.say(row.state.key()));
    let (in_favour, against) = arguments(visit, &matter);
    let own: Vec<Choice> = own_organisations(visit, &matter);
    let (endorsed_by_own, endorse) = own.into_iter().partition(|one| matter.endorsements.contains(&one.value));
    let discussed = matter.scene.allows(PhaseAct::Discuss);
    let closed = if discussed { "" } else { t.say("proposal-comments-closed") };
    let amount = |cents: Option<i64>| cents.map(|cents| money(town, cents, language)).unwrap_or_default();
    ShowPage {
        frame: Frame::new(town, visit, row.title.clone()).twins(visit, PAGE_TWINS).describe(description),
        crumbs: crumbs(t, &row),
        state: t.say(row.state.key()).to_owned(),
        chip: chip(row.state),
        text: commons::markdown::html(&proposal.text),
        initials: initials(&by),
        by,
        group: group.map(|group| group.code.clone()).unwrap_or_default(),
        members: members.join(t.say("moderation-comma")),
        also: also(visit, &matter.authors, group.is_some()),
        submitted: visit.date(proposal.submitted_at.unwrap_or(proposal.made_at)),
        versions: proposal.version,
        notices: sentences(visit, &matter.notices),
        photos: matter.photos.clone(),
        documents: document_lines(visit, &matter.documents),
        may_add_document: may(visit, &matter).edit && matter.documents.len() < DOCUMENTS_LIMIT,
        merged_into: merged_into(proposal),
        merged_why: merged_why(proposal),
        merged: matter.merged.iter().map(|one| (one.code.to_string(), one.headline().to_owned())).collect(),
        officials: officials(town, visit, &matter),
        in_favour,
        against,
        amendments: amendments(visit, &matter.amendments),
        talk: commons::talk::comments_with_sides(
            visit,
            &proposal.subject(),
            &path,
            matter.comments.clone(),
            closed,
            matter.sides,
        ),
        endorsements: matter.endorsements.iter().map(|code| organisation(&matter, visit, code).name).collect(),
        endorse,
        endorsed_by_own,
        supports: dates::number(proposal.supports, language),
        elsewhere: match proposal.supports_elsewhere {
            0 => String::new(),
            count => t.with1("proposal-supports-elsewhere", "count", dates::number(count, language)),
        },
        supports_now: proposal.supports.min(i64::from(rules.supports_min)),
        goal: i64::from(rules.supports_min),
        goal_text: goal_text(visit, &matter),
        support_note: support_note(visit, &matter.scene),
        supports_it: matter.grade.is_some(),
        grades: grades(visit, &matter),
        points: match rules.grades {
            Some(_) => t.with1("proposal-points", "count", proposal.points),
            None => String::new(),
        },
        least: least(visit, &matter),
        may: may(visit, &matter),
        decides: matter.decides,
        phases: phases(visit, &matter),
        cost: amount(proposal.cost_cents),
        estimate: amount(proposal.estimate_cents),
        due: proposal.answer_due_at.map(|due| visit.date_time(due)).unwrap_or_default(),
        picture: picture(proposal),
        threads: commons::thread::panel(town, visit, &proposal.subject(), &matter.near),
        follow: commons::talk::follow(visit, &proposal.subject(), &path, matter.followers, true),
        receipts: receipts(town, visit, &matter.entries),
        row,
    }
}

/// The files, with what they are and how large.
pub(in crate::pages) fn document_lines(visit: &Visit, documents: &[commons::documents::Document]) -> Vec<DocumentLine> {
    let line = |one: &commons::documents::Document| {
        let kind = one.name.rsplit('.').next().unwrap_or_default().to_ascii_uppercase();
        let size = dates::number((one.size_bytes + 1_023) / 1_024, visit.t.language());
        DocumentLine {
            id: one.id.text(),
            name: one.name.clone(),
            about: visit.t.with2("proposal-file-about", "kind", kind, "size", size),
        }
    };
    documents.iter().map(line).collect()
}

/// The grades a support may have; none where the process has none.
fn grades(visit: &Visit, matter: &Matter) -> Vec<Choice> {
    let most = matter.scene.process.definition.rules.grades.unwrap_or(0);
    let choice = |grade: u32| Choice {
        value: grade.to_string(),
        label: visit.t.with1("proposal-grade", "grade", i64::from(grade)),
        detail: String::new(),
        chosen: matter.grade.unwrap_or(1) == i64::from(grade),
    };
    (1..=most).map(choice).collect()
}

/// That supports count only from a number on, where the process says so.
fn least(visit: &Visit, matter: &Matter) -> String {
    match matter.scene.process.definition.rules.supports_least {
        Some(least) => visit.t.with1("proposal-supports-least", "least", i64::from(least)),
        None => String::new(),
    }
}

pub(super) fn may(visit: &Visit, matter: &Matter) -> May {
    let (scene, proposal) = (&matter.scene, &matter.proposal);
    let open = proposal.state == State::Open;
    let goes_on = !matches!(proposal.state, State::Merged { .. } | State::Withdrawn { .. });
    let known = visit.actor.person.is_some();
    let organisation = scene.process.organisation;
    May {
        support: goes_on && scene.allows(PhaseAct::Support),
        sign_in: !known,
        argue: goes_on && known && scene.allows(PhaseAct::Discuss),
        amend: open && scene.allows(PhaseAct::Amend) && !matter.decides,
        edit: open && matter.decides && scene.allows(PhaseAct::Submit),
        withdraw: matter.decides && decide::decide_withdrawal(proposal).is_ok(),
        answer: visit.actor.may_for(&acts::EVALUATE, organisation),
        merge: visit.actor.may_for(&acts::STEWARD, organisation),
    }
}
