//! A shelf that goes away with the test.

use std::{
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
};
use tables::{Declared, Refused, Report, Shelf, Table};

/// A shelf in a folder of its own.
pub struct TestShelf {
    pub shelf: Shelf,
    folder: PathBuf,
}

impl TestShelf {
    pub fn new() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("polity-tables-{}-{number}", std::process::id()));
        Self { shelf: Shelf::new(folder.clone()), folder }
    }

    /// The first sheet of these bytes as a table.
    pub fn take(&self, name: &str, bytes: &[u8]) -> Result<(Table, Report), Refused> {
        self.take_declared(name, bytes, None)
    }

    pub fn take_declared(
        &self,
        name: &str,
        bytes: &[u8],
        declared: Option<&Declared>,
    ) -> Result<(Table, Report), Refused> {
        let sheets = tables::read(bytes, &importing::Wish::default())?;
        let report = self.shelf.take_in(name, &sheets[0], declared)?;
        assert_eq!(report.rows_in, report.stored + report.set_aside, "every row is accounted for");
        Ok((self.shelf.open(name)?, report))
    }
}

impl Drop for TestShelf {
    fn drop(&mut self) {
        let _gone = std::fs::remove_dir_all(&self.folder);
    }
}

/// The folder of test data, which is not part of the repository; `None` where it is not there.
pub fn data(path: &str) -> Option<PathBuf> {
    let mut folder: Option<&Path> = Some(Path::new(env!("CARGO_MANIFEST_DIR")));
    while let Some(here) = folder {
        let found = here.join("shared/data/open").join(path);
        if found.exists() {
            return Some(found);
        }
        folder = here.parent();
    }
    None
}
