//! The town votes and shares out budgets, in secret, by a rule that was chosen before.
//!
//! Who voted and what was voted lie in tables of their own that nothing joins: the mark of a voter is a pseudonym under a key
//! kept outside the database, a ballot is sealed by that key, and when the vote is counted the box is emptied, mixed, and the
//! key thrown away.

mod acts;
mod areas;
mod ballot;
mod commands;
mod count;
mod datasets;
mod decide;
mod hidden;
mod model;
mod pages;
mod paper;
mod retention;
mod room;
mod rule;
mod search;
mod store;
mod views;

use people::{boxes, roll};

pub use areas::{AreaSum, Areas, VotesIn, WHOLE_TOWN};
pub use ballot::{Choices, Published};
pub use commands::{
    Change, NewOption, PastVote, Voter, cast_ballot, change_vote, close_and_count, count_simulated, create_vote,
    import_vote, keep_roll, name_clerk, publish_vote, read_past_vote,
};
pub use count::{Contest, Counted, count};
pub use model::{BallotKind, Budget, Channel, Definition, Origin, Phase, State, Vote, VoteOption, Voters};
pub use people::{
    boxes::{BallotBoxes, BoxError},
    roll::{Eligible, RollFile, read_roll},
};
pub use room::{MIGRATIONS, boxes_in, folder_of_boxes, room};
pub use rule::{BudgetMethod, BudgetRule, Completion, Gain, PollMethod, PollRule, Rule, Ties};
