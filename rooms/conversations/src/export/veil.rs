//! What keeps the tables of a conversation from saying who wrote a statement.
//!
//! Whoever writes a statement agrees to it in the same moment, and the record says in public when it was written. So the time
//! of an answer, its place in the file, or that it is the only one would lead to the author, and from there to all their
//! answers. Therefore answers have days and no times; those to a statement of a participant begin on the day on which
//! [`SMALL`] people had agreed, and before that, or while it is not asked, there are none.

use super::Event;
use crate::{
    importance::SMALL,
    model::{Standing, Statement},
    names::Names,
};
use civic::Moment;
use opinion_map::Stance;
use std::collections::{BTreeMap, HashSet};

const DAY_MS: i64 = 86_400_000;
const DAY_MICROS: i64 = DAY_MS * 1_000;

/// The beginning of a day, in UTC.
pub fn day_of(at: Moment) -> Moment {
    Moment(at.micros().div_euclid(DAY_MICROS) * DAY_MICROS)
}

/// Answers, in the order of time, as anybody may have them: by day, within a day by number.
pub fn veil(events: &[Event], statements: &[Statement], names: &Names) -> Vec<Event> {
    let begin = beginnings(events, statements);
    let people: HashSet<i64> = events.iter().map(|one| one.participant).collect();
    let public: BTreeMap<i64, i64> = people.into_iter().map(|one| (one, names.public(one))).collect();
    let shown = |one: &Event| {
        let from = *begin.get(&one.statement)?;
        let at_ms = one.at_ms.map(|at| day(at).max(from));
        Some(Event { at_ms, participant: public[&one.participant], ..*one })
    };
    let mut shown: Vec<Event> = events.iter().filter_map(shown).collect();
    // The sort is stable: of one person's answers to one statement, what counts stays last.
    shown.sort_by_key(|one| (one.at_ms, one.participant, one.statement));
    shown
}

fn day(at_ms: i64) -> i64 {
    at_ms.div_euclid(DAY_MS) * DAY_MS
}

/// The day from which on answers to each statement are shown, in milliseconds since 1970; none for those that are not.
fn beginnings(events: &[Event], statements: &[Statement]) -> BTreeMap<i64, i64> {
    let mut agreed: BTreeMap<i64, HashSet<i64>> = BTreeMap::new();
    let mut begin = BTreeMap::new();
    for one in statements.iter().filter(|one| one.standing == Standing::Open) {
        if one.author.is_none() {
            begin.insert(one.number, i64::MIN);
        } else {
            agreed.insert(one.number, HashSet::new());
        }
    }
    for event in events.iter().filter(|one| one.stance == Stance::Agree) {
        let Some(people) = agreed.get_mut(&event.statement) else { continue };
        people.insert(event.participant);
        if people.len() as i64 >= SMALL {
            begin.entry(event.statement).or_insert_with(|| event.at_ms.map_or(i64::MIN, day));
        }
    }
    begin
}

#[cfg(test)]
mod tests {
    use super::{DAY_MS, Event, day_of, veil};
    use crate::{
        model::{Standing, Statement, StatementWords},
        names::Names,
    };
    use civic::Moment;
    use opinion_map::Stance::{self, Agree, Disagree};

    fn statement(number: i64, author: Option<i64>, standing: Standing) -> Statement {
        Statement {
            number,
            words: StatementWords::default(),
            standing,
            meta: false,
            pinned: false,
            seeded: author.is_none(),
            split_from: None,
            author,
            at: Moment(0),
        }
    }

    fn event(at_ms: i64, participant: i64, statement: i64, stance: Stance) -> Event {
        Event { at_ms: Some(at_ms), statement, participant, stance }
    }

    #[test]
    fn answers_begin_on_the_day_on_which_five_agree() {
        let statements = [
            statement(0, None, Standing::Open),
            statement(1, Some(9), Standing::Open),
            statement(2, Some(9), Standing::Open),
            statement(3, Some(9), Standing::Waiting),
        ];
        let mut events =
            vec![event(5, 9, 1, Agree), event(6, 9, 2, Agree), event(7, 9, 3, Agree), event(8, 4, 0, Agree)];
        events.push(event(9, 1, 1, Disagree));
        events.extend((1..=4).map(|person| event(person * DAY_MS + 7, person, 1, Agree)));
        events.push(event(9 * DAY_MS + 1, 3, 1, Disagree));
        let shown = veil(&events, &statements, &Names::of_elsewhere());
        let of = |number: i64| shown.iter().filter(move |one| one.statement == number);
        assert_eq!((of(0).count(), of(2).count(), of(3).count()), (1, 0, 0));
        assert_eq!(of(0).next().unwrap().at_ms, Some(0));
        // Whoever was first cannot be told: all begin on the fourth day, by number.
        let listed: Vec<_> = of(1).map(|one| (one.at_ms.unwrap() / DAY_MS, one.participant, one.stance)).collect();
        let all = [(4, 1, Disagree), (4, 1, Agree), (4, 2, Agree), (4, 3, Agree), (4, 4, Agree), (4, 9, Agree)];
        assert_eq!(listed[..6], all);
        assert_eq!(listed[6], (9, 3, Disagree));
        assert_eq!(day_of(Moment(DAY_MS * 1_000 + 5)), Moment(DAY_MS * 1_000));
    }
}
