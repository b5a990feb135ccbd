//! Rules, facts and tests from files.

use crate::files;
use anyhow::{Context, bail};
use rules::{Rules, Source};
use serde_json::Value as Json;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Files of one folder that are read at most.
const FILES_MAX: usize = 2_000;

/// Checked rules, and how many files they are.
pub struct Loaded {
    pub rules: Rules,
    pub files: usize,
}

/// Reads one file, or all `*.rules` files under a folder.
pub fn rules(path: &Path) -> anyhow::Result<Loaded> {
    let found = under(path, &["rules"])?;
    if found.is_empty() {
        bail!("There is no file that ends in .rules in {}.", path.display());
    }
    let texts: Vec<(String, String)> =
        found.iter().map(|file| Ok((shown(path, file), text(file)?))).collect::<anyhow::Result<_>>()?;
    let sources: Vec<Source<'_>> = texts.iter().map(|(name, text)| Source { name, text }).collect();
    match Rules::read(&sources) {
        Ok(rules) => Ok(Loaded { rules, files: texts.len() }),
        Err(troubles) => {
            let lines: Vec<String> = troubles.iter().map(|trouble| format!("\n  {trouble}")).collect();
            bail!("These rules cannot be used; {} to put right:{}", things(troubles.len()), lines.concat())
        }
    }
}

fn things(count: usize) -> String {
    if count == 1 { "one thing".to_owned() } else { format!("{count} things") }
}

/// A file itself, or those under a folder with one of these endings, in order of their names.
pub fn under(path: &Path, endings: &[&str]) -> anyhow::Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let (mut found, mut open) = (Vec::new(), vec![path.to_owned()]);
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))? {
            let entry = entry?;
            let file = entry.path();
            if entry.file_type()?.is_dir() {
                open.push(file);
            } else if file.extension().is_some_and(|end| endings.iter().any(|wanted| end == *wanted)) {
                found.push(file);
            }
            if found.len() + open.len() > FILES_MAX {
                bail!("There are more than {FILES_MAX} files in {}.", path.display());
            }
        }
    }
    found.sort();
    Ok(found)
}

/// A file's name as it is shown: from the folder on.
pub fn shown(folder: &Path, file: &Path) -> String {
    let short = file.strip_prefix(folder).ok().filter(|short| !short.as_os_str().is_empty());
    short.or(file.file_name().map(Path::new)).unwrap_or(file).display().to_string()
}

pub fn text(path: &Path) -> anyhow::Result<String> {
    String::from_utf8(files::read(path)?).with_context(|| format!("{} is not UTF-8", path.display()))
}

/// Facts from a JSON file; nothing is known without one.
pub fn facts(path: Option<&Path>) -> anyhow::Result<Json> {
    let Some(path) = path else { return Ok(Json::Object(serde_json::Map::new())) };
    serde_json::from_str(&text(path)?).with_context(|| format!("{} is no JSON", path.display()))
}
