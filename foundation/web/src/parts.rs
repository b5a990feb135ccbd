//! What the macros of `templates/macros/parts.html` and `fields.html` show.

/// Where a step of a thread stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepState {
    /// It happened.
    Done,
    /// It is where things stand.
    Now,
    /// It is to come.
    Todo,
    /// The town spoke.
    Official,
    /// Something went against the plan.
    Bad,
}

impl StepState {
    /// Its class in the stylesheet.
    pub fn class(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Now => "now",
            Self::Todo => "todo",
            Self::Official => "official-step",
            Self::Bad => "bad",
        }
    }

    /// Whether it is the present step.
    pub fn is_now(self) -> bool {
        self == Self::Now
    }
}

/// A step of a thread.
#[derive(Debug, Clone)]
pub struct Step {
    /// Where it stands.
    pub state: StepState,
    /// What it is.
    pub title: String,
    /// When, or by whom; empty for nothing.
    pub detail: String,
}

/// A place on the way to a page, without the front page.
#[derive(Debug, Clone)]
pub struct Crumb {
    /// Its address; empty for the page itself.
    pub href: String,
    /// Its name.
    pub label: String,
}

/// An answer to check before sending.
#[derive(Debug, Clone)]
pub struct CheckLine {
    /// What was asked.
    pub label: String,
    /// What was answered; empty for nothing.
    pub value: String,
    /// Where to change it; empty when it cannot be changed.
    pub href: String,
}

/// One of several to choose from.
#[derive(Debug, Clone)]
pub struct Choice {
    /// What the form sends.
    pub value: String,
    /// What people read.
    pub label: String,
    /// A line that explains it; empty for none.
    pub detail: String,
    /// Whether it is chosen.
    pub chosen: bool,
}
