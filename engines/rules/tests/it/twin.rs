//! Both executors on rules and populations that are drawn at random: the same outcome for everybody, faults and unknowns included.

use crate::{month, read};
use proptest::prelude::*;
use rules::{Column, Outcome, Period, Population, Rules};
use serde_json::{Value as Json, json};
use std::fmt::Write;

/// A small generator, so that a failing case is one number.
struct Lot(u64);

impl Lot {
    fn below(&mut self, count: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % count
    }

    fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len() as u64) as usize]
    }
}

/// A rule that was made: its name, whether of a person, whether an entitlement, whether yes or no.
#[derive(Clone)]
struct Made {
    name: String,
    person: bool,
    entitlement: bool,
    yesno: bool,
}

struct Writer {
    lot: Lot,
    made: Vec<Made>,
}

impl Writer {
    /// A rule of this kind that is there already, as an expression.
    fn earlier(&mut self, person: bool, yesno: bool) -> Option<String> {
        let able: Vec<Made> =
            self.made.iter().filter(|made| made.yesno == yesno && (made.person == person || person)).cloned().collect();
        if able.is_empty() {
            return None;
        }
        let one = &able[self.lot.below(able.len() as u64) as usize];
        Some(if one.entitlement { format!("({} or else {})", one.name, self.lot.below(3)) } else { one.name.clone() })
    }

    fn number(&mut self, person: bool, depth: u32) -> String {
        if depth == 0 {
            let facts = if person {
                ["wage", "hours", "rent", "3", "0.25", "0"]
            } else {
                ["rent", "number of members", "number of children", "7", "1.5", "0"]
            };
            return format!("({})", self.lot.of(&facts).replace("number of", "1 * number of"));
        }
        let (one, two) = (self.number(person, depth - 1), self.number(person, depth - 1));
        match self.lot.below(12) {
            0 => format!("({one} + {two})"),
            1 => format!("({one} - {two})"),
            2 => format!("({one} * {two})"),
            3 => format!("({one} / {two})"),
            4 => format!("(if {} then {one} else {two})", self.condition(person, depth - 1)),
            5 => format!("min({one}, {two})"),
            6 => format!("max({one}, {two})"),
            7 => format!("{}({one}, {})", self.lot.of(&["rounded", "rounded_up", "rounded_down"]), self.lot.below(3)),
            8 => format!("{}({one})", self.lot.of(&["slices", "steps", "added"])),
            9 => format!("absolute(-{one})"),
            10 if !person => {
                let what = self.number(true, depth - 1);
                let role = self.lot.of(&["adults", "children", "members"]);
                let filter = if self.lot.below(2) == 0 {
                    String::new()
                } else {
                    format!(" where ({})", self.condition(true, depth - 1))
                };
                match self.lot.below(3) {
                    0 => format!("(least of {what} over {role}{filter} or else {one})"),
                    1 => format!("(greatest of {what} over {role}{filter} or else {one})"),
                    _ => format!("(sum of {what} over {role}{filter})"),
                }
            }
            _ => self.earlier(person, false).unwrap_or(one),
        }
    }

    fn condition(&mut self, person: bool, depth: u32) -> String {
        if depth == 0 {
            let facts = if person {
                ["student", "years_between(birth, start of period) at least 18", "owns", "tenure is tenant"]
            } else {
                ["owns", "tenure is owner", "tenure is one of (owner, guest)", "rent more than 3"]
            };
            return format!("({})", self.lot.of(&facts));
        }
        let (one, two) = (self.condition(person, depth - 1), self.condition(person, depth - 1));
        match self.lot.below(7) {
            0 => format!("({one} and {two})"),
            1 => format!("({one} or {two})"),
            2 => format!("(not {one})"),
            3 => {
                let (left, right) = (self.number(person, depth - 1), self.number(person, depth - 1));
                format!("({left} {} {right})", self.lot.of(&["<", "<=", "=", "<>", ">", ">="]))
            }
            4 if !person => format!(
                "({} of {} has ({}))",
                self.lot.of(&["any", "all"]),
                self.lot.of(&["adults", "children", "members"]),
                self.condition(true, depth - 1)
            ),
            _ => self.earlier(person, true).unwrap_or(one),
        }
    }

