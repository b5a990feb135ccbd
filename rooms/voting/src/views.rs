//! Read models, shared by pages and machines.

use crate::{
    areas::AreaSum,
    count::Selected,
    decide, hidden,
    model::{Channel, Definition, OPTION, Phase, State, VOTE, Vote, VoteOption},
    paper::PaperCount,
    rule::Rule,
    store,
};
use civic::{Language, Moment, Money, Subject};
use database::{DbError, Tx};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;
use web::{
    Sayings, Town, dates,
    manifest::{Brief, Offer},
};

/// A vote in a line.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct VoteRow {
    /// Its reference.
    pub code: String,
    /// What people call it, in the reader's language.
    pub title: String,
    /// `budget` or `poll`.
    pub kind: &'static str,
    /// Where it stands: announced, open, counting, decided, undecided, withdrawn.
    pub phase: &'static str,
    /// From when on ballots are taken (RFC 3339).
    pub opens_at: String,
    /// From when on none are taken.
    pub closes_at: String,
    /// Whether its ballots are simulated, or it was held elsewhere: held, imported, simulated.
    pub origin: &'static str,
    /// Its page.
    pub url: String,
}

/// A vote whole. While it is open, nothing here says what was voted.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct VoteView {
    /// It in a line.
    #[serde(flatten)]
    pub row: VoteRow,
    /// What it is about.
    pub text: String,
    /// Who may vote: residents, roll or codes.
    pub voters: &'static str,
    /// What a voter can say.
    pub ballot: &'static str,
    /// How many at most, or points in all, where the ballot has such a number.
    pub ballot_number: Option<u16>,
    /// How it is counted, as the record has it.
    pub rule: serde_json::Value,
    /// The budget in cents, and its currency.
    pub budget: Option<AmountView>,
    /// In which districts a voter votes, where districts have sums of their own: own or chosen.
    pub votes_in: Option<&'static str>,
    /// In how many districts at most.
    pub districts_most: Option<u16>,
    /// The budget in parts, where districts have sums of their own; each is counted by itself.
    pub areas: Vec<AreaView>,
    /// How old one must be at least on the day the vote closes.
    pub least_age: Option<u8>,
    /// The districts in one of which one must live; empty where it does not matter.
    pub lives_in: Vec<String>,
    /// What is voted on, in the order of the ballot.
    pub options: Vec<OptionView>,
    /// How many have voted, by channel: online, paper, assisted.
    pub turnout: BTreeMap<&'static str, i64>,
    /// What became of the ballots on paper, by channel, once the clerks are done; why fewer can be counted than were cast.
    pub paper: BTreeMap<&'static str, PaperView>,
    /// How many may vote, where the vote has a roll.
    pub roll: Option<i64>,
    /// The SHA-256 of everything that cannot change once it is open.
    pub definition_sha256: String,
    /// The ids of what won, once it is decided.
    pub selected: Option<Vec<String>>,
    /// The outcome, once it is decided.
    pub outcome_url: Option<String>,
    /// The file of ballots, once it is counted.
    pub ballots_url: Option<String>,
}

/// What became of the ballots on paper of one channel.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
pub struct PaperView {
    /// Voters who were marked.
    pub marked: i64,
    /// Sheets with a valid ballot, which are counted.
    pub counted: i64,
    /// Sheets with nothing on them.
    pub blank: i64,
    /// Sheets with no valid ballot.
    pub spoilt: i64,
    /// Voters who were marked and whose sheet was not in the urn.
    pub missing: i64,
}

/// An amount.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
pub struct AmountView {
    /// In cents.
    pub cents: i64,
    /// ISO 4217.
    #[schemars(with = "String")]
    pub currency: civic::Currency,
}

/// A part of a budget.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct AreaView {
    /// The code of a district, or `town`.
    pub area: String,
    /// What may be spent there, in cents.
    pub cents: i64,
    /// Its file of ballots, once the vote is counted.
    pub ballots_url: Option<String>,
    /// Its outcome, once the vote is decided; there is none where the rule gives none.
    pub outcome_url: Option<String>,
}

/// Something to vote for.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct OptionView {
    /// Its id on ballots.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// It in a few sentences.
    pub text: String,
    /// What it costs, in cents.
    pub cost_cents: i64,
    /// The code of its district.
    pub district: Option<String>,
}

/// A vote in a line, as it stands at this moment.
pub fn row(vote: &Vote, language: Language, now: Moment) -> VoteRow {
    VoteRow {
        code: vote.code.to_string(),
        title: vote.definition.title.in_language(language).to_owned(),
        kind: if vote.is_budget() { "budget" } else { "poll" },
        phase: decide::phase(vote, now).word(),
        opens_at: vote.definition.opens_at.rfc3339(),
        closes_at: vote.definition.closes_at.rfc3339(),
        origin: vote.origin.word(),
        url: format!("/votes/{}", vote.code),
    }
}

