//! By what a browser without an account is known again; see [`commons::browser`].

pub use commons::browser::{known, make_known};
