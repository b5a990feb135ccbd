//! JSON: a list of objects, one object a line, or features. Numbers stay as they are written, and a key that stands twice has two columns.

use super::{
    CELLS_LIMIT, Form, Sheet,
    json_text::{compact, end_of_value, items, pairs},
};
use crate::{Refused, SetAside};
use importing::{COLUMNS_LIMIT, Table, TableRefusal};
use serde::de::IgnoredAny;
use std::collections::{BTreeMap, HashMap};

/// Characters of a line that is set aside.
const SHOWN_LENGTH: usize = 100;
/// Columns that stand twice of which the report says which they are.
const DOUBLES_TOLD: usize = 20;

/// An object with its names in the order of the file.
type Pairs<'t> = Vec<(String, &'t str)>;

/// What was found: objects, and what is none with its line.
#[derive(Default)]
struct Found<'t> {
    objects: Vec<(u64, Pairs<'t>)>,
    asides: Vec<SetAside>,
}

impl<'t> Found<'t> {
    fn take(&mut self, line: u64, text: &'t str) {
        match pairs(text) {
            Some(object) => self.objects.push((line, object)),
            None => self.set_aside(line, text, "it is no object"),
        }
    }

    fn set_aside(&mut self, line: u64, text: &str, reason: &str) {
        let begins = text.chars().filter(|c| *c != '\0').take(SHOWN_LENGTH).collect();
        self.asides.push(SetAside { line, begins, reason: reason.to_owned() });
    }
}

fn text_of(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)
}

/// Whether it begins as JSON does: a whole value, one on its first line, or the beginning of a list of objects that breaks off.
pub(super) fn is_json(bytes: &[u8]) -> bool {
    let bytes = text_of(bytes);
    let mut values = serde_json::Deserializer::from_slice(bytes).into_iter::<IgnoredAny>();
    if matches!(values.next(), Some(Ok(_))) {
        return true;
    }
    let mut marks = bytes.iter().filter(|byte| !byte.is_ascii_whitespace());
    let begins = [marks.next(), marks.next(), marks.next()];
    matches!(begins, [Some(b'['), Some(b'{'), Some(b'"') | None]) || matches!(begins, [Some(b'{'), Some(b'"'), _])
}

pub(super) fn form(bytes: &[u8]) -> Form {
    let head = &bytes[..bytes.len().min(2_000)];
    let head = String::from_utf8_lossy(head);
    if head.contains("\"FeatureCollection\"") { Form::GeoJson } else { Form::Json }
}

fn broken(error: &dyn std::fmt::Display) -> Refused {
    Refused::BrokenJson(error.to_string())
}

fn check(text: &str) -> Result<(), serde_json::Error> {
    serde_json::from_str::<IgnoredAny>(text).map(|_| ())
}

pub(super) fn read(bytes: &[u8]) -> Result<Sheet, Refused> {
    let text = std::str::from_utf8(text_of(bytes)).map_err(|error| broken(&error))?;
    let whole = check(text);
    let first = text.lines().find(|line| !line.trim().is_empty()).ok_or(TableRefusal::Empty)?;
    match whole {
        Ok(()) if first.trim_start().starts_with('[') => {
            let all = items(text).unwrap_or_default();
            rows(of_items(text, all))
        }
        Ok(()) => one_object(text),
        // An object on the first line: one on each.
        Err(_) if first.trim_start().starts_with('{') && check(first).is_ok() => rows(of_lines(text)),
        Err(error) => match objects_in_a_row(text) {
            Some(found) => rows(found),
            None => Err(broken(&error)),
        },
    }
}

fn of_items<'t>(text: &'t str, all: Vec<(usize, &'t str)>) -> Found<'t> {
    let mut found = Found::default();
    let (mut line, mut counted) = (1, 0);
    for (at, item) in all {
        line += text[counted..at].bytes().filter(|byte| *byte == b'\n').count() as u64;
        counted = at;
        found.take(line, item);
    }
    found
}

/// One object a line; a line that is none is set aside.
fn of_lines(text: &str) -> Found<'_> {
    let mut found = Found::default();
    for (line, own) in (1..).zip(text.lines()).filter(|(_, own)| !own.trim().is_empty()) {
        match check(own) {
            Ok(()) => found.take(line, own),
            Err(error) => found.set_aside(line, own, &format!("it is no JSON: {error}")),
        }
    }
    found
}

