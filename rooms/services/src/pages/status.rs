//! One application: what everybody may know of it, and all of it for its applicant.

mod public;
mod told;

use self::public::public;
pub(super) use self::told::status_json;
use self::told::{next, timeline};
use super::{
    apply::private,
    appointments,
    check_answers::lines,
    desk_case::granted,
    fees::{FeeShown, of_application},
    files::{self, Sent},
    joint::{self as joint_pages, JointLine},
    named,
    own::{chip, title_of},
    post::{PaperLine, lines as paper_lines},
    with_status,
};
use crate::{
    again::{self, Revision},
    commands::act_as_applicant,
    decide::ApplicantAct,
    joint::{self, CoApplicant},
    model::{Application, Definition, Look, Outcome, Service, State as Standing, Step as Said},
    post::{self, KeptLetter},
    store, versions,
};
use axum::{extract::State, http::StatusCode};
use database::{DbError, Tx};
use serde::Deserialize;
use web::{
    Answer, Frame, Stop, Town, Visit, Wants,
    answer::{json, page_with, see_other_saying},
    forms::{FormErrors, Submission},
    parts::{CheckLine, Crumb, Step},
    visit::{Path, Query},
};

/// Entries about one application that are looked through: there are at most two.
const RECORDED_LIMIT: u32 = 20;

/// The secret of the private link.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Key {
    pub(super) key: String,
}

/// What the applicant's page shows.
pub(super) struct Own {
    pub(super) one: Application,
    pub(super) definition: Definition,
    pub(super) services: Vec<Service>,
    pub(super) steps: Vec<Said>,
    pub(super) looks: Vec<Look>,
    pub(super) position: Option<u64>,
    pub(super) salt: Option<String>,
    pub(super) sealed_reasons: String,
    /// The names of questions that are open again, and earlier answers.
    pub(super) asked: Vec<String>,
    pub(super) earlier: Vec<Revision>,
    /// Whether the service sees people by appointment.
    pub(super) meets: bool,
    /// Letters as they were written.
    papers: Vec<KeptLetter>,
    /// Who applies together with the first applicant.
    pub(super) joint: Vec<CoApplicant>,
    /// Which of them reads it, where it is not the first.
    pub(super) reader: Option<String>,
}

/// An application for whoever may read all of it: the first applicant, and who has confirmed that they apply too. `None` for everybody
/// else, also for who was only named.
pub(super) async fn own(town: &Town, visit: &Visit, code: &str, key: &str) -> Result<Option<Own>, Stop> {
    let (person, code, key) = (visit.actor.person, code.to_owned(), key.to_owned());
    town.db()
        .read(move |tx| {
            let Some(one) = store::by_code(tx, &code)?.filter(|one| !one.is_erased) else { return Ok(None) };
            let is_owner = person.is_some() && person == one.person;
            let reader = joint::by_key(tx, &code, &key)?.filter(|other| !is_owner && other.consent.is_confirmed());
            let reader = reader.map(|other| other.id);
            if !is_owner && reader.is_none() && (key.is_empty() || !store::is_key(tx, &code, &key)?) {
                return Ok(None);
            }
            let definition = store::version_of(tx, &one.service, one.number)?.ok_or(DbError::NotFound)?;
            let (steps, looks) = (store::steps(tx, &one.code)?, store::looks(tx, &one.code)?);
            let (position, salt, sealed_reasons) = recorded(tx, &one)?;
            Ok(Some(Own {
                asked: again::asked(tx, one.code.as_str())?,
                earlier: again::revisions(tx, one.code.as_str())?,
                meets: crate::appointments::has_plans(tx, &one.service)?,
                definition,
                services: store::services_all(tx)?,
                steps,
                looks,
                position,
                salt,
                sealed_reasons,
                papers: post::all_of(tx, one.code.as_str())?,
                joint: joint::of_owner(tx, one.code.as_str())?,
                reader,
                one,
            }))
        })
        .await
        .map_err(|error: DbError| error.into())
}

/// The place of the decision that holds in the record, the salt of its seal, and the reasons that it seals.
fn recorded(tx: &mut Tx<'_>, one: &Application) -> Result<(Option<u64>, Option<String>, String), DbError> {
    let entries = record::about(tx, &one.subject(), RECORDED_LIMIT)?;
    let Some(entry) = entries.iter().rev().find(|entry| entry.saying.ends_with("decided")) else {
        return Ok((None, None, String::new()));
    };
    let is_before_appeal = entry.saying == "application.decided";
    if is_before_appeal && one.appeal.as_ref().is_some_and(|appeal| appeal.decided_at.is_some()) {
        // The decision on the appeal waits for its place; what was sealed before is no longer what holds.
        return Ok((Some(entry.position), None, String::new()));
    }
    let reasons = match &one.appeal {
        Some(appeal) if entry.saying == "application.appeal-decided" => &appeal.reasons,
        _ => &one.reasons,
    };
    Ok((Some(entry.position), store::salt_of(tx, &entry.id)?, reasons.clone()))
}

