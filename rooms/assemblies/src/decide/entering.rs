//! PURE: a table of people that whoever holds the assembly enters, in the format of the engine's reader.

use lottery::{Category, PoolColumns, VOLUNTEERS_MAX, WORD_BYTES_MAX, read_pool};
use people::EmailAddress;
use std::collections::BTreeSet;
use web::Refusal;

/// A row that can be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its id in the table.
    pub own_id: String,
    /// The column `name`; empty for none.
    pub name: String,
    /// The column `email`; empty for none.
    pub email: String,
    /// The names of the features, in the order of the categories.
    pub answers: Vec<String>,
}

/// Why a row is set aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AsideWhy {
    /// It has more or fewer fields than the header names.
    Fields,
    /// It has no id, or a very long one.
    Id,
    /// Another row has the same id, here or in a table that was entered before.
    Twice,
    /// A value has no quota.
    Value,
    /// The address cannot be written to.
    Email,
    /// The name is too long.
    Name,
}

impl AsideWhy {
    /// The Fluent key of its words.
    pub fn key(self) -> &'static str {
        match self {
            Self::Fields => "assembly-aside-fields",
            Self::Id => "assembly-aside-id",
            Self::Twice => "assembly-aside-twice",
            Self::Value => "assembly-aside-value",
            Self::Email => "assembly-aside-email",
            Self::Name => "assembly-aside-name",
        }
    }
}

/// A row that is set aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aside {
    /// Its line in the file, from 1.
    pub line: u64,
    /// The column that is to blame; empty for the whole row.
    pub column: String,
    /// What stands there.
    pub value: String,
    /// Why.
    pub why: AsideWhy,
}

/// A table as it was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// Rows that can be kept.
    pub rows: Vec<Row>,
    /// Rows that cannot.
    pub aside: Vec<Aside>,
    /// SHA-256 of the file.
    pub sha256: String,
}

/// Reads a table: one column for each category, best with `id`, and if they are to be written to `email` and `name`. Faults of a row
/// set it aside; `known` are ids that were entered before.
///
/// # Errors
/// `assembly-file` with the engine's sentence where the file as a whole cannot be read.
pub fn read_table(bytes: &[u8], categories: &[Category], known: &BTreeSet<String>) -> Result<Table, Refusal> {
    let refused = |sentence: String| Refusal::new("assembly-file").at("file").with("sentence", sentence);
    let text = std::str::from_utf8(bytes).map_err(|_| Refusal::new("assembly-file-utf8").at("file"))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let mut records = reader.records();
    let header = match records.next() {
        Some(Ok(header)) => header,
        _ => return Err(refused("line 1: the table is empty".to_owned())),
    };
    // The engine says what is wrong with the columns.
    read_pool(&line(&header), categories, &PoolColumns::default()).map_err(|error| refused(error.to_string()))?;
    let column = |name: &str| header.iter().position(|one| one.to_lowercase() == name.to_lowercase());
    let columns = Columns {
        id: column("id"),
        name: column("name"),
        email: column("email"),
        of: categories.iter().filter_map(|category| column(&category.name)).collect(),
        header: &header,
    };
    let mut table = Table { sha256: lottery::sha256_hex(text), ..Table::default() };
    let mut seen = known.clone();
    for (place, record) in records.enumerate() {
        let record = record.map_err(|error| refused(error.to_string()))?;
        if record.iter().all(str::is_empty) {
            continue;
        }
        if place >= VOLUNTEERS_MAX {
            return Err(Refusal::new("assembly-pool-full").at("file").with("most", VOLUNTEERS_MAX));
        }
        let at = record.position().map_or(1, csv::Position::line);
        match columns.row(&record, place + 1, categories, &mut seen) {
            Ok(row) => table.rows.push(row),
            Err((column, value, why)) => {
                let value = value.chars().take(60).collect();
                table.aside.push(Aside { line: at, column, value, why });
            }
        }
    }
    Ok(table)
}

fn line(record: &csv::StringRecord) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail.
    let _ = writer.write_record(record);
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

struct Columns<'h> {
    id: Option<usize>,
    name: Option<usize>,
    email: Option<usize>,
    of: Vec<usize>,
    header: &'h csv::StringRecord,
}

