//! Records divided with every doubt told: where quotes do not come out even, the line is a fault, and no byte of it is guessed at.

use crate::{Dialect, RowFault};

/// Why a line is not divided.
const UNCLOSED: &str = "a quote is opened and never closed";
const BROKEN: &str = "a quote is closed before its cell ends";
const COMMENT: &str = "the line is a comment";
/// Characters of a line that are shown.
const SHOWN_LENGTH: usize = 100;

/// A record: where it begins, on which line, and its cells or its fault.
pub(crate) struct Record {
    pub at: usize,
    pub line: u64,
    pub cells: Result<Vec<String>, RowFault>,
}

/// Walks over the records of a text. A line with a fault is one record, and the next line begins another.
#[derive(Clone)]
pub(crate) struct Split<'t> {
    text: &'t str,
    dialect: Dialect,
    at: usize,
    line: u64,
    /// How far the cells of a line that failed were read, and why they failed: whatever stands in quotes at the end of a line before
    /// there ends as they did, and is not read again.
    failed: (usize, &'static str),
    /// Bytes that were looked at for cells.
    #[cfg(test)]
    steps: u64,
}

impl<'t> Split<'t> {
    /// From a byte of the text on, which is on this line.
    pub(crate) fn new(text: &'t str, dialect: Dialect, (at, line): (usize, u64)) -> Self {
        Self {
            text,
            dialect,
            at,
            line,
            failed: (0, UNCLOSED),
            #[cfg(test)]
            steps: 0,
        }
    }

    /// Where the next record is looked for: a byte of the text, and its line.
    pub(crate) fn here(&self) -> (usize, u64) {
        (self.at, self.line)
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    fn is_end(&self, at: usize) -> bool {
        self.byte(at).is_none_or(|byte| matches!(byte, b'\r' | b'\n'))
    }

    /// The cells of the record that begins here, and where it ends; or why it is none, and how far it was read.
    fn cells(&mut self, mut at: usize) -> Result<(Vec<String>, usize), (&'static str, usize)> {
        let mut cells = Vec::new();
        loop {
            let cell = if self.dialect.quote.is_some() && self.byte(at) == self.dialect.quote {
                self.quoted(&mut at).map_err(|why| (why, at))?
            } else {
                let from = at;
                while !self.is_end(at) && self.byte(at) != Some(self.dialect.delimiter) {
                    at += 1;
                }
                #[cfg(test)]
                {
                    self.steps += (at - from) as u64;
                }
                self.text[from..at].to_owned()
            };
            cells.push(cell);
            if self.is_end(at) {
                return Ok((cells, at));
            }
            if self.byte(at) != Some(self.dialect.delimiter) {
                return Err((BROKEN, at));
            }
            at += 1;
        }
    }

    /// A cell in quotes, of which the first is here.
    fn quoted(&mut self, at: &mut usize) -> Result<String, &'static str> {
        let quote = self.dialect.quote;
        let mut cell = String::new();
        *at += 1;
        let mut from = *at;
        loop {
            #[cfg(test)]
            {
                self.steps += 1;
            }
            let byte = self.byte(*at).ok_or(UNCLOSED)?;
            if *at < self.failed.0 && matches!(byte, b'\r' | b'\n') {
                return Err(self.failed.1);
            }
            let next = self.byte(*at + 1);
            let is_escape = self.dialect.backslash && byte == b'\\' && (next == quote || next == Some(b'\\'));
            if is_escape || (Some(byte) == quote && next == quote) {
                cell.push_str(&self.text[from..*at]);
                from = *at + 1;
                *at += 2;
            } else if Some(byte) == quote {
                cell.push_str(&self.text[from..*at]);
                *at += 1;
                return Ok(cell);
            } else {
                *at += 1;
            }
        }
    }

    fn fault(&self, at: usize, why: &'static str) -> (RowFault, usize) {
        let end = (at..=self.text.len()).find(|end| self.is_end(*end)).unwrap_or(self.text.len());
        (RowFault::Unreadable { begins: self.text[at..end].chars().take(SHOWN_LENGTH).collect(), why }, end)
    }
}

