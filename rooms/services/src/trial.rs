//! Co-design: a draft is shown to residents, who try it, say something to one question or rule, and propose a rule or a question that runs.

mod commands;
mod parts;
mod question;
mod store;

pub use commands::{close, show, take_over};
pub use parts::{DRAFT, Part, fenced, parts, question_of, replaced, subject_id, unfenced, within};
pub use question::{FIRST, QuestionChange, with_change};
pub use store::{Trial, open_trial};
