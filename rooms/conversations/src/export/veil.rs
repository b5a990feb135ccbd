//! What keeps the tables of a conversation from saying who wrote a statement.
//!
//! Whoever writes a statement agrees to it in the same moment, and the record says in public when it was written. So the time
//! of an answer, its place in the file, or that it is the only one would lead to the author, and from there to all their
//! answers. Therefore
//! - answers have no times but spans of whole days, in each of which at least [`SMALL`] people answered something;
//! - while people take part, the days that are not over, and a span that is not full, are not told yet: whoever watched the
//!   tables would otherwise see each answer come;
//! - answers to a statement of a participant begin with the span in which [`SMALL`] people had agreed, and before that, or
//!   while it is not asked, there are none.

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

/// Answers, in the order of time, as anybody may have them: by spans, within a span by number. `until` is the first day that
/// is not over, while people take part.
pub fn veil(events: &[Event], statements: &[Statement], names: &Names, until: Option<Moment>) -> Vec<Event> {
    let spans = spans(events, until.map(|until| until.micros().div_euclid(1_000)));
    let told = |one: &Event| Some(Event { at_ms: Some(*spans.get(&day(one.at_ms?))?), ..*one });
    let told: Vec<Event> = events.iter().filter_map(told).collect();
    let begin = beginnings(&told, statements);
    let people: HashSet<i64> = told.iter().map(|one| one.participant).collect();
    let public: BTreeMap<i64, i64> = people.into_iter().map(|one| (one, names.public(one))).collect();
    let shown = |one: &Event| {
        let from = *begin.get(&one.statement)?;
        Some(Event { at_ms: one.at_ms.map(|at| at.max(from)), participant: public[&one.participant], ..*one })
    };
    let mut shown: Vec<Event> = told.iter().filter_map(shown).collect();
    // The sort is stable: of one person's answers to one statement, what counts stays last.
    shown.sort_by_key(|one| (one.at_ms, one.participant, one.statement));
    shown
}

fn day(at_ms: i64) -> i64 {
    at_ms.div_euclid(DAY_MS) * DAY_MS
}

/// The first day of the span of each day with answers that is told, in milliseconds since 1970.
fn spans(events: &[Event], until: Option<i64>) -> BTreeMap<i64, i64> {
    let mut people: BTreeMap<i64, HashSet<i64>> = BTreeMap::new();
    for (at, one) in events.iter().filter_map(|one| Some((one.at_ms?, one))) {
        if until.is_none_or(|until| at < until) {
            people.entry(day(at)).or_default().insert(one.participant);
        }
    }
    let (mut spans, mut open, mut last) = (BTreeMap::new(), Vec::new(), None);
    let mut gathered: HashSet<i64> = HashSet::new();
    for (day, of_day) in people {
        open.push(day);
        gathered.extend(of_day);
        if gathered.len() as i64 >= SMALL {
            let first = open[0];
            spans.extend(open.drain(..).map(|day| (day, first)));
            last = Some(first);
            gathered.clear();
        }
    }
    // What is left after the end belongs to the span before it; while people take part it waits for more of them.
    if until.is_none()
        && let Some(first) = last.or(open.first().copied())
    {
        spans.extend(open.into_iter().map(|day| (day, first)));
    }
    spans
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
            begin.entry(event.statement).or_insert_with(|| event.at_ms.unwrap_or(i64::MIN));
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
    fn a_day_on_which_few_came_is_told_with_others_and_what_is_under_way_not_yet() {
        let statements = [statement(0, None, Standing::Open)];
        let of =
            |day: i64, people: std::ops::Range<i64>| people.map(move |one| event(day * DAY_MS + one, one, 0, Agree));
        let events: Vec<_> = of(0, 1..8).chain(of(1, 8..9)).chain(of(2, 9..15)).chain(of(3, 15..17)).collect();
        let days = |until: Option<i64>| {
            let shown =
                veil(&events, &statements, &Names::of_elsewhere(), until.map(|day| Moment(day * DAY_MS * 1_000)));
            shown.iter().map(|one| one.at_ms.unwrap() / DAY_MS).collect::<Vec<_>>()
        };
        let first = vec![0; 7];
        assert_eq!(days(Some(0)), Vec::<i64>::new(), "the first day is not over");
        assert_eq!(days(Some(1)), first);
        assert_eq!(days(Some(2)), first, "one person alone waits for others");
        assert_eq!(days(Some(3)), [first.clone(), vec![1; 7]].concat());
        assert_eq!(days(Some(9)), days(Some(3)), "so do two");
        assert_eq!(days(None), [first, vec![1; 9]].concat(), "after the end they belong to those before");
    }

    #[test]
    fn answers_begin_with_the_span_in_which_five_agree() {
        let statements = [
            statement(0, None, Standing::Open),
            statement(1, Some(9), Standing::Open),
            statement(2, Some(9), Standing::Open),
            statement(3, Some(9), Standing::Waiting),
        ];
        let mut events =
            vec![event(5, 9, 1, Agree), event(6, 9, 2, Agree), event(7, 9, 3, Agree), event(8, 4, 0, Agree)];
        events.push(event(9, 1, 1, Disagree));
        events.extend((10..16).map(|other| event(10, other, 0, Agree)));
        events.extend((1..=4).map(|person| event(person * DAY_MS + 7, person, 1, Agree)));
        events.extend((10..13).map(|other| event(4 * DAY_MS + 9, other, 0, Disagree)));
        events.push(event(9 * DAY_MS + 1, 3, 1, Disagree));
        events.extend((10..16).map(|other| event(9 * DAY_MS + 2, other, 0, Agree)));
        let shown = veil(&events, &statements, &Names::of_elsewhere(), None);
        let of = |number: i64| shown.iter().filter(move |one| one.statement == number);
        assert_eq!((of(0).count(), of(2).count(), of(3).count()), (16, 0, 0));
        assert_eq!(of(0).next().unwrap().at_ms, Some(0));
        // Whoever was first cannot be told: all begin with the span of the first to the fourth day, by number.
        let listed: Vec<_> = of(1).map(|one| (one.at_ms.unwrap() / DAY_MS, one.participant, one.stance)).collect();
        let all = [(1, 1, Disagree), (1, 1, Agree), (1, 2, Agree), (1, 3, Agree), (1, 4, Agree), (1, 9, Agree)];
        assert_eq!(listed[..6], all);
        assert_eq!(listed[6], (9, 3, Disagree));
        assert_eq!(listed.len(), 7);
        assert_eq!(day_of(Moment(DAY_MS * 1_000 + 5)), Moment(DAY_MS * 1_000));
    }
}
