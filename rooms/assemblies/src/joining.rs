//! What other rooms may know of assemblies and recommendations.

use crate::{
    model::{ASSEMBLY, Assembly, RECOMMENDATION, Recommendation},
    store,
};
use civic::{Language, OrganisationId, Subject};
use database::{DbError, Tx};
use record::Sequenced;
use web::{
    Town,
    manifest::{Brief, Offer},
};

/// Characters of a recommendation that are its summary elsewhere.
const SUMMARY_LIMIT: usize = 600;

fn public_assembly(tx: &mut Tx<'_>, code: &str) -> Result<Option<Assembly>, DbError> {
    Ok(store::by_code(tx, code)?.filter(|one| one.published_at.is_some()))
}

/// A recommendation of a public assembly.
fn public_recommendation(tx: &mut Tx<'_>, id: &str) -> Result<Option<(Assembly, Recommendation)>, DbError> {
    let Some((code, number)) = Recommendation::of_subject(id) else { return Ok(None) };
    let Some(assembly) = public_assembly(tx, code)? else { return Ok(None) };
    let found = store::recommendations(tx, code)?.into_iter().find(|one| one.number == number);
    Ok(found.map(|one| (assembly, one)))
}

/// Public assemblies and their recommendations in a line each.
pub fn briefs(town: &Town, tx: &mut Tx<'_>, subjects: &[Subject], language: Language) -> Result<Vec<Brief>, DbError> {
    let (t, now) = (town.words().of(language), town.now());
    let mut found = Vec::new();
    for subject in subjects {
        if subject.kind == ASSEMBLY.0
            && let Some(one) = public_assembly(tx, &subject.id)?
        {
            let standing = one.standing(store::has_draw(tx, &subject.id)?, now);
            found.push(Brief {
                subject: subject.clone(),
                title: one.plan.title.in_language(language).to_owned(),
                state: Some(t.say(standing.key()).to_owned()),
                at: one.updated_at,
            });
        } else if subject.kind == RECOMMENDATION.0
            && let Some((_, one)) = public_recommendation(tx, &subject.id)?
        {
            let state = if one.answer.is_some() { "assembly-answered" } else { "assembly-unanswered" };
            found.push(Brief {
                subject: subject.clone(),
                title: one.title.in_language(language).to_owned(),
                state: Some(t.say(state).to_owned()),
                at: one.answer.as_ref().map_or(one.at, |(at, _)| *at),
            });
        }
    }
    Ok(found)
}

/// What an assembly, or one recommendation, offers to be taken on elsewhere.
pub fn offers(town: &Town, tx: &mut Tx<'_>, subject: &Subject) -> Result<Option<Vec<Offer>>, DbError> {
    let language = town.settings().languages.first().copied().unwrap_or_default();
    let offer = |assembly: &Assembly, one: &Recommendation| Offer {
        subject: Recommendation::subject(assembly.code.as_str(), one.number),
        title: one.title.in_language(language).to_owned(),
        summary: one.words.in_language(language).chars().take(SUMMARY_LIMIT).collect(),
        cost: None,
        district: None,
        place: None,
        organisation: assembly.plan.answered_by,
        due_on: None,
    };
    if subject.kind == RECOMMENDATION.0 {
        let found = public_recommendation(tx, &subject.id)?;
        return Ok(found.map(|(assembly, one)| vec![offer(&assembly, &one)]));
    }
    if subject.kind != ASSEMBLY.0 {
        return Ok(None);
    }
    let Some(assembly) = public_assembly(tx, &subject.id)? else { return Ok(None) };
    let all = store::recommendations(tx, &subject.id)?;
    Ok(Some(all.iter().map(|one| offer(&assembly, one)).collect()))
}

/// Who answers for an assembly: whoever holds it; for a recommendation, the body that must answer.
pub fn answers_for(tx: &mut Tx<'_>, subject: &Subject) -> Result<Option<OrganisationId>, DbError> {
    if subject.kind == RECOMMENDATION.0 {
        return Ok(public_recommendation(tx, &subject.id)?.and_then(|(assembly, _)| assembly.plan.answered_by));
    }
    if subject.kind != ASSEMBLY.0 {
        return Ok(None);
    }
    Ok(public_assembly(tx, &subject.id)?.and_then(|one| one.organisation))
}

/// Puts assemblies into the search, with their recommendations.
pub fn follow_for_search(town: &Town, tx: &mut Tx<'_>, entries: &[Sequenced]) -> Result<(), DbError> {
    for entry in entries.iter().filter(|entry| entry.subject.kind == ASSEMBLY.0) {
        let Some(assembly) = public_assembly(tx, &entry.subject.id)? else { continue };
        let languages = &town.settings().languages;
        let recommendations = store::recommendations(tx, assembly.code.as_str())?;
        let mut text = assembly.code.to_string();
        for language in languages {
            let own = [Some(&assembly.plan.title), Some(&assembly.plan.summary), assembly.plan.remit.as_ref()];
            let theirs = recommendations.iter().flat_map(|one| [Some(&one.title), Some(&one.words)]);
            for words in own.into_iter().chain(theirs).flatten() {
                text.push(' ');
                text.push_str(words.in_language(*language));
            }
        }
        let title = assembly.plan.title.in_language(languages.first().copied().unwrap_or_default()).to_owned();
        let document = commons::search::Document { subject: assembly.subject(), title, text, at: assembly.updated_at };
        commons::search::put(tx, &document)?;
    }
    Ok(())
}
