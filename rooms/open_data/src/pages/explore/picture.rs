//! Groups as a chart, and rows as a map.

use super::{Found, Question};
use tables::{Group, Grouping, Table, Value, geometry};
use web::{
    Town, Visit,
    chart::{About, Datum, bars_svg, line_svg},
    dates::{decimal, number},
    map::{MapShape, MapView, Pin, Steps, Trace, legend_html, map_svg_with},
};

/// Groups that a page shows.
pub(super) const GROUPS_SHOWN: usize = 200;
/// Bars of a chart.
const BARS: usize = 25;
/// Points of a line.
const POINTS: usize = 400;
/// Of a column's values, so many tenths must be districts for a map of them.
const DISTRICT_TENTHS: usize = 8;

/// A key as people read it.
pub(super) fn label(visit: &Visit, key: &Value) -> String {
    if *key == Value::Null { visit.t.say("data-op-empty").to_owned() } else { key.text().chars().take(80).collect() }
}

/// A sum as people read it.
#[expect(clippy::cast_possible_truncation, reason = "only where it is whole and small")]
pub(super) fn figure(visit: &Visit, sum: &Value) -> String {
    match sum.number() {
        Some(value) if value.fract() == 0.0 && value.abs() < 1e15 => number(value as i64, visit.t.language()),
        Some(value) => decimal(value, 2, visit.t.language()),
        None => "–".to_owned(),
    }
}

/// What a group comes to: the first sum, or its rows.
#[expect(clippy::cast_precision_loss, reason = "drawn, not counted")]
fn amount(group: &Group) -> Option<f64> {
    match group.sums.first() {
        Some(sum) => sum.number(),
        None => Some(group.count as f64),
    }
}

/// A line where the groups follow one another in time, bars of the largest otherwise; of two columns, bars of the largest pairs.
pub(super) fn chart(visit: &Visit, question: &Question, groups: &[Group]) -> String {
    let Some(grouping) = question.grouping.as_ref().filter(|grouping| !grouping.by.is_empty()) else {
        return String::new();
    };
    let is_time = grouping.by.len() == 1 && grouping.by[0].1 != tables::Part::Whole;
    let mut marks: Vec<(&Group, f64)> = groups.iter().filter_map(|group| Some((group, amount(group)?))).collect();
    if marks.is_empty() {
        return String::new();
    }
    let title = title(visit, grouping);
    let rtl = visit.t.language().direction() == "rtl";
    let about = About { id: "grouped", title: &title, desc: visit.t.say("data-chart-desc"), rtl };
    let datum = |(group, value): &(&Group, f64)| {
        let text = match group.sums.first() {
            Some(sum) => figure(visit, sum),
            None => number(i64::try_from(group.count).unwrap_or(i64::MAX), visit.t.language()),
        };
        let keys: Vec<String> = group.keys.iter().map(|key| label(visit, key)).collect();
        Datum { label: keys.join(" · "), value: *value, text }
    };
    if is_time && marks.len() > 2 {
        let from = marks.len().saturating_sub(POINTS);
        let data: Vec<Datum> =
            marks[from..].iter().filter(|(group, _)| group.keys[0] != Value::Null).map(datum).collect();
        return line_svg(&about, &data, 3);
    }
    marks.sort_by(|one, two| two.1.total_cmp(&one.1));
    let data: Vec<Datum> = marks.iter().take(BARS).map(datum).collect();
    bars_svg(&about, &data, 3)
}

fn title(visit: &Visit, grouping: &Grouping) -> String {
    let by = grouping.by.iter().map(|(column, _)| column.as_str()).collect::<Vec<_>>().join(" · ");
    let what = match grouping.aggregates.first() {
        Some(one) => format!("{} ({})", one.column(), one.word()),
        None => visit.t.say("data-rows").to_owned(),
    };
    visit.t.with2("data-chart-title", "what", what, "by", by)
}

/// The districts, with how many of the rows lie in each where a column says so, and the rows of this page as pins.
pub(super) fn map(town: &Town, visit: &Visit, table: &Table, found: &Found) -> String {
    let districts = town.part::<places::Districts>();
    let info = table.info();
    let counts = &found.districts;
    if info.point.is_none() && info.bounds.is_none() && counts.is_none() {
        return String::new();
    }
    let language = visit.t.language();
    let mut shapes = districts.shapes();
    // Rows that lie elsewhere have a map of their own: the box around them.
    let own = crate::extent::of_table(info);
    let is_elsewhere = |town: geometry::Bounds, own: geometry::Bounds| {
        own[0] > town[2] || own[2] < town[0] || own[1] > town[3] || own[3] < town[1]
    };
    let is_own =
        counts.is_none() && own.is_some_and(|own| bounds_of(&shapes).is_none_or(|town| is_elsewhere(town, own)));
    if let Some(own) = own.filter(|_| is_own) {
        shapes = vec![frame_of(own)];
    }
    if shapes.is_empty() {
        return String::new();
    }
    for shape in &mut shapes {
        shape.href = None;
        shape.value = None;
        shape.value_text = String::new();
        if let Some(values) = counts {
            let of = values.iter().find(|one| one.value.text() == shape.code || one.value.text() == shape.name);
            let count = of.map_or(0, |one| i64::try_from(one.count).unwrap_or(i64::MAX));
            shape.value = Some(count);
            shape.value_text = number(count, language);
        }
    }
    let mut pins = pins(table, found);
    let traces = traces(table, found, &shapes, &mut pins);
    if counts.is_none() && pins.is_empty() && traces.is_empty() {
        return String::new();
    }
    let steps = Steps::of(shapes.iter().filter_map(|shape| shape.value));
    let view = MapView {
        id: "rows",
        title: visit.t.say("data-map"),
        desc: visit.t.say(if counts.is_some() { "data-map-desc" } else { "data-map-pins" }),
        shapes: &shapes,
        pins: &pins,
        selected: None,
    };
    let legend = match counts {
        Some(_) => legend_html(&steps, visit.t.say("data-rows"), "", &|value| number(value, language)),
        None => String::new(),
    };
    format!("{}{legend}", map_svg_with(&view, &steps, &traces))
}

