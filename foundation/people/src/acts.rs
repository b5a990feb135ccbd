//! Everything that can be done here, and by whom.

use civic::{Act, Role};

/// Asking for a link, following it, leaving.
pub const SIGN_IN: Act = Act::public("people.sign_in");
/// Making the first administrator with the code from the terminal.
pub const SET_UP: Act = Act::public("people.set_up");
/// Reading who may do what.
pub const READ_MANDATES: Act = Act::public("people.read_mandates");
/// Seeing, changing, taking along and erasing what we keep about oneself.
pub const KEEP_ACCOUNT: Act = Act::town("people.keep_account", &[Role::Resident]);
/// Reading the receipt of an erasure, by its secret: whoever has left is nobody here any more.
pub const READ_RECEIPT: Act = Act::public("people.read_receipt");
/// Making and revoking keys for one's own programs.
pub const KEEP_TOKENS: Act = Act::town("people.keep_tokens", &[Role::Resident]);
/// Giving mandates and ending them.
pub const GIVE_MANDATES: Act = Act::town("people.give_mandates", &[Role::Administrator]);
/// Adding the organisations that answer for things.
pub const KEEP_ORGANISATIONS: Act = Act::town("people.keep_organisations", &[Role::Administrator]);
/// Seeing work that failed, to try it again or let it go.
pub const KEEP_JOBS: Act = Act::town("people.keep_jobs", &[Role::Administrator]);
/// Playing somebody, and reading the mails nobody gets: in a demo only.
pub const PLAY: Act = Act::public("people.play");
