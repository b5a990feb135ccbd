//! Files that commands read and write.

use anyhow::{Context, bail};
use indicatif::{ProgressBar, ProgressStyle};
use std::{fs, path::Path, time::Duration};

/// Bytes of a file that a command reads at most.
pub const READ_BYTES_MAX: u64 = 2_000_000_000;
/// How often a spinner turns.
const TICK: Duration = Duration::from_millis(120);

/// Reads a whole file.
///
/// # Errors
/// A sentence that names the file: it cannot be read, or it is larger than [`READ_BYTES_MAX`].
pub fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    let named = || format!("cannot read {}", path.display());
    let bytes = fs::metadata(path).with_context(named)?.len();
    if bytes > READ_BYTES_MAX {
        bail!("{} has {bytes} bytes; the limit is {READ_BYTES_MAX}", path.display());
    }
    fs::read(path).with_context(named)
}

/// Writes a whole file.
///
/// # Errors
/// A sentence that names the file.
pub fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

/// Runs long work with a spinner on the error stream; without a terminal there is none.
pub fn with_spinner<T>(saying: &str, work: impl FnOnce() -> T) -> T {
    let spinner = ProgressBar::new_spinner().with_message(saying.to_owned());
    spinner.enable_steady_tick(TICK);
    let done = work();
    spinner.finish_and_clear();
    done
}

/// A bar for work of so many steps, on the error stream; without a terminal there is none.
pub fn bar(steps: u64) -> ProgressBar {
    let style =
        ProgressStyle::with_template("{bar:40} {pos}/{len} {msg}").unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(steps).with_style(style)
}
