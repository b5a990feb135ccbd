//! A resident reports a problem.

use super::text_within;
use crate::{
    category::{Attribute, Category, Datatype},
    model::{ADDRESS_LIMIT, ATTRIBUTE_LIMIT, CONTACT_LIMIT, Contact, DESCRIPTION_LIMIT, MEDIA_URL_LIMIT, Source},
};
use civic::{Moment, Place};
use std::collections::BTreeMap;
use web::Refusal;

/// What somebody sends to report a problem, as they sent it.
#[derive(Debug, Clone, Default)]
pub struct OpenRequest {
    /// The code of a category.
    pub category: String,
    /// Latitude and longitude as typed, clicked or sent; both or neither.
    pub lat: Option<String>,
    /// See `lat`.
    pub long: Option<String>,
    /// The place in words.
    pub address: String,
    /// The district, for those who choose it from the list instead of placing a pin.
    pub district: Option<String>,
    /// What is wrong.
    pub description: String,
    /// Answers to the category's questions.
    pub attributes: Vec<(String, String)>,
    /// Where a picture of it is kept elsewhere.
    pub media_url: Option<String>,
    /// How to reach them.
    pub contact: Contact,
}

/// What the decision needs to know besides.
pub struct OpenFacts<'f> {
    /// The category of the command's code, when it is offered.
    pub category: Option<&'f Category>,
    /// Where the pin lies.
    pub located: Where,
    /// Whether the town has districts at all.
    pub has_districts: bool,
    /// Whether the chosen district exists.
    pub district_exists: bool,
    /// By which way it came.
    pub source: Source,
}

/// Where a pin lies.
#[derive(Debug, Clone, PartialEq)]
pub enum Where {
    /// There is none.
    NoPin,
    /// In this district.
    Inside(String),
    /// Outside the town; the nearest district and its distance.
    Outside {
        /// In whole metres.
        distance_m: i64,
    },
}

/// A report that can be kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Opening {
    /// The code of its category.
    pub category: String,
    /// The pin.
    pub place: Option<Place>,
    /// The place in words.
    pub address: String,
    /// The district.
    pub district: Option<String>,
    /// What is wrong.
    pub description: String,
    /// Answers, by attribute code.
    pub attributes: BTreeMap<String, Vec<String>>,
    /// Where a picture of it is kept elsewhere.
    pub media_url: Option<String>,
    /// How to reach the reporter.
    pub contact: Contact,
}

/// Reads the pin of a command.
///
/// # Errors
/// `place-half` when only one number is there, `place-number` when one is not a number on Earth.
pub fn pin_of(lat: Option<&str>, long: Option<&str>) -> Result<Option<Place>, Refusal> {
    match (lat, long) {
        (None, None) => Ok(None),
        (Some(lat), Some(long)) => {
            let degrees = lat.parse().ok().zip(long.parse().ok());
            let place = degrees.and_then(|(lat, long)| Place::from_degrees(lat, long).ok());
            place.map(Some).ok_or_else(|| Refusal::new("place-number").at("lat"))
        }
        _ => Err(Refusal::new("place-half").at("lat")),
    }
}

/// The shortest and the longest key by which a sender names a report, in characters.
const SENT_KEY: (usize, usize) = (22, 100);

/// Reads the key of a report that may be sent twice: at least 22 letters, digits or hyphens, as a random UUID, because whoever knows
/// it is shown the private link once more.
///
/// # Errors
/// `sent-key` for anything else.
pub fn read_sent_key(text: &str) -> Result<&str, Refusal> {
    let text = text.trim().trim_matches('"');
    let is_key = (SENT_KEY.0..=SENT_KEY.1).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    is_key.then_some(text).ok_or_else(|| Refusal::new("sent-key").with("least", SENT_KEY.0).with("most", SENT_KEY.1))
}

/// Decides whether a report can be kept.
///
/// # Errors
/// Every reason why not, so that all can be put right at once.
pub fn open(facts: &OpenFacts<'_>, command: &OpenRequest) -> Result<Opening, Vec<Refusal>> {
    let mut refusals = Vec::new();
    let mut note = |refusal| refusals.push(refusal);
    let place = pin_of(command.lat.as_deref(), command.long.as_deref()).unwrap_or_else(|refusal| {
        note(refusal);
        None
    });
    let address = text_within(&command.address, "address", ADDRESS_LIMIT).unwrap_or_else(|r| {
        note(r);
        String::new()
    });
    let description = text_within(&command.description, "description", DESCRIPTION_LIMIT).unwrap_or_else(|r| {
        note(r);
        String::new()
    });
    let contact = contact(&command.contact).unwrap_or_else(|r| {
        note(r);
        Contact::default()
    });
    let media_url = media_url(command.media_url.as_deref()).unwrap_or_else(|r| {
        note(r);
        None
    });
    let district = district(facts, command, place, &address).unwrap_or_else(|r| {
        note(r);
        None
    });
    let attributes = match facts.category {
        Some(category) => answers(category, facts.source, &command.attributes, &mut refusals),
        None => {
            refusals.insert(0, Refusal::new("category-unknown").at("category"));
            BTreeMap::new()
        }
    };
    if refusals.is_empty() {
        let category = command.category.clone();
        Ok(Opening { category, place, address, district, description, attributes, media_url, contact })
    } else {
        Err(refusals)
    }
}

