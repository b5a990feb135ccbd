//! One case: what it is about, who says what of it, and what a moderator can do.

use super::{kind_name, page_of, reasons};
use crate::moderation::{
    book,
    commands::{self, Asked},
    decide::Deed,
    model::{AppealOutcome, Case, Outcome, Standing},
    reasons::{Templates, templates},
    store,
};
use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
};
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit,
    answer::{page_with, see_other_saying},
    forms::{FormErrors, Submission},
    manifest::Catalogue,
    moderated::{Contents, PartWords},
    parts::{Choice, Crumb},
    visit::Path,
};

/// A part of what the case is about.
struct Part {
    name: String,
    label: String,
    text: String,
    photo: String,
    /// The address of a file that is no photo.
    file: String,
    hidden: bool,
    ticked: bool,
}

/// A report, or a reason of the score.
struct Said {
    what: String,
    text: String,
    when: String,
}

/// An act to choose.
struct Button {
    act: &'static str,
    label: String,
    primary: bool,
}

#[derive(askama::Template)]
#[template(path = "moderation_case.html")]
struct CasePage {
    frame: Frame,
    errors: FormErrors,
    crumbs: Vec<Crumb>,
    code: String,
    version: i64,
    what: String,
    about: String,
    href: String,
    standing: String,
    author: String,
    written: String,
    parts: Vec<Part>,
    reports: Vec<Said>,
    report_count: i64,
    evidence: Vec<Said>,
    points: i64,
    decisions: Vec<Said>,
    appeal: Option<Said>,
    appeal_due: String,
    buttons: Vec<Button>,
    needs_reason: bool,
    may_hide: bool,
    reasons: Vec<Choice>,
    passage: String,
    note: String,
    own_decision: bool,
}

struct Found {
    case: Case,
    contents: Option<Contents>,
    hidden: Vec<crate::moderation::model::Withheld>,
    reports: Vec<crate::moderation::model::Report>,
    templates: Templates,
}

/// What a moderator typed.
#[derive(Default)]
struct Typed {
    reason: String,
    passage: String,
    note: String,
    parts: Option<Vec<String>>,
}

/// GET /moderation/cases/{case}
pub async fn show(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    form(&town, &visit, code, Typed::default(), FormErrors::default(), StatusCode::OK).await
}

/// POST /moderation/cases/{case}
pub async fn act(State(town): State<Town>, visit: Visit, Path(code): Path<String>, sent: Submission) -> Answer {
    let typed = Typed {
        reason: sent.text("reason").unwrap_or_default().to_owned(),
        passage: sent.raw("passage").unwrap_or_default().trim().replace("\r\n", "\n"),
        note: sent.text("note").unwrap_or_default().to_owned(),
        parts: Some(sent.all("part").map(str::to_owned).collect()),
    };
    let version = sent.text("version").and_then(|version| version.parse().ok());
    let done = match read_act(&sent, &typed) {
        Ok(act) => commands::act(&town, visit.actor.clone(), code.clone(), version, act).await,
        // Who may not see the case hears nothing of the form either.
        Err(refusal) => read(&town, &visit, code.clone()).await.and(Err(refusal.into())),
    };
    match done {
        Ok(_) if visit.wants != web::Wants::Html => web::answer::json(&serde_json::json!({"decided": true})),
        Ok(_) => see_other_saying("/moderation", "flash-moderated"),
        Err(Stop::Refused(refusals)) if visit.wants == web::Wants::Html => {
            let errors = FormErrors::of(&refusals, &visit.t);
            form(&town, &visit, code, typed, errors, refusals[0].status).await
        }
        Err(stop) => Err(stop),
    }
}

