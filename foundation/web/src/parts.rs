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

/// Named codes as choices, behind one that stands for all, or for none.
pub fn choices(all: &str, named: impl IntoIterator<Item = (String, String)>, chosen: &str) -> Vec<Choice> {
    std::iter::once((String::new(), all.to_owned()))
        .chain(named)
        .map(|(value, label)| Choice { chosen: value == chosen, value, label, detail: String::new() })
        .collect()
}

/// An address with those of the fields that are given.
pub fn with_query(path: &str, fields: &[(&str, &str)]) -> String {
    let given: Vec<_> = fields.iter().filter(|(_, value)| !value.is_empty()).collect();
    let query = serde_urlencoded::to_string(&given).unwrap_or_default();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

/// The element by which other sites show a page of ours. Addresses and titles hold no quotes but as their codes; `most` is the widest
/// it gets, as `46rem`.
pub fn embed_snippet(address: &str, title: &str, (width, most): (&str, &str), height: u32) -> String {
    let safe = |text: &str| crate::feed::escape(text);
    format!(
        "<iframe src=\"{}\" title=\"{}\" width=\"{width}\" height=\"{height}\" loading=\"lazy\" referrerpolicy=\"no-referrer\" \
         style=\"border:0;max-width:{most}\"></iframe>",
        safe(address),
        safe(title)
    )
}
