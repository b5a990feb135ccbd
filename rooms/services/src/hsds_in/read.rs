//! Reading HSDS 3 (docs.openreferral.org/en/3.0): a page or list of services, or one service with everything that belongs to it. Pure.

use super::Aside;
use crate::model::{Definition, LifeEvent};
use civic::{Currency, Language, LocalText};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use web::Refusal;

/// Services that one file may hold.
pub const SERVICES_MOST: usize = 500;
/// Characters of a name; of any other text.
const NAME_LIMIT: usize = 120;
const TEXT_LIMIT: usize = 4_000;
const PHONE_LIMIT: usize = 40;
const KEYWORDS_LIMIT: usize = 1_000;

/// A service as it would be a draft.
#[derive(Debug, Clone, PartialEq)]
pub struct Offered {
    /// Its place in the file, from 1.
    pub number: usize,
    /// Its UUID in HSDS, in small letters.
    pub id: String,
    /// The draft.
    pub draft: Definition,
}

/// How texts are read.
#[derive(Debug, Clone, Copy)]
pub struct Reading {
    /// The language in which the directory is written.
    pub language: Language,
    /// The currency of the town: an amount in another is kept in words only.
    pub currency: Currency,
}

/// Reads a file: what can be a draft, and what is set aside with the reason.
///
/// # Errors
/// `hsds-unreadable`, `hsds-none`, `hsds-many`.
pub fn read(text: &str, reading: Reading, fresh: &Definition) -> Result<(Vec<Offered>, Vec<Aside>), Refusal> {
    let json: Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| {
        Refusal::new("hsds-unreadable").at("file").with("line", error.line()).with("column", error.column())
    })?;
    let one;
    let list = match &json {
        Value::Array(list) => list,
        Value::Object(page) if page.contains_key("contents") || page.contains_key("services") => {
            let list = page.get("contents").or_else(|| page.get("services")).and_then(Value::as_array);
            list.ok_or_else(|| Refusal::new("hsds-none").at("file"))?
        }
        Value::Object(service) if service.contains_key("name") => {
            one = vec![json.clone()];
            &one
        }
        _ => return Err(Refusal::new("hsds-none").at("file")),
    };
    match list.len() {
        0 => return Err(Refusal::new("hsds-none").at("file")),
        count if count > SERVICES_MOST => return Err(Refusal::new("hsds-many").at("file").with("most", SERVICES_MOST)),
        _ => {}
    }
    let (mut offered, mut asides, mut seen) = (Vec::new(), Vec::new(), BTreeSet::new());
    for (at, service) in list.iter().enumerate() {
        let read = one_service(at + 1, service, reading, fresh)
            .and_then(|one| if seen.insert(one.id.clone()) { Ok(one) } else { Err(Refusal::new("hsds-twice")) });
        match read {
            Ok(one) => offered.push(one),
            Err(reason) => asides.push(Aside { number: at + 1, name: text_of(service, "name"), reason }),
        }
    }
    Ok((offered, asides))
}

fn one_service(number: usize, service: &Value, reading: Reading, fresh: &Definition) -> Result<Offered, Refusal> {
    if !service.is_object() {
        return Err(Refusal::new("hsds-no-service"));
    }
    let id = text_of(service, "id").to_ascii_lowercase();
    if !is_uuid(&id) {
        return Err(Refusal::new("hsds-id"));
    }
    if matches!(text_of(service, "status").as_str(), "inactive" | "defunct") {
        return Err(Refusal::new("hsds-inactive"));
    }
    let name = text_of(service, "name");
    if name.is_empty() {
        return Err(Refusal::new("hsds-name"));
    }
    let words = Words { service, language: reading.language };
    let title = words.within("name", &name, NAME_LIMIT)?.ok_or_else(|| Refusal::new("hsds-name"))?;
    let phone = list_of(service, "phones").map(|phone| text_of(phone, "number")).find(|number| !number.is_empty());
    let phone = phone.unwrap_or_default().trim_matches('"').to_owned();
    if phone.chars().count() > PHONE_LIMIT {
        return Err(Refusal::new("hsds-long").with("field", "phone").with("most", PHONE_LIMIT));
    }
    let summary = words.within("description", &text_of(service, "description"), TEXT_LIMIT)?;
    let keywords: String = words.keywords().chars().take(KEYWORDS_LIMIT).collect();
    let draft = Definition {
        summary: summary.unwrap_or_else(|| title.clone()),
        title,
        who: words.within("eligibility_description", &words.who(), TEXT_LIMIT)?,
        need: words.within("required_documents", &words.need(), TEXT_LIMIT)?,
        cost: words.within("fees_description", &words.cost(), TEXT_LIMIT)?,
        cost_cents: cost_cents(service, reading.currency),
        counter: words.within("application_process", &words.counter(), TEXT_LIMIT)?,
        complaints: words.within("contacts", &words.contact(), TEXT_LIMIT)?,
        phone,
        keywords,
        events: events(service),
        // There is no form yet.
        online: false,
        ..fresh.clone()
    };
    Ok(Offered { number, id, draft })
}

fn is_uuid(id: &str) -> bool {
    let is_place = |at: usize| matches!(at, 8 | 13 | 18 | 23);
    id.len() == 36
        && id.bytes().enumerate().all(|(at, byte)| if is_place(at) { byte == b'-' } else { byte.is_ascii_hexdigit() })
}

/// A text, or a number as text; empty where there is none. Line breaks stay, other control characters go.
fn text_of(value: &Value, name: &str) -> String {
    let text = match &value[name] {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    };
    text.replace("\r\n", "\n").chars().filter(|letter| *letter == '\n' || !letter.is_control()).collect()
}

