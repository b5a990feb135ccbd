//! What all rooms together say.

use super::{
    Activity, AnswersFor, AskedFor, BriefsOf, Desk, Doc, Door, ErrorShape, FrontPanel, LiveNumbers, NameOf, OffersOf,
    Offshoot, OwnDataset, Privacy, QuietOf, Refresh, Retention, Room, Saying, Sitemap, SubjectInfo,
};
use crate::{Town, Wants};
use axum::http::Method;
use civic::{Act, Language};
use serde_json::Value;

/// What all rooms together say: kept in the town for pages that join them.
#[derive(Default)]
pub struct Catalogue {
    /// The doors, in order.
    pub doors: Vec<Door>,
    /// The sayings of all rooms.
    pub sayings: Vec<Saying>,
    /// The subjects of all rooms.
    pub subjects: Vec<SubjectInfo>,
    /// The panels of the front page.
    pub fronts: Vec<FrontPanel>,
    /// The privacy parts, with the room's name.
    pub privacy: Vec<(&'static str, Privacy)>,
    /// What is not kept for ever.
    pub retention: Vec<Retention>,
    /// What rooms publish of their own activity.
    pub datasets: Vec<OwnDataset>,
    /// The sitemaps.
    pub sitemaps: Vec<Sitemap>,
    /// What to read anew every second.
    pub refreshes: Vec<Refresh>,
    /// Names of codes.
    pub names: Vec<NameOf>,
    /// Live numbers, with the room's name.
    pub numbers: Vec<(&'static str, LiveNumbers)>,
    /// Error shapes of standards.
    pub error_shapes: Vec<ErrorShape>,
    /// What moderators look after.
    pub moderated: Vec<crate::moderated::Moderated>,
    /// Subjects in a line each.
    pub briefs: Vec<BriefsOf>,
    /// What subjects offer.
    pub offers: Vec<OffersOf>,
    /// Who asked for subjects.
    pub asked: Vec<AskedFor>,
    /// Who answers for subjects.
    pub answers_for: Vec<AnswersFor>,
    /// What can grow out of any subject.
    pub offshoots: Vec<Offshoot>,
    /// When subjects take no comments.
    pub quiets: Vec<QuietOf>,
    /// The kinds of subjects whose comments may take a side.
    pub sided: Vec<&'static str>,
    /// The desks of all rooms, by name.
    pub desks: Vec<Desk>,
    /// What people do that they find again under their account.
    pub activity: Vec<Activity>,
    /// The names of the followers of the record.
    pub subscribers: Vec<&'static str>,
    /// Every route: room, method, path, act, twins, doc.
    pub routes: Vec<RouteInfo>,
}

/// What is public of a route: for the API description and for the matrix test.
#[derive(Debug, Clone)]
pub struct RouteInfo {
    /// The room that declares it.
    pub room: &'static str,
    /// Its method.
    pub method: Method,
    /// Its path.
    pub path: &'static str,
    /// Its act.
    pub act: Act,
    /// Its twins.
    pub twins: &'static [Wants],
    /// Whether it is for machines only.
    pub machine: bool,
    /// Its description.
    pub doc: Option<Doc>,
}

impl Catalogue {
    /// Reads the declarations of all rooms.
    pub fn of(rooms: &[Room]) -> Self {
        let mut all = Self::default();
        for room in rooms {
            all.doors.extend(&room.doors);
            all.sayings.extend(room.sayings);
            all.subjects.extend(room.subjects);
            all.fronts.extend(room.front);
            all.privacy.extend(room.privacy.map(|privacy| (room.name, privacy)));
            all.retention.extend(room.retention);
            all.sitemaps.extend(room.sitemap);
            all.datasets.extend(room.datasets);
            all.refreshes.extend(room.refresh);
            all.names.extend(room.names);
            all.numbers.extend(room.numbers.map(|numbers| (room.name, numbers)));
            all.error_shapes.extend(room.error_shape);
            all.moderated.extend(&room.moderated);
            all.briefs.extend(room.briefs);
            all.offers.extend(room.offers);
            all.asked.extend(room.asked);
            all.answers_for.extend(room.answers_for);
            all.offshoots.extend(room.offshoots);
            all.quiets.extend(room.quiet);
            all.sided.extend(room.sided);
            all.desks.extend(room.desk);
            all.activity.extend(room.activity);
            all.subscribers.extend(room.subscribers.iter().map(|subscriber| subscriber.name));
            all.routes.extend(room.routes.iter().map(|route| RouteInfo {
                room: room.name,
                method: route.method.clone(),
                path: route.path,
                act: route.act,
                twins: route.twins,
                machine: route.machine,
                doc: route.doc.clone(),
            }));
        }
        all.doors.sort_by_key(|door| door.order);
        all.desks.sort_by_key(|desk| desk.room);
        all
    }

    /// Where the page of a subject is, when a room owns its kind.
    pub fn page_of(&self, kind: &str, id: &str) -> Option<String> {
        self.subjects.iter().find(|subject| subject.kind == kind).map(|subject| (subject.page)(id))
    }

    /// How moderation meets subjects of this kind, where their room says so.
    pub fn moderated(&self, kind: &str) -> Option<crate::moderated::Moderated> {
        self.moderated.iter().find(|moderated| moderated.kind == kind).copied()
    }

    /// What a code of an entry's public view is called, else the code itself.
    pub fn name_of(&self, town: &Town, field: &str, code: &str, language: Language) -> String {
        self.names.iter().find_map(|name| name(town, field, code, language)).unwrap_or_else(|| code.to_owned())
    }

    /// An entry as a sentence: the message of its saying, with the names of the codes in its public view.
    pub fn sentence(&self, town: &Town, key: &str, entry: &record::Sequenced, language: Language) -> String {
        let what = entry.what();
        let mut values = vec![("subject".to_owned(), entry.subject.id.clone()), ("by".to_owned(), entry.by())];
        let fields = what.as_object().into_iter().flatten();
        let details = what.get("detail").and_then(Value::as_object).into_iter().flatten();
        for (field, value) in fields.chain(details) {
            if let Some(code) = value.as_str() {
                values.push((field.clone(), self.name_of(town, field, code, language)));
            } else if let Some(number) = value.as_i64() {
                values.push((field.clone(), number.to_string()));
            } else if let Some(text) = value.get(language.tag()).or_else(|| value.get("en")).and_then(Value::as_str) {
                values.push((field.clone(), text.to_owned()));
            }
        }
        let values: Vec<_> = values.iter().map(|(name, value)| (name.as_str(), value.into())).collect();
        town.words().of(language).with(key, &values)
    }

    /// The Fluent key of a saying's sentence.
    pub fn saying_key(&self, name: &str) -> Option<&'static str> {
        self.sayings.iter().find(|saying| saying.name == name).map(|saying| saying.key)
    }
}
