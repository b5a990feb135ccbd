//! Where something is promised: one thing, or everything that a matter offers.

use super::list::{ListView, choices};
use crate::{
    acts,
    commands::{Adoption, Making, adopt, make, promised_before},
    decide::MakeCommitment,
    model::Commitment,
    views::{Eyes, Organisations, organisations},
};
use axum::{extract::State, http::StatusCode};
use civic::{Language, Subject};
use database::{DbError, Tx};
use places::Districts;
use serde::Deserialize;
use web::{
    Answer, Frame, Stop, Town, Visit, Wants,
    answer::{json_with, page_with, see_other_saying},
    forms::{FormErrors, Submission},
    locals::{LocalField, labelled_fields},
    manifest::{Brief, Catalogue, Offer},
    money::money,
    parts::Choice,
    visit::Query,
};

/// What a new promise grows out of.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    from: String,
}

/// An offer to tick.
struct OfferLine {
    value: String,
    title: String,
    detail: String,
    promised: Vec<String>,
    picked: bool,
}

#[derive(askama::Template)]
#[template(path = "new.html")]
struct NewPage {
    frame: Frame,
    errors: FormErrors,
    from: String,
    origin: Option<(String, String)>,
    offers: Vec<OfferLine>,
    organisations: Vec<Choice>,
    titles: Vec<LocalField>,
    summaries: Vec<LocalField>,
    due: String,
    budgeted: String,
    currency: String,
    districts: Vec<Choice>,
    lat: String,
    long: String,
    bounds: String,
    milestones: String,
}

/// What was typed into one of the two forms.
#[derive(Default)]
struct Typed {
    command: MakeCommitment,
    organisation: String,
    picked: Vec<String>,
}

/// What the page has to know of the database.
struct Known {
    organisations: Organisations,
    origin: Option<Brief>,
    /// The code of the organisation that answers for what it grows out of.
    answers: Option<String>,
    offers: Vec<(Offer, Vec<String>)>,
}

/// GET /commitments/new
pub async fn form(State(town): State<Town>, visit: Visit, Query(asked): Query<Asked>) -> Answer {
    let from = if asked.from.is_empty() { None } else { Some(subject_of(&asked.from).ok_or(Stop::NotFound)?) };
    render(&town, &visit, from, None, FormErrors::default(), StatusCode::OK).await
}

/// A subject written as `kind/id`.
fn subject_of(text: &str) -> Option<Subject> {
    let (kind, id) = text.split_once('/')?;
    Some(Subject { kind: kind.to_owned(), id: id.to_owned() })
        .filter(|subject| !subject.kind.is_empty() && !subject.id.is_empty())
}

async fn render(
    town: &Town,
    visit: &Visit,
    from: Option<Subject>,
    typed: Option<Typed>,
    errors: FormErrors,
    status: StatusCode,
) -> Answer {
    let (own, asked, language) = (town.clone(), from.clone(), visit.t.language());
    let look = move |tx: &mut Tx<'_>| known(&own, tx, asked.as_ref(), language);
    let known = town.db().read(look).await.map_err(Stop::from)?;
    if from.is_some() && known.origin.is_none() {
        return Err(Stop::NotFound);
    }
    let typed = typed.unwrap_or_else(|| suggested(&known, language));
    page_with(status, &compose(town, visit, from, &known, &typed, errors))
}

fn known(town: &Town, tx: &mut Tx<'_>, from: Option<&Subject>, language: Language) -> Result<Known, DbError> {
    let organisations = organisations(tx)?;
    let Some(from) = from else {
        return Ok(Known { organisations, origin: None, answers: None, offers: Vec::new() });
    };
    let catalogue = town.part::<Catalogue>();
    let origin = catalogue.briefs(town, tx, std::slice::from_ref(from), language)?.pop();
    let mut offers = Vec::new();
    for offer in catalogue.offers(town, tx, from)?.unwrap_or_default() {
        let promised = promised_before(town, tx, &offer)?;
        offers.push((offer, promised));
    }
    let answers =
        catalogue.who_answers_for(tx, from)?.and_then(|id| organisations.get(&id).map(|one| one.code.clone()));
    Ok(Known { organisations, origin, answers, offers })
}

