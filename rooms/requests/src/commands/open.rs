//! Somebody reports a problem.

use super::hash_of;
use crate::{
    category::CategoryBook,
    decide::{self, OpenFacts, OpenRequest, Opening, Where},
    model::{HistoryStep, ServiceRequest, Source, State},
    moderated,
    room::Books,
    store, unpublished,
};
use civic::{Actor, Chance, Code, Language, Moment, RequestId, Role, secret};
use commons::moderation::{Seen, Text, watch};
use database::{DbError, Done, OffRecord, Tx};
use people::{
    EmailAddress,
    mail::{self, Mail},
};
use places::Districts;
use record::Entry;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
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
    /// Whether an officer takes it down for somebody else, and the language that person reads: then it is nobody's account's.
    pub for_somebody: Option<Language>,
    /// A key of the sender's, by which the same report sent again is stored once.
    pub sent: Option<Sent>,
}

/// By what a report is known again that is sent twice, as after a lost answer (draft-ietf-httpapi-idempotency-key-header-07).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// The key that the sender drew; see [`crate::decide::read_sent_key`].
    pub key: String,
    /// The SHA-256 of all that was sent with it, in hexadecimal.
    pub fingerprint: String,
}

/// A report that was opened.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The request.
    pub request: ServiceRequest,
    /// The secret of its private link, known to the reporter only.
    pub secret: String,
    /// Whether its words are held back until somebody has read them: a moderator, or the desk where the category says so.
    pub held: bool,
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
    let own = town.clone();
    async move {
        let (opening, organisation) = decided?;
        let due = own.part::<Books>().due_from(&opening.0.category, organisation, &own.settings().calendar, now);
        let writing = Writing { town: own.clone(), opening, organisation, source, due, actor, report, now };
        own.db().write(move |tx| writing.write(tx, &*chance)).await
    }
}

/// A report about to be written.
struct Writing {
    town: Town,
    opening: (Opening, crate::model::Contact),
    organisation: civic::OrganisationId,
    source: Source,
    due: Option<Moment>,
    actor: Actor,
    report: NewReport,
    now: Moment,
}

impl Writing {
    /// Writes it with all that belongs to it; what was sent before is answered as it was.
    fn write(self, tx: &mut Tx<'_>, chance: &dyn Chance) -> Result<Done<Opened>, Stop> {
        let secret = match &self.report.sent {
            Some(sent) => {
                let salt = secret(chance);
                if !store::claim_sent(tx, &sent.key_hash(), &sent.fingerprint, &salt, self.now)? {
                    let before = sent_before(tx, sent)?;
                    return tx
                        .commit(OffRecord("it was sent before, and is on the record since"), before)
                        .map_err(Stop::from);
                }
                sent.own_secret(&salt)
            }
            None => secret(chance),
        };
        let Self { town, opening: (opening, contact), organisation, source, due, actor, report, now } = self;
        check_pace(tx, &town, &actor, now)?;
        let mut request = new_request(tx, opening, organisation, source, &actor, now, chance)?;
        request.due_at = due;
        request.first_due_at = due;
        if report.for_somebody.is_some() {
            // Who takes a report down is not who reported.
            (request.reporter, request.reporter_id) = (Actor::visitor(actor.language).handle, None);
        }
        store::insert(tx, &request)?;
        let language = report.for_somebody.unwrap_or(actor.language);
        store::save_reporter(tx, request.id, &hash_of(&secret), &contact, language.tag())?;
        if let Some(email) = contact.email.as_deref().and_then(|email| email.parse().ok()) {
            let letter = Letter { town: &town, request: &request, secret: &secret, email };
            letter.write(tx, language, now, chance)?;
        }
        if let Some(photo) = &report.photo {
            commons::files::attach(tx, photo, &request.subject())?;
        }
        if let Some(draft) = &report.draft {
            store::keep_set_aside(tx, &request, draft, now)?;
            store::forget_draft(tx, draft)?;
        }
        if let Some(sent) = &report.sent {
            store::keep_sent_code(tx, &sent.key_hash(), request.code.as_str())?;
        }
        // What the desk reads first needs no score.
        let held = if town.part::<Books>().desk_publishes(&request.category) {
            unpublished::hold_report(tx, &request, now, chance)?
        } else {
            is_held(tx, &request, &actor, now, chance)?
        };
        let entry = opening_entry(&request, held, &actor, now, chance)?;
        store::add_step(tx, request.id, &first_step(&request, &entry, now))?;
        if held {
            request = store::by_code(tx, request.code.as_str())?.ok_or(DbError::NotFound)?;
        }
        tx.commit(entry, Opened { request, secret, held }).map_err(Stop::from)
    }
}

impl Sent {
    /// What the database keeps of the key.
    fn key_hash(&self) -> String {
        hash_of(&self.key)
    }

    /// The secret of the private link: known to whoever has the key and to nobody who has only the database.
    fn own_secret(&self, salt: &str) -> String {
        hash_of(&format!("own {salt} {}", self.key))
    }

    /// Whether a report came with this key before.
    ///
    /// # Errors
    /// Those of the database.
    pub fn is_known(&self, tx: &mut Tx<'_>) -> Result<bool, DbError> {
        Ok(store::sent(tx, &self.key_hash())?.is_some())
    }
}

