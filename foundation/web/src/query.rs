//! The query of an address: read into what a handler asks for, and what it does not ask for is not passed over in silence.

use crate::{Refusal, Stop, Town, Visit, Wants, guard::ForMachines};
use axum::{
    extract::FromRequestParts,
    http::{StatusCode, request::Parts},
};
use serde::{
    Deserializer,
    de::{DeserializeOwned, Error as _, Visitor, value::Error},
    forward_to_deserialize_any,
};
use std::sync::OnceLock;

/// The query of the address, where anything unreadable is refused in a sentence.
///
/// A name that the handler does not know would filter nothing, and whoever mistyped a filter would take the whole for a part. So on a
/// machine twin it is refused (400) with the names that are known, and a page says which word was not understood. What other sites
/// hang onto addresses to count their visitors is let through. Routes for machines alone follow their standards.
pub struct Query<T>(pub T);

/// Names that others hang onto addresses and that mean nothing here; so do those that begin with `utm_`.
const FOREIGN: [&str; 16] = [
    "lang", "fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid", "ttclid", "igshid", "mc_cid",
    "mc_eid", "_ga", "_gl", "ref",
];
/// Unknown names that are named.
const NAMED_LIMIT: usize = 5;
/// Characters of an unknown name that are shown.
const NAME_SHOWN: usize = 40;

/// Names in the query of a page that nobody asked for; kept with the visit until the frame of the page is made.
pub type NotUnderstood = OnceLock<Vec<String>>;

impl<T: DeserializeOwned + Send> FromRequestParts<Town> for Query<T> {
    type Rejection = Stop;
    async fn from_request_parts(parts: &mut Parts, town: &Town) -> Result<Self, Stop> {
        let refused = |_| Stop::from(unreadable());
        let axum::extract::Query(value) =
            axum::extract::Query::from_request_parts(parts, town).await.map_err(refused)?;
        if parts.method.is_safe() && parts.extensions.get::<ForMachines>().is_none() {
            note_unknown::<T>(parts)?;
        }
        Ok(Self(value))
    }
}

fn unreadable() -> Refusal {
    Refusal::new("query-unreadable").status(StatusCode::BAD_REQUEST)
}

fn note_unknown<T: DeserializeOwned>(parts: &Parts) -> Result<(), Stop> {
    let (Some(known), Some(query)) = (fields_of::<T>(), parts.uri.query()) else { return Ok(()) };
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).map_err(|_| unreadable())?;
    let unknown = unknown_of(pairs.into_iter().map(|(name, _)| name), known);
    let visit = parts.extensions.get::<Visit>().expect("serve puts a visit into every request");
    if unknown.is_empty() {
        return Ok(());
    }
    if visit.wants == Wants::Html {
        // The first reader of the query is the one whose page it is.
        let _ = visit.not_understood.set(unknown);
        return Ok(());
    }
    let refusal = Refusal::new("query-unknown").status(StatusCode::BAD_REQUEST);
    Err(refusal.with("names", unknown.join(", ")).with("known", known.join(", ")).into())
}

fn unknown_of(names: impl Iterator<Item = String>, known: &[&str]) -> Vec<String> {
    let is_foreign = |name: &str| name.starts_with("utm_") || FOREIGN.contains(&name);
    let mut unknown: Vec<String> = names
        .filter(|name| !known.contains(&name.as_str()) && !is_foreign(name))
        .map(|name| name.chars().take(NAME_SHOWN).collect())
        .collect();
    unknown.sort_unstable();
    unknown.dedup();
    unknown.truncate(NAMED_LIMIT);
    unknown
}

/// The names of the fields that a type reads; `None` where it takes any, as a list of pairs does.
fn fields_of<T: DeserializeOwned>() -> Option<&'static [&'static str]> {
    let mut fields = None;
    // It never comes to a value: the fields are told before one is asked for.
    let _ = T::deserialize(Fields(&mut fields));
    fields
}

/// Hears which fields a struct asks for.
struct Fields<'f>(&'f mut Option<&'static [&'static str]>);

impl<'de> Deserializer<'de> for Fields<'_> {
    type Error = Error;

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Error> {
        *self.0 = Some(fields);
        Err(Error::custom("only the names were asked for"))
    }

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        Err(Error::custom("only the names were asked for"))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use super::{fields_of, unknown_of};
    use serde::Deserialize;

    #[derive(Default, Deserialize)]
    #[serde(default)]
    struct Asked {
        district: String,
        #[serde(rename = "type")]
        kind: Option<String>,
    }

    #[test]
    fn a_type_tells_which_names_it_reads() {
        assert_eq!(fields_of::<Asked>(), Some(&["district", "type"][..]));
        assert_eq!(fields_of::<Vec<(String, String)>>(), None, "takes any");
    }

    #[test]
    fn what_nobody_asked_for_is_named_and_what_others_hang_on_is_not() {
        let names = ["distrct", "district", "utm_source", "fbclid", "lang", "<script>", "distrct"];
        let unknown = unknown_of(names.into_iter().map(str::to_owned), &["district"]);
        assert_eq!(unknown, ["<script>", "distrct"]);
        assert_eq!(unknown_of(std::iter::once("x".repeat(99)), &[])[0].len(), 40);
    }
}
