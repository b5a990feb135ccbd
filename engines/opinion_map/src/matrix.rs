use crate::{
    conversation::{Conversation, Reaction, Standing, Statement},
    limits, order,
    refusal::Refusal,
};
use rayon::prelude::*;
use std::{cmp::Ordering, collections::HashMap};

/// The cells of the table people × statements, row by row; people and statements in the order of their ids.
#[derive(Debug, Clone, Default)]
pub(crate) struct Matrix {
    pub(crate) people: Vec<String>,
    pub(crate) statements: Vec<Statement>,
    /// Where each row begins, and at the end the number of cells.
    starts: Vec<usize>,
    columns: Vec<u32>,
    values: Vec<i8>,
    /// For each cell thrice its column, and 0, 1 or 2 for its value; only of what moves people, which is multiplied often.
    slots: Vec<u16>,
    /// When each person was here.
    pub(crate) spans: Vec<Span>,
    /// Reactions that a later one replaced.
    pub(crate) superseded: usize,
}

/// A column has one slot for each value. All slots have numbers of 16 bits.
const SLOTS_A_COLUMN: u32 = 3;
const _: () = assert!(limits::STATEMENTS_MAX * SLOTS_A_COLUMN as usize <= 1 << 16);

/// When a person's reactions came, as far as times are known.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Span {
    pub(crate) first_ms: i64,
    pub(crate) last_ms: i64,
    /// How many reactions came with a time; when 0, the others mean nothing.
    pub(crate) reactions: usize,
}

impl Span {
    fn widen(&mut self, other: Self) {
        if other.reactions == 0 {
            return;
        }
        *self = if self.reactions == 0 {
            other
        } else {
            Self {
                first_ms: self.first_ms.min(other.first_ms),
                last_ms: self.last_ms.max(other.last_ms),
                reactions: self.reactions + other.reactions,
            }
        };
    }
}

/// What of an addition went where.
pub(crate) struct Placed {
    pub(crate) matrix: Matrix,
    /// Row of each of the addition's people.
    pub(crate) rows: Vec<u32>,
}

impl Matrix {
    /// The matrix with more people, statements and reactions; people and statements it knows may come again, and a
    /// statement then takes its new standing.
    pub(crate) fn with(&self, added: &Conversation) -> Result<Placed, Refusal> {
        check(added)?;
        let Merged { all: people, old: old_rows, new: rows } =
            merged(&self.people, &added.people, String::as_str, Refusal::PersonTwice)?;
        let Merged { all: statements, old: old_columns, new: columns } =
            merged(&self.statements, &added.statements, |statement| statement.id.as_str(), Refusal::StatementTwice)?;
        if people.len() > limits::PEOPLE_MAX {
            return Err(Refusal::TooManyPeople(people.len()));
        }
        if statements.len() > limits::STATEMENTS_MAX {
            return Err(Refusal::TooManyStatements(statements.len()));
        }
        let (incoming, own_spans) = Incoming::by_row(added, &rows, &columns, people.len())?;
        let mut spans = own_spans;
        for (old, new) in self.spans.iter().zip(&old_rows) {
            spans[*new as usize].widen(*old);
        }
        let mut old_row_of: Vec<Option<u32>> = vec![None; people.len()];
        for (old, new) in old_rows.iter().enumerate() {
            old_row_of[*new as usize] = Some(old as u32);
        }
        let are_columns_old = old_columns.iter().zip(0..).all(|(column, at)| *column == at);
        let chunk = 1_024;
        let parts: Vec<(Vec<usize>, Vec<u32>, Vec<i8>)> = (0..people.len().div_ceil(chunk))
            .into_par_iter()
            .map(|part| {
                let begun = part * chunk;
                let room = incoming.count(begun, chunk);
                let (mut cells, mut values) = (Vec::with_capacity(room), Vec::with_capacity(room));
                let (mut ends, mut latest) = (Vec::with_capacity(chunk), Vec::new());
                for (offset, old_row) in old_row_of[begun..].iter().take(chunk).enumerate() {
                    let old = old_row.map(|old| self.row(old as usize)).unwrap_or_default();
                    incoming.latest(begun + offset, &mut latest);
                    if latest.is_empty() && are_columns_old {
                        cells.extend_from_slice(old.0);
                        values.extend_from_slice(old.1);
                    } else if old.0.is_empty() {
                        cells.extend(latest.iter().map(|cell| cell.0));
                        values.extend(latest.iter().map(|cell| cell.1));
                    } else {
                        let old = old.0.iter().map(|column| old_columns[*column as usize]).zip(old.1.iter().copied());
                        merge_row(old, &latest, &mut cells, &mut values);
                    }
                    ends.push(cells.len());
                }
                (ends, cells, values)
            })
            .collect();
        let mut matrix = Self { people, statements, spans, starts: vec![0], ..Self::default() };
        for (ends, cells, values) in parts {
            let begun = matrix.columns.len();
            matrix.starts.extend(ends.iter().map(|end| begun + end));
            matrix.columns.extend(cells);
            matrix.values.extend(values);
        }
        matrix.superseded = self.superseded + self.cells() + added.reactions.len() - matrix.cells();
        Ok(Placed { matrix, rows })
    }

