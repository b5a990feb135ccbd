//! A conversation as Polis exports one: four tables that its tools and ours read.

mod veil;

pub use veil::day_of;

use crate::{
    books::Known,
    importance::protected,
    model::{Conversation, Phase, Reaction, Statement},
    names::Names,
    store::{self, Tally},
};
use civic::Moment;
use csv::Writer;
use database::{DbError, Tx};
use jiff::tz::TimeZone;
use opinion_map::Stance;
use std::collections::{BTreeMap, HashSet};

/// One answer that was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event {
    /// Milliseconds since 1970, when known.
    pub at_ms: Option<i64>,
    /// The number of the statement.
    pub statement: i64,
    /// The number of the participant.
    pub participant: i64,
    /// The answer.
    pub stance: Stance,
}

/// The first day that is not over, while people take part in a conversation.
pub fn until(conversation: &Conversation, now: Moment) -> Option<Moment> {
    (conversation.phase(now) == Phase::Open).then(|| day_of(now))
}

/// Every answer that is public, those that were changed later among them; of those that were taken back none. What was held
/// elsewhere stands in the order of time, what was held here by spans of days before `until`.
///
/// # Errors
/// Those of the database.
pub fn events(tx: &mut Tx<'_>, code: &str, names: &Names, until: Option<Moment>) -> Result<Vec<Event>, DbError> {
    let events = in_order_of_time(tx, code)?;
    Ok(if names.are_veiled() { veil::veil(&events, &store::statements(tx, code)?, names, until) } else { events })
}

/// What everybody answered last, by participant and statement; of answers of one moment the last counts.
pub fn latest(events: &[Event]) -> BTreeMap<i64, BTreeMap<i64, Stance>> {
    let mut latest: BTreeMap<i64, BTreeMap<i64, Stance>> = BTreeMap::new();
    for one in events {
        latest.entry(one.participant).or_default().insert(one.statement, one.stance);
    }
    latest
}

fn in_order_of_time(tx: &mut Tx<'_>, code: &str) -> Result<Vec<Event>, DbError> {
    let mut all = store::before_of_all(tx, code)?;
    let mut gone = HashSet::new();
    let mut current = Vec::new();
    store::each_current(tx, code, |one| {
        if one.stance.is_some() {
            current.push(one);
        } else {
            gone.insert((one.participant, one.statement));
        }
    })?;
    all.retain(|one| !gone.contains(&(one.participant, one.statement)));
    let of = |one: &Reaction| {
        Some(Event {
            at_ms: one.at.map(|at| at.micros().div_euclid(1_000)),
            statement: one.statement,
            participant: one.participant,
            stance: one.stance?,
        })
    };
    // What counts comes last among answers of one moment.
    let mut events: Vec<Event> = all.iter().chain(&current).filter_map(of).collect();
    events.sort_by_key(|one| (one.at_ms, one.participant, one.statement));
    Ok(events)
}

/// Numbers only, so nothing in it can be taken for a formula.
struct Table(Writer<Vec<u8>>);

impl Table {
    fn new<T: AsRef<[u8]>>(header: impl IntoIterator<Item = T>) -> Self {
        let mut table = Self(Writer::from_writer(Vec::new()));
        table.row(header);
        table
    }

    fn row<T: AsRef<[u8]>>(&mut self, fields: impl IntoIterator<Item = T>) {
        self.0.write_record(fields).expect("rows of one length are written to memory");
    }

    fn bytes(self) -> Vec<u8> {
        self.0.into_inner().expect("memory takes all that is written")
    }
}

/// `votes.csv`: timestamp, datetime, comment-id, voter-id, vote (1 agree, 0 pass, −1 disagree); without the first two where not
/// every answer has its time.
pub fn votes_csv(events: &[Event]) -> Vec<u8> {
    let timed = events.iter().all(|one| one.at_ms.is_some());
    let columns = ["timestamp", "datetime", "comment-id", "voter-id", "vote"];
    let mut table = Table::new(&columns[if timed { 0 } else { 2 }..]);
    for one in events {
        let answer = [one.statement.to_string(), one.participant.to_string(), one.stance.value().to_string()];
        match one.at_ms.filter(|_| timed) {
            Some(ms) => {
                table.row([ms.to_string(), date_time(Moment(ms.saturating_mul(1_000)))].into_iter().chain(answer))
            }
            None => table.row(answer),
        }
    }
    table.bytes()
}

/// As Polis writes it, in UTC.
fn date_time(at: Moment) -> String {
    at.in_zone(&TimeZone::UTC).strftime("%a %b %d %H:%M:%S UTC %Y").to_string()
}

/// `participants-votes.csv`: participant, group-id, n-comments, n-votes, n-agree, n-disagree, and a column for each statement.
pub fn participants_votes_csv(known: &Known, events: &[Event], names: &Names) -> Vec<u8> {
    let about = ["participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree"];
    let numbers: Vec<String> = known.statements.iter().map(|one| one.number.to_string()).collect();
    let places: BTreeMap<i64, usize> = known.statements.iter().map(|one| one.number).zip(0..).collect();
    let mut table = Table::new(about.into_iter().chain(numbers.iter().map(String::as_str)));
    let on_map = known.map.iter().flat_map(|map| map.places.iter()).filter(|one| one.3 >= 0);
    let groups: BTreeMap<i64, i32> = on_map.map(|one| (names.public(one.0), one.3)).collect();
    for (participant, own) in latest(events) {
        let cast: Vec<(Stance, usize)> =
            own.iter().filter_map(|(statement, stance)| Some((*stance, *places.get(statement)?))).collect();
        let count = |stance: Stance| cast.iter().filter(|one| one.0 == stance).count();
        let mut row = vec![
            participant.to_string(),
            groups.get(&participant).map(i32::to_string).unwrap_or_default(),
            written_by(known, participant),
            cast.len().to_string(),
            count(Stance::Agree).to_string(),
            count(Stance::Disagree).to_string(),
        ];
        row.resize(about.len() + numbers.len(), String::new());
        for (stance, place) in cast {
            row[about.len() + place] = stance.value().to_string();
        }
        table.row(row);
    }
    table.bytes()
}