/// The rows of this page that lie in the town.
fn pins(table: &Table, found: &Found) -> Vec<Pin> {
    let Some((lat, long)) = table.info().point else { return Vec::new() };
    let pin = |(number, cells): &(u64, Vec<Value>)| {
        let (lat, long) = (cells[lat].number()?, cells[long].number()?);
        Some(Pin { lat, long, href: None, label: number.to_string() })
    };
    found.rows.rows.iter().filter_map(pin).collect()
}

/// Lines and areas of the rows of this page that lie in the town; single points become pins.
fn traces(table: &Table, found: &Found, town: &[MapShape], pins: &mut Vec<Pin>) -> Vec<Trace> {
    let info = table.info();
    let Some((at, _)) = info.geometry.zip(info.bounds) else { return Vec::new() };
    let Some(around) = bounds_of(town) else { return Vec::new() };
    let mut traces = Vec::new();
    for (number, cells) in &found.rows.rows {
        let Some(Value::Text(text)) = cells.get(at) else { continue };
        if let Some(shape) = geometry::read(text).filter(|shape| geometry::meets(shape, around)) {
            lay(&shape, &number.to_string(), &mut traces, pins);
        }
    }
    traces
}

/// A box with some room around it, as a shape to draw on.
fn frame_of([west, south, east, north]: geometry::Bounds) -> MapShape {
    let room = ((east - west).max(north - south) * 0.05).max(0.001);
    let (west, south, east, north) = (west - room, south - room, east + room, north + room);
    let ring = vec![(west, south), (east, south), (east, north), (west, north), (west, south)];
    MapShape {
        code: String::new(),
        name: String::new(),
        href: None,
        polygons: vec![ring],
        label_point: (f64::midpoint(west, east), f64::midpoint(south, north)),
        value: None,
        value_text: String::new(),
    }
}

fn bounds_of(town: &[MapShape]) -> Option<geometry::Bounds> {
    let points = town.iter().flat_map(|shape| shape.polygons.iter().flatten());
    points.fold(None, |around: Option<geometry::Bounds>, (x, y)| {
        Some(around.map_or([*x, *y, *x, *y], |[west, south, east, north]| {
            [west.min(*x), south.min(*y), east.max(*x), north.max(*y)]
        }))
    })
}

fn lay(shape: &geometry::Geometry, label: &str, traces: &mut Vec<Trace>, pins: &mut Vec<Pin>) {
    use geometry::Geometry;
    let line = |line: &geometry::LineString| line.coords().map(|at| (at.x, at.y)).collect::<Vec<_>>();
    let rings = |area: &geometry::Polygon| {
        std::iter::once(area.exterior()).chain(area.interiors()).map(line).collect::<Vec<_>>()
    };
    let mut trace = |lines, is_area| traces.push(Trace { lines, is_area, label: label.to_owned() });
    match shape {
        Geometry::Point(at) => {
            pins.push(Pin { lat: at.y(), long: at.x(), href: None, label: label.to_owned() });
        }
        Geometry::MultiPoint(all) => {
            pins.extend(all.iter().map(|at| Pin { lat: at.y(), long: at.x(), href: None, label: label.to_owned() }));
        }
        Geometry::LineString(one) => trace(vec![line(one)], false),
        Geometry::MultiLineString(all) => trace(all.iter().map(line).collect(), false),
        Geometry::Polygon(area) => trace(rings(area), true),
        Geometry::MultiPolygon(all) => trace(all.iter().flat_map(rings).collect(), true),
        Geometry::GeometryCollection(all) => all.iter().for_each(|one| lay(one, label, traces, pins)),
        _ => {}
    }
}

/// The column whose values are codes or names of districts.
pub(super) fn district_column(districts: &places::Districts, table: &Table) -> Option<String> {
    let known: Vec<(String, String)> = districts.all().into_iter().collect();
    let is_district = |value: &str| known.iter().any(|(code, name)| code == value || name == value);
    let columns = table.info().columns.iter();
    let fits = |column: &&tables::Described| {
        let all = column.top.len();
        let hits = column.top.iter().filter(|one| is_district(&one.value)).count();
        hits > 1 && hits * 10 >= all * DISTRICT_TENTHS
    };
    columns.into_iter().find(fits).map(|column| column.name.clone())
}
