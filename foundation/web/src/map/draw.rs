//! The map as SVG.

use super::{
    MapShape, Projection, Steps, escape,
    labels::{self, Fit},
    path_data,
};
use std::fmt::Write as _;

/// Picture units below which two points are one.
const GRAIN: f64 = 0.6;
/// The outline of a pin whose tip is at 0, 0.
const PIN: &str = "M0 0C-9-13-14-19-14-26a14 14 0 0 1 28 0c0 7-5 13-14 26Z";

/// What a map shows.
#[derive(Debug, Clone, Copy)]
pub struct MapView<'a> {
    /// Begins the ids inside, its own on the page.
    pub id: &'a str,
    /// What the map shows, read aloud first.
    pub title: &'a str,
    /// What one sees in it, in a sentence or two.
    pub desc: &'a str,
    /// The districts.
    pub shapes: &'a [MapShape],
    /// Places on it.
    pub pins: &'a [Pin],
    /// The code of a district to stand out.
    pub selected: Option<&'a str>,
}

/// A place on a map.
#[derive(Debug, Clone)]
pub struct Pin {
    /// Latitude in degrees.
    pub lat: f64,
    /// Longitude in degrees.
    pub long: f64,
    /// The page it leads to, if any.
    pub href: Option<String>,
    /// What is there.
    pub label: String,
}

/// A line or an area on a map that is no district.
#[derive(Debug, Clone, PartialEq)]
pub struct Trace {
    /// Its lines, or its rings with holes as rings inside a ring, as (longitude, latitude) in degrees.
    pub lines: Vec<Vec<(f64, f64)>>,
    /// Whether it is an area.
    pub is_area: bool,
    /// What it is.
    pub label: String,
}

/// Draws the map. Give the same `steps` to [`super::legend_html`]; put a table beside it.
pub fn map_svg(view: &MapView<'_>, steps: &Steps) -> String {
    map_svg_with(view, steps, &[])
}

/// The same with lines and areas over the districts.
pub fn map_svg_with(view: &MapView<'_>, steps: &Steps, traces: &[Trace]) -> String {
    let projection = Projection::of_shapes(view.shapes);
    let id = escape(view.id);
    let linked = view.shapes.iter().any(|shape| shape.href.is_some()) || view.pins.iter().any(|pin| pin.href.is_some());
    let mut svg = format!(
        "<svg class=\"citymap\" viewBox=\"0 0 {} {}\" role=\"{}\" aria-labelledby=\"{id}-title\" aria-describedby=\"{id}-desc\">\
         <title id=\"{id}-title\">{}</title><desc id=\"{id}-desc\">{}</desc>",
        projection.width,
        projection.height,
        // The children of an image are hidden from readers; links must not be.
        if linked { "group" } else { "img" },
        escape(view.title),
        escape(view.desc),
    );
    for shape in view.shapes {
        district(&mut svg, shape, view, &projection, steps);
    }
    traces.iter().for_each(|trace| trace_svg(&mut svg, trace, &projection));
    numbers(&mut svg, view.shapes, &projection, steps);
    for pin in view.pins {
        pin_svg(&mut svg, pin, &projection);
    }
    svg.push_str("</svg>");
    svg
}

// Writing to a String cannot fail; `let _` says so below.

fn district(svg: &mut String, shape: &MapShape, view: &MapView<'_>, projection: &Projection, steps: &Steps) {
    let class = shape.value.map_or_else(|| "none".to_owned(), |value| steps.class(value).to_string());
    let on = if view.selected == Some(shape.code.as_str()) { " on" } else { "" };
    let name =
        if shape.value_text.is_empty() { shape.name.clone() } else { format!("{}: {}", shape.name, shape.value_text) };
    let name = escape(&name);
    let data = path_data(&shape.polygons, GRAIN, |point| projection.place(point));
    let path =
        format!("<path class=\"ramp-{class}{on}\" fill-rule=\"evenodd\" d=\"{data}\"><title>{name}</title></path>");
    let _ = match &shape.href {
        Some(href) => write!(svg, "<a href=\"{}\" aria-label=\"{name}\">{path}</a>", escape(href)),
        None => write!(svg, "{path}"),
    };
}

