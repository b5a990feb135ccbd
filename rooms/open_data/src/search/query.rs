//! The query language of Solr, as far as clients of CKAN use it.

use super::{Term, Wanted};

/// Parentheses within parentheses that are understood.
const DEPTH_LIMIT: u8 = 8;
/// Why a question is not understood.
const UNKNOWN: &str = "OR is understood between words, or between fields with one value each, not between both";
const PARENTHESES: &str = "parentheses are understood around the values of a field, or around a question of its own";

/// Reads Solr's query language as far as clients of CKAN use it: `tags:water AND organization:(a OR b) -res_format:PDF`, `"two
/// words"`, `*:*`, `metadata_modified:[2026-01-01T00:00:00Z TO *]`, `tags:a OR groups:b`, `water OR weather`.
/// What stands before a colon and is no field (`is_field`) is a word, as in `12:30` and `http://example.org`.
///
/// # Errors
/// What cannot be understood, in English: nothing of a question is left out in silence.
pub fn read_query(text: &str, wanted: &mut Wanted, is_field: &dyn Fn(&str) -> bool) -> Result<(), String> {
    read(text, wanted, is_field, DEPTH_LIMIT)
}

fn read(text: &str, wanted: &mut Wanted, is_field: &dyn Fn(&str) -> bool, depth: u8) -> Result<(), String> {
    // Alternatives bind less than what stands side by side.
    let mut parts: Vec<(Vec<Term>, String)> = vec![(Vec::new(), String::new())];
    let mut rest = text.trim();
    let (mut negated, mut has_inner) = (false, false);
    while !rest.is_empty() {
        let (word, after) = next_word(rest);
        rest = after.trim_start();
        let is_first = parts.len() == 1;
        match word {
            "OR" | "||" => {
                parts.push((Vec::new(), String::new()));
                continue;
            }
            "NOT" => {
                negated = true;
                continue;
            }
            "" | "AND" | "&&" | "*:*" | "*" => continue,
            _ => {}
        }
        let (bare, not) = match word.strip_prefix(['-', '!']) {
            Some(bare) => (bare, true),
            None => (word.strip_prefix('+').unwrap_or(word), std::mem::take(&mut negated)),
        };
        if let Some(inner) = bare.strip_prefix('(').and_then(|bare| bare.strip_suffix(')')) {
            if !is_first || not || depth == 0 {
                return Err(PARENTHESES.to_owned());
            }
            read(inner, wanted, is_field, depth - 1)?;
            has_inner = true;
            continue;
        }
        let Some((terms, words)) = parts.last_mut() else { return Ok(()) };
        let is_named = |field: &str| field.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') && is_field(field);
        match bare.split_once(':').filter(|(field, _)| is_named(field)) {
            Some((field, value)) => {
                let inner = value.strip_prefix('(').and_then(|value| value.strip_suffix(')')).unwrap_or(value);
                let values = inner.split(" OR ").map(|one| one.trim().trim_matches('"').to_owned()).collect();
                terms.push(Term { field: field.to_owned(), values, not });
            }
            None => {
                words.push(' ');
                words.push_str(bare.trim_matches('"'));
            }
        }
    }
    if has_inner && parts.len() > 1 {
        return Err(UNKNOWN.to_owned());
    }
    parts.retain(|(terms, words)| !terms.is_empty() || !words.is_empty());
    match parts.as_slice() {
        [] => {}
        [(terms, words)] => {
            wanted.terms.extend(terms.clone());
            // Words of another question must be there whichever of the alternatives is.
            wanted.or_words.iter_mut().for_each(|other| other.push_str(words));
            wanted.words.push_str(words);
        }
        all if all.iter().all(|(terms, words)| terms.len() == 1 && words.is_empty()) => {
            wanted.any.push(all.iter().flat_map(|(terms, _)| terms.clone()).collect());
        }
        all if all.iter().all(|(terms, _)| terms.is_empty()) && wanted.or_words.is_empty() => {
            let before = std::mem::take(&mut wanted.words);
            wanted.words = format!("{before}{}", all[0].1);
            wanted.or_words.extend(all[1..].iter().map(|(_, words)| format!("{before}{words}")));
        }
        _ => {
            return Err(UNKNOWN.to_owned());
        }
    }
    Ok(())
}

