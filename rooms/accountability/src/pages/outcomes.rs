//! You said, we did: what was kept, what is late, what was not kept, on one page and in frames of other sites.

use super::{list::filter_of, show::helped_sentence};
use crate::{
    model::{Commitment, Opinions, STEP, Standing, Step},
    store::{self, Filter},
    views::{CommitmentRow, Eyes, HelpedView, Organisations, organisations},
};
use axum::extract::State;
use civic::Language;
use database::{DbError, Tx};
use places::Districts;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;
use web::{
    Answer, Frame, Sayings, Stop, Town, Visit, Wants,
    answer::{json, page},
    feed::{Item, rss_answer},
    serve::Embeddable,
    visit::Query,
};

/// Outcomes of each kind that the page shows.
const SHOWN: u32 = 30;
/// Outcomes that a frame of another site shows.
const EMBEDDED: u32 = 6;
/// Matters that are named as what was said.
const SAID: usize = 3;
/// What ends a commitment with words.
const LAST_WORDS: [&str; 4] = ["commitment.kept", "commitment.broken", "commitment.dropped", "commitment.postponed"];

/// What came of a promise: what was said, and what was done.
pub(super) struct Outcome {
    pub commitment: Commitment,
    pub said: Vec<String>,
    pub words: Option<Step>,
    pub photo: Option<String>,
    pub opinions: Opinions,
}

/// What the page shows, for machines.
#[derive(Debug, Serialize, JsonSchema)]
pub struct OutcomesView {
    /// Kept, the newest first.
    pub kept: Vec<OutcomeView>,
    /// Late, the latest day first.
    pub late: Vec<OutcomeView>,
    /// Broken or dropped, the newest first.
    pub not_kept: Vec<OutcomeView>,
}

/// One of them.
#[derive(Debug, Serialize, JsonSchema)]
pub struct OutcomeView {
    /// The commitment.
    #[serde(flatten)]
    pub row: CommitmentRow,
    /// What it grew out of.
    pub you_said: Vec<String>,
    /// The last words of the organisation about it.
    pub we_did: String,
    /// What those who asked said of it; absent while fewer than five have answered.
    pub helped: Option<HelpedView>,
}

/// A card of the page.
pub(super) struct Card {
    pub code: String,
    pub title: String,
    pub state: String,
    pub chip: &'static str,
    pub art: &'static str,
    pub said: Vec<String>,
    pub did: String,
    pub photo: String,
    pub when: String,
    pub by: String,
    pub helped: String,
}

#[derive(askama::Template)]
#[template(path = "outcomes.html")]
struct OutcomesPage {
    frame: Frame,
    kept: Vec<Card>,
    late: Vec<Card>,
    not_kept: Vec<Card>,
    snippet: String,
}

#[derive(askama::Template)]
#[template(path = "embed.html")]
struct EmbedPage {
    t: Sayings,
    lang: &'static str,
    dir: &'static str,
    css_path: &'static str,
    hues_path: String,
    town: String,
    home: String,
    cards: Vec<Card>,
}

/// GET /commitments/outcomes
pub async fn outcomes(State(town): State<Town>, visit: Visit) -> Answer {
    let (own, language, now) = (town.clone(), visit.t.language(), visit.at);
    let look = move |tx: &mut Tx<'_>| {
        let mut not_kept = store::newest_ended(tx, Standing::Broken, SHOWN)?;
        not_kept.extend(store::newest_ended(tx, Standing::Dropped, SHOWN)?);
        not_kept.sort_by_key(|one| std::cmp::Reverse(one.state.closed_at()));
        let filter = Filter { standing: Some((Standing::Late, now)), ..Filter::default() };
        let late = store::page_of(tx, &filter, None, SHOWN)?.items;
        let kept = store::newest_ended(tx, Standing::Kept, SHOWN)?;
        let mut told = Vec::new();
        for some in [kept, late, not_kept] {
            told.push(tell(&own, tx, some, language)?);
        }
        Ok::<_, DbError>((told, organisations(tx)?))
    };
    let (mut told, organisations) = town.db().read(look).await.map_err(Stop::from)?;
    let eyes = Eyes::new(&town, language, organisations);
    let (not_kept, late, kept) = (told.pop(), told.pop(), told.pop());
    let all = [kept, late, not_kept].map(Option::unwrap_or_default);
    match visit.wants {
        Wants::Html => html(&town, &visit, &eyes, &all),
        Wants::Rss => Ok(rss(&town, &visit, &eyes, &all)),
        _ => json(&view(&eyes, &all)),
    }
}

