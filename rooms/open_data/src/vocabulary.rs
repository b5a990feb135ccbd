//! Words of the European catalogues: licences, themes, frequencies, high-value categories, as the Publications Office of the EU has
//! them (op.europa.eu/en/web/eu-vocabularies).

/// A licence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Licence {
    /// Its code, as CKAN has it.
    pub code: &'static str,
    /// Its name, the same in every language.
    pub title: &'static str,
    /// Its address.
    pub url: &'static str,
    /// Its address in the EU's list.
    pub authority: &'static str,
}

/// Licences that can be chosen, the most open first.
pub const LICENCES: [Licence; 5] = [
    Licence {
        code: "cc-zero",
        title: "CC0 1.0",
        url: "https://creativecommons.org/publicdomain/zero/1.0/",
        authority: "http://publications.europa.eu/resource/authority/licence/CC0",
    },
    Licence {
        code: "cc-by",
        title: "CC BY 4.0",
        url: "https://creativecommons.org/licenses/by/4.0/",
        authority: "http://publications.europa.eu/resource/authority/licence/CC_BY_4_0",
    },
    Licence {
        code: "cc-by-sa",
        title: "CC BY-SA 4.0",
        url: "https://creativecommons.org/licenses/by-sa/4.0/",
        authority: "http://publications.europa.eu/resource/authority/licence/CC_BYSA_4_0",
    },
    Licence {
        code: "odc-odbl",
        title: "ODbL 1.0",
        url: "https://opendatacommons.org/licenses/odbl/1-0/",
        authority: "http://publications.europa.eu/resource/authority/licence/ODC_BL",
    },
    Licence { code: "us-pd", title: "U.S. Public Domain", url: "https://www.usa.gov/government-works", authority: "" },
];

/// Codes of the data themes, each with the Fluent key of its name.
pub const THEMES: [(&str, &str); 13] = [
    ("AGRI", "theme-agri"),
    ("ECON", "theme-econ"),
    ("EDUC", "theme-educ"),
    ("ENER", "theme-ener"),
    ("ENVI", "theme-envi"),
    ("GOVE", "theme-gove"),
    ("HEAL", "theme-heal"),
    ("INTR", "theme-intr"),
    ("JUST", "theme-just"),
    ("REGI", "theme-regi"),
    ("SOCI", "theme-soci"),
    ("TECH", "theme-tech"),
    ("TRAN", "theme-tran"),
];

/// Codes of frequencies, each with the Fluent key of its name and the days after which a dataset is stale.
pub const FREQUENCIES: [(&str, &str, Option<i64>); 9] = [
    ("CONT", "frequency-cont", Some(2)),
    ("DAILY", "frequency-daily", Some(3)),
    ("WEEKLY", "frequency-weekly", Some(14)),
    ("MONTHLY", "frequency-monthly", Some(62)),
    ("QUARTERLY", "frequency-quarterly", Some(184)),
    ("ANNUAL", "frequency-annual", Some(550)),
    ("IRREG", "frequency-irreg", None),
    ("NEVER", "frequency-never", None),
    ("UNKNOWN", "frequency-unknown", None),
];

/// High-value categories (Regulation (EU) 2023/138), each with the Fluent key of its name and the end of its address.
pub const HIGH_VALUE: [(&str, &str, &str); 6] = [
    ("geospatial", "high-value-geospatial", "c_ac64a52d"),
    ("earth", "high-value-earth", "c_dd313021"),
    ("meteorological", "high-value-meteorological", "c_164e0bf5"),
    ("statistics", "high-value-statistics", "c_e1da4e07"),
    ("companies", "high-value-companies", "c_a9135398"),
    ("mobility", "high-value-mobility", "c_b79e35eb"),
];

/// The licence of this code.
pub fn licence(code: &str) -> Option<&'static Licence> {
    LICENCES.iter().find(|licence| licence.code == code)
}

/// The licence that an address or a name means, as other catalogues write it.
pub fn licence_like(text: &str) -> Option<&'static Licence> {
    let plain =
        |url: &str| url.trim_start_matches("https").trim_start_matches("http").trim_end_matches('/').to_lowercase();
    LICENCES.iter().find(|one| {
        one.code == text
            || one.title == text
            || plain(one.url) == plain(text)
            || (!one.authority.is_empty() && one.authority == text)
    })
}
