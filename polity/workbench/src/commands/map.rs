//! `map`: votes on statements in; groups, what marks them and what they share out.

mod json;
mod picture;
mod read;
mod table;

use crate::{
    files,
    words::{Language, Words},
};
use clap::Args;
use opinion_map::{Settings, draw_map};
use std::path::PathBuf;

/// What is asked.
#[derive(Debug, Args)]
pub struct MapArgs {
    /// `votes.csv` or `participants-votes.csv` of a Polis export; or its folder, which also gives the words of statements and their moderation.
    #[arg(value_name = "VOTES.csv|DIR")]
    pub votes: PathBuf,
    /// Where all chance in the map comes from; the same seed gives the same map.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Print JSON instead of tables.
    #[arg(long)]
    pub json: bool,
    /// Draw the map as SVG into this file.
    #[arg(long, value_name = "FILE")]
    pub svg: Option<PathBuf>,
    /// The language of the picture.
    #[arg(long, value_enum, default_value = "en")]
    pub language: Language,
    /// How many half-samples of people the stability is measured on.
    #[arg(long, default_value_t = 20)]
    pub resamples: usize,
}

/// Does it.
///
/// # Errors
/// A sentence that says what is wrong with the files, and where; or that the picture cannot be written.
pub fn answer(asked: &MapArgs) -> anyhow::Result<String> {
    let read = files::with_spinner("reading the votes", || read::read(&asked.votes))?;
    let settings = Settings { resamples: asked.resamples, ..Settings::seeded(asked.seed) };
    let map = files::with_spinner("drawing the map", || draw_map(&read.imported.conversation, &settings))?;
    if let Some(file) = &asked.svg {
        files::write(file, &picture::draw(&map, &read, &Words::of(asked.language)))?;
    }
    if asked.json {
        return Ok(format!("{}\n", json::of(&map, &read)));
    }
    Ok(table::of(&map, &read))
}
