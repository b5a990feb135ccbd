//! Somebody reports a problem.

use super::hash_of;
use crate::{
    category::CategoryBook,
    decide::{self, OpenFacts, OpenRequest, Opening, Where},
    model::{HistoryStep, ServiceRequest, Source, State},
    room::Books,
    store,
};
use civic::{Actor, Chance, Code, Language, Moment, RequestId, secret};
use database::{DbError, Tx};
use people::{
    EmailAddress,
    mail::{self, Mail},
};
use places::Districts;
use record::Entry;
use serde_json::json;
use std::collections::BTreeMap;
use web::{Stop, Town};

/// The shortest code of a request, in characters after `R-`; it grows when codes run out.
const CODE_LENGTH: usize = 4;
/// Draws before giving up; each is one character longer, so the third is already as good as certain.
const CODE_DRAWS: usize = 6;

/// A report to open, with how it came.
#[derive(Debug, Clone, Default)]
pub struct NewReport {
    /// What was sent.
    pub command: OpenRequest,
    /// By which way it came.
    pub source: Option<Source>,
    /// A photo that was taken in already (see commons), to be shown with the report.
    pub photo: Option<commons::files::StoredPhoto>,
    /// The draft to throw away, by the hash of its secret.
    pub draft: Option<String>,
}

/// A report that was opened.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The request.
    pub request: ServiceRequest,
    /// The secret of its private link, known to the reporter only.
    pub secret: String,
}

/// Opens a request.
///
/// # Errors
/// Refusals, one for each thing to put right; faults of the database.
pub fn open_request(
    town: &Town,
    actor: Actor,
    report: NewReport,
) -> impl Future<Output = Result<Opened, Stop>> + Send + 'static {
    let (now, chance) = (town.now(), town.chance_handle());
    let source = report.source.unwrap_or(Source::Web);
    let book = town.part::<Books>().categories();
    let decided = decide_opening(&book, town.part::<Districts>(), &report.command, source);
    let due = town.part::<Books>().due_from(&report.command.category, &town.settings().calendar, now);
    let own = town.clone();
    async move {
        let (opening, organisation) = decided?;
        let secret = secret(&*chance);
        let (secret_hash, kept_secret) = (hash_of(&secret), secret.clone());
        let db = own.db().clone();
        let request = db
            .write(move |tx| {
                let (opening, contact) = opening;
                let mut request = new_request(tx, opening, organisation, source, &actor, now, &*chance)?;
                request.due_at = due;
                store::insert(tx, &request)?;
                store::save_reporter(tx, request.id, &secret_hash, &contact, actor.language.tag())?;
                if let Some(email) = contact.email.as_deref().and_then(|email| email.parse().ok()) {
                    let letter = Letter { town: &own, request: &request, secret: &kept_secret, email };
                    letter.write(tx, actor.language, now, &*chance)?;
                }
                if let Some(photo) = &report.photo {
                    commons::files::attach(tx, photo, &request.subject())?;
                }
                if let Some(draft) = &report.draft {
                    store::forget_draft(tx, draft)?;
                }
                let entry = opening_entry(&request, &actor, now, &*chance)?;
                store::add_step(tx, request.id, &first_step(&request, &entry, now))?;
                tx.commit(entry, request)
            })
            .await
            .map_err(Stop::from)?;
        Ok(Opened { request, secret })
    }
}

/// The mails a reporter gets who left an address: the private link, and the question whether to send news.
struct Letter<'l> {
    town: &'l Town,
    request: &'l ServiceRequest,
    secret: &'l str,
    email: EmailAddress,
}

impl Letter<'_> {
    fn write(&self, tx: &mut Tx<'_>, language: Language, now: Moment, chance: &dyn Chance) -> Result<(), DbError> {
        let (town, code) = (self.town, self.request.code.as_str());
        let t = town.words().of(language);
        let link = town.url(&format!("/requests/{code}/own?key={}", self.secret));
        let values =
            [("code", code.into()), ("page", town.url(&format!("/requests/{code}")).into()), ("link", link.into())];
        let body_text = t.with("mail-opened-body", &values);
        let mail = Mail { to: self.email.clone(), subject: t.with1("mail-opened-subject", "code", code), body_text };
        mail::put(tx, &mail, now, chance)?;
        commons::followers::ask(tx, town, &self.request.subject(), &self.email, language, now, chance)
    }
}

