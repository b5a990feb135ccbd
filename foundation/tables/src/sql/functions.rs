//! Functions that a question may use beside the engine's own: numbers, texts, days, and geometry. Each gives nothing for nothing.

mod days;
mod space;

use regex::{Regex, RegexBuilder};
use rusqlite::{
    Connection, Error, Result,
    functions::{Aggregate, Context, FunctionFlags},
    types::ValueRef,
};

/// Bytes that a compiled expression may take.
const REGEX_LIMIT_BYTES: usize = 256 * 1024;

/// The same values always give the same.
const PURE: FunctionFlags = FunctionFlags::SQLITE_UTF8.union(FunctionFlags::SQLITE_DETERMINISTIC);

/// A number made of a number.
type OfNumber = fn(f64) -> f64;

/// Makes them known to an engine.
pub(super) fn register(connection: &Connection) -> Result<()> {
    numbers(connection)?;
    connection.create_aggregate_function("median", 1, PURE, Median)?;
    connection.create_aggregate_function("stddev", 1, PURE, Deviation)?;
    connection.create_scalar_function("regexp", 2, PURE, |context| {
        let Some((_, text)) = text(context, 0).zip(text(context, 1)) else { return Ok(None) };
        let regex = context.get_or_create_aux(0, |pattern| compiled(pattern.as_str().unwrap_or_default()))?;
        Ok(Some(regex.is_match(text)))
    })?;
    connection.create_scalar_function("starts_with", 2, PURE, |context| {
        Ok(text(context, 0).zip(text(context, 1)).map(|(text, begin)| text.starts_with(begin)))
    })?;
    days::register(connection)?;
    space::register(connection)
}

fn numbers(connection: &Connection) -> Result<()> {
    let all: [(&str, OfNumber); 7] = [
        ("sqrt", f64::sqrt),
        ("exp", f64::exp),
        ("ln", f64::ln),
        ("log10", f64::log10),
        ("floor", f64::floor),
        ("ceil", f64::ceil),
        ("ceiling", f64::ceil),
    ];
    for (name, run) in all {
        connection.create_scalar_function(name, 1, PURE, move |context| {
            Ok(number(context, 0).map(run).filter(|value| value.is_finite()))
        })?;
    }
    for name in ["power", "pow"] {
        connection.create_scalar_function(name, 2, PURE, |context| {
            let pair = number(context, 0).zip(number(context, 1));
            Ok(pair.map(|(base, exponent)| base.powf(exponent)).filter(|value| value.is_finite()))
        })?;
    }
    Ok(())
}

fn compiled(pattern: &str) -> Result<Regex> {
    let built = RegexBuilder::new(pattern).size_limit(REGEX_LIMIT_BYTES).build();
    built.map_err(|error| Error::UserFunctionError(Box::new(error)))
}

/// A number that was given; `None` for anything else.
#[expect(clippy::cast_precision_loss, reason = "these functions work on floats, as everywhere")]
fn number(context: &Context<'_>, at: usize) -> Option<f64> {
    match context.get_raw(at) {
        ValueRef::Integer(value) => Some(value as f64),
        ValueRef::Real(value) => Some(value),
        _ => None,
    }
}

/// A text that was given; `None` for anything else.
fn text<'c>(context: &'c Context<'_>, at: usize) -> Option<&'c str> {
    match context.get_raw(at) {
        ValueRef::Text(_) => context.get_raw(at).as_str().ok(),
        _ => None,
    }
}

/// The middle of all numbers, or the mean of the two in the middle.
struct Median;

impl Aggregate<Vec<f64>, Option<f64>> for Median {
    fn init(&self, _: &mut Context<'_>) -> Result<Vec<f64>> {
        Ok(Vec::new())
    }

    fn step(&self, context: &mut Context<'_>, all: &mut Vec<f64>) -> Result<()> {
        all.extend(number(context, 0));
        Ok(())
    }

    fn finalize(&self, _: &mut Context<'_>, all: Option<Vec<f64>>) -> Result<Option<f64>> {
        Ok(crate::query::median(&all.unwrap_or_default()))
    }
}

/// How many, their mean, and the sum of the squares of how far each is from it (Welford).
type Spread = (f64, f64, f64);

/// The standard deviation of a sample; nothing for fewer than two numbers.
struct Deviation;

impl Aggregate<Spread, Option<f64>> for Deviation {
    fn init(&self, _: &mut Context<'_>) -> Result<Spread> {
        Ok((0.0, 0.0, 0.0))
    }

    fn step(&self, context: &mut Context<'_>, (count, mean, squares): &mut Spread) -> Result<()> {
        if let Some(value) = number(context, 0) {
            *count += 1.0;
            let far = value - *mean;
            *mean += far / *count;
            *squares += far * (value - *mean);
        }
        Ok(())
    }