    fn table(&mut self, person: bool) -> String {
        let mut text = format!(
            "table {}\n | {} | tenure || v\n",
            self.lot.of(&["first", "unique", "any", "collect sum", "collect max"]),
            self.number(person, 1)
        );
        for _ in 0..1 + self.lot.below(4) {
            let number = match self.lot.below(4) {
                0 => "-".to_owned(),
                1 => format!("less than {}", self.lot.below(10)),
                2 => format!("not({}, > 6)", self.lot.below(4)),
                _ => format!("{} .. 9", self.lot.below(9)),
            };
            let value = self.number(person, 1);
            let _ = writeln!(
                text,
                " | {number} | {} || {value}",
                self.lot.of(&["-", "owner", "tenant, guest", "not(guest)"])
            );
        }
        if self.lot.below(3) > 0 {
            let _ = writeln!(text, " | otherwise || {}", self.number(person, 1));
        }
        text
    }

    fn rule(&mut self, at: u64) -> String {
        let (person, kind) = (self.lot.below(2) == 0, self.lot.below(4));
        let made = Made { name: format!("r{at}"), person, entitlement: kind == 1, yesno: kind == 2 };
        let entity = if person { "person" } else { "household" };
        let (sort, type_name) =
            (if made.entitlement { "entitlement" } else { "rule" }, if made.yesno { "yesno" } else { "number" });
        let since = self.lot.of(&["the beginning", "2024-01-01", "2024-05-01"]);
        let mut text =
            format!("{sort} {}: {type_name} of {entity}, each month law \"L{at}\" from {since}:\n", made.name);
        if made.entitlement {
            for _ in 0..self.lot.below(3) {
                let _ = writeln!(text, " requires {}", self.condition(person, 2));
            }
            text.push_str(" amount ");
        }
        text.push_str(&match kind {
            2 => self.condition(person, 3),
            3 => self.table(person),
            _ => self.number(person, 3),
        });
        text.push_str(if self.lot.below(2) == 0 { " exceptions in order\n" } else { "\n" });
        for exception in 0..self.lot.below(3) {
            let value = match kind {
                1 if self.lot.below(2) == 0 => "not entitled".to_owned(),
                2 => self.condition(person, 1),
                _ => self.number(person, 1),
            };
            let _ = writeln!(text, " exception e{exception} when {} law \"X\" : {value}", self.condition(person, 1));
        }
        self.made.push(made);
        text
    }
}

const HEAD: &str = r#"
entity person
entity household of person with adults, children
choice occupancy: owner, tenant, guest
input wage: number of person, each month
input hours: integer of person, each month otherwise 8
input student: yesno of person, each month
input birth: date of person, forever
input rent: number of household, each month
input owns: yesno of household, each month
input tenure: occupancy of household, each month
scale slices: rates by slice of number law "S" from the beginning: above 0: 10% above 2.5: 0.333 above 7: 50%
scale steps: number by bracket of number law "S" from 2024-01-01: at least 0: 1 above 3: 2.5 at least 5.25: 4
scale added: number added up by bracket of number law "S" from the beginning: at least 0: 1 above 3: 2.5 at least 5.25: 4
"#;

