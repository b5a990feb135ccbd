//! Assemblies, draws and recommendations for machines, and what pages are made of.

use crate::{
    acts, decide,
    decide::Labels,
    model::{Assembly, Draw, Kind, Member, MemberState, Recommendation},
    store,
};
use civic::{Actor, Language};
use database::{DbError, Tx};
use lottery::Category;
use people::organisations;
use schemars::JsonSchema;
use serde::Serialize;
use web::{Stop, Town, Visit};

/// An assembly, for machines.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AssemblyView {
    /// Its code.
    pub code: String,
    /// Its page.
    pub url: String,
    /// What it is called.
    pub title: String,
    /// It in one or two sentences.
    pub summary: String,
    /// What it is asked, in Markdown.
    pub remit: String,
    /// `coming`, `open`, `closed` or `drawn`.
    pub standing: &'static str,
    /// Members.
    pub seats: u32,
    /// Whether people register themselves.
    pub registers: bool,
    /// From when on (RFC 3339).
    pub opens_at: String,
    /// Until when.
    pub closes_at: String,
    /// People in the pool.
    pub registered: i64,
    /// The public value that is mixed into the first draw; empty for none.
    pub source: String,
    /// Features with quotas and counts.
    pub quotas: Vec<QuotaView>,
    /// Members who have accepted.
    pub accepted: u32,
    /// Members who were written to and can still answer.
    pub asked: u32,
    /// Seats that nobody holds.
    pub free: u32,
    /// All draws, also one of which there is only the commitment.
    pub draws: Vec<DrawView>,
    /// What it recommends.
    pub recommendations: Vec<RecommendationView>,
    /// The code of the organisation that answers; none for the town itself.
    pub answered_by: Option<String>,
    /// By which day (2027-06-30).
    pub answer_due: Option<String>,
    /// The matter it belongs to, as kind/reference.
    pub belongs_to: Option<String>,
}

/// One feature.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct QuotaView {
    /// Its category, as the files name it.
    pub category: String,
    /// Its name, as the files name it.
    pub feature: String,
    /// Its category in the reader's language.
    pub category_label: String,
    /// Its name in the reader's language.
    pub label: String,
    /// Seats that must go to such people.
    pub min: u32,
    /// Seats that may go to such people.
    pub max: u32,
    /// Such people in the first pool; none before it was fixed, and for a category with a group of 1 to 4.
    pub pool: Option<u32>,
    /// Such people among the members when the last draw was made.
    pub drawn: Option<u32>,
}

impl QuotaView {
    /// The quota as people read it.
    pub fn range(&self, t: &web::Sayings) -> String {
        t.with2("assembly-quota-range", "least", i64::from(self.min), "most", i64::from(self.max))
    }
}

/// A draw, for machines.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DrawView {
    /// Its number, from 1.
    pub number: i64,
    /// `first`, `again` or `vacancies`.
    pub kind: &'static str,
    /// Why all members are drawn anew.
    pub reason: String,
    /// `committed`, `working`, `prepared`, `failed` or `drawn`.
    pub state: &'static str,
    /// SHA-256 of the town's seed, on the record since `committed_at`.
    pub seed_sha256: String,
    /// When (RFC 3339).
    pub committed_at: String,
    /// The public value that is mixed in, as named beforehand.
    pub source: String,
    /// The town's seed, once a panel was drawn.
    pub seed: Option<String>,
    /// The public value.
    pub value: String,
    /// Seats to fill.
    pub seats: u32,
    /// People in its pool.
    pub volunteers: u64,
    /// SHA-256 of pool.csv.
    pub pool_sha256: String,
    /// SHA-256 of quotas.csv.
    pub quotas_sha256: String,
    /// SHA-256 of panels.csv, on the record before the draw.
    pub panels_sha256: String,
    /// Panels, each equally likely.
    pub panels: u32,
    /// The number of the panel that was drawn, from 0.
    pub panel: Option<i64>,
    /// The smallest chance, in panels.
    pub least: u32,
    /// The greatest chance, in panels.
    pub greatest: u32,
    /// Gini coefficient of the chances.
    pub gini: f64,
    /// The smallest chance of the fairest lottery there can be, 0 to 1.
    pub ideal: f64,
    /// Whether no lottery is fairer, to 1e-7.
    pub proved: bool,
    /// People by chance: below 10 %, below 20 %, …, below 100 %, 100 %.
    pub spread: Vec<u64>,
    /// Seats filled of those who declined.
    pub declined: u32,
    /// Seats filled of those who did not answer.
    pub silent: u32,
    /// Quotas of the whole assembly beside pool and members after this draw.
    pub quotas: Vec<QuotaView>,
    /// What recomputes it, once drawn.
    pub command: Option<String>,
    /// Its page.
    pub url: String,
}