#[derive(askama::Template)]
#[template(path = "application.html")]
struct StatusPage {
    frame: Frame,
    errors: FormErrors,
    crumbs: Vec<Crumb>,
    code: String,
    key: String,
    title: String,
    state: String,
    chip: &'static str,
    next: String,
    simulated: bool,
    version: String,
    /// The page of the version at filing.
    version_url: String,
    steps: Vec<Step>,
    letters: Vec<(String, String, String)>,
    /// Letters on paper.
    papers: Vec<PaperLine>,
    missing: String,
    /// Whether questions are open again; else what is missing is answered in words.
    reopens: bool,
    outcome: String,
    may_certify: bool,
    reasons: String,
    /// How much is granted, in words; empty where no money is.
    granted: String,
    may_appeal: String,
    may_withdraw: bool,
    /// Who of those who apply together reads it; empty for the first.
    reader: String,
    joint: Vec<JointLine>,
    answers: Vec<CheckLine>,
    sent: Sent,
    looks: Vec<(String, String, String)>,
    position: Option<u64>,
    sealed: String,
    salt: String,
    finding: Option<crate::rules::Shown>,
    may_meet: bool,
    meeting: String,
    fee: Option<FeeShown>,
}

/// GET /applications/{code}
pub async fn show(
    State(town): State<Town>,
    visit: Visit,
    Path(code): Path<String>,
    Query(asked): Query<Key>,
) -> Answer {
    match of_key(&town, &visit, &code, asked.key, (FormErrors::default(), None)).await {
        Err(Stop::NotFound) => public(&town, &visit, &code).await,
        own => own,
    }
}

/// The page of whoever holds this key: all of it, or the question whether they apply too. Whose link it is comes before who is signed in: they
/// may sit at the computer of the first applicant.
pub(super) async fn of_key(
    town: &Town,
    visit: &Visit,
    code: &str,
    key: String,
    (errors, typed): (FormErrors, Option<&Submission>),
) -> Answer {
    match named::show(town, visit, code, key.clone(), (errors.clone(), typed)).await {
        Err(Stop::NotFound) => {}
        shown => return shown,
    }
    let own = own(town, visit, code, &key).await?.ok_or(Stop::NotFound)?;
    render(town, visit, own, key, errors.not_on_page(|_| true)).await
}

pub(super) fn crumbs(visit: &Visit, one: &Application, title: &str) -> Vec<Crumb> {
    vec![
        Crumb { href: "/services".to_owned(), label: visit.t.say("sv-title").to_owned() },
        Crumb { href: format!("/services/{}", one.service), label: title.to_owned() },
        Crumb { href: String::new(), label: one.code.to_string() },
    ]
}

