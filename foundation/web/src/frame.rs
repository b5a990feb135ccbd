//! What stands around every page: head, navigation, footer.

use crate::{Sayings, Town, Visit, Wants, manifest::Catalogue};
use askama::Template;
use civic::Language;
use std::sync::Arc;

/// Everything the template `frame.html` needs.
pub struct Frame {
    /// The language of the page.
    pub lang: &'static str,
    /// `ltr` or `rtl`.
    pub dir: &'static str,
    /// The title of the page, without the town's name.
    pub title: String,
    /// A sentence for search engines and link previews.
    pub description: String,
    /// The town's name.
    pub town_name: String,
    /// The line under it.
    pub town_tagline: String,
    /// The doors this reader sees, one group for each colour.
    pub nav: Vec<NavGroup>,
    /// The same page in other languages.
    pub languages: Vec<LanguageLink>,
    /// How the reader is greeted, when signed in.
    pub actor_name: Option<String>,
    /// The stylesheet.
    pub css_path: &'static str,
    /// The stylesheet of the town's own colours; empty where it has none.
    pub hues_path: String,
    /// The script, when this edition has one.
    pub js_path: Option<&'static str>,
    /// Fonts to load early.
    pub preload: &'static [&'static str],
    /// Machine twins of the page.
    pub alternates: Vec<Alternate>,
    /// A sentence the page before left.
    pub flash: Option<String>,
    /// What of the address was not understood, as a sentence.
    pub not_understood: Option<String>,
    /// The persona switcher of the demo.
    pub demo: Option<DemoBar>,
    /// The town's mark, an SVG drawn from its districts.
    pub mark_svg: Arc<str>,
    /// The words.
    pub t: Sayings,
}

/// The page up to what it adds to its `<head>`.
#[derive(Template)]
#[template(path = "frame_head.html")]
struct Head<'a> {
    frame: &'a Frame,
}

/// The page from there to its content.
#[derive(Template)]
#[template(path = "frame_top.html")]
struct Top<'a> {
    frame: &'a Frame,
}

/// The page after its content.
#[derive(Template)]
#[template(path = "frame_foot.html")]
struct Foot<'a> {
    frame: &'a Frame,
}

/// The links of the navigation that share a colour: report, part, apply, explore or desk. Never empty.
pub struct NavGroup {
    /// The colour.
    pub door: &'static str,
    /// Its words.
    pub label: String,
    /// Its links, in their order.
    pub items: Vec<NavItem>,
}

impl NavGroup {
    /// Whether the page is behind one of its links.
    pub fn current(&self) -> bool {
        self.items.iter().any(|item| item.current)
    }
}

/// A link of the navigation.
pub struct NavItem {
    /// Where it leads.
    pub href: &'static str,
    /// Its words.
    pub label: String,
    /// Whether the page is behind this door.
    pub current: bool,
}

/// The page in another language.
pub struct LanguageLink {
    /// Switches to it, and comes back.
    pub href: String,
    /// What its speakers call it.
    pub label: &'static str,
    /// Its tag.
    pub lang: &'static str,
}

/// A machine twin.
pub struct Alternate {
    /// Its media type.
    pub rel_type: &'static str,
    /// Its address.
    pub href: String,
    /// What people call it.
    pub label: &'static str,
}

/// The bar of the demo.
pub struct DemoBar {
    /// What it says: that this is a demo, and what day it is there.
    pub text: String,
    /// Address of the form, label, whether it is the present one.
    pub personas: Vec<(String, String, bool)>,
}

/// The town's mark, installed by `places` from its districts.
pub struct Mark(pub std::sync::RwLock<Arc<str>>);

/// The demo's personas: handle and Fluent key. Installed in a demo only.
pub struct Personas(pub Vec<(&'static str, &'static str)>);

impl Frame {
    /// The frame of a page with this title.
    pub fn new(town: &Town, visit: &Visit, title: impl Into<String>) -> Self {
        let t = visit.t.clone();
        let language = t.language();
        let settings = town.settings();
        Self {
            lang: language.tag(),
            dir: language.direction(),
            title: title.into(),
            description: settings.tagline.in_language(language).to_owned(),
            town_name: settings.name.in_language(language).to_owned(),
            town_tagline: settings.tagline.in_language(language).to_owned(),
            nav: nav(town, visit),
            languages: languages(settings.languages.as_slice(), visit),
            actor_name: visit.actor.is_known().then(|| visit.actor.name.clone()),
            css_path: crate::assets::APP_CSS,
            hues_path: hues_path(settings),
            js_path: crate::assets::APP_JS,
            preload: crate::assets::PRELOAD,
            alternates: Vec::new(),
            flash: visit.flash.as_deref().filter(|key| t.has(key)).map(|key| t.say(key).to_owned()),
            not_understood: not_understood(visit),
            demo: demo_bar(town, visit),
            mark_svg: town.part::<Mark>().0.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone(),
            t,
        }
    }