fn read_act(sent: &Submission, typed: &Typed) -> Result<Asked, Refusal> {
    let deed = match sent.text("act").unwrap_or_default() {
        "hide" => {
            let parts = typed.parts.clone().unwrap_or_default();
            Deed::Hide { parts, passage: Some(typed.passage.clone()).filter(|passage| !passage.is_empty()) }
        }
        "restore" => Deed::Restore,
        "release" => Deed::Release,
        "dismiss" => Deed::Dismiss,
        "warn" => Deed::Warn,
        "uphold" => Deed::Judge(AppealOutcome::Upheld),
        "overturn" => Deed::Judge(AppealOutcome::Overturned),
        _ => return Err(Refusal::new("moderation-act").at("act")),
    };
    Ok(Asked { deed, reason: typed.reason.clone(), note: typed.note.clone() })
}

async fn read(town: &Town, visit: &Visit, code: String) -> Result<Found, Stop> {
    let (own, actor) = (town.clone(), visit.actor.clone());
    town.db()
        .read(move |tx| {
            let case = store::by_code(tx, &code)?.ok_or(Stop::NotFound)?;
            let contents = book::contents(own.part::<Catalogue>(), tx, &case.subject)?.map(|(_, contents)| contents);
            commands::may_see(&actor, &case, contents.as_ref())?;
            let hidden = store::of_subject(tx, &case.subject)?;
            let templates = templates(tx)?;
            Ok(Found { reports: store::reports_of(tx, &case.code, &templates)?, hidden, contents, case, templates })
        })
        .await
}

async fn form(
    town: &Town,
    visit: &Visit,
    code: String,
    typed: Typed,
    errors: FormErrors,
    status: StatusCode,
) -> Answer {
    let found = read(town, visit, code).await?;
    let mut answer = page_with(status, &compose(town, visit, found, typed, errors))?;
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(answer)
}

fn compose(town: &Town, visit: &Visit, found: Found, typed: Typed, errors: FormErrors) -> CasePage {
    let t = &visit.t;
    let parts = parts(visit, &found);
    let Found { case, contents, hidden, reports, templates } = found;
    let hides = hidden.iter().any(|one| one.case == case.code.as_str());
    let buttons = buttons(visit, &case, hides, contents.is_some());
    let by_me = visit.actor.person.is_some() && case.decision.as_ref().is_some_and(|one| one.by == visit.actor.person);
    let crumb = |href: &str, label: String| Crumb { href: href.to_owned(), label };
    let is_ticked = |name: &String| typed.parts.as_ref().is_none_or(|chosen| chosen.contains(name));
    let parts = parts.into_iter().map(|part| Part { ticked: is_ticked(&part.name), ..part }).collect();
    let what = kind_name(town, t, &case.subject.kind);
    CasePage {
        frame: Frame::new(town, visit, t.with1("moderation-case", "code", case.code.as_str())),
        errors,
        crumbs: vec![crumb("/moderation", t.say("moderation-title").to_owned()), crumb("", case.code.to_string())],
        version: case.version,
        href: page_of(town, &case.about),
        about: case.about.id.clone(),
        standing: t.say(&standing_key(&case)).to_owned(),
        author: contents.as_ref().map(|contents| contents.author.handle.clone()).unwrap_or_default(),
        written: contents.as_ref().map(|contents| visit.date_time(contents.at)).unwrap_or_default(),
        reports: reports
            .into_iter()
            .map(|report| Said { what: report.reason.name(t), text: report.note, when: visit.date_time(report.at) })
            .collect(),
        report_count: case.reports,
        evidence: case
            .evidence
            .iter()
            .map(|one| Said {
                what: t.with1(one.found.key(), "times", i64::from(one.times)),
                text: String::new(),
                when: t.with1("moderation-points", "points", i64::from(one.points)),
            })
            .collect(),
        points: case.points,
        decisions: decisions(visit, &case),
        appeal: case.appeal.as_ref().map(|appeal| Said {
            what: String::new(),
            text: appeal.text.clone(),
            when: visit.date_time(appeal.at),
        }),
        appeal_due: case
            .appeal
            .as_ref()
            .filter(|appeal| appeal.ended.is_none())
            .and_then(|appeal| appeal.due_at)
            .map(|due| t.with1("appeal-due", "date", visit.date_time(due)))
            .unwrap_or_default(),
        needs_reason: case.standing == Standing::Waiting,
        may_hide: case.standing == Standing::Waiting && !case.held,
        own_decision: case.standing == Standing::Appealed && by_me,
        reasons: reasons(t, &templates, &typed.reason),
        passage: typed.passage,
        note: typed.note,
        parts,
        code: case.code.to_string(),
        buttons,
        what,
    }
}

