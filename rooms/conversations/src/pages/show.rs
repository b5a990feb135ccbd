//! The page of one conversation: what is asked, what is known, who takes part, what came of it so far.

use super::{
    crumbs, known,
    shown::{Shown, shown},
    summary::{SummaryShown, summary_shown},
};
use crate::{
    books::Known,
    commands::may_lead,
    model::{Conversation, DISTRICT, Facts, Moderation, Phase, Promise, Source},
    promised::Promised,
    store,
    views::{conversation_view, facts_view, path, promise_path},
};
use axum::{
    extract::State,
    http::{HeaderValue, header},
};
use civic::Subject;
use database::DbError;
use places::Districts;
use web::{
    Answer, Frame, Stop, Town, Visit, Wants,
    answer::{json, page, text},
    dates::number,
    manifest::Catalogue,
    parts::Crumb,
    visit::Path,
};

/// Characters of an introduction that describe the page elsewhere.
const DESCRIPTION_LIMIT: usize = 200;

/// The facts as a page shows them.
pub(super) struct FactsShown {
    /// What the reader reads: in their language where there is one.
    pub words: String,
    pub lang: &'static str,
    /// Whose words those are, where they are a translation, or that there is none; else empty.
    pub heading: String,
    /// The words as they were written, beside a translation; else empty.
    pub original: String,
    pub original_lang: &'static str,
    pub original_heading: String,
    pub sources: Vec<Source>,
    pub edition: String,
}

/// A promise as a page shows it.
pub(super) struct PromiseShown {
    pub href: String,
    pub words: String,
    pub by: String,
    pub statements: Vec<i64>,
    /// The commitments that grew out of it: page, title, how they stand.
    pub led_to: Vec<(String, String, String)>,
}

#[derive(askama::Template)]
#[template(path = "conversation.html")]
struct ShowPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    code: String,
    own: String,
    introduction: String,
    phase: String,
    chip: &'static str,
    is_open: bool,
    leads: bool,
    when: String,
    entry: String,
    moderation: String,
    /// Whether the map is shown at the end only.
    map_at_end: bool,
    facts: Option<FactsShown>,
    people: String,
    answers: String,
    asked: String,
    summary: Option<SummaryShown>,
    map: Option<Shown>,
    promises: Vec<PromiseShown>,
    about: Option<(String, String)>,
    attribution: String,
    source_url: String,
    /// Which edition of a report is in force; empty for none.
    report: String,
    follow: String,
}

/// GET /conversations/{code}
pub async fn show(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let known = known(&town, &visit, &code)?;
    if visit.wants == Wants::Json {
        let promised = Promised::of(&town, &known, visit.t.language()).await?;
        return json(&conversation_view(&town, &known, &promised, (visit.at, visit.t.language())));
    }
    let promises = promises_shown(&town, &visit, &known).await?;
    let about = match known.conversation.about.clone() {
        Some(about) => matter(&town, &visit, about).await?,
        None => None,
    };
    let subject = known.conversation.subject();
    let follow = if known.conversation.published_at.is_some() {
        let about = subject.clone();
        let followers = town.db().read(move |tx| commons::followers::count(tx, &about)).await.map_err(Stop::from)?;
        commons::talk::follow(&visit, &subject, &path(&code), followers, false)
    } else {
        String::new()
    };
    page(&ShowPage { follow, ..compose(&town, &visit, &known, about, promises) })
}

/// What a conversation is about: its page and what people call it, while that is public.
async fn matter(town: &Town, visit: &Visit, about: Subject) -> Result<Option<(String, String)>, Stop> {
    if about.kind == DISTRICT {
        let name = town.part::<Districts>().name(&about.id);
        return Ok(name.map(|name| (format!("/districts/{}", about.id), name)));
    }
    let (own, language) = (town.clone(), visit.t.language());
    let read = town.db().read(move |tx| {
        let found = own.part::<Catalogue>().briefs(&own, tx, std::slice::from_ref(&about), language)?;
        Ok::<_, DbError>(found.into_iter().next())
    });
    let Some(brief) = read.await? else { return Ok(None) };
    let page = town.part::<Catalogue>().page_of(&brief.subject.kind, &brief.subject.id);
    Ok(page.map(|page| (page, brief.title)))
}

