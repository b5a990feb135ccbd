//! The colours of the doors: a town gives a colour, and a shade of it is solved that carries white text and can be read on
//! the page's ground. Pure.

use palette::{FromColor, IntoColor, Oklch, Srgb, color_difference::Wcag21RelativeContrast};
use std::{collections::BTreeMap, fmt, str::FromStr};

/// The least contrast of text (WCAG 2.2, success criterion 1.4.3).
pub const CONTRAST_LEAST: f64 = 4.5;
/// What the shade stands on, or what stands on it: white text and cards, and the page's ground (`--ground` of the light scheme).
const OTHER_SIDES: [Colour; 2] = [Colour([255, 255, 255]), Colour([0xef, 0xf4, 0xf1])];
/// Halvings of the interval in which the lightness is sought; after so many it is finer than a step of sRGB.
const HALVINGS: u32 = 24;

/// A colour in sRGB.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Colour(pub [u8; 3]);

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

impl FromStr for Colour {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("“{}” is not a colour: write it as #1e7a4c", text.chars().take(40).collect::<String>());
        let digits = text.trim().strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii());
        let digits = digits.ok_or_else(wrong)?;
        let byte = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).map_err(|_| wrong());
        Ok(Self([byte(0)?, byte(2)?, byte(4)?]))
    }
}

impl Colour {
    /// The contrast to another colour, from 1 to 21 (WCAG 2.2, "contrast ratio").
    pub fn contrast(self, other: Self) -> f64 {
        self.srgb().relative_contrast(other.srgb())
    }

    fn srgb(self) -> Srgb<f64> {
        Srgb::from(self.0).into_format()
    }

    /// The lowest contrast to what the shade stands on and what stands on it.
    pub fn least_contrast(self) -> f64 {
        OTHER_SIDES.iter().map(|other| self.contrast(*other)).fold(f64::INFINITY, f64::min)
    }

    /// The colour itself where its contrast is good, else the lightest darker shade of the same hue that is: Oklch with the
    /// hue and the chroma kept as far as sRGB reaches, and the lightness halved in.
    #[must_use]
    pub fn shade(self) -> Self {
        if self.least_contrast() >= CONTRAST_LEAST {
            return self;
        }
        let asked = Oklch::from_color(self.srgb().into_linear());
        let (mut dark, mut light) = (0.0, asked.l);
        for _ in 0..HALVINGS {
            let middle = f64::midpoint(dark, light);
            if at(asked, middle).least_contrast() >= CONTRAST_LEAST { dark = middle } else { light = middle }
        }
        at(asked, dark)
    }
}

/// The colour of this hue at a lightness, with as much of its chroma as sRGB can show.
fn at(asked: Oklch<f64>, lightness: f64) -> Colour {
    let shown = |chroma: f64| -> Srgb<f64> {
        let linear: palette::LinSrgb<f64> = Oklch::new(lightness, chroma, asked.hue).into_color();
        Srgb::from_linear(linear)
    };
    let fits =
        |colour: Srgb<f64>| [colour.red, colour.green, colour.blue].iter().all(|part| (-1e-4..=1.0001).contains(part));
    let mut chroma = asked.chroma;
    while chroma > 1e-3 && !fits(shown(chroma)) {
        chroma *= 0.98;
    }
    let colour = shown(chroma);
    let byte = |part: f64| (part.clamp(0.0, 1.0) * 255.0).round() as u8;
    Colour([byte(colour.red), byte(colour.green), byte(colour.blue)])
}

/// A door that has a colour, and its colour where the town sets none (`web/src/civic/1-tokens.css`).
pub const DOORS: [(&str, Colour); 5] = [
    ("report", Colour([0xc5, 0x36, 0x2f])),
    ("part", Colour([0x56, 0x46, 0xc4])),
    ("apply", Colour([0x1e, 0x7a, 0x4c])),
    ("explore", Colour([0x0b, 0x6f, 0xa4])),
    ("desk", Colour([0x3d, 0x4f, 0x4a])),
];

/// The town's own colours, by door, as it gave them.
pub type Hues = BTreeMap<String, Colour>;

/// Reads the town's own colours.
///
/// # Errors
/// A sentence about a door that is not there, or a text that is not a colour.
pub fn read(texts: &BTreeMap<String, String>) -> Result<Hues, String> {
    let one = |(door, text): (&String, &String)| {
        if !DOORS.iter().any(|(name, _)| name == door) {
            return Err(format!("there is no door “{door}”: report, part, apply, explore, desk"));
        }
        Ok((door.clone(), text.parse()?))
    };
    texts.iter().map(one).collect()
}

/// The stylesheet that puts the shades in the place of the doors' own colours; empty where the town has none.
pub fn stylesheet(hues: &Hues) -> String {
    if hues.is_empty() {
        return String::new();
    }
    let lines: String = hues.iter().map(|(door, colour)| format!("--{door}:{};", colour.shade())).collect();
    format!(":root{{{lines}}}\n")
}

#[cfg(test)]
mod tests {
    use super::{CONTRAST_LEAST, Colour, DOORS, read, stylesheet};
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    #[test]
    fn contrast_is_that_of_wcag() {
        let contrast = |one: &str, other: &str| one.parse::<Colour>().unwrap().contrast(other.parse().unwrap());
        assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 1e-9);
        // Known values of the W3C's own examples: grey on white.
        assert!((contrast("#767676", "#ffffff") - 4.54).abs() < 0.005);
        assert!((contrast("#777777", "#ffffff") - 4.48).abs() < 0.005);
    }

    #[test]
    fn the_doors_own_colours_need_no_other_shade() {
        for (door, colour) in DOORS {
            assert_eq!(colour.shade(), colour, "{door} {}", colour.least_contrast());
        }
    }

    #[test]
    fn what_is_no_colour_is_said() {
        for text in ["", "red", "#12345", "#1234567", "1e7a4c", "#gggggg", "#12é4"] {
            assert!(text.parse::<Colour>().is_err(), "{text}");
        }
        assert_eq!(" #1E7A4C ".parse::<Colour>().unwrap().to_string(), "#1e7a4c");
        assert!(read(&BTreeMap::from([("cellar".to_owned(), "#000000".to_owned())])).unwrap_err().contains("cellar"));
    }

    #[test]
    fn only_shades_get_into_the_stylesheet() {
        let hues = read(&BTreeMap::from([("report".to_owned(), "#ffff00".to_owned())])).unwrap();
        let sheet = stylesheet(&hues);
        let shade: Colour = sheet.split("--report:").nth(1).unwrap()[..7].parse().unwrap();
        assert!(sheet.starts_with(":root{--report:#") && shade.least_contrast() >= CONTRAST_LEAST && shade.0[2] < 40);
        assert_eq!(stylesheet(&BTreeMap::new()), "");
    }

    proptest! {
        /// Every colour there is gets a shade that is good, that is the lightest, and that is its own shade.
        #[test]
        fn every_colour_has_a_good_shade(bytes: [u8; 3]) {
            let shade = Colour(bytes).shade();
            prop_assert!(shade.least_contrast() >= CONTRAST_LEAST, "{shade} {}", shade.least_contrast());
            prop_assert_eq!(shade.shade(), shade);
            if shade != Colour(bytes) {
                prop_assert!(shade.least_contrast() < CONTRAST_LEAST + 0.35, "not darker than it need be: {} {}", shade, shade.least_contrast());
            }
        }
    }
}
