//! Ballots on paper: what clerks read on each, and what it comes to. Pure.

use crate::{
    ballot::Choices,
    model::{Channel, Definition, Turnout},
};
use civic::words;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use web::Refusal;

words! {
    /// What a sheet is.
    SheetKind {
        /// It has a valid ballot on it.
        Votes = "votes",
        /// Nothing is on it.
        Blank = "blank",
        /// What is on it is no valid ballot.
        Spoilt = "spoilt",
        /// There is no such sheet: its number was entered by mistake.
        Struck = "struck",
    }
}

/// A sheet as one clerk read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The number stamped on it when it came out of the urn.
    pub sheet: String,
    /// The pseudonym of the clerk.
    pub clerk: String,
    /// By which way it came.
    pub channel: Channel,
    /// What it is.
    pub kind: SheetKind,
    /// What the ballot says, as [`Choices::text`]; empty but for [`SheetKind::Votes`].
    pub choices: String,
    /// Why it is struck out; empty but for [`SheetKind::Struck`].
    pub why: String,
}

impl Reading {
    /// Kind and choices as bytes of one length for every sheet of a vote, to be sealed.
    pub fn bytes(&self, definition: &Definition) -> Vec<u8> {
        let kind = SheetKind::ALL.iter().position(|kind| *kind == self.kind).unwrap_or_default();
        let choices = Choices::read(&self.choices, definition).unwrap_or_default();
        let mut bytes = vec![kind as u8];
        bytes.extend(choices.bytes(definition.options.len()));
        bytes
    }

    /// The way back: kind and choices; `None` for bytes of no sheet.
    pub fn of_bytes(bytes: &[u8], definition: &Definition) -> Option<(SheetKind, String)> {
        let (kind, choices) = bytes.split_first()?;
        let kind = *SheetKind::ALL.get(usize::from(*kind))?;
        Some((kind, Choices::from_bytes(choices, definition).text(definition)))
    }
}

/// How the readings of one sheet stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Agreement {
    /// One clerk has read it.
    Once,
    /// Two clerks read it alike.
    Agreed,
    /// Two clerks say that there is no such sheet.
    Struck,
    /// They read it differently.
    Differing,
}

/// How the readings of one sheet stand to each other. Two clerks can strike out what others entered.
pub fn agreement(read: &[Reading]) -> Agreement {
    let strikes = read.iter().filter(|one| one.kind == SheetKind::Struck).count();
    let alike = |one: &Reading, other: &Reading| {
        (one.kind, &one.choices, one.channel) == (other.kind, &other.choices, other.channel)
    };
    match read {
        _ if strikes >= 2 => Agreement::Struck,
        [_] => Agreement::Once,
        [one, other] if alike(one, other) => Agreement::Agreed,
        _ => Agreement::Differing,
    }
}

/// Whether one more reading of a sheet fits to those that are there: two clerks read it, and two strike it out. Who struck it
/// out has not read it, and keeps nobody from reading it again.
///
/// # Errors
/// `vote-sheet-none`, `vote-sheet-struck`, `vote-sheet-read`.
pub fn may_read(of_sheet: &[Reading], new: &Reading) -> Result<(), Refusal> {
    let others = of_sheet.iter().filter(|one| one.clerk != new.clerk);
    let (strikes, read): (Vec<&Reading>, Vec<&Reading>) = others.partition(|one| one.kind == SheetKind::Struck);
    match new.kind {
        SheetKind::Struck if of_sheet.is_empty() => Err(Refusal::new("vote-sheet-none").at("strike")),
        SheetKind::Struck if strikes.len() >= 2 => Err(Refusal::conflict("vote-sheet-struck").at("strike")),
        SheetKind::Struck => Ok(()),
        _ if read.len() >= 2 => Err(Refusal::conflict("vote-sheet-read").at("sheet")),
        _ => Ok(()),
    }
}

/// Whose strikes of a sheet this clerk can take back: their own, and while there is no agreement those of people who are no
/// clerks any more. A sheet that nobody else has read stays: one alone makes none go away.
///
/// # Errors
/// `vote-strike-none`.
pub fn strikes_to_take_back<'r>(
    of_sheet: &'r [Reading],
    clerk: &str,
    clerks: &[String],
) -> Result<Vec<&'r str>, Refusal> {
    let differ = agreement(of_sheet) == Agreement::Differing;
    let can = |one: &&Reading| one.clerk == clerk || differ && !clerks.contains(&one.clerk);
    let strikes = of_sheet.iter().filter(|one| one.kind == SheetKind::Struck);
    let back: Vec<&str> = strikes.filter(can).map(|one| one.clerk.as_str()).collect();
    if back.is_empty() || back.len() == of_sheet.len() {
        return Err(Refusal::conflict("vote-strike-none").at("strike-back"));
    }
    Ok(back)
}

/// The readings, by sheet.
pub fn by_number(readings: Vec<Reading>) -> BTreeMap<String, Vec<Reading>> {
    let mut numbers: BTreeMap<String, Vec<Reading>> = BTreeMap::new();
    for reading in readings {
        numbers.entry(reading.sheet.clone()).or_default().push(reading);
    }
    numbers
}

/// The sheets whose ballots count: read alike by two clerks, and valid.
pub fn counted(readings: Vec<Reading>) -> Vec<Reading> {
    let agreed = by_number(readings).into_values().filter(|read| agreement(read) == Agreement::Agreed);
    agreed.filter_map(|mut read| read.pop()).filter(|sheet| sheet.kind == SheetKind::Votes).collect()
}

/// What became of the ballots on paper of one channel.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperCount {
    /// Voters who were marked.
    pub marked: i64,
    /// Sheets with a valid ballot.
    pub counted: i64,
    /// Sheets with nothing on them.
    pub blank: i64,
    /// Sheets with no valid ballot.
    pub spoilt: i64,
}