    /// What the page begins with, up to what it adds to its `<head>`. HTML.
    ///
    /// # Errors
    /// When the template cannot be rendered.
    pub fn head(&self) -> askama::Result<String> {
        Head { frame: self }.render()
    }

    /// From there to the beginning of its content. HTML.
    ///
    /// # Errors
    /// As [`Frame::head`].
    pub fn top(&self) -> askama::Result<String> {
        Top { frame: self }.render()
    }

    /// What follows the content. HTML.
    ///
    /// # Errors
    /// As [`Frame::head`].
    pub fn foot(&self) -> askama::Result<String> {
        Foot { frame: self }.render()
    }

    /// Says what the page is about, for search engines and previews.
    #[must_use]
    pub fn describe(mut self, description: impl Into<String>) -> Self {
        self.description = description.into();
        self
    }

    /// Offers these machine twins of the page.
    #[must_use]
    pub fn twins(mut self, visit: &Visit, twins: &[Wants]) -> Self {
        self.alternates = twins.iter().map(|twin| alternate(visit, *twin)).collect();
        self
    }
}

/// Says which words of the address filter nothing.
fn not_understood(visit: &Visit) -> Option<String> {
    let names = visit.not_understood.get()?;
    Some(visit.t.with1("frame-not-understood", "names", names.join(", ")))
}

/// Where the stylesheet of the town's own colours is; another address when they change, so that it can be kept.
pub fn hues_path(settings: &crate::Settings) -> String {
    if settings.hues.is_empty() {
        return String::new();
    }
    let words: Vec<String> =
        settings.hues.iter().map(|(door, colour)| format!("{door}{colour}").replace('#', "")).collect();
    format!("/town.css?{}", words.join("."))
}

/// The groups in their order everywhere; one that is none of these comes last.
const GROUPS: [&str; 5] = ["report", "part", "apply", "explore", "desk"];

/// The groups, each with its doors in order.
fn nav(town: &Town, visit: &Visit) -> Vec<NavGroup> {
    let path = visit.uri.path();
    let mut groups: Vec<NavGroup> = Vec::new();
    for door in town.part::<Catalogue>().doors.iter().filter(|door| visit.actor.may(&door.act)) {
        let item = NavItem {
            href: door.href,
            label: visit.t.say(door.key).to_owned(),
            current: path == door.href || path.strip_prefix(door.href).is_some_and(|rest| rest.starts_with('/')),
        };
        match groups.iter_mut().find(|group| group.door == door.door) {
            Some(group) => group.items.push(item),
            None => {
                let label = visit.t.say(&format!("frame-door-{}", door.door)).to_owned();
                groups.push(NavGroup { door: door.door, label, items: vec![item] });
            }
        }
    }
    groups.sort_by_key(|group| GROUPS.iter().position(|door| *door == group.door).unwrap_or(GROUPS.len()));
    groups
}

fn languages(offered: &[Language], visit: &Visit) -> Vec<LanguageLink> {
    let back = visit.uri.path_and_query().map_or("/", |path| path.as_str());
    let mut encoded = String::new();
    for part in form_encode(back) {
        encoded.push_str(part);
    }
    offered
        .iter()
        .filter(|language| **language != visit.t.language())
        .map(|language| LanguageLink {
            href: format!("/language/{}?back={encoded}", language.tag()),
            label: language.own_name(),
            lang: language.tag(),
        })
        .collect()
}

/// Percent-encodes a path for use as a query value.
fn form_encode(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(|_: char| true).map(|piece| match piece {
        "&" => "%26",
        "?" => "%3F",
        "=" => "%3D",
        "#" => "%23",
        "+" => "%2B",
        "%" => "%25",
        other => other,
    })
}

fn alternate(visit: &Visit, twin: Wants) -> Alternate {
    let path = visit.uri.path();
    let path = if path == "/" { "/index" } else { path };
    let query = visit.uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    let label = match twin {
        Wants::Html => "HTML",
        Wants::Json => "JSON",
        Wants::Csv => "CSV",
        Wants::GeoJson => "GeoJSON",
        Wants::Rss => "RSS",
    };
    Alternate { rel_type: twin.media_type(), href: format!("{path}.{}{query}", twin.suffix()), label }
}

fn demo_bar(town: &Town, visit: &Visit) -> Option<DemoBar> {
    if !town.settings().demo {
        return None;
    }
    let personas = town.part::<Personas>().0.iter();
    let personas = personas
        .map(|(name, key)| {
            let current = visit.actor.handle.starts_with(name) || (*name == "visitor" && !visit.actor.is_known());
            (format!("/demo/be/{name}"), visit.t.say(key).to_owned(), current)
        })
        .collect();
    let text = visit.t.with1("frame-demo", "date", visit.date(visit.at));
    Some(DemoBar { text, personas })
}
