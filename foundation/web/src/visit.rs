//! One request by one reader: who, in which language, wanting what form of the answer.

pub use crate::query::{NotUnderstood, Query};

use crate::{Stop, Town, words::Sayings};
use axum::{
    extract::FromRequestParts,
    http::{Method, Uri, request::Parts},
};
use civic::{Actor, Moment};
use jiff::tz::TimeZone;
use std::{convert::Infallible, net::IpAddr, sync::Arc};

/// The form in which the reader wants the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Wants {
    /// A page for people.
    Html,
    /// JSON.
    Json,
    /// A table as comma-separated values (RFC 4180).
    Csv,
    /// Points on a map (RFC 7946).
    GeoJson,
    /// A feed (RSS 2.0).
    Rss,
}

impl Wants {
    /// All machine twins.
    pub const TWINS: [Self; 4] = [Self::Json, Self::Csv, Self::GeoJson, Self::Rss];

    /// The suffix of the address, without the dot; empty for pages.
    pub fn suffix(self) -> &'static str {
        match self {
            Self::Html => "",
            Self::Json => "json",
            Self::Csv => "csv",
            Self::GeoJson => "geojson",
            Self::Rss => "rss",
        }
    }

    /// The media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Html => "text/html; charset=utf-8",
            Self::Json => "application/json",
            Self::Csv => "text/csv; charset=utf-8",
            Self::GeoJson => "application/geo+json",
            Self::Rss => "application/rss+xml; charset=utf-8",
        }
    }
}

/// The forms that a reader takes, the most wanted first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Accepted([Option<Wants>; 5]);

impl Accepted {
    /// One form and no other, as the suffix of an address asks for.
    pub fn only(wants: Wants) -> Self {
        std::iter::once(wants).collect()
    }

    /// The form wanted most; a page where none of ours is named.
    pub fn first(self) -> Wants {
        self.0[0].unwrap_or(Wants::Html)
    }

    /// The form wanted most of those that an address offers; the form wanted most where it offers none of them.
    pub fn first_offered(self, is_offered: impl Fn(Wants) -> bool) -> Wants {
        self.0.into_iter().flatten().find(|wants| is_offered(*wants)).unwrap_or_else(|| self.first())
    }
}

impl FromIterator<Wants> for Accepted {
    /// The forms in their order, each once.
    fn from_iter<I: IntoIterator<Item = Wants>>(forms: I) -> Self {
        let mut accepted = Self::default();
        for wants in forms {
            // Each form has a place of its own, so there is one left or it stands there already.
            if let Some(place) = accepted.0.iter_mut().find(|place| place.is_none_or(|one| one == wants)) {
                *place = Some(wants);
            }
        }
        accepted
    }
}

/// Where a sign-in was found, which decides whether a forged form could ride on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Credential {
    /// None: a visitor.
    None,
    /// A cookie, which browsers send by themselves: unsafe methods need a same-origin check.
    Cookie,
    /// A token the program sent on purpose.
    Token,
}

/// What a handler knows of the request besides its own parameters.
#[derive(Clone)]
pub struct Visit(Arc<Inside>);

/// The facts of a visit, read through [`Visit`].
#[derive(Clone)]
pub struct Inside {
    /// Who.
    pub actor: Actor,
    /// How we know.
    pub credential: Credential,
    /// What form of answer.
    pub wants: Wants,
    /// What forms of answer the reader takes.
    pub accepted: Accepted,
    /// The address asked for, without the suffix of the form.
    pub uri: Uri,
    /// How it was asked for.
    pub method: Method,
    /// From where, for limits only; never stored or logged.
    pub address: IpAddr,
    /// Identifies the request in the log.
    pub request_id: String,
    /// A message that the page before left for this one, as a message key.
    pub flash: Option<String>,
    /// When it came.
    pub at: Moment,
    /// The words of the reader's language.
    pub t: Sayings,
    /// The town's time zone.
    pub zone: TimeZone,
    /// Names in the query that the page does not know.
    pub not_understood: Arc<NotUnderstood>,
}

impl Visit {
    /// Wraps the facts.
    pub fn new(inside: Inside) -> Self {
        Self(Arc::new(inside))
    }

    /// The same visit as a frame of another site makes it: in the language that the frame asks for, and by nobody in particular.
    #[must_use]
    pub fn framed(&self, town: &Town, language: &str) -> Self {
        let t = language.parse().map_or_else(|_| self.t.clone(), |language| town.words().of(language));
        let actor = Actor::visitor(t.language());
        Self::new(Inside { actor, credential: Credential::None, flash: None, t, ..(*self.0).clone() })
    }

    /// The same visit with another form of the answer.
    #[must_use]
    pub(crate) fn wanting(&self, wants: Wants) -> Self {
        Self::new(Inside { wants, ..(*self.0).clone() })
    }

    /// Who is visiting.
    pub fn actor(&self) -> &Actor {
        &self.0.actor
    }

    /// A moment as people of the town write it.
    pub fn date_time(&self, moment: Moment) -> String {
        crate::dates::date_time(moment, &self.0.zone, self.0.t.language())
    }

    /// The day of a moment as people of the town write it.
    pub fn date(&self, moment: Moment) -> String {
        crate::dates::date(moment, &self.0.zone, self.0.t.language())
    }
}

impl std::ops::Deref for Visit {
    type Target = Inside;
    fn deref(&self) -> &Inside {
        &self.0
    }
}

impl FromRequestParts<Town> for Visit {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, _town: &Town) -> Result<Self, Infallible> {
        Ok(parts.extensions.get::<Self>().cloned().expect("serve puts a visit into every request"))
    }
}

/// Path parameters, where anything unreadable is simply not found.
pub struct Path<T>(pub T);

impl<T: serde::de::DeserializeOwned + Send> FromRequestParts<Town> for Path<T> {
    type Rejection = Stop;
    async fn from_request_parts(parts: &mut Parts, town: &Town) -> Result<Self, Stop> {
        // No text in the database can hold this character, so nothing is there under such an address.
        if parts.uri.path().contains("%00") {
            return Err(Stop::NotFound);
        }
        let axum::extract::Path(value) =
            axum::extract::Path::from_request_parts(parts, town).await.map_err(|_| Stop::NotFound)?;
        Ok(Self(value))
    }
}

#[cfg(test)]
mod tests {
    use super::{Accepted, Wants};

    #[test]
    fn every_form_has_its_place_once() {
        let twice = [Wants::Rss, Wants::Json, Wants::Rss, Wants::Html, Wants::Csv, Wants::GeoJson, Wants::Json];
        let accepted: Accepted = twice.into_iter().collect();
        assert_eq!(accepted, [0, 1, 3, 4, 5].map(|place| twice[place]).into_iter().collect());
        assert_eq!(
            (accepted.first(), accepted.first_offered(|wants| wants == Wants::GeoJson)),
            (Wants::Rss, Wants::GeoJson)
        );
        assert_eq!(accepted.first_offered(|_| false), Wants::Rss);
        assert_eq!(Accepted::default().first(), Wants::Html);
    }
}