/// With what was said, and what was done.
pub(super) fn tell(
    town: &Town,
    tx: &mut Tx<'_>,
    some: Vec<Commitment>,
    language: Language,
) -> Result<Vec<Outcome>, DbError> {
    let codes: Vec<&str> = some.iter().map(|one| one.code.as_str()).collect();
    let mut words = store::last_words(tx, &codes, &LAST_WORDS)?;
    let opinions = store::opinions_of_each(tx, &some)?;
    let ids: Vec<&str> = words.values().map(|step| step.id.as_str()).collect();
    let photos: BTreeMap<_, _> = commons::files::first_of_each(tx, STEP.0, &ids)?.into_iter().collect();
    let mut told = Vec::new();
    for commitment in some {
        let near = commons::thread::near(town, tx, &commitment.subject(), language)?;
        let said = near.into_iter().filter(|near| near.key == "relation-grew-out-of").map(|near| near.brief.title);
        let code = commitment.code.as_str();
        let step = words.remove(code);
        let photo = step.as_ref().and_then(|step| photos.get(&step.id)).map(|file| format!("/files/{file}.jpg"));
        let opinions = opinions.get(code).copied().unwrap_or_default();
        told.push(Outcome { said: said.take(SAID).collect(), words: step, photo, opinions, commitment });
    }
    Ok(told)
}

fn view(eyes: &Eyes<'_>, [kept, late, not_kept]: &[Vec<Outcome>; 3]) -> OutcomesView {
    let one = |outcome: &Outcome| OutcomeView {
        row: eyes.row(&outcome.commitment),
        you_said: outcome.said.clone(),
        we_did: outcome.words.as_ref().map(|step| step.body.clone()).unwrap_or_default(),
        helped: outcome.opinions.shown().map(|of| HelpedView { yes: of.yes, partly: of.partly, no: of.no }),
    };
    let all = |outcomes: &[Outcome]| outcomes.iter().map(one).collect();
    OutcomesView { kept: all(kept), late: all(late), not_kept: all(not_kept) }
}

/// An outcome as a card.
pub(super) fn card(visit: &Visit, eyes: &Eyes<'_>, outcome: &Outcome) -> Card {
    let t = &visit.t;
    let one = &outcome.commitment;
    let standing = one.standing(eyes.now());
    let kept = standing == Standing::Kept;
    Card {
        code: one.code.to_string(),
        title: one.title.in_language(t.language()).to_owned(),
        state: t.say(standing.key()).to_owned(),
        chip: standing.chip(),
        art: art(standing),
        said: outcome.said.clone(),
        did: outcome.words.as_ref().map(|step| step.body.clone()).unwrap_or_default(),
        photo: outcome.photo.clone().unwrap_or_default(),
        when: match one.state.closed_at() {
            Some(at) => visit.date(at),
            None => t.with1("commitment-was-due", "date", visit.date(one.due_at)),
        },
        by: eyes.organisation(one.organisation).name,
        helped: if kept { helped_sentence(visit, outcome.opinions) } else { String::new() },
    }
}