    /// How many cells are filled.
    pub(crate) fn cells(&self) -> usize {
        self.columns.len()
    }

    /// The columns and values of one row, columns ascending.
    pub(crate) fn row(&self, row: usize) -> (&[u32], &[i8]) {
        let cells = self.starts[row]..self.starts[row + 1];
        (&self.columns[cells.clone()], &self.values[cells])
    }

    /// The slots of one row; see [`Matrix::open`].
    pub(crate) fn slots(&self, row: usize) -> &[u16] {
        &self.slots[self.starts[row]..self.starts[row + 1]]
    }

    /// How many statements a person has seen.
    pub(crate) fn seen(&self, row: usize) -> usize {
        self.starts[row + 1] - self.starts[row]
    }

    /// How many cells differ from those of another matrix; people and statements without cells do not count.
    pub(crate) fn cells_apart(&self, other: &Self) -> usize {
        let columns: HashMap<&str, u32> =
            self.statements.iter().enumerate().map(|(at, one)| (one.id.as_str(), at as u32)).collect();
        // Both are in the order of ids, so that columns keep their order; unknown ones never match.
        let own_column: Vec<Option<u32>> =
            other.statements.iter().map(|one| columns.get(one.id.as_str()).copied()).collect();
        let rows: HashMap<&str, usize> = self.people.iter().enumerate().map(|(row, id)| (id.as_str(), row)).collect();
        let same_in = |(row, id): (usize, &String)| {
            let Some(own) = rows.get(id.as_str()) else { return 0 };
            let (columns, values) = self.row(*own);
            let (their_columns, their_values) = other.row(row);
            let is_same = |(column, value): (&u32, &i8)| {
                let at = own_column[*column as usize].and_then(|column| columns.binary_search(&column).ok());
                at.is_some_and(|at| values[at] == *value)
            };
            their_columns.iter().zip(their_values).filter(|cell| is_same(*cell)).count()
        };
        let same: usize = other.people.iter().enumerate().map(same_in).sum();
        // A cell filled differently in both counts once.
        self.cells().max(other.cells()) - same
    }

    /// The matrix that moves people: without the columns of statements that are not open, and with slots.
    pub(crate) fn open(&self) -> Self {
        let mut open = self.only_open();
        let slot = |(column, value): (&u32, &i8)| (*column * SLOTS_A_COLUMN + (i32::from(*value) + 1) as u32) as u16;
        open.slots = open.columns.iter().zip(&open.values).map(slot).collect();
        open
    }