fn list_of<'v>(value: &'v Value, name: &str) -> impl Iterator<Item = &'v Value> {
    value[name].as_array().into_iter().flatten()
}

struct Words<'v> {
    service: &'v Value,
    language: Language,
}

impl Words<'_> {
    /// The text in the directory's language; what is too long is not cut, but set aside.
    fn within(&self, field: &'static str, text: &str, most: usize) -> Result<Option<LocalText>, Refusal> {
        if text.chars().count() > most {
            return Err(Refusal::new("hsds-long").with("field", field).with("most", most));
        }
        let local = BTreeMap::from([(self.language, text.to_owned())]);
        Ok(if text.is_empty() { None } else { LocalText::try_from(local).ok() })
    }

    fn who(&self) -> String {
        let age = match (text_of(self.service, "minimum_age"), text_of(self.service, "maximum_age")) {
            (low, high) if low.is_empty() && high.is_empty() => String::new(),
            (low, high) => format!("{low}–{high}"),
        };
        joined([text_of(self.service, "eligibility_description"), age], "\n")
    }

    fn need(&self) -> String {
        let lines = list_of(self.service, "required_documents").map(|one| text_of(one, "document").replace('\n', " "));
        joined(lines, "\n")
    }

    fn cost(&self) -> String {
        let option = |one: &Value| {
            let amount = joined([text_of(one, "amount"), text_of(one, "currency")], " ");
            joined([joined([text_of(one, "option"), amount], ": "), text_of(one, "amount_description")], ", ")
        };
        let described = text_of(self.service, "fees_description");
        if described.is_empty() { joined(list_of(self.service, "cost_options").map(option), "\n") } else { described }
    }

    /// How and where it is had: the way to apply, places with their addresses, hours, the page of the directory.
    fn counter(&self) -> String {
        let address = |one: &Value| {
            joined(["address_1", "address_2", "postal_code", "city"].map(|name| text_of(one, name)), ", ")
        };
        let place = |at: &Value| {
            let location = &at["location"];
            if text_of(location, "location_type") == "virtual" {
                return String::new();
            }
            let name = joined([text_of(location, "name"), text_of(location, "description")], ": ");
            joined(std::iter::once(name).chain(list_of(location, "addresses").map(address)), "\n")
        };
        let hours = list_of(self.service, "schedules").map(|one| text_of(one, "description"));
        let lines = std::iter::once(text_of(self.service, "application_process"))
            .chain(list_of(self.service, "service_at_locations").map(place))
            .chain(hours)
            .chain([text_of(self.service, "url")]);
        joined(lines, "\n")
    }

    fn contact(&self) -> String {
        let contact = |one: &Value| joined([text_of(one, "name"), text_of(one, "title"), text_of(one, "email")], ", ");
        let own = text_of(self.service, "email");
        joined(list_of(self.service, "contacts").map(contact).chain([own]), "\n")
    }

    fn keywords(&self) -> String {
        let term = |one: &Value| joined([text_of(&one["taxonomy_term"], "name"), text_of(one, "value")], " ");
        let terms = list_of(self.service, "attributes").map(term);
        joined(std::iter::once(text_of(self.service, "alternate_name")).chain(terms), " ")
    }
}

/// What is not empty, each once, with something between.
fn joined(parts: impl IntoIterator<Item = String>, between: &str) -> String {
    let mut all: Vec<String> = Vec::new();
    for part in parts {
        if !part.is_empty() && !all.contains(&part) {
            all.push(part);
        }
    }
    all.join(between)
}

/// One amount in the town's currency.
fn cost_cents(service: &Value, currency: Currency) -> Option<i64> {
    let options: Vec<&Value> = list_of(service, "cost_options").collect();
    let [one] = options[..] else { return None };
    if !text_of(one, "currency").eq_ignore_ascii_case(&currency.to_string()) {
        return None;
    }
    let (whole, part) = text_of(one, "amount")
        .split_once('.')
        .map_or_else(|| (text_of(one, "amount"), String::new()), |(whole, part)| (whole.to_owned(), part.to_owned()));
    let part = part.trim_end_matches('0');
    if part.len() > 2 || !whole.bytes().chain(part.bytes()).all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let cents: i64 = format!("{part:0<2}").parse().ok()?;
    whole.parse::<i64>().ok()?.checked_mul(100)?.checked_add(cents)
}

/// Events in a life, where the directory is one of ours or names them as we do.
fn events(service: &Value) -> Vec<LifeEvent> {
    let mut events = Vec::new();
    for one in list_of(service, "attributes") {
        let named = [text_of(&one["taxonomy_term"], "code"), text_of(one, "value")];
        let event = named.iter().find_map(|word| LifeEvent::of_word(word));
        events.extend(event.filter(|event| !events.contains(event)));
    }
    events
}

#[cfg(test)]
mod tests {
    use super::cost_cents;
    use civic::Currency;
    use serde_json::{Value, json};

    fn cents(amount: Value) -> Option<i64> {
        let service = json!({"cost_options": [{"amount": amount, "currency": "eur"}]});
        cost_cents(&service, "EUR".parse::<Currency>().unwrap())
    }

    #[test]
    fn an_amount_is_digits() {
        for (amount, expected) in [("12.5", 1_250), ("12", 1_200), ("0.05", 5), ("7.", 700), ("3.1400", 314)] {
            assert_eq!(cents(json!(amount)), Some(expected), "{amount}");
        }
        assert_eq!(cents(json!(12.5)), Some(1_250));
        for amount in ["0.-5", "-5", "+5", "0.+5", "1.2.3", "5e3", "", ".5", "3.141", "12,50", "99999999999999999999"] {
            assert_eq!(cents(json!(amount)), None, "{amount}");
        }
    }
}