/// A recommendation, for machines.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RecommendationView {
    /// Its number.
    pub number: i64,
    /// Its subject, as `recommendation/S-7K2M.1`.
    pub subject: String,
    /// Its page.
    pub url: String,
    /// What it is called.
    pub title: String,
    /// It, in Markdown.
    pub words: String,
    /// When it was published (RFC 3339).
    pub published_at: String,
    /// The answer, in Markdown.
    pub answer: Option<String>,
    /// When it was given.
    pub answered_at: Option<String>,
}

/// All public assemblies, for machines.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AssemblyList {
    /// The latest first.
    pub assemblies: Vec<AssemblyView>,
}

/// All there is to know of an assembly that is public, and who sits.
pub struct Matter {
    pub assembly: Assembly,
    pub categories: Vec<Category>,
    pub labels: Labels,
    pub registered: i64,
    pub draws: Vec<Draw>,
    pub members: Vec<Member>,
    pub recommendations: Vec<Recommendation>,
    pub answered_by: Option<organisations::Organisation>,
}

impl Matter {
    /// Reads it.
    pub fn of(tx: &mut Tx<'_>, assembly: Assembly) -> Result<Self, DbError> {
        let code = assembly.code.to_string();
        // A draft may have quotas that nobody can read yet.
        let categories = decide::categories(&assembly.plan.quotas).unwrap_or_default();
        let answered_by = match assembly.plan.answered_by {
            Some(id) => organisations::by_id(tx, id)?,
            None => None,
        };
        Ok(Self {
            labels: Labels::read(&assembly.plan.labels, &categories).unwrap_or_default(),
            categories,
            registered: store::count_pool(tx, &code)?,
            draws: store::draws(tx, &code)?,
            members: store::members(tx, &code)?,
            recommendations: store::recommendations(tx, &code)?,
            answered_by,
            assembly,
        })
    }

    pub fn is_drawn(&self) -> bool {
        self.draws.iter().any(Draw::is_drawn)
    }

    pub fn last_drawn(&self) -> Option<&Draw> {
        self.draws.iter().rev().find(|one| one.is_drawn())
    }

    /// How many members have accepted, can still answer, and are missing.
    pub fn seats(&self, visit: &Visit) -> (u32, u32, u32) {
        let count = |state| self.members.iter().filter(|one| one.at(visit.at) == state).count() as u32;
        let (accepted, asked) = (count(MemberState::Accepted), count(MemberState::Asked));
        let free = if self.is_drawn() { self.assembly.plan.seats.saturating_sub(accepted + asked) } else { 0 };
        (accepted, asked, free)
    }

    /// The features, with the pool of the first draw and who was drawn in this one.
    pub fn quotas(&self, language: Language, draw: Option<&Draw>) -> Vec<QuotaView> {
        let pool = self.draws.first().map(|first| &first.facts.pool);
        let mut all = Vec::new();
        for (at, category) in self.categories.iter().enumerate() {
            let told = pool.and_then(|pool| pool.get(at)?.as_ref());
            let drawn = draw.and_then(|draw| draw.facts.drawn.get(at));
            for (place, feature) in category.features.iter().enumerate() {
                all.push(QuotaView {
                    category: category.name.clone(),
                    feature: feature.name.clone(),
                    category_label: self.labels.of(&category.name, language),
                    label: self.labels.of(&feature.name, language),
                    min: feature.at_least,
                    max: feature.at_most,
                    pool: told.and_then(|counts| counts.get(place)).copied(),
                    drawn: drawn.and_then(|counts| counts.get(place)).copied(),
                });
            }
        }
        all
    }

