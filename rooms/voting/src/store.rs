//! All SQL of the room.

mod ballots;
mod clerks;
mod paper;
mod results;
mod roll;
mod votes;

pub use ballots::{
    AskedBack, ask_back, asked_back, ballot, ballots_after, drop_box, each_ballot, in_box, keep_ballots, mark, mark_of,
    marked, put_into_box, turnout, unmark, unmark_all,
};
pub use clerks::{clerks, end_clerk, marks_by_clerk, name_clerk};
pub use paper::{Sheet, drop_reading, drop_sheets, keep_sheet, sheets, sheets_of};
pub use results::{
    Area, Kept, area_file_of, area_result_of, area_results, file_of, keep_area_result, keep_result, result_of,
};
pub use roll::{NewLine, add_to_roll, count_roll, drop_roll, facts_of, forget_rolls, roll_lacks, roll_line};
pub use votes::{
    by_code, by_code_to_change, due, insert, is_code_taken, page_of, public, remove, sitemap, update, vote_to_cast,
};
