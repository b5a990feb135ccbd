//! Tokens into items. After a trouble, reading goes on at the next item, so that several are told at once.

mod expression;
mod item;
mod table;

use crate::{
    lex::{Token, tokens},
    limits::{NESTING_MAX, TROUBLES_MAX},
    syntax::{Item, Name},
    trouble::{At, Spot},
};

/// Words that begin an item.
const ITEM_WORDS: [&str; 7] = ["entity", "choice", "parameter", "scale", "input", "rule", "entitlement"];

/// Words that cannot be names.
const RESERVED: [&str; 51] = [
    "entity",
    "choice",
    "parameter",
    "scale",
    "input",
    "rule",
    "entitlement",
    "law",
    "label",
    "ask",
    "from",
    "requires",
    "because",
    "amount",
    "exception",
    "exceptions",
    "when",
    "table",
    "otherwise",
    "none",
    "if",
    "then",
    "else",
    "and",
    "or",
    "not",
    "is",
    "in",
    "over",
    "where",
    "has",
    "have",
    "of",
    "at",
    "more",
    "less",
    "than",
    "above",
    "yes",
    "no",
    "with",
    "each",
    "forever",
    "sum",
    "least",
    "greatest",
    "any",
    "all",
    "total",
    "entitled",
    "the",
];

/// Whether a word belongs to the language and so cannot be a name; functions and types are not among them.
pub fn is_reserved(word: &str) -> bool {
    RESERVED.contains(&word)
}

pub(crate) struct Parser {
    tokens: Vec<(Token, Spot)>,
    at: usize,
    depth: usize,
    /// Texts in other languages.
    words: Vec<Translation>,
    /// Within a `where` without brackets, an “or else” belongs to what stands before the `where`.
    in_filter: bool,
}

type Read<T> = Result<T, At>;

/// A text of the rules in another language: `because "…" es "…"`.
pub(crate) struct Translation {
    /// The text as the rules write it.
    pub(crate) text: String,
    /// The language, as `es`.
    pub(crate) language: String,
    /// The text in it.
    pub(crate) words: String,
    /// Where it stands.
    pub(crate) spot: Spot,
}

/// The items of one text, its texts in other languages, and what could not be read.
pub(crate) fn items(source: u32, text: &str) -> (Vec<Item>, Vec<Translation>, Vec<At>) {
    let tokens = match tokens(source, text) {
        Ok(tokens) => tokens,
        Err(trouble) => return (Vec::new(), Vec::new(), vec![trouble]),
    };
    let mut parser = Parser { tokens, at: 0, depth: 0, words: Vec::new(), in_filter: false };
    let (mut items, mut troubles) = (Vec::new(), Vec::new());
    while *parser.peek() != Token::End && troubles.len() < TROUBLES_MAX {
        match parser.item() {
            Ok(item) => items.push(item),
            Err(trouble) => {
                troubles.push(trouble);
                parser.skip_to_item();
            }
        }
    }
    (items, parser.words, troubles)
}

impl Parser {
    fn peek(&self) -> &Token {
        &self.tokens[self.at].0
    }

    fn peek_after(&self, ahead: usize) -> &Token {
        &self.tokens[(self.at + ahead).min(self.tokens.len() - 1)].0
    }

    fn spot(&self) -> Spot {
        self.tokens[self.at].1
    }

    fn step(&mut self) -> Token {
        let token = self.tokens[self.at].0.clone();
        self.at = (self.at + 1).min(self.tokens.len() - 1);
        token
    }

    fn skip_to_item(&mut self) {
        (self.depth, self.in_filter) = (0, false);
        self.step();
        while *self.peek() != Token::End {
            let begins = matches!(self.peek(), Token::Word(word) if ITEM_WORDS.contains(&word.as_str()));
            if begins && self.spot().column == 1 {
                return;
            }
            self.step();
        }
    }

    fn is_word(&self, word: &str) -> bool {
        self.is_word_after(0, word)
    }

    fn is_word_after(&self, ahead: usize, word: &str) -> bool {
        matches!(self.peek_after(ahead), Token::Word(found) if found == word)
    }

    fn is_sign(&self, sign: &str) -> bool {
        matches!(self.peek(), Token::Sign(found) if *found == sign)
    }

    fn take_word(&mut self, word: &str) -> bool {
        let found = self.is_word(word);
        if found {
            self.step();
        }
        found
    }

    fn take_words(&mut self, words: &[&str]) -> bool {
        let found = words.iter().enumerate().all(|(ahead, word)| self.is_word_after(ahead, word));
        if found {
            self.at += words.len();
        }
        found
    }

    fn take_sign(&mut self, sign: &str) -> bool {
        let found = self.is_sign(sign);
        if found {
            self.step();
        }
        found
    }

    fn wrong<T>(&self, expected: &str) -> Read<T> {
        Err(At::new(self.spot(), format!("Expected {expected}, found {}.", self.peek())))
    }

    fn word(&mut self, word: &str, what_for: &str) -> Read<()> {
        if self.take_word(word) { Ok(()) } else { self.wrong(&format!("“{word}”{what_for}")) }
    }

    fn sign(&mut self, sign: &str, what_for: &str) -> Read<()> {
        if self.take_sign(sign) { Ok(()) } else { self.wrong(&format!("“{sign}”{what_for}")) }
    }

    /// A name that somebody chose.
    fn name(&mut self, what: &str) -> Read<Name> {
        let spot = self.spot();
        match self.peek() {
            Token::Word(word) if RESERVED.contains(&word.as_str()) => {
                Err(At::new(spot, format!("Expected {what}, found “{word}”, which is a word of the language.")))
            }
            Token::Word(word) => {
                let name = Name { text: word.clone(), spot };
                self.step();
                Ok(name)
            }
            _ => self.wrong(what),
        }
    }

    fn quote(&mut self, what: &str) -> Read<String> {
        let Token::Quote(text) = self.peek() else { return self.wrong(&format!("{what} in quotation marks")) };
        if text.is_empty() {
            return Err(At::new(self.spot(), format!("Expected {what}, found an empty text.")));
        }
        let text = text.clone();
        self.step();
        self.translations(&text)?;
        Ok(text)
    }

    /// The same text in other languages: `es "…" ar "…"`.
    fn translations(&mut self, text: &str) -> Read<()> {
        while let (Token::Word(word), Token::Quote(words)) = (self.peek(), self.peek_after(1)) {
            let is_language = word.len() == 2 && word.bytes().all(|b| b.is_ascii_lowercase());
            if !is_language || RESERVED.contains(&word.as_str()) {
                return Ok(());
            }
            let (language, words, spot) = (word.clone(), words.clone(), self.spot());
            if words.is_empty() {
                return Err(At::new(spot, format!("The text in “{language}” is empty.")));
            }
            self.words.push(Translation { text: text.to_owned(), language, words, spot });
            self.at += 2;
        }
        Ok(())
    }

    fn quote_after(&mut self, word: &str, what: &str) -> Read<Option<String>> {
        if self.take_word(word) { self.quote(what).map(Some) } else { Ok(None) }
    }

    /// Runs a reader one level deeper.
    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Read<T>) -> Read<T> {
        if self.depth == NESTING_MAX {
            let sentence = format!(
                "Expressions may lie {NESTING_MAX} deep within one another at most; give a part a rule of its own."
            );
            return Err(At::new(self.spot(), sentence));
        }
        self.depth += 1;
        let read = read(self);
        self.depth -= 1;
        read
    }
}
