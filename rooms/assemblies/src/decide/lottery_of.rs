//! PURE: from a pool and those who were drawn before to a lottery, and what of it is public.

use super::quotas_csv;
use crate::model::{Draw, Facts, Kind, Member, MemberState};
use civic::Moment;
use lottery::{Assembly, Category, Fairness, PANELS_USUAL, Refusal, Volunteer, prepare, seats_by_feature, sha256_hex};
use std::collections::BTreeSet;

/// A group of the pool with fewer people is not told.
pub const TOLD_LEAST: u32 = 5;

/// One line of the pool: a ticket and the names of the features.
pub type Pooled = (String, Vec<String>);

/// From which pool a lottery draws.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Base {
    /// Tickets that keep their seat.
    pub staying: Vec<String>,
    /// Tickets whose seats are filled.
    pub leaving: Vec<String>,
    /// Tickets that are not asked again.
    pub unavailable: Vec<String>,
    /// How many of those who leave declined.
    pub declined: u32,
    /// How many did not answer.
    pub silent: u32,
}

/// Who stays and who leaves, of the members since the last draw of all.
pub fn base_of(members: &[Member], now: Moment) -> Base {
    let mut base = Base::default();
    for member in members {
        let ticket = member.ticket.clone();
        if member.sits(now) {
            base.staying.push(ticket);
        } else if member.left(now) {
            base.declined += u32::from(member.at(now) == MemberState::Declined);
            base.silent += u32::from(member.at(now) == MemberState::Silent);
            base.leaving.push(ticket);
        } else if member.at(now) != MemberState::Dismissed {
            base.unavailable.push(ticket);
        }
    }
    base
}

/// The engine's form of a pool. Lines whose features have no quota are left out.
pub fn assembly_of(seats: u32, categories: &[Category], pool: &[Pooled]) -> Assembly {
    let volunteer = |(ticket, answers): &Pooled| {
        let place = |(category, answer): (&Category, &String)| category.features.iter().position(|f| f.name == *answer);
        let features: Option<Vec<usize>> = categories.iter().zip(answers).map(place).collect();
        features.map(|features| Volunteer { id: ticket.clone(), features, address: None })
    };
    let volunteers = pool.iter().filter_map(volunteer).collect();
    Assembly { seats, categories: categories.to_vec(), volunteers, one_per_address: false }
}

/// A pool without names as the engine reads it.
pub fn pool_csv(assembly: &Assembly) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail.
    let _ = writer
        .write_record(std::iter::once("id").chain(assembly.categories.iter().map(|category| category.name.as_str())));
    for volunteer in &assembly.volunteers {
        let features = volunteer.features.iter().zip(&assembly.categories);
        let names = features.map(|(&at, category)| category.features[at].name.as_str());
        let _ = writer.write_record(std::iter::once(volunteer.id.as_str()).chain(names));
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// A lottery that is ready to be drawn from, with the files from which anybody can work it out again.
#[derive(Debug, Clone, PartialEq)]
pub struct Ready {
    /// What is public of it.
    pub facts: Facts,
    /// The pool without names; private.
    pub pool: String,
    /// The quotas.
    pub quotas: String,
    /// The panels, by ticket.
    pub panels: String,
}

/// Works a lottery out. Takes seconds where the pool is large.
///
/// # Errors
/// The engine's sentence.
pub fn prepared(
    draw: &Draw,
    (seats, categories): (u32, &[Category]),
    pool: &[Pooled],
    base: &Base,
) -> Result<Ready, Refusal> {
    let whole = assembly_of(seats, categories, pool);
    let asked = match draw.kind {
        Kind::First | Kind::Again => whole,
        Kind::Vacancies => rest(&whole, base)?,
    };
    let lottery = prepare(&asked, Fairness::Leximin, PANELS_USUAL)?;
    let (pool, quotas, panels) = (pool_csv(&asked), quotas_csv(&asked.categories), lottery.panels_csv(&asked));
    let mut spread = vec![0_u64; 11];
    for &times in &lottery.seats {
        spread[(u64::from(times) * 10 / u64::from(PANELS_USUAL)).min(10) as usize] += 1;
    }
    let facts = Facts {
        seats: asked.seats,
        volunteers: asked.volunteers.len() as u64,
        pool_sha256: sha256_hex(&pool),
        quotas_sha256: sha256_hex(&quotas),
        panels_sha256: lottery.commitment.clone(),
        panels: lottery.panels.len() as u32,
        least: lottery.smallest().0,
        greatest: lottery.seats.iter().copied().max().unwrap_or(0),
        gini: lottery.gini(),
        ideal: lottery.smallest_ideal(),
        proved: lottery.proved,
        spread,
        declined: base.declined,
        silent: base.silent,
        // Later pools differ from the first by few people; the difference would tell of them.
        pool: match draw.kind {
            Kind::First => told(&seats_by_feature(&asked, &(0..asked.volunteers.len()).collect::<Vec<_>>())),
            Kind::Again | Kind::Vacancies => Vec::new(),
        },
        drawn: Vec::new(),
    };
    Ok(Ready { facts, pool, quotas, panels })
}

/// The lottery for the seats that fell free. Those who left the pool altogether, as by an erasure, keep nobody from anything.
fn rest(whole: &Assembly, base: &Base) -> Result<Assembly, Refusal> {
    let places = |tickets: &[String]| -> Vec<usize> {
        let wanted: BTreeSet<&str> = tickets.iter().map(String::as_str).collect();
        let found = whole.volunteers.iter().enumerate().filter(|(_, one)| wanted.contains(one.id.as_str()));
        found.map(|(place, _)| place).collect()
    };
    let (staying, leaving) = (places(&base.staying), places(&base.leaving));
    let panel: Vec<usize> = staying.iter().chain(&leaving).copied().collect();
    let mut asked = lottery::vacancies(whole, &panel, &leaving, &places(&base.unavailable))?;
    asked.seats = base.leaving.len() as u32;
    Ok(asked)
}

/// The counts of each category, where no group of it is so small that it could name somebody: as all of a category add up to a number
/// that is public, one small group hides the whole category.
pub fn told(counts: &[Vec<u32>]) -> Vec<Option<Vec<u32>>> {
    let safe = |of: &Vec<u32>| of.iter().all(|&count| count == 0 || count >= TOLD_LEAST);
    counts.iter().map(|of| safe(of).then(|| of.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::told;

    #[test]
    fn one_small_group_hides_its_whole_category() {
        let counts = [vec![5, 0, 9], vec![10, 4]];
        assert_eq!(told(&counts), [Some(vec![5, 0, 9]), None]);
    }
}
