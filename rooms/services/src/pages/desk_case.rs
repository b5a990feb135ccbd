//! One application at the office.

mod deciding;
mod facts;

pub(super) use self::deciding::granted;

use self::{
    deciding::{DecideForm, Typed, form as decide_form, parsed},
    facts::facts,
};
use super::{
    again::{self as again_pages, RevisionShown},
    apply::private,
    appointments,
    check_answers::lines,
    fees::{DeskFee, of_case},
    files::{self, Sent},
    joint::{self as joint_pages, JointLine},
    letters::kept_choices,
    own::{chip, title_of},
    post::{PaperLine, lines as paper_lines},
    with_status,
};
use crate::{
    again::{self, Revision},
    commands::{self, OfficeCommand, act_at_office},
    conflict,
    decide::OfficerAct,
    joint::{self, CoApplicant},
    letter_templates::{self, LetterTemplate},
    model::{Application, Definition, LOOKS, Look, Service, State as Standing, Step as Said},
    post::{self, KeptLetter},
    store, versions,
};
use axum::{extract::State, http::StatusCode};
use database::DbError;
use serde::Deserialize;
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit,
    answer::{page_with, see_other, see_other_saying},
    forms::{FormErrors, Submission},
    parts::{CheckLine, Choice, Crumb},
    visit::{Path, Query},
};

/// What the page of a case is asked for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// The id of a kept letter with which one to the applicant is begun.
    template: String,
}

#[derive(askama::Template)]
#[template(path = "services_why.html")]
struct WhyPage {
    frame: Frame,
    errors: FormErrors,
    crumbs: Vec<Crumb>,
    code: String,
    reasons: Vec<Choice>,
}

struct Note {
    what: String,
    by: String,
    when: String,
    text: String,
}

#[derive(askama::Template)]
#[template(path = "services_case.html")]
struct CasePage {
    frame: Frame,
    errors: FormErrors,
    crumbs: Vec<Crumb>,
    code: String,
    title: String,
    state: String,
    chip: &'static str,
    version: i64,
    late: bool,
    facts: Vec<(String, String)>,
    by_version: String,
    /// The page of the version at filing.
    version_url: String,
    newer: String,
    answers: Vec<CheckLine>,
    /// What was answered before, and what changed.
    revisions: Vec<RevisionShown>,
    /// Questions that can be opened again.
    questions: Vec<(String, String)>,
    sent: Sent,
    finding: Option<crate::rules::Shown>,
    log: Vec<Note>,
    notes: Vec<Note>,
    looks: Vec<(String, String, String)>,
    is_free: bool,
    may_decide: bool,
    is_proposed: bool,
    proposed: String,
    is_appeal: bool,
    appeal: String,
    four_eyes: bool,
    decide: DecideForm,
    /// How much is granted, or would be, in words.
    granted: String,
    /// A letter that was begun, and kept ones to begin with.
    letter: String,
    kept: Vec<Choice>,
    /// Whether a letter must go by post.
    by_post: bool,
    /// Letters on paper.
    papers: Vec<PaperLine>,
    fee: Option<DeskFee>,
    meeting: String,
    joint: Vec<JointLine>,
    /// Whether each of them answers something, so that it is typed in with their word.
    asks_each: bool,
}

/// Everything of one application.
struct Case {
    one: Application,
    definition: Definition,
    services: Vec<Service>,
    steps: Vec<Said>,
    looks: Vec<Look>,
    fee: Option<DeskFee>,
    meeting: String,
    joint: Vec<CoApplicant>,
    kept: Vec<LetterTemplate>,
    papers: Vec<KeptLetter>,
    earlier: Vec<Revision>,
    files: Vec<store::KeptFile>,
}

async fn load(town: &Town, visit: &Visit, code: &str) -> Result<Case, Stop> {
    let (actor, code) = (visit.actor.clone(), code.to_owned());
    let fee = of_case(town, visit, code.clone()).await?;
    let meeting = appointments::line(visit, &appointments::of_owner(town, code.clone()).await?);
    town.db()
        .read(move |tx| {
            let found = store::by_code(tx, &code)?;
            let one = conflict::for_officer(tx, &actor, found)?;
            let definition = store::version_of(tx, &one.service, one.number)?.ok_or(DbError::NotFound)?;
            let (steps, looks) = (store::steps(tx, &one.code)?, store::looks(tx, &one.code)?);
            let joint = joint::of_owner(tx, one.code.as_str())?;
            let kept = letter_templates::offered(tx, std::slice::from_ref(&one))?;
            let papers = post::all_of(tx, one.code.as_str())?;
            let (earlier, files) = (again::revisions(tx, one.code.as_str())?, store::files_of(tx, one.code.as_str())?);
            Ok(Case {
                papers,
                earlier,
                files,
                definition,
                services: store::services_all(tx)?,
                steps,
                looks,
                fee,
                meeting,
                joint,
                kept,
                one,
            })
        })
        .await
}

