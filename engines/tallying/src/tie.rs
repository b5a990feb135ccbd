use crate::ballots::Candidate;

/// How a tie is broken; always given by whoever holds the election.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TieRule {
    /// By a list of candidates: of those tied the earliest wins, the latest loses.
    Order(Vec<u16>),
    /// By lot, from a public number. The lot is the generator of `java.util.Random` (a 48-bit linear congruential generator,
    /// Knuth, *The Art of Computer Programming*, volume 2, section 3.2.1), drawn over the tied candidates in order of
    /// their names, as RCTab does, so that its results can be redone.
    Lot {
        /// The public number.
        seed: i64,
    },
    /// By the most recent earlier round in which they differed; if there is none, by the other rule. A lot is then drawn over those
    /// still tied in the order RCTab holds them in, which is that of a `java.util.HashSet` of their names.
    EarlierRounds(Box<TieRule>),
    /// Not at all: the count stops and says who is tied.
    Refuse,
}

impl TieRule {
    /// A list shuffled by lot from a public number, over the candidates in order of their names: `Collections.shuffle`.
    pub fn shuffled(candidates: &[Candidate], seed: i64) -> Self {
        let mut order: Vec<u16> =
            (0..candidates.len() as u16).filter(|&at| !candidates[at as usize].undeclared).collect();
        order.sort_by(|&one, &other| candidates[one as usize].name.cmp(&candidates[other as usize].name));
        let mut lot = Lot::new(seed);
        for left in (2..=order.len()).rev() {
            order.swap(left - 1, lot.below(left as u32) as usize);
        }
        Self::Order(order)
    }

    /// The candidates in the order of the contest.
    pub fn as_listed(candidates: &[Candidate]) -> Self {
        Self::Order((0..candidates.len() as u16).collect())
    }
}

/// The generator behind [`TieRule::Lot`].
#[derive(Debug, Clone)]
pub(crate) struct Lot {
    state: u64,
}

const FACTOR: u64 = 0x5_DEEC_E66D;
const MASK: u64 = (1 << 48) - 1;

impl Lot {
    pub(crate) fn new(seed: i64) -> Self {
        Self { state: (seed as u64 ^ FACTOR) & MASK }
    }

    fn bits(&mut self, bits: u32) -> u64 {
        self.state = self.state.wrapping_mul(FACTOR).wrapping_add(0xB) & MASK;
        self.state >> (48 - bits)
    }

    /// A number below `bound`, as `nextInt(bound)`.
    fn below(&mut self, bound: u32) -> u32 {
        if bound.is_power_of_two() {
            return ((u64::from(bound) * self.bits(31)) >> 31) as u32;
        }
        loop {
            let drawn = self.bits(31) as u32;
            let left = drawn % bound;
            if drawn - left + (bound - 1) <= i32::MAX as u32 {
                return left;
            }
        }
    }

    /// A number below `bound`, as `floor(nextDouble() * bound)`.
    fn part(&mut self, bound: usize) -> usize {
        let drawn = (self.bits(26) << 27) + self.bits(27);
        ((u128::from(drawn) * bound as u128) >> 53) as usize
    }
}

/// How a tie was broken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Broken {
    /// The candidate stood earliest, or latest, in the list.
    ByOrder,
    /// By lot.
    ByLot,
    /// They differed in this earlier round.
    ByRound(u32),
    /// A rule of the method itself.
    ByMethod(&'static str),
}

/// A tie that was broken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tie {
    /// Who was tied, in order of the contest.
    pub tied: Vec<u16>,
    /// Who was taken: to win, or to lose.
    pub taken: u16,
    /// Whether the one taken won.
    pub to_win: bool,
    /// How.
    pub how: Broken,
}

/// A tie that the rule did not break.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unbroken(pub Vec<u16>);

/// Breaks ties; keeps the lot between them.
#[derive(Debug, Clone)]
pub(crate) struct TieBreaker<'r> {
    rule: &'r TieRule,
    lot: Option<Lot>,
}

impl<'r> TieBreaker<'r> {
    pub(crate) fn new(rule: &'r TieRule) -> Self {
        let mut inner = rule;
        while let TieRule::EarlierRounds(then) = inner {
            inner = then;
        }
        let lot = if let TieRule::Lot { seed } = inner { Some(Lot::new(*seed)) } else { None };
        Self { rule, lot }
    }

    /// Takes one of those tied. `earlier` compares two candidates by their votes in the round so many rounds ago, or says that
    /// there is no such round.
    pub(crate) fn take<V: Ord>(
        &mut self,
        tied: &[u16],
        to_win: bool,
        candidates: &[Candidate],
        round: u32,
        votes_in: impl Fn(u32, u16) -> V,
    ) -> Result<Tie, Unbroken> {
        let mut left = tied.to_vec();
        left.sort_by(|&one, &other| candidates[one as usize].name.cmp(&candidates[other as usize].name));
        let mut rule = self.rule;
        let tie = |taken: u16, how: Broken| {
            let mut tied = tied.to_vec();
            tied.sort_unstable();
            Tie { tied, taken, to_win, how }
        };
        loop {
            match rule {
                TieRule::EarlierRounds(then) => {
                    for earlier in (1..round).rev() {
                        as_a_hash_set(&mut left, candidates);
                        keep_extreme(&mut left, to_win, |one| votes_in(earlier, one));
                        if let [only] = left[..] {
                            return Ok(tie(only, Broken::ByRound(earlier)));
                        }
                    }
                    rule = then;
                }
                TieRule::Order(order) => {
                    let place = |one: u16| order.iter().position(|&listed| listed == one).unwrap_or(usize::MAX);
                    let first = left.iter().copied().min_by_key(|&one| (place(one), one));
                    let last = left.iter().copied().max_by_key(|&one| (place(one), one));
                    return if to_win { first } else { last }
                        .map(|taken| tie(taken, Broken::ByOrder))
                        .ok_or_else(|| Unbroken(tied.to_vec()));
                }
                TieRule::Lot { .. } => {
                    let Some(lot) = self.lot.as_mut() else { return Err(Unbroken(left)) };
                    return Ok(tie(left[lot.part(left.len())], Broken::ByLot));
                }
                TieRule::Refuse => return Err(Unbroken(left)),
            }
        }
    }
}

/// Puts candidates in the order in which a `java.util.HashSet` made from this list gives its members: by the lowest bits of a hash of
/// the name (`String.hashCode`, its halves joined), over a table of a power of two of at least 16 places.
fn as_a_hash_set(left: &mut [u16], candidates: &[Candidate]) {
    let places = (left.len() * 4 / 3 + 1).max(16).next_power_of_two() as u32;
    let place = |at: &u16| {
        let name = candidates[*at as usize].name.encode_utf16();
        let hash = name.fold(0u32, |hash, unit| hash.wrapping_mul(31).wrapping_add(u32::from(unit)));
        (hash ^ (hash >> 16)) & (places - 1)
    };
    left.sort_by_key(place);
}

/// Keeps those with the most, or the fewest.
fn keep_extreme<V: Ord>(left: &mut Vec<u16>, most: bool, votes: impl Fn(u16) -> V) {
    let extreme =
        if most { left.iter().map(|&one| votes(one)).max() } else { left.iter().map(|&one| votes(one)).min() };
    if let Some(extreme) = extreme {
        left.retain(|&one| votes(one) == extreme);
    }
}
