//! Reading an address, before anything is looked up.

use crate::{OutgoingRefusal, Policy, is_public};
use std::net::IpAddr;
use ureq::http::Uri;

/// Characters an address may have.
const ADDRESS_LIMIT: usize = 2_000;

/// Whether an address is one that this policy would ask at all; nothing is looked up or connected.
///
/// # Errors
/// The first of [`OutgoingRefusal`] that can be told from the text.
pub fn check_address(url: &str, policy: &Policy) -> Result<(), OutgoingRefusal> {
    read(url, policy).map(|_| ())
}

/// Read by the same parser that connects, so that the two cannot understand a host differently.
pub(crate) fn read(url: &str, policy: &Policy) -> Result<Uri, OutgoingRefusal> {
    if url.len() > ADDRESS_LIMIT || url.chars().any(|c| c.is_control() || c.is_whitespace() || c == '\\') {
        return Err(OutgoingRefusal::NotAnAddress);
    }
    let uri: Uri = url.parse().map_err(|_| OutgoingRefusal::NotAnAddress)?;
    let authority = uri.authority().ok_or(OutgoingRefusal::NotAnAddress)?;
    if authority.as_str().contains('@') {
        return Err(OutgoingRefusal::Credentials);
    }
    match uri.scheme_str() {
        Some("https") => {}
        Some("http") if policy.plain_http => {}
        Some("http") => return Err(OutgoingRefusal::NotHttps),
        _ => return Err(OutgoingRefusal::NotAnAddress),
    }
    // What stands behind the host must be a port, or nothing.
    if authority.host().is_empty() || (authority.as_str() != authority.host() && authority.port_u16().is_none()) {
        return Err(OutgoingRefusal::NotAnAddress);
    }
    let literal = authority.host().trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    if !policy.private_addresses && literal.is_ok_and(|address| !is_public(address)) {
        return Err(OutgoingRefusal::NotPublic);
    }
    Ok(uri)
}
