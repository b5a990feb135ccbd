//! What the room does: load facts, decide, save, record, commit. One act, one transaction, one entry.

mod cast;
mod clerks;
mod count;
mod import;
mod keep;
mod paper;
mod roll;
mod sheets;
mod voter;

pub use cast::cast_ballot;
pub use clerks::{end_clerk, name_clerk};
pub use count::{close_and_count, count_simulated, job_kind};
pub use import::{PastVote, import_vote, read_past_vote, undo_import};
pub use keep::{Change, NewOption, change_vote, create_vote, publish_vote, withdraw_vote};
pub use paper::{Back, is_clerk, mark_paper_voter, take_back_mark};
pub use roll::{RollLook, add_to_roll, empty_roll, keep_roll, look_at_roll, make_codes, missing_on_roll};
pub use sheets::{Entered, enter_sheet, finish_paper, paper_of, take_back_strike};
pub use voter::{Standing, Voter, has_voted, may_cast_this, standing_of};

use crate::{model::Vote, store};
use civic::{Chance, Code};
use database::{DbError, Tx};
use web::{Refusal, Stop, Town};

/// The shortest code of a vote, in characters after `V-`; it grows when codes run out.
const CODE_LENGTH: usize = 4;

fn free_code(tx: &mut Tx<'_>, chance: &dyn Chance) -> Result<Code, DbError> {
    database::free_code(tx, 'V', CODE_LENGTH, chance, store::is_code_taken)
}

/// The vote of this code; drafts too.
///
/// # Errors
/// [`Stop::NotFound`]; those of the database.
pub async fn vote_of(town: &Town, code: &str) -> Result<Vote, Stop> {
    let code = code.to_owned();
    town.db().read(move |tx| store::by_code(tx, &code)?.ok_or(DbError::NotFound)).await.map_err(Stop::from)
}

fn stale() -> Stop {
    Refusal::conflict("vote-stale").into()
}
