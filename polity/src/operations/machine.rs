//! What lies beside the database: the folder of the town, its disk, its copies.

use crate::assemble::Folder;
use civic::Moment;
use serde::{Deserialize, Serialize};
use std::{fs, path::Path};

/// The file in the town's folder that says when it was last copied.
const LAST_BACKUP: &str = "last-backup.json";

/// Where the town runs, and since when; a part of the town.
#[derive(Debug, Clone)]
pub struct Machine {
    /// The folder of the town.
    pub folder: Folder,
    /// When the program was started.
    pub started_at: Moment,
}

/// The last copy that was made with `polity backup`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastBackup {
    /// When (RFC 3339).
    pub at: String,
    /// How large it is.
    pub bytes: u64,
}

/// Notes that a copy was made, for the page of operation. Where it was put is not noted: the page needs only its age.
///
/// # Errors
/// When the file cannot be written.
pub fn note_backup(folder: &Folder, now: Moment, copy: &Path) -> anyhow::Result<()> {
    let noted = LastBackup { at: now.rfc3339(), bytes: fs::metadata(copy)?.len() };
    fs::write(folder.0.join(LAST_BACKUP), serde_json::to_vec(&noted)?)?;
    Ok(())
}

impl Machine {
    /// When the town was last copied; `None` where that was never noted.
    pub fn last_backup(&self) -> Option<LastBackup> {
        let text = fs::read(self.folder.0.join(LAST_BACKUP)).ok()?;
        serde_json::from_slice(&text).ok()
    }

    /// Bytes of the SQLite log that are not folded into the file yet.
    pub fn log_bytes(&self) -> Option<u64> {
        let mut name = self.folder.database().into_os_string();
        name.push("-wal");
        fs::metadata(name).ok().map(|log| log.len())
    }

    /// Bytes that are free for this town on its disk, and all there are.
    pub fn disk_bytes(&self) -> Option<(u64, u64)> {
        let stats = fs4::statvfs(&self.folder.0).ok()?;
        Some((stats.available_space(), stats.total_space()))
    }
}

/// Bytes of memory this process holds, where the system says so (Linux, `VmRSS` of proc(5)).
pub fn memory_bytes() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kib| kib * 1_024)
}

#[cfg(test)]
mod tests {
    use super::{Machine, note_backup};
    use crate::assemble::Folder;
    use civic::Moment;

    #[test]
    fn a_copy_is_noted_and_the_disk_has_a_size() {
        let path = std::env::temp_dir().join(format!("polity-machine-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        let machine = Machine { folder: Folder(path.clone()), started_at: Moment(0) };
        assert_eq!(machine.last_backup(), None);
        std::fs::write(path.join("copy.db"), b"12345").unwrap();
        note_backup(&machine.folder, Moment(1_790_000_000_000_000), &path.join("copy.db")).unwrap();
        let noted = machine.last_backup().unwrap();
        assert_eq!((noted.bytes, Moment::parse(&noted.at).unwrap()), (5, Moment(1_790_000_000_000_000)));
        let (free, all) = machine.disk_bytes().unwrap();
        assert!(free <= all && all > 0);
        std::fs::remove_dir_all(&path).unwrap();
    }
}