/// Columns, and the same facts as JSON for each household.
fn population(rules: &Rules, lot: &mut Lot, unknowns: bool) -> (Population, Vec<(Json, usize)>) {
    let homes = 3 + lot.below(20) as usize;
    let mut groups = Vec::new();
    for home in 0..homes {
        groups.extend((0..lot.below(5)).map(|_| (home as u32, lot.below(2) as u8)));
    }
    let count = groups.len();
    let mut population = Population::new(rules, count, homes, &groups).unwrap();
    let mut persons: Vec<Json> = vec![json!({}); count];
    let mut households: Vec<Json> = vec![json!({"adults": [], "children": []}); homes];
    let at = month("2024-03");
    let known = |lot: &mut Lot, len: usize| unknowns.then(|| (0..len).map(|_| lot.below(6) > 0).collect::<Vec<bool>>());
    let give = |population: &mut Population,
                variable: &str,
                column: Column,
                known: Option<Vec<bool>>,
                all: &mut Vec<Json>,
                shown: Vec<Json>| {
        for ((one, value), row) in all.iter_mut().zip(shown).zip(0..) {
            if known.as_ref().is_none_or(|known: &Vec<bool>| known[row]) {
                one[variable] = value;
            }
        }
        let period = if variable == "birth" { Period::FOREVER } else { at };
        population.set(rules, variable, period, column, known).unwrap();
    };
    for (variable, decimals) in [("wage", 2_u8), ("hours", 0)] {
        // Once in a while a number near the end of 64 bits.
        let units: Vec<i64> =
            (0..count).map(|_| if lot.below(40) == 0 { i64::MAX - 5 } else { lot.below(1200) as i64 - 200 }).collect();
        let shown =
            units.iter().map(|units| rules::Decimal::new(i128::from(*units), decimals).to_string().into()).collect();
        let known = known(lot, count);
        give(&mut population, variable, Column::Number { units, decimals }, known, &mut persons, shown);
    }
    let students: Vec<bool> = (0..count).map(|_| lot.below(2) == 0).collect();
    let (shown, seen) = (students.iter().map(|yes| (*yes).into()).collect(), known(lot, count));
    give(&mut population, "student", Column::Yesno(students), seen, &mut persons, shown);
    let births: Vec<jiff::civil::Date> = (0..count)
        .map(|_| jiff::civil::date(1990 + lot.below(30) as i16, 1 + lot.below(12) as i8, 1 + lot.below(28) as i8))
        .collect();
    let (shown, seen) = (births.iter().map(|day| day.to_string().into()).collect(), known(lot, count));
    give(&mut population, "birth", Column::Date(births), seen, &mut persons, shown);
    let rents: Vec<i64> = (0..homes).map(|_| lot.below(100) as i64).collect();
    let (shown, seen) = (
        rents.iter().map(|units| rules::Decimal::new(i128::from(*units), 1).to_string().into()).collect(),
        known(lot, homes),
    );
    give(&mut population, "rent", Column::Number { units: rents, decimals: 1 }, seen, &mut households, shown);
    let owns: Vec<bool> = (0..homes).map(|_| lot.below(2) == 0).collect();
    let (shown, seen) = (owns.iter().map(|yes| (*yes).into()).collect(), known(lot, homes));
    give(&mut population, "owns", Column::Yesno(owns), seen, &mut households, shown);
    let tenures: Vec<u16> = (0..homes).map(|_| lot.below(3) as u16).collect();
    let (shown, seen) =
        (tenures.iter().map(|at| ["owner", "tenant", "guest"][usize::from(*at)].into()).collect(), known(lot, homes));
    give(&mut population, "tenure", Column::Choice(tenures), seen, &mut households, shown);

    let mut facts: Vec<(Json, usize)> = Vec::new();
    let mut first = 0;
    for (home, mut household) in households.into_iter().enumerate() {
        let mut about = serde_json::Map::new();
        let members = groups.iter().filter(|(group, _)| *group as usize == home).count();
        for at in first..first + members {
            let name = format!("p{at}");
            let role = if groups[at].1 == 0 { "adults" } else { "children" };
            household[role].as_array_mut().unwrap().push(name.clone().into());
            about.insert(name, persons[at].clone());
        }
        facts.push((json!({"person": about, "household": {"h": household}}), first));
        first += members;
    }
    (population, facts)
}

/// Kind and value without places and reasons, which columns do not keep.
fn plain(outcome: Result<Outcome, rules::Fault>) -> String {
    match outcome {
        Ok(Outcome::NotEntitled { .. }) => "not entitled".to_owned(),
        Ok(Outcome::NotYetKnown { needed }) => {
            // Members have another order in columns: that of their rows, whatever their role.
            let mut asked: Vec<&str> = needed.iter().map(|fact| fact.variable.as_str()).collect();
            asked.sort_unstable();
            format!("ask {}", asked.join(","))
        }
        Ok(outcome) => outcome.to_string(),
        // Which of several faults is told first depends on the order of members.
        Err(_) => "fault".to_owned(),
    }
}

