//! Where the rows of a table lie.

use tables::{TableInfo, geometry::Bounds};

/// The box around all rows: west, south, east, north, in degrees; `None` for a table without places.
pub fn of_table(info: &TableInfo) -> Option<Bounds> {
    if info.bounds.is_some() {
        return info.bounds;
    }
    let (lat, long) = info.point?;
    let end = |at: usize, most: bool| {
        let column = info.columns.get(at)?;
        let text = if most { column.most.as_ref() } else { column.least.as_ref() };
        text.and_then(|text| text.parse::<f64>().ok()).filter(|value| value.is_finite())
    };
    Some([end(long, false)?, end(lat, false)?, end(long, true)?, end(lat, true)?])
}

/// The box around all of these.
pub fn around(all: impl IntoIterator<Item = Bounds>) -> Option<Bounds> {
    all.into_iter().reduce(|one, two| [one[0].min(two[0]), one[1].min(two[1]), one[2].max(two[2]), one[3].max(two[3])])
}
