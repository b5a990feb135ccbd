//! What can be done in this room, and who may.

use civic::{Act, Role};

/// Reading what is public.
pub const READ: Act = Act::public("conversations.read");
/// Answering statements, writing some: whether an account is needed, each conversation says.
pub const TAKE_PART: Act = Act::public("conversations.take-part");
/// Leading conversations: of the whole town, or those one's organisation answers for.
pub const FACILITATE: Act = Act::organisation("conversations.facilitate", &[Role::Officer, Role::Administrator]);
/// Taking over a conversation that was held elsewhere.
pub const IMPORT: Act = Act::town("conversations.import", &[Role::Administrator]);
