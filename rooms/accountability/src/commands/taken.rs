//! What was promised already of what is offered.

use crate::{model::COMMITMENT, store};
use civic::{LocalText, Subject};
use commons::links::{Relation, of};
use database::{DbError, Tx};
use web::{
    Town,
    manifest::{Catalogue, Offer},
};

/// The codes of the commitments that grew out of what is offered: of its own subject, and of one from before that was a matter
/// of its own. Then they grew out of the matter it is a part of; there it is the only offer, or its words are theirs.
///
/// # Errors
/// Those of the database.
pub(crate) fn promised_before(town: &Town, tx: &mut Tx<'_>, offer: &Offer) -> Result<Vec<String>, DbError> {
    let links = of(tx, &offer.subject)?;
    let mut codes = grown_out_of(tx, &offer.subject)?;
    for link in links.iter().filter(|link| link.relation == Relation::GrewOutOf && link.from == offer.subject) {
        let grown = grown_out_of(tx, &link.to)?;
        if grown.is_empty() {
            continue;
        }
        let offers = town.part::<Catalogue>().offers(town, tx, &link.to)?.unwrap_or_default();
        if offers.iter().all(|other| other.subject != offer.subject) {
            continue;
        }
        for code in grown.into_iter().filter(|code| !codes.contains(code)).collect::<Vec<_>>() {
            let same = match store::by_code(tx, &code)? {
                Some(one) => says(&one.title, &offer.title) || one.summary.is_some_and(|it| says(&it, &offer.summary)),
                None => false,
            };
            if same || offers.len() == 1 {
                codes.push(code);
            }
        }
    }
    Ok(codes)
}

/// Whether a text says just this, in one of its languages.
fn says(text: &LocalText, words: &str) -> bool {
    civic::Language::ALL.into_iter().filter_map(|language| text.exactly(language)).any(|own| own.trim() == words.trim())
}

fn grown_out_of(tx: &mut Tx<'_>, subject: &Subject) -> Result<Vec<String>, DbError> {
    let links = of(tx, subject)?.into_iter();
    let grew = links
        .filter(|link| link.relation == Relation::GrewOutOf && link.to == *subject && link.from.kind == COMMITMENT.0);
    Ok(grew.map(|link| link.from.id).collect())
}
