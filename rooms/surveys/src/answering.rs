//! Somebody answers: page by page, then sends. Whether it is the time is decided by the clock inside the transaction.

use crate::{
    decide::may_answer,
    model::{Survey, Who},
    store::{self, Row},
};
use civic::{Language, PersonId};
use database::{OffRecord, Tx};
use forms::{Answers, FormPage, Given, missing, read_page, visible_pages};
use sha2::{Digest, Sha256};
use web::{Refusal, Stop, Town, forms::Submission};

const PRIVATE: OffRecord = OffRecord("who answers a survey, and what, is private");

/// Who answers what.
#[derive(Debug, Clone)]
pub struct Answering {
    /// The survey.
    pub code: String,
    /// The account.
    pub person: Option<PersonId>,
    /// The secret of the browser, for who has no account.
    pub browser: Option<String>,
    /// The language in which refusals name questions.
    pub language: Language,
}

impl Answering {
    /// The name under which the answers are kept: an account counts once, and so does a browser without one.
    ///
    /// # Errors
    /// `survey-needs-cookie`.
    pub(crate) fn who(&self) -> Result<String, Refusal> {
        if let Some(person) = self.person {
            return Ok(format!("p:{}", person.text()));
        }
        let browser = self.browser.as_ref().ok_or_else(|| Refusal::new("survey-needs-cookie"))?;
        let hash = hex::encode(Sha256::digest(format!("{} {browser}", self.code)));
        Ok(format!("b:{hash}"))
    }
}

/// A public survey with what somebody answered so far.
///
/// # Errors
/// `NotFound`; those of the database.
pub(crate) async fn load(town: &Town, one: &Answering) -> Result<(Survey, Row), Stop> {
    let (code, who) = (one.code.clone(), one.who().ok());
    town.db()
        .read(move |tx| {
            let survey = store::by_code(tx, &code)?.filter(|one| one.published_at.is_some()).ok_or(Stop::NotFound)?;
            let row = who.map(|who| store::answers_of(tx, &code, &who)).transpose()?.flatten();
            Ok((survey, row.unwrap_or_default()))
        })
        .await
}

/// The survey, held against the count, and the answers so far: both only while it can be answered.
fn scene(town: &Town, tx: &mut Tx<'_>, one: &Answering) -> Result<(Survey, String, Row), Stop> {
    let survey = store::to_change(tx, &one.code)?.filter(|one| one.published_at.is_some()).ok_or(Stop::NotFound)?;
    may_answer(&survey, one.person.is_some(), town.now())?;
    let who = one.who()?;
    let row = store::answer_to_change(tx, &one.code, &who)?.unwrap_or_default();
    Ok((survey, who, row))
}

fn read(
    town: &Town,
    survey: &Survey,
    page: &FormPage,
    answers: &Answers,
    texts: &[Vec<String>],
    language: Language,
) -> Result<serde_json::Map<String, serde_json::Value>, Stop> {
    let districts: Vec<String> = town.part::<places::Districts>().all().into_iter().map(|(code, _)| code).collect();
    let given = Given {
        texts: &|place, _| texts.get(place).cloned().unwrap_or_default(),
        districts: &districts,
        language,
        is_typing: false,
    };
    read_page(&survey.definition.form, page, answers, &given).map_err(Stop::Refused)
}

/// Keeps the answers of one page, as yet for nobody's eyes; answers what was written so far.
///
/// # Errors
/// `NotFound`; one refusal for each question to put right; those of [`may_answer`].
pub async fn save_page(town: &Town, one: Answering, page: String, texts: Vec<Vec<String>>) -> Result<Answers, Stop> {
    let own = town.clone();
    town.db()
        .write(move |tx| {
            let (survey, who, mut row) = scene(&own, tx, &one)?;
            let page = survey.definition.form.page(&page).ok_or(Stop::NotFound)?;
            let found = read(&own, &survey, page, &row.draft, &texts, one.language)?;
            row.draft.take(page, found);
            store::keep(tx, &one.code, &who, one.person, &row, own.now())?;
            tx.commit(PRIVATE, row.draft).map_err(Stop::from)
        })
        .await
}

/// Sends what was written; sent again, it takes the place of what was sent before.
///
/// # Errors
/// `survey-open-questions`; those of [`may_answer`].
pub async fn send(town: &Town, one: Answering) -> Result<(), Stop> {
    let own = town.clone();
    town.db()
        .write(move |tx| {
            let (survey, who, row) = scene(&own, tx, &one)?;
            hand_in(&own, tx, &one, &survey, &who, row.draft)
        })
        .await
}

fn hand_in(
    town: &Town,
    tx: &mut Tx<'_>,
    one: &Answering,
    survey: &Survey,
    who: &str,
    draft: Answers,
) -> Result<database::Done<()>, Stop> {
    let settled = draft.settled(&survey.definition.form);
    let open = missing(&survey.definition.form, &settled).len();
    if open > 0 {
        return Err(Refusal::new("survey-open-questions").with("count", open).into());
    }
    if settled.0.is_empty() {
        return Err(Refusal::new("survey-nothing").into());
    }
    let row = Row { draft: settled.clone(), sent: Some(settled) };
    store::keep(tx, &one.code, who, one.person, &row, town.now())?;
    tx.commit(PRIVATE, ()).map_err(Stop::from)
}

/// Answers everything at once, as programs do: fields under the names of their questions.
///
/// # Errors
/// As [`save_page`] and [`send`], all that must be put right together.
pub async fn answer_all(town: &Town, one: Answering, form: Submission) -> Result<(), Stop> {
    let own = town.clone();
    town.db()
        .write(move |tx| {
            let (survey, who, _) = scene(&own, tx, &one)?;
            let mut answers = Answers::default();
            let mut refusals = Vec::new();
            for page in &survey.definition.form.pages {
                let is_shown = visible_pages(&survey.definition.form, &answers).iter().any(|shown| shown.id == page.id);
                if !is_shown {
                    continue;
                }
                match read(&own, &survey, page, &answers, &forms::texts(page, &form), one.language) {
                    Ok(found) => answers.take(page, found),
                    Err(Stop::Refused(more)) => refusals.extend(more),
                    Err(stop) => return Err(stop),
                }
            }
            if !refusals.is_empty() {
                return Err(Stop::Refused(refusals));
            }
            hand_in(&own, tx, &one, &survey, &who, answers)
        })
        .await
}

/// Whether somebody without an account may try at all.
pub(crate) fn needs_account(survey: &Survey) -> bool {
    survey.definition.who == Who::Account
}
