//! A table as one Parquet file, made once and kept beside it, so that parts of it can be read.

use super::Shelf;
use crate::{Form, Out, Plan, Refused};
use std::{
    fs::{self, File},
    io::{BufWriter, ErrorKind, Write as _},
    sync::{Mutex, PoisonError},
};

/// One is made at a time: it is written under a name of its own first.
static MAKING: Mutex<()> = Mutex::new(());

impl Shelf {
    /// All rows of the table of this name as Parquet, and how many bytes that is; made where it is not there yet, the same from the same
    /// table each time. Waits for the disk: call it on a thread that may.
    ///
    /// # Errors
    /// [`Refused::Gone`] where there is no such table; [`Refused::Storage`]; as [`Out::row`].
    pub fn parquet(&self, name: &str) -> Result<(File, u64), Refused> {
        let path = self.path(name)?.with_extension("parquet");
        if let Some(found) = opened(&path)? {
            return Ok(found);
        }
        let _turn = MAKING.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = opened(&path)? {
            return Ok(found);
        }
        let walk = self.open(name)?.walk(&Plan::default())?;
        let part = path.with_extension(format!("parquet-part-{}", std::process::id()));
        let written = File::create(&part).map_err(Refused::from).and_then(|file| {
            let mut out = Out::new(BufWriter::new(file), Form::Parquet, walk.info())?;
            walk.each(|number, cells| out.row(number, cells))?;
            out.finish()?.flush().map_err(Refused::from)
        });
        if let Err(refused) = written {
            let _gone = fs::remove_file(&part);
            return Err(refused);
        }
        fs::rename(&part, &path)?;
        opened(&path)?.ok_or(Refused::Gone)
    }
}

fn opened(path: &std::path::Path) -> Result<Option<(File, u64)>, Refused> {
    match File::open(path) {
        Ok(file) => {
            let bytes = file.metadata()?.len();
            Ok(Some((file, bytes)))
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.into()),
    }
}