/// GET /desk/services/{code}
pub async fn show(
    State(town): State<Town>,
    visit: Visit,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    if !commands::look(&town, visit.actor.clone(), code.clone(), None).await? {
        return why(&town, &visit, &code, FormErrors::default());
    }
    let case = load(&town, &visit, &code).await?;
    if asked.template.is_empty() {
        return render(&town, &visit, case, FormErrors::default(), Typed::default());
    }
    let begun = commands::begin_letter(&town, visit.actor.clone(), case.one.clone(), asked.template.clone()).await;
    let (letter, refusals) = match begun {
        Ok((letter, refusal)) => (letter, refusal.into_iter().collect()),
        Err(Stop::Refused(refusals)) => (String::new(), refusals),
        Err(other) => return Err(other),
    };
    let typed = Typed { letter: &letter, kept: &asked.template, ..Typed::default() };
    with_status(render(&town, &visit, case, FormErrors::of(&refusals, &visit.t), typed), &refusals)
}

/// Asks first why somebody opens an application: its applicant reads the answer.
fn why(town: &Town, visit: &Visit, code: &str, errors: FormErrors) -> Answer {
    let t = &visit.t;
    let reason = |word: &&str| Choice {
        value: (*word).to_owned(),
        label: t.say(&format!("sv-look-{word}")).to_owned(),
        detail: String::new(),
        chosen: *word == "working",
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    page_with(
        status,
        &WhyPage {
            frame: Frame::new(town, visit, t.say("sv-why-title")),
            errors,
            crumbs: crumbs(visit, code),
            code: code.to_owned(),
            reasons: LOOKS.iter().map(reason).collect(),
        },
    )
}

fn crumbs(visit: &Visit, code: &str) -> Vec<Crumb> {
    vec![
        Crumb { href: "/desk/services".to_owned(), label: visit.t.say("sv-desk-title").to_owned() },
        Crumb { href: String::new(), label: code.to_owned() },
    ]
}

fn render(town: &Town, visit: &Visit, case: Case, errors: FormErrors, typed: Typed<'_>) -> Answer {
    let t = &visit.t;
    let Case { one, definition, services, steps, looks, fee, meeting, joint, kept, papers, earlier, files: kept_files } =
        case;
    let note = |step: &Said| Note {
        what: t.say(&format!("sv-step-{}", step.what)).to_owned(),
        by: step.actor.clone(),
        when: visit.date_time(step.at),
        text: step.body.clone(),
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let newest =
        services.iter().find(|service| service.code == one.service).map_or(one.number, |service| service.number);
    let is_appeal = matches!(one.state, Standing::InAppeal { .. });
    let proposed = match &one.state {
        Standing::Proposed { outcome, by } => {
            t.with2("sv-proposed-by", "outcome", t.say(&format!("sv-outcome-{}", outcome.word())), "by", by.as_str())
        }
        _ => String::new(),
    };
    let decide = decide_form(
        visit,
        (town.settings().currency, one.filed_at.in_zone(&town.settings().zone).date()),
        (&one, &definition),
        &errors,
        &typed,
    );
    let answer = page_with(
        status,
        &CasePage {
            frame: Frame::new(town, visit, one.code.to_string()),
            errors,
            crumbs: crumbs(visit, one.code.as_str()),
            code: one.code.to_string(),
            title: title_of(&services, &one.service, t.language()),
            state: t.say(&format!("sv-state-{}", one.state.word())).to_owned(),
            chip: chip(&one),
            version: one.version,
            late: one.state.is_open() && one.due_at < visit.at && !matches!(one.state, Standing::Incomplete { .. }),
            facts: facts(town, visit, &one),
            by_version: t.with1("sv-by-version", "number", one.number),
            version_url: versions::page_of(&one.service, one.number),
            newer: if newest > one.number { t.with1("sv-newer", "number", newest) } else { String::new() },
            answers: lines(town, visit, &definition.form, &one.answers, ""),
            revisions: again_pages::shown(town, visit, &definition, &one, &earlier, &kept_files),
            questions: again_pages::questions(&definition, &one, t.language()),
            sent: files::sent(&one, &definition.form, &kept_files, |id| {
                format!("/desk/services/{}/photo/{id}", one.code)
            }),
            finding: crate::rules::shown(
                &one.finding,
                (&definition, &one.answers, one.filed_at.in_zone(&town.settings().zone).date()),
                (t, town.settings().currency),
                crate::rules::Whose::Applicant,
            ),
            log: steps.iter().filter(|step| step.what != "note").map(note).collect(),
            notes: steps.iter().filter(|step| step.what == "note").map(note).collect(),
            looks: looks
                .iter()
                .map(|look| {
                    (
                        visit.date_time(look.at),
                        super::status::who(t, &look.actor),
                        t.say(&format!("sv-look-{}", look.why)).to_owned(),
                    )
                })
                .collect(),
            is_free: one.officer != visit.actor.handle && one.state.is_open(),
            is_proposed: matches!(one.state, Standing::Proposed { .. }),
            may_decide: one.state.is_open() && !is_appeal && !matches!(one.state, Standing::Proposed { .. }),
            proposed,
            is_appeal,
            appeal: one.appeal.as_ref().map(|appeal| appeal.words.clone()).unwrap_or_default(),
            four_eyes: definition.four_eyes,
            decide,
            granted: granted(visit, town.settings().currency, &one),
            letter: typed.letter.to_owned(),
            kept: kept_choices(&kept, typed.kept),
            by_post: one.email.is_none()
                || joint.iter().any(|other| other.consent.is_confirmed() && other.email.is_none()),
            papers: paper_lines(visit, &papers, &format!("/desk/services/{}", one.code), ""),
            joint: joint_pages::lines_with_answers(town, visit, &definition, &joint, &one.state),
            asks_each: definition.page_of_each().is_some(),
            fee,
            meeting,
        },
    )?;
    Ok(private(answer))
}

/// The same page with what could not be done about its fee, or about who applies.
pub(super) async fn refused(town: &Town, visit: &Visit, code: &str, refusals: &[Refusal]) -> Answer {
    let case = load(town, visit, code).await?;
    with_status(render(town, visit, case, FormErrors::of(refusals, &visit.t), Typed::default()), refusals)
}

/// POST /desk/services/{code}/{act}
pub async fn act(
    State(town): State<Town>,
    visit: Visit,
    Path((code, act)): Path<(String, String)>,
    form: Submission,
) -> Answer {
    let here = format!("/desk/services/{code}");
    if act == "look" {
        let why_word = form.text("why").unwrap_or_default().to_owned();
        return match commands::look(&town, visit.actor.clone(), code.clone(), Some(why_word)).await {
            Ok(_) => see_other(&here),
            Err(Stop::Refused(refusals)) if refusals.iter().all(|refusal| refusal.code == "look-why") => {
                why(&town, &visit, &code, FormErrors::of(&refusals, &visit.t))
            }
            Err(other) => Err(other),
        };
    }
    // The letter has a name of its own on the page, so that what is wrong with it leads there.
    let letter = form.text("letter").filter(|_| act == "letter");
    let mut text = form.text("text").or(letter).unwrap_or_default().to_owned();
    if let Some(kept) = form.text("template").filter(|_| act == "letter" && text.is_empty()) {
        text = kept_text(&town, &visit, &code, kept).await?;
    }
    let (act, flash) = match parsed(&act, &form, text.clone()) {
        Ok(act) => act.ok_or(Stop::NotFound)?,
        Err(refusal) if !commands::look(&town, visit.actor.clone(), code.clone(), None).await? => {
            return Err(refusal.into());
        }
        Err(refusal) => {
            let case = load(&town, &visit, &code).await?;
            let (refusals, typed) = ([refusal], Typed { decision: Some(&form), ..Typed::default() });
            return with_status(render(&town, &visit, case, FormErrors::of(&refusals, &visit.t), typed), &refusals);
        }
    };
    let takes = matches!(act, OfficerAct::Take);
    // Nothing is done on an application, and nothing of it shown, before somebody said why they open it.
    if !takes && !commands::look(&town, visit.actor.clone(), code.clone(), None).await? {
        return see_other(&here);
    }
    let seen_version = if act.adds_only() {
        None
    } else {
        Some(form.text("version").and_then(|text| text.parse().ok()).unwrap_or(-1))
    };
    match act_at_office(&town, visit.actor.clone(), OfficeCommand { code: code.clone(), seen_version, act }).await {
        Ok(_) => {
            if takes {
                commands::look(&town, visit.actor.clone(), code, Some(LOOKS[0].to_owned())).await?;
            }
            see_other_saying(&here, flash)
        }
        Err(Stop::Refused(refusals)) if !commands::look(&town, visit.actor.clone(), code.clone(), None).await? => {
            with_status(why(&town, &visit, &code, FormErrors::of(&refusals, &visit.t)), &refusals)
        }
        Err(Stop::Refused(refusals)) => {
            let case = load(&town, &visit, &code).await?;
            let typed = match flash {
                "sv-flash-letter" => Typed { letter: &text, ..Typed::default() },
                _ => Typed { decision: Some(&form), ..Typed::default() },
            };
            with_status(render(&town, &visit, case, FormErrors::of(&refusals, &visit.t), typed), &refusals)
        }
        Err(other) => Err(other),
    }
}

/// A kept letter as it is sent at once, by a program that names it and writes no text; empty before somebody said why they open the application.
async fn kept_text(town: &Town, visit: &Visit, code: &str, kept: &str) -> Result<String, Stop> {
    if !commands::look(town, visit.actor.clone(), code.to_owned(), None).await? {
        return Ok(String::new());
    }
    let one = load(town, visit, code).await?.one;
    let (text, refusal) = commands::begin_letter(town, visit.actor.clone(), one, kept.to_owned()).await?;
    refusal.map_or(Ok(text), |refusal| Err(refusal.into()))
}
