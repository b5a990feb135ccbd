//! Which earlier reports may be about the same thing as a new one, and why.
//!
//! [`alike`] adds up points for place, category, time, words and photo, and gives each match with its reasons as data. [`Grid`]
//! cells keep a search near. See the README for the points, their sources and what they cannot do.

mod fold;
mod grid;
mod photo;
mod score;
mod texts;
mod words;

pub use fold::{fold, words_of};
pub use grid::{CELLS_LIMIT, COLUMNS, Grid, Point, STEP_MICRO, distance_m};
pub use photo::{PHOTO_SAMPLES, photo_distance, photo_hash};
pub use score::{
    CANDIDATES_LIMIT, Candidate, Confidence, LikenessError, Match, Parts, RADIUS_M, Report, SHOWN_POINTS, alike,
};
pub use texts::{TEXT_SHOWN, TextMatch, alike_texts};
pub use words::{SHARED_WORDS_LIMIT, TEXT_LIMIT};
