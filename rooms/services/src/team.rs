//! Who looks after what: new applications go to who knows the service and has least to do; who is away is covered.

mod commands;
mod decide;
mod store;

pub use commands::{NewAbsence, add_absence, drop_absence, for_new, set_skills, set_team, share_out};
pub(crate) use commands::{assign, today};
pub use decide::Member;
pub use store::{Absence, absences, absences_of, erase_person, members, reached, shares, skills_of};
