//! What holds for the whole house: who may take which route, whose words are complete, which way the arrows point.
#![allow(clippy::unwrap_used)]

mod arrows;
mod matrix;
mod pages;

use testing::{Plan, TestTown};

/// The town with all its rooms, on each database of this run.
fn towns() -> Vec<TestTown> {
    testing::towns(&Plan { rooms: || crate::assemble::rooms(false), install, demo: false })
}

fn install(db: &database::Db, installed: &mut web::town::Installed) {
    installed.add(db.read_blocking(places::Districts::load).unwrap());
    installed.add(db.read_blocking(requests::Books::load).unwrap());
    installed.add(crate::serve::Stopping::default());
}
