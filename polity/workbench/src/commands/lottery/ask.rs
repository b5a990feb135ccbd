//! From files and flags to a draw.

use super::LotteryArgs;
use crate::files;
use ::lottery::{Assembly, Category, PoolColumns, read_pool, read_quotas};
use anyhow::{Context, bail};
use std::{collections::BTreeMap, path::Path};

pub(super) fn assembly(asked: &LotteryArgs) -> anyhow::Result<Assembly> {
    let quotas = text(&asked.quotas)?;
    let categories = read_quotas(&quotas).with_context(|| asked.quotas.display().to_string())?;
    let columns = PoolColumns { id: asked.id.clone(), address: asked.address.clone() };
    let volunteers =
        read_pool(&text(&asked.file)?, &categories, &columns).with_context(|| asked.file.display().to_string())?;
    let seats = match asked.size {
        Some(seats) => seats,
        None => only_size(&categories)?,
    };
    Ok(Assembly { seats, categories, volunteers, one_per_address: !asked.address.is_empty() })
}

fn text(file: &Path) -> anyhow::Result<String> {
    String::from_utf8(files::read(file)?).map_err(|fault| {
        let before = &fault.as_bytes()[..fault.utf8_error().valid_up_to()];
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        anyhow::anyhow!("{}: line {line} is not UTF-8; save the table as UTF-8.", file.display())
    })
}

/// The only number of seats that the quotas allow.
fn only_size(categories: &[Category]) -> anyhow::Result<u32> {
    let sums = |end: fn(&::lottery::Feature) -> u32| {
        categories.iter().map(move |category| category.features.iter().map(end).map(u64::from).sum::<u64>())
    };
    let least = sums(|feature| feature.at_least).max().unwrap_or(0);
    let most = sums(|feature| feature.at_most).min().unwrap_or(0);
    if least == most {
        return u32::try_from(least).context("that many seats cannot be drawn");
    }
    if least > most {
        bail!(
            "One category asks for at least {least} people, another for at most {most}; no number of seats fits. Say with --size how many you want, to hear what to change."
        );
    }
    bail!("The quotas allow from {least} to {most} seats; say with --size how many there are.");
}

/// The rows of these ids.
pub(super) fn indices(assembly: &Assembly, ids: &[String]) -> anyhow::Result<Vec<usize>> {
    let by_id: BTreeMap<&str, usize> =
        assembly.volunteers.iter().enumerate().map(|(index, volunteer)| (volunteer.id.as_str(), index)).collect();
    let index =
        |id: &String| by_id.get(id.trim()).copied().with_context(|| format!("Nobody in the table has the id “{id}”."));
    ids.iter().map(index).collect()
}
