//! How moderation meets this room: proposals with their earlier versions, arguments, amendments.

use crate::{
    model::{AMENDMENT, ARGUMENT, GROUP, PROPOSAL, Proposal},
    store,
};
use civic::{Actor, OrganisationId, PersonId, Subject};
use commons::moderation;
use database::{DbError, Tx};
use web::moderated::{Contents, Moderated, Part, PartWords};

/// Proposals, as moderation meets them. A draft is nobody's but its authors', so it is not there.
pub(crate) const PROPOSALS: Moderated = Moderated {
    kind: PROPOSAL.0,
    key: "subject-proposal",
    read: read_proposal,
    put: store::put_part,
    is_author: decides,
};

/// Arguments.
pub(crate) const ARGUMENTS: Moderated = Moderated {
    kind: ARGUMENT.0,
    key: "subject-argument",
    read: read_argument,
    put: |tx, id, _, text| store::put_argument(tx, id, text),
    is_author: argued,
};

/// Amendments.
pub(crate) const AMENDMENTS: Moderated = Moderated {
    kind: AMENDMENT.0,
    key: "subject-amendment",
    read: read_amendment,
    put: store::put_amendment_part,
    is_author: amended,
};

/// Groups: their name, once a proposal of theirs is public.
pub(crate) const GROUPS: Moderated = Moderated {
    kind: GROUP.0,
    key: "subject-proposal-group",
    read: read_group,
    put: |tx, code, _, name| store::put_group_name(tx, code, name),
    is_author: |tx, code, who, _| store::is_member(tx, code, who.person),
};

fn read_group(tx: &mut Tx<'_>, code: &str) -> Result<Option<Contents>, DbError> {
    let Some(group) = store::group(tx, code)? else { return Ok(None) };
    if store::proposals_of_group(tx, code)?.is_empty() {
        return Ok(None);
    }
    let first = store::members_of(tx, code)?.into_iter().next();
    let (person, handle) = first.map_or_else(|| (None, String::new()), |one| (Some(one.person), one.handle));
    Ok(Some(Contents {
        about: group.subject(),
        organisation: None,
        author: moderation::author(tx, person, handle)?,
        at: group.made_at,
        parts: texts([("name".to_owned(), "part-group-name", group.name.as_str())]),
    }))
}

/// The parts that are held back when a proposal looks like advertising.
pub(crate) const HELD: &[&str] = &["title", "text", "address"];

/// The proposal of this code, when it is public.
pub(crate) fn public(tx: &mut Tx<'_>, code: &str) -> Result<Option<Proposal>, DbError> {
    Ok(store::by_code(tx, code)?.filter(|proposal| proposal.submitted_at.is_some()))
}

fn organisation_of(tx: &mut Tx<'_>, proposal: &Proposal) -> Result<Option<OrganisationId>, DbError> {
    Ok(store::process(tx, &proposal.process)?.and_then(|process| process.organisation))
}

fn texts<'t>(parts: impl IntoIterator<Item = (String, &'static str, &'t str)>) -> Vec<Part> {
    parts
        .into_iter()
        .filter(|(.., text)| !text.is_empty())
        .map(|(name, key, text)| Part::text(name, key, text))
        .collect()
}

fn read_proposal(tx: &mut Tx<'_>, code: &str) -> Result<Option<Contents>, DbError> {
    let Some(proposal) = public(tx, code)? else { return Ok(None) };
    let mut parts = texts([
        ("title".to_owned(), "part-proposal-title", proposal.title.as_str()),
        ("text".to_owned(), "part-proposal-text", &proposal.text),
        ("address".to_owned(), "part-address", &proposal.address),
    ]);
    for version in store::versions_of(tx, code)? {
        let number = version.number;
        parts.extend(texts([
            (format!("version:{number}:title"), "part-proposal-old-title", version.title.as_str()),
            (format!("version:{number}:text"), "part-proposal-old-text", &version.text),
        ]));
    }
    for file in commons::files::of(tx, &proposal.subject())? {
        let words = PartWords::Photo(file.id);
        parts.push(Part { name: format!("photo:{}", file.id), key: "part-photo", words });
    }
    for file in commons::documents::of(tx, &proposal.subject())? {
        let words = PartWords::Photo(file.id);
        parts.push(Part { name: format!("document:{}", file.id), key: "part-document", words });
    }
    let lead = store::authors_of(tx, code)?.into_iter().find(|author| author.part.decides());
    let (person, handle) = lead.map_or_else(|| (None, String::new()), |lead| (lead.person, lead.handle));
    Ok(Some(Contents {
        about: proposal.subject(),
        organisation: organisation_of(tx, &proposal)?,
        author: moderation::author(tx, person, handle)?,
        at: proposal.submitted_at.unwrap_or(proposal.made_at),
        parts,
    }))
}

fn decides(tx: &mut Tx<'_>, code: &str, who: &Actor, _secret: Option<&str>) -> Result<bool, DbError> {
    store::decides(tx, code, who.person)
}

fn read_argument(tx: &mut Tx<'_>, id: &str) -> Result<Option<Contents>, DbError> {
    let Some(argument) = store::argument(tx, id)? else { return Ok(None) };
    Ok(Some(Contents {
        about: Subject::new(PROPOSAL, argument.proposal.clone()),
        organisation: None,
        author: moderation::author(tx, argument.author_id, argument.author.clone())?,
        at: argument.at,
        parts: texts([("text".to_owned(), "part-argument", argument.text.as_str())]),
    }))
}

fn argued(tx: &mut Tx<'_>, id: &str, who: &Actor, _secret: Option<&str>) -> Result<bool, DbError> {
    Ok(store::argument(tx, id)?.is_some_and(|argument| is(who.person, argument.author_id)))
}

fn read_amendment(tx: &mut Tx<'_>, code: &str) -> Result<Option<Contents>, DbError> {
    let Some(amendment) = store::amendment(tx, code)? else { return Ok(None) };
    Ok(Some(Contents {
        about: Subject::new(PROPOSAL, amendment.proposal.clone()),
        organisation: None,
        author: moderation::author(tx, amendment.author_id, amendment.author.clone())?,
        at: amendment.at,
        parts: texts([
            ("title".to_owned(), "part-proposal-title", amendment.title.as_str()),
            ("text".to_owned(), "part-proposal-text", &amendment.text),
            ("why".to_owned(), "part-amendment-why", &amendment.why),
        ]),
    }))
}

fn amended(tx: &mut Tx<'_>, code: &str, who: &Actor, _secret: Option<&str>) -> Result<bool, DbError> {
    Ok(store::amendment(tx, code)?.is_some_and(|amendment| is(who.person, amendment.author_id)))
}

fn is(one: Option<PersonId>, other: Option<PersonId>) -> bool {
    one.is_some() && one == other
}