/// What a page needs of a vote besides itself.
#[derive(Debug, Clone, Default)]
pub struct Beside {
    /// How many have voted, by channel.
    pub turnout: crate::model::Turnout,
    /// How many are on its roll.
    pub roll: i64,
    /// What won.
    pub selected: Option<Vec<String>>,
    /// The SHA-256 of the definition as it is kept, whatever of its words is covered.
    pub definition_sha256: String,
    /// The clerks for ballots on paper, by pseudonym.
    pub clerks: Vec<String>,
}

/// Reads it. What won is there only once the vote is decided.
///
/// # Errors
/// Those of the database.
pub fn beside(tx: &mut Tx<'_>, vote: &Vote) -> Result<Beside, DbError> {
    let code = vote.code.as_str();
    let counted = vote.turnout.clone();
    let turnout = if vote.state == State::Published { store::turnout(tx, code)? } else { counted };
    let selected = if vote.state == State::Decided { selected_of(tx, vote)? } else { None };
    let kept = store::by_code(tx, code)?.ok_or(DbError::NotFound)?;
    Ok(Beside {
        turnout,
        roll: store::count_roll(tx, code)?,
        selected,
        definition_sha256: kept.definition.sha256(),
        clerks: store::clerks(tx, code)?,
    })
}

/// The ids of what won.
///
/// # Errors
/// Those of the database.
pub fn selected_of(tx: &mut Tx<'_>, vote: &Vote) -> Result<Option<Vec<String>>, DbError> {
    let Some(kept) = store::result_of(tx, vote.code.as_str())? else { return Ok(None) };
    Ok(match vote.definition.rule {
        Rule::Budget(_) => serde_json::from_str::<Selected>(&kept.outcome).ok().map(|outcome| outcome.selected),
        Rule::Poll(_) => {
            serde_json::from_str::<crate::count::PollOutcome>(&kept.outcome).ok().map(|outcome| outcome.winners)
        }
    })
}

/// The whole of a vote.
pub fn view(vote: &Vote, beside: &Beside, language: Language, now: Moment) -> VoteView {
    let definition = &vote.definition;
    let phase = decide::phase(vote, now);
    let counted = matches!(phase, Phase::Decided | Phase::Undecided);
    let address = |rest: &str| format!("/votes/{}/{rest}", vote.code);
    VoteView {
        row: row(vote, language, now),
        text: definition.text.as_ref().map(|text| text.in_language(language).to_owned()).unwrap_or_default(),
        voters: definition.voters.word(),
        ballot: definition.ballot.word(),
        ballot_number: definition.ballot.number(),
        rule: serde_json::to_value(definition.rule).unwrap_or_default(),
        budget: definition.budget.map(|budget| AmountView { cents: budget.cents, currency: budget.currency }),
        votes_in: definition.areas.as_ref().map(|areas| areas.votes_in.word()),
        districts_most: definition.areas.as_ref().map(|areas| areas.most),
        areas: area_views(vote, phase),
        least_age: definition.eligible.least_age,
        lives_in: definition.eligible.lives_in.clone(),
        options: definition.options.iter().map(|option| option_view(option, language)).collect(),
        turnout: beside.turnout.iter().map(|(channel, count)| (channel.word(), *count)).collect(),
        paper: vote.paper_counts.iter().map(|(channel, counts)| (channel.word(), paper_view(*counts))).collect(),
        roll: (beside.roll > 0).then_some(beside.roll),
        definition_sha256: beside.definition_sha256.clone(),
        selected: beside.selected.clone(),
        outcome_url: (phase == Phase::Decided).then(|| address("outcome.json")),
        ballots_url: counted.then(|| address(&format!("ballots.{}", crate::count::extension(definition)))),
    }
}

fn paper_view(counts: PaperCount) -> PaperView {
    let PaperCount { marked, counted, blank, spoilt } = counts;
    PaperView { marked, counted, blank, spoilt, missing: counts.missing() }
}

/// Why fewer ballots are counted than were cast: a sentence for each channel where they differ.
pub fn not_counted(vote: &Vote, t: &Sayings) -> Vec<String> {
    let differ = vote.paper_counts.iter().filter(|(_, counts)| counts.marked != counts.counted);
    let sentence = |(channel, counts): (&Channel, &PaperCount)| {
        let values = [
            ("channel", t.say(&format!("channel-{}", channel.word())).to_owned().into()),
            ("marked", counts.marked.into()),
            ("counted", counts.counted.into()),
            ("blank", counts.blank.into()),
            ("spoilt", counts.spoilt.into()),
            ("missing", counts.missing().into()),
        ];
        t.with("vote-not-counted", &values)
    };
    differ.map(sentence).collect()
}

fn area_views(vote: &Vote, phase: Phase) -> Vec<AreaView> {
    let counted = matches!(phase, Phase::Decided | Phase::Undecided);
    let address = |area: &str, rest: &str| format!("/votes/{}/areas/{area}/{rest}", vote.code);
    let view = |sum: &AreaSum| AreaView {
        area: sum.area.clone(),
        cents: sum.cents,
        ballots_url: counted.then(|| address(&sum.area, "ballots.pb")),
        outcome_url: (phase == Phase::Decided).then(|| address(&sum.area, "outcome.json")),
    };
    vote.definition.areas.iter().flat_map(|areas| &areas.sums).map(view).collect()
}

