//! The file of a roll.

use super::{DISTRICT_BYTES, RollFacts};
use crate::EmailAddress;
use importing::{RowFault, Table, Wish};
use jiff::civil::Date;
use std::collections::BTreeSet;
use web::Refusal;

/// Lines of one file, and of one roll.
pub const ROLL_LINES_LIMIT: usize = 200_000;
/// Bytes of one file.
pub const ROLL_FILE_BYTES: usize = 32 * 1024 * 1024;
/// Characters of a number on the roll, and of what is shown of a cell.
const NUMBER_LIMIT: usize = 40;
/// The earliest year of birth.
const FIRST_YEAR: i16 = 1900;

/// One person of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RollLine {
    /// Their number on the town's own roll, as clerks type it; capitals.
    pub number: Option<String>,
    /// The address of the account by which they vote online.
    pub email: Option<EmailAddress>,
    /// What it says of them.
    pub facts: RollFacts,
}

impl RollLine {
    /// The texts from which the names are made by which a voter is found.
    pub fn names(&self) -> impl Iterator<Item = String> + '_ {
        let number = self.number.as_ref().map(|number| format!("number:{number}"));
        number.into_iter().chain(self.email.as_ref().map(|email| format!("email:{email}")))
    }
}

/// A row, that was set aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetAside {
    /// Its line in the file.
    pub line: u64,
    /// The column; empty where it is the whole row.
    pub column: &'static str,
    /// What stands there.
    pub value: String,
    /// The message that says why.
    pub why: &'static str,
}

/// A file that was read: each row is a line of the roll, or was set aside.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RollFile {
    /// The people, with their lines in the file.
    pub lines: Vec<(u64, RollLine)>,
    /// What cannot be taken, and why.
    pub aside: Vec<SetAside>,
}

/// Reads a CSV file with a header: `number` or `email` or both, and if one likes `born` (`1990-05-17` or `17.05.1990`) and
/// `district` (code or name). `districts` are codes with names; nobody is born after `today`. Pure.
///
/// # Errors
/// A refusal of the file as a whole; rows are set aside one by one.
pub fn read_roll(bytes: &[u8], districts: &[(String, String)], today: Date) -> Result<RollFile, Refusal> {
    let table = Table::read(bytes, &Wish::default());
    let table = table.map_err(|refusal| Refusal::new("roll-table").at("file").with("problem", refusal.to_string()))?;
    let names: Vec<String> = table.header().iter().map(|name| name.trim().to_lowercase()).collect();
    let column = |name: &str| names.iter().position(|column| column == name);
    let columns = ["number", "email", "born", "district"].map(column);
    if columns[0].is_none() && columns[1].is_none() {
        return Err(Refusal::new("roll-columns").at("file"));
    }
    let (mut file, mut known) = (RollFile::default(), BTreeSet::new());
    for row in table.rows() {
        let line = row.line;
        let whole = |why, value: String| SetAside { line, column: "", value, why };
        let read = match row.cells {
            Err(RowFault::Blank) => continue,
            Err(RowFault::Ragged { begins, .. } | RowFault::Unreadable { begins, .. }) => {
                Err(whole("roll-aside-cells", begins))
            }
            Ok(cells) => {
                let cell = |at: usize| columns[at].and_then(|at| cells.get(at)).map_or("", |cell| cell.trim());
                one(line, [cell(0), cell(1), cell(2), cell(3)], districts, today)
            }
        };
        match read.and_then(|person| unknown_yet(line, person, &mut known)) {
            Ok(person) => file.lines.push((line, person)),
            Err(aside) => file.aside.push(aside),
        }
        if file.lines.len() > ROLL_LINES_LIMIT {
            return Err(Refusal::new("roll-large").at("file").with("most", ROLL_LINES_LIMIT as i64));
        }
    }
    Ok(file)
}