/// The next word, with what stands in its quotes or parentheses.
fn next_word(text: &str) -> (&str, &str) {
    let (mut quoted, mut depth) = (false, 0_i32);
    for (at, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '(' | '[' | '{' if !quoted => depth += 1,
            ')' | ']' | '}' if !quoted => depth -= 1,
            c if c.is_whitespace() && !quoted && depth <= 0 => return text.split_at(at),
            _ => {}
        }
    }
    (text, "")
}

#[cfg(test)]
mod tests {
    use super::{super::is_value, Term, Wanted, read_query};

    #[test]
    fn queries_of_ckan_are_read() {
        let mut wanted = Wanted::default();
        let all = |_: &str| true;
        read_query("lamps tags:\"street light\" AND organization:(a OR b) -res_format:PDF *:*", &mut wanted, &all)
            .unwrap();
        assert_eq!(wanted.words.trim(), "lamps");
        let term = |field: &str, values: &[&str], not| Term {
            field: field.into(),
            values: values.iter().map(|v| (*v).to_owned()).collect(),
            not,
        };
        assert_eq!(
            wanted.terms,
            [
                term("tags", &["street light"], false),
                term("organization", &["a", "b"], false),
                term("res_format", &["PDF"], true)
            ]
        );
        let _any = read_query("((((\"", &mut Wanted::default(), &all);
        let read = |text: &str| {
            let mut wanted = Wanted::default();
            read_query(text, &mut wanted, &all).map(|()| wanted)
        };
        let or = read("weather OR \"two votes\"").unwrap();
        assert_eq!((or.words.trim(), or.or_words[0].trim()), ("weather", "two votes"));
        let any = read("tags:a OR groups:b").unwrap().any;
        assert_eq!(any, [[term("tags", &["a"], false), term("groups", &["b"], false)]]);
        assert_eq!(read("(tags:a OR tags:b)").unwrap().any.len(), 1);
        assert_eq!(read("NOT tags:a").unwrap().terms, [term("tags", &["a"], true)]);
        for bad in [
            "weather OR tags:a",
            "(tags:a) OR tags:b",
            "-(tags:a)",
            &format!("{}a{}", "(".repeat(10_000), ")".repeat(10_000)),
        ] {
            assert!(read(bad).is_err());
        }
        // Words of a filter must be there whichever of the alternatives is; what is no field is a word.
        for questions in [["a OR b", "x"], ["x", "a OR b"]] {
            let mut wanted = Wanted::default();
            questions.iter().for_each(|one| read_query(one, &mut wanted, &all).unwrap());
            let words = |text: &str| {
                let mut words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
                words.sort();
                words
            };
            assert_eq!((words(&wanted.words), words(&wanted.or_words[0])), (words("a x"), words("b x")));
        }
        let mut wanted = Wanted::default();
        read_query("12:30 http://x.org tags:a", &mut wanted, &|field| field == "tags").unwrap();
        assert_eq!((wanted.words.trim(), wanted.terms.len()), ("12:30 http://x.org", 1));
        let range = read("metadata_modified:[2017-01-01T00:00:00Z TO *]").unwrap().terms;
        assert_eq!(range, [term("metadata_modified", &["[2017-01-01T00:00:00Z TO *]"], false)]);
        for (wanted, fits) in [
            ("[2017-01-01T00:00:00Z TO *]", true),
            ("[* TO 2026-05-01]", true),
            ("[2026-05-01T10:00:00Z TO NOW]", true),
            ("{2026-05-01T10:00:00Z TO *]", false),
            ("[* TO 2026-04-30]", false),
            ("[2027-01-01T00:00:00Z TO *]", false),
        ] {
            assert_eq!(is_value("2026-05-01T10:00:00Z", wanted), fits, "{wanted}");
        }
    }
}
