//! Lists in pages, by keyset: the address of the next page names the last item of this one.

use crate::{Refusal, Town, Visit};
use axum::{http::header, response::Response};
use database::Cursor;

/// Items of a list page unless asked otherwise, and at most.
pub const PAGE_SIZE: u32 = 50;
/// The largest page a machine may ask for.
pub const PAGE_SIZE_LIMIT: u32 = 1_000;

/// Says where the next page is in the Link header (RFC 8288), for tables and maps, which have no room for `next`. `path` is that of the
/// list, without the suffix of a twin.
pub fn link_next(town: &Town, visit: &Visit, path: &str, next: Option<&Cursor>, answer: &mut Response) {
    let Some(next) = next else { return };
    let query: Vec<(String, String)> =
        serde_urlencoded::from_str(visit.uri.query().unwrap_or_default()).unwrap_or_default();
    let mut query: Vec<_> = query.into_iter().filter(|(name, _)| name != "after").collect();
    query.push(("after".to_owned(), next.encode()));
    let query = serde_urlencoded::to_string(&query).unwrap_or_default();
    let link = format!("<{}>; rel=\"next\"", town.url(&format!("{path}.{}?{query}", visit.wants.suffix())));
    if let Ok(link) = link.parse() {
        answer.headers_mut().insert(header::LINK, link);
    }
}

/// Reads `after` and `limit` of an address.
///
/// # Errors
/// A refusal that says which of the two cannot be read, and why.
pub fn read(after: Option<&str>, limit: Option<&str>) -> Result<(Option<Cursor>, u32), Refusal> {
    let after = after
        .filter(|text| !text.is_empty())
        .map(|text| Cursor::decode(text).map_err(|_| Refusal::new("paging-cursor").at("after")))
        .transpose()?;
    let limit = match limit.filter(|text| !text.is_empty()) {
        None => PAGE_SIZE,
        Some(text) => text
            .parse::<u32>()
            .ok()
            .filter(|limit| (1..=PAGE_SIZE_LIMIT).contains(limit))
            .ok_or_else(|| Refusal::new("paging-limit").at("limit").with("most", i64::from(PAGE_SIZE_LIMIT)))?,
    };
    Ok((after, limit))
}
