//! Replays what happened, in the order in which it happened, each act at its own moment.

use super::{
    facts::{self, Fact, Kind, code_of},
    participation,
};
use crate::{assemble::Assembled, background};
use anyhow::{Context as _, anyhow};
use civic::{Actor, Code, Language, Moment, Role};
use futures_util::{StreamExt as _, future::BoxFuture, stream::FuturesUnordered};
use indicatif::{ProgressBar, ProgressStyle};
use people::{accounts, accounts::NewPerson, mandates, organisations, organisations::NewOrganisation};
use requests::{
    Category, DeskAct, DeskCommand, NewReport, OpenRequest, Source, act_at_desk, define_category, open_request,
};
use std::collections::BTreeMap;
use web::{Stop, Town};

/// Acts under way at a time, so that many share one commit.
const UNDER_WAY: usize = 512;
/// How long before the demo stands still each day the town looks for what is late: before its offices open.
const BEFORE_WORK_SECONDS: i64 = 2 * 3_600;
/// Days on which it looks: from before the first report on.
const LOOKED_DAYS: i64 = 14;
/// How long before the first request the town was set up.
const SETUP_DAYS: i64 = 150;

/// Builds the town.
///
/// # Errors
/// When an act is refused that happened in fact.
pub async fn build(assembled: &Assembled, copies: usize) -> anyhow::Result<()> {
    let facts = std::iter::repeat_n(facts::requests()?, copies).flatten().collect::<Vec<_>>();
    let (agencies, kinds) = facts::catalogue()?;
    let first = facts.first().context("there are no facts")?.opened()?;
    let early = assembled.town.at(first.plus_days(-SETUP_DAYS));
    let bar = bar(facts.len() as u64);
    let codes: Vec<String> = agencies.iter().map(|agency| code_of(&agency.code)).collect();
    let officers = set_up(&early, agencies, &kinds).await?;
    super::make_personas(&early, &codes).await?;
    places::set_boundaries(&early, &setter(), facts::DISTRICTS).await.map_err(in_words)?;
    let crowd = participation::crowd(&early).await?;
    participation::build_past(&assembled.town, &crowd).await?;
    let voted = super::voting::hold(&assembled.town).await.context("the votes")?;
    let promised = super::winners::promise(&assembled.town, &voted, &officers).await.context("what won")?;
    let mut replay = Replay {
        town: &assembled.town,
        kinds: &kinds,
        officers: &officers,
        bar: &bar,
        codes: BTreeMap::new(),
        without_pin: 0,
    };
    replay.all(&facts).await?;
    super::winners::live(&assembled.town, promised).await.context("what becomes of what won")?;
    super::accountability::promise(&assembled.town, &facts, &kinds, &replay.codes, &officers).await?;
    super::nearby::announce(&assembled.town, &officers).await?;
    super::conversations::build(&assembled.town).await?;
    super::services::build(&assembled.town).await.context("the services")?;
    participation::build_present(&assembled.town, &crowd, &kinds, &facts, &replay.codes).await?;
    super::gatherings::build(&assembled.town, &crowd).await?;
    super::assemblies::build(&assembled.town).await.context("the citizens' assembly")?;
    // What is published counts what the followers of the record count, so these go first.
    background::settle(assembled, super::stands_at()).await?;
    super::open_data::publish_all(&assembled.town.at(super::stands_at()), &code_of("BOS"))
        .await
        .context("open data")?;
    super::data_notes::tell(&assembled.town, super::stands_at(), &crowd).await.context("notes on open data")?;
    // What is past its time ends now, as it would have every night; so the town is quiet when it is first served.
    crate::retention::run(&assembled.town.at(super::stands_at())).await.context("what is not kept")?;
    bar.set_message("Signing the record, telling its followers");
    background::settle(assembled, super::stands_at()).await?;
    let (all, without_pin) = (facts.len(), replay.without_pin);
    bar.finish_and_clear();
    println!(
        "Built the demo town from {all} real requests; the pins of {without_pin} lie outside every district, so those have their address only."
    );
    Ok(())
}

fn bar(all: u64) -> ProgressBar {
    let style = ProgressStyle::with_template("{msg} {bar:30} {pos}/{len} requests, {elapsed}");
    let bar = ProgressBar::new(all).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar.set_message("Building the demo town");
    if bar.is_hidden() {
        println!("Building the demo town from {all} requests; this takes some seconds.");
    }
    bar
}

/// Who set the town up: the demo's own administrator, who exists only for this.
pub(super) fn setter() -> Actor {
    let mandates = vec![civic::Mandate { role: Role::Administrator, scope: civic::Scope::Town }];
    Actor { handle: "setup".to_owned(), mandates, ..Actor::visitor(Language::En) }
}

