//! Service discovery (wiki.open311.org/Service_Discovery).

use super::Element;
use web::{Town, Visit};

/// When what is described here last changed.
const CHANGESET: &str = "2026-11-23T00:00:00Z";
/// The name of the standard.
const SPECIFICATION: &str = "http://wiki.open311.org/GeoReport_v2";

/// The endpoints of this town.
pub fn describe<'e>(town: &Town, visit: &Visit) -> Element<'e> {
    let contact = visit.t.with1("open311-contact", "email", &town.settings().contact_email);
    let key_service = visit.t.with1("open311-key-service", "url", town.url("/me/tokens"));
    Element::root(
        "discovery",
        Element::Parts(vec![
            ("changeset", Element::text(CHANGESET)),
            ("contact", Element::text(contact)),
            ("key_service", Element::text(key_service)),
            ("endpoints", Element::List("endpoint", vec![endpoint(town, "production"), endpoint(town, "test")])),
        ]),
    )
}

/// Both lead here: a town tries clients in a town of its own, made by `polity demo`.
fn endpoint<'e>(town: &Town, kind: &'static str) -> Element<'e> {
    let formats = ["text/xml; charset=utf-8", "application/json; charset=utf-8"];
    Element::Parts(vec![
        ("specification", Element::text(SPECIFICATION)),
        ("url", Element::text(town.url("/open311/v2/"))),
        ("changeset", Element::text(CHANGESET)),
        ("type", Element::text(kind)),
        ("formats", Element::List("format", formats.into_iter().map(Element::text).collect())),
    ])
}