    fn only_open(&self) -> Self {
        let open: Vec<bool> = self.statements.iter().map(|one| one.standing == Standing::Open).collect();
        if open.iter().all(|open| *open) {
            return Self {
                starts: self.starts.clone(),
                columns: self.columns.clone(),
                values: self.values.clone(),
                ..Self::default()
            };
        }
        let mut kept = Self {
            starts: Vec::with_capacity(self.starts.len()),
            columns: Vec::with_capacity(self.cells()),
            values: Vec::with_capacity(self.cells()),
            ..Self::default()
        };
        kept.starts.push(0);
        for row in 0..self.people.len() {
            let (columns, values) = self.row(row);
            for (column, value) in columns.iter().zip(values) {
                if open[*column as usize] {
                    kept.columns.push(*column);
                    kept.values.push(*value);
                }
            }
            kept.starts.push(kept.columns.len());
        }
        kept
    }
}

fn check(added: &Conversation) -> Result<(), Refusal> {
    if added.people.len() > limits::PEOPLE_MAX {
        return Err(Refusal::TooManyPeople(added.people.len()));
    }
    if added.statements.len() > limits::STATEMENTS_MAX {
        return Err(Refusal::TooManyStatements(added.statements.len()));
    }
    if added.reactions.len() > limits::REACTIONS_MAX {
        return Err(Refusal::TooManyReactions(added.reactions.len()));
    }
    let ids = added.people.iter().chain(added.statements.iter().map(|one| &one.id));
    if let Some(long) = ids.into_iter().find(|id| id.len() > limits::ID_BYTES_MAX) {
        return Err(Refusal::IdTooLong(long.chars().take(20).collect()));
    }
    Ok(())
}

/// Whether a reaction is of somebody and to something.
fn check_reaction(added: &Conversation, at: usize, one: &Reaction) -> Result<(), Refusal> {
    if one.person as usize >= added.people.len() {
        return Err(Refusal::NoSuchPerson { at, person: one.person, people: added.people.len() });
    }
    if one.statement as usize >= added.statements.len() {
        let statements = added.statements.len();
        return Err(Refusal::NoSuchStatement { at, statement: one.statement, statements });
    }
    Ok(())
}

/// Two lists made one.
struct Merged<T> {
    all: Vec<T>,
    /// Where each of the old went.
    old: Vec<u32>,
    /// Where each of the new went.
    new: Vec<u32>,
}

/// Both lists in one order of ids, and where each entry of the old and of the new list went. New entries replace old ones.
fn merged<T: Clone>(
    old: &[T],
    new: &[T],
    id: impl Fn(&T) -> &str,
    twice: impl Fn(String) -> Refusal,
) -> Result<Merged<T>, Refusal> {
    let order = order::sorted(new.iter().map(&id));
    for pair in order.windows(2) {
        if id(&new[pair[0] as usize]) == id(&new[pair[1] as usize]) {
            return Err(twice(id(&new[pair[0] as usize]).to_owned()));
        }
    }
    let mut all = Vec::with_capacity(old.len() + new.len());
    let (mut old_at, mut new_at) = (Vec::with_capacity(old.len()), vec![0; new.len()]);
    let mut order = order.into_iter().peekable();
    for one in old {
        while let Some(next) = order.next_if(|next| order::by_id(id(&new[*next as usize]), id(one)) == Ordering::Less) {
            new_at[next as usize] = all.len() as u32;
            all.push(new[next as usize].clone());
        }
        old_at.push(all.len() as u32);
        match order.next_if(|next| id(&new[*next as usize]) == id(one)) {
            Some(same) => {
                new_at[same as usize] = all.len() as u32;
                all.push(new[same as usize].clone());
            }
            None => all.push(one.clone()),
        }
    }
    for next in order {
        new_at[next as usize] = all.len() as u32;
        all.push(new[next as usize].clone());
    }
    Ok(Merged { all, old: old_at, new: new_at })
}

/// Reactions sorted into rows.
struct Incoming<'a> {
    reactions: &'a [Reaction],
    starts: Vec<usize>,
    entries: Vec<Entry>,
}

