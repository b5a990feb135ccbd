//! Services, their whole way; and everything that should not come through.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod again;
mod again_keys;
mod again_more;
mod applying;
mod attacks;
mod catalogue;
mod conflicts;
mod deciding;
mod designing;
mod each;
mod entitled;
mod figuring;
mod granting;
mod inviting;
mod kept_letters;
mod links;
mod meeting;
mod on_paper;
mod once_only;
mod openfisca;
mod paying;
mod piloting;
mod posting;
mod privacy;
mod proving;
mod publishing;
mod sharing;
mod taking_over;
mod taking_up;
mod together;
mod town;
mod trying;
mod versions;
mod words;
mod writing;
