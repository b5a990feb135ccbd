//! From mixes to people: who of a kind sits on which panel.

use crate::{
    Assembly,
    digest::sha256,
    shape::{Kinds, Mix},
};

/// Deals the seats of each kind in turns, so that within a kind nobody sits on two panels more than another.
///
/// The turn is that of the SHA-256 of the table's digest with the id: nobody can choose a place in it, and it does not follow the
/// order of the table. Where one per address is the rule, those who so far sit on fewest panels are taken first, passing over homes
/// that have a seat already; then the difference within a kind can be greater, and the published chances say by how much.
pub(crate) fn seated(assembly: &Assembly, kinds: &Kinds, mixes: &[Mix], table_digest: &str) -> Vec<Vec<usize>> {
    let turns: Vec<Vec<usize>> = kinds
        .members
        .iter()
        .map(|members| {
            let mut keyed: Vec<([u8; 32], usize)> =
                members.iter().map(|&index| (sha256(&[table_digest, &assembly.volunteers[index].id]), index)).collect();
            keyed.sort();
            keyed.into_iter().map(|(_, index)| index).collect()
        })
        .collect();
    let mut dealer =
        Dealer { kinds, turns, next: vec![0; kinds.members.len()], sat: vec![0; assembly.volunteers.len()] };
    mixes.iter().map(|mix| dealer.panel(mix)).collect()
}

struct Dealer<'k> {
    kinds: &'k Kinds,
    turns: Vec<Vec<usize>>,
    next: Vec<usize>,
    sat: Vec<u32>,
}

impl Dealer<'_> {
    fn panel(&mut self, mix: &Mix) -> Vec<usize> {
        let mut panel: Vec<usize> = Vec::new();
        let mut homes: Vec<usize> = Vec::new();
        for (kind, &seats) in mix.iter().enumerate().filter(|(_, seats)| **seats > 0) {
            let shares_home = self.turns[kind].first().is_some_and(|&index| self.kinds.household[index].is_some());
            let seats = usize::from(seats);
            let taken = if shares_home { self.apart(kind, seats, &mut homes) } else { self.in_turn(kind, seats) };
            panel.extend(taken);
        }
        panel.sort_unstable();
        panel.iter().for_each(|&index| self.sat[index] += 1);
        panel
    }

    fn in_turn(&mut self, kind: usize, seats: usize) -> Vec<usize> {
        let turn = &self.turns[kind];
        let begin = self.next[kind];
        self.next[kind] = (begin + seats) % turn.len();
        (0..seats).map(|place| turn[(begin + place) % turn.len()]).collect()
    }

    fn apart(&self, kind: usize, seats: usize, homes: &mut Vec<usize>) -> Vec<usize> {
        let mut waiting: Vec<usize> = self.turns[kind].clone();
        waiting.sort_by_key(|&index| self.sat[index]);
        let mut taken = Vec::with_capacity(seats);
        for index in waiting {
            let Some(home) = self.kinds.household[index] else { continue };
            if taken.len() < seats && !homes.contains(&home) {
                homes.push(home);
                taken.push(index);
            }
        }
        taken
    }
}
