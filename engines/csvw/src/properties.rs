//! Properties one by one: a value that is not permitted is replaced by what is usual, with a warning (tabular-metadata 6.2).

use crate::{Datatype, Dialect, Findings, common, formats::Formats};
use serde_json::{Map, Value as Json};

pub(crate) type Object = Map<String, Json>;

/// What columns have from their schema, table and group (tabular-metadata 5.7).
#[derive(Debug, Clone)]
pub(crate) struct Inherited {
    pub(crate) null: Vec<String>,
    pub(crate) language: String,
    pub(crate) separator: Option<String>,
    pub(crate) default: String,
    pub(crate) datatype: Datatype,
    pub(crate) required: bool,
}

impl Default for Inherited {
    fn default() -> Self {
        Self {
            null: vec![String::new()],
            language: "und".to_owned(),
            separator: None,
            default: String::new(),
            datatype: Datatype::default(),
            required: false,
        }
    }
}

pub(crate) const INHERITED: &[&str] = &[
    "aboutUrl",
    "datatype",
    "default",
    "lang",
    "null",
    "ordered",
    "propertyUrl",
    "required",
    "separator",
    "textDirection",
    "valueUrl",
];

/// Reads the properties of an object that stands in the document `place`.
pub(crate) struct Properties<'a> {
    pub(crate) object: &'a Object,
    pub(crate) place: &'a str,
    pub(crate) formats: &'a Formats,
}