/// Column, position and value of a reaction, ordered by column and then by position.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Entry(u64);

const _: () = assert!(limits::STATEMENTS_MAX <= 1 << 16 && limits::REACTIONS_MAX <= 1 << 32);

impl Entry {
    fn of(column: u32, at: usize, value: i8) -> Self {
        Self(u64::from(column) << 40 | (at as u64) << 8 | (i64::from(value) + 1) as u64)
    }

    fn column(self) -> u32 {
        (self.0 >> 40) as u32
    }

    fn at(self) -> usize {
        (self.0 >> 8) as u32 as usize
    }

    fn cell(self) -> (u32, i8) {
        (self.column(), (self.0 & 0xff) as i8 - 1)
    }
}

impl<'a> Incoming<'a> {
    /// Sorts the reactions into the rows of their people; says also when each person was here.
    fn by_row(
        added: &'a Conversation,
        rows: &[u32],
        columns: &[u32],
        people: usize,
    ) -> Result<(Self, Vec<Span>), Refusal> {
        let reactions = &added.reactions;
        let mut starts = vec![0; people + 1];
        let mut spans = vec![Span::default(); people];
        let (mut entries, mut row_of) = (Vec::with_capacity(reactions.len()), Vec::with_capacity(reactions.len()));
        let mut are_in_rows = true;
        for (at, one) in reactions.iter().enumerate() {
            check_reaction(added, at, one)?;
            let row = rows[one.person as usize];
            are_in_rows &= row_of.last().is_none_or(|before| *before <= row);
            starts[row as usize + 1] += 1;
            row_of.push(row);
            entries.push(Entry::of(columns[one.statement as usize], at, one.stance.value()));
            if let Some(at_ms) = one.at_ms {
                spans[row as usize].widen(Span { first_ms: at_ms, last_ms: at_ms, reactions: 1 });
            }
        }
        for row in 0..people {
            starts[row + 1] += starts[row];
        }
        if !are_in_rows {
            let mut next = starts.clone();
            let mut sorted = vec![Entry::default(); entries.len()];
            for (entry, row) in entries.iter().zip(&row_of) {
                let place = &mut next[*row as usize];
                sorted[*place] = *entry;
                *place += 1;
            }
            entries = sorted;
        }
        Ok((Self { reactions, starts, entries }, spans))
    }

    /// How many reactions there are in the rows from `begun` on, `rows` of them at most.
    fn count(&self, begun: usize, rows: usize) -> usize {
        self.starts[(begun + rows).min(self.starts.len() - 1)] - self.starts[begun]
    }

    /// The latest reaction to each statement in one row: columns ascending.
    fn latest(&self, row: usize, latest: &mut Vec<(u32, i8)>) {
        latest.clear();
        let own = &self.entries[self.starts[row]..self.starts[row + 1]];
        // As tables are written: each statement once, in order.
        if own.windows(2).all(|two| two[0].column() < two[1].column()) {
            latest.extend(own.iter().map(|entry| entry.cell()));
            return;
        }
        let mut own = own.to_vec();
        own.sort_unstable();
        for same in own.chunk_by(|one, other| one.column() == other.column()) {
            let last = same.iter().max_by_key(|entry| (self.reactions[entry.at()].at_ms, entry.at()));
            latest.extend(last.map(|entry| entry.cell()));
        }
    }
}

fn merge_row(old: impl Iterator<Item = (u32, i8)>, new: &[(u32, i8)], columns: &mut Vec<u32>, values: &mut Vec<i8>) {
    let mut put = |(column, value): (u32, i8)| {
        columns.push(column);
        values.push(value);
    };
    let mut new = new.iter().copied().peekable();
    for one in old {
        while let Some(next) = new.next_if(|next| next.0 < one.0) {
            put(next);
        }
        put(new.next_if(|next| next.0 == one.0).unwrap_or(one));
    }
    new.for_each(put);
}
