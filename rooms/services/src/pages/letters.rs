//! One letter to several applicants: picked in the inbox, written once, read case by case as it would be sent, then sent.

mod kept;

pub(super) use self::kept::kept_choices;

use self::kept::filled_with;
use super::{
    apply::private,
    own::{chip, title_of},
};
use crate::{
    acts,
    commands::{BulkLetter, Prepared, Sent, fields_of, prepare_letter, send_letter, versions_of},
    decide::LETTERS_LIMIT,
    letter_templates::{self, LetterTemplate},
    model::{Application, LOOKS, Service},
    store,
};
use axum::{extract::State, http::StatusCode};
use civic::{EntryId, Language};
use database::DbError;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit, Wants,
    answer::{json, page_with, see_other_saying},
    forms::{FormErrors, Submission},
    parts::{Choice, Crumb},
};

struct Line {
    code: String,
    title: String,
    state: String,
    chip: &'static str,
    /// The letter as it would be sent.
    letter: Option<Prepared>,
    /// Why it is not sent.
    problem: String,
}

#[derive(askama::Template)]
#[template(path = "services_letters.html")]
struct LettersPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    errors: FormErrors,
    heading: String,
    lines: Vec<Line>,
    batch: String,
    text: String,
    /// The text in other languages of those who are written to, where it is there: its field's name, what it is called, the language, it.
    others: Vec<(String, String, &'static str, String)>,
    /// Kept letters that can be chosen.
    kept: Vec<Choice>,
    fields: Vec<String>,
    reasons: Vec<Choice>,
    why: String,
    is_preview: bool,
    /// How many of the previewed letters can be sent.
    sendable: usize,
    /// What was sent so far, where something was not.
    sent: String,
}

/// A letter as it would be sent.
#[derive(Debug, Serialize, JsonSchema)]
pub struct LetterView {
    /// The reference of the application.
    code: String,
    /// Its subject.
    subject: String,
    /// Its text.
    body: String,
    /// Whether it must go by post too, because somebody who applies has no e-mail address.
    by_post: bool,
}

/// What became of the letters, for programs.
#[derive(Debug, Serialize, JsonSchema)]
pub struct LettersView {
    /// References of applications whose applicants were written to.
    sent: Vec<String>,
    /// Those who had been under this name of the batch before.
    before: Vec<String>,
    /// Letters as they would be sent, where they were only to be read.
    read: Vec<LetterView>,
    /// The others, each with its sentence.
    refused: Vec<RefusedView>,
}

/// An application whose applicant was not written to.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RefusedView {
    /// Its reference.
    code: String,
    /// Why.
    reason: String,
}

/// A letter that was not sent, or not made.
type Refused = Vec<(String, Refusal)>;

/// POST /desk/services/letters: what was picked; `stage` says whether it is to be read or sent.
pub async fn letters(State(town): State<Town>, visit: Visit, form: Submission) -> Answer {
    let stage = form.text("stage").unwrap_or_default();
    let codes = match picked(&form, stage) {
        Ok(codes) => codes,
        Err(refusal) if visit.wants == Wants::Html && refusal.code == "letters-none" => {
            return see_other_saying("/desk/services", "sv-flash-letters-none");
        }
        Err(refusal) => return Err(refusal.into()),
    };
    let letter = BulkLetter {
        batch: form.text("batch").unwrap_or_default().to_owned(),
        template: form.raw("text").unwrap_or_default().trim().to_owned(),
        others: others(&form),
        // Whoever writes on the page has read what they send: there it is what stands in the field.
        kept: form
            .text("template")
            .filter(|_| visit.wants != Wants::Html || stage == "use")
            .unwrap_or_default()
            .to_owned(),
        why: form.text("why").unwrap_or_default().to_owned(),
    };
    if visit.wants != Wants::Html {
        return for_program(&town, &visit, stage, codes, &letter).await;
    }
    match (stage, check(&letter)) {
        ("read", Ok(())) => preview(&town, &visit, codes, letter).await,
        ("send", Ok(())) => {
            let (sent, before, refused) = send_all(&town, &visit, codes, &letter).await?;
            if refused.is_empty() {
                return see_other_saying("/desk/services", "sv-flash-letters-sent");
            }
            let count = sent.len() + before.len();
            Writing { letter, refused, sent: Some(count), ..Writing::default() }.show(&town, &visit).await
        }
        ("read" | "send", Err(refusal)) => {
            let errors = FormErrors::of(&[refusal], &visit.t);
            Writing { codes, letter, errors, ..Writing::default() }.show(&town, &visit).await
        }
        _ => Writing { codes, letter, ..Writing::default() }.show(&town, &visit).await,
    }
}