fn numbers(svg: &mut String, shapes: &[MapShape], projection: &Projection, steps: &Steps) {
    svg.push_str("<g aria-hidden=\"true\">");
    for label in labels::place(shapes, projection) {
        let shape = &shapes[label.shape];
        let ink = match (label.fit, shape.value) {
            (Fit::Beside(..), _) => "outside".to_owned(),
            (_, Some(value)) => format!("ramp-ink-{}", steps.class(value)),
            (_, None) => "ramp-ink-none".to_owned(),
        };
        let (x, y) = (label.x, label.y);
        let number =
            format!("<text class=\"value {ink}\" x=\"{x:.1}\" y=\"{y:.1}\">{}</text>", escape(&shape.value_text));
        let _ = match label.fit {
            Fit::Both => {
                let name = escape(&shape.name);
                write!(svg, "{number}<text class=\"name {ink}\" x=\"{x:.1}\" y=\"{:.1}\">{name}</text>", y + 16.0)
            }
            Fit::Number => write!(svg, "{number}"),
            Fit::Small => write!(svg, "<g class=\"small\">{number}</g>"),
            Fit::Beside(from_x, from_y) => write!(
                svg,
                "<path class=\"leader\" d=\"M{from_x:.1} {from_y:.1}L{x:.1} {:.1}\"/><g class=\"small\">{number}</g>",
                y - 6.0
            ),
        };
    }
    svg.push_str("</g>");
}

fn trace_svg(svg: &mut String, trace: &Trace, projection: &Projection) {
    let data = path_data(&trace.lines, GRAIN, |point| projection.place(point));
    // Only areas are closed.
    let (class, data) = if trace.is_area { ("area", data) } else { ("line", data.replace('Z', "")) };
    let label = escape(&trace.label);
    let _ =
        write!(svg, "<path class=\"trace {class}\" fill-rule=\"evenodd\" d=\"{data}\"><title>{label}</title></path>");
}

fn pin_svg(svg: &mut String, pin: &Pin, projection: &Projection) {
    let (x, y) = projection.place((pin.long, pin.lat));
    let label = escape(&pin.label);
    let mark = format!(
        "<g class=\"pin\" transform=\"translate({x:.1} {y:.1})\"><title>{label}</title><path d=\"{PIN}\"/><circle cx=\"0\" cy=\"-26\" r=\"5\"/></g>"
    );
    let _ = match &pin.href {
        Some(href) => write!(svg, "<a href=\"{}\" aria-label=\"{label}\">{mark}</a>", escape(href)),
        None => write!(svg, "{mark}"),
    };
}

/// So few names in a picture can be large, for it is often shown small.
const FEW_NAMES: usize = 4;

/// The map as a document of its own (`image/svg+xml`), for an image input of
/// [`super::IMAGE_WIDTH`] CSS pixels: districts with names, and a pin where one was placed.
/// Turn a click into degrees with [`super::locate`] and the same `projection`.
pub fn image_svg(shapes: &[MapShape], projection: &Projection, pin: Option<(f64, f64)>) -> String {
    let (width, height) = (projection.width, projection.height);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\">\
         <rect width=\"{width}\" height=\"{height}\" fill=\"#e3efeb\"/><g fill=\"#a9cfc4\" stroke=\"#ffffff\" stroke-width=\"2\" stroke-linejoin=\"round\" fill-rule=\"evenodd\">"
    );
    for shape in shapes {
        let _ = write!(svg, "<path d=\"{}\"/>", path_data(&shape.polygons, GRAIN, |point| projection.place(point)));
    }
    svg.push_str("</g>");
    names_svg(&mut svg, shapes, projection);
    if let Some((lat, long)) = pin {
        let (x, y) = projection.place((long, lat));
        let _ = write!(
            svg,
            "<g transform=\"translate({x:.1} {y:.1})\"><path d=\"{PIN}\" fill=\"#c5362f\" stroke=\"#ffffff\" stroke-width=\"2\"/><circle cx=\"0\" cy=\"-26\" r=\"5\" fill=\"#ffffff\"/></g>"
        );
    }
    svg.push_str("</svg>");
    svg
}

