//! What can be done here, and by whom.

use civic::{Act, Role};

/// Saying which programs hear what, and seeing what came of it.
pub const KEEP: Act = Act::town("webhooks.keep", &[Role::Administrator]);
