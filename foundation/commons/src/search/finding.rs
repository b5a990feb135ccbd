//! From the words of a query to the newest documents that have all of them.
//!
//! The rarest word leads: its documents are looked at, and each is asked for the other words by index. So a reference or a name is found
//! at once however large the town is. Where every word is common, the documents are gone through from the last on.

use super::{Found, beginnings_of, forms_of, words_of};
use civic::{Moment, Subject, SubjectKind};
use database::{DbError, Param, Tx};

/// Words of a query that count.
const QUERY_WORDS_LIMIT: usize = 8;
/// Documents that a word may have and still be rare enough to lead.
pub const RARE_LIMIT: i64 = 2_000;
/// Documents that are gone through, from the last one on, where no word is rare.
pub const WALK_LIMIT: i64 = 50_000;

/// What a document must have: this word in one of its forms, or for the last of a query one that begins so.
struct Term {
    /// The forms; more than one range of words is asked for only where the word has more than one.
    forms: Vec<String>,
    /// For each form, what every word that begins so lies before; empty where the words themselves are meant.
    until: Vec<String>,
}

impl Term {
    fn all_of(query: &str) -> Vec<Self> {
        let mut words: Vec<String> = words_of(query).take(QUERY_WORDS_LIMIT).collect();
        let last = words.pop();
        let mut terms: Vec<Self> = words.iter().map(|word| Self { forms: forms_of(word), until: Vec::new() }).collect();
        terms.extend(last.map(|word| {
            let forms = beginnings_of(&word);
            Self { until: forms.iter().map(|form| format!("{form}\u{10FFFF}")).collect(), forms }
        }));
        terms
    }

    /// The condition on `search_words`, with its values added.
    fn condition<'a>(&'a self, values: &mut Vec<Param<'a>>) -> String {
        let mut place = |text: &'a str| {
            values.push(Param::Text(text));
            format!("${}", values.len())
        };
        if self.until.is_empty() {
            let places: Vec<String> = self.forms.iter().map(|form| place(form)).collect();
            return format!("word in ({})", places.join(", "));
        }
        let ranges: Vec<String> = self
            .forms
            .iter()
            .zip(&self.until)
            .map(|(from, until)| format!("word >= {} and word < {}", place(from), place(until)))
            .collect();
        format!("({})", ranges.join(" or "))
    }

    /// How many documents have it, counted up to [`RARE_LIMIT`].
    fn documents(&self, tx: &mut Tx<'_>) -> Result<i64, DbError> {
        let mut values = vec![Param::Int(RARE_LIMIT)];
        let condition = self.condition(&mut values);
        let sql = format!("select count(*) from (select 1 from search_words where {condition} limit $1) counted");
        tx.query_one(&sql, &values)?.get(0)
    }
}

/// The newest documents with all these words; the last word may be a beginning. Where each of the words is in more than
/// [`RARE_LIMIT`] documents, the last [`WALK_LIMIT`] that were made findable are gone through.
///
/// # Errors
/// Those of the database.
pub fn find(tx: &mut Tx<'_>, query: &str, kind: Option<SubjectKind>, limit: u32) -> Result<Vec<Found>, DbError> {
    let mut terms = Term::all_of(query);
    let mut counts = Vec::with_capacity(terms.len());
    for term in &terms {
        counts.push(term.documents(tx)?);
    }
    let Some((leading, rarest)) = counts.into_iter().enumerate().min_by_key(|(_, count)| *count) else {
        return Ok(Vec::new());
    };
    let lead = (rarest < RARE_LIMIT).then(|| terms.swap_remove(leading));
    let mut values = vec![Param::Int(i64::from(limit))];
    let statement = statement(lead.as_ref(), &terms, kind.as_ref(), &mut values);
    let rows = tx.query(&statement, &values)?;
    rows.iter()
        .map(|row| {
            Ok(Found {
                subject: Subject { kind: row.get(0)?, id: row.get(1)? },
                title: row.get(2)?,
                at: Moment(row.get(3)?),
            })
        })
        .collect()
}

/// The documents of the word that leads, newest first, that have the other words too. The limit is the first value.
fn statement<'v>(
    lead: Option<&'v Term>,
    others: &'v [Term],
    kind: Option<&'v SubjectKind>,
    values: &mut Vec<Param<'v>>,
) -> String {
    let led = match lead {
        // A list of its own, and a cross join, which SQLite takes in the order written: with statistics or without them its planner
        // would else go through all documents of the kind.
        Some(term) => format!(
            "with led as materialized (select distinct number from search_words where {}) {COLUMNS} from led cross join search_documents d where d.number = led.number",
            term.condition(values)
        ),
        None => format!(
            "{COLUMNS} from search_documents d where d.number > (select coalesce(max(number), 0) from search_documents) - {WALK_LIMIT}"
        ),
    };
    let mut conditions = String::new();
    for term in others {
        let condition = term.condition(values);
        // Asked one document at a time, by index; `exists` would invite the planner to begin here.
        conditions += &format!(
            " and (select count(*) from (select 1 from search_words w where w.number = d.number and {condition} limit 1) hit) = 1"
        );
    }
    if let Some(kind) = kind {
        values.push(Param::Text(kind.0));
        conditions += &format!(" and d.subject_kind = ${}", values.len());
    }
    let order = if lead.is_some() { "d.at desc, d.number desc" } else { "d.number desc" };
    format!("{led}{conditions} order by {order} limit $1")
}

const COLUMNS: &str = "select d.subject_kind, d.subject_id, d.title, d.at";

#[cfg(test)]
mod tests {
    use super::{Param, RARE_LIMIT, SubjectKind, Term, statement};
    use database::{OffRecord, test_support::each_database};

    /// SQLite tells its plan as rows; PostgreSQL plans by statistics, which it always has.
    #[test]
    fn a_rare_word_leads_whatever_the_planner_thinks_of_the_town() {
        let kind = SubjectKind("lamp");
        let db = &each_database(&[crate::MIGRATIONS])[0];
        let done = db.write_blocking(move |tx| {
            for query in ["R-7K2M", "zebra", "lamp zebra street"] {
                let mut terms = Term::all_of(query);
                let lead = terms.remove(terms.len() - 1);
                let mut values = vec![Param::Int(RARE_LIMIT)];
                let sql = statement(Some(&lead), &terms, Some(&kind), &mut values);
                let plan: Vec<String> = tx
                    .query(&format!("explain query plan {sql}"), &values)?
                    .iter()
                    .map(|row| row.get(3))
                    .collect::<Result<_, _>>()?;
                let outer = plan.iter().position(|step| step == "SCAN led");
                let inner = plan.iter().position(|step| step.contains("SEARCH d USING INDEX search_documents_number"));
                assert!(outer.is_some() && outer < inner, "{query}: {plan:#?}");
            }
            tx.commit(OffRecord("a test"), ())
        });
        done.unwrap();
    }
}