/// Names of the districts whose middle is in the picture; larger where there are few.
fn names_svg(svg: &mut String, shapes: &[MapShape], projection: &Projection) {
    let is_seen = |(x, y): (f64, f64)| (0.0..projection.width).contains(&x) && (0.0..projection.height).contains(&y);
    let seen: Vec<_> = shapes
        .iter()
        .map(|shape| (projection.place(shape.label_point), &shape.name))
        .filter(|(point, _)| is_seen(*point))
        .collect();
    let size = if seen.len() <= FEW_NAMES { 24.0 } else { 12.0 };
    let _ = write!(
        svg,
        "<g fill=\"#10201e\" stroke=\"#e3efeb\" stroke-width=\"4\" stroke-linejoin=\"round\" paint-order=\"stroke\" \
         font-family=\"sans-serif\" font-size=\"{size}\" text-anchor=\"middle\">"
    );
    for ((x, y), name) in seen {
        let half = labels::width(name, size) / 2.0;
        let x = x.clamp(half.min(projection.width / 2.0), (projection.width - half).max(projection.width / 2.0));
        let _ = write!(svg, "<text x=\"{x:.1}\" y=\"{y:.1}\">{}</text>", escape(name));
    }
    svg.push_str("</g>");
}

#[cfg(test)]
mod tests {
    use super::{super::examples::square, MapView, Pin, Projection, Steps, Trace, image_svg, map_svg, map_svg_with};

    fn view<'a>(shapes: &'a [crate::map::MapShape], pins: &'a [Pin]) -> MapView<'a> {
        MapView { id: "open", title: "Open <reports>", desc: "By district", shapes, pins, selected: Some("docks") }
    }

    #[test]
    fn numbers_names_links_and_pins_are_there_and_safe() {
        let mut shapes = [square("Docks", 0.0, 0.0, 0.1, Some(45)), square("A\"><script>", 0.1, 0.0, 0.1, None)];
        shapes[1].href = None;
        let pins = [Pin { lat: 0.05, long: 0.05, href: Some("/reports/R-1?a=1&b=2".into()), label: "Lamp <b>".into() }];
        let svg = map_svg(&view(&shapes, &pins), &Steps::of([45]));
        assert!(svg.contains("aria-label=\"Docks: 45\"") && svg.contains(">45</text>") && svg.contains(" on\""));
        assert!(svg.contains("Open &lt;reports&gt;") && svg.contains("a=1&amp;b=2") && svg.contains("ramp-none"));
        assert!(!svg.contains("<script>") && !svg.contains("<b>") && !svg.contains("style="));
        assert_eq!(svg.matches("id=\"open-").count(), 2);
        assert!(svg.contains("role=\"group\""));
    }

    #[test]
    fn lines_stay_open_and_areas_are_closed() {
        let shapes = [square("Docks", 0.0, 0.0, 0.1, None)];
        let trace = |is_area| Trace { lines: vec![vec![(0.0, 0.0), (0.1, 0.1)]], is_area, label: "Way <1>".into() };
        let svg = map_svg_with(&view(&shapes, &[]), &Steps::of([]), &[trace(false), trace(true)]);
        let paths: Vec<&str> = svg.split("<path ").filter(|path| path.starts_with("class=\"trace")).collect();
        assert!(paths[0].contains("trace line") && !paths[0].contains("Z\"") && paths[0].contains("Way &lt;1&gt;"));
        assert!(paths[1].contains("trace area") && paths[1].contains("Z\""));
    }

    #[test]
    fn the_picture_for_placing_a_pin_stands_alone() {
        let shapes = [square("Docks & Quay", 0.0, 0.0, 0.1, None)];
        let svg = image_svg(&shapes, &Projection::of_shapes(&shapes), Some((0.05, 0.05)));
        assert!(svg.starts_with("<svg xmlns=") && svg.contains("width=\"600\"") && svg.contains("Docks &amp; Quay"));
        assert!(svg.contains("translate(300.0 "), "{svg}");
    }
}
