//! What is known of a column when its rows are written: how its cells are read, its values in order, and what is seen on the way.

use crate::{ColumnKind, Declared, Value, columns::Gathered, geometry::Boxes, guess::Reading, schema::Field};

/// How the cells of a column are read.
pub(super) enum Way<'d> {
    Text,
    Guessed(Reading, Option<&'static str>),
    Declared(&'d Declared, &'d Field),
}

impl Way<'_> {
    pub(super) fn kind(&self) -> ColumnKind {
        match self {
            Self::Text => ColumnKind::String,
            Self::Guessed(reading, _) => reading.kind(),
            Self::Declared(_, field) => field.kind,
        }
    }

    /// The value of a cell, and why it does not fit, if it does not.
    pub(super) fn value(&self, cell: &str) -> (Value, Option<&'static str>) {
        let trimmed = cell.trim();
        match self {
            Self::Declared(declared, field) => match declared.judge(field, cell) {
                Ok(value) => (value, None),
                Err(why) if trimmed.is_empty() => (Value::Null, Some(why)),
                Err(why) => (Value::Text(cell.to_owned()), Some(why)),
            },
            _ if trimmed.is_empty() => (Value::Null, None),
            Self::Text => (Value::Text(cell.to_owned()), None),
            Self::Guessed(_, Some(missing)) if *missing == trimmed => (Value::Null, None),
            // The guess saw every cell, so each reads.
            Self::Guessed(reading, _) => (reading.read(trimmed).unwrap_or_else(|| Value::Text(cell.to_owned())), None),
        }
    }
}

/// A column that is ready to be written.
pub(super) struct Ready<'d> {
    pub(super) name: String,
    pub(super) boxes: Option<Boxes>,
    pub(super) way: Way<'d>,
    /// By the code of the first walk: the value's place in order, and why the cell does not fit.
    pub(super) coded: Option<Coded>,
    pub(super) plain: Plain,
}

pub(super) struct Coded {
    pub(super) values: Vec<Value>,
    pub(super) counts: Vec<u64>,
    pub(super) place_of: Vec<u16>,
    pub(super) misfit_of: Vec<Option<&'static str>>,
    pub(super) codes: Vec<u16>,
}

/// What is seen of a column without codes while it is written.
pub(super) struct Plain {
    pub(super) ints: Option<Vec<i64>>,
    pub(super) reals: Option<Vec<f64>>,
    pub(super) filled: u64,
    pub(super) least: Value,
    pub(super) most: Value,
    pub(super) sum: f64,
    pub(super) misfits: u64,
}

impl<'d> Ready<'d> {
    /// Whether no value may stand twice in it, and there are too many to have been counted.
    pub(super) fn must_be_alone(&self) -> bool {
        self.coded.is_none() && matches!(self.way, Way::Declared(_, field) if field.unique)
    }

    pub(super) fn new(name: String, way: Way<'d>, gathered: Option<Gathered>) -> Self {
        let kind = way.kind();
        let coded = gathered.map(|gathered| Coded::new(gathered, &way));
        let plain = Plain {
            ints: (kind == ColumnKind::Integer).then(Vec::new),
            reals: (kind == ColumnKind::Number).then(Vec::new),
            ..Plain::nothing()
        };
        Self { name, boxes: None, way, coded, plain }
    }
}

impl Coded {
    pub(super) fn new(gathered: Gathered, way: &Way<'_>) -> Self {
        let Gathered { words, codes } = gathered;
        let unique = matches!(way, Way::Declared(_, field) if field.unique);
        let read: Vec<(Value, Option<&'static str>, u64)> = words
            .iter()
            .map(|(word, count)| {
                let (value, why) = way.value(word);
                let again = unique && *count > 1 && value != Value::Null;
                (value, why.or(again.then_some("it stands there more than once")), *count)
            })
            .collect();
        let mut order: Vec<usize> = (0..read.len()).collect();
        order.sort_by(|one, two| read[*one].0.order(&read[*two].0));
        let (mut values, mut counts): (Vec<Value>, Vec<u64>) = (Vec::new(), Vec::new());
        let mut place_of = vec![0_u16; read.len()];
        for word in order {
            let (value, _, count) = &read[word];
            if values.last() != Some(value) {
                values.push(value.clone());
                counts.push(0);
            }
            if let Some(last) = counts.last_mut() {
                *last += count;
            }
            place_of[word] = u16::try_from(values.len() - 1).unwrap_or(u16::MAX);
        }
        let misfit_of = read.into_iter().map(|(_, why, _)| why).collect();
        Self { values, counts, place_of, misfit_of, codes }
    }
}

impl Plain {
    pub(super) fn nothing() -> Self {
        Self { ints: None, reals: None, filled: 0, least: Value::Null, most: Value::Null, sum: 0.0, misfits: 0 }
    }

    pub(super) fn see(&mut self, value: &Value, fits: bool) {
        self.misfits += u64::from(!fits);
        if let Some(ints) = &mut self.ints {
            match value {
                Value::Int(one) if *one != i64::MIN => ints.push(*one),
                Value::Null => ints.push(i64::MIN),
                _ => self.ints = None,
            }
        }
        if let Some(reals) = &mut self.reals {
            match value {
                Value::Null => reals.push(f64::NAN),
                _ => match value.number() {
                    Some(one) => reals.push(one),
                    None => self.reals = None,
                },
            }
        }
        if *value == Value::Null {
            return;
        }
        self.filled += 1;
        self.sum += value.number().unwrap_or(0.0);
        if fits && (self.least == Value::Null || value.order(&self.least).is_lt()) {
            self.least = value.clone();
        }
        if fits && (self.most == Value::Null || value.order(&self.most).is_gt()) {
            self.most = value.clone();
        }
    }
}