pub(super) async fn render(town: &Town, visit: &Visit, own: Own, key: String, errors: FormErrors) -> Answer {
    let t = &visit.t;
    let Own {
        one,
        definition,
        services,
        steps,
        looks,
        position,
        salt,
        sealed_reasons,
        asked,
        earlier,
        meets,
        papers,
        joint,
        reader,
    } = own;
    if visit.wants == Wants::Json {
        let mut view = status_json(&one);
        view["joint"] = joint_pages::view(&joint, true);
        view["asked"] = serde_json::json!(asked);
        return Ok(private(json(&view)?));
    }
    let is_first = reader.is_none();
    let joint = joint_pages::lines_with_answers(town, visit, &definition, &joint, &one.state);
    let had = appointments::of_owner(town, one.code.to_string()).await?;
    let meeting = appointments::line(visit, &had);
    let fee = of_application(town, visit, one.code.to_string()).await?;
    let title = title_of(&services, &one.service, t.language());
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let outcome = one.state.outcome();
    let appeal = matches!(one.state, Standing::Decided { .. }).then_some(one.appeal_until).flatten();
    let letters =
        steps.iter().filter(|step| matches!(step.what.as_str(), "letter" | "answered" | "appealed" | "prefilled"));
    let files = files::of_owner(town, one.code.to_string()).await?;
    let answer = page_with(
        status,
        &StatusPage {
            frame: Frame::new(town, visit, t.with1("sv-application", "code", one.code.as_str())),
            errors,
            crumbs: crumbs(visit, &one, &title),
            code: one.code.to_string(),
            state: t.say(&format!("sv-state-{}", one.state.word())).to_owned(),
            chip: chip(&one),
            next: next(visit, &one),
            simulated: one.is_simulated,
            version: t.with1("sv-by-version", "number", one.number),
            version_url: versions::page_of(&one.service, one.number),
            steps: timeline(visit, &steps),
            letters: letters
                .map(|step| {
                    (t.say(&format!("sv-step-{}", step.what)).to_owned(), visit.date_time(step.at), step.body.clone())
                })
                .collect(),
            reopens: !asked.is_empty(),
            papers: paper_lines(visit, &papers, &format!("/applications/{}", one.code), &format!("?key={key}")),
            missing: if let Standing::Incomplete { missing } = &one.state { missing.clone() } else { String::new() },
            may_certify: outcome == Some(Outcome::Granted) && !matches!(one.state, Standing::InAppeal { .. }),
            outcome: outcome
                .map(|outcome| t.say(&format!("sv-outcome-{}", outcome.word())).to_owned())
                .unwrap_or_default(),
            reasons: one.appeal.as_ref().filter(|appeal| appeal.decided_at.is_some()).map_or_else(
                || if outcome.is_some() { one.reasons.clone() } else { String::new() },
                |appeal| appeal.reasons.clone(),
            ),
            granted: outcome.map(|_| granted(visit, town.settings().currency, &one)).unwrap_or_default(),
            may_appeal: appeal
                .filter(|until| *until >= visit.at)
                .map(|until| t.with1("sv-appeal-until", "date", visit.date(until)))
                .unwrap_or_default(),
            may_withdraw: is_first && one.state.is_open() && !matches!(one.state, Standing::InAppeal { .. }),
            reader: reader.unwrap_or_default(),
            joint,
            answers: lines(town, visit, &definition.form, &one.answers, ""),
            sent: files::sent(&one, &definition.form, &files, |id| {
                format!("/applications/{}/photo/{id}?key={key}", one.code)
            }),
            looks: looks
                .iter()
                .map(|look| {
                    (visit.date_time(look.at), who(t, &look.actor), t.say(&format!("sv-look-{}", look.why)).to_owned())
                })
                .collect(),
            sealed: salt
                .as_ref()
                .map(|_| crate::commands::sealed(&one, &sealed_reasons, &earlier).map(|sealed| sealed.to_string()))
                .transpose()?
                .unwrap_or_default(),
            salt: salt.unwrap_or_default(),
            finding: crate::rules::shown(
                &one.finding,
                (&definition, &one.answers, one.filed_at.in_zone(&town.settings().zone).date()),
                (t, town.settings().currency),
                crate::rules::Whose::Reader,
            ),
            position,
            key,
            title,
            may_meet: is_first
                && (meets || !meeting.is_empty())
                && !matches!(one.state, Standing::Withdrawn | Standing::Closed { .. }),
            meeting,
            fee: fee.map(|fee| FeeShown { may_pay: fee.may_pay && is_first, ..fee }),
        },
    )?;
    Ok(private(answer))
}

/// GET /applications/{code}/photo/{file}
pub async fn photo(
    State(town): State<Town>,
    visit: Visit,
    Path((code, file)): Path<(String, String)>,
    Query(asked): Query<Key>,
) -> Answer {
    // What was uploaded is among the answers.
    let may_read = match own(&town, &visit, &code, &asked.key).await? {
        Some(_) => true,
        None => named::reads_answers(&town, &code, &asked.key).await?,
    };
    if !may_read {
        return Err(Stop::NotFound);
    }
    files::given(&town, code, file).await
}

/// POST /applications/{code}/{act}
pub async fn act(
    State(town): State<Town>,
    visit: Visit,
    Path((code, act)): Path<(String, String)>,
    form: Submission,
) -> Answer {
    let text = form.text("text").unwrap_or_default().to_owned();
    let (act, flash) = match act.as_str() {
        "answer" => (ApplicantAct::Answer { text }, "sv-flash-answered"),
        "withdraw" => (ApplicantAct::Withdraw, "sv-flash-withdrawn"),
        "appeal" => (ApplicantAct::Appeal { text }, "sv-flash-appealed"),
        _ => return Err(Stop::NotFound),
    };
    let key = form.text("key").unwrap_or_default().to_owned();
    match act_as_applicant(&town, visit.actor.clone(), code.clone(), key.clone(), act).await {
        Ok(one) if visit.wants == Wants::Json => Ok(private(json(&status_json(&one))?)),
        Ok(_) => {
            let query = if key.is_empty() { String::new() } else { format!("?key={key}") };
            Ok(private(see_other_saying(&format!("/applications/{code}{query}"), flash)?))
        }
        Err(Stop::Refused(refusals)) if visit.wants != Wants::Json => {
            let own = own(&town, &visit, &code, &key).await?.ok_or(Stop::NotFound)?;
            with_status(render(&town, &visit, own, key, FormErrors::of(&refusals, &visit.t)).await, &refusals)
        }
        Err(other) => Err(other),
    }
}

/// Who looked at an application: the pseudonym of an officer, or the applicant.
pub(super) fn who(t: &web::Sayings, actor: &str) -> String {
    if actor == "applicant" { t.say("sv-the-applicant").to_owned() } else { actor.to_owned() }
}
