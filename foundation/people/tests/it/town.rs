//! A small town with nothing but people in it.

use testing::Plan;
pub use testing::{ADDRESS, Browser, TestTown};

/// One town on each database of this run.
pub fn towns() -> Vec<TestTown> {
    testing::towns(&Plan { rooms: || vec![people::room(), people::demo_room()], install: |_, _| {}, demo: true })
}

/// The same, not a demo.
pub fn real_towns() -> Vec<TestTown> {
    testing::towns(&Plan { rooms: || vec![people::room(), people::demo_room()], install: |_, _| {}, demo: false })
}
