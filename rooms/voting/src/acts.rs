//! What can be done in this room, and who may.

use civic::{Act, Role};

/// Reading votes, results and published ballots.
pub const READ: Act = Act::public("voting.read");
/// Voting: whether this reader may in this vote, the command asks; some votes go by codes on paper and need no account.
pub const CAST: Act = Act::public("voting.cast");
/// Setting up a vote: its question, its rule, its times, its roll.
pub const KEEP: Act = Act::town("voting.keep", &[Role::Administrator]);
/// Entering ballots on paper, two clerks each. Which officers, the administrator names vote by vote; the commands ask for that.
pub const PAPER: Act = Act::town("voting.paper", &[Role::Officer, Role::Administrator]);
