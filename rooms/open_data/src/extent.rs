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

/// A box as people write it: `west, south, east, north`, in degrees. `None` where it is none on the globe.
pub fn read(text: &str) -> Option<Bounds> {
    let numbers: Vec<f64> = text.split(',').map(|part| part.trim().parse().ok()).collect::<Option<_>>()?;
    let [west, south, east, north] = numbers.try_into().ok()?;
    let is_good = (-180.0..=180.0).contains(&west)
        && (-180.0..=180.0).contains(&east)
        && (-90.0..=90.0).contains(&south)
        && (-90.0..=90.0).contains(&north)
        && west <= east
        && south <= north;
    is_good.then_some([west, south, east, north])
}

/// As [`read`] reads it.
pub fn text(bounds: Bounds) -> String {
    bounds.map(|one| one.to_string()).join(", ")
}

/// The corners of a box, from the south-west one around and back to it.
pub fn corners([west, south, east, north]: Bounds) -> [(f64, f64); 5] {
    [(west, south), (east, south), (east, north), (west, north), (west, south)]
}

/// The box around all of these.
pub fn around(all: impl IntoIterator<Item = Bounds>) -> Option<Bounds> {
    all.into_iter().reduce(|one, two| [one[0].min(two[0]), one[1].min(two[1]), one[2].max(two[2]), one[3].max(two[3])])
}

#[cfg(test)]
mod tests {
    use super::{around, read, text};

    #[test]
    fn a_box_is_read_as_it_is_written_and_nothing_else_is() {
        let own = [-71.2, 42.2, -70.9, 42.4];
        assert_eq!(read(&text(own)), Some(own));
        assert_eq!(read("0,0,0,0"), Some([0.0; 4]));
        for bad in ["", "1,2,3", "1,2,3,4,5", "a,b,c,d", "10,0,5,1", "0,10,5,1", "0,0,181,1", "nan,0,1,1"] {
            assert_eq!(read(bad), None, "{bad}");
        }
        assert_eq!(around([own, [0.0, 0.0, 1.0, 1.0]]), Some([-71.2, 0.0, 1.0, 42.4]));
    }
}