fn compose(
    town: &Town,
    visit: &Visit,
    known: &Known,
    about: Option<(String, String)>,
    promises: Vec<PromiseShown>,
) -> ShowPage {
    let (one, language) = (&known.conversation, visit.t.language());
    let line = super::list::line(visit, known);
    let count = |count: usize| number(i64::try_from(count).unwrap_or(i64::MAX), language);
    let introduction = one.introduction.in_language(language).to_owned();
    let description: String = introduction.chars().take(DESCRIPTION_LIMIT).collect();
    let origin = one.origin.clone().unwrap_or_default();
    ShowPage {
        frame: Frame::new(town, visit, one.question.in_language(language))
            .describe(description)
            .twins(visit, &[Wants::Json]),
        crumbs: crumbs(visit, known, ""),
        code: one.code.to_string(),
        own: path(one.code.as_str()),
        introduction,
        phase: line.phase,
        chip: line.chip,
        is_open: one.phase(visit.at) == Phase::Open,
        leads: may_lead(visit.actor(), one),
        when: line.when,
        entry: entry_words(town, visit, one),
        moderation: writing_words(visit, one),
        map_at_end: known.hides_map,
        facts: known.facts.as_ref().map(|facts| facts_shown(visit, facts)),
        people: count(known.totals.0),
        answers: count(known.totals.1),
        asked: count(known.asked.len()),
        summary: summary_shown(visit, known),
        map: known.map.as_ref().map(|map| shown(visit, known, map, None)),
        promises,
        about,
        attribution: origin.attribution,
        source_url: origin.url,
        report: known
            .report()
            .map(|edition| {
                let (number, day) = (edition.number, visit.date(edition.at));
                visit.t.with2("creport-published-on", "number", number, "date", day)
            })
            .unwrap_or_default(),
        follow: String::new(),
    }
}

/// When new statements are public, and until when they can be written.
fn writing_words(visit: &Visit, one: &Conversation) -> String {
    let looked = match one.moderation {
        Moderation::Open => "conversation-moderation-open",
        Moderation::First => "conversation-moderation-first",
    };
    let until = one.writing_until.map(|until| visit.t.with1("conversation-writing", "date", visit.date_time(until)));
    std::iter::once(visit.t.say(looked).to_owned()).chain(until).collect::<Vec<_>>().join(". ")
}

/// Who may take part, in words.
pub(super) fn entry_words(town: &Town, visit: &Visit, one: &Conversation) -> String {
    let t = &visit.t;
    let mut words = vec![t.say(&format!("conversation-entry-{}", one.entry.word())).to_owned()];
    if let Some(age) = one.eligible.least_age {
        words.push(t.with1("conversation-eligible-age", "age", i64::from(age)));
    }
    if !one.eligible.lives_in.is_empty() {
        let districts = town.part::<Districts>();
        let name = |code: &String| districts.name(code).unwrap_or_else(|| code.clone());
        let names: Vec<String> = one.eligible.lives_in.iter().map(name).collect();
        words.push(t.with1("conversation-eligible-lives", "districts", names.join(t.say("moderation-comma"))));
    }
    words.join(" ")
}