/// What it is called where it grows out of is a beginning, and so is who answers for that.
fn suggested(known: &Known, language: Language) -> Typed {
    let title =
        known.origin.iter().map(|brief| (language, brief.title.chars().take(crate::model::TITLE_LIMIT).collect()));
    let picked =
        known.offers.iter().filter(|(_, promised)| promised.is_empty()).map(|(offer, _)| offer.subject.to_string());
    // Where all offers name one organisation, or one day, so does the form.
    let common = |of: fn(&Offer) -> Option<String>| {
        let mut all = known.offers.iter().map(|(offer, _)| of(offer));
        let first = all.next().flatten()?;
        all.all(|other| other.as_ref() == Some(&first)).then_some(first)
    };
    let organisation = common(|offer| offer.organisation.map(|id| id.text()));
    let organisation = organisation.and_then(|id| Some(known.organisations.get(&id.parse().ok()?)?.code.clone()));
    let due = common(|offer| offer.due_on.clone()).unwrap_or_default();
    Typed {
        command: MakeCommitment { title: title.collect(), due, ..MakeCommitment::default() },
        organisation: organisation.or_else(|| known.answers.clone()).unwrap_or_default(),
        picked: picked.collect(),
    }
}

fn compose(
    town: &Town,
    visit: &Visit,
    from: Option<Subject>,
    known: &Known,
    typed: &Typed,
    errors: FormErrors,
) -> NewPage {
    let t = &visit.t;
    let command = &typed.command;
    let origin = known.origin.as_ref().zip(from.as_ref());
    let page = |subject: &Subject| town.part::<Catalogue>().page_of(&subject.kind, &subject.id).unwrap_or_default();
    NewPage {
        frame: Frame::new(town, visit, t.say("commitment-make")),
        errors,
        origin: origin.map(|(brief, subject)| (page(subject), brief.title.clone())),
        from: from.map(|subject| subject.to_string()).unwrap_or_default(),
        offers: known.offers.iter().map(|(offer, promised)| offer_line(visit, known, offer, promised, typed)).collect(),
        organisations: own_organisations(visit, &known.organisations, &typed.organisation),
        titles: labelled_fields(visit, &town.settings().languages, "title", "commitment-title-in", |language| {
            command.title.get(&language).map(String::as_str)
        }),
        summaries: labelled_fields(visit, &town.settings().languages, "summary", "commitment-summary-in", |language| {
            command.summary.get(&language).map(String::as_str)
        }),
        due: command.due.clone(),
        budgeted: command.budgeted.clone(),
        currency: town.settings().currency.to_string(),
        districts: choices(t.say("commitment-no-district"), town.part::<Districts>().all(), &command.district),
        lat: command.lat.clone(),
        long: command.long.clone(),
        bounds: town.part::<Districts>().bounds_text(),
        milestones: command.milestones.clone(),
    }
}

fn offer_line(visit: &Visit, known: &Known, offer: &Offer, promised: &[String], typed: &Typed) -> OfferLine {
    let value = offer.subject.to_string();
    let cost = offer.cost.map(|cost| money(cost, visit.t.language()));
    let organisation = offer.organisation.and_then(|id| known.organisations.get(&id));
    let organisation = organisation.map(|one| one.name.in_language(visit.t.language()).to_owned());
    let settled = organisation.into_iter().chain(offer.due_on.clone());
    OfferLine {
        title: offer.title.clone(),
        detail: cost.into_iter().chain(settled).chain([offer.subject.id.clone()]).collect::<Vec<_>>().join(" · "),
        picked: promised.is_empty() && typed.picked.contains(&value),
        promised: promised.to_vec(),
        value,
    }
}

/// The organisations for which the reader may promise something.
fn own_organisations(visit: &Visit, all: &Organisations, chosen: &str) -> Vec<Choice> {
    let language = visit.t.language();
    let may = all.values().filter(|one| visit.actor.may_for(&acts::MAKE, Some(one.id)));
    let mut named: Vec<_> = may.map(|one| (one.code.clone(), one.name.in_language(language).to_owned())).collect();
    named.sort_by(|one, other| one.1.cmp(&other.1));
    let only = if let [(code, _)] = named.as_slice() { code.clone() } else { chosen.to_owned() };
    choices(visit.t.say("commitment-choose"), named, &only)
}