    pub fn draw_view(&self, town: &Town, draw: &Draw, language: Language) -> DrawView {
        let code = self.assembly.code.as_str();
        let facts = &draw.facts;
        DrawView {
            number: draw.number,
            kind: draw.kind.word(),
            reason: draw.reason.clone(),
            state: draw.state.word(),
            seed_sha256: draw.seed_sha256.clone(),
            committed_at: draw.committed_at.rfc3339(),
            source: source(&self.assembly, draw),
            seed: draw.is_drawn().then(|| draw.seed.clone()),
            value: draw.value.clone(),
            seats: facts.seats,
            volunteers: facts.volunteers,
            pool_sha256: facts.pool_sha256.clone(),
            quotas_sha256: facts.quotas_sha256.clone(),
            panels_sha256: facts.panels_sha256.clone(),
            panels: facts.panels,
            panel: draw.panel,
            least: facts.least,
            greatest: facts.greatest,
            gini: facts.gini,
            ideal: facts.ideal,
            proved: facts.proved,
            spread: facts.spread.clone(),
            declined: facts.declined,
            silent: facts.silent,
            quotas: self.quotas(language, Some(draw)),
            command: command(code, draw),
            url: town.url(&format!("/assemblies/{code}/draws/{}", draw.number)),
        }
    }

    pub fn view(&self, town: &Town, visit: &Visit) -> AssemblyView {
        let (one, language) = (&self.assembly, visit.t.language());
        let (accepted, asked, free) = self.seats(visit);
        AssemblyView {
            code: one.code.to_string(),
            url: town.url(&format!("/assemblies/{}", one.code)),
            title: one.plan.title.in_language(language).to_owned(),
            summary: one.plan.summary.in_language(language).to_owned(),
            remit: one.plan.remit.as_ref().map(|text| text.in_language(language).to_owned()).unwrap_or_default(),
            standing: one.standing(self.is_drawn(), visit.at).word(),
            seats: one.plan.seats,
            registers: one.plan.open,
            opens_at: one.opens_at.rfc3339(),
            closes_at: one.closes_at.rfc3339(),
            registered: self.registered,
            source: one.plan.source.clone(),
            quotas: self.quotas(language, self.last_drawn()),
            accepted,
            asked,
            free,
            draws: self.draws.iter().map(|draw| self.draw_view(town, draw, language)).collect(),
            recommendations: self.recommendations.iter().map(|r| recommendation(town, one, r, language)).collect(),
            answered_by: self.answered_by.as_ref().map(|one| one.code.clone()),
            answer_due: one.plan.answer_due.clone(),
            belongs_to: one.plan.belongs_to.as_ref().map(ToString::to_string),
        }
    }
}

/// The public value that is mixed into a draw: before the first is begun, that of the plan.
pub fn source(assembly: &Assembly, draw: &Draw) -> String {
    if draw.kind == Kind::First { assembly.plan.source.clone() } else { draw.source.clone() }
}

/// The name of a file of a draw.
pub fn file_name(code: &str, draw: i64, name: &str) -> String {
    format!("{code}-{draw}-{name}.csv")
}

/// The command that recomputes a draw from its files. The value holds no quotes: `may_draw` lets none through.
pub fn command(code: &str, draw: &Draw) -> Option<String> {
    let file = |name: &str| file_name(code, draw.number, name);
    draw.is_drawn().then(|| {
        format!(
            "polity lottery {} --quotas {} --size {} --seed '{}' --commitment {} --json",
            file("pool"),
            file("quotas"),
            draw.facts.seats,
            draw.whole_seed(),
            draw.facts.panels_sha256
        )
    })
}

pub fn recommendation(
    town: &Town,
    assembly: &Assembly,
    one: &Recommendation,
    language: Language,
) -> RecommendationView {
    let code = assembly.code.as_str();
    RecommendationView {
        number: one.number,
        subject: Recommendation::subject(code, one.number).to_string(),
        url: town.url(&format!("/assemblies/{code}/recommendations/{}", one.number)),
        title: one.title.in_language(language).to_owned(),
        words: one.words.in_language(language).to_owned(),
        published_at: one.at.rfc3339(),
        answer: one.answer.as_ref().map(|(_, words)| words.in_language(language).to_owned()),
        answered_at: one.answer.as_ref().map(|(at, _)| at.rfc3339()),
    }
}

/// An assembly as somebody may see it: one that is not public is there only for who holds it.
pub fn seen(tx: &mut Tx<'_>, code: &str, actor: &Actor) -> Result<Assembly, Stop> {
    let assembly = store::by_code(tx, code)?.ok_or(Stop::NotFound)?;
    let visible = assembly.published_at.is_some() || actor.may_for(&acts::KEEP, assembly.organisation);
    if visible { Ok(assembly) } else { Err(Stop::NotFound) }
}
