//! SoQL (dev.socrata.com/docs/queries), as far as it is not SQL already: the number of a row is called `:id`, and a question in one piece
//! has no `from`. What is in it is judged by the worker, so nothing here needs to be trusted.

use tables::TableInfo;

/// The clauses of a question, each empty where it is not there.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Clauses {
    pub select: String,
    pub filter: String,
    pub group: String,
    pub having: String,
    pub order: String,
    pub limit: String,
    pub offset: String,
    pub words: String,
}

/// A piece of a text.
#[derive(Debug, PartialEq, Eq)]
enum Piece<'t> {
    /// In quotes of any kind, which belong to it.
    Quoted(&'t str),
    /// A word or number; of a system field with its colon.
    Word(&'t str),
    /// Anything else.
    Other(&'t str),
}

impl Piece<'_> {
    fn text(&self) -> &str {
        match self {
            Self::Quoted(text) | Self::Word(text) | Self::Other(text) => text,
        }
    }
}

fn pieces(text: &str) -> Result<Vec<Piece<'_>>, String> {
    let mut pieces = Vec::new();
    let mut rest = text;
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    while let Some(first) = rest.chars().next() {
        let after = &rest[first.len_utf8()..];
        let length = match first {
            '\'' | '"' | '`' => {
                let end = after.find(first).ok_or_else(|| format!("a {first} is never closed"))?;
                end + 2
            }
            // A cast, and no field.
            ':' if after.starts_with(':') => 2,
            ':' if after.starts_with(|c: char| c.is_alphabetic() || c == '@' || c == '*') => {
                1 + after.find(|c: char| !is_word(c) && c != '@' && c != '*').unwrap_or(after.len())
            }
            _ if is_word(first) => rest.find(|c: char| !is_word(c)).unwrap_or(rest.len()),
            _ => first.len_utf8(),
        };
        let (own, behind) = rest.split_at(length);
        pieces.push(match first {
            '\'' | '"' | '`' => Piece::Quoted(own),
            _ if is_word(first) || (own.len() > 1 && first == ':' && own != "::") => Piece::Word(own),
            _ => Piece::Other(own),
        });
        rest = behind;
    }
    Ok(pieces)
}

/// A clause as SQL, and whether it names the number of the row. In what is selected, `*` stands for the columns of the table alone.
pub(super) fn translated(text: &str, info: Option<&TableInfo>) -> Result<(String, bool), String> {
    let pieces = pieces(text)?;
    let (mut sql, mut numbered) = (String::with_capacity(text.len()), false);
    let is_solid = |piece: &&Piece<'_>| !piece.text().trim().is_empty();
    let is_end = |piece: Option<&Piece<'_>>| piece.is_none_or(|piece| piece.text() == ",");
    for (at, piece) in pieces.iter().enumerate() {
        match (piece, info) {
            (Piece::Word(":id" | ":*"), _) => {
                numbered = true;
                sql.push_str("\":id\"");
            }
            (Piece::Word(field), _) if field.starts_with(':') => {
                return Err(format!("the system field {field} is not kept here; :id is"));
            }
            (Piece::Other("*"), Some(info))
                if is_end(pieces[..at].iter().rfind(is_solid)) && is_end(pieces[at + 1..].iter().find(is_solid)) =>
            {
                let all: Vec<String> = info.columns.iter().map(|column| super::quoted(&column.name, '"')).collect();
                sql.push_str(&all.join(", "));
            }
            (piece, _) => sql.push_str(piece.text()),
        }
    }
    Ok((sql, numbered))
}

/// A question in one piece (`$query`), by its clauses.
///
/// # Errors
/// What is not taken here: a chain of questions, a clause twice, a clause that is none.
pub(super) fn clauses(text: &str) -> Result<Clauses, String> {
    let mut found = Clauses::default();
    let (mut depth, mut now, mut wants_by) = (0_i64, None::<&str>, false);
    let mut begun: Vec<&str> = Vec::new();
    let pieces = pieces(text)?;
    for (at, piece) in pieces.iter().enumerate() {
        let lower = match piece {
            Piece::Word(word) if depth == 0 => word.to_ascii_lowercase(),
            _ => String::new(),
        };
        depth += match piece {
            Piece::Other("(") => 1,
            Piece::Other(")") => -1,
            _ => 0,
        };
        if matches!(piece, Piece::Other("|")) && pieces.get(at + 1).is_some_and(|next| next.text() == ">") {
            return Err("questions in a chain (|>) are not answered; ask them in SQL at /data/sql".to_owned());
        }
        if wants_by && !piece.text().trim().is_empty() {
            wants_by = false;
            if lower == "by" {
                continue;
            }
            return Err("after group and order stands by".to_owned());
        }
        let word = ["select", "where", "group", "having", "order", "limit", "offset", "search"]
            .into_iter()
            .find(|word| *word == lower);
        if let Some(word) = word {
            if begun.contains(&word) {
                return Err(format!("{word} stands twice"));
            }
            begun.push(word);
            (now, wants_by) = (Some(word), word == "group" || word == "order");
            continue;
        }
        match now {
            Some(word) => clause(&mut found, word).push_str(piece.text()),
            None if piece.text().trim().is_empty() => {}
            None => return Err("a $query begins with select, where, group by, order by, limit or search".to_owned()),
        }
    }
    if let Some(empty) = begun.into_iter().find(|word| clause(&mut found, word).trim().is_empty()) {
        return Err(format!("nothing stands behind {empty}"));
    }
    let words = found.words.trim();
    found.words = words.strip_prefix('\'').and_then(|text| text.strip_suffix('\'')).unwrap_or(words).to_owned();
    Ok(found)
}

fn clause<'c>(clauses: &'c mut Clauses, word: &str) -> &'c mut String {
    match word {
        "select" => &mut clauses.select,
        "where" => &mut clauses.filter,
        "group" => &mut clauses.group,
        "having" => &mut clauses.having,
        "order" => &mut clauses.order,
        "limit" => &mut clauses.limit,
        "offset" => &mut clauses.offset,
        _ => &mut clauses.words,
    }
}

#[cfg(test)]
mod tests {
    use super::{clauses, translated};

    #[test]
    fn the_number_of_a_row_is_named_outside_of_quotes_only() {
        let sql = |text| translated(text, None).unwrap();
        assert_eq!(sql(":id desc"), ("\":id\" desc".to_owned(), true));
        assert_eq!(sql("note = ':id it''s' and \":id\" > 1"), ("note = ':id it''s' and \":id\" > 1".to_owned(), false));
        assert_eq!(sql("a like '%é%' and b::text"), ("a like '%é%' and b::text".to_owned(), false));
        assert!(translated(":created_at", None).unwrap_err().contains(":created_at"));
        assert!(translated("'open", None).is_err());
    }

    #[test]
    fn a_question_in_one_piece_falls_into_its_clauses() {
        let found =
            clauses("SELECT kind, max(height) where (a = 'order by') GROUP BY kind order by kind LIMIT 5 search 'oak'")
                .unwrap();
        assert_eq!((found.select.trim(), found.filter.trim()), ("kind, max(height)", "(a = 'order by')"));
        assert_eq!((found.group.trim(), found.order.trim()), ("kind", "kind"));
        assert_eq!((found.limit.trim(), found.words.as_str()), ("5", "oak"));
        for bad in ["select a |> select b", "select a select b", "kind", "order kind", "select 'a", "select a where"] {
            assert!(clauses(bad).is_err(), "{bad}");
        }
    }
}
