//! Words of the European catalogues: licences, themes, frequencies, high-value categories, as the Publications Office of the EU has
//! them (op.europa.eu/en/web/eu-vocabularies).

use crate::model::Meta;

/// A licence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Licence {
    /// Its code, as CKAN has it.
    pub code: &'static str,
    /// Its name, the same in every language.
    pub title: &'static str,
    /// Its address; empty for one of those that are another, at an address of the dataset's own.
    pub url: &'static str,
    /// Its address in the EU's list.
    pub authority: &'static str,
    /// Whether it is open (opendefinition.org, 2.1).
    pub open: bool,
    /// What others call it.
    aliases: &'static [&'static str],
}

const fn of(
    code: &'static str,
    title: &'static str,
    url: &'static str,
    authority: &'static str,
    open: bool,
    aliases: &'static [&'static str],
) -> Licence {
    Licence { code, title, url, authority, open, aliases }
}

/// Licences that can be chosen, the most open first, and last those that are another.
pub const LICENCES: [Licence; 28] = [
    of(
        "cc-zero",
        "CC0 1.0",
        "https://creativecommons.org/publicdomain/zero/1.0/",
        "http://publications.europa.eu/resource/authority/licence/CC0",
        true,
        &["CC0-1.0", "CC0", "Creative Commons CCZero"],
    ),
    of(
        "odc-pddl",
        "ODC PDDL 1.0",
        "https://opendatacommons.org/licenses/pddl/1-0/",
        "http://publications.europa.eu/resource/authority/licence/ODC_PDDL",
        true,
        &["PDDL-1.0", "Open Data Commons Public Domain Dedication and License (PDDL)"],
    ),
    of(
        "us-pd",
        "U.S. Public Domain",
        "https://www.usa.gov/government-works",
        "",
        true,
        &["http://www.usa.gov/publicdomain/label/1.0/", "us-government-works"],
    ),
    of(
        "cc-by",
        "CC BY 4.0",
        "https://creativecommons.org/licenses/by/4.0/",
        "http://publications.europa.eu/resource/authority/licence/CC_BY_4_0",
        true,
        &["CC-BY-4.0", "Creative Commons Attribution", "Creative Commons Attribution 4.0"],
    ),
    of(
        "cc-by-3.0",
        "CC BY 3.0",
        "https://creativecommons.org/licenses/by/3.0/",
        "http://publications.europa.eu/resource/authority/licence/CC_BY_3_0",
        true,
        &["CC-BY-3.0"],
    ),
    of(
        "odc-by",
        "ODC-By 1.0",
        "https://opendatacommons.org/licenses/by/1-0/",
        "http://publications.europa.eu/resource/authority/licence/ODC_BY",
        true,
        &["ODC-BY-1.0", "Open Data Commons Attribution License"],
    ),
    of(
        "uk-ogl",
        "OGL-UK 3.0",
        "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
        "http://publications.europa.eu/resource/authority/licence/OGL_3_0",
        true,
        &[
            "OGL-UK-3.0",
            "UK Open Government Licence (OGL)",
            "http://reference.data.gov.uk/id/open-government-licence",
            "Open Government Licence v3.0",
        ],
    ),
    of(
        "uk-ogl-2.0",
        "OGL-UK 2.0",
        "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/2/",
        "http://publications.europa.eu/resource/authority/licence/OGL_2_0",
        true,
        &["OGL-UK-2.0"],
    ),
    of(
        "ca-ogl",
        "OGL Canada 2.0",
        "https://open.canada.ca/en/open-government-licence-canada",
        "",
        true,
        &["OGL-Canada-2.0", "ca-ogl-lgo"],
    ),
    of(
        "etalab-2.0",
        "Licence Ouverte 2.0",
        "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
        "",
        true,
        &["etalab-2.0", "fr-lo", "lov2"],
    ),
    of(
        "dl-de-by",
        "dl-de/by-2-0",
        "https://www.govdata.de/dl-de/by-2-0",
        "",
        true,
        &["DL-DE-BY-2.0", "http://dcat-ap.de/def/licenses/dl-by-de/2.0", "dl-by-de/2.0"],
    ),
    of(
        "dl-de-zero",
        "dl-de/zero-2-0",
        "https://www.govdata.de/dl-de/zero-2-0",
        "",
        true,
        &["DL-DE-ZERO-2.0", "http://dcat-ap.de/def/licenses/dl-zero-de/2.0", "dl-zero-de/2.0"],
    ),
    of("iodl", "IODL 2.0", "https://www.dati.gov.it/iodl/2.0/", "", true, &["IODL-2.0"]),
    of("nlod", "NLOD 2.0", "https://data.norge.no/nlod/en/2.0", "", true, &["NLOD-2.0"]),
    of(
        "cc-by-sa",
        "CC BY-SA 4.0",
        "https://creativecommons.org/licenses/by-sa/4.0/",
        "http://publications.europa.eu/resource/authority/licence/CC_BYSA_4_0",
        true,
        &["CC-BY-SA-4.0", "Creative Commons Attribution Share-Alike"],
    ),
    of(
        "odc-odbl",
        "ODbL 1.0",
        "https://opendatacommons.org/licenses/odbl/1-0/",
        "http://publications.europa.eu/resource/authority/licence/ODC_BL",
        true,
        &["ODbL-1.0", "Open Data Commons Open Database License (ODbL)"],
    ),
    of(
        "gfdl",
        "GFDL 1.3",
        "https://www.gnu.org/licenses/fdl-1.3.html",
        "",
        true,
        &["GFDL-1.3", "GNU Free Documentation License"],
    ),
    of(
        "cc-nc",
        "CC BY-NC 4.0",
        "https://creativecommons.org/licenses/by-nc/4.0/",
        "http://publications.europa.eu/resource/authority/licence/CC_BYNC_4_0",
        false,
        &["CC-BY-NC-4.0", "Creative Commons Non-Commercial (Any)"],
    ),
    of(
        "cc-by-nd",
        "CC BY-ND 4.0",
        "https://creativecommons.org/licenses/by-nd/4.0/",
        "http://publications.europa.eu/resource/authority/licence/CC_BYND_4_0",
        false,
        &["CC-BY-ND-4.0"],
    ),
    of(
        "cc-by-nc-sa",
        "CC BY-NC-SA 4.0",
        "https://creativecommons.org/licenses/by-nc-sa/4.0/",
        "http://publications.europa.eu/resource/authority/licence/CC_BYNCSA_4_0",
        false,
        &["CC-BY-NC-SA-4.0"],
    ),
    of(
        "cc-by-nc-nd",
        "CC BY-NC-ND 4.0",
        "https://creativecommons.org/licenses/by-nc-nd/4.0/",
        "http://publications.europa.eu/resource/authority/licence/CC_BYNCND_4_0",
        false,
        &["CC-BY-NC-ND-4.0"],
    ),
    of(
        "cc-by-nc-nd-3.0",
        "CC BY-NC-ND 3.0",
        "https://creativecommons.org/licenses/by-nc-nd/3.0/",
        "http://publications.europa.eu/resource/authority/licence/CC_BYNCND_3_0",
        false,
        &["CC-BY-NC-ND-3.0"],
    ),
    of("other-open", "Other (Open)", "", "", true, &["Other (Open)"]),
    of("other-pd", "Other (Public Domain)", "", "", true, &["Other (Public Domain)"]),
    of("other-at", "Other (Attribution)", "", "", true, &["Other (Attribution)"]),
    of("other-nc", "Other (Non-Commercial)", "", "", false, &["Other (Non-Commercial)"]),
    of("other-closed", "Other (Not Open)", "", "", false, &["Other (Not Open)"]),
    of("other", "Other", "", "", false, &["Other"]),
];

