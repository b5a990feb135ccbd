//! A vote of the past, taken over from its Pabulib file: looked at first, then kept as a vote that is decided.

use super::free_code;
use crate::{
    ballot::{Published, draw_receipt},
    count::{self, Contest, Counted},
    model::{
        AMOUNT_LIMIT_CENTS, BallotKind, Budget, Channel, Definition, IMPORTED_BALLOTS_LIMIT, IMPORTED_OPTIONS_LIMIT,
        OPTION, Origin, State, Turnout, Vote, VoteOption, Voters,
    },
    roll::Eligible,
    rule::{BudgetMethod, BudgetRule, Completion, Gain, Rule, Ties},
    store,
};
use budgeting::{Election, VoteType, pabulib::Document};
use civic::{Actor, Currency, LocalText, Moment};
use database::DbError;
use record::Entry;
use serde_json::json;
use web::{Refusal, Stop, Town};

/// Warnings of a file that are shown.
const WARNINGS_SHOWN: usize = 8;

/// A file that was read: what would be kept.
#[derive(Debug, Clone)]
pub struct PastVote {
    /// The vote.
    pub definition: Definition,
    /// Its ballots, in the order of the file; the receipts are drawn when it is kept.
    pub ballots: Vec<String>,
    /// What in the file does not agree with itself, in English.
    pub warnings: Vec<String>,
    /// The SHA-256 of the file.
    pub file_sha256: String,
}

/// Reads a Pabulib file as a vote of the past. Pure.
///
/// # Errors
/// A refusal: the form of the file with line and column, what this room cannot hold.
pub fn read_past_vote(
    bytes: &[u8],
    now: Moment,
    currency: Currency,
    ours: Option<BudgetRule>,
) -> Result<PastVote, Refusal> {
    let unreadable = |problem: String| Refusal::new("vote-file").at("file").with("problem", problem);
    let document = Document::read(bytes).map_err(|refusal| unreadable(refusal.to_string()))?;
    let election = document.election().map_err(|refusal| unreadable(refusal.to_string()))?;
    if election.projects.len() > IMPORTED_OPTIONS_LIMIT || election.ballots.len() > IMPORTED_BALLOTS_LIMIT {
        return Err(Refusal::new("vote-file-large")
            .at("file")
            .with("options", IMPORTED_OPTIONS_LIMIT as i64)
            .with("ballots", IMPORTED_BALLOTS_LIMIT as i64));
    }
    if election.decimals > 2 {
        return Err(Refusal::new("vote-file-decimals").at("file"));
    }
    let definition = definition(&election, now, currency, ours)?;
    let ballots = ballots(&election, &definition).ok_or_else(|| Refusal::new("vote-file-points").at("file"))?;
    let mut warnings = election.warnings.clone();
    warnings.truncate(WARNINGS_SHOWN);
    Ok(PastVote {
        definition,
        ballots,
        warnings,
        file_sha256: hex::encode(<sha2::Sha256 as sha2::Digest>::digest(bytes)),
    })
}

fn definition(
    election: &Election,
    now: Moment,
    currency: Currency,
    ours: Option<BudgetRule>,
) -> Result<Definition, Refusal> {
    let fact = |name: &str| election.meta.get(name).map(String::as_str).filter(|text| !text.is_empty());
    let number = |name: &str| fact(name).and_then(|text| text.parse::<u16>().ok());
    let many = u16::try_from(IMPORTED_OPTIONS_LIMIT).unwrap_or(u16::MAX);
    let (ballot, gain) = match election.vote_type {
        VoteType::Approval => (BallotKind::Approval { most: number("max_length").unwrap_or(many) }, Gain::Cost),
        VoteType::ChooseOne => (BallotKind::One, Gain::Cost),
        VoteType::Ordinal => (BallotKind::Ranking { most: number("max_length").unwrap_or(many) }, Gain::Borda),
        VoteType::Cumulative | VoteType::Scoring => {
            (BallotKind::Points { total: number("max_sum_points").unwrap_or(many) }, Gain::Points)
        }
    };
    let rule = ours.unwrap_or_else(|| rule_named(fact("rule").unwrap_or_default(), gain));
    let cents = |units: i64| Some(units).and_then(|units| units.checked_mul(10_i64.pow(2 - election.decimals)));
    let cents = |units: i64| {
        cents(units).filter(|cents| *cents <= AMOUNT_LIMIT_CENTS).ok_or_else(|| Refusal::new("vote-amount").at("file"))
    };
    let options = election.projects.iter().map(|project| {
        Ok(VoteOption {
            id: project.id.clone(),
            title: LocalText::plain(short(if project.name.is_empty() { &project.id } else { &project.name })),
            text: None,
            cost_cents: cents(project.cost)?,
            district: project.district.clone(),
            from: None,
            offered_by: None,
        })
    });
    let title = fact("description").or_else(|| fact("unit")).unwrap_or("Participatory budget");
    let closes_at = fact("date_end").and_then(day).unwrap_or(now);
    let opens_at =
        fact("date_begin").and_then(day).filter(|at| *at < closes_at).unwrap_or_else(|| closes_at.plus_days(-1));
    Ok(Definition {
        title: LocalText::plain(short(title)),
        text: None,
        opens_at,
        closes_at,
        voters: Voters::Residents,
        eligible: Eligible::default(),
        paper: false,
        budget: Some(Budget {
            cents: cents(election.budget)?,
            currency: fact("currency").and_then(|code| code.parse().ok()).unwrap_or(currency),
        }),
        areas: None,
        ballot,
        rule: Rule::Budget(rule),
        options: options.collect::<Result<_, Refusal>>()?,
        next_option: 1,
    })
}