/// The references that were picked, each once; where the letter is written again, with those to whom it could not be sent.
fn picked(form: &Submission, stage: &str) -> Result<Vec<String>, Refusal> {
    let mut codes: Vec<String> = Vec::new();
    let refused = form.all("refused").filter(|_| stage == "write");
    for code in form.all("pick").chain(refused) {
        if !codes.iter().any(|known| known == code) {
            codes.push(code.to_owned());
        }
    }
    match codes.len() {
        0 => Err(Refusal::new("letters-none")),
        count if count > LETTERS_LIMIT => Err(Refusal::new("letters-many").with("most", LETTERS_LIMIT)),
        _ => Ok(codes),
    }
}

/// What is written for those who read in another language.
fn others(form: &Submission) -> BTreeMap<Language, String> {
    let written = |language: Language| {
        let text = form.raw(&format!("text-{}", language.tag())).unwrap_or_default().trim();
        (!text.is_empty()).then(|| (language, text.to_owned()))
    };
    Language::ALL.into_iter().filter_map(written).collect()
}

fn check(letter: &BulkLetter) -> Result<(), Refusal> {
    if letter.template.is_empty() && letter.kept.is_empty() {
        return Err(Refusal::new("words-none").at("text"));
    }
    if !LOOKS.contains(&letter.why.as_str()) {
        return Err(Refusal::new("look-why").at("why"));
    }
    Ok(())
}

/// One that is refused holds up no other.
async fn send_all(
    town: &Town,
    visit: &Visit,
    codes: Vec<String>,
    letter: &BulkLetter,
) -> Result<(Vec<String>, Vec<String>, Refused), Stop> {
    let (mut sent, mut before, mut refused) = (Vec::new(), Vec::new(), Refused::new());
    for code in codes {
        match send_letter(town, visit.actor.clone(), code.clone(), letter.clone()).await {
            Ok(Sent::Now) => sent.push(code),
            Ok(Sent::Before) => before.push(code),
            Err(stop) => refused.push((code, reason(stop)?)),
        }
    }
    Ok((sent, before, refused))
}

/// Why one of several is not done; faults end them all.
fn reason(stop: Stop) -> Result<Refusal, Stop> {
    match stop {
        Stop::Refused(mut refusals) if !refusals.is_empty() => Ok(refusals.remove(0)),
        Stop::NotFound => Ok(Refusal::new("letters-not-yours").status(StatusCode::CONFLICT)),
        stop => Err(stop),
    }
}

/// A program reads or sends, as `stage` says; without one it sends.
async fn for_program(town: &Town, visit: &Visit, stage: &str, codes: Vec<String>, letter: &BulkLetter) -> Answer {
    check(letter)?;
    let (mut sent, mut before, mut read) = (Vec::new(), Vec::new(), Vec::new());
    let refused = match stage {
        "" | "send" => {
            let refused;
            (sent, before, refused) = send_all(town, visit, codes, letter).await?;
            refused
        }
        "read" => {
            let (prepared, refused) = prepare_all(town, visit, &codes, letter).await?;
            let view = |(code, one): (String, Prepared)| LetterView {
                code,
                subject: one.subject,
                body: one.body,
                by_post: one.by_post,
            };
            read = prepared.into_iter().map(view).collect();
            refused
        }
        _ => return Err(Refusal::new("letters-stage").at("stage").into()),
    };
    let told = |(code, why): (String, Refusal)| RefusedView { code, reason: why.sentence(&visit.t) };
    let view = LettersView { sent, before, read, refused: refused.into_iter().map(told).collect() };
    Ok(private(json(&view)?))
}

async fn prepare_all(
    town: &Town,
    visit: &Visit,
    codes: &[String],
    letter: &BulkLetter,
) -> Result<(Vec<(String, Prepared)>, Refused), Stop> {
    let (mut prepared, mut refused) = (Vec::new(), Refused::new());
    for code in codes {
        match prepare_letter(town, visit.actor.clone(), code.clone(), letter.clone()).await {
            Ok(one) => prepared.push((code.clone(), one)),
            Err(stop) => refused.push((code.clone(), reason(stop)?)),
        }
    }
    Ok((prepared, refused))
}

async fn preview(town: &Town, visit: &Visit, codes: Vec<String>, letter: BulkLetter) -> Answer {
    let (prepared, refused) = prepare_all(town, visit, &codes, &letter).await?;
    // Where none can be sent there is nothing to read: the letter is put right, beside why.
    let prepared = Some(prepared).filter(|prepared| !prepared.is_empty());
    Writing { codes, letter, refused, prepared, ..Writing::default() }.show(town, visit).await
}

/// What was picked and written so far.
#[derive(Default)]
struct Writing {
    codes: Vec<String>,
    letter: BulkLetter,
    refused: Refused,
    /// How many were sent, where others were not.
    sent: Option<usize>,
    /// The letters to be read.
    prepared: Option<Vec<(String, Prepared)>>,
    errors: FormErrors,
}

