//! Seats that fall free after the draw, filled by a lottery of the same kind.

use crate::{Assembly, Category, Feature, Refusal, Volunteer};
use std::collections::BTreeSet;

/// The draw that fills the seats of those who declined: the quotas less those who stay, the table less the panel and less all who are
/// not asked again. Prepare and draw it like any other, with a seed of its own.
///
/// `panel` and `declined` are indices into [`Assembly::volunteers`]; so is `unavailable`: others who must not be drawn.
///
/// # Errors
/// When someone who declined is not on the panel.
pub fn vacancies(
    assembly: &Assembly,
    panel: &[usize],
    declined: &[usize],
    unavailable: &[usize],
) -> Result<Assembly, Refusal> {
    let panel: BTreeSet<usize> = panel.iter().copied().collect();
    let declined: BTreeSet<usize> = declined.iter().copied().collect();
    let unavailable: BTreeSet<usize> = unavailable.iter().copied().collect();
    if let Some(&stranger) = declined.difference(&panel).next() {
        let id =
            assembly.volunteers.get(stranger).map_or_else(|| stranger.to_string(), |volunteer| volunteer.id.clone());
        return Err(Refusal::NotOnPanel { id });
    }
    let staying: Vec<usize> = panel.difference(&declined).copied().collect();
    let taken: BTreeSet<&str> = staying
        .iter()
        .filter(|_| assembly.one_per_address)
        .filter_map(|&index| assembly.volunteers[index].address.as_deref())
        .collect();
    let asked = |index: usize, volunteer: &Volunteer| {
        !panel.contains(&index)
            && !unavailable.contains(&index)
            && !volunteer.address.as_deref().is_some_and(|address| taken.contains(address))
    };
    let filled = crate::seats_by_feature(assembly, &staying);
    let left = |category: usize, value: usize, feature: &Feature| Feature {
        name: feature.name.clone(),
        at_least: feature.at_least.saturating_sub(filled[category][value]),
        at_most: feature.at_most.saturating_sub(filled[category][value]),
    };
    let categories = assembly.categories.iter().enumerate().map(|(at, category)| Category {
        name: category.name.clone(),
        features: category.features.iter().enumerate().map(|(value, feature)| left(at, value, feature)).collect(),
    });
    let volunteers = assembly.volunteers.iter().enumerate().filter(|(index, volunteer)| asked(*index, volunteer));
    Ok(Assembly {
        seats: declined.len() as u32,
        categories: categories.collect(),
        volunteers: volunteers.map(|(_, volunteer)| volunteer.clone()).collect(),
        one_per_address: assembly.one_per_address,
    })
}
