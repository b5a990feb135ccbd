//! All SQL of the room.

mod ballots;
mod paper;
mod results;
mod votes;

pub use ballots::{
    add_to_roll, ballot, ballots_after, count_roll, drop_box, drop_roll, has_voted, in_box, is_on_roll, keep_ballots,
    mark, put_into_box, turnout, unmark_all,
};
pub use paper::{Sheet, drop_sheets, keep_sheet, sheets};
pub use results::{Kept, file_of, keep_result, result_of};
pub use votes::{by_code, by_code_to_change, due, insert, is_code_taken, page_of, sitemap, update, vote_to_cast};
