//! One act on several matters: picked in the inbox, looked at once more, then done one by one.

use super::{inbox::back_to_inbox, organisation_choices, read_act};
use crate::{
    commands::{DeskCommand, act_at_desk},
    model::ServiceRequest,
    pages::{
        list::{chip, choices},
        show::may_answer,
    },
    store,
    views::{Eyes, RequestRow, headline},
};
use axum::{extract::State, http::StatusCode};
use civic::{PersonId, Role};
use database::{DbError, Tx};
use serde::Serialize;
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit, Wants,
    answer::{json, page_with, see_other_saying},
    forms::{FormErrors, Submission},
    parts::{Choice, Crumb},
};

/// Matters that can be picked at a time: a page of the inbox.
pub const PICKED_LIMIT: usize = 100;
/// What can be done with several matters at a time.
pub const BULK_ACTS: [&str; 7] = ["take", "assign", "pass", "answer", "note", "resolve", "decline"];

/// A matter as it was picked: its code, and the version the officer saw.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Pick {
    code: String,
    version: Option<i64>,
}

struct Line {
    row: RequestRow,
    headline: String,
    state: String,
    chip: &'static str,
    version: i64,
    problem: String,
}

#[derive(askama::Template)]
#[template(path = "desk_bulk.html")]
struct BulkPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    errors: FormErrors,
    heading: String,
    act: &'static str,
    /// The view of the inbox that the officer came from.
    back: String,
    lines: Vec<Line>,
    done: usize,
    label: String,
    hint: String,
    text: String,
    officers: Vec<Choice>,
    organisations: Vec<Choice>,
}

/// What became of it, for programs.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct BulkView {
    /// The codes of the matters it was done to.
    done: Vec<String>,
    /// The others, each with its sentence.
    refused: Vec<RefusedView>,
}

/// A matter to which it was not done.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct RefusedView {
    /// Its code.
    code: String,
    /// Why.
    reason: String,
}

/// What the inbox offers to do with several matters.
pub(super) fn act_choices(visit: &Visit) -> Vec<Choice> {
    let choice = |act: &&str| Choice {
        value: (*act).to_owned(),
        label: visit.t.say(&format!("bulk-{act}")).to_owned(),
        detail: String::new(),
        chosen: false,
    };
    BULK_ACTS.iter().map(choice).collect()
}

/// POST /desk/bulk: shows what was picked; does the act when it comes with `confirmed`.
pub async fn bulk(State(town): State<Town>, visit: Visit, form: Submission) -> Answer {
    let back = back_to_inbox(form.text("back"));
    let (act, picks) = match asked(&form) {
        Ok(asked) => asked,
        Err(refusal) if visit.wants == Wants::Html && refusal.code == "bulk-none" => {
            return see_other_saying(&back, "flash-bulk-none");
        }
        Err(refusal) => return Err(refusal.into()),
    };
    if !form.is_ticked("confirmed") && visit.wants == Wants::Html {
        let codes = picks.into_iter().map(|pick| pick.code).collect();
        return Bulk { act, codes, ..Bulk::default() }.show(&town, &visit, &form).await;
    }
    let (done, refused) = do_all(&town, &visit, &form, act, picks).await?;
    if visit.wants != Wants::Html {
        return json(&view(&visit, done, &refused));
    }
    if refused.is_empty() {
        return see_other_saying(&back, "flash-bulk-done");
    }
    let codes = refused.iter().map(|(code, _)| code.clone()).collect();
    Bulk { act, codes, refused, done: done.len() }.show(&town, &visit, &form).await
}

/// The act and the matters, as they came: `pick` is a code and the version that was seen, with a space between them.
fn asked(form: &Submission) -> Result<(&'static str, Vec<Pick>), Refusal> {
    let mut picks: Vec<Pick> = Vec::new();
    for picked in form.all("pick") {
        let (code, version) = picked.split_once(' ').unwrap_or((picked, ""));
        if !picks.iter().any(|pick| pick.code == code) {
            picks.push(Pick { code: code.to_owned(), version: version.parse().ok() });
        }
    }
    if picks.is_empty() {
        return Err(Refusal::new("bulk-none"));
    }
    if picks.len() > PICKED_LIMIT {
        return Err(Refusal::new("bulk-many").with("most", i64::try_from(PICKED_LIMIT).unwrap_or(i64::MAX)));
    }
    let word = form.text("act").unwrap_or_default();
    let act = BULK_ACTS.into_iter().find(|act| *act == word).ok_or_else(|| Refusal::new("bulk-act").at("act"))?;
    Ok((act, picks))
}

type Refused = Vec<(String, Refusal)>;