/// POST /commitments
pub async fn save(State(town): State<Town>, visit: Visit, form: Submission) -> Answer {
    let from = form.all("from").chain(form.all("from[]")).map(|text| subject_of(text).ok_or(Stop::NotFound));
    let from = from.collect::<Result<Vec<_>, _>>()?;
    let typed = Typed {
        command: read(&form),
        organisation: form.text("organisation").unwrap_or_default().to_owned(),
        picked: Vec::new(),
    };
    let making =
        Making { organisation: typed.organisation.clone(), command: typed.command.clone(), from: from.clone() };
    match make(&town, visit.actor.clone(), making).await {
        Ok(made) if visit.wants == Wants::Html => {
            see_other_saying(&format!("/commitments/{}", made.code), "flash-commitment-made")
        }
        Ok(made) => {
            let organisations = town.db().read(organisations).await.map_err(Stop::from)?;
            json_with(StatusCode::CREATED, &Eyes::new(&town, visit.t.language(), organisations).row(&made))
        }
        Err(Stop::Refused(refusals)) if visit.wants == Wants::Html => {
            let status = refusals.first().map_or(StatusCode::UNPROCESSABLE_ENTITY, |refusal| refusal.status);
            let first = from.into_iter().next();
            render(&town, &visit, first, Some(typed), FormErrors::of(&refusals, &visit.t), status).await
        }
        Err(stop) => Err(stop),
    }
}

fn read(form: &Submission) -> MakeCommitment {
    let field = |name: &str| form.text(name).unwrap_or_default().to_owned();
    let texts = |name: &str| {
        let of = |(language, text): (&str, &str)| {
            Some((Language::ALL.into_iter().find(|one| one.tag() == language)?, text.to_owned()))
        };
        form.keyed(name).filter_map(of).collect()
    };
    MakeCommitment {
        title: texts("title"),
        summary: texts("summary"),
        due: field("due"),
        budgeted: field("budgeted"),
        district: field("district"),
        lat: field("lat"),
        long: field("long"),
        milestones: form.raw("milestones").unwrap_or_default().to_owned(),
    }
}

/// POST /commitments/adopt
pub async fn adopt_offers(State(town): State<Town>, visit: Visit, form: Submission) -> Answer {
    let from = form.text("from").and_then(subject_of).ok_or(Stop::NotFound)?;
    let picked: Vec<String> = form.all("pick").chain(form.all("pick[]")).map(str::to_owned).collect();
    let organisation = form.text("organisation").unwrap_or_default().to_owned();
    let due = form.text("due").unwrap_or_default().to_owned();
    let adoption = Adoption {
        organisation: organisation.clone(),
        from: from.clone(),
        picked: picked.iter().filter_map(|text| subject_of(text)).collect(),
        due: due.clone(),
    };
    match adopt(&town, visit.actor.clone(), adoption).await {
        Ok(_) if visit.wants == Wants::Html => {
            see_other_saying(&format!("/thread/{}/{}", from.kind, from.id), "flash-commitments-adopted")
        }
        Ok(adopted) => adopted_view(&town, &visit, &adopted).await,
        Err(Stop::Refused(refusals)) if visit.wants == Wants::Html => {
            let status = refusals.first().map_or(StatusCode::UNPROCESSABLE_ENTITY, |refusal| refusal.status);
            let typed = Typed { command: MakeCommitment { due, ..MakeCommitment::default() }, organisation, picked };
            render(&town, &visit, Some(from), Some(typed), FormErrors::of(&refusals, &visit.t), status).await
        }
        Err(stop) => Err(stop),
    }
}

async fn adopted_view(town: &Town, visit: &Visit, adopted: &[Commitment]) -> Answer {
    let organisations = town.db().read(organisations).await.map_err(Stop::from)?;
    let eyes = Eyes::new(town, visit.t.language(), organisations);
    let commitments = adopted.iter().map(|one| eyes.row(one)).collect();
    json_with(StatusCode::CREATED, &ListView { commitments, next: None })
}
