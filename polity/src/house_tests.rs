//! What holds for the whole house: who may take which route, whose words are complete, which way the arrows point.
#![allow(clippy::unwrap_used)]

mod arrows;
mod ended;
mod matrix;
mod operations;
mod pages;
mod retention;
mod setup;

use testing::{Plan, TestTown};

/// The town with all its rooms, on each database of this run.
pub(crate) fn towns() -> Vec<TestTown> {
    testing::towns(&Plan { rooms: || crate::assemble::rooms(false), install, demo: false })
}

fn install(db: &database::Db, installed: &mut web::town::Installed) {
    installed.add(db.read_blocking(places::Districts::load).unwrap());
    installed.add(db.read_blocking(requests::Books::load).unwrap());
    installed.add(db.read_blocking(conversations::Books::load).unwrap());
    installed.add(conversations::Assistant::default());
    installed.add(db.read_blocking(open_data::Books::load).unwrap());
    installed.add(tables::Shelf::new(std::env::temp_dir().join("polity-house-tables")));
    let program = std::env::current_exe().unwrap();
    installed.add(tables::sql::Worker { program, arguments: vec!["--help".to_owned()], environment: Vec::new() });
    installed.add(voting::BallotBoxes::in_memory());
    installed.add(crate::serve::Stopping::default());
    installed.add(crate::settings::Source::new(crate::config::Config::default()));
    let folder = crate::assemble::Folder(std::env::temp_dir());
    installed.add(crate::operations::Machine { folder, started_at: testing::START });
}