/// Agencies with one simulated officer each, and the categories.
pub(super) async fn set_up(
    town: &Town,
    agencies: Vec<facts::Agency>,
    kinds: &[Kind],
) -> anyhow::Result<BTreeMap<String, Actor>> {
    let mut officers = BTreeMap::new();
    for agency in agencies {
        officers.insert(agency.code.clone(), set_up_agency(town, agency).await?);
    }
    let organisations = town.db().read(organisations::list).await?;
    for (position, kind) in (1..).zip(kinds) {
        let of = organisations
            .iter()
            .find(|one| one.code == code_of(&kind.agency))
            .context("a category without an agency")?;
        let definition = kind.definition.clone();
        let category = Category { code: kind.code.clone(), organisation: of.id, position, active: true, definition };
        define_category(town, setter(), category).await.map_err(in_words)?;
    }
    Ok(officers)
}

async fn set_up_agency(town: &Town, agency: facts::Agency) -> anyhow::Result<Actor> {
    let (now, chance) = (town.now(), town.chance_handle());
    let new = NewOrganisation { code: code_of(&agency.code), name: agency.name.clone(), email: None };
    let organisation = town
        .db()
        .write(move |tx| {
            let made = organisations::create(tx, &new, now, &*chance)?.ok_or(database::DbError::NotFound)?;
            tx.commit(organisations::entry(&made, &setter(), now, &*chance)?, made)
        })
        .await?;
    let chance = town.chance_handle();
    let email = format!("{}@example.org", code_of(&agency.code)).parse().map_err(|_| anyhow!("an address"))?;
    let name = format!("{} desk", agency.code);
    let actor = town.db().write(move |tx| {
        let new = NewPerson { kind: "officer", email: &email, name: &name, language: Language::En };
        let person = accounts::find_or_make(tx, &new, now, &*chance)?;
        let given = mandates::give(
            tx,
            (person.id, &person.handle),
            Role::Officer,
            Some(&organisation),
            &setter(),
            now,
            &*chance,
        )?;
        let given = given.ok_or(database::DbError::NotFound)?;
        let mandate = civic::Mandate { role: Role::Officer, scope: civic::Scope::Organisation(organisation.id) };
        let actor = Actor {
            person: Some(person.id),
            name: name.clone(),
            handle: person.handle,
            mandates: vec![mandate],
            language: Language::En,
        };
        tx.commit(mandates::entry(&given, mandates::GIVEN, &setter(), now, &*chance)?, actor)
    });
    Ok(actor.await?)
}

/// What happened to the request of this number in the file.
enum Event {
    Opened(usize),
    Ended(usize),
}

type Done = (usize, Result<Option<Code>, Stop>);

struct Replay<'r> {
    town: &'r Town,
    kinds: &'r [Kind],
    officers: &'r BTreeMap<String, Actor>,
    bar: &'r ProgressBar,
    codes: BTreeMap<usize, Code>,
    without_pin: u64,
}

