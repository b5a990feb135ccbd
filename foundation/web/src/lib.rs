//! Pages, forms, errors and the manifest by which a room joins the house.
//!
//! A request passes: address suffix → visit (actor, language, wanted form) →
//! guard of the route (act, same origin, limits) → handler → answer, or one of
//! the three ways to stop, which only this crate turns into HTTP.

pub mod answer;
pub mod assets;
pub mod calendar;
pub mod chart;
pub mod dates;
pub mod escalation;
pub mod feed;
pub mod forms;
pub mod frame;
pub mod guard;
pub mod hues;
pub mod icons;
pub mod limits;
pub mod locals;
pub mod manifest;
pub mod map;
pub mod moderated;
pub mod money;
pub mod openapi;
mod other_sites;
pub mod paging;
pub mod parts;
mod query;
pub mod serve;
pub mod slow;
pub mod stop;
pub mod stopping;
pub mod table;
pub mod town;
pub mod views;
pub mod visit;
pub mod words;

pub use answer::{page, see_other};
pub use frame::{Alternate, DemoBar, Frame, LanguageLink, NavGroup, NavItem};
pub use manifest::{Doc, Door, Room, Route, Saying, SubjectInfo, Twin};
pub use stop::{Answer, Refusal, Stop};
pub use town::{Settings, Town, TownParts};
pub use visit::{Visit, Wants};
pub use words::{Sayings, Words};

/// The words of this crate: the frame, the components and the stops.
pub const MESSAGES: &[(civic::Language, &str)] = &[
    (civic::Language::En, include_str!("../messages/en/frame.ftl")),
    (civic::Language::En, include_str!("../messages/en/stops.ftl")),
    (civic::Language::Es, include_str!("../messages/es/frame.ftl")),
    (civic::Language::Es, include_str!("../messages/es/stops.ftl")),
    (civic::Language::Ar, include_str!("../messages/ar/frame.ftl")),
    (civic::Language::Ar, include_str!("../messages/ar/stops.ftl")),
];