impl Iterator for Split<'_> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        while self.at < self.text.len() && self.is_end(self.at) {
            self.at += 1;
            self.line += u64::from(ends_a_line(self.text.as_bytes(), self.at - 1));
        }
        if self.at >= self.text.len() {
            return None;
        }
        let (at, line) = (self.at, self.line);
        let is_comment = self.dialect.comment.is_some() && self.byte(at) == self.dialect.comment;
        let read = if is_comment { Err((COMMENT, at)) } else { self.cells(at) };
        let (cells, end) = match read {
            Ok((cells, end)) => (Ok(cells), end),
            Err((why, read_to)) => {
                if read_to > self.failed.0 {
                    self.failed = (read_to, why);
                }
                let (fault, end) = self.fault(at, why);
                (Err(fault), end)
            }
        };
        self.line += lines_in(&self.text.as_bytes()[at..end]);
        self.at = end;
        Some(Record { at, line, cells })
    }
}

/// Whether a line ends with this byte: `\r\n` is one end.
fn ends_a_line(bytes: &[u8], at: usize) -> bool {
    match bytes[at] {
        b'\n' => true,
        b'\r' => bytes.get(at + 1) != Some(&b'\n'),
        _ => false,
    }
}

/// How many lines end in these bytes.
pub(crate) fn lines_in(bytes: &[u8]) -> u64 {
    (0..bytes.len()).filter(|at| ends_a_line(bytes, *at)).count() as u64
}

/// What quotes do in a whole text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Quotes {
    /// Cells in quotes.
    pub cells: u64,
    /// Quotes that are closed before their cell ends, or never.
    pub faults: u64,
    /// Backslashes that stand before anything but a quote or another.
    pub plain_backslashes: u64,
}

impl Quotes {
    /// Looks over every byte.
    pub(crate) fn of(text: &str, dialect: &Dialect) -> Self {
        #[derive(PartialEq, Eq)]
        enum At {
            Begin,
            Plain,
            Quoted,
            Escaped,
            Closed,
        }
        let mut found = Self::default();
        let Some(quote) = dialect.quote.filter(|quote| text.contains(char::from(*quote))) else { return found };
        let mut at = At::Begin;
        for byte in text.bytes() {
            let divides = byte == dialect.delimiter || matches!(byte, b'\r' | b'\n');
            at = match at {
                At::Begin if byte == quote => {
                    found.cells += 1;
                    At::Quoted
                }
                At::Quoted if dialect.backslash && byte == b'\\' => At::Escaped,
                At::Quoted if byte == quote => At::Closed,
                At::Quoted => At::Quoted,
                At::Escaped => {
                    found.plain_backslashes += u64::from(byte != quote && byte != b'\\');
                    At::Quoted
                }
                At::Closed if byte == quote => At::Quoted,
                At::Begin | At::Plain | At::Closed if divides => At::Begin,
                At::Closed => {
                    found.faults += 1;
                    At::Plain
                }
                At::Begin | At::Plain => At::Plain,
            };
        }
        found.faults += u64::from(at == At::Quoted || at == At::Escaped);
        found
    }
}

#[cfg(test)]
mod tests {
    use super::{BROKEN, Split, UNCLOSED};
    use crate::{Dialect, RowFault};

    /// Why each line has no cells, and how many bytes were looked at.
    fn read(text: &str) -> (Vec<Option<&'static str>>, u64) {
        let dialect = Dialect { delimiter: b',', quote: Some(b'"'), backslash: false, comment: None, careful: true };
        let mut walk = Split::new(text, dialect, (0, 1));
        let why = |fault| if let RowFault::Unreadable { why, .. } = fault { why } else { "" };
        let all = walk.by_ref().map(|record| record.cells.err().map(why)).collect();
        (all, walk.steps)
    }

    #[test]
    fn quotes_that_do_not_close_are_read_once_not_once_for_each_line() {
        for (end, why) in [("", UNCLOSED), ("x\"q", BROKEN)] {
            let text = format!("{}{end}", "x\",y,\"z\n".repeat(60_000));
            let (all, steps) = read(&text);
            assert!(all.len() >= 60_000 && all[..60_000].iter().all(|one| *one == Some(why)), "{why}");
            assert!(steps < 4 * text.len() as u64, "{steps} steps for {} bytes", text.len());
        }
    }

    #[test]
    fn lines_behind_a_fault_are_read_as_they_stand() {
        let text = "a,\"open\nb,\"two\nlines\"\nc,\"x\"y\nd,1\ne,\"never";
        let (all, _) = read(text);
        assert_eq!(all, [Some(BROKEN), None, Some(BROKEN), None, Some(UNCLOSED)]);
    }
}