type Fault = (String, String, AsideWhy);

impl Columns<'_> {
    fn row(
        &self,
        record: &csv::StringRecord,
        number: usize,
        categories: &[Category],
        seen: &mut BTreeSet<String>,
    ) -> Result<Row, Fault> {
        if record.len() != self.header.len() {
            return Err((String::new(), record.iter().collect::<Vec<_>>().join(","), AsideWhy::Fields));
        }
        let named = |column: usize| self.header.get(column).unwrap_or_default().to_owned();
        let cell = |column: Option<usize>| column.and_then(|at| record.get(at)).unwrap_or_default().to_owned();
        let fault = |column: Option<usize>, why| (column.map(named).unwrap_or_default(), cell(column), why);
        let own_id = if self.id.is_some() { cell(self.id) } else { number.to_string() };
        if own_id.is_empty() || own_id.len() > WORD_BYTES_MAX {
            return Err(fault(self.id, AsideWhy::Id));
        }
        let (name, email) = (cell(self.name), cell(self.email));
        if name.len() > WORD_BYTES_MAX {
            return Err(fault(self.name, AsideWhy::Name));
        }
        if !email.is_empty() && email.parse::<EmailAddress>().is_err() {
            return Err(fault(self.email, AsideWhy::Email));
        }
        let mut answers = Vec::new();
        for (category, &column) in categories.iter().zip(&self.of) {
            let word = record.get(column).unwrap_or_default();
            let exact = category.features.iter().find(|one| one.name == word);
            let alike = || category.features.iter().find(|one| one.name.to_lowercase() == word.to_lowercase());
            match exact.or_else(alike) {
                Some(feature) => answers.push(feature.name.clone()),
                None => return Err(fault(Some(column), AsideWhy::Value)),
            }
        }
        if !seen.insert(own_id.clone()) {
            return Err(fault(self.id, AsideWhy::Twice));
        }
        Ok(Row { own_id, name, email, answers })
    }
}

#[cfg(test)]
mod tests {
    use super::{AsideWhy, read_table};
    use crate::decide::categories;
    use std::collections::BTreeSet;

    #[test]
    fn rows_with_faults_are_set_aside_and_the_others_kept() {
        let found = categories("category,feature,min,max\nAge,young,0,9\nAge,old,0,9\n").unwrap();
        let text = "id,Age,email,name\na,young,a@example.org,Ada\nb,OLD,,\na,old,,\nc,green,,\nd,old\n,old,,\ne,old,nonsense,\nk,old,,\n";
        let known = BTreeSet::from(["k".to_owned()]);
        let read = read_table(text.as_bytes(), &found, &known).unwrap();
        assert_eq!(read.rows.iter().map(|row| row.own_id.as_str()).collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(read.rows[1].answers, ["old"]);
        let why: Vec<_> = read.aside.iter().map(|one| (one.line, one.why)).collect();
        let wanted = [
            (4, AsideWhy::Twice),
            (5, AsideWhy::Value),
            (6, AsideWhy::Fields),
            (7, AsideWhy::Id),
            (8, AsideWhy::Email),
            (9, AsideWhy::Twice),
        ];
        assert_eq!(why, wanted);
    }

    #[test]
    fn a_file_without_the_columns_is_refused_as_a_whole() {
        let found = categories("category,feature,min,max\nAge,young,0,9\n").unwrap();
        for (text, code) in
            [(&b"id,Hair\n"[..], "assembly-file"), (b"", "assembly-file"), (b"\xff", "assembly-file-utf8")]
        {
            assert_eq!(read_table(text, &found, &BTreeSet::new()).unwrap_err().code, code);
        }
    }

    #[test]
    fn more_rows_than_one_draw_takes_are_refused() {
        let found = categories("category,feature,min,max\nAge,young,0,9\n").unwrap();
        let mut text = String::from("Age\n");
        text.push_str(&"young\n".repeat(lottery::VOLUNTEERS_MAX + 1));
        let refusal = read_table(text.as_bytes(), &found, &BTreeSet::new()).unwrap_err();
        assert_eq!(refusal.code, "assembly-pool-full");
    }
}
