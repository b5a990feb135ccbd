//! Where a request may belong instead: learned from what officers decided (engine triage). Nothing is decided by it.

use crate::{
    category::CategoryBook,
    model::ServiceRequest,
    room::Books,
    store::{self, DecidedCase, KnownSuggestions},
};
use civic::{Language, Moment, OrganisationId};
use database::DbError;
use std::{collections::BTreeMap, sync::Arc};
use triage::{Case, Learner, Model, REASONS_LIMIT, Suggestion};
use web::Town;

/// Seconds for which what was learned is good.
const LEARNED_SECONDS: i64 = 300;

/// The odds from which on a category is suggested by the words it is described with alone, as a natural logarithm: twenty to one, which two
/// telling words reach and one does not.
const DESCRIBED_FROM: f64 = 3.0;

/// What can be suggested.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Another category.
    Category,
    /// Another agency.
    Agency,
}

impl Kind {
    /// As in the database and in forms.
    pub fn word(self) -> &'static str {
        match self {
            Self::Category => "category",
            Self::Agency => "agency",
        }
    }

    /// The kind of this word.
    pub fn of(word: &str) -> Option<Self> {
        [Self::Category, Self::Agency].into_iter().find(|kind| kind.word() == word)
    }
}

/// A suggestion for a request: the code of a category, or of an agency.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggested {
    /// What is suggested.
    pub kind: Kind,
    /// Its code.
    pub value: String,
    /// How sure that is, and why.
    pub why: Suggestion,
    /// How the words among the reasons are spelt in the request.
    pub spelling: BTreeMap<String, String>,
}

/// What was learned.
#[derive(Default)]
pub struct Learned {
    categories: Learner,
    agencies: Learner,
    /// The words that categories are described with.
    described: Model,
}

/// What was learned and when; whoever learns anew lets the others wait, so that it is done once.
#[derive(Clone, Default)]
pub struct LearnedKept(Arc<tokio::sync::Mutex<Option<Dated>>>);

type Dated = (Moment, Arc<Learned>);

impl LearnedKept {
    /// What was learned, at most five minutes old.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn now(&self, town: &Town) -> Result<Arc<Learned>, DbError> {
        let now = town.now();
        let mut kept = self.0.lock().await;
        if let Some((at, learned)) = &*kept
            && (0..LEARNED_SECONDS).contains(&now.seconds_since(*at))
        {
            return Ok(Arc::clone(learned));
        }
        let cases = town.db().read_long(store::decided_cases).await?;
        let book = town.part::<Books>().categories();
        let learned = tokio::task::spawn_blocking(move || Learned::of(&cases, &book)).await;
        let learned = Arc::new(learned.map_err(|error| DbError::Other(error.to_string()))?);
        *kept = Some((now, Arc::clone(&learned)));
        Ok(learned)
    }
}

impl LearnedKept {
    /// Learns anew for whoever asks next: an officer just said that something was wrong.
    pub async fn renew(&self) {
        *self.0.lock().await = None;
    }
}

impl Learned {
    /// From decided cases, the earliest first.
    pub fn of(cases: &[DecidedCase], book: &CategoryBook) -> Self {
        let mut learned = Self::default();
        for case in cases {
            let words = likeness::words_of(&case.description);
            let words: Vec<&str> = words.iter().map(|(folded, _)| folded.as_str()).collect();
            learned.categories.see(&of_category(words.clone(), &case.district, &case.filed), &case.category);
            let presumed = agency_of(book, &case.category).map(|id| id.text()).unwrap_or_default();
            let asked = of_agency(words, &case.district, &case.category, &presumed);
            learned.agencies.see(&asked, &case.organisation.text());
        }
        learned.described = described(book);
        learned.categories.settle();
        learned.agencies.settle();
        learned
    }