/// Who wrote what is private but where it was public elsewhere: a statement would lead to all the answers of its author.
fn is_author_public(known: &Known) -> bool {
    known.conversation.origin.is_some()
}

fn written_by(known: &Known, participant: i64) -> String {
    if !is_author_public(known) {
        return String::new();
    }
    known.statements.iter().filter(|one| one.author == Some(participant)).count().to_string()
}

/// The columns of `comments.csv`.
pub const COMMENT_COLUMNS: [&str; 9] =
    ["timestamp", "datetime", "comment-id", "author-id", "agrees", "disagrees", "moderated", "is-meta", "comment-body"];

/// When a statement was written, as anybody may know it: of what was held here the day.
pub fn written_at(known: &Known, one: &Statement) -> Moment {
    if is_author_public(known) { one.at } else { day_of(one.at) }
}

/// How many agreed and disagreed with a statement, by its number.
pub type Counted = BTreeMap<i64, [i64; 2]>;

/// How many agreed and disagreed with each statement whose answers are public, and with those that nobody answered at all: they
/// are in no answer, and have nothing to hide.
pub fn counted(known: &Known, events: &[Event], tally: &BTreeMap<i64, Tally>) -> Counted {
    let unanswered = known.statements.iter().filter(|one| !tally.contains_key(&one.number));
    let mut counted: Counted = unanswered.map(|one| (one.number, [0, 0])).collect();
    for (statement, stance) in latest(events).into_values().flatten() {
        let counts = counted.entry(statement).or_default();
        counts[0] += i64::from(stance == Stance::Agree);
        counts[1] += i64::from(stance == Stance::Disagree);
    }
    counted
}

fn in_words(counted: &Counted, one: &Statement) -> [String; 2] {
    counted.get(&one.number).map(|counts| counts.map(|count| count.to_string())).unwrap_or_default()
}

/// The rows of `comments.csv`. `moderated` is 1 for what people are asked, −1 for what they are not.
pub fn comment_rows(known: &Known, counted: &Counted) -> Vec<Vec<String>> {
    let row = |one: &Statement| {
        let [agrees, disagrees] = in_words(counted, one);
        let author = one.author.filter(|_| is_author_public(known)).map(|author| author.to_string());
        let at = written_at(known, one);
        vec![
            at.micros().div_euclid(1_000).to_string(),
            date_time(at),
            one.number.to_string(),
            author.unwrap_or_default(),
            agrees,
            disagrees,
            if one.is_asked() { "1" } else { "-1" }.to_owned(),
            i32::from(one.meta).to_string(),
            shown_words(one),
        ]
    };
    known.statements.iter().map(row).collect()
}

/// The columns of `importance.csv`, which Polis has not.
pub const IMPORTANCE_COLUMNS: [&str; 4] = ["comment-id", "important", "agrees", "disagrees"];

/// The rows of `importance.csv`; `important` is empty for fewer than five, but more than none.
pub fn importance_rows(known: &Known, tally: &BTreeMap<i64, Tally>, counted: &Counted) -> Vec<Vec<String>> {
    let row = |one: &Statement| {
        let counts = tally.get(&one.number).copied().unwrap_or_default();
        let important = protected(counts.important).map(|count| count.to_string()).unwrap_or_default();
        let [agrees, disagrees] = in_words(counted, one);
        vec![one.number.to_string(), important, agrees, disagrees]
    };
    known.statements.iter().map(row).collect()
}

/// What is not shown on pages is not in the export either; its number is, because people answered it.
fn shown_words(one: &Statement) -> String {
    use crate::model::{ELSEWHERE, Standing};
    match &one.standing {
        Standing::Open | Standing::Merged(_) | Standing::Split => one.words.original.clone(),
        Standing::Out(reason) if reason.code == ELSEWHERE && reason.words.is_none() => one.words.original.clone(),
        Standing::Waiting | Standing::Out(_) => String::new(),
    }
}

/// The lines of `summary.csv`.
pub fn summary_rows(known: &Known, url: &str, people: i64) -> Vec<Vec<String>> {
    let language = civic::Language::En;
    let words = |text: &civic::LocalText| text.in_language(language).to_owned();
    let groups = known.map.as_ref().map_or(0, |map| map.groups.len());
    let authors: HashSet<i64> = known.statements.iter().filter_map(|one| one.author).collect();
    let lines = [
        ("topic", words(&known.conversation.question)),
        ("url", url.to_owned()),
        ("voters", people.to_string()),
        ("voters-in-conv", known.map.as_ref().map_or(0, |map| map.people_on_map).to_string()),
        ("commenters", authors.len().to_string()),
        ("comments", known.statements.len().to_string()),
        ("groups", groups.to_string()),
        ("conversation-description", words(&known.conversation.introduction)),
    ];
    lines.into_iter().map(|(name, value)| vec![name.to_owned(), value]).collect()
}