impl Licence {
    /// Whether it stands for another, which has its own address.
    pub fn is_other(&self) -> bool {
        self.url.is_empty()
    }

    /// What people call it in their language.
    pub fn label(&self, t: &web::Sayings) -> String {
        if self.is_other() { t.say(&format!("licence-{}", self.code)).to_owned() } else { self.title.to_owned() }
    }
}

/// The address of what is said to be the licence; empty for none.
pub fn licence_url(meta: &Meta) -> &str {
    match licence(&meta.licence) {
        Some(one) if one.is_other() => &meta.licence_url,
        Some(one) => one.url,
        None => "",
    }
}

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
    let plain = |text: &str| {
        let text = text.trim().to_lowercase();
        let text = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).unwrap_or(&text).to_owned();
        let text = text.strip_prefix("www.").unwrap_or(&text).trim_end_matches('/').to_owned();
        let cut = ["/legalcode", "/deed.en", "/deed", "/summary"].into_iter().find_map(|end| text.strip_suffix(end));
        cut.unwrap_or(&text).trim_end_matches('/').to_owned()
    };
    let wanted = plain(text);
    if wanted.is_empty() {
        return None;
    }
    LICENCES.iter().find(|one| {
        let own = [one.code, one.title, one.url, one.authority];
        own.into_iter().chain(one.aliases.iter().copied()).any(|name| !name.is_empty() && plain(name) == wanted)
    })
}

/// The high-value category that a code, an address or the end of one means.
pub fn high_value_like(text: &str) -> Option<&'static str> {
    let text = text.trim().trim_matches(['[', ']', '"', ' ']);
    let end = text.split(['"', ',']).next().unwrap_or_default().rsplit('/').next().unwrap_or_default();
    HIGH_VALUE.iter().find(|(code, _, own)| *code == text || *own == end).map(|(code, ..)| *code)
}

#[cfg(test)]
mod tests {
    use super::{high_value_like, licence_like};

    #[test]
    fn licences_are_known_by_what_others_call_them() {
        for (text, code) in [
            ("uk-ogl", "uk-ogl"),
            ("OGL-UK-3.0", "uk-ogl"),
            ("http://www.nationalarchives.gov.uk/doc/open-government-licence/version/3", "uk-ogl"),
            ("https://creativecommons.org/licenses/by/4.0/legalcode", "cc-by"),
            ("http://publications.europa.eu/resource/authority/licence/CC_BYNC_4_0", "cc-nc"),
            ("other-open", "other-open"),
            ("PDDL-1.0", "odc-pddl"),
        ] {
            assert_eq!(licence_like(text).map(|one| one.code), Some(code), "{text}");
        }
        assert_eq!(licence_like(""), None);
        assert_eq!(licence_like("house rules"), None);
        assert_eq!(high_value_like("[\"http://data.europa.eu/bna/c_b79e35eb\"]"), Some("mobility"));
        assert_eq!(high_value_like("statistics"), Some("statistics"));
    }
}
