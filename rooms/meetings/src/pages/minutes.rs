//! Who held a meeting publishes what was said and decided.

use super::{
    admin::local_fields,
    keep::{own, subject},
};
use crate::{
    commands,
    decide::read_decisions,
    model::{Decision, Meeting, Minutes},
};
use axum::{extract::State, http::StatusCode};
use civic::LocalText;
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit,
    answer::{page_with, see_other_saying},
    forms::{FormErrors, Submission},
    locals::{LocalFields, local},
    parts::Crumb,
    visit::Path,
};

#[derive(askama::Template)]
#[template(path = "meeting_minutes.html")]
struct MinutesPage {
    frame: Frame,
    errors: FormErrors,
    crumbs: Vec<Crumb>,
    code: String,
    text: LocalFields,
    attended: String,
    decisions: String,
}

fn show(
    town: &Town,
    visit: &Visit,
    meeting: &Meeting,
    (text, attended, decisions): (Option<LocalText>, String, String),
    errors: FormErrors,
    status: StatusCode,
) -> Answer {
    let t = &visit.t;
    page_with(
        status,
        &MinutesPage {
            frame: Frame::new(town, visit, t.say("meeting-minutes")),
            errors,
            crumbs: vec![
                Crumb { href: "/admin/meetings".to_owned(), label: t.say("meetings-admin").to_owned() },
                Crumb {
                    href: format!("/admin/meetings/{}", meeting.code),
                    label: meeting.plan.title.in_language(t.language()).to_owned(),
                },
                Crumb { href: String::new(), label: t.say("meeting-minutes").to_owned() },
            ],
            code: meeting.code.to_string(),
            text: local_fields(town, visit, "text", 12, text.as_ref()),
            attended,
            decisions,
        },
    )
}

/// GET /admin/meetings/{code}/minutes
pub async fn edit(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let meeting = own(&town, &visit, code).await?;
    let line = |one: &Decision| match &one.about {
        Some(subject) => format!("{} | {subject}", one.words),
        None => one.words.clone(),
    };
    let typed = match &meeting.minutes {
        Some((_, minutes)) => (
            Some(minutes.text.clone()),
            minutes.attended.map(|count| count.to_string()).unwrap_or_default(),
            minutes.decisions.iter().map(line).collect::<Vec<_>>().join("\n"),
        ),
        None => (None, String::new(), String::new()),
    };
    show(&town, &visit, &meeting, typed, FormErrors::default(), StatusCode::OK)
}

/// POST /admin/meetings/{code}/minutes
pub async fn save(State(town): State<Town>, visit: Visit, Path(code): Path<String>, form: Submission) -> Answer {
    let meeting = own(&town, &visit, code.clone()).await?;
    let attended = form.text("attended").unwrap_or_default().to_owned();
    let decisions = form.raw("decisions").unwrap_or_default().to_owned();
    let text = local(&form, "text");
    let done = match read(text.clone(), &attended, &decisions) {
        Ok(minutes) => commands::publish_minutes(&town, visit.actor.clone(), code.clone(), minutes).await,
        Err(refusals) => Err(Stop::Refused(refusals)),
    };
    match done {
        Ok(_) => see_other_saying(&format!("/meetings/{code}"), "flash-meeting-minutes"),
        Err(Stop::Refused(refusals)) => {
            let errors = FormErrors::of(&refusals, &visit.t);
            show(&town, &visit, &meeting, (text, attended, decisions), errors, refusals[0].status)
        }
        Err(stop) => Err(stop),
    }
}

fn read(text: Option<LocalText>, attended: &str, decisions: &str) -> Result<Minutes, Vec<Refusal>> {
    let mut refusals = Vec::new();
    let count = attended.parse::<u32>().ok();
    if count.is_none() && !attended.is_empty() {
        refusals.push(Refusal::new("meeting-attended").at("attended"));
    }
    let mut all = Vec::new();
    for (words, about) in read_decisions(decisions) {
        let found = about.as_deref().map(subject);
        if let Some(None) = found {
            let which = about.unwrap_or_default();
            refusals.push(Refusal::new("meeting-decision").at("decisions").with("which", which));
            continue;
        }
        all.push(Decision { words, about: found.flatten() });
    }
    let text = text.unwrap_or_else(|| LocalText::plain(""));
    if refusals.is_empty() { Ok(Minutes { text, attended: count, decisions: all }) } else { Err(refusals) }
}