/// Objects that follow one another over several lines each.
fn objects_in_a_row(text: &str) -> Option<Found<'_>> {
    let mut found = Found::default();
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<IgnoredAny>();
    let (mut from, mut line, mut counted) = (0, 1, 0);
    while let Some(value) = values.next() {
        value.ok()?;
        let begins = from + text[from..].find(|c: char| !c.is_whitespace())?;
        line += text[counted..begins].bytes().filter(|byte| *byte == b'\n').count() as u64;
        counted = begins;
        found.take(line, &text[begins..end_of_value(text, begins)]);
        from = values.byte_offset();
    }
    Some(found)
}

/// A collection of features; or the one list of objects in an object, as `{"data": [{…}]}`; an object without one is a row.
fn one_object(text: &str) -> Result<Sheet, Refused> {
    let head = pairs(text).ok_or_else(|| Refused::Json("it is no object".to_owned()))?;
    if head.iter().any(|(name, value)| name == "type" && *value == "\"FeatureCollection\"") {
        return features(text, &head);
    }
    let is_list = |value: &str| {
        items(value).is_some_and(|all| !all.is_empty() && all.iter().all(|(_, one)| one.starts_with('{')))
    };
    let lists: Vec<&str> = head.iter().map(|(_, value)| *value).filter(|value| is_list(value)).collect();
    match lists.as_slice() {
        [] => rows(Found { objects: vec![(1, head)], asides: Vec::new() }),
        [list] => rows(of_items(list, items(list).unwrap_or_default())),
        _ => Err(Refused::Json("it has more than one list of objects".to_owned())),
    }
}

/// Features: their properties, and their geometry in a column of its own.
fn features(text: &str, head: &Pairs<'_>) -> Result<Sheet, Refused> {
    let list = head.iter().find(|(name, _)| name == "features").map(|(_, value)| *value);
    let all = list.and_then(items).ok_or_else(|| Refused::Json("it has no list “features”".to_owned()))?;
    let mut found = Found::default();
    for (line, feature) in of_items(list.unwrap_or(text), all).objects {
        let of = |wanted: &str| feature.iter().find(|(name, _)| name == wanted).map(|(_, value)| *value);
        let mut row: Pairs<'_> = Vec::new();
        if let Some(id) = of("id").filter(|id| *id != "null") {
            row.push(("id".to_owned(), id));
        }
        for (name, value) in of("properties").and_then(pairs).unwrap_or_default() {
            let is_taken = name == "geometry" || (name == "id" && row.first().is_some_and(|(first, _)| first == "id"));
            row.push((if is_taken { format!("property {name}") } else { name }, value));
        }
        row.push(("geometry".to_owned(), of("geometry").unwrap_or("null")));
        found.objects.push((line, row));
    }
    let mut sheet = rows(found)?;
    sheet.geometry = sheet.table.header().iter().position(|name| name == "geometry");
    Ok(sheet)
}

fn rows(found: Found<'_>) -> Result<Sheet, Refused> {
    let Found { mut objects, asides } = found;
    if objects.is_empty() && !asides.is_empty() {
        return Err(Refused::Json("it is a list of something else".to_owned()));
    }
    // Each key of an object, and each that stands in it again, is a column.
    if let Some(columns) = objects.iter().map(|(_, object)| object.len()).find(|columns| *columns > COLUMNS_LIMIT) {
        return Err(TableRefusal::TooManyColumns { columns, most: COLUMNS_LIMIT }.into());
    }
    let notes = tell_doubles(&mut objects);
    let mut header: Vec<String> = Vec::new();
    let mut place: HashMap<String, usize> = HashMap::new();
    for name in objects.iter().flat_map(|(_, object)| object.iter().map(|(name, _)| name)) {
        if !place.contains_key(name) {
            place.insert(name.clone(), header.len());
            header.push(name.clone());
        }
        if header.len() > COLUMNS_LIMIT {
            return Err(TableRefusal::TooManyColumns { columns: header.len(), most: COLUMNS_LIMIT }.into());
        }
    }
    if objects.is_empty() || header.is_empty() {
        return Err(TableRefusal::NoRows.into());
    }
    if (objects.len() * header.len()) as u64 > CELLS_LIMIT {
        return Err(Refused::TooManyCells { most: CELLS_LIMIT });
    }
    let mut is_text = vec![false; header.len()];
    let mut table = vec![vec![String::new(); header.len()]; objects.len()];
    for (row, (_, object)) in table.iter_mut().zip(objects) {
        for (name, value) in object {
            let at = place[&name];
            row[at] = cell(value, &mut is_text[at])?;
        }
    }
    let names = header.iter().map(|name| plain_name(name)).collect();
    let texts = is_text.iter().enumerate().filter(|(_, is)| **is).map(|(at, _)| at).collect();
    Ok(Sheet { texts, notes, asides, ..Sheet::of_table(Table::of(names, table)) })
}

