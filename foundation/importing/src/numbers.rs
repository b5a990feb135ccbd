//! Coordinates in cells.

/// Degrees with a point or a comma, between `-most` and `most`; `None` for anything else.
pub fn read_degrees(cell: &str, most: f64) -> Option<f64> {
    let cell = cell.trim().trim_end_matches('°').trim_end();
    let plain = cell.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '+' | 'e' | 'E'));
    if cell.is_empty() || !plain || cell.matches([',', '.']).count() > 1 {
        return None;
    }
    let degrees: f64 = cell.replace(',', ".").parse().ok()?;
    (degrees.is_finite() && degrees.abs() <= most).then_some(degrees)
}

/// A point in one cell, as (latitude, longitude): `POINT (-118.2 34.1)` has its longitude first (OGC Simple Features),
/// `(34.1, -118.2)` its latitude; words before the parenthesis, as an address, are left out.
pub fn read_point(cell: &str) -> Option<(f64, f64)> {
    let cell = cell.trim();
    let is_wkt = cell.get(..5).is_some_and(|head| head.eq_ignore_ascii_case("point"));
    let inner = match (cell.rfind('('), cell.rfind(')')) {
        (Some(open), Some(close)) if open < close => &cell[open + 1..close],
        (None, None) => cell,
        _ => return None,
    };
    let pair = match inner.split_once(", ").or_else(|| inner.split_once(';')) {
        Some(pair) => pair,
        None => inner.split_once([' ', ',']).filter(|_| is_wkt || inner.matches(',').count() == 1)?,
    };
    let (lat, long) = if is_wkt { (pair.1, pair.0) } else { pair };
    Some((read_degrees(lat, 90.0)?, read_degrees(long, 180.0)?))
}