/// What would stand against opening this report now.
///
/// # Errors
/// The refusals.
pub fn judge_opening(town: &Town, command: &OpenRequest) -> Result<(), Vec<web::Refusal>> {
    let book = town.part::<Books>().categories();
    match decide_opening(&book, town.part::<Districts>(), command, Source::Web) {
        Err(Stop::Refused(refusals)) => Err(refusals),
        _ => Ok(()),
    }
}

type Decided = ((Opening, crate::model::Contact), civic::OrganisationId);

fn decide_opening(
    book: &CategoryBook,
    districts: &Districts,
    command: &OpenRequest,
    source: Source,
) -> Result<Decided, Stop> {
    let category = book.get(&command.category).filter(|category| category.active);
    let pin = decide::pin_of(command.lat.as_deref(), command.long.as_deref()).ok().flatten();
    let facts = OpenFacts {
        category,
        located: pin.map_or(Where::NoPin, |pin| locate(districts, pin)),
        has_districts: !districts.is_empty(),
        district_exists: command.district.as_deref().is_some_and(|code| districts.name(code).is_some()),
        source,
    };
    let mut opening = decide::open(&facts, command).map_err(Stop::Refused)?;
    let contact = std::mem::take(&mut opening.contact);
    let organisation = category.map(|category| category.organisation).ok_or(Stop::NotFound)?;
    Ok(((opening, contact), organisation))
}

/// Where a pin lies, in terms of the decision.
pub(crate) fn locate(districts: &Districts, pin: civic::Place) -> Where {
    match districts.locate(pin) {
        Some(code) => Where::Inside(code),
        None => Where::Outside { distance_m: districts.distance_m(pin) },
    }
}

fn new_request(
    tx: &mut Tx<'_>,
    opening: Opening,
    organisation: civic::OrganisationId,
    source: Source,
    actor: &Actor,
    now: Moment,
    chance: &dyn Chance,
) -> Result<ServiceRequest, DbError> {
    Ok(ServiceRequest {
        id: RequestId::new(now, chance),
        code: free_code(tx, chance)?,
        category: opening.category,
        organisation,
        district: opening.district,
        place: opening.place,
        address: opening.address,
        description: opening.description,
        attributes: opening.attributes,
        media_url: opening.media_url,
        source,
        reporter: actor.handle.clone(),
        reporter_id: actor.person,
        state: State::Received,
        opened_at: now,
        due_at: None,
        answered_at: None,
        updated_at: now,
        version: 1,
    })
}

fn free_code(tx: &mut Tx<'_>, chance: &dyn Chance) -> Result<Code, DbError> {
    for longer in 0..CODE_DRAWS {
        let code = Code::draw('R', CODE_LENGTH + longer, chance);
        if !store::is_code_taken(tx, code.as_str())? {
            return Ok(code);
        }
    }
    Err(DbError::Other("no free code was drawn in six tries".to_owned()))
}

/// Public: what, where (the pin as it was set), which way. Private, sealed: the words and the contact.
fn opening_entry(request: &ServiceRequest, actor: &Actor, now: Moment, chance: &dyn Chance) -> Result<Entry, DbError> {
    let place = request.place.map(|place| json!({"lat_micro": place.lat_micro(), "long_micro": place.long_micro()}));
    let what = json!({
        "category": request.category, "district": request.district, "place": place,
        "source": request.source, "to": request.state.word().as_str(), "due": request.due_at.map(Moment::rfc3339),
    });
    let private =
        json!({"description": request.description, "address": request.address, "attributes": request.attributes});
    Entry::about(request.subject(), "request.opened", actor, now, chance).publicly(&what)?.privately(&private, chance)
}

fn first_step(request: &ServiceRequest, entry: &Entry, now: Moment) -> HistoryStep {
    HistoryStep {
        id: entry.id().text(),
        at: now,
        saying: "request.opened".to_owned(),
        actor: request.reporter.clone(),
        agency: String::new(),
        body: String::new(),
        detail: BTreeMap::new(),
        state: request.state.word(),
        internal: false,
    }
}