fn agree(seed: u64, unknowns: bool) -> (usize, usize) {
    let mut writer = Writer { lot: Lot(seed | 1), made: Vec::new() };
    for _ in 0..8 {
        writer.lot.below(2);
    }
    let mut text = HEAD.to_owned();
    for at in 0..8 {
        let rule = writer.rule(at);
        text.push_str(&rule);
    }
    let rules = read(&text);
    let (population, facts) = population(&rules, &mut writer.lot, unknowns);
    let at = month("2024-03");
    let (mut compared, mut by_row) = (0, 0);
    for made in &writer.made {
        let found = rules.evaluate_population(&population, &[&made.name], at).unwrap().remove(0);
        by_row += found.others.len();
        for (home, (about, first)) in facts.iter().enumerate() {
            let situation = rules.situation_from_json(about, at).unwrap();
            let entity = if made.person { "person" } else { "household" };
            for name in situation.names(&rules, entity) {
                let row = if made.person { name[1..].parse().unwrap() } else { home };
                assert!(!made.person || row >= *first);
                let one = rules.evaluate(&situation, &made.name, name, at).map(|answer| answer.outcome);
                assert_eq!(
                    plain(one),
                    plain(found.outcome(&rules, row)),
                    "{} of {name}, seed {seed}\n{text}\n{about}",
                    made.name
                );
                compared += 1;
            }
        }
    }
    (compared, by_row)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn rows_and_columns_agree(seed in any::<u64>(), unknowns in any::<bool>()) {
        agree(seed, unknowns);
    }
}

/// Found by chance: what a fault was met on the way to was asked or not, as the members of a household stood.
#[test]
fn what_is_asked_does_not_hang_on_the_order_of_members() {
    for seed in [5_777_573_931_607_344_920, 5_777_573_931_607_344_921] {
        agree(seed, true);
        agree(seed, false);
    }
}

#[test]
fn most_of_what_is_compared_was_worked_out_by_column() {
    let (compared, by_row) = (1..60)
        .map(|seed| agree(seed * 7_919, false))
        .fold((0, 0), |(one, two), (three, four)| (one + three, two + four));
    assert!(compared > 5_000 && by_row * 2 < compared, "{by_row} of {compared} were left to the rows");
}

/// Facts that are added one at a time: what was decided stays decided, and only what was asked can change what was not.
#[test]
fn what_is_not_asked_cannot_matter() {
    let mut asked = 0;
    for seed in 1..120_u64 {
        let mut writer = Writer { lot: Lot(seed * 104_729), made: Vec::new() };
        let mut text = HEAD.to_owned();
        for at in 0..6 {
            let rule = writer.rule(at);
            text.push_str(&rule);
        }
        let rules = read(&text);
        let (_, facts) = population(&rules, &mut writer.lot, false);
        let at = month("2024-03");
        for (about, _) in facts.iter().take(4).filter(|(about, _)| !about["person"].as_object().unwrap().is_empty()) {
            let full = rules.situation_from_json(about, at).unwrap();
            for made in &writer.made {
                let who = if made.person { full.names(&rules, "person")[0].clone() } else { "h".to_owned() };
                let wanted = rules.evaluate(&full, &made.name, &who, at).map(|answer| answer.outcome);
                asked += interview(&rules, about, &made.name, &who, wanted, &text);
            }
        }
    }
    assert!(asked > 1_000, "{asked}");
}

/// Begins with nobody's facts and answers only the first question each time.
fn interview(
    rules: &Rules,
    about: &Json,
    variable: &str,
    who: &str,
    wanted: Result<Outcome, rules::Fault>,
    text: &str,
) -> usize {
    let at = month("2024-03");
    let mut told = about.clone();
    for one in told["person"].as_object_mut().unwrap().values_mut() {
        // What has a value when it is not given is never asked.
        *one = json!({"hours": one["hours"]});
    }
    for input in ["rent", "owns", "tenure"] {
        told["household"]["h"][input] = Json::Null;
    }
    for questions in 0..200 {
        let situation = rules.situation_from_json(&told, at).unwrap();
        match rules.evaluate(&situation, variable, who, at).map(|answer| answer.outcome) {
            Ok(Outcome::NotYetKnown { needed }) => {
                let next = needed.first().unwrap_or_else(|| panic!("nothing is asked for {variable}\n{text}\n{told}"));
                told[&next.entity][&next.who][&next.variable] = about[&next.entity][&next.who][&next.variable].clone();
            }
            Err(fault) => {
                assert!(wanted.is_err(), "{fault} without all facts, but {wanted:?} with them\n{text}\n{told}");
                return questions;
            }
            // A fault that a fact would have led to can be left out, for that fact did not matter.
            Ok(_) if wanted.is_err() => return questions,
            found => {
                assert_eq!(plain(found), plain(wanted), "{variable} of {who}\n{text}\n{told}\n{about}");
                return questions;
            }
        }
    }
    panic!("the questions do not end");
}
