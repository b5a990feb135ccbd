//! What is taken away from the shelf.

use super::{Shelf, gone};
use crate::Refused;
use std::{fs, time::SystemTime};

impl Shelf {
    /// Takes away every table whose name ends so, and what was begun of one.
    ///
    /// # Errors
    /// [`Refused::Storage`] where the disk does not do it; [`Refused::Gone`] for an ending that is part of no name.
    pub fn remove_ending(&self, ending: &str) -> Result<(), Refused> {
        self.path(ending)?;
        self.remove_where(&|name, _, _| name.ends_with(ending))
    }

    /// Takes away what was last written before a moment: tables that are not kept, and what was begun of any.
    ///
    /// # Errors
    /// [`Refused::Storage`] where the disk does not do it.
    pub fn sweep(&self, before: SystemTime, is_kept: &dyn Fn(&str) -> bool) -> Result<(), Refused> {
        self.remove_where(&|name, is_whole, written| written < before && !(is_whole && is_kept(name)))
    }

    /// Takes away what was written first of the tables of some kind, where there are more of them than `most`.
    ///
    /// # Errors
    /// [`Refused::Storage`] where the disk does not do it.
    pub fn keep_newest(&self, most: usize, is_counted: &dyn Fn(&str) -> bool) -> Result<(), Refused> {
        let mut found: Vec<(SystemTime, String)> = Vec::new();
        for file in fs::read_dir(&self.0.folder)? {
            let file = file?;
            let path = file.path();
            let name = path.file_stem().and_then(|name| name.to_str()).filter(|name| is_counted(name));
            let Some(name) = name.filter(|_| path.extension().is_some_and(|kind| kind == "table")) else { continue };
            // Somebody else may take it away at the same time.
            let Ok(written) = file.metadata().and_then(|about| about.modified()) else { continue };
            found.push((written, name.to_owned()));
        }
        found.sort_unstable();
        let more = found.len().saturating_sub(most);
        found.iter().take(more).try_for_each(|(_, name)| self.remove(name))
    }

    /// Takes files away by the name of their table, whether it is whole, and when they were last written.
    fn remove_where(&self, is_gone: &dyn Fn(&str, bool, SystemTime) -> bool) -> Result<(), Refused> {
        let files = match fs::read_dir(&self.0.folder) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
            files => files?,
        };
        for file in files {
            let file = file?;
            let path = file.path();
            let (Some(name), Some(kind)) =
                (path.file_stem().and_then(|name| name.to_str()), path.extension().and_then(|kind| kind.to_str()))
            else {
                continue;
            };
            // A journal that a process left behind is called like its table, with more at the end.
            if !["table", "parquet", "part"].iter().any(|own| kind.starts_with(own)) {
                continue;
            }
            // Somebody else may take it away at the same time.
            let Ok(written) = file.metadata().and_then(|about| about.modified()) else { continue };
            if !is_gone(name, kind == "table" || kind == "parquet", written) {
                continue;
            }
            self.forget(name);
            gone(&path)?;
        }
        Ok(())
    }
}
