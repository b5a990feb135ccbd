//! What the public reads of services and applications.

use crate::{
    figures::{FiguresView, WaitView},
    model::{Application, Definition, Service},
    versions::{self, VersionRow},
};
use civic::{Language, LocalText};
use people::organisations::Organisation;
use schemars::JsonSchema;
use serde::Serialize;

/// A service in a list.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ServiceRow {
    /// Its code.
    pub code: String,
    /// Its page.
    pub url: String,
    /// What it is called.
    pub title: String,
    /// It in a sentence or two.
    pub summary: String,
    /// Who answers for it: code.
    pub organisation: String,
    /// Who answers for it: name.
    pub organisation_name: String,
    /// The events in a life that lead to it.
    pub events: Vec<String>,
    /// Whether it can be applied for online.
    pub online: bool,
    /// How long it really takes; none where that is not measured yet.
    pub wait: Option<WaitView>,
}

/// A service.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ServiceView {
    /// What its row in a list says.
    #[serde(flatten)]
    pub row: ServiceRow,
    /// Who it is for.
    pub who: String,
    /// What one needs, one by one.
    pub need: Vec<String>,
    /// What it costs, in words.
    pub cost: String,
    /// What it costs in cents, where that is one amount.
    pub cost_cents: Option<i64>,
    /// The law it rests on.
    pub law: String,
    /// The address of that law.
    pub law_url: String,
    /// Where to complain.
    pub complaints: String,
    /// Where and when it can be had at a counter.
    pub counter: String,
    /// The number to call.
    pub phone: String,
    /// Working days until an answer is promised.
    pub answer_days: u32,
    /// Days for an appeal.
    pub appeal_days: u32,
    /// Whether two officers decide.
    pub four_eyes: bool,
    /// The number of the version in force.
    pub number: i64,
    /// When it was published.
    pub published_at: String,
    /// Its form as JSON Schema 2020-12.
    pub schema_url: String,
    /// Its form on paper, as PDF; empty where there is none.
    pub paper_url: String,
    /// The rules by which it is decided, as text; empty for none.
    pub rules: String,
    /// All versions that were given out, newest first.
    pub versions: Vec<VersionRow>,
}

/// The row of a published service.
pub fn row(
    one: &Service,
    by: Option<&Organisation>,
    figures: Option<&FiguresView>,
    language: Language,
) -> Option<ServiceRow> {
    let definition = one.published.as_ref()?;
    Some(ServiceRow {
        code: one.code.clone(),
        url: format!("/services/{}", one.code),
        title: definition.title.in_language(language).to_owned(),
        summary: definition.summary.in_language(language).to_owned(),
        organisation: by.map(|by| by.code.clone()).unwrap_or_default(),
        organisation_name: by.map(|by| by.name.in_language(language).to_owned()).unwrap_or_default(),
        events: definition.events.iter().map(|event| event.word().to_owned()).collect(),
        online: definition.online,
        wait: figures.and_then(|figures| figures.all.wait),
    })
}

/// The view of a published service; its versions are the caller's.
pub fn view(
    one: &Service,
    by: Option<&Organisation>,
    figures: Option<&FiguresView>,
    language: Language,
) -> Option<ServiceView> {
    let row = row(one, by, figures, language)?;
    let definition = one.published.as_ref()?;
    let say = |text: &Option<LocalText>| words(text.as_ref(), language);
    Some(ServiceView {
        who: say(&definition.who),
        need: lines(definition, language),
        cost: say(&definition.cost),
        cost_cents: definition.cost_cents,
        law: say(&definition.law),
        law_url: definition.law_url.clone(),
        complaints: say(&definition.complaints),
        counter: say(&definition.counter),
        phone: definition.phone.clone(),
        answer_days: definition.answer_days,
        appeal_days: definition.appeal_days,
        four_eyes: definition.four_eyes,
        number: one.number,
        published_at: one.published_at.map(|at| at.rfc3339()).unwrap_or_default(),
        schema_url: format!("/services/{}/schema?number={}", one.code, one.number),
        paper_url: if definition.form.pages.is_empty() {
            String::new()
        } else {
            format!("/services/{}/paper.pdf", one.code)
        },
        rules: definition.rules.clone(),
        versions: Vec::new(),
        row,
    })
}

/// A text in a language; empty for none.
pub fn words(text: Option<&LocalText>, language: Language) -> String {
    text.map(|text| text.in_language(language).to_owned()).unwrap_or_default()
}

/// What one needs, one by one.
pub fn lines(definition: &Definition, language: Language) -> Vec<String> {
    let text = words(definition.need.as_ref(), language);
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// What everybody may know of a decided application.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct DecidedView {
    /// Its reference.
    pub code: String,
    /// The code of the service.
    pub service: String,
    /// The version of form and rules by which it was decided.
    pub number: i64,
    /// The page of that version.
    pub version_url: String,
    /// What was decided.
    pub outcome: String,
    /// When.
    pub decided_at: String,
}

/// The public view of an application: none before it is decided.
pub fn decided(one: &Application) -> Option<DecidedView> {
    let at = one.appeal.as_ref().and_then(|appeal| appeal.decided_at).or(one.decided_at)?;
    Some(DecidedView {
        code: one.code.to_string(),
        service: one.service.clone(),
        number: one.number,
        version_url: versions::page_of(&one.service, one.number),
        outcome: one.state.outcome()?.word().to_owned(),
        decided_at: at.rfc3339(),
    })
}
