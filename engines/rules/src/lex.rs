//! Text into words, numbers, dates and signs, each with its place.

use crate::{
    decimal::Decimal,
    limits::{NAME_CHARACTERS_MAX, QUOTE_CHARACTERS_MAX},
    trouble::{At, Spot},
};
use jiff::civil::Date;
use std::fmt;

/// What a text is made of.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Token {
    Word(String),
    Number(Decimal),
    Day(Date),
    Quote(String),
    Sign(&'static str),
    End,
}

impl fmt::Display for Token {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(word) => write!(out, "“{word}”"),
            Self::Number(number) => write!(out, "the number {number}"),
            Self::Day(day) => write!(out, "the date {day}"),
            Self::Quote(_) => write!(out, "a text in quotation marks"),
            Self::Sign(sign) => write!(out, "“{sign}”"),
            Self::End => write!(out, "the end of the text"),
        }
    }
}

const SIGNS: [&str; 18] =
    ["||", "<=", ">=", "<>", "..", "|", ":", ",", "(", ")", "+", "-", "*", "/", "=", "<", ">", "%"];

/// Signs that are written otherwise on paper.
const OTHER_SIGNS: [(char, &str); 5] = [('≤', "<="), ('≥', ">="), ('≠', "<>"), ('×', "*"), ('÷', "/")];

struct Reader<'a> {
    rest: &'a str,
    spot: Spot,
}

impl Reader<'_> {
    fn skip(&mut self, bytes: usize) {
        let (done, rest) = self.rest.split_at(bytes);
        for letter in done.chars() {
            if letter == '\n' {
                self.spot.line += 1;
                self.spot.column = 1;
            } else {
                self.spot.column += 1;
            }
        }
        self.rest = rest;
    }

    fn skip_blank(&mut self) {
        loop {
            let blank = self.rest.len() - self.rest.trim_start().len();
            self.skip(blank);
            if !self.rest.starts_with('#') {
                return;
            }
            let line = self.rest.find('\n').unwrap_or(self.rest.len());
            self.skip(line);
        }
    }

    fn next(&mut self) -> Result<(Token, usize), At> {
        let Some(first) = self.rest.chars().next() else { return Ok((Token::End, 0)) };
        if first.is_ascii_digit() {
            return self.number();
        }
        if first.is_alphabetic() {
            return self.word();
        }
        if matches!(first, '"' | '“') {
            return self.quote(first);
        }
        if let Some((_, sign)) = OTHER_SIGNS.iter().find(|(other, _)| *other == first) {
            return Ok((Token::Sign(sign), first.len_utf8()));
        }
        let sign = SIGNS.into_iter().find(|sign| self.rest.starts_with(sign));
        let unknown = || At::new(self.spot, format!("The sign “{}” means nothing here.", first.escape_debug()));
        sign.map(|sign| (Token::Sign(sign), sign.len())).ok_or_else(unknown)
    }

    fn number(&self) -> Result<(Token, usize), At> {
        let bytes = self.rest.as_bytes();
        let run = |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let whole = run(0);
        if whole == 4 && bytes.get(4) == Some(&b'-') && run(5) == 2 && bytes.get(7) == Some(&b'-') && run(8) == 2 {
            let text = &self.rest[..10];
            let day = text.parse::<Date>().map_err(|_| At::new(self.spot, format!("There is no day {text}.")))?;
            return Ok((Token::Day(day), 10));
        }
        let part = if bytes.get(whole) == Some(&b'.') && bytes.get(whole + 1).is_some_and(u8::is_ascii_digit) {
            1 + run(whole + 1)
        } else {
            0
        };
        let length = whole + part;
        let number: Decimal = self.rest[..length]
            .parse()
            .map_err(|why| At::new(self.spot, format!("This number cannot be read: {why}.")))?;
        if bytes.get(length) != Some(&b'%') {
            return Ok((Token::Number(number), length));
        }
        let share = number.times(Decimal::new(1, 2));
        let share = share.ok_or_else(|| At::new(self.spot, "This percentage has too many digits."))?;
        Ok((Token::Number(share), length + 1))
    }

    fn word(&self) -> Result<(Token, usize), At> {
        let mut length = 0;
        let mut letters = self.rest.char_indices().peekable();
        while let Some((at, letter)) = letters.next() {
            let joins = letter == '.' && letters.peek().is_some_and(|(_, next)| next.is_alphabetic());
            // Marks above and below letters belong to words (Arabic, Devanagari).
            let mark = ('\u{300}'..='\u{36f}').contains(&letter) || ('\u{64b}'..='\u{65f}').contains(&letter);
            if !(letter.is_alphanumeric() || letter == '_' || mark || joins) {
                break;
            }
            length = at + letter.len_utf8();
        }
        let word = &self.rest[..length];
        if word.chars().count() > NAME_CHARACTERS_MAX {
            return Err(At::new(self.spot, format!("A name may have {NAME_CHARACTERS_MAX} characters at most.")));
        }
        Ok((Token::Word(word.to_owned()), length))
    }

    fn quote(&self, first: char) -> Result<(Token, usize), At> {
        let close = if first == '“' { '”' } else { '"' };
        let inner = &self.rest[first.len_utf8()..];
        let missing = || At::new(self.spot, format!("This text has no closing {close}."));
        let length = inner.find(close).ok_or_else(missing)?;
        let text = &inner[..length];
        if text.chars().count() > QUOTE_CHARACTERS_MAX {
            return Err(At::new(self.spot, format!("A text may have {QUOTE_CHARACTERS_MAX} characters at most.")));
        }
        let plain = text.split_whitespace().collect::<Vec<_>>().join(" ");
        Ok((Token::Quote(plain), first.len_utf8() + length + close.len_utf8()))
    }
}

/// All tokens of a text, the last is the end.
pub(crate) fn tokens(source: u32, text: &str) -> Result<Vec<(Token, Spot)>, At> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Reader { rest: text, spot: Spot { source, line: 1, column: 1 } };
    let mut all = Vec::new();
    loop {
        reader.skip_blank();
        let (token, length) = reader.next()?;
        let end = token == Token::End;
        all.push((token, reader.spot));
        reader.skip(length);
        if end {
            return Ok(all);
        }
    }
}