impl Replay<'_> {
    /// In time order, many under way at once; a request ends only after it was opened.
    async fn all(&mut self, facts: &[Fact]) -> anyhow::Result<()> {
        let mut events = Vec::new();
        for (number, fact) in facts.iter().enumerate() {
            events.push((fact.opened()?, 0, Event::Opened(number)));
            if let Some(closed) = fact.closed()?.filter(|closed| *closed < super::stands_at()) {
                events.push((closed, 1, Event::Ended(number)));
            }
        }
        events.sort_by_key(|(at, order, event)| {
            (
                *at,
                *order,
                match event {
                    Event::Opened(n) | Event::Ended(n) => *n,
                },
            )
        });
        let mut under_way = FuturesUnordered::new();
        let mut next_look = super::stands_at().plus_seconds(-BEFORE_WORK_SECONDS).plus_days(-LOOKED_DAYS);
        for (at, _, event) in events {
            // Once a day the town looks for what is late, as it does when it is served.
            while next_look <= at {
                while let Some(done) = under_way.next().await {
                    self.take(done)?;
                }
                requests::escalate(&self.town.at(next_look)).await?;
                next_look = next_look.plus_days(1);
            }
            let act = match event {
                Event::Opened(number) => self.open(facts, number, at)?,
                Event::Ended(number) => {
                    while !self.codes.contains_key(&number) {
                        let done = under_way.next().await.context("a request ended before it was opened")?;
                        self.take(done)?;
                    }
                    self.end(facts, number, at)?
                }
            };
            under_way.push(act);
            while under_way.len() >= UNDER_WAY {
                if let Some(done) = under_way.next().await {
                    self.take(done)?
                }
            }
        }
        while let Some(done) = under_way.next().await {
            self.take(done)?;
        }
        Ok(())
    }

    fn take(&mut self, (number, done): Done) -> anyhow::Result<()> {
        if let Some(code) = done.map_err(in_words).with_context(|| format!("row {}", number + 1))? {
            self.codes.insert(number, code);
            self.bar.inc(1);
        }
        Ok(())
    }

    fn open(&mut self, facts: &[Fact], number: usize, at: Moment) -> anyhow::Result<BoxFuture<'static, Done>> {
        let fact = &facts[number];
        let kind = self.kinds.iter().find(|kind| kind.source_type == fact.kind).context("a kind nobody knows")?;
        let town = self.town.at(at);
        let mut command = OpenRequest {
            category: kind.code.clone(),
            lat: Some(fact.lat.clone()).filter(|text| !text.is_empty()),
            long: Some(fact.long.clone()).filter(|text| !text.is_empty()),
            address: fact.address.clone(),
            district: Some(fact.district.clone()).filter(|text| !text.is_empty()),
            ..OpenRequest::default()
        };
        if self.lies_outside(&command) {
            (command.lat, command.long) = (None, None);
            self.without_pin += 1;
        }
        let report = NewReport { command, source: Some(source_of(&fact.source)), ..NewReport::default() };
        let pass = (fact.owner != kind.agency).then(|| (fact.owner.clone(), self.officers.get(&kind.agency).cloned()));
        Ok(Box::pin(async move { (number, open(town, report, pass).await.map(Some)) }))
    }

    fn lies_outside(&self, command: &OpenRequest) -> bool {
        let degrees = command
            .lat
            .as_deref()
            .and_then(|lat| lat.parse().ok())
            .zip(command.long.as_deref().and_then(|long| long.parse().ok()));
        let place = degrees.and_then(|(lat, long)| civic::Place::from_degrees(lat, long).ok());
        place.is_some_and(|place| self.town.part::<places::Districts>().locate(place).is_none())
    }

    fn end(&self, facts: &[Fact], number: usize, at: Moment) -> anyhow::Result<BoxFuture<'static, Done>> {
        let fact = &facts[number];
        let code = self.codes.get(&number).context("a request without a code")?.to_string();
        let officer = self.officers.get(&fact.owner).context("an agency without an officer")?.clone();
        let town = self.town.at(at);
        let command = DeskCommand { code, seen_version: None, act: ending(&fact.outcome), photo: None };
        Ok(Box::pin(async move { (number, act_at_desk(&town, officer, command).await.map(|_| None)) }))
    }
}

/// Opens it, and passes it on where another agency than usual dealt with it.
async fn open(town: Town, report: NewReport, pass: Option<(String, Option<Actor>)>) -> Result<Code, Stop> {
    let opened = open_request(&town, Actor::visitor(Language::En), report).await?;
    if let Some((owner, Some(officer))) = pass {
        let code = code_of(&owner);
        let organisation = town
            .db()
            .read(move |tx| organisations::by_code(tx, &code))
            .await
            .map_err(Stop::from)?
            .ok_or(Stop::NotFound)?;
        let act =
            DeskAct::Pass { organisation: organisation.id, organisation_code: organisation.code, suggested: false };
        let command = DeskCommand { code: opened.request.code.to_string(), seen_version: None, act, photo: None };
        act_at_desk(&town, officer, command).await?;
    }
    Ok(opened.request.code)
}

fn source_of(words: &str) -> Source {
    match words {
        "Mobile App" => Source::App,
        "Self Service" => Source::App,
        "Driver Self Report" | "Council's Office" => Source::Agency,
        "Email" => Source::Mail,
        _ => Source::Call,
    }
}

/// The city published the outcome, not the words; these are ours.
fn ending(outcome: &str) -> DeskAct {
    match outcome {
        "Cancelled" => DeskAct::Decline {
            reason: "The agency cancelled this request. (The city published only the outcome.)".to_owned(),
        },
        "Referred Out" => DeskAct::Decline {
            reason: "The agency referred this to a body outside the city. (The city published only the outcome.)"
                .to_owned(),
        },
        _ => DeskAct::Resolve {
            what_was_done: "The agency closed this request as done. (The city published only the outcome.)".to_owned(),
        },
    }
}

pub(super) fn in_words(stop: Stop) -> anyhow::Error {
    match stop {
        Stop::Refused(refusals) => {
            anyhow!("refused: {}", refusals.iter().map(|refusal| refusal.code).collect::<Vec<_>>().join(", "))
        }
        other => anyhow!("{other:?}"),
    }
}