impl PaperCount {
    /// Voters who were marked and whose sheet is not there; negative where there are too many sheets.
    pub fn missing(self) -> i64 {
        self.marked - self.counted - self.blank - self.spoilt
    }
}

/// The same, by channel.
pub type PaperCounts = BTreeMap<Channel, PaperCount>;

/// Where the ballots on paper stand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paper {
    /// What two clerks read alike, and how many voters are marked, by channel.
    pub counts: PaperCounts,
    /// Sheets that two clerks struck out.
    pub struck: i64,
    /// Sheets that one clerk has read.
    pub once: Vec<Reading>,
    /// Sheets that clerks read differently.
    pub differing: Vec<(String, Vec<Reading>)>,
    /// How many voters each clerk marked.
    pub by_clerk: Vec<(String, i64)>,
    /// Marks that one clerk asked to be taken back: the clerk, and why; never the voter.
    pub asked_back: Vec<(String, String)>,
}

/// Works it out.
pub fn stands(readings: Vec<Reading>, marked: &Turnout, by_clerk: Vec<(String, i64)>) -> Paper {
    let mut paper = Paper { by_clerk, ..Paper::default() };
    for channel in [Channel::Paper, Channel::Assisted] {
        let marked = marked.get(&channel).copied().unwrap_or(0);
        paper.counts.insert(channel, PaperCount { marked, ..PaperCount::default() });
    }
    for (number, mut read) in by_number(readings) {
        match agreement(&read) {
            Agreement::Struck => paper.struck += 1,
            Agreement::Once => paper.once.append(&mut read),
            Agreement::Differing => paper.differing.push((number, read)),
            Agreement::Agreed => {
                let counts = paper.counts.entry(read[0].channel).or_default();
                match read[0].kind {
                    SheetKind::Votes => counts.counted += 1,
                    SheetKind::Blank => counts.blank += 1,
                    SheetKind::Spoilt => counts.spoilt += 1,
                    SheetKind::Struck => {}
                }
            }
        }
    }
    paper
}

/// How many sheets of a channel were entered and are not struck out, read alike or not.
pub fn entered(readings: Vec<Reading>, channel: Channel) -> i64 {
    let of_channel =
        |read: &Vec<Reading>| agreement(read) != Agreement::Struck && read.iter().any(|one| one.channel == channel);
    by_number(readings).into_values().filter(of_channel).count() as i64
}

#[cfg(test)]
mod tests {
    use super::{
        Agreement, PaperCount, Reading, SheetKind, agreement, counted, entered, may_read, stands, strikes_to_take_back,
    };
    use crate::model::{Channel, Turnout};

    fn read(sheet: &str, clerk: &str, kind: SheetKind) -> Reading {
        let choices = if kind == SheetKind::Votes { "001" } else { "" }.to_owned();
        let (sheet, clerk) = (sheet.to_owned(), clerk.to_owned());
        Reading { sheet, clerk, channel: Channel::Paper, kind, choices, why: String::new() }
    }

    #[test]
    fn two_clerks_agree_strike_out_or_differ() {
        use SheetKind::{Blank, Struck, Votes};
        for (kinds, expected) in [
            (vec![Votes], Agreement::Once),
            (vec![Votes, Votes], Agreement::Agreed),
            (vec![Votes, Blank], Agreement::Differing),
            (vec![Votes, Struck], Agreement::Differing),
            (vec![Struck, Struck], Agreement::Struck),
            (vec![Votes, Struck, Struck], Agreement::Struck),
            (vec![Votes, Votes, Struck], Agreement::Differing),
        ] {
            let all: Vec<Reading> =
                kinds.iter().zip(["a", "b", "c"]).map(|(kind, who)| read("1", who, *kind)).collect();
            assert_eq!(agreement(&all), expected, "{kinds:?}");
        }
    }

    #[test]
    fn a_strike_keeps_nobody_from_reading_and_is_taken_back_by_who_made_it() {
        use SheetKind::{Struck, Votes};
        let clerks = ["a", "b", "c"].map(str::to_owned);
        let all = [read("1", "a", Votes), read("1", "b", Votes), read("1", "c", Struck)];
        assert_eq!(may_read(&all, &read("1", "a", Votes)), Ok(()));
        assert!(may_read(&all, &read("1", "c", Votes)).is_err(), "a third reading");
        assert_eq!(strikes_to_take_back(&all, "c", &clerks), Ok(vec!["c"]));
        assert!(strikes_to_take_back(&all, "a", &clerks).is_err(), "it is another's");
        assert_eq!(strikes_to_take_back(&all, "a", &clerks[..2]), Ok(vec!["c"]), "who is no clerk any more");
        assert!(strikes_to_take_back(&all[2..], "c", &clerks).is_err(), "nobody else has read it");
    }

    #[test]
    fn blank_and_spoilt_sheets_are_cast_and_not_counted() {
        let mut all = Vec::new();
        for (sheet, kind) in
            [("1", SheetKind::Votes), ("2", SheetKind::Blank), ("3", SheetKind::Spoilt), ("4", SheetKind::Struck)]
        {
            all.extend(["a", "b"].map(|clerk| read(sheet, clerk, kind)));
        }
        assert_eq!(counted(all.clone()).len(), 1);
        assert_eq!(entered(all.clone(), Channel::Paper), 3);
        let paper = stands(all, &Turnout::from([(Channel::Paper, 5)]), Vec::new());
        let expected = PaperCount { marked: 5, counted: 1, blank: 1, spoilt: 1 };
        assert_eq!((paper.counts[&Channel::Paper], paper.struck, expected.missing()), (expected, 1, 2));
    }
}