/// The answer to a report that is sent once more.
fn sent_before(tx: &mut Tx<'_>, sent: &Sent) -> Result<Opened, Stop> {
    let kept = store::sent(tx, &sent.key_hash())?.ok_or(DbError::NotFound)?;
    if kept.fingerprint != sent.fingerprint {
        return Err(web::Refusal::new("sent-key-reused").into());
    }
    let request = store::by_code(tx, &kept.code)?.ok_or(Stop::NotFound)?;
    let held = commons::moderation::notices(tx, &request.subject())?.iter().any(|notice| notice.held);
    Ok(Opened { request, secret: sent.own_secret(&kept.salt), held })
}

/// An account sends no more in an hour than an address may, from wherever it sends; staff and programs send what others told them.
fn check_pace(tx: &mut Tx<'_>, town: &Town, actor: &Actor, now: Moment) -> Result<(), Stop> {
    let staff = [Role::Officer, Role::Administrator, Role::Open311].into_iter().any(|role| actor.is(role));
    let Some(person) = actor.person.filter(|_| !staff) else { return Ok(()) };
    let most = i64::from(town.settings().limits.requests_per_hour.get());
    if store::count_made(tx, person, now.plus_seconds(-3_600))? < most {
        return Ok(());
    }
    let left = store::made_back(tx, person, most)?.map_or(1, |at| at.plus_seconds(3_600).seconds_since(now) + 1);
    let refusal = web::Refusal::new("requests-too-often-account").with("most", most);
    Err(refusal.again_in(u32::try_from(left).unwrap_or(1)).into())
}

/// Scores what was written; see [`commons::moderation::spam`].
fn is_held(
    tx: &mut Tx<'_>,
    request: &ServiceRequest,
    actor: &Actor,
    now: Moment,
    chance: &dyn Chance,
) -> Result<bool, DbError> {
    let words = format!("{}\n{}", request.description, moderated::answers(request));
    let text = Text { text: &words, author: actor, sent_before: 0, parts: moderated::HELD };
    Ok(watch(tx, moderated::REQUESTS, &request.subject(), &text, now, chance)? == Seen::Held)
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
    let code = free_code(tx, chance)?;
    Ok(with_code(code, opening, organisation, source, actor, now, chance))
}

/// A new request under a code that is free.
pub(super) fn with_code(
    code: Code,
    opening: Opening,
    organisation: civic::OrganisationId,
    source: Source,
    actor: &Actor,
    now: Moment,
    chance: &dyn Chance,
) -> ServiceRequest {
    ServiceRequest {
        id: RequestId::new(now, chance),
        code,
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
        due_since: None,
        first_due_at: None,
        broken_at: None,
        waiting: None,
        answered_at: None,
        updated_at: now,
        version: 1,
    }
}

fn free_code(tx: &mut Tx<'_>, chance: &dyn Chance) -> Result<Code, DbError> {
    database::free_code(tx, 'R', CODE_LENGTH, chance, store::is_code_taken)
}

/// So many codes that are free and not among those that are `promised`, each different; looked up together. Those that are in
/// use are drawn anew, one character longer.
pub(super) fn free_codes(
    tx: &mut Tx<'_>,
    count: usize,
    promised: &BTreeSet<Code>,
    chance: &dyn Chance,
) -> Result<Vec<Code>, DbError> {
    let mut free: BTreeSet<Code> = BTreeSet::new();
    for longer in 0..CODE_DRAWS {
        let drawn: BTreeSet<Code> = (free.len()..count)
            .map(|_| Code::draw('R', CODE_LENGTH + longer, chance))
            .filter(|code| !free.contains(code) && !promised.contains(code))
            .collect();
        let codes: Vec<&str> = drawn.iter().map(Code::as_str).collect();
        let taken = store::codes_taken(tx, &codes)?;
        free.extend(drawn.into_iter().filter(|code| !taken.contains(code.as_str())));
        if free.len() == count {
            return Ok(free.into_iter().collect());
        }
    }
    Err(DbError::Other("no free codes were drawn in six tries".to_owned()))
}

/// Public: what, where (the pin as it was set), which way. Private, sealed: the words and the contact.
fn opening_entry(
    request: &ServiceRequest,
    held: bool,
    actor: &Actor,
    now: Moment,
    chance: &dyn Chance,
) -> Result<Entry, DbError> {
    let mut what = opening_view(request);
    if held {
        what["held"] = true.into();
    }
    let entry = Entry::about(request.subject(), "request.opened", actor, now, chance);
    entry.publicly(&what)?.privately(&private_words(request), chance)
}

/// What the record says in public of a request that is opened.
pub(super) fn opening_view(request: &ServiceRequest) -> serde_json::Value {
    let place = request.place.map(|place| json!({"lat_micro": place.lat_micro(), "long_micro": place.long_micro()}));
    json!({
        "category": request.category, "district": request.district, "place": place,
        "source": request.source, "to": request.state.word().as_str(), "due": request.due_at.map(Moment::rfc3339),
    })
}

/// What the record seals of it: the words as they were sent.
pub(super) fn private_words(request: &ServiceRequest) -> serde_json::Value {
    json!({"description": request.description, "address": request.address, "attributes": request.attributes})
}

pub(super) fn first_step(request: &ServiceRequest, entry: &Entry, now: Moment) -> HistoryStep {
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
