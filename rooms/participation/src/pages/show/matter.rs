//! What is public about one proposal, read at once.

use super::ENTRIES_SHOWN;
use crate::{
    decide::Scene,
    joining::scene,
    model::{ARGUMENT, Amendment, Argument, Author, Evaluation, Member, Proposal},
    store,
};
use civic::{Actor, Language, Subject};
use commons::{
    comments::{SeenComment, Sides},
    documents::Document,
    links::Relation,
    moderation::{self, Notice},
    thread::Near,
};
use database::{DbError, Tx};
use people::organisations::Organisation;
use std::collections::BTreeMap;
use web::{Stop, Town};

/// Everything public about a proposal.
pub(super) struct Matter {
    pub proposal: Proposal,
    pub scene: Scene,
    pub authors: Vec<Author>,
    /// Who is in the group that puts it forward.
    pub members: Vec<Member>,
    pub evaluations: Vec<Evaluation>,
    pub arguments: Vec<Argument>,
    /// What is hidden of arguments and amendments, by id.
    pub argument_notices: BTreeMap<String, Vec<Notice>>,
    pub amendments: Vec<Amendment>,
    pub endorsements: Vec<String>,
    pub comments: Vec<SeenComment>,
    /// How many comments take each side.
    pub sides: Sides,
    pub notices: Vec<Notice>,
    pub photos: Vec<String>,
    pub documents: Vec<Document>,
    pub merged: Vec<Proposal>,
    /// What it grew out of, and what grew out of it.
    pub links: Vec<(Relation, bool, Subject)>,
    /// Its neighbours in the thread.
    pub near: Vec<Near>,
    pub organisations: Vec<Organisation>,
    pub followers: i64,
    /// The grade of the reader's support.
    pub grade: Option<i64>,
    pub decides: bool,
    pub entries: Vec<record::Sequenced>,
}

pub(super) fn read(
    town: &Town,
    tx: &mut Tx<'_>,
    code: &str,
    reader: &Actor,
    language: Language,
) -> Result<Matter, Stop> {
    let proposal = store::by_code(tx, code)?.ok_or(Stop::NotFound)?;
    let decides = store::decides(tx, code, reader.person)?;
    if proposal.submitted_at.is_none() {
        return Err(Stop::NotFound);
    }
    let process = store::published(tx, &proposal.process)?.ok_or(Stop::NotFound)?;
    let subject = proposal.subject();
    let arguments = store::arguments_of(tx, code)?;
    let ids: Vec<String> = arguments.iter().map(|one| one.id.text()).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let links = links(tx, &subject)?;
    Ok(Matter {
        scene: scene(town, tx, process)?,
        authors: store::authors_of(tx, code)?,
        members: match &proposal.group {
            Some(group) => store::members_of(tx, &group.code)?,
            None => Vec::new(),
        },
        evaluations: store::evaluations_of(tx, code)?,
        argument_notices: moderation::notices_of_each(tx, ARGUMENT.0, &ids)?,
        arguments,
        amendments: store::amendments_of(tx, code)?,
        endorsements: store::endorsements_of(tx, code)?,
        comments: commons::comments::seen_by(tx, &subject, reader)?,
        sides: commons::comments::sides(tx, &subject)?,
        notices: moderation::notices(tx, &subject)?,
        photos: photos(tx, &subject)?,
        documents: commons::documents::of(tx, &subject)?,
        merged: store::merged_into(tx, code)?,
        near: commons::thread::near(town, tx, &subject, language)?,
        links,
        organisations: people::organisations::list(tx)?,
        followers: commons::followers::count(tx, &subject)?,
        grade: store::grade_of(tx, code, reader.person)?,
        decides,
        entries: record::about(tx, &subject, ENTRIES_SHOWN)?,
        proposal,
    })
}

pub(super) fn photos(tx: &mut Tx<'_>, subject: &Subject) -> Result<Vec<String>, DbError> {
    commons::files::addresses(tx, subject)
}

/// What it is linked to, but for mergers, which have their own words.
pub(super) fn links(tx: &mut Tx<'_>, subject: &Subject) -> Result<Vec<(Relation, bool, Subject)>, DbError> {
    let all = commons::links::of(tx, subject)?.into_iter().filter(|link| link.relation != Relation::DuplicateOf);
    let other = |link: commons::links::Link| {
        if link.from == *subject { (link.relation, true, link.to) } else { (link.relation, false, link.from) }
    };
    Ok(all.map(other).collect())
}