/// Each matter has its own transaction and its own entry: one that is refused holds up no other.
async fn do_all(
    town: &Town,
    visit: &Visit,
    form: &Submission,
    act: &'static str,
    picks: Vec<Pick>,
) -> Result<(Vec<String>, Refused), Stop> {
    let (mut done, mut refused) = (Vec::new(), Vec::new());
    for pick in picks {
        match do_one(town, visit, form, act, &pick).await {
            Ok(()) => done.push(pick.code),
            Err(Stop::Refused(refusals)) => {
                refused.extend(refusals.into_iter().take(1).map(|r| (pick.code.clone(), r)))
            }
            Err(Stop::NotFound) => {
                refused.push((pick.code, Refusal::new("bulk-not-yours").status(StatusCode::CONFLICT)))
            }
            Err(stop) => return Err(stop),
        }
    }
    Ok((done, refused))
}

async fn do_one(town: &Town, visit: &Visit, form: &Submission, act: &str, pick: &Pick) -> Result<(), Stop> {
    let act = read_act::read(town, &pick.code, act, form).await?;
    let seen_version = pick.version.filter(|_| !read_act::adds_only(&act));
    let command = DeskCommand { code: pick.code.clone(), seen_version, act, photo: None };
    act_at_desk(town, visit.actor.clone(), command).await.map(|_| ())
}

fn view(visit: &Visit, done: Vec<String>, refused: &Refused) -> BulkView {
    let refused = refused.iter();
    let refused =
        refused.map(|(code, why)| RefusedView { code: code.clone(), reason: why.sentence(&visit.t) }).collect();
    BulkView { done, refused }
}

/// What was picked, and what came of it so far.
#[derive(Default)]
struct Bulk {
    act: &'static str,
    codes: Vec<String>,
    refused: Refused,
    done: usize,
}

impl Bulk {
    /// The matters as they are now, and the form for the act; what was typed stays in it.
    async fn show(self, town: &Town, visit: &Visit, form: &Submission) -> Answer {
        let (actor, now, codes) = (visit.actor.clone(), town.now(), self.codes.clone());
        let look = move |tx: &mut Tx<'_>| {
            let found = codes.iter().map(|code| store::by_code(tx, code)).collect::<Result<Vec<_>, DbError>>()?;
            let found: Vec<ServiceRequest> =
                found.into_iter().flatten().filter(|one| may_answer(&actor, one)).collect();
            let colleagues = match found.first() {
                Some(first) => people::mandates::holders(tx, Role::Officer, first.organisation, now)?,
                None => Vec::new(),
            };
            Ok::<_, DbError>((found, colleagues))
        };
        let (found, colleagues) = town.db().read(look).await?;
        if found.is_empty() {
            return see_other_saying(&back_to_inbox(form.text("back")), "flash-bulk-none");
        }
        let status = if self.refused.is_empty() { StatusCode::OK } else { StatusCode::CONFLICT };
        page_with(status, &self.compose(town, visit, form, &found, colleagues))
    }

    fn compose(
        &self,
        town: &Town,
        visit: &Visit,
        form: &Submission,
        found: &[ServiceRequest],
        colleagues: Vec<(PersonId, String)>,
    ) -> BulkPage {
        let t = &visit.t;
        let eyes = Eyes::new(town, t.language());
        let heading = t.with1(&format!("bulk-{}-heading", self.act), "count", found.len());
        let has_text = matches!(self.act, "answer" | "note" | "resolve" | "decline");
        let part =
            |part: &str| if has_text { t.say(&format!("desk-{}-{part}", self.act)).to_owned() } else { String::new() };
        let officers = colleagues.into_iter().map(|(id, name)| (id.text(), name));
        let back = back_to_inbox(form.text("back"));
        BulkPage {
            crumbs: vec![
                Crumb { href: back.clone(), label: t.say("desk-title").to_owned() },
                Crumb { href: String::new(), label: heading.clone() },
            ],
            frame: Frame::new(town, visit, heading.clone()),
            errors: self.errors(visit),
            back,
            act: self.act,
            done: self.done,
            label: part("label"),
            hint: part("hint"),
            text: form.raw("text").unwrap_or_default().to_owned(),
            officers: choices(t.say("desk-choose"), officers, form.text("officer").unwrap_or_default()),
            organisations: organisation_choices(town, visit, form.text("organisation").unwrap_or_default()),
            lines: found.iter().map(|request| self.line(visit, &eyes, request)).collect(),
            heading,
        }
    }

    /// Each reason once, however many matters it concerns.
    fn errors(&self, visit: &Visit) -> FormErrors {
        let mut reasons: Vec<Refusal> = Vec::new();
        for (_, refusal) in &self.refused {
            if !reasons.iter().any(|known| known.code == refusal.code) {
                reasons.push(refusal.clone());
            }
        }
        FormErrors::of(&reasons, &visit.t)
    }

    fn line(&self, visit: &Visit, eyes: &Eyes<'_>, request: &ServiceRequest) -> Line {
        let row = eyes.row(request);
        let refused = self.refused.iter().find(|(code, _)| *code == row.code);
        Line {
            headline: headline(&row),
            state: visit.t.say(row.state.key()).to_owned(),
            chip: chip(row.state),
            version: request.version,
            problem: refused.map(|(_, refusal)| refusal.sentence(&visit.t)).unwrap_or_default(),
            row,
        }
    }
}
