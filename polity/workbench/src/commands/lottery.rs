//! `polity lottery`: an assembly drawn by lot.

mod ask;
mod json;
mod table;

use crate::files;
use ::lottery::{Assembly, Drawn, Lottery, Seed, prepare, sha256_hex, vacancies};
use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// What is asked.
#[derive(Debug, Args)]
pub struct LotteryArgs {
    /// The volunteers: a CSV table with one column for each category of the quotas, best with a column `id`.
    pub file: PathBuf,
    /// The quotas: a CSV table `category,feature,min,max`.
    #[arg(long, value_name = "FILE")]
    pub quotas: PathBuf,
    /// Seats of the assembly; not needed when the quotas allow only one number.
    #[arg(long, value_name = "SEATS")]
    pub size: Option<u32>,
    /// What decides: drand:ROUND:RANDOMNESS, dice:3-1-6-2, digits:417, or any public words. Without it the panels are only prepared.
    #[arg(long)]
    pub seed: Option<String>,
    /// The SHA-256 that was published before the draw; the panels must have it.
    #[arg(long, value_name = "SHA-256")]
    pub commitment: Option<String>,
    /// The SHA-256 of a seed that was kept in an envelope; the seed must have it.
    #[arg(long, value_name = "SHA-256", requires = "seed")]
    pub seed_commitment: Option<String>,
    /// Equally likely panels to draw from.
    #[arg(long, default_value_t = ::lottery::PANELS_USUAL)]
    pub panels: u32,
    /// What is made as equal as the quotas allow.
    #[arg(long, value_enum, default_value_t = FairnessArg::Leximin)]
    pub fairness: FairnessArg,
    /// The column of ids (else `id` or `nationbuilder_id`, else the number of the row).
    #[arg(long, value_name = "COLUMN")]
    pub id: Option<String>,
    /// The columns of the address, with commas between; a panel then holds at most one person of each address.
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',')]
    pub address: Vec<String>,
    /// Writes all panels as CSV, to be published before the draw.
    #[arg(long, value_name = "FILE")]
    pub publish: Option<PathBuf>,
    /// Ids of those who were drawn and declined; their seats are drawn again.
    #[arg(long, value_name = "IDS", value_delimiter = ',', requires = "seed")]
    pub declined: Vec<String>,
    /// Ids of others who must not be drawn for these seats.
    #[arg(long, value_name = "IDS", value_delimiter = ',', requires = "declined")]
    pub absent: Vec<String>,
    /// The seed of the draw for the seats of those who declined.
    #[arg(long, value_name = "SEED", requires = "declined")]
    pub replacement_seed: Option<String>,
    /// Answers with JSON.
    #[arg(long)]
    pub json: bool,
}

/// Leximin, or only the smallest chance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FairnessArg {
    /// The smallest chance is as great as can be, then the next smallest, and so on.
    Leximin,
    /// Only the smallest chance is as great as can be.
    Maximin,
}

/// A lottery with what came of it.
struct Held {
    assembly: Assembly,
    lottery: Lottery,
    drawn: Option<(Seed, Drawn)>,
}

/// Does it.
///
/// # Errors
/// A sentence: what is wrong with a table, with line and column, or why no assembly can be drawn.
pub fn answer(asked: &LotteryArgs) -> anyhow::Result<String> {
    let assembly = ask::assembly(asked)?;
    let held = hold(asked, assembly, asked.seed.as_deref(), asked.commitment.as_deref())?;
    if let Some(file) = &asked.publish {
        files::write(file, &held.lottery.panels_csv(&held.assembly))?;
    }
    let replacement = if asked.declined.is_empty() { None } else { Some(replaced(asked, &held)?) };
    if asked.json {
        return Ok(serde_json::to_string_pretty(&json::outcome(&held, replacement.as_ref()))? + "\n");
    }
    Ok(table::of(&held, replacement.as_ref()))
}

fn hold(asked: &LotteryArgs, assembly: Assembly, seed: Option<&str>, commitment: Option<&str>) -> anyhow::Result<Held> {
    let fairness = match asked.fairness {
        FairnessArg::Leximin => ::lottery::Fairness::Leximin,
        FairnessArg::Maximin => ::lottery::Fairness::Maximin,
    };
    let seed = seed.map(Seed::read).transpose()?;
    let sealed = asked.seed.as_deref().map(|seed| sha256_hex(seed.trim()));
    if let (Some(wanted), Some(found)) = (&asked.seed_commitment, sealed)
        && !wanted.eq_ignore_ascii_case(&found)
    {
        bail!("The SHA-256 of this seed is {found}, not the one that was published.");
    }
    let saying = format!("seeking the fairest lottery for {} volunteers", assembly.volunteers.len());
    let lottery = files::with_spinner(&saying, || prepare(&assembly, fairness, asked.panels))?;
    if let Some(wanted) = commitment.filter(|wanted| !wanted.eq_ignore_ascii_case(&lottery.commitment)) {
        bail!(
            "The panels have the SHA-256 {}, not {wanted}: table, quotas or rules differ from those that were published.",
            lottery.commitment
        );
    }
    let drawn = seed.map(|seed| lottery.draw(&seed).map(|drawn| (seed, drawn))).transpose()?;
    Ok(Held { assembly, lottery, drawn })
}

fn replaced(asked: &LotteryArgs, held: &Held) -> anyhow::Result<Held> {
    let Some((_, drawn)) = &held.drawn else { bail!("Seats can be filled again only after a draw; give its --seed.") };
    let declined = ask::indices(&held.assembly, &asked.declined)?;
    let absent = ask::indices(&held.assembly, &asked.absent)?;
    let assembly = vacancies(&held.assembly, &drawn.panel, &declined, &absent)?;
    hold(asked, assembly, asked.replacement_seed.as_deref(), None).context("for the seats that fell free")
}
