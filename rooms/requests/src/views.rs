//! Read models, the same for pages and for machines.

use crate::{
    category::{CategoryBook, Datatype},
    model::{HistoryStep, ServiceRequest, Source, State, StateWord, TOWN},
    room::Books,
    store,
};
use civic::{Language, Moment, OrganisationId};
use database::{DbError, Tx};
use people::organisations::Organisation;
use places::Districts;
use record::Sequenced;
use schemars::JsonSchema;
use serde::Serialize;
use std::{collections::BTreeMap, sync::Arc};
use web::{Town, Visit};

pub use web::views::{Named, Point};

/// A request in a list.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct RequestRow {
    /// Its reference.
    pub code: String,
    /// Its page.
    pub url: String,
    /// What it is.
    pub category: Named,
    /// Where it stands.
    pub state: StateWord,
    /// Whether something is still to be done.
    pub open: bool,
    /// Its district, where it is in one.
    pub district: Option<Named>,
    /// The pin.
    pub place: Option<Point>,
    /// The place in words.
    pub address: String,
    /// Who answers.
    pub organisation: Named,
    /// When it was reported (RFC 3339).
    pub opened_at: String,
    /// When something public last changed.
    pub updated_at: String,
    /// When it ended.
    pub closed_at: Option<String>,
    /// By when its agency promised an end (RFC 3339), where it did.
    pub due_at: Option<String>,
    /// The first end that was ever promised (RFC 3339), where it is known.
    pub first_due_at: Option<String>,
    /// The promised end that passed while it was open (RFC 3339): a later promise does not take it back.
    pub broken_at: Option<String>,
    /// Whether it is open although its end was promised by now.
    pub overdue: bool,
    /// Since when its agency waits for the reporter, while the clock stands still.
    pub waiting_since: Option<String>,
    /// When its agency first answered in public.
    pub answered_at: Option<String>,
    /// By which way it came.
    pub source: Source,
}

/// An answer to one of the category's questions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct AnswerView {
    /// The question's code.
    pub code: String,
    /// The question.
    pub question: String,
    /// The answers, as people read them.
    pub answers: Vec<String>,
}

/// A step of the thread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct StepView {
    /// The id of its entry in the record.
    pub id: String,
    /// When (RFC 3339).
    pub at: String,
    /// What was said, as `request.resolved`.
    pub saying: String,
    /// Who, as the public knows them.
    pub by: String,
    /// The words that came with it.
    pub text: String,
    /// The state after it.
    pub state: StateWord,
    /// The address of a photo the agency put to its words.
    pub photo: Option<String>,
    /// Why its words are hidden, in the reader's language.
    pub hidden: Option<String>,
}

/// What somebody said of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CommentRow {
    /// Its id.
    pub id: String,
    /// When (RFC 3339).
    pub at: String,
    /// What its author is called.
    pub by: String,
    /// The words; empty where they are hidden.
    pub text: String,
    /// Why they are hidden, in the reader's language.
    pub hidden: Option<String>,
    /// The id of the comment it answers.
    pub answers: Option<String>,
}

/// A whole request.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct RequestView {
    /// What stands in lists too.
    #[serde(flatten)]
    pub row: RequestRow,
    /// What the reporter wrote.
    pub description: String,
    /// What was asked besides.
    pub answers: Vec<AnswerView>,
    /// The thread, oldest first.
    pub history: Vec<StepView>,
    /// The addresses of its photos.
    pub photos: Vec<String>,
    /// Counts changes.
    pub version: i64,
    /// How many said “me too”, here or on a duplicate, and reported a duplicate.
    pub me_too: i64,
    /// The reference of the earlier request that says the same and goes on.
    pub duplicate_of: Option<String>,
    /// The references of what was merged into this one.
    pub duplicates: Vec<String>,
    /// What moderators have hidden of it, and why, in the reader's language.
    pub hidden: Vec<String>,
    /// What others said of it, oldest first.
    pub comments: Vec<CommentRow>,
}

