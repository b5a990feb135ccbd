//! Suggests where a report belongs, learned from what people decided about earlier ones.
//!
//! A [`Learner`] is shown decided cases in the order of time. For a new case it may give a [`Suggestion`]: a class other than the
//! presumed one, how often suggestions like it were right before, and which words and facts speak for it. See the README for
//! the model, its sources and what it cannot do.

mod calibration;
mod case;
mod learner;
mod model;

pub use calibration::{Block, Calibration, RUN};
pub use case::{Case, FACTS_LIMIT, Grams, WORDS_LIMIT, grams_of};
pub use learner::{CLASSES_LIMIT, Learner, REASONS_LIMIT, Reason, SHOWN_FROM, Suggestion};
pub use model::{FACT_SMOOTHING, GRAM_SMOOTHING, Guess, Model, Piece};
