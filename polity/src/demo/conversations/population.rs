//! People who do not exist: two camps that overlap, most of them with something of both, and a small campaign.

use super::texts::{STATEMENTS, Statement};
use civic::{Chance as _, Moment, SeededChance};
use conversations::{Simulated, Stance};

/// How many there are.
const PEOPLE: usize = 3_000;
/// The last of them answer all alike within minutes, so that one sees how that is shown.
const CAMPAIGN: usize = 36;
/// The seed of all chance in them.
const SEED: u64 = 311;
/// The fewest and the most statements one of them answers.
const ANSWERS: (usize, usize) = (9, 27);

/// Draws of a population.
struct Draws(SeededChance);

impl Draws {
    /// Between 0 and 1.
    fn share(&self) -> f64 {
        let mut bytes = [0_u8; 8];
        self.0.fill(&mut bytes);
        (u64::from_le_bytes(bytes) >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn below(&self, most: usize) -> usize {
        ((self.share() * most as f64) as usize).min(most.saturating_sub(1))
    }

    /// About normal, by twelve draws.
    fn normal(&self) -> f64 {
        (0..12).map(|_| self.share()).sum::<f64>() - 6.0
    }
}

/// The people, in the order in which they come.
pub(super) fn population(from: Moment, until: Moment, districts: &[String]) -> Vec<Simulated> {
    let draws = Draws(SeededChance::new(SEED));
    let length = until.seconds_since(from) as f64;
    let mut people: Vec<(i64, Simulated)> = (0..PEOPLE - CAMPAIGN)
        .map(|_| {
            // More come at the beginning than later.
            let at = (length * draws.share().powf(1.6)) as i64;
            (at, person(&draws, from.plus_seconds(at), districts))
        })
        .collect();
    let day = (length * 0.7) as i64;
    people.extend((0..CAMPAIGN).map(|number| {
        let at = day + number as i64 * 9;
        (at, campaigner(from.plus_seconds(at)))
    }));
    people.sort_by_key(|(at, _)| *at);
    people.into_iter().map(|(_, person)| person).collect()
}

fn person(draws: &Draws, at: Moment, districts: &[String]) -> Simulated {
    let camp = if draws.share() < 0.56 { 1.0 } else { -1.0 };
    let (leaning, mood) = (camp + 0.45 * draws.normal(), 0.6 * draws.normal());
    let mut order: Vec<usize> = (0..STATEMENTS.len()).collect();
    let count = ANSWERS.0 + draws.below(ANSWERS.1 - ANSWERS.0 + 1);
    let mut clock = at;
    let mut answers = Vec::with_capacity(count);
    for turn in 0..count.min(order.len()) {
        let other = turn + draws.below(order.len() - turn);
        order.swap(turn, other);
        clock = clock.plus_seconds(4 + draws.below(16) as i64);
        let (stance, important) = answer(draws, &STATEMENTS[order[turn]], leaning, mood);
        answers.push((order[turn] as i64, stance, important, clock));
    }
    let says = !districts.is_empty() && draws.share() < 0.6;
    // Some districts come more often than others: the later in the list, the rarer.
    let district =
        says.then(|| districts[(districts.len() as f64 * draws.share().powf(1.5)) as usize % districts.len()].clone());
    Simulated { district, answers }
}

fn answer(draws: &Draws, statement: &Statement, leaning: f64, mood: f64) -> (Stance, bool) {
    if draws.share() < statement.unsure {
        return (Stance::Pass, false);
    }
    let pull = statement.liked + statement.leaning * leaning + statement.mood * mood;
    let agrees = draws.share() < 1.0 / (1.0 + (-pull).exp());
    let important = draws.share() < 0.12 * pull.abs().min(2.0);
    (if agrees { Stance::Agree } else { Stance::Disagree }, important)
}

/// One of those who were told what to answer.
fn campaigner(at: Moment) -> Simulated {
    let stance = |one: &Statement| if one.leaning > 0.3 { Stance::Disagree } else { Stance::Agree };
    let answers = (0_i64..).zip(STATEMENTS).take(18);
    Simulated {
        district: None,
        answers: answers.map(|(number, one)| (number, stance(one), false, at.plus_seconds(2 * number))).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::{PEOPLE, population};
    use crate::demo::conversations::texts::STATEMENTS;
    use civic::Moment;
    use std::collections::BTreeSet;

    #[test]
    fn the_same_people_come_each_time_and_answer_each_statement_once() {
        let (from, until) = (Moment(1_513_000_000_000_000), Moment(1_515_000_000_000_000));
        let people = population(from, until, &["a".to_owned(), "b".to_owned()]);
        assert_eq!(people.len(), PEOPLE);
        assert_eq!(people, population(from, until, &["a".to_owned(), "b".to_owned()]));
        for one in &people {
            let answered: BTreeSet<i64> = one.answers.iter().map(|answer| answer.0).collect();
            assert_eq!(answered.len(), one.answers.len());
            assert!(answered.iter().all(|number| (0..STATEMENTS.len() as i64).contains(number)));
        }
        assert!((30..=40).contains(&STATEMENTS.len()));
    }
}
