//! Read models, the same for pages and for machines.

use crate::model::{Commitment, Milestone, Opinions, Standing, Step};
use civic::{Language, Moment, OrganisationId};
use database::{DbError, Tx};
use people::organisations::{self, Organisation};
use places::Districts;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;
use web::Town;

pub use web::views::{Named, Point};

/// A commitment in a list.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct CommitmentRow {
    /// Its reference.
    pub code: String,
    /// Its page.
    pub url: String,
    /// What was promised, in the reader's language where it is there.
    pub title: String,
    /// Who promised it.
    pub organisation: Named,
    /// Where it stands; late by the town's clock.
    pub state: Standing,
    /// Whether something is still to be done.
    pub open: bool,
    /// Its district, where it is in one.
    pub district: Option<Named>,
    /// The pin.
    pub place: Option<Point>,
    /// What the amounts are counted in (ISO 4217).
    pub currency: String,
    /// What may be spent, in cents.
    pub budgeted_cents: Option<i64>,
    /// What was ordered, in cents.
    pub contracted_cents: Option<i64>,
    /// What was paid, in cents.
    pub paid_cents: Option<i64>,
    /// When it was promised (RFC 3339).
    pub promised_at: String,
    /// The end of the day by which it is promised (RFC 3339).
    pub due_at: String,
    /// When something public last changed (RFC 3339).
    pub updated_at: String,
    /// When it ended (RFC 3339).
    pub closed_at: Option<String>,
}

/// A whole commitment.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct CommitmentView {
    /// What stands in lists too.
    #[serde(flatten)]
    pub row: CommitmentRow,
    /// The words in which it was promised, in every language there is.
    pub titles: BTreeMap<String, String>,
    /// More about it, in the reader's language.
    pub summary: String,
    /// Its milestones, in order.
    pub milestones: Vec<MilestoneView>,
    /// Everything that was said and done, oldest first.
    pub history: Vec<StepView>,
    /// The days that were promised before (RFC 3339), oldest first.
    pub earlier_due: Vec<String>,
    /// What those who asked said of it; absent while fewer than five have answered.
    pub helped: Option<HelpedView>,
    /// Counts changes.
    pub version: i64,
}

/// A milestone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MilestoneView {
    /// Its place, counting from 1.
    pub position: i64,
    /// What it is.
    pub title: String,
    /// The end of its day (RFC 3339).
    pub due_at: String,
    /// When it was reached (RFC 3339).
    pub done_at: Option<String>,
}

/// A step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct StepView {
    /// The id of its entry in the record.
    pub id: String,
    /// When (RFC 3339).
    pub at: String,
    /// What was said, as `commitment.kept`.
    pub saying: String,
    /// The organisation that spoke; empty for the town's clock.
    pub by: String,
    /// The words that came with it.
    pub text: String,
    /// The address of evidence elsewhere.
    pub link: Option<String>,
    /// The address of a photo.
    pub photo: Option<String>,
    /// What changed, as codes and cents.
    pub detail: BTreeMap<String, String>,
}

/// How many of those who asked said what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct HelpedView {
    /// It helped.
    pub yes: i64,
    /// It helped in part.
    pub partly: i64,
    /// It did not help.
    pub no: i64,
}

/// What turning rows into views needs, looked up once for all rows of a page.
pub struct Eyes<'t> {
    town: &'t Town,
    language: Language,
    now: Moment,
    organisations: BTreeMap<OrganisationId, Organisation>,
    districts: Districts,
}

/// The organisations of a town by id, as [`Eyes`] want them.
pub type Organisations = BTreeMap<OrganisationId, Organisation>;

/// Reads them.
pub fn organisations(tx: &mut Tx<'_>) -> Result<Organisations, DbError> {
    Ok(organisations::list(tx)?.into_iter().map(|one| (one.id, one)).collect())
}

impl<'t> Eyes<'t> {
    /// The eyes of a reader of this language.
    pub fn new(town: &'t Town, language: Language, organisations: Organisations) -> Self {
        let districts = town.part::<Districts>().clone();
        Self { town, language, now: town.now(), organisations, districts }
    }

    /// The moment for which these eyes see.
    pub fn now(&self) -> Moment {
        self.now
    }

    /// What the organisation of this code is called; the code itself for one that is no more.
    pub fn agency(&self, code: &str) -> String {
        let known = self.organisations.values().find(|one| one.code == code);
        known.map_or(code, |one| one.name.in_language(self.language)).to_owned()
    }

    /// An organisation.
    pub fn organisation(&self, id: OrganisationId) -> Named {
        let known = self.organisations.get(&id);
        Named {
            code: known.map(|one| one.code.clone()).unwrap_or_default(),
            name: known.map(|one| one.name.in_language(self.language).to_owned()).unwrap_or_default(),
        }
    }

    /// A commitment as a line of a list.
    pub fn row(&self, one: &Commitment) -> CommitmentRow {
        let district = |code: &String| Named {
            code: code.clone(),
            name: self.districts.name(code).unwrap_or_else(|| code.clone()),
        };
        CommitmentRow {
            code: one.code.to_string(),
            url: self.town.url(&format!("/commitments/{}", one.code)),
            title: one.title.in_language(self.language).to_owned(),
            organisation: self.organisation(one.organisation),
            state: one.standing(self.now),
            open: one.state.is_open(),
            district: one.district.as_ref().map(district),
            place: one.place.map(Point::from),
            currency: one.spending.currency.to_string(),
            budgeted_cents: one.spending.budgeted_cents,
            contracted_cents: one.spending.contracted_cents,
            paid_cents: one.spending.paid_cents,
            promised_at: one.promised_at.rfc3339(),
            due_at: one.due_at.rfc3339(),
            updated_at: one.updated_at.rfc3339(),
            closed_at: one.state.closed_at().map(Moment::rfc3339),
        }
    }

    /// A whole commitment; `photos` are the paths of the photos of its steps, by step.
    pub fn view(
        &self,
        one: &Commitment,
        steps: &[Step],
        milestones: &[Milestone],
        photos: &BTreeMap<String, String>,
        opinions: Opinions,
    ) -> CommitmentView {
        let titles: BTreeMap<Language, String> = one.title.clone().into();
        CommitmentView {
            row: self.row(one),
            titles: titles.into_iter().map(|(language, text)| (language.tag().to_owned(), text)).collect(),
            summary: one.summary.as_ref().map(|text| text.in_language(self.language).to_owned()).unwrap_or_default(),
            milestones: milestones.iter().map(milestone).collect(),
            history: steps.iter().map(|step| self.step(step, photos)).collect(),
            earlier_due: steps.iter().filter_map(|step| step.detail.get("from_due").cloned()).collect(),
            helped: opinions.shown().map(|shown| HelpedView { yes: shown.yes, partly: shown.partly, no: shown.no }),
            version: one.version,
        }
    }

    fn step(&self, step: &Step, photos: &BTreeMap<String, String>) -> StepView {
        StepView {
            id: step.id.clone(),
            at: step.at.rfc3339(),
            saying: step.saying.clone(),
            by: self.agency(&step.agency),
            text: step.body.clone(),
            link: Some(step.link.clone()).filter(|link| !link.is_empty()),
            photo: photos.get(&step.id).map(|path| self.town.url(path)),
            detail: step.detail.clone(),
        }
    }
}

fn milestone(one: &Milestone) -> MilestoneView {
    MilestoneView {
        position: one.position,
        title: one.title.clone(),
        due_at: one.due_at.rfc3339(),
        done_at: one.done_at.map(Moment::rfc3339),
    }
}
