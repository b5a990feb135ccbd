//! The parts of a proposal's page.

use super::{
    compose::{AmendmentLine, ArgumentLine, Official},
    matter::Matter,
    twin::{is_held, organisation},
};
use crate::{
    decide::Scene,
    model::{Amendment, Author, AuthorPart, Evaluation, PhaseAct, Proposal, State},
    views::{ProposalRow, money, phase_title},
};
use civic::Role;
use web::{
    Town, Visit,
    manifest::Catalogue,
    parts::{Choice, Crumb, Step, StepState},
};

pub(super) fn crumbs(t: &web::Sayings, row: &ProposalRow) -> Vec<Crumb> {
    vec![
        Crumb { href: "/processes".to_owned(), label: t.say("processes-title").to_owned() },
        Crumb { href: format!("/processes/{}", row.process.code), label: row.process.name.clone() },
        Crumb { href: String::new(), label: row.code.clone() },
    ]
}

/// The first letters of a name, for the disc beside it.
pub(super) fn initials(name: &str) -> String {
    name.split_whitespace().filter_map(|word| word.chars().next()).take(2).flat_map(char::to_uppercase).collect()
}

/// Who else is named, with what they did; where a group puts it forward, who began it too.
pub(super) fn also(visit: &Visit, authors: &[Author], by_group: bool) -> Vec<(String, String)> {
    let key = |part: AuthorPart| match part {
        AuthorPart::Lead => "author-of-group",
        AuthorPart::Co => "author-co",
        AuthorPart::Amender => "author-amender",
        AuthorPart::Merged => "author-merged",
    };
    let others = authors.iter().filter(|one| by_group || one.part != AuthorPart::Lead);
    others.map(|one| (one.shown().to_owned(), visit.t.say(key(one.part)).to_owned())).collect()
}

pub(super) fn officials(town: &Town, visit: &Visit, matter: &Matter) -> Vec<Official> {
    let t = &visit.t;
    let official = |one: &Evaluation| {
        let who = organisation(matter, visit, &one.organisation).name;
        Official {
            heading: t.say(one.verdict.key()).to_owned(),
            by: t.with2("evaluation-by", "who", who, "when", visit.date_time(one.at)),
            cost: one.cost_cents.map(|cents| money(town, cents, t.language())).unwrap_or_default(),
            text: one.reasons.clone(),
        }
    };
    matter.evaluations.iter().map(official).collect()
}

/// In favour, and against. What the spam score holds back only its author sees.
pub(super) fn arguments(visit: &Visit, matter: &Matter) -> (Vec<ArgumentLine>, Vec<ArgumentLine>) {
    let (mut in_favour, mut against) = (Vec::new(), Vec::new());
    for one in &matter.arguments {
        let notice = matter.argument_notices.get(&one.id.text()).and_then(|notices| notices.first());
        let own = visit.actor.person.is_some() && visit.actor.person == one.author_id;
        if is_held(matter, one) && !own {
            continue;
        }
        let line = ArgumentLine {
            id: one.id.text(),
            by: one.author_name.clone(),
            when: visit.date_time(one.at),
            text: one.text.clone(),
            hidden: notice.map(|notice| notice.sentence(&visit.t)),
            own,
        };
        if one.in_favour { in_favour.push(line) } else { against.push(line) }
    }
    (in_favour, against)
}

pub(super) fn amendments(visit: &Visit, amendments: &[Amendment]) -> Vec<AmendmentLine> {
    let line = |one: &Amendment| AmendmentLine {
        code: one.code.to_string(),
        state: visit.t.say(one.state.key()).to_owned(),
        by: one.author_name.clone(),
        when: visit.date(one.at),
    };
    amendments.iter().map(line).collect()
}

