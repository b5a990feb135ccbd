//! What can be done here, and who may.

use civic::{Act, Role};

/// Reading what there is, and how it is handled.
pub const READ: Act = Act::public("service.read");
/// Applying, and looking after one's own application.
pub const APPLY: Act = Act::public("service.apply");
/// Reading what one applied for.
pub const OWN: Act = Act::town("service.own", &[Role::Resident]);
/// Writing services, their forms and rules, and publishing them.
pub const KEEP: Act = Act::organisation("service.keep", &[Role::Officer, Role::Administrator]);
/// Describing the households of the town, of whom the rules are asked.
pub const DESCRIBE: Act = Act::town("service.describe", &[Role::Administrator]);
/// Saying something about a part of a draft.
pub const DISCUSS: Act = Act::town("service.discuss", &[Role::Resident]);
/// Seeing what waits for one's own agency: references and days, no answers. Administrators find an empty list.
pub const INBOX: Act = Act::organisation("service.inbox", &[Role::Officer, Role::Administrator]);
/// Reading and deciding applications. Nobody but the agency's officers.
pub const HANDLE: Act = Act::organisation("service.handle", &[Role::Officer]);