/// The colour and drawing of a card: a thread that arrives, that is still open, or that is torn.
fn art(standing: Standing) -> &'static str {
    match standing {
        Standing::Kept => "apply",
        Standing::Promised | Standing::UnderWay | Standing::Late => "explore",
        Standing::Broken | Standing::Dropped => "report",
    }
}

fn html(town: &Town, visit: &Visit, eyes: &Eyes<'_>, [kept, late, not_kept]: &[Vec<Outcome>; 3]) -> Answer {
    let t = &visit.t;
    let cards = |outcomes: &[Outcome]| outcomes.iter().map(|outcome| card(visit, eyes, outcome)).collect();
    let frame = Frame::new(town, visit, t.say("outcomes-title")).describe(t.say("outcomes-lead"));
    page(&OutcomesPage {
        frame: frame.twins(visit, super::PAGE_TWINS),
        kept: cards(kept),
        late: cards(late),
        not_kept: cards(not_kept),
        snippet: format!(
            "<iframe src=\"{}\" title=\"{}\" width=\"100%\" height=\"480\" loading=\"lazy\"></iframe>",
            town.url("/embed/commitments"),
            t.say("outcomes-title")
        ),
    })
}

fn rss(town: &Town, visit: &Visit, eyes: &Eyes<'_>, all: &[Vec<Outcome>; 3]) -> axum::response::Response {
    let t = &visit.t;
    let mut items: Vec<Item> = all.iter().flatten().map(|outcome| item(visit, eyes, outcome)).collect();
    items.sort_by_key(|item| std::cmp::Reverse(item.at));
    let title = format!("{} – {}", t.say("outcomes-title"), town.settings().name.in_language(t.language()));
    rss_answer(&title, &town.url("/commitments/outcomes"), t.say("outcomes-lead"), t.language().tag(), &items)
}

fn item(visit: &Visit, eyes: &Eyes<'_>, outcome: &Outcome) -> Item {
    let row = eyes.row(&outcome.commitment);
    Item {
        title: format!("{} – {}", row.title, visit.t.say(row.state.key())),
        description: outcome.words.as_ref().map(|step| step.body.clone()).unwrap_or_default(),
        at: outcome.commitment.updated_at,
        id: format!("{}#{}", row.url, row.state.word()),
        link: row.url,
    }
}

/// GET /embed/commitments: a small page that other sites may show in a frame.
pub async fn embed(State(town): State<Town>, visit: Visit, Query(asked): Query<super::list::Asked>) -> Answer {
    let (own, language, now) = (town.clone(), visit.t.language(), visit.at);
    let look = move |tx: &mut Tx<'_>| {
        let organisations = organisations(tx)?;
        let filter = filter_of(&asked, &organisations, own.part::<Districts>(), now)?;
        Ok::<_, Stop>((embedded(&own, tx, filter, language)?, organisations))
    };
    let (told, organisations): (Vec<Outcome>, Organisations) = town.db().read(look).await?;
    let eyes = Eyes::new(&town, language, organisations);
    let mut answer = page(&EmbedPage {
        t: visit.t.clone(),
        lang: language.tag(),
        dir: language.direction(),
        css_path: web::assets::APP_CSS,
        hues_path: web::frame::hues_path(town.settings()),
        town: town.settings().name.in_language(language).to_owned(),
        home: town.url("/commitments/outcomes"),
        cards: told.iter().map(|outcome| card(&visit, &eyes, outcome)).collect(),
    })?;
    answer.extensions_mut().insert(Embeddable);
    Ok(answer)
}

/// What has ended and fits the filter, the newest first; without a state only what was kept.
fn embedded(town: &Town, tx: &mut Tx<'_>, filter: Filter, language: Language) -> Result<Vec<Outcome>, DbError> {
    let filter = Filter {
        standing: filter.standing.or((filter.open.is_none()).then_some((Standing::Kept, town.now()))),
        ..filter
    };
    let found = store::page_of(tx, &filter, None, EMBEDDED)?.items;
    tell(town, tx, found, language)
}
