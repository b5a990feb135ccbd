//! All SQL of the room.

mod conversations;
mod drafts;
mod facts;
mod keys;
mod log;
mod maps;
mod participants;
mod promises;
mod reactions;
mod reports;
mod roll;
mod statements;
mod undoing;

pub use conversations::{
    all, by_code, by_code_to_change, insert, is_code_taken, sitemap, touch, uncounted, update, versions,
};
pub use drafts::{add_draft, draft_to_change, drafts, forget_what_cites, save_draft};
pub use facts::{add_facts, editions, newest_facts};
pub use keys::{forget_spent, key, make_key, spend};
pub use log::{add_line, lines};
pub use maps::{
    add_snapshot, begin_map, drawn, keep_map, last_snapshot, map_versions, snapshot, snapshots, take_up, want_map,
};
pub use participants::{
    NewParticipant, adopt, arrivals_since, by_names, count, erase_person, given_groups, is_on_roll, join, join_many,
    of_district, of_level, of_person, set_district,
};
pub use promises::{add_promise, promises};
pub use reactions::{
    Tally, at_before, before_of_all, change, changed_since, current, each_current, give_many, give_many_before,
    important, last_of, of_participant, take_back, tally,
};
pub use reports::{add_edition, edition, keep_report_draft, newest_edition, report_draft, report_editions};
pub use roll::{add_to_roll, count_roll, drop_roll, forget_rolls, is_named, is_roll_used, take_line};
pub use statements::{
    add_many, add_statement, all as statements, author_of, by_author, erase_words_of, next_number, of_number,
    of_number_to_change, of_person as statements_of_person, put_words, save as save_statement,
};
pub use undoing::{has_live_answers, take_away};