/// A cell as text, and whether its column is one of texts.
fn cell(value: &str, is_text: &mut bool) -> Result<String, Refused> {
    Ok(match value.as_bytes().first() {
        Some(b'"') => {
            let text: String = serde_json::from_str(value).map_err(|error| broken(&error))?;
            // What is written as a text and looks like a number is a code.
            *is_text |= crate::guess::decimal(text.trim()).is_some() || crate::guess::boolean(text.trim()).is_some();
            text
        }
        Some(b'{' | b'[') => {
            *is_text = true;
            compact(value)
        }
        _ if value == "null" => String::new(),
        _ => value.to_owned(),
    })
}

/// A name that stands in an object again gets a column of its own, as `a (2)`.
fn tell_doubles(objects: &mut [(u64, Pairs<'_>)]) -> Vec<String> {
    let mut doubles: BTreeMap<String, (String, u64, usize)> = BTreeMap::new();
    for (line, object) in objects.iter_mut() {
        // The names that are taken, each with the number that the next of its kind gets.
        let mut known: HashMap<String, u64> = HashMap::with_capacity(object.len());
        for pair in object.iter_mut() {
            let plain = pair.0.clone();
            let mut name = plain.clone();
            if let Some(first) = known.get(&plain).copied() {
                let mut free = (first..).map(|number| (number, format!("{plain} ({number})")));
                let (number, free) = free.find(|(_, name)| !known.contains_key(name)).unwrap_or_default();
                known.insert(plain.clone(), number + 1);
                name = free;
                doubles.entry(plain).or_insert_with(|| (name.clone(), *line, 0)).2 += 1;
                pair.0.clone_from(&name);
            }
            known.insert(name, 2);
        }
    }
    let told = |(plain, (name, line, count)): (&String, &(String, u64, usize))| {
        format!(
            "the key “{plain}” stands more than once in an object, {count} times in all and first in line {line}: each further value is in a column of its own, as “{name}”"
        )
    };
    doubles.iter().take(DOUBLES_TOLD).map(told).collect()
}

fn plain_name(name: &str) -> String {
    let plain: String = name.trim().chars().filter(|c| !c.is_control()).take(100).collect();
    if plain.is_empty() { "column".to_owned() } else { plain }
}

#[cfg(test)]
mod tests {
    use super::{objects_in_a_row, read, rows, tell_doubles};
    use importing::TableRefusal;

    #[test]
    fn a_key_that_stands_again_gets_the_next_free_number() {
        let mut objects = vec![(1, super::pairs(r#"{"a": 1, "a (2)": 2, "a": 3, "a": 4, "a (2)": 5}"#).unwrap())];
        assert_eq!(tell_doubles(&mut objects).len(), 2);
        let names: Vec<&str> = objects[0].1.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["a", "a (2)", "a (3)", "a (4)", "a (2) (2)"]);
    }

    #[test]
    fn an_object_with_too_many_keys_is_refused_before_they_are_told_apart() {
        let pair = r#""a":1,"#;
        let text = format!("[{{{}}}]", pair.repeat(400_000).trim_end_matches(','));
        let refused = read(text.as_bytes()).map(|_| ()).unwrap_err();
        assert_eq!(refused, TableRefusal::TooManyColumns { columns: 400_000, most: 1_000 }.into());
    }

    #[test]
    fn objects_over_several_lines_are_numbered_by_where_they_begin() {
        let text = "\n{\"a\":\n1}\n\n{\"a\":\n2}{\"a\": 3}\n 4\n";
        let found = objects_in_a_row(text).unwrap();
        assert_eq!(found.objects.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [2, 5, 6]);
        assert_eq!(found.asides[0].line, 7);
        assert!(rows(found).is_ok());
    }

    #[test]
    fn many_objects_in_a_row_are_read_in_one_pass() {
        // Counted from the beginning for each, these lines would take minutes.
        let text = "{\"a\":\n1}\n".repeat(300_000);
        assert_eq!(objects_in_a_row(&text).unwrap().objects.last().unwrap().0, 599_999);
    }
}
