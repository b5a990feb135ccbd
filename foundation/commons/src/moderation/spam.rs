//! PURE: how much a text looks like advertising or flooding, in points that are added up and shown with their reasons.
//!
//! No learning and no list of people: the same text gets the same points, and anybody can add them up again. The points only
//! mark a text for the moderators from [`MARK_AT`] on, or hold it back from [`HOLD_AT`] on until one of them has looked; they
//! never delete anything. Ordinary complaints, also angry ones in capitals or with one link, stay below [`MARK_AT`].
//!
//! | what | points |
//! |---|---|
//! | a web address | 8, each further one 10, together at most 38 |
//! | hardly anything but addresses | 30 |
//! | an address that hides where it leads | 15 |
//! | words of sellers, in English, Spanish, Arabic | 15 each, together at most 45 |
//! | a way to write or call, beside words of sellers | 10 |
//! | markup for links | 25 |
//! | letters of two alphabets mixed in one word | 25, more than one 40 |
//! | characters that are not seen, or turn the text around | 15 |
//! | almost all in capitals | 10 |
//! | one character or word again and again | 10 |
//! | the same text sent before within a day | 20, twice 40, more often 60 |
//! | somebody new, where there are other points | 10 |

mod lists;

use crate::search;
use lists::{HIDING_HOSTS, SELLERS, SELLERS_ARABIC};
use serde::{Deserialize, Serialize};

/// From so many points on a text is marked for the moderators.
pub const MARK_AT: u32 = 30;
/// From so many points on a text is held back until a moderator has looked.
pub const HOLD_AT: u32 = 60;
/// Letters from which on capitals count as shouting.
const SHOUTING_LETTERS: usize = 20;
/// The same character, or the same word, so often in a row is a repetition.
const RUN_CHARACTERS: usize = 8;
const RUN_WORDS: usize = 5;
/// Besides its addresses a text needs so many words to be more than them.
const OTHER_WORDS: usize = 3;
/// Digits from which on a number is one to call.
const PHONE_DIGITS: usize = 9;

/// A text and what is known around it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sample<'s> {
    /// The text.
    pub text: &'s str,
    /// Whether its author has no account, or one of a few days.
    pub new_author: bool,
    /// How often the same text came within a day before.
    pub sent_before: u32,
}

/// One reason for points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// What was found.
    pub found: Found,
    /// How often.
    pub times: u32,
    /// The points it gives.
    pub points: u32,
}

/// What can be found; the Fluent key is `spam-` and the word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Found {
    /// Web addresses.
    Links,
    /// Hardly anything but addresses.
    LinksOnly,
    /// An address that hides where it leads.
    HidingLink,
    /// Words of sellers.
    SellersWords,
    /// A way to write or call, beside words of sellers.
    Contact,
    /// Markup for links.
    Markup,
    /// Letters of two alphabets in one word.
    MixedLetters,
    /// Characters that are not seen.
    Unseen,
    /// Almost all in capitals.
    Capitals,
    /// One character or word again and again.
    Repetition,
    /// The same text was sent before.
    SentBefore,
    /// Somebody new.
    NewAuthor,
}

impl Found {
    /// The Fluent key of its sentence; `$times` is how often.
    pub fn key(self) -> &'static str {
        match self {
            Self::Links => "spam-links",
            Self::LinksOnly => "spam-links-only",
            Self::HidingLink => "spam-hiding-link",
            Self::SellersWords => "spam-sellers-words",
            Self::Contact => "spam-contact",
            Self::Markup => "spam-markup",
            Self::MixedLetters => "spam-mixed-letters",
            Self::Unseen => "spam-unseen",
            Self::Capitals => "spam-capitals",
            Self::Repetition => "spam-repetition",
            Self::SentBefore => "spam-sent-before",
            Self::NewAuthor => "spam-new-author",
        }
    }
}

/// The points of a text, with their reasons.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Score {
    /// All points together.
    pub points: u32,
    /// Why, in the order of the table above.
    pub evidence: Vec<Evidence>,
}

/// What follows from a score.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing.
    Clear,
    /// The moderators look at it; it is public meanwhile.
    Mark,
    /// The moderators look at it first.
    Hold,
}

impl Score {
    /// What follows.
    pub fn verdict(&self) -> Verdict {
        match self.points {
            HOLD_AT.. => Verdict::Hold,
            MARK_AT.. => Verdict::Mark,
            _ => Verdict::Clear,
        }
    }
}

