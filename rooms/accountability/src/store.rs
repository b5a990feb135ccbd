//! All SQL of the room.

mod lists;
mod opinions;
mod rows;
mod steps;

pub use lists::{Count, Filter, alive_between, counts, first_promised, late_unsaid, newest_ended, page_of, sitemap};
pub use opinions::{
    add_opinion, erase_person, forget_who, has_answered, opinions, opinions_of_each, opinions_of_person,
};
pub use rows::{by_code, by_code_to_change, by_codes, each, insert, lock_adoptions, mark_late, update};
pub use steps::{add_milestones, add_step, last_words, milestone_counts, milestones, pasts, reach_milestone, steps};