/// What turning rows into views needs, looked up once for all rows of a page.
pub struct Eyes<'t> {
    town: &'t Town,
    language: Language,
    categories: Arc<CategoryBook>,
    organisations: Arc<BTreeMap<OrganisationId, Organisation>>,
    districts: Districts,
}

impl<'t> Eyes<'t> {
    /// The eyes of a reader of this language.
    pub fn new(town: &'t Town, language: Language) -> Self {
        let books = town.part::<Books>();
        let districts = town.part::<Districts>().clone();
        Self { town, language, categories: books.categories(), organisations: books.organisations(), districts }
    }

    /// What a category is called.
    pub fn category(&self, code: &str) -> Named {
        let known = self.categories.get(code).map(|category| category.definition.name.in_language(self.language));
        Named { code: code.to_owned(), name: known.unwrap_or(code).to_owned() }
    }

    /// What a district is called.
    pub fn district(&self, code: &str) -> Named {
        Named { code: code.to_owned(), name: self.districts.name(code).unwrap_or_else(|| code.to_owned()) }
    }

    /// What an agency is called; the code itself for one that is no more.
    pub fn agency(&self, code: &str) -> String {
        let known = self.organisations.values().find(|organisation| organisation.code == code);
        known.map_or(code, |organisation| organisation.name.in_language(self.language)).to_owned()
    }

    /// Who did a step and when, as a line; only when for what a resident did.
    pub fn signature(&self, visit: &Visit, step: &HistoryStep) -> String {
        let when = visit.date_time(step.at);
        if step.agency.is_empty() && step.actor == TOWN {
            visit.t.with2("step-by", "who", self.town.settings().name.in_language(self.language), "when", &when)
        } else if step.agency.is_empty() {
            when
        } else {
            visit.t.with2("step-by", "who", self.agency(&step.agency), "when", &when)
        }
    }

    /// A request as a line of a list.
    pub fn row(&self, request: &ServiceRequest) -> RequestRow {
        let organisation = self.organisations.get(&request.organisation).map_or_else(
            || Named { code: String::new(), name: String::new() },
            |one| Named { code: one.code.clone(), name: one.name.in_language(self.language).to_owned() },
        );
        RequestRow {
            code: request.code.to_string(),
            url: self.town.url(&format!("/requests/{}", request.code)),
            category: self.category(&request.category),
            state: request.state.word(),
            open: request.state.is_open(),
            district: request.district.as_deref().map(|district| self.district(district)),
            place: request.place.map(Point::from),
            address: request.address.clone(),
            organisation,
            opened_at: request.opened_at.rfc3339(),
            updated_at: request.updated_at.rfc3339(),
            closed_at: request.state.closed_at().map(Moment::rfc3339),
            due_at: request.due_at.map(Moment::rfc3339),
            first_due_at: request.first_due_at.map(Moment::rfc3339),
            broken_at: request.broken(self.town.now()).map(Moment::rfc3339),
            overdue: request.is_overdue(self.town.now()),
            waiting_since: request.waiting.map(|waiting| waiting.since.rfc3339()),
            answered_at: request.answered_at.map(Moment::rfc3339),
            source: request.source,
        }
    }

    /// A whole request with its thread and photos.
    pub fn view(&self, request: &ServiceRequest, steps: &[HistoryStep], photos: Vec<String>) -> RequestView {
        RequestView {
            row: self.row(request),
            description: request.description.clone(),
            answers: self.answers(request),
            history: steps.iter().filter(|step| !step.internal).map(|step| self.step(step)).collect(),
            photos,
            version: request.version,
            me_too: 0,
            duplicate_of: request.state.duplicate_of().map(ToString::to_string),
            duplicates: Vec::new(),
            hidden: Vec::new(),
            comments: Vec::new(),
        }
    }

