//! A few icons, drawn for this project on a grid of 24 with a line of 2. All are decoration:
//! words stand beside them.

use std::fmt::Write as _;

/// Every icon: its name and its lines.
const ICONS: &[(&str, &str)] = &[
    ("pin", "M12 21c-4-5-7-8-7-12a7 7 0 0 1 14 0c0 4-3 7-7 12ZM12 11.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z"),
    ("talk", "M3 4h12v9H8l-5 4ZM9 17h7l5 4V9h-3"),
    ("form", "M6 2h9l4 4v16H6ZM14 2v5h5M9 14l2 2 4-4"),
    ("chart", "M4 3v18h17M7 15l4-5 4 3 5-7"),
    ("desk", "M3 5h18v14H3ZM3 13h5l2 3h4l2-3h5"),
    ("lock", "M5 11h14v10H5ZM8 11V7a4 4 0 0 1 8 0v4"),
    ("check", "M4 12l5 6L20 6"),
    ("next", "M5 12h14M13 6l6 6-6 6"),
    ("back", "M19 12H5M11 6l-6 6 6 6"),
    ("search", "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM15.5 15.5 21 21"),
    ("warning", "M12 3 2 21h20ZM12 10v5M12 18v.1"),
    ("clock", "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7v5l4 2"),
    ("globe", "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM3 12h18M12 3c-5 5-5 13 0 18M12 3c5 5 5 13 0 18"),
    ("camera", "M3 7h5l2-3h4l2 3h5v13H3ZM12 17a4 4 0 1 0 0-8 4 4 0 0 0 0 8Z"),
    ("person", "M12 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4 21c0-9 16-9 16 0"),
    ("bell", "M6 17V10a6 6 0 0 1 12 0v7l2 1H4ZM10 21h4"),
    ("download", "M12 3v12M7 10l5 5 5-5M4 20h16"),
    ("pencil", "M4 20l1-5L16 4l4 4L9 19Z"),
    ("eye", "M2 12c5-9 15-9 20 0-5 9-15 9-20 0ZM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z"),
    ("merge", "M6 3v6c0 4 6 4 6 8v4M18 3v6c0 4-6 4-6 8"),
    ("tree", "M12 21v-8M12 16l4-3M12 14C3 14 5 3 12 3s9 11 0 11Z"),
    ("lamp", "M8 21h6M11 21V6c0-3 6-3 7 0M15 9h6l-3-4Z"),
    ("road", "M8 3 4 21M16 3l4 18M12 4v3M12 11v3M12 18v3"),
    ("bin", "M4 7h16M9 7V4h6v3M6 7l1 14h10l1-14M10 11v6M14 11v6"),
    ("water", "M12 3c-4 6-6 8-6 12a6 6 0 0 0 12 0c0-4-2-6-6-12Z"),
    ("sign", "M12 21V3M5 4h12l3 3-3 3H5Z"),
    ("seal", "M12 3l7 3v6c0 5-3 7-7 9-4-2-7-4-7-9V6ZM9 12l2 2 4-4"),
    ("list", "M8 6h13M8 12h13M8 18h13M3 6h.1M3 12h.1M3 18h.1"),
];

/// The icon of this name; one that does not exist is an empty drawing.
pub fn icon(name: &str) -> String {
    let lines = ICONS.iter().find(|(of, _)| *of == name).map_or("", |(_, lines)| lines);
    let mut svg = String::with_capacity(240);
    // Writing to a String cannot fail.
    let _ = write!(
        svg,
        "<svg class=\"icon\" viewBox=\"0 0 24 24\" width=\"24\" height=\"24\" fill=\"none\" stroke=\"currentColor\" \
         stroke-width=\"2\" stroke-linecap=\"round\" stroke-linejoin=\"round\" aria-hidden=\"true\"><path d=\"{lines}\"/></svg>"
    );
    svg
}

/// Whether there is an icon of this name.
pub fn exists(name: &str) -> bool {
    ICONS.iter().any(|(of, _)| *of == name)
}

#[cfg(test)]
mod tests {
    use super::{ICONS, exists, icon};

    #[test]
    fn icons_are_drawn_once_and_hidden_from_readers() {
        let mut names: Vec<_> = ICONS.iter().map(|(name, _)| name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), ICONS.len());
        assert!(icon("lock").contains("aria-hidden=\"true\"") && icon("lock").contains("M5 11h14"));
        assert!(exists("pin") && !exists("dragon"));
    }
}
