//! Whether somebody may vote by what the roll says, and in which districts a ballot votes. Pure.

use crate::{
    areas::{AREAS_LIMIT, VotesIn, WHOLE_TOWN},
    ballot::Choices,
    model::{AMOUNT_LIMIT_CENTS, Definition, Voters},
    roll::{AGE_LIMIT, Against, RollFacts},
};
use jiff::tz::TimeZone;
use std::collections::BTreeSet;
use web::Refusal;

/// Whether the rule lets somebody vote of whom the roll says this.
///
/// # Errors
/// A refusal that says what the rule asks.
pub fn may_by_roll(definition: &Definition, facts: &RollFacts, zone: &TimeZone) -> Result<(), Refusal> {
    match definition.eligible.against(facts, definition.closes_at.in_zone(zone).date()) {
        None => Ok(()),
        Some(Against::TooYoung(least)) => Err(Refusal::new("vote-age").with("age", i64::from(least))),
        Some(Against::LivesElsewhere) => Err(Refusal::new("vote-residence")),
    }
}

/// Whether a ballot stays in the district in which its voter lives, where the rule says so.
///
/// # Errors
/// A refusal.
pub fn judge_own_district(definition: &Definition, choices: &Choices, facts: &RollFacts) -> Result<(), Refusal> {
    if definition.areas.as_ref().is_none_or(|areas| areas.votes_in != VotesIn::Own) {
        return Ok(());
    }
    let own = facts.district.as_deref();
    if districts_of(definition, choices).iter().any(|district| Some(*district) != own) {
        return Err(Refusal::new("ballot-district").at("choice"));
    }
    Ok(())
}

/// The districts whose projects a ballot names.
pub fn districts_of<'d>(definition: &'d Definition, choices: &Choices) -> BTreeSet<&'d str> {
    let options = choices.0.iter().filter_map(|(place, _)| definition.options.get(*place));
    options.filter_map(|option| option.district.as_deref()).collect()
}

/// What stands against the areas of a vote, and against what it asks of voters.
pub(super) fn judge_areas(definition: &Definition) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    let eligible = &definition.eligible;
    if eligible.least_age.is_some_and(|age| age == 0 || age > AGE_LIMIT) {
        refusals.push(Refusal::new("vote-age-number").at("age").with("most", i64::from(AGE_LIMIT)));
    }
    if !eligible.is_everybody() && definition.voters != Voters::Roll {
        refusals.push(Refusal::new("vote-eligible-roll").at("voters"));
    }
    let Some(areas) = &definition.areas else { return refusals };
    if areas.districts().next().is_none() || areas.sums.len() > AREAS_LIMIT {
        refusals.push(Refusal::new("vote-areas-none").at("areas").with("most", AREAS_LIMIT as i64));
    }
    if areas.sums.iter().any(|sum| !(1..=AMOUNT_LIMIT_CENTS).contains(&sum.cents)) {
        refusals.push(Refusal::new("vote-amount").at("areas"));
    }
    if areas.votes_in == VotesIn::Own && definition.voters == Voters::Residents {
        refusals.push(Refusal::new("vote-areas-roll").at("voters"));
    }
    let most = i64::try_from(areas.districts().count()).unwrap_or(i64::MAX);
    if areas.votes_in == VotesIn::Chosen && !(1..=most).contains(&i64::from(areas.most)) {
        refusals.push(Refusal::new("vote-areas-most").at("areas-most").with("most", most));
    }
    let places = definition.areas_of_options();
    for (option, place) in definition.options.iter().zip(&places) {
        let sum = place.and_then(|place| areas.sums.get(place));
        let Some(sum) = sum else {
            let area = option.district.clone().unwrap_or_else(|| WHOLE_TOWN.to_owned());
            refusals
                .push(Refusal::new("vote-areas-option").at("option").with("id", option.id.clone()).with("area", area));
            continue;
        };
        if option.cost_cents > sum.cents {
            refusals.push(Refusal::new("vote-areas-cost").at("option").with("id", option.id.clone()));
        }
    }
    refusals
}
