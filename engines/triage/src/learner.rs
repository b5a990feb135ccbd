//! Learning from what was decided, and suggesting.

use crate::{
    calibration::Calibration,
    case::Case,
    model::{Guess, Model, Piece},
};

/// Classes that are learned; cases of further ones are passed over.
pub const CLASSES_LIMIT: usize = 500;
/// Words and facts that are named.
pub const REASONS_LIMIT: usize = 3;
/// From this expected share of right ones on a suggestion is made.
pub const SHOWN_FROM: f64 = 0.6;

/// Shown cases in the order of time, it guesses each before it learns it, so that how often it was right is known from cases it
/// had not seen (prequential, Dawid 1984).
#[derive(Debug, Clone, Default)]
pub struct Learner {
    model: Model,
    guesses: Vec<(f64, bool)>,
    calibration: Calibration,
}

/// Why a suggestion is made.
pub type Reason = Piece;

/// Another class than the presumed one.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    /// The class.
    pub class: String,
    /// The logarithm of the odds against the presumed class.
    pub margin: f64,
    /// Earlier suggestions like it that were right.
    pub right: u32,
    /// Earlier suggestions like it.
    pub of: u32,
    /// The expected share of right ones, from 0 to 1: [`crate::Block::share`].
    pub share: f64,
    /// What speaks for it, the strongest first.
    pub reasons: Vec<Reason>,
}

impl Learner {
    /// From decided cases with their classes, the earliest first.
    pub fn of<'c>(cases: impl IntoIterator<Item = (Case<'c>, &'c str)>) -> Self {
        let mut learner = Self::default();
        for (case, class) in cases {
            learner.see(&case, class);
        }
        learner.settle();
        learner
    }

    /// Guesses a case, hears what was decided, and learns it. [`Learner::settle`] ends a run of these.
    pub fn see(&mut self, case: &Case<'_>, class: &str) {
        if let Some(guess) = self.against_presumed(case) {
            self.guesses.push((guess.margin, guess.class == class));
        }
        if self.model.classes() < CLASSES_LIMIT || self.model.knows(class) {
            self.model.learn(case, class);
        }
    }

    /// Another class than the presumed one. Against a class that nobody ever decided for nothing can be held: how it differs
    /// is not known.
    fn against_presumed(&self, case: &Case<'_>) -> Option<Guess> {
        self.model.guess(case).filter(|guess| guess.class != case.presumed && self.model.knows(case.presumed))
    }

    /// Judges anew how often guesses were right.
    pub fn settle(&mut self) {
        self.calibration = Calibration::of(self.guesses.clone());
    }

    /// The counts.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// How often guesses were right.
    pub fn calibration(&self) -> &Calibration {
        &self.calibration
    }

    /// Where a case may belong instead of where it is presumed to; nothing where that is likeliest, or where such suggestions
    /// were seldom right, or nobody knows.
    pub fn suggest(&self, case: &Case<'_>) -> Option<Suggestion> {
        let guess = self.against_presumed(case)?;
        let like = self.calibration.like(guess.margin).filter(|block| block.share() >= SHOWN_FROM)?;
        let mut reasons = self.model.pieces(case, &guess.class, case.presumed);
        reasons.retain(|reason| reason.weight > 0.0);
        reasons.truncate(REASONS_LIMIT);
        let (right, of, share) = (like.right, like.of, like.share());
        Some(Suggestion { class: guess.class, margin: guess.margin, right, of, share, reasons })
    }
}