/// The part that is a file and no photo.
const DOCUMENT: &str = "part-document";

/// What is public and what is hidden of the subject, part by part.
fn parts(visit: &Visit, found: &Found) -> Vec<Part> {
    let t = &visit.t;
    let photo = |id: &str, key: &str| match key {
        DOCUMENT => String::new(),
        _ => format!("/files/{id}.jpg"),
    };
    let file = |id: &str, key: &str| match key {
        DOCUMENT => format!("/documents/{id}"),
        _ => String::new(),
    };
    let hidden = found.hidden.iter().map(|one| Part {
        name: String::new(),
        label: t.say(&one.key).to_owned(),
        text: one.shown.clone(),
        photo: if one.photo { photo(&one.kept, &one.key) } else { String::new() },
        file: if one.photo { file(&one.kept, &one.key) } else { String::new() },
        hidden: true,
        ticked: false,
    });
    let public = found.contents.iter().flat_map(|contents| &contents.parts).map(|part| Part {
        name: part.name.clone(),
        label: t.say(part.key).to_owned(),
        text: part.shown().to_owned(),
        photo: if let PartWords::Photo(id) = part.words { photo(&id.text(), part.key) } else { String::new() },
        file: if let PartWords::Photo(id) = part.words { file(&id.text(), part.key) } else { String::new() },
        hidden: false,
        ticked: true,
    });
    hidden.chain(public).collect()
}

/// What was decided, and how an appeal ended.
fn decisions(visit: &Visit, case: &Case) -> Vec<Said> {
    let t = &visit.t;
    let said = |act: &str, handle: &str, note: &str, at| Said {
        what: format!("{} ({handle})", t.say(&format!("moderation-act-{act}"))),
        text: note.to_owned(),
        when: visit.date_time(at),
    };
    let decided = case.decision.iter().map(|one| said(one.outcome.word(), &one.handle, &one.note, one.at));
    let ended = case.appeal.iter().filter_map(|appeal| appeal.ended.as_ref());
    decided.chain(ended.map(|one| said(one.outcome.word(), &one.handle, &one.note, one.at))).collect()
}

fn standing_key(case: &Case) -> String {
    match (case.standing, &case.decision) {
        (Standing::Waiting, _) => format!("moderation-cause-{}", case.cause.word()),
        (Standing::Appealed, _) => "moderation-act-appealed".to_owned(),
        (Standing::Closed, decision) => {
            let outcome = decision.as_ref().map_or(Outcome::Dismissed, |decision| decision.outcome);
            format!("moderation-act-{}", outcome.word())
        }
    }
}

/// What can be done with a case as it stands.
fn buttons(visit: &Visit, case: &Case, hides: bool, is_there: bool) -> Vec<Button> {
    let acts: &[&'static str] = match case.standing {
        Standing::Waiting if !is_there => &["dismiss"],
        Standing::Waiting if case.held => &["release", "hide"],
        Standing::Waiting => &["hide", "warn", "dismiss"],
        Standing::Appealed => &["uphold", "overturn"],
        Standing::Closed if hides => &["restore"],
        Standing::Closed => &[],
    };
    acts.iter()
        .enumerate()
        .map(|(number, act)| Button {
            act,
            label: visit.t.say(&format!("moderation-do-{act}")).to_owned(),
            primary: number == 0,
        })
        .collect()
}