/// Adds up the points of a text.
pub fn score(sample: &Sample<'_>) -> Score {
    let text = sample.text;
    let links = links(text);
    let sellers = sellers(text);
    let count = |found: bool| u32::from(found);
    let link_count = u32::try_from(links.len()).unwrap_or(u32::MAX);
    let mixed = mixed_letters(text);
    let mut score = Score::default();
    let mut add = |found, times: u32, points: u32| {
        if times > 0 && points > 0 {
            score.points += points;
            score.evidence.push(Evidence { found, times, points });
        }
    };
    add(Found::Links, link_count, (link_count.saturating_mul(10)).saturating_sub(2).min(38));
    add(Found::LinksOnly, count(!links.is_empty() && other_words(text) < OTHER_WORDS), 30);
    add(Found::HidingLink, count(links.iter().any(|link| hides(link))), 15);
    add(Found::SellersWords, sellers, sellers.saturating_mul(15).min(45));
    add(Found::Contact, count(sellers > 0 && has_contact(text)), 10);
    add(Found::Markup, count(has_markup(text)), 25);
    add(Found::MixedLetters, mixed, if mixed > 1 { 40 } else { 25 });
    add(Found::Unseen, count(text.chars().any(is_unseen)), 15);
    add(Found::Capitals, count(shouts(text)), 10);
    add(Found::Repetition, count(repeats(text)), 10);
    add(Found::SentBefore, sample.sent_before, sample.sent_before.saturating_mul(20).min(60));
    if score.points > 0 && sample.new_author {
        score.points += 10;
        score.evidence.push(Evidence { found: Found::NewAuthor, times: 1, points: 10 });
    }
    score
}

/// The words that are web addresses, in lower case.
fn links(text: &str) -> Vec<String> {
    let words =
        text.split(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | '(' | ')' | '[' | ']' | '='));
    let is_link =
        |word: &String| ["http://", "https://", "www."].iter().any(|start| word.starts_with(start)) || hides(word);
    words.map(str::to_lowercase).filter(is_link).collect()
}

/// Whether an address is of a service that hides where it leads, or opens a chat.
fn hides(link: &str) -> bool {
    let bare = link.trim_start_matches("https://").trim_start_matches("http://").trim_start_matches("www.");
    HIDING_HOSTS.iter().any(|host| bare.strip_prefix(host).is_some_and(|rest| rest.starts_with('/')))
}

/// Words that are no addresses.
fn other_words(text: &str) -> usize {
    let is_plain = |word: &&str| word.chars().any(char::is_alphabetic) && links(word).is_empty();
    text.split_whitespace().filter(is_plain).count()
}

/// Different phrases of sellers.
fn sellers(text: &str) -> u32 {
    let words: Vec<String> = search::words_of(text).collect();
    let folded = format!(" {} ", words.join(" "));
    // A Latin phrase begins a word; in Arabic the article and particles are written onto it.
    let latin = SELLERS.iter().filter(|phrase| folded.contains(&format!(" {phrase}")));
    let arabic = SELLERS_ARABIC.iter().filter(|phrase| folded.contains(**phrase));
    u32::try_from(latin.chain(arabic).count()).unwrap_or(u32::MAX)
}

/// A telephone number, an e-mail address, or a name to write to.
fn has_contact(text: &str) -> bool {
    let mut digits = 0;
    for c in text.chars() {
        match c {
            '0'..='9' | '٠'..='٩' => digits += 1,
            ' ' | '-' | '+' | '.' | '(' | ')' => {}
            _ => digits = 0,
        }
        if digits >= PHONE_DIGITS {
            return true;
        }
    }
    text.split_whitespace().any(|word| word.len() > 3 && word.contains('@'))
}

fn has_markup(text: &str) -> bool {
    let lower = text.to_lowercase();
    ["<a ", "[url", "[link", "](http"].iter().any(|mark| lower.contains(mark))
}

/// Words in which letters of two alphabets are mixed, as a Cyrillic а in a Latin word.
fn mixed_letters(text: &str) -> u32 {
    let is_mixed = |word: &&str| {
        let latin = word.chars().any(|c| c.is_ascii_alphabetic());
        latin && word.chars().any(|c| matches!(c, '\u{0370}'..='\u{03FF}' | '\u{0400}'..='\u{04FF}'))
    };
    u32::try_from(text.split(|c: char| !c.is_alphanumeric()).filter(is_mixed).count()).unwrap_or(u32::MAX)
}

/// Characters without a shape and those that turn the order of a text around; not the joiners that Arabic and emoji need.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200B}' | '\u{2060}' | '\u{FEFF}' | '\u{00AD}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Only scripts with capitals can shout.
fn shouts(text: &str) -> bool {
    let cased: Vec<char> = text.chars().filter(|c| c.is_lowercase() || c.is_uppercase()).collect();
    cased.len() >= SHOUTING_LETTERS && cased.iter().filter(|c| c.is_uppercase()).count() * 10 >= cased.len() * 9
}

/// The same character or the same word many times in a row. Lines and dots that people draw do not count.
fn repeats(text: &str) -> bool {
    let letters = longest_run(text.chars().filter(|c| !c.is_whitespace()), |c| {
        c.is_alphanumeric() || matches!(c, '!' | '?' | '$')
    });
    let words = longest_run(text.split_whitespace(), |_| true);
    letters >= RUN_CHARACTERS || words >= RUN_WORDS
}

fn longest_run<T: PartialEq + Copy>(items: impl Iterator<Item = T>, counts: impl Fn(T) -> bool) -> usize {
    let (mut longest, mut run, mut last) = (0, 0, None);
    for item in items {
        run = if last == Some(item) { run + 1 } else { 1 };
        last = Some(item);
        if counts(item) {
            longest = longest.max(run);
        }
    }
    longest
}

#[cfg(test)]
mod tests;