fn option_view(option: &VoteOption, language: Language) -> OptionView {
    OptionView {
        id: option.id.clone(),
        title: option.title.in_language(language).to_owned(),
        text: option.text.as_ref().map(|text| text.in_language(language).to_owned()).unwrap_or_default(),
        cost_cents: option.cost_cents,
        district: option.district.clone(),
    }
}

/// An amount of the vote as people read it; without its currency where the vote has no budget.
pub fn money(amount_cents: i64, definition: &Definition, language: Language) -> String {
    match definition.budget {
        Some(budget) => web::money::money(Money { amount_cents, currency: budget.currency }, language),
        None => dates::number(amount_cents / 100, language),
    }
}

/// How many have voted in all.
pub fn voted(turnout: &crate::model::Turnout) -> i64 {
    turnout.values().sum()
}

/// The turnout as lines: channel, count; only channels that the vote has.
pub fn channels(vote: &Vote, turnout: &crate::model::Turnout, t: &Sayings) -> Vec<(String, String)> {
    let has = |channel: &Channel| *channel == Channel::Online || vote.definition.paper;
    Channel::ALL
        .iter()
        .filter(|channel| has(channel))
        .map(|channel| {
            let count = turnout.get(channel).copied().unwrap_or(0);
            (t.say(&format!("channel-{}", channel.word())).to_owned(), dates::number(count, t.language()))
        })
        .collect()
}

/// The lines of votes and options, for other rooms.
///
/// # Errors
/// Those of the database.
pub fn briefs(town: &Town, tx: &mut Tx<'_>, subjects: &[Subject], language: Language) -> Result<Vec<Brief>, DbError> {
    let t = town.words().of(language);
    let mut briefs = Vec::new();
    // A vote is read and covered once, however many of its options are asked for.
    let mut votes: BTreeMap<&str, Option<Covered>> = BTreeMap::new();
    for subject in subjects.iter().filter(|subject| [VOTE.0, OPTION.0].contains(&subject.kind.as_str())) {
        let (code, option) =
            subject.id.split_once('.').map_or((subject.id.as_str(), None), |(code, id)| (code, Some(id)));
        if !votes.contains_key(code) {
            votes.insert(code, covered(town, tx, code)?);
        }
        let Some(Some(Covered { vote, selected })) = votes.get(code) else { continue };
        let title = match option {
            None => Some(vote.definition.title.in_language(language).to_owned()),
            Some(id) => {
                vote.definition.find(id).map(|at| vote.definition.options[at].title.in_language(language).to_owned())
            }
        };
        let phase = decide::phase(vote, town.now());
        let Some(title) = title else { continue };
        let selected = option.and_then(|id| selected.as_ref().map(|all| all.iter().any(|one| one == id)));
        let key = match selected {
            Some(true) => "option-selected".to_owned(),
            Some(false) => "option-not-selected".to_owned(),
            None => format!("phase-{}", phase.word()),
        };
        briefs.push(Brief { subject: subject.clone(), title, state: Some(t.say(&key).to_owned()), at: vote.state_at });
    }
    Ok(briefs)
}

/// A public vote with what moderators hid covered, and what it selected once it is decided.
struct Covered {
    vote: Vote,
    selected: Option<Vec<String>>,
}

fn covered(town: &Town, tx: &mut Tx<'_>, code: &str) -> Result<Option<Covered>, DbError> {
    let Some(vote) = store::by_code(tx, code)?.filter(|vote| vote.state != State::Draft) else { return Ok(None) };
    let vote = hidden::cover(town, tx, vote)?;
    let selected = if decide::phase(&vote, town.now()) == Phase::Decided { selected_of(tx, &vote)? } else { None };
    Ok(Some(Covered { vote, selected }))
}

/// What a decided vote selected, to be taken on elsewhere.
///
/// # Errors
/// Those of the database.
pub fn offers(town: &Town, tx: &mut Tx<'_>, subject: &Subject) -> Result<Option<Vec<Offer>>, DbError> {
    if subject.kind != VOTE.0 {
        return Ok(None);
    }
    let Some(vote) = store::by_code(tx, &subject.id)?.filter(|vote| vote.state == State::Decided) else {
        return Ok(None);
    };
    let vote = hidden::cover(town, tx, vote)?;
    let selected = selected_of(tx, &vote)?.unwrap_or_default();
    let offer = |id: &String| {
        let option = &vote.definition.options[vote.definition.find(id)?];
        let currency = vote.definition.budget.map(|budget| budget.currency);
        Some(Offer {
            subject: vote.option_subject(id),
            title: option.title.in_language(Language::En).to_owned(),
            summary: option.text.as_ref().map(|text| text.in_language(Language::En).to_owned()).unwrap_or_default(),
            cost: currency.map(|currency| Money { amount_cents: option.cost_cents, currency }),
            district: option.district.clone(),
            place: None,
            organisation: None,
            due_on: None,
        })
    };
    Ok(Some(selected.iter().filter_map(offer).collect()))
}
