//! The commands as somebody at the terminal uses them: files in, an answer out.
#![allow(clippy::unwrap_used, missing_docs)]

mod audit;
mod budget;
mod dmn;
mod map;
mod ranked;
mod rules;

use clap::Parser;
use std::{
    fs,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
};

#[derive(Parser)]
struct CommandLine {
    #[command(subcommand)]
    command: workbench::WorkbenchCommand,
}

/// What a command answers, or the sentence with which it refuses.
pub fn polity(words: &[&str]) -> Result<String, String> {
    let asked = CommandLine::try_parse_from(["polity"].iter().chain(words)).map_err(|error| error.to_string())?;
    workbench::answer(&asked.command).map_err(|refusal| format!("{refusal:#}"))
}

/// A folder of its own that goes when the test ends.
pub struct Folder(PathBuf);

impl Folder {
    pub fn make() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("polity-workbench-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let folder = std::env::temp_dir().join(name);
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    pub fn put(&self, name: &str, text: &str) -> String {
        let path = self.0.join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }

    pub fn path(&self, name: &str) -> String {
        self.0.join(name).to_str().unwrap().to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The text of an SVG file; that it is well formed, with title and description, is looked at first.
pub fn picture(path: &str) -> String {
    let text = fs::read_to_string(Path::new(path)).unwrap();
    let mut reader = quick_xml::Reader::from_str(&text);
    reader.config_mut().check_end_names = true;
    let mut depth = 0;
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Start(_) => depth += 1,
            quick_xml::events::Event::End(_) => depth -= 1,
            quick_xml::events::Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0, "an element of {path} is not closed");
    assert!(text.contains("<title") && text.contains("<desc"), "{path} says nothing to who does not see it");
    text
}
