//! A proposal for machines.

use super::matter::Matter;
use crate::{
    model::{Argument, Author, Evaluation, Proposal, State},
    views::{Eyes, Named, ProposalRow},
};
use civic::Subject;
use commons::{links::Relation, moderation::Notice};
use schemars::JsonSchema;
use serde::Serialize;
use web::{Town, Visit};

/// A person as the page names them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct AuthorView {
    /// Their pseudonym in the record.
    pub handle: String,
    /// What they are called.
    pub name: String,
    /// `lead`, `co`, `amender` or `merged`.
    pub part: &'static str,
}

/// An argument.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ArgumentView {
    /// Its id.
    pub id: String,
    /// `for` or `against`.
    pub side: &'static str,
    /// What it says; empty where it is hidden.
    pub text: String,
    /// What its author is called.
    pub by: String,
    /// When (RFC 3339).
    pub at: String,
}

/// An answer of the town.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct EvaluationView {
    /// The id of its entry in the record.
    pub id: String,
    /// What was found.
    pub verdict: crate::model::Verdict,
    /// What it costs, in cents.
    pub cost_cents: Option<i64>,
    /// Why.
    pub reasons: String,
    /// Who answered.
    pub organisation: Named,
    /// When.
    pub at: String,
}

/// A whole proposal, for machines.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ProposalView {
    /// What stands in lists too.
    #[serde(flatten)]
    pub row: ProposalRow,
    /// What it says; plain text.
    pub text: String,
    /// Who is named with it.
    pub authors: Vec<AuthorView>,
    /// What the members of the group that puts it forward are called.
    pub members: Vec<String>,
    /// How many comments take each side.
    pub comment_sides: commons::comments::Sides,
    /// The town's answers, newest first.
    pub evaluations: Vec<EvaluationView>,
    /// Arguments, oldest first.
    pub arguments: Vec<ArgumentView>,
    /// The references of its amendments, newest first.
    pub amendments: Vec<String>,
    /// The organisations that endorse it.
    pub endorsements: Vec<Named>,
    /// The addresses of its photos.
    pub photos: Vec<String>,
    /// What it goes on in, where it was merged.
    pub merged_into: Option<String>,
    /// Why, in the town's words; empty where it was not merged.
    pub merged_why: String,
    /// The references of what was merged into it.
    pub merged: Vec<String>,
    /// What it grew out of, as `request/R-7K2M`.
    pub grew_out_of: Vec<String>,
    /// What moderators have hidden of it, and why, in the reader's language.
    pub hidden: Vec<String>,
}

pub(super) fn organisation(matter: &Matter, visit: &Visit, code: &str) -> Named {
    let found = matter.organisations.iter().find(|one| one.code == code);
    let town = || visit.t.say("process-town-itself").to_owned();
    let name = found.map(|one| one.name.in_language(visit.t.language()).to_owned());
    Named { code: code.to_owned(), name: name.unwrap_or_else(town) }
}

pub(super) fn view(town: &Town, visit: &Visit, eyes: &Eyes<'_>, matter: &Matter) -> ProposalView {
    let proposal = &matter.proposal;
    let evaluation = |one: &Evaluation| EvaluationView {
        id: one.id.clone(),
        verdict: one.verdict,
        cost_cents: one.cost_cents,
        reasons: one.reasons.clone(),
        organisation: organisation(matter, visit, &one.organisation),
        at: one.at.rfc3339(),
    };
    let argument = |one: &Argument| ArgumentView {
        id: one.id.text(),
        side: if one.in_favour { "for" } else { "against" },
        text: one.text.clone(),
        by: one.author_name.clone(),
        at: one.at.rfc3339(),
    };
    let author =
        |one: &Author| AuthorView { handle: one.handle.clone(), name: one.shown().to_owned(), part: one.part.word() };
    let grew = |(relation, from_here, subject): &(Relation, bool, Subject)| {
        (*relation == Relation::GrewOutOf && *from_here).then(|| subject.to_string())
    };
    ProposalView {
        row: eyes.row(proposal),
        text: proposal.text.clone(),
        authors: matter.authors.iter().map(author).collect(),
        members: matter.members.iter().map(|member| member.shown().to_owned()).collect(),
        comment_sides: matter.sides,
        evaluations: matter.evaluations.iter().map(evaluation).collect(),
        arguments: matter.arguments.iter().filter(|one| !is_held(matter, one)).map(argument).collect(),
        amendments: matter.amendments.iter().map(|one| one.code.to_string()).collect(),
        endorsements: matter.endorsements.iter().map(|code| organisation(matter, visit, code)).collect(),
        photos: matter.photos.iter().map(|path| town.url(path)).collect(),
        merged_into: merged_into(proposal),
        merged_why: merged_why(proposal),
        merged: matter.merged.iter().map(|one| one.code.to_string()).collect(),
        grew_out_of: matter.links.iter().filter_map(grew).collect(),
        hidden: sentences(visit, &matter.notices),
    }
}

/// Whether the spam score holds an argument back: then it might as well not be there.
pub(super) fn is_held(matter: &Matter, argument: &Argument) -> bool {
    let notices = matter.argument_notices.get(&argument.id.text());
    notices.is_some_and(|notices| notices.iter().any(|notice| notice.held))
}

pub(super) fn merged_why(proposal: &Proposal) -> String {
    match &proposal.state {
        State::Merged { why, .. } => why.clone(),
        _ => String::new(),
    }
}

pub(super) fn merged_into(proposal: &Proposal) -> Option<String> {
    match &proposal.state {
        State::Merged { into, .. } => Some(into.to_string()),
        _ => None,
    }
}

/// The sentences in place of what is hidden, each once.
pub(super) fn sentences(visit: &Visit, notices: &[Notice]) -> Vec<String> {
    let mut sentences: Vec<String> = notices.iter().map(|notice| notice.sentence(&visit.t)).collect();
    sentences.dedup();
    sentences
}
