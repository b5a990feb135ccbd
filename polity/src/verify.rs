//! `polity verify`: checks a record from outside, trusting nothing but the key.

mod receipt;

use crate::{assemble::Folder, command_line::VerifyArgs};
use anyhow::{Context as _, bail, ensure};
use database::{Db, Source};
use indicatif::{ProgressBar, ProgressStyle};
use record::{TilePath, VerifierKey, verify::Place};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Rows of the record that are compared with what was signed in one read.
const ROWS_AT_ONCE: u32 = 10_000;

/// Checks a record and says what was found.
///
/// # Errors
/// A sentence that names the first thing that does not fit.
pub fn run(asked: &VerifyArgs) -> anyhow::Result<()> {
    let key = asked.key.as_deref().map(str::parse::<VerifierKey>).transpose().context("the key to trust")?;
    if let Some(file) = &asked.receipt {
        return receipt::run(file, asked.place.as_deref(), key);
    }
    let place = asked.place.as_deref().context("say which record: an address or a folder")?;
    let is_address = place.starts_with("http://") || place.starts_with("https://");
    let bar = bar();
    let mut progress = |done: u64, all: u64| {
        bar.set_length(all);
        bar.set_position(done);
    };
    let verified = if is_address {
        record::verify::verify(&Place::Url(place.to_owned()), key, &mut progress)
    } else {
        let folder = PathBuf::from(place);
        if !folder.is_dir() {
            bail!("{place} is neither an address nor a folder");
        }
        if Folder(folder.clone()).database().exists() {
            let copied = Copied::of_town(&Folder(folder), asked.before)?;
            record::verify::verify(&Place::Folder(copied.0.clone()), key, &mut progress)
        } else if !folder.join("checkpoint").exists() {
            bail!("there is neither a town nor a copied record in {place}");
        } else {
            record::verify::verify(&Place::Folder(folder), key, &mut progress)
        }
    };
    bar.finish_and_clear();
    let verified = verified.context("the record is not believed")?;
    println!("The record is whole: {} entries, root {}.", verified.checkpoint.size, verified.checkpoint.root);
    println!("Signed by {}", verified.key);
    if asked.key.is_none() {
        println!(
            "This shows that nothing was changed or left out. Compare the key with one you trust to know whose record it is."
        );
    }
    Ok(())
}

fn bar() -> ProgressBar {
    let style = ProgressStyle::with_template("Checking the record {bar:30} {pos}/{len} entries");
    ProgressBar::new(0).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// The record of a town's folder, written out as the files anybody could fetch; thrown away at the end.
struct Copied(PathBuf);

impl Copied {
    /// The record now, or the one of this number that ended.
    fn of_town(folder: &Folder, before: Option<u32>) -> anyhow::Result<Self> {
        let to = folder.0.join(format!("verify-{}", std::process::id()));
        let copied = Self(to);
        let db = Db::open(&Source::Sqlite(folder.database())).context("the database cannot be opened")?;
        if let Some(number) = before {
            let ended = db.read_blocking(move |tx| record::ended_record(tx, number))?;
            let ended = ended.with_context(|| format!("no record {number} has ended here"))?;
            ensure!(!ended.note.is_empty(), "nothing that was signed of this record is here");
            copied.write("key", ended.verifier.as_bytes())?;
            copied.write_log(&db, &ended.note, ended.size)?;
        } else {
            let signing = fs::read_to_string(folder.key()).context("the key of the record cannot be read")?;
            let signing: transparency_log::SigningKey = signing.parse()?;
            copied.write("key", signing.verifier().to_string().as_bytes())?;
            let key = signing.verifier();
            let outside = record::KeptOutside::open(&folder.checkpoint(), &key)?;
            let checkpoint = db.read_blocking(move |tx| record::agrees(tx, &key, &outside))?;
            let checkpoint = checkpoint.context("the record has no checkpoint yet")?;
            filed(&db, checkpoint.size)?;
            copied.write_log(&db, &checkpoint.note, checkpoint.size)?;
        }
        db.close();
        Ok(copied)
    }

    fn write_log(&self, db: &Db, note: &str, size: u64) -> anyhow::Result<()> {
        self.write("checkpoint", note.as_bytes())?;
        for level in 0.. {
            let wide = 256_u64.checked_pow(level + 1).unwrap_or(u64::MAX);
            if level > 0 && size < wide / 256 {
                break;
            }
            for index in 0..=(size.saturating_sub(1) / wide) {
                let level = u8::try_from(level)?;
                let Some(id) = transparency_log::TileId::in_tree(level, index, size) else { continue };
                let tile = db.read_blocking(move |tx| record::tile(tx, id, size))?.context("a tile is missing")?;
                self.write(&TilePath::Hashes(id).to_string(), &tile)?;
                if level == 0 {
                    let (index, width) = (id.index, id.width);
                    let bundle = db
                        .read_blocking(move |tx| record::bundle(tx, index, width, size))?
                        .context("entries are missing")?;
                    self.write(&TilePath::Entries { index, width }.to_string(), &bundle)?;
                }
            }
        }
        Ok(())
    }

    fn write(&self, name: &str, bytes: &[u8]) -> anyhow::Result<()> {
        let path = self.0.join(name);
        let folder = path.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        fs::write(&path, bytes).with_context(|| format!("{} cannot be written", path.display()))
    }
}

/// What finds entries must say the same as what was signed, or pages of a subject leave something out.
fn filed(db: &Db, size: u64) -> anyhow::Result<()> {
    for position in (0..size).step_by(ROWS_AT_ONCE as usize) {
        if let Some(at) = db.read_blocking(move |tx| record::misfiled(tx, position, ROWS_AT_ONCE))? {
            bail!(
                "entry {at} stands under another subject, saying or time than what was signed: somebody changed its row"
            );
        }
    }
    Ok(())
}

impl Drop for Copied {
    fn drop(&mut self) {
        // A copy that stays behind does no harm.
        let _ = fs::remove_dir_all(&self.0);
    }
}
