//! What an address or a form asks for, checked against the town's jurisdiction.

use axum::http::StatusCode;
use civic::Moment;
use web::{Refusal, Stop, Town, forms::Submission};

/// Days a span of dates may have (GeoReport v2, "GET Service Requests").
pub const SPAN_DAYS: i64 = 90;
/// Requests of one page, unless asked otherwise, and at most.
pub const PAGE_LIMIT: i64 = 1_000;
/// How deep paging by number may go; dates lead further.
pub const DEEPEST: i64 = 100_000;

/// Named values; an empty one is an absent one.
pub struct Asked(Vec<(String, String)>);

/// Reads the query of an address.
///
/// # Errors
/// A refusal when it is not text; 404 for a jurisdiction that is not this town.
pub fn read(town: &Town, query: Option<&str>) -> Result<Asked, Stop> {
    let unreadable = |_| Refusal::new("query-unreadable").status(StatusCode::BAD_REQUEST);
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query.unwrap_or_default()).map_err(unreadable)?;
    let form = Submission::from_pairs(pairs)?;
    Asked(Vec::new()).joined(town, &form)
}

impl Asked {
    /// These values and those of a form.
    ///
    /// # Errors
    /// 404 for a jurisdiction that is not this town.
    pub fn joined(&self, town: &Town, form: &Submission) -> Result<Self, Stop> {
        let given = self.0.iter().chain(form.fields());
        let all: Vec<_> = given
            .map(|(name, value)| (name.clone(), value.trim().to_owned()))
            .filter(|(_, value)| !value.is_empty())
            .collect();
        let ours = &town.settings().jurisdiction;
        // Some clients send it twice, once in the address and once in the form.
        let stranger = all.iter().find(|(name, value)| name == "jurisdiction_id" && value != ours);
        match stranger {
            Some((_, value)) => {
                let refusal = Refusal::new("jurisdiction-unknown").status(StatusCode::NOT_FOUND);
                Err(refusal.with("jurisdiction", value.clone()).with("ours", ours.clone()).into())
            }
            None => Ok(Self(all)),
        }
    }

    /// A value.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(of, _)| of == name).map(|(_, value)| value.as_str())
    }

    /// The items of a comma list.
    pub fn listed(&self, name: &str) -> Vec<String> {
        let items = self.text(name).unwrap_or_default().split(',').map(str::trim);
        items.filter(|item| !item.is_empty()).map(str::to_owned).collect()
    }

    /// `attribute[CODE]=value` and `attribute[CODE][]=value`, in order.
    pub fn attributes(&self) -> Vec<(String, String)> {
        let code = |name: &str| {
            let rest = name.strip_prefix("attribute[")?;
            rest.strip_suffix("][]").or_else(|| rest.strip_suffix(']')).map(str::to_owned)
        };
        self.0.iter().filter_map(|(name, value)| Some((code(name)?, value.clone()))).collect()
    }

    /// A date with its offset (W3C profile of ISO 8601).
    ///
    /// # Errors
    /// `date-unreadable`.
    pub fn date(&self, name: &'static str) -> Result<Option<Moment>, Refusal> {
        let Some(text) = self.text(name) else { return Ok(None) };
        // A plus that was not encoded arrives as a blank.
        let read = Moment::parse(text).or_else(|_| Moment::parse(&text.replace(' ', "+")));
        read.map(Some).map_err(|_| bad("date-unreadable").with("name", name).with("value", text.to_owned()))
    }

    /// The span between `start_date` and `end_date`; without any, the last [`SPAN_DAYS`] until `newest`.
    ///
    /// # Errors
    /// When a date cannot be read, the end lies before the start, or the span is too long.
    pub fn span(&self, newest: Moment) -> Result<(Moment, Moment), Refusal> {
        let (start, end) = match (self.date("start_date")?, self.date("end_date")?) {
            (Some(start), Some(end)) => (start, end),
            (Some(start), None) => (start, start.plus_days(SPAN_DAYS)),
            (None, Some(end)) => (end.plus_days(-SPAN_DAYS), end),
            (None, None) => (newest.plus_days(-SPAN_DAYS), newest),
        };
        if end < start {
            return Err(bad("dates-reversed"));
        }
        if end > start.plus_days(SPAN_DAYS) {
            return Err(bad("span-too-long").with("most", SPAN_DAYS));
        }
        Ok((start, end))
    }

    /// The rows to pass over and to take, by `page` and `page_size`.
    ///
    /// # Errors
    /// When one is not a number in its range.
    pub fn rows(&self) -> Result<(i64, i64), Refusal> {
        let number = |name: &'static str, otherwise: i64, most: i64| match self.text(name) {
            None => Ok(otherwise),
            Some(text) => text
                .parse::<i64>()
                .ok()
                .filter(|n| (1..=most).contains(n))
                .ok_or_else(|| bad("number-range").with("name", name).with("most", most)),
        };
        let size = number("page_size", PAGE_LIMIT, PAGE_LIMIT)?;
        let page = number("page", 1, DEEPEST / size)?;
        Ok(((page - 1) * size, size))
    }
}

/// A refusal with the status the standard wants.
pub fn bad(code: &'static str) -> Refusal {
    Refusal::new(code).status(StatusCode::BAD_REQUEST)
}