/// An edition of the facts for a reader.
pub(super) fn facts_shown(visit: &Visit, facts: &Facts) -> FactsShown {
    let (t, language, original) = (&visit.t, visit.t.language(), facts.original);
    let written = facts.words.exactly(original).unwrap_or_default();
    let translation = facts.words.exactly(language).filter(|_| language != original);
    let by = match facts.translated.get(&language) {
        Some(hand) => format!("cfacts-translated-{}", hand.word()),
        None => "cfacts-translated".to_owned(),
    };
    let heading = match translation {
        Some(_) => t.say(&by).to_owned(),
        None if language != original => t.with1("cfacts-untranslated", "language", original.own_name()),
        None => String::new(),
    };
    FactsShown {
        words: translation.unwrap_or(written).to_owned(),
        lang: if translation.is_some() { language } else { original }.tag(),
        heading,
        original: if translation.is_some() { written.to_owned() } else { String::new() },
        original_lang: original.tag(),
        original_heading: t.with1("cfacts-original", "language", original.own_name()),
        sources: facts.sources.clone(),
        edition: visit.t.with2("cfacts-edition", "number", facts.version, "date", visit.date(facts.at)),
    }
}

/// The promises of a conversation for a reader, each with what became of it.
pub(super) async fn promises_shown(town: &Town, visit: &Visit, known: &Known) -> Result<Vec<PromiseShown>, Stop> {
    let promised = Promised::of(town, known, visit.t.language()).await?;
    Ok(known.promises.iter().map(|one| promise_shown(town, visit, known, &promised, one)).collect())
}

/// One promise for a reader.
pub(super) fn promise_shown(
    town: &Town,
    visit: &Visit,
    known: &Known,
    promised: &Promised,
    promise: &Promise,
) -> PromiseShown {
    let (t, code) = (&visit.t, known.conversation.code.as_str());
    let by = promised.by_whom(promise, t.language(), t.say("facilitate-organisation-none"));
    let led_to = promised.grown(code, promise.number).iter().map(|brief| {
        let page = town.part::<Catalogue>().page_of(&brief.subject.kind, &brief.subject.id).unwrap_or_default();
        (page, brief.title.clone(), brief.state.clone().unwrap_or_default())
    });
    PromiseShown {
        href: promise_path(code, promise.number),
        words: promise.words.in_language(t.language()).to_owned(),
        by: match &promise.due_on {
            Some(day) => t.with2("cpromise-by-due", "by", by, "date", day_shown(visit, day)),
            None => t.with1("cpromise-by", "by", by),
        },
        statements: promise.statements.clone(),
        led_to: led_to.collect(),
    }
}

/// A day as people write it.
fn day_shown(visit: &Visit, day: &str) -> String {
    let zoned = day.parse::<jiff::civil::Date>().ok().and_then(|day| day.to_zoned(visit.zone.clone()).ok());
    zoned.map_or_else(|| day.to_owned(), |zoned| visit.date(civic::Moment::from(zoned.timestamp())))
}

#[derive(askama::Template)]
#[template(path = "conversation_facts.html")]
struct FactsPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    editions: Vec<FactsShown>,
}

/// GET /conversations/{code}/facts: every edition.
pub async fn facts(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let known = known(&town, &visit, &code)?;
    let editions = town.db().read(move |tx| store::editions(tx, &code)).await.map_err(Stop::from)?;
    if visit.wants == Wants::Json {
        return json(&editions.iter().map(facts_view).collect::<Vec<_>>());
    }
    let title = visit.t.say("cfacts-editions");
    page(&FactsPage {
        frame: Frame::new(&town, &visit, title).twins(&visit, &[Wants::Json]),
        crumbs: crumbs(&visit, &known, title),
        editions: editions.iter().map(|facts| facts_shown(&visit, facts)).collect(),
    })
}

/// GET /conversations/{code}/qr.svg: the address to take part, to be printed and put up.
pub async fn qr(State(town): State<Town>, visit: Visit, Path(code): Path<String>) -> Answer {
    let known = known(&town, &visit, &code)?;
    let address = town.url(&format!("{}/take-part", path(known.conversation.code.as_str())));
    let code = qrcode::QrCode::new(address.as_bytes()).map_err(Stop::fault)?;
    let svg = code.render::<qrcode::render::svg::Color<'_>>().min_dimensions(240, 240).build();
    let mut answer = text("image/svg+xml", svg);
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    Ok(answer)
}