    /// The answers to the category's questions, in the order of the questions.
    pub fn answers(&self, request: &ServiceRequest) -> Vec<AnswerView> {
        let Some(category) = self.categories.get(&request.category) else { return Vec::new() };
        let questions = category.definition.attributes.iter();
        questions
            .filter_map(|question| {
                let given = request.attributes.get(&question.code)?;
                let named = |key: &String| {
                    let choice = question.values.iter().find(|choice| choice.key == *key);
                    choice.map_or_else(|| key.clone(), |choice| choice.name.in_language(self.language).to_owned())
                };
                let is_list = matches!(question.datatype, Datatype::SingleValueList | Datatype::MultiValueList);
                Some(AnswerView {
                    code: question.code.clone(),
                    question: question.description.in_language(self.language).to_owned(),
                    answers: if is_list { given.iter().map(named).collect() } else { given.clone() },
                })
            })
            .collect()
    }

    fn step(&self, step: &HistoryStep) -> StepView {
        StepView {
            id: step.id.clone(),
            at: step.at.rfc3339(),
            saying: step.saying.clone(),
            by: if step.agency.is_empty() { step.actor.clone() } else { self.agency(&step.agency) },
            text: step.body.clone(),
            state: step.state,
            photo: None,
            hidden: None,
        }
    }
}

/// What a category is called in every language of the town: whoever looks for it in theirs finds it.
fn names_of_category(town: &Town, code: &str) -> String {
    let languages = town.settings().languages.iter();
    let names: Vec<String> = languages.map(|language| Eyes::new(town, *language).category(code).name).collect();
    names.join(" ")
}

/// What a request is called where one line must do: its category and its place.
pub fn headline(row: &RequestRow) -> String {
    let place = match (&row.district, row.address.is_empty()) {
        (_, false) => row.address.clone(),
        (Some(district), true) => district.name.clone(),
        (None, true) => row.code.clone(),
    };
    let name = &row.category.name;
    if !name.chars().any(is_right_to_left) {
        return format!("{name}, {place}");
    }
    // Addresses keep their own direction in a line that is read from the right (Unicode FSI and PDI).
    format!("{name}، \u{2068}{place}\u{2069}")
}

/// Whether a letter is of the Arabic script.
fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{0600}'..='\u{06FF}')
}

/// The words that end a request, when it has ended.
pub fn last_words(state: &State) -> &str {
    match state {
        State::Resolved { what_was_done, .. } => what_was_done,
        State::Declined { reason, .. } => reason,
        State::Received | State::Assigned { .. } | State::Withdrawn { .. } | State::Duplicate { .. } => "",
    }
}

/// Puts requests into the search as the record tells of them.
///
/// # Errors
/// Those of the database.
pub fn follow_for_search(town: &Town, tx: &mut Tx<'_>, entries: &[Sequenced]) -> Result<(), DbError> {
    for entry in entries.iter().filter(|entry| entry.saying == "request.removed") {
        commons::search::remove(tx, &entry.subject)?;
    }
    let changes_words = |entry: &&Sequenced| {
        matches!(
            entry.saying.as_str(),
            "moderation.hidden"
                | "moderation.restored"
                | "moderation.released"
                | "moderation.overturned"
                | "request.opened"
                | "request.edited"
                | "request.redacted"
                | "request.published"
                | "request.held-back"
                | "request.left-out"
                | "request.taken-up"
                | "request.recategorised"
                | "request.relocated"
        )
    };
    let eyes = Eyes::new(town, town.settings().languages.first().copied().unwrap_or_default());
    for entry in entries.iter().filter(|entry| entry.subject.kind == crate::model::REQUEST.0).filter(changes_words) {
        let Some(request) = store::by_code(tx, &entry.subject.id)? else { continue };
        let row = eyes.row(&request);
        let district = row.district.as_ref().map(|district| district.name.clone()).unwrap_or_default();
        let kind = names_of_category(town, &request.category);
        let text = format!("{} {kind} {} {} {district}", request.code, request.address, request.description);
        let document = commons::search::Document {
            subject: request.subject(),
            title: headline(&row),
            text,
            at: request.opened_at,
        };
        commons::search::put(tx, &document)?;
    }
    Ok(())
}
