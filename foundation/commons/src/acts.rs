//! What can be done here, and who may.

use civic::{Act, Role};

/// Searching, looking at public files.
pub const READ: Act = Act::public("commons.read");
/// Following by e-mail: needs no account, only a confirmation.
pub const FOLLOW: Act = Act::public("commons.follow");
/// Seeing what one's own account follows, and stopping it.
pub const KEEP_FOLLOWING: Act = Act::town("commons.keep_following", &[Role::Resident]);
/// Commenting: needs an account.
pub const COMMENT: Act = Act::town("commons.comment", &[Role::Resident, Role::Officer, Role::Administrator]);
/// Linking matters by hand, with a public reason.
pub const LINK: Act = Act::town("commons.link", &[Role::Officer, Role::Administrator]);