fn district(
    facts: &OpenFacts<'_>,
    command: &OpenRequest,
    place: Option<Place>,
    address: &str,
) -> Result<Option<String>, Refusal> {
    match &facts.located {
        Where::Inside(district) => Ok(Some(district.clone())),
        Where::Outside { distance_m } if facts.has_districts => {
            Err(Refusal::new("outside-boundary").at("lat").with("distance_m", *distance_m))
        }
        _ if place.is_some() => Ok(None),
        _ if address.is_empty() => Err(Refusal::new("place-missing").at("lat")),
        _ => match &command.district {
            Some(_) if !facts.district_exists => Err(Refusal::new("district-unknown").at("district")),
            chosen => Ok(chosen.clone()),
        },
    }
}

/// Only web addresses are passed on, so that a link on a page is never a script.
fn media_url(sent: Option<&str>) -> Result<Option<String>, Refusal> {
    let url = text_within(sent.unwrap_or_default(), "media_url", MEDIA_URL_LIMIT)?;
    let is_web = url.starts_with("https://") || url.starts_with("http://");
    match url.is_empty() {
        true => Ok(None),
        false if is_web && !url.contains(char::is_whitespace) => Ok(Some(url)),
        false => Err(Refusal::new("media-url").at("media_url")),
    }
}

fn contact(sent: &Contact) -> Result<Contact, Refusal> {
    let part = |text: &Option<String>, field| -> Result<Option<String>, Refusal> {
        let text = text_within(text.as_deref().unwrap_or_default(), field, CONTACT_LIMIT)?;
        Ok(Some(text).filter(|text| !text.is_empty()))
    };
    let email = part(&sent.email, "email")?;
    if email.as_deref().is_some_and(|email| email.parse::<people::EmailAddress>().is_err()) {
        return Err(Refusal::new("email-unreadable").at("email"));
    }
    Ok(Contact { email, name: part(&sent.name, "name")?, phone: part(&sent.phone, "phone")? })
}

/// Checks the answers against the category's questions.
fn answers(
    category: &Category,
    source: Source,
    sent: &[(String, String)],
    refusals: &mut Vec<Refusal>,
) -> BTreeMap<String, Vec<String>> {
    let mut kept: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (code, value) in sent.iter().filter(|(_, value)| !value.is_empty()) {
        match category.definition.attributes.iter().find(|attribute| attribute.code == *code) {
            Some(attribute) => match answer(attribute, value) {
                Ok(value) => kept.entry(code.clone()).or_default().push(value),
                Err(refusal) => refusals.push(refusal),
            },
            None => refusals.push(Refusal::new("attribute-unknown").at("attribute").with("attribute", code.clone())),
        }
    }
    for attribute in &category.definition.attributes {
        let given = kept.get(&attribute.code).map_or(0, Vec::len);
        let name = || attribute.description.in_language(civic::Language::En).to_owned();
        if attribute.required && given == 0 && source.asks_questions() {
            refusals.push(Refusal::new("attribute-missing").at("attribute").with("attribute", name()));
        }
        if given > 1 && attribute.datatype != Datatype::MultiValueList {
            refusals.push(Refusal::new("attribute-twice").at("attribute").with("attribute", name()));
        }
    }
    kept
}

fn answer(attribute: &Attribute, value: &str) -> Result<String, Refusal> {
    let value = text_within(value, "attribute", ATTRIBUTE_LIMIT)?;
    let fits = match attribute.datatype {
        Datatype::String | Datatype::Text => true,
        Datatype::Number => value.parse::<f64>().is_ok_and(f64::is_finite),
        Datatype::Datetime => is_date_time(&value),
        Datatype::SingleValueList | Datatype::MultiValueList => {
            attribute.values.iter().any(|choice| choice.key == value)
        }
    };
    if fits {
        Ok(value)
    } else {
        Err(Refusal::new("attribute-value")
            .at("attribute")
            .with("attribute", attribute.code.clone())
            .with("value", value))
    }
}

/// RFC 3339, or what an HTML field of date and time gives.
fn is_date_time(value: &str) -> bool {
    Moment::parse(value).is_ok() || value.parse::<jiff::civil::DateTime>().is_ok()
}