impl Writing {
    async fn show(mut self, town: &Town, visit: &Visit) -> Answer {
        if self.sent.is_some() {
            // What was sent is done; what is left can be put right and sent under the same name.
            self.codes = self.refused.iter().map(|(code, _)| code.clone()).collect();
        }
        if self.letter.batch.is_empty() {
            self.letter.batch = EntryId::new(visit.at, town.chance()).text();
        }
        let (actor, codes, kept) = (visit.actor.clone(), self.codes.clone(), self.letter.kept.clone());
        let found = town
            .db()
            .read(move |tx| {
                let found = codes.iter().map(|code| store::by_code(tx, code)).collect::<Result<Vec<_>, DbError>>()?;
                let may = |one: &Application| actor.may_for(&acts::HANDLE, Some(one.organisation));
                let found: Vec<Application> = found.into_iter().flatten().filter(may).collect();
                let offered = letter_templates::offered(tx, &found)?;
                let used = Some(kept).filter(|kept| !kept.is_empty());
                let used = used.map(|kept| letter_templates::chosen(tx, &actor, &kept, &found));
                Ok((store::services_all(tx)?, fields_of(versions_of(tx, &found)?.iter()), offered, used, found))
            })
            .await;
        let (services, fields, offered, used, found) = found.map_err(|error: DbError| Stop::from(error))?;
        if found.is_empty() {
            return see_other_saying("/desk/services", "sv-flash-letters-none");
        }
        match used {
            Some(Ok(used)) => {
                let read: Vec<Language> = found.iter().map(|one| one.language).collect();
                self.letter = filled_with(self.letter, &used, &read, town.settings().languages.first().copied());
            }
            Some(Err(Stop::Refused(refusals))) => {
                let is_missing = |field: &str| field == "template" && offered.is_empty();
                self.errors = FormErrors::of(&refusals, &visit.t).not_on_page(is_missing);
            }
            Some(Err(stop)) => return Err(stop),
            None => {}
        }
        let status = match (self.sent, self.errors.is_empty()) {
            (Some(_), _) => StatusCode::CONFLICT,
            (None, true) => StatusCode::OK,
            (None, false) => StatusCode::UNPROCESSABLE_ENTITY,
        };
        Ok(private(page_with(status, &self.compose(town, visit, (&services, &offered), fields, &found))?))
    }

    fn compose(
        self,
        town: &Town,
        visit: &Visit,
        (services, offered): (&[Service], &[LetterTemplate]),
        fields: Vec<String>,
        found: &[Application],
    ) -> LettersPage {
        let t = &visit.t;
        let heading = t.with1("sv-letters-heading", "count", found.len());
        let chosen = if self.letter.why.is_empty() { LOOKS[0] } else { self.letter.why.as_str() };
        let reason = |word: &&str| Choice {
            value: (*word).to_owned(),
            label: t.say(&format!("sv-look-{word}")).to_owned(),
            detail: String::new(),
            chosen: *word == chosen,
        };
        let other = |(language, text): (&Language, &String)| {
            let label = t.with1("sv-kept-text-for", "language", language.own_name());
            (format!("text-{}", language.tag()), label, language.tag(), text.clone())
        };
        let sent = self.sent.map(|done| t.with2("sv-letters-partly", "done", done, "left", found.len()));
        LettersPage {
            frame: Frame::new(town, visit, heading.clone()),
            crumbs: vec![
                Crumb { href: "/desk/services".to_owned(), label: t.say("sv-desk-title").to_owned() },
                Crumb { href: String::new(), label: heading.clone() },
            ],
            reasons: LOOKS.iter().map(reason).collect(),
            lines: found.iter().map(|one| self.line(visit, services, one)).collect(),
            is_preview: self.prepared.is_some(),
            sendable: self.prepared.as_ref().map_or(0, Vec::len),
            sent: sent.unwrap_or_default(),
            batch: self.letter.batch,
            others: self.letter.others.iter().map(other).collect(),
            kept: kept_choices(offered, &self.letter.kept),
            text: self.letter.template,
            why: self.letter.why,
            errors: self.errors,
            heading,
            fields,
        }
    }

    fn line(&self, visit: &Visit, services: &[Service], one: &Application) -> Line {
        let t = &visit.t;
        let code = one.code.as_str();
        let letter = self.prepared.iter().flatten().find(|(of, _)| of == code).map(|(_, letter)| letter.clone());
        let refused = self.refused.iter().find(|(of, _)| of == code);
        Line {
            title: title_of(services, &one.service, t.language()),
            state: t.say(&format!("sv-state-{}", one.state.word())).to_owned(),
            chip: chip(one),
            problem: refused.map(|(_, refusal)| refusal.sentence(t)).unwrap_or_default(),
            code: code.to_owned(),
            letter,
        }
    }
}
