//! JSON read as the fields of a form: `{"lat": 1.5, "attributes": {"SIZE": "L", "TAGS": ["a", "b"]}}`
//! is `lat=1.5`, `attributes[SIZE]=L`, `attributes[TAGS]=a`, `attributes[TAGS]=b`.

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::{collections::BTreeSet, fmt};

/// Objects and lists may stand inside one another this deep.
const DEPTH_LIMIT: usize = 3;

/// The fields of one JSON object. A key that stands twice is an error, never a silent choice.
pub(super) struct Flat(pub Vec<(String, String)>);

impl Flat {
    /// Reads the bytes of an object with at most so many fields.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    pub(super) fn read(bytes: &[u8], most: usize) -> Result<Self, serde_json::Error> {
        let mut fields = Vec::new();
        let mut reader = serde_json::Deserializer::from_slice(bytes);
        Part { name: String::new(), depth: 0, fields: &mut fields, most }.deserialize(&mut reader)?;
        reader.end()?;
        Ok(Self(fields))
    }
}

struct Part<'f> {
    name: String,
    depth: usize,
    fields: &'f mut Vec<(String, String)>,
    most: usize,
}

impl Part<'_> {
    fn keep<E: Error>(self, value: String) -> Result<(), E> {
        if self.depth == 0 {
            return Err(E::custom("send a JSON object with named fields"));
        }
        if self.fields.len() >= self.most {
            return Err(E::custom(format!("at most {} fields", self.most)));
        }
        self.fields.push((self.name, value));
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Part<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        if self.depth > DEPTH_LIMIT {
            return Err(D::Error::custom(format!("at most {DEPTH_LIMIT} levels of nesting")));
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Part<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object of texts, numbers, truth values, lists and one more level of objects")
    }
    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.keep(value.to_string())
    }
    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.keep(value.to_string())
    }
    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.keep(value.to_string())
    }
    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        self.keep(value.to_string())
    }
    fn visit_str<E: Error>(self, value: &str) -> Result<(), E> {
        self.keep(value.to_owned())
    }
    /// `null` is an absent field.
    fn visit_unit<E: Error>(self) -> Result<(), E> {
        if self.depth == 0 { Err(E::custom("send a JSON object with named fields")) } else { Ok(()) }
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        if self.depth == 0 {
            return Err(A::Error::custom("send a JSON object with named fields, not a list"));
        }
        while list
            .next_element_seed(Part {
                name: self.name.clone(),
                depth: self.depth + 1,
                fields: &mut *self.fields,
                most: self.most,
            })?
            .is_some()
        {}
        Ok(())
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut seen = BTreeSet::new();
        while let Some(key) = map.next_key::<String>()? {
            if !seen.insert(key.clone()) {
                return Err(A::Error::custom(format!("the key “{key}” stands twice")));
            }
            let name = if self.depth == 0 { key } else { format!("{}[{key}]", self.name) };
            map.next_value_seed(Part { name, depth: self.depth + 1, fields: &mut *self.fields, most: self.most })?;
        }
        Ok(())
    }
}
