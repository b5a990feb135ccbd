//! The small views by which rooms meet: a room asks the catalogue about a subject, and never learns whose it is.

use super::Catalogue;
use crate::{Refusal, Town};
use civic::{Act, Language, Moment, Money, OrganisationId, PersonId, Place, Subject};
use database::{DbError, Tx};

/// A subject in one line, for threads, lists of links and widgets. Public things only.
#[derive(Debug, Clone, PartialEq)]
pub struct Brief {
    /// What it is about.
    pub subject: Subject,
    /// What people call it, in the reader's language where the room has it.
    pub title: String,
    /// Where it stands, as a word in the reader's language.
    pub state: Option<String>,
    /// When it last changed in public.
    pub at: Moment,
}

/// The lines of those of these subjects that are public, in any order; others are left out, whatever the reason.
pub type BriefsOf = fn(&Town, &mut Tx<'_>, &[Subject], Language) -> Result<Vec<Brief>, DbError>;

/// Something that a subject offers to be taken on elsewhere: a proposal that a process found feasible is offered to its budget
/// vote, a project that a vote selected is offered to become a commitment.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    /// What is offered.
    pub subject: Subject,
    /// What people call it.
    pub title: String,
    /// It in a few sentences, plain text; may be empty.
    pub summary: String,
    /// What it costs, where that is known.
    pub cost: Option<Money>,
    /// The code of its district.
    pub district: Option<String>,
    /// Where it would be.
    pub place: Option<Place>,
    /// Who would do it, where that is settled.
    pub organisation: Option<OrganisationId>,
    /// By which day, as 2026-11-23, where that is settled.
    pub due_on: Option<String>,
}

/// What this subject offers, in its public order; `None` when the room does not own its kind or the subject is not public.
pub type OffersOf = fn(&Town, &mut Tx<'_>, &Subject) -> Result<Option<Vec<Offer>>, DbError>;

/// Whether a person asked for one of these subjects of the room: reported it, proposed it, supports it.
pub type AskedFor = fn(&mut Tx<'_>, &[Subject], PersonId) -> Result<bool, DbError>;

/// The public body that answers for this subject; `None` when the room does not own its kind, or nobody answers for it.
pub type AnswersFor = fn(&mut Tx<'_>, &Subject) -> Result<Option<OrganisationId>, DbError>;

/// Something that somebody with the mandate can make grow out of any subject, as a commitment out of a report.
#[derive(Debug, Clone, Copy)]
pub struct Offshoot {
    /// The Fluent key of the words of its link.
    pub key: &'static str,
    /// Who sees it.
    pub act: Act,
    /// Where it is made.
    pub page: fn(&Subject) -> String,
}

/// Why nobody may comment on this subject now, as when the phase of its process is over; `None` where nothing stands against it.
pub type QuietOf = fn(&Town, &mut Tx<'_>, &Subject) -> Result<Option<Refusal>, DbError>;

impl Catalogue {
    /// Why nobody may comment on this subject now; `None` where no room has anything against it.
    ///
    /// # Errors
    /// Those of the database.
    pub fn quiet(&self, town: &Town, tx: &mut Tx<'_>, subject: &Subject) -> Result<Option<Refusal>, DbError> {
        for quiet in &self.quiets {
            if let Some(refusal) = quiet(town, tx, subject)? {
                return Ok(Some(refusal));
            }
        }
        Ok(None)
    }

    /// The lines of these subjects, in their order; those that no room has in public are left out.
    ///
    /// # Errors
    /// Those of the database.
    pub fn briefs(
        &self,
        town: &Town,
        tx: &mut Tx<'_>,
        subjects: &[Subject],
        language: Language,
    ) -> Result<Vec<Brief>, DbError> {
        let mut found = Vec::new();
        for briefs in &self.briefs {
            found.extend(briefs(town, tx, subjects, language)?);
        }
        Ok(subjects
            .iter()
            .filter_map(|subject| found.iter().find(|brief| brief.subject == *subject))
            .cloned()
            .collect())
    }

    /// Whether a person asked for one of these subjects, whichever rooms own them.
    ///
    /// # Errors
    /// Those of the database.
    pub fn asked_for(&self, tx: &mut Tx<'_>, subjects: &[Subject], person: PersonId) -> Result<bool, DbError> {
        for asked in &self.asked {
            if asked(tx, subjects, person)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The public body that answers for a subject, whichever room owns it.
    ///
    /// # Errors
    /// Those of the database.
    pub fn who_answers_for(&self, tx: &mut Tx<'_>, subject: &Subject) -> Result<Option<OrganisationId>, DbError> {
        for answers in &self.answers_for {
            if let Some(organisation) = answers(tx, subject)? {
                return Ok(Some(organisation));
            }
        }
        Ok(None)
    }

    /// What a subject offers to be taken on elsewhere; `None` when no room has it in public.
    ///
    /// # Errors
    /// Those of the database.
    pub fn offers(&self, town: &Town, tx: &mut Tx<'_>, subject: &Subject) -> Result<Option<Vec<Offer>>, DbError> {
        for offers in &self.offers {
            if let Some(found) = offers(town, tx, subject)? {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }
}