fn short(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(crate::model::TITLE_LIMIT).collect()
}

/// The nearest rule of ours to one that a file names; the file's own announcement is compared with what it gives.
fn rule_named(word: &str, gain: Gain) -> BudgetRule {
    let is_shares = word.starts_with("equalshares");
    let completion = if word.contains("add1") { Completion::Add1 } else { Completion::None };
    let method = if is_shares { BudgetMethod::EqualShares } else { BudgetMethod::MostVotes };
    let satisfaction = if is_shares { Gain::Cost } else { gain };
    BudgetRule { method, satisfaction, completion, ties: Ties::CostVotes }
}

/// `14.06.2023` or `2023-06-14`, at midnight UTC.
fn day(text: &str) -> Option<Moment> {
    let date = jiff::civil::Date::strptime("%d.%m.%Y", text)
        .or_else(|_| jiff::civil::Date::strptime("%Y-%m-%d", text))
        .ok()?;
    date.to_zoned(jiff::tz::TimeZone::UTC).ok().map(|zoned| zoned.timestamp().into())
}

/// The ballots as they are published here; `None` where points are negative or no whole numbers of ours.
fn ballots(election: &Election, definition: &Definition) -> Option<Vec<String>> {
    let ids: Vec<&str> = definition.options.iter().map(|option| option.id.as_str()).collect();
    let with_points = definition.ballot.has_values();
    let of = |voter: usize| {
        let (projects, points) = election.ballots.ballot(voter);
        let mut text = String::new();
        for (place, project) in projects.iter().enumerate() {
            if place > 0 {
                text.push(',');
            }
            text.push_str(ids[usize::from(*project)]);
            if with_points {
                let points = u16::try_from(points.get(place).copied().unwrap_or(1)).ok()?;
                text.push_str(&format!(":{points}"));
            }
        }
        Some(text)
    };
    (0..election.ballots.len()).map(of).collect()
}

/// Keeps a vote of the past, decided anew from its ballots.
///
/// # Errors
/// Faults of the database.
pub async fn import_vote(town: &Town, actor: Actor, past: PastVote) -> Result<Vote, Stop> {
    let (own, chance) = (town.clone(), town.chance_handle());
    let PastVote { definition, ballots, file_sha256, .. } = past;
    let draw = town.chance_handle();
    let counting = tokio::task::spawn_blocking(move || {
        let published = ballots.into_iter().map(|choices| Published { receipt: draw_receipt(&*draw), choices });
        let mut published: Vec<Published> = published.collect();
        published.sort_unstable();
        let contest = Contest::of("", &definition, Origin::Imported);
        let counted: Counted = count::count(contest, &published);
        (definition, published, counted)
    });
    let (definition, published, counted) = counting.await.map_err(Stop::fault)?;
    let kept = town.db().write(move |tx| {
        let now = own.now();
        let mut vote = Vote {
            code: free_code(tx, &*chance)?,
            state: State::Closed,
            state_at: now,
            definition,
            origin: Origin::Imported,
            key_print: String::new(),
            paper_done: false,
            paper_counts: crate::paper::PaperCounts::new(),
            turnout: Turnout::from([(Channel::Online, published.len() as i64)]),
            created_at: now,
            version: 1,
        };
        store::insert(tx, &vote)?;
        let mut view = super::count::keep(tx, &mut vote, &published, counted, now)?;
        view["file_sha256"] = json!(file_sha256);
        let entry = Entry::about(vote.subject(), "vote.imported", &actor, now, &*chance).publicly(&view)?;
        tx.commit(entry, vote)
    });
    kept.await.map_err(|error: DbError| error.into())
}

/// Takes back a vote of the past that was taken over, with its ballots and its result, where nobody has built on it since. The
/// record keeps that it was here.
///
/// # Errors
/// [`Stop::NotFound`] for a vote that was not taken over; a refusal where somebody spoke about it, follows it or took on what it
/// selected; faults of the database.
pub async fn undo_import(town: &Town, actor: Actor, code: &str) -> Result<(), Stop> {
    let (own, code, chance) = (town.clone(), code.to_owned(), town.chance_handle());
    let undone = town.db().write(move |tx| {
        let vote = store::by_code_to_change(tx, &code)?.ok_or(Stop::NotFound)?;
        if vote.origin != Origin::Imported {
            return Err(Stop::NotFound);
        }
        let options: Vec<String> =
            vote.definition.options.iter().map(|option| vote.option_subject(&option.id).id).collect();
        let options: Vec<&str> = options.iter().map(String::as_str).collect();
        let used = commons::traces::any_about(tx, &vote.subject())?
            || !commons::traces::about_each(tx, OPTION.0, &options)?.is_empty();
        if used {
            return Err(Refusal::conflict("vote-import-used").into());
        }
        record::forget_salts_about(tx, &vote.subject())?;
        commons::search::remove(tx, &vote.subject())?;
        store::remove(tx, &code)?;
        let view = json!({ "ballots": vote.voted() });
        let entry = Entry::about(vote.subject(), "vote.import-undone", &actor, own.now(), &*chance).publicly(&view)?;
        Ok(tx.commit(entry, ())?)
    });
    undone.await
}