impl Properties<'_> {
    fn odd(&self, name: &str, findings: &mut Findings) {
        let value = self.object.get(name).map(Json::to_string).unwrap_or_default();
        let value: String = value.chars().take(100).collect();
        findings.warn(self.place, format!("“{name}” cannot be {value}; what is usual is taken"));
    }

    /// A text, where there is one.
    pub(crate) fn text(&self, name: &str, findings: &mut Findings) -> Option<String> {
        let value = self.object.get(name)?;
        let text = value.as_str().map(str::to_owned);
        if text.is_none() {
            self.odd(name, findings);
        }
        text
    }

    /// A truth value.
    pub(crate) fn flag(&self, name: &str, usual: bool, findings: &mut Findings) -> bool {
        match self.object.get(name) {
            None => usual,
            Some(Json::Bool(value)) => *value,
            Some(_) => {
                self.odd(name, findings);
                usual
            }
        }
    }

    /// A number from 0 on.
    pub(crate) fn count(&self, name: &str, usual: usize, findings: &mut Findings) -> usize {
        let Some(value) = self.object.get(name) else { return usual };
        match value.as_u64().and_then(|number| usize::try_from(number).ok()) {
            Some(number) => number,
            None => {
                self.odd(name, findings);
                usual
            }
        }
    }

    /// One word of a list.
    pub(crate) fn word(&self, name: &str, words: &[&str], findings: &mut Findings) {
        let is_good =
            self.object.get(name).is_none_or(|value| value.as_str().is_some_and(|text| words.contains(&text)));
        if !is_good {
            self.odd(name, findings);
        }
    }

    /// One text or a list of texts; others in it are left out.
    pub(crate) fn texts(&self, name: &str, findings: &mut Findings) -> Option<Vec<String>> {
        match self.object.get(name)? {
            Json::String(text) => Some(vec![text.clone()]),
            Json::Array(all) => {
                if !all.iter().all(Json::is_string) {
                    self.odd(name, findings);
                }
                Some(all.iter().filter_map(|one| one.as_str().map(str::to_owned)).collect())
            }
            _ => {
                self.odd(name, findings);
                None
            }
        }
    }

    /// Checks `@id` and `@type`, and what is none of the properties that are known here.
    pub(crate) fn frame(&self, kind: &str, known: &[&str], findings: &mut Findings) {
        match self.object.get("@id") {
            None => {}
            Some(Json::String(id)) if id.starts_with("_:") => {
                findings.error(self.place, format!("“{id}” is a blank node, and cannot be an id"));
            }
            Some(Json::String(_)) => {}
            Some(_) => self.odd("@id", findings),
        }
        if self.object.get("@type").is_some_and(|value| value.as_str() != Some(kind)) {
            findings.error(self.place, format!("the type here can only be “{kind}”"));
        }
        for (key, value) in self.object {
            if ["@id", "@type", "@context"].contains(&key.as_str()) || known.contains(&key.as_str()) {
                continue;
            }
            if common::is_common(key) {
                common::check(value, self.place, findings);
            } else {
                findings.warn(self.place, format!("“{key}” is no property of a {kind}; it is ignored"));
            }
        }
    }

    /// What is inherited from here on.
    pub(crate) fn inherited(&self, above: &Inherited, findings: &mut Findings) -> Inherited {
        let mut own = above.clone();
        if let Some(null) = self.texts("null", findings) {
            own.null = null;
        }
        if let Some(language) = self.text("lang", findings) {
            if common::is_language(&language) { own.language = language } else { self.odd("lang", findings) }
        }
        if self.object.get("separator").is_some_and(Json::is_null) {
            own.separator = None;
        } else if let Some(separator) = self.text("separator", findings) {
            own.separator = Some(separator).filter(|text| !text.is_empty());
        }
        if let Some(default) = self.text("default", findings) {
            own.default = default;
        }
        if let Some(datatype) = self.object.get("datatype") {
            own.datatype = Datatype::read(datatype, self.place, self.formats, findings);
        }
        own.required = self.flag("required", above.required, findings);
        self.flag("ordered", false, findings);
        self.word("textDirection", &["ltr", "rtl", "auto", "inherit"], findings);
        for name in ["aboutUrl", "propertyUrl", "valueUrl"] {
            self.text(name, findings);
        }
        own
    }

    /// How a file is written.
    pub(crate) fn dialect(&self, findings: &mut Findings) -> Dialect {
        let usual = Dialect::default();
        self.frame(
            "Dialect",
            &[
                "commentPrefix",
                "delimiter",
                "doubleQuote",
                "encoding",
                "header",
                "headerRowCount",
                "lineTerminators",
                "quoteChar",
                "skipBlankRows",
                "skipColumns",
                "skipInitialSpace",
                "skipRows",
                "trim",
            ],
            findings,
        );
        let encoding = self.text("encoding", findings).map(|label| label.to_lowercase());
        let is_known = |label: &String| {
            ["utf", "iso-8859", "windows-", "us-ascii", "latin", "koi8", "gb", "big5", "euc-", "shift"]
                .iter()
                .any(|known| label.starts_with(known))
        };
        if encoding.as_ref().is_some_and(|label| !is_known(label)) {
            self.odd("encoding", findings);
        }
        self.texts("lineTerminators", findings);
        match self.object.get("trim") {
            None | Some(Json::Bool(_)) => {}
            Some(_) => self.word("trim", &["true", "false", "start", "end"], findings),
        }
        self.flag("skipInitialSpace", false, findings);
        let of_null = |name: &str, usual: Option<char>, findings: &mut Findings| match self.object.get(name) {
            Some(Json::Null) => None,
            _ => self.text(name, findings).map_or(usual, |text| text.chars().next()),
        };
        let header = self.flag("header", true, findings);
        Dialect {
            comment: of_null("commentPrefix", usual.comment, findings),
            quote: of_null("quoteChar", usual.quote, findings),
            delimiter: self.text("delimiter", findings).and_then(|text| text.chars().next()).unwrap_or(usual.delimiter),
            double_quote: self.flag("doubleQuote", true, findings),
            encoding: encoding.filter(is_known).unwrap_or(usual.encoding),
            header_rows: self.count("headerRowCount", usize::from(header), findings),
            skip_blank_rows: self.flag("skipBlankRows", false, findings),
            skip_columns: self.count("skipColumns", 0, findings),
            skip_rows: self.count("skipRows", 0, findings),
        }
    }
}