    fn finalize(&self, _: &mut Context<'_>, spread: Option<Spread>) -> Result<Option<f64>> {
        let (count, _, squares) = spread.unwrap_or_default();
        Ok((count >= 2.0).then(|| (squares / (count - 1.0)).sqrt()))
    }
}

#[cfg(test)]
mod tests {
    use rusqlite::{Connection, types::Value};

    fn ask(expression: &str) -> Result<Value, rusqlite::Error> {
        let connection = Connection::open_in_memory().unwrap();
        super::register(&connection).unwrap();
        connection.query_row(&format!("select {expression}"), [], |row| row.get(0))
    }

    #[test]
    fn known_answers() {
        let real = Value::Real;
        let words = |text: &str| Value::Text(text.to_owned());
        let square = "'POLYGON ((0 0, 2 0, 2 2, 0 2, 0 0))'";
        for (expression, wanted) in [
            ("sqrt(9)".to_owned(), real(3.0)),
            ("sqrt(-1)".to_owned(), Value::Null),
            ("power(2, 10)".to_owned(), real(1024.0)),
            ("floor(-1.5)".to_owned(), real(-2.0)),
            ("(select median(x) from (select 3 as x union all select 1 union all select 2))".to_owned(), real(2.0)),
            ("(select median(x) from (select 4 as x union all select 1 union all select null))".to_owned(), real(2.5)),
            ("(select median(x) from (select null as x))".to_owned(), Value::Null),
            ("(select stddev(x) from (select 2 as x union all select 4 union all select 6))".to_owned(), real(2.0)),
            ("(select stddev(x) from (select 2 as x))".to_owned(), Value::Null),
            ("'lamp 12' regexp '^lamp [0-9]+$'".to_owned(), Value::Integer(1)),
            ("null regexp 'x'".to_owned(), Value::Null),
            ("'a' regexp null".to_owned(), Value::Null),
            ("starts_with('lamp', 'la')".to_owned(), Value::Integer(1)),
            ("date_trunc('month', '2026-11-27T10:20:30Z')".to_owned(), words("2026-11-01")),
            ("date_trunc('week', '2026-11-27')".to_owned(), words("2026-11-23")),
            ("date_trunc('quarter', '2026-11-27')".to_owned(), words("2026-10-01")),
            ("date_trunc('hour', '2026-11-27T10:20:30Z')".to_owned(), words("2026-11-27T10:00:00")),
            ("date_trunc('month', 'soon')".to_owned(), Value::Null),
            ("date_trunc_ym('2026-11-27')".to_owned(), words("2026-11-01T00:00:00.000")),
            ("date_extract_dow('2026-11-29')".to_owned(), Value::Integer(0)),
            ("date_extract_hh('2026-11-27T10:20:30Z')".to_owned(), Value::Integer(10)),
            ("st_point(1.5, 2)".to_owned(), words("POINT (1.5 2)")),
            ("st_x('POINT (1.5 2)')".to_owned(), real(1.5)),
            ("st_y('{\"type\":\"Point\",\"coordinates\":[1.5,2]}')".to_owned(), real(2.0)),
            ("st_x('LINESTRING (0 0, 1 1)')".to_owned(), Value::Null),
            (format!("st_within(st_point(1, 1), {square})"), Value::Integer(1)),
            (format!("st_within(st_point(0, 1), {square})"), Value::Integer(1)),
            (format!("st_within(st_point(3, 1), {square})"), Value::Integer(0)),
            (format!("st_intersects('LINESTRING (1 1, 5 5)', {square})"), Value::Integer(1)),
            (format!("st_within(null, {square})"), Value::Null),
            ("round(st_distance('POINT (0 0)', 'POINT (0 1)') / 1000)".to_owned(), real(111.0)),
            ("round(st_distance('POINT (0 60)', 'LINESTRING (1 59, 1 61)') / 1000)".to_owned(), real(56.0)),
            ("within_circle('POINT (0 0.001)', 0, 0, 120)".to_owned(), Value::Integer(1)),
            ("within_circle('POINT (0 0.001)', 0, 0, 100)".to_owned(), Value::Integer(0)),
            ("within_box('POINT (1 1)', 2, 0, 0, 2)".to_owned(), Value::Integer(1)),
        ] {
            assert_eq!(ask(&expression).unwrap(), wanted, "{expression}");
        }
        for bad in ["'a' regexp '('", "'a' regexp 'a{9999}{9999}'", "date_trunc('moon', '2026-11-27')"] {
            assert!(ask(bad).is_err(), "{bad}");
        }
    }
}