fn one(line: u64, cells: [&str; 4], districts: &[(String, String)], today: Date) -> Result<RollLine, SetAside> {
    let [number, email, born, district] = cells;
    let aside = |column, value: &str, why| SetAside { line, column, value: short(value), why };
    if number.is_empty() && email.is_empty() {
        return Err(aside("", "", "roll-aside-nobody"));
    }
    if number.chars().count() > NUMBER_LIMIT {
        return Err(aside("number", number, "roll-aside-number"));
    }
    let address = || email.parse::<EmailAddress>().map_err(|_| aside("email", email, "roll-aside-email"));
    let day = || birthday(born, today).ok_or_else(|| aside("born", born, "roll-aside-born"));
    let home = || {
        let found = districts.iter().find(|(code, name)| code == district || name.eq_ignore_ascii_case(district));
        let found = found.map(|(code, _)| code.clone()).filter(|code| code.len() <= DISTRICT_BYTES);
        found.ok_or_else(|| aside("district", district, "roll-aside-district"))
    };
    Ok(RollLine {
        number: (!number.is_empty()).then(|| number.to_uppercase()),
        email: (!email.is_empty()).then(address).transpose()?,
        facts: RollFacts {
            born: (!born.is_empty()).then(day).transpose()?,
            district: (!district.is_empty()).then(home).transpose()?,
        },
    })
}

fn unknown_yet(line: u64, person: RollLine, known: &mut BTreeSet<String>) -> Result<RollLine, SetAside> {
    if let Some(name) = person.names().find(|name| known.contains(name)) {
        let (column, value) = if name.starts_with("number:") { ("number", "number:") } else { ("email", "email:") };
        let value = name.strip_prefix(value).unwrap_or_default().to_owned();
        return Err(SetAside { line, column, value, why: "roll-aside-twice" });
    }
    known.extend(person.names());
    Ok(person)
}

fn birthday(text: &str, today: Date) -> Option<Date> {
    let read = |form| Date::strptime(form, text).ok();
    let date = read("%Y-%m-%d").or_else(|| read("%d.%m.%Y"))?;
    (date.year() >= FIRST_YEAR && date <= today).then_some(date)
}

fn short(text: &str) -> String {
    text.chars().take(NUMBER_LIMIT).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::read_roll;
    use jiff::civil::date;

    #[test]
    fn every_row_is_a_line_or_set_aside_with_its_reason() {
        let file = "number,Email,born,district\n\
                    a1,amina@example.org,1990-05-17,North\n\
                    a2,,17.05.2011,2\n\
                    ,omar@example.org,,\n\
                    ,,1990-01-01,2\n\
                    a4,not an address,,\n\
                    a5,,1890-01-01,\n\
                    a6,,2030-01-01,\n\
                    a7,,31.02.1990,\n\
                    a8,,,Atlantis\n\
                    A1,,,\n\
                    a9,AMINA@example.org,,\n\
                    \n\
                    a10,x\n";
        let districts = [("1".to_owned(), "North".to_owned()), ("2".to_owned(), "South".to_owned())];
        let read = read_roll(file.as_bytes(), &districts, date(2026, 11, 27)).unwrap();
        let lines: Vec<_> =
            read.lines.iter().map(|(line, one)| (*line, one.facts.has(), one.names().count())).collect();
        assert_eq!(lines, [(2, "bd", 2), (3, "bd", 1), (4, "", 1)]);
        assert_eq!(read.lines[0].1.facts.district.as_deref(), Some("1"));
        let aside: Vec<_> = read.aside.iter().map(|one| (one.line, one.column, one.why)).collect();
        assert_eq!(
            aside,
            [
                (5, "", "roll-aside-nobody"),
                (6, "email", "roll-aside-email"),
                (7, "born", "roll-aside-born"),
                (8, "born", "roll-aside-born"),
                (9, "born", "roll-aside-born"),
                (10, "district", "roll-aside-district"),
                (11, "number", "roll-aside-twice"),
                (12, "email", "roll-aside-twice"),
                (14, "", "roll-aside-cells"),
            ]
        );
        assert!(read_roll(b"name\nx\n", &districts, date(2026, 11, 27)).is_err());
    }
}
