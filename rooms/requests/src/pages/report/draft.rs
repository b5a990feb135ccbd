//! What has been filled in so far.

use super::{DRAFT, contact_of};
use crate::{
    commands::{hash_of, judge_opening},
    decide::OpenRequest,
    store::{self, Draft},
};
use places::Districts;
use std::str::FromStr;
use web::{Refusal, Stop, Town, forms::Submission};

/// The pages of a report, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    Where,
    What,
    Contact,
    Check,
}

impl Stage {
    pub(super) const ALL: [Self; 4] = [Self::Where, Self::What, Self::Contact, Self::Check];

    /// As in addresses.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Where => "where",
            Self::What => "what",
            Self::Contact => "contact",
            Self::Check => "check",
        }
    }

    pub(super) fn next(self) -> Self {
        match self {
            Self::Where => Self::What,
            Self::What => Self::Contact,
            Self::Contact | Self::Check => Self::Check,
        }
    }

    pub(super) fn number(self) -> usize {
        Self::ALL.iter().position(|stage| *stage == self).map_or(1, |position| position + 2)
    }

    /// The fields that are asked here.
    fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Where => &["lat", "long", "address", "district"],
            Self::What => &["description"],
            Self::Contact => &["email", "name", "phone"],
            Self::Check => &[],
        }
    }

    /// Whether this page has this field.
    pub(super) fn is_asked_here(self, name: &str) -> bool {
        self.fields().contains(&name) || (self == Self::What && name.starts_with("attribute["))
    }

    /// Whether a refusal can be put right here.
    fn asks(self, refusal: &Refusal) -> bool {
        let field = refusal.field.unwrap_or_default();
        self == Self::Check || self.fields().contains(&field) || (self == Self::What && field == "attribute")
    }
}

impl FromStr for Stage {
    type Err = ();
    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|stage| stage.word() == word).ok_or(())
    }
}

/// The draft behind the secret of an address.
pub(in crate::pages) async fn open_draft(town: &Town, key: &str) -> Result<Draft, Stop> {
    let hash = hash_of(key);
    town.db().read(move |tx| store::draft(tx, &hash)?.ok_or(Stop::NotFound)).await
}

/// Keeps a draft.
pub(in crate::pages) async fn save(town: &Town, key: &str, draft: Draft) -> Result<(), Stop> {
    let (hash, now) = (hash_of(key), town.now());
    town.db()
        .write(move |tx| {
            store::save_draft(tx, &hash, &draft, now)?;
            tx.commit(DRAFT, ()).map_err(Stop::from)
        })
        .await
}

/// Takes the fields of this page into the draft. Returns whether a pin was just set by a click on the map's picture.
pub(super) fn keep_answers(town: &Town, draft: &mut Draft, stage: Stage, form: &Submission) -> bool {
    for field in stage.fields() {
        keep(draft, field, form.text(field));
    }
    if stage == Stage::What {
        draft.fields.retain(|name, _| !name.starts_with("attribute["));
        for (code, value) in form.keyed("attribute").filter(|(_, value)| !value.is_empty()) {
            let values = draft.fields.entry(format!("attribute[{code}]")).or_default();
            if !values.is_empty() {
                values.push('\n');
            }
            values.push_str(value);
        }
    }
    stage == Stage::Where && keep_click(town, draft, form)
}

fn keep(draft: &mut Draft, field: &str, value: Option<&str>) {
    match value {
        Some(value) => draft.fields.insert(field.to_owned(), value.to_owned()),
        None => draft.fields.remove(field),
    };
}

/// A click on `<input type="image" name="map">` sends `map.x` and `map.y`.
fn keep_click(town: &Town, draft: &mut Draft, form: &Submission) -> bool {
    let number = |name| form.text(name).and_then(|text| text.parse::<f64>().ok());
    let (Some(x), Some(y)) = (number("map.x"), number("map.y")) else { return false };
    let zoom = form.text("zoom").unwrap_or_default();
    let Some(place) = town.part::<Districts>().place_of_click(zoom, x, y) else { return false };
    keep(draft, "lat", Some(&place.lat().to_string()));
    keep(draft, "long", Some(&place.long().to_string()));
    true
}

/// The command that the draft amounts to.
pub(in crate::pages) fn command_of(draft: &Draft) -> OpenRequest {
    let field = |name: &str| draft.fields.get(name).cloned();
    let attributes = draft.fields.iter().filter_map(|(name, values)| {
        let code = name.strip_prefix("attribute[")?.strip_suffix(']')?;
        Some(values.split('\n').map(move |value| (code.to_owned(), value.to_owned())))
    });
    OpenRequest {
        category: field("category").unwrap_or_default(),
        lat: field("lat"),
        long: field("long"),
        address: field("address").unwrap_or_default(),
        district: field("district"),
        description: field("description").unwrap_or_default(),
        attributes: attributes.flatten().collect(),
        media_url: None,
        contact: contact_of(field),
    }
}

/// What is to be put right on this page.
pub(super) fn refusals_of(town: &Town, draft: &Draft, stage: Stage) -> Vec<Refusal> {
    let refusals = judge_opening(town, &command_of(draft)).err().unwrap_or_default();
    refusals.into_iter().filter(|refusal| stage.asks(refusal)).collect()
}
