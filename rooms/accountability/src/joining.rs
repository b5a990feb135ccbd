//! What other rooms may know of commitments, through the small views of the manifest.

use crate::{
    acts,
    model::{COMMITMENT, Commitment},
    store,
};
use civic::{Language, Subject};
use database::{DbError, Tx};
use record::Sequenced;
use web::{
    Town,
    manifest::{Brief, Offshoot},
};

/// A commitment can grow out of any matter.
pub const OFFSHOOTS: &[Offshoot] = &[Offshoot {
    key: "commitment-make-of",
    act: acts::MAKE,
    page: |subject| {
        let from = serde_urlencoded::to_string([("from", subject.to_string())]).unwrap_or_default();
        format!("/commitments/new?{from}")
    },
}];

/// Commitments in a line each.
pub fn briefs(town: &Town, tx: &mut Tx<'_>, subjects: &[Subject], language: Language) -> Result<Vec<Brief>, DbError> {
    let codes: Vec<&str> =
        subjects.iter().filter(|subject| subject.kind == COMMITMENT.0).map(|subject| subject.id.as_str()).collect();
    let (t, now) = (town.words().of(language), town.now());
    let brief = |one: &Commitment| Brief {
        subject: one.subject(),
        title: one.title.in_language(language).to_owned(),
        state: Some(t.say(one.standing(now).key()).to_owned()),
        at: one.updated_at,
    };
    Ok(store::by_codes(tx, &codes)?.iter().map(brief).collect())
}

/// Puts commitments into the search when they are made: their words never change.
pub fn follow_for_search(town: &Town, tx: &mut Tx<'_>, entries: &[Sequenced]) -> Result<(), DbError> {
    for entry in entries.iter().filter(|entry| entry.saying == "commitment.made") {
        let Some(one) = store::by_code(tx, &entry.subject.id)? else { continue };
        let mut text = one.code.to_string();
        for language in &town.settings().languages {
            for words in [Some(&one.title), one.summary.as_ref()].into_iter().flatten() {
                text.push(' ');
                text.push_str(words.in_language(*language));
            }
        }
        let own = town.settings().languages.first().copied().unwrap_or_default();
        let title = one.title.in_language(own).to_owned();
        commons::search::put(
            tx,
            &commons::search::Document { subject: one.subject(), title, text, at: one.promised_at },
        )?;
    }
    Ok(())
}
