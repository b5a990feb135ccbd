use crate::{
    conversation::{Standing, Statement},
    statistics::{Comparison, Z_LEAST},
};

/// How many statements stand for a group, at most.
const SHOWN_MAX: usize = 5;

/// A statement that marks a group.
#[derive(Debug, Clone, PartialEq)]
pub struct Representative {
    /// The statement.
    pub statement: String,
    /// Whether the group stands out by agreeing; otherwise by disagreeing.
    pub agrees: bool,
    /// Whether it was taken for what the group agrees on most. Such a statement can be marked by disagreement when a
    /// minority of the group stands out by disagreeing; then `figures` say so.
    pub best_agree: bool,
    /// The figures it rests on.
    pub figures: Comparison,
}

impl Representative {
    /// Whether the group differs from everybody else by it. Otherwise it is only what the group agrees on most, or the most
    /// telling of what does not tell much.
    pub fn marks(&self) -> bool {
        is_telling(&self.figures)
    }
}

/// The statements that mark a group: where it agrees more than everybody else (z > 1.2816) and more than half of it agrees
/// (z > 1.2816), likewise for disagreeing; ordered by the product of both shares' figures, the best agreed one first; five
/// at most; agreements before disagreements. When nothing passes, the most telling statement stands alone.
pub(crate) fn of_group(statements: &[Statement], figures: &[Comparison]) -> Vec<Representative> {
    let open = || (0..statements.len()).filter(|at| statements[*at].standing == Standing::Open);
    let best_agree = open().fold(None, |best, at| {
        if is_better_agreed(&figures[at], best.map(|best: usize| &figures[best])) { Some(at) } else { best }
    });
    let mut sufficient: Vec<usize> = open().filter(|at| is_telling(&figures[*at]) && Some(*at) != best_agree).collect();
    sufficient.sort_by(|one, other| weight(&figures[*other]).total_cmp(&weight(&figures[*one])));
    let mut chosen: Vec<usize> = best_agree.into_iter().chain(sufficient).take(SHOWN_MAX).collect();
    if chosen.is_empty() {
        let strength = |at: &usize| figures[*at].agree_ratio_test.max(figures[*at].disagree_ratio_test);
        let seen = open().filter(|at| figures[*at].counts.seen > 0);
        // Of equal ones the first.
        chosen.extend(seen.rev().max_by(|one, other| strength(one).total_cmp(&strength(other))));
    }
    chosen.sort_by_key(|at| !stands_by_agreeing(&figures[*at]));
    let representative = |at: usize| Representative {
        statement: statements[at].id.clone(),
        agrees: stands_by_agreeing(&figures[at]),
        best_agree: Some(at) == best_agree,
        figures: figures[at],
    };
    chosen.into_iter().map(representative).collect()
}

fn stands_by_agreeing(one: &Comparison) -> bool {
    one.agree_ratio_test > one.disagree_ratio_test
}

fn is_telling(one: &Comparison) -> bool {
    (one.agree_ratio_test > Z_LEAST && one.agree_test > Z_LEAST)
        || (one.disagree_ratio_test > Z_LEAST && one.disagree_test > Z_LEAST)
}

/// ra × rat × pa × pat, or the same for disagreeing.
fn weight(one: &Comparison) -> f64 {
    if stands_by_agreeing(one) {
        one.agree_ratio * one.agree_ratio_test * one.agree_share * one.agree_test
    } else {
        one.disagree_ratio * one.disagree_ratio_test * one.disagree_share * one.disagree_test
    }
}

/// Whether a statement is better agreed on in the group than the best so far.
fn is_better_agreed(one: &Comparison, best: Option<&Comparison>) -> bool {
    let agreed = |one: &Comparison| one.agree_share * one.agree_test;
    if one.counts.agrees == 0 && one.counts.disagrees == 0 {
        return false;
    }
    match best {
        Some(best) if best.agree_ratio > 1.0 => {
            one.agree_ratio * one.agree_ratio_test * agreed(one)
                > best.agree_ratio * best.agree_ratio_test * agreed(best)
        }
        Some(best) => agreed(one) > agreed(best),
        None => one.agree_test > Z_LEAST || (one.agree_ratio > 1.0 && one.agree_share > 0.5),
    }
}