/// The organisations in whose name the reader may endorse.
pub(super) fn own_organisations(visit: &Visit, matter: &Matter) -> Vec<Choice> {
    let open = matter.scene.allows(PhaseAct::Discuss) || matter.scene.allows(PhaseAct::Support);
    let own: Vec<_> = visit.actor.organisations(Role::Officer).collect();
    let mine = matter.organisations.iter().filter(|one| open && own.contains(&one.id));
    crate::pages::choices(
        "",
        mine.map(|one| (one.code.clone(), one.name.in_language(visit.t.language()).to_owned())),
        "",
    )
}

/// What so many supports lead to.
pub(super) fn goal_text(visit: &Visit, matter: &Matter) -> String {
    let rules = &matter.scene.process.definition.rules;
    let count = matter.proposal.supports;
    match (rules.supports_min, rules.answer_days) {
        (0, _) => visit.t.with1("proposal-supporters", "count", count),
        (least, Some(days)) => {
            let values =
                [("count", count.into()), ("least", i64::from(least).into()), ("days", i64::from(days).into())];
            visit.t.with("proposal-goal-answer", &values)
        }
        (least, None) => visit.t.with2("proposal-goal", "count", count, "least", i64::from(least)),
    }
}

/// Until when one may support, or since when not.
pub(super) fn support_note(visit: &Visit, scene: &Scene) -> String {
    let phases = &scene.process.definition.phases;
    let with = |phase: &&crate::model::Phase| phase.acts.contains(&PhaseAct::Support);
    if scene.allows(PhaseAct::Support) {
        let last = phases.iter().find(|phase| phase.lasts_at(scene.now));
        return last
            .map(|phase| visit.t.with1("proposal-support-until", "date", visit.date_time(phase.closes_at)))
            .unwrap_or_default();
    }
    match phases.iter().filter(with).find(|phase| phase.opens_at > scene.now) {
        Some(next) => visit.t.with1("proposal-support-from", "date", visit.date_time(next.opens_at)),
        None => visit.t.say("proposal-support-over").to_owned(),
    }
}

/// The phases of the process, with where the proposal is in it.
pub(super) fn phases(visit: &Visit, matter: &Matter) -> Vec<Step> {
    let t = &visit.t;
    let proposal = &matter.proposal;
    let since = proposal.submitted_at.unwrap_or(proposal.made_at);
    let mut steps = vec![Step {
        state: StepState::Done,
        title: t.say("proposal-step-submitted").to_owned(),
        detail: visit.date(since),
    }];
    if let Some(reached) = proposal.reached_at {
        let title = t.say("proposal-step-reached").to_owned();
        steps.push(Step { state: StepState::Done, title, detail: visit.date(reached) });
    }
    if let Some(at) = proposal.state.at() {
        let state = match proposal.state {
            State::Feasible { .. } | State::Answered { .. } => StepState::Official,
            _ => StepState::Bad,
        };
        steps.push(Step { state, title: t.say(proposal.state.word().key()).to_owned(), detail: visit.date(at) });
        if !proposal.state.is_answered() {
            return steps;
        }
    }
    for phase in matter.scene.process.definition.phases.iter().filter(|phase| phase.closes_at > visit.at) {
        let lasts = phase.lasts_at(visit.at);
        let key = if lasts { "process-until" } else { "process-from" };
        let date = if lasts { phase.closes_at } else { phase.opens_at };
        steps.push(Step {
            state: if lasts { StepState::Now } else { StepState::Todo },
            title: phase_title(phase, t),
            detail: t.with1(key, "date", visit.date(date)),
        });
    }
    steps
}

/// The picture of where it is; empty without a pin.
pub(super) fn picture(proposal: &Proposal) -> String {
    places::pin_picture(proposal.place, proposal.district.as_deref())
}

/// The places in the record of what happened to it, newest last, as sentences.
pub(super) fn receipts(town: &Town, visit: &Visit, entries: &[record::Sequenced]) -> Vec<(u64, String)> {
    let catalogue = town.part::<Catalogue>();
    let sentence = |entry: &record::Sequenced| {
        let key = catalogue.saying_key(&entry.saying)?;
        Some((entry.position, catalogue.sentence(town, key, entry, visit.t.language())))
    };
    entries.iter().filter_map(sentence).collect()
}