    /// What may be put right in an open request. Where an officer decided already, nothing is suggested, and nothing that one rejected.
    pub fn suggest(&self, request: &ServiceRequest, known: &KnownSuggestions, books: &Books) -> Vec<Suggested> {
        if !request.state.is_open() {
            return Vec::new();
        }
        let words = likeness::words_of(&request.description);
        let folded: Vec<&str> = words.iter().map(|(folded, _)| folded.as_str()).collect();
        let district = request.district.as_deref().unwrap_or_default();
        let spelling: BTreeMap<String, String> = words.iter().rev().cloned().collect();
        let mut found = Vec::new();
        if !known.recategorised {
            let case = of_category(folded.clone(), district, &request.category);
            let why = self.categories.suggest(&case).or_else(|| self.by_description(&case));
            let offered = |why: &Suggestion| books.categories().get(&why.class).is_some_and(|category| category.active);
            found.extend(why.filter(offered).map(|why| (Kind::Category, why.class.clone(), why)));
        }
        // Another category brings its own agency: one thing at a time.
        if found.is_empty() && !known.passed {
            let presumed = request.organisation.text();
            let why = self.agencies.suggest(&of_agency(folded, district, &request.category, &presumed));
            let code = |why: &Suggestion| why.class.parse().map(|id| books.organisation_code(id)).unwrap_or_default();
            found.extend(why.map(|why| (Kind::Agency, code(&why), why)).filter(|(_, code, _)| !code.is_empty()));
        }
        found.retain(|(kind, value, _)| !known.rejected.contains(&(kind.word().to_owned(), value.clone())));
        let suggested = |(kind, value, why)| Suggested { kind, value, why, spelling: spelling.clone() };
        found.into_iter().map(suggested).collect()
    }
}

impl Learned {
    /// As long as officers decided too little to learn from: the category whose own words the report uses. Nobody knows yet how often that is
    /// right, so it comes without a share.
    fn by_description(&self, case: &Case<'_>) -> Option<Suggestion> {
        let learned = &self.categories;
        if !learned.calibration().blocks().is_empty() && learned.model().knows(case.presumed) {
            return None;
        }
        let words = Case { facts: Vec::new(), ..case.clone() };
        let guess = self.described.guess(&words).filter(|guess| guess.class != case.presumed)?;
        if guess.margin < DESCRIBED_FROM || !self.described.knows(case.presumed) {
            return None;
        }
        let mut reasons = self.described.pieces(&words, &guess.class, case.presumed);
        reasons.retain(|reason| reason.weight > 0.0);
        reasons.truncate(REASONS_LIMIT);
        Some(Suggestion { class: guess.class, margin: guess.margin, right: 0, of: 0, share: 0.0, reasons })
    }
}

/// Learns categories by their names and descriptions in all languages and their keywords: each word of a category once.
fn described(book: &CategoryBook) -> Model {
    let mut model = Model::default();
    for category in book.offered() {
        let definition = &category.definition;
        let said = |language| [definition.name.exactly(language), definition.description.exactly(language)];
        let texts = Language::ALL.into_iter().flat_map(said).flatten();
        let text: Vec<&str> = texts.chain(definition.keywords.iter().map(String::as_str)).collect();
        let words = likeness::words_of(&text.join(" "));
        let words = words.iter().map(|(folded, _)| folded.as_str()).collect();
        model.learn(&Case { words, facts: Vec::new(), presumed: &category.code }, &category.code);
    }
    model
}

fn of_category<'c>(words: Vec<&'c str>, district: &'c str, filed: &'c str) -> Case<'c> {
    Case { words, facts: vec![("district", district), ("category", filed)], presumed: filed }
}

fn of_agency<'c>(words: Vec<&'c str>, district: &'c str, category: &'c str, presumed: &'c str) -> Case<'c> {
    Case { words, facts: vec![("district", district), ("category", category)], presumed }
}

fn agency_of(book: &CategoryBook, category: &str) -> Option<OrganisationId> {
    book.get(category).map(|category| category.organisation)
}
