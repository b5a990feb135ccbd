//! Options from a table.

use crate::{commands::NewOption, model::OPTIONS_LIMIT};
use civic::{Language, LocalText};
use importing::{RowFault, Table, Wish, plain};
use web::{Refusal, Town, forms::Submission};

/// What the columns are called, ours first, then as Decidim exports the projects of a budget (`title/en`, `description/en`,
/// `budget_amount`, `scope/name/en`) and CONSUL its investments (`title`, `description`, `price`, `heading`).
const TITLES: [&str; 1] = ["title"];
const COSTS: [&str; 4] = ["cost", "budget_amount", "price", "budget amount"];
const TEXTS: [&str; 2] = ["text", "description"];
const DISTRICTS: [&str; 5] = ["district", "scope/name", "heading", "heading_name", "scope"];

/// Where one of these stands in a language: `title_es` or `title/es`.
fn local_column(names: &[String], words: &[&str], language: Language) -> Option<usize> {
    let tag = language.tag();
    words.iter().find_map(|word| {
        names.iter().position(|name| *name == format!("{word}_{tag}") || *name == format!("{word}/{tag}"))
    })
}

/// Words in the languages of the table; `None` where a row has none.
fn local(names: &[String], words: &[&str], cells: &[String]) -> Option<LocalText> {
    let cell = |at: usize| cells.get(at).map(|cell| plain(cell)).filter(|cell| !cell.is_empty());
    let bare = words.iter().find_map(|word| names.iter().position(|name| name == word)).and_then(cell);
    let told =
        Language::ALL.iter().filter_map(|language| Some((*language, cell(local_column(names, words, *language)?)?)));
    let told: Vec<(Language, String)> = told.collect();
    let first = bare.or_else(|| told.first().map(|(_, text)| text.clone()))?;
    Some(told.into_iter().fold(LocalText::plain(first), |text, (language, words)| text.with(language, words)))
}

/// Options from a CSV file with a header: `title` (and `title_es`, `title_ar`), `cost`, `text`, `district`, or the columns of a
/// budget elsewhere. All rows, or none.
///
/// # Errors
/// A refusal with the line of the first row that cannot be taken, and why.
pub(super) fn options(town: &Town, form: &Submission) -> Result<Vec<NewOption>, Vec<Refusal>> {
    let file = form.file("file").ok_or_else(|| vec![Refusal::new("vote-table-none").at("file")])?;
    let table = Table::read(&file.bytes[..], &Wish::default());
    let table =
        table.map_err(|refusal| vec![Refusal::new("vote-table").at("file").with("problem", refusal.to_string())])?;
    let names: Vec<String> = table.header().iter().map(|name| name.trim().to_lowercase()).collect();
    let column = |of: &[&str]| of.iter().find_map(|word| names.iter().position(|name| name == word));
    let has_titles = column(&TITLES).is_some()
        || Language::ALL.iter().any(|language| local_column(&names, &TITLES, *language).is_some());
    if !has_titles {
        return Err(vec![Refusal::new("vote-table-title").at("file")]);
    }
    let mut options = Vec::new();
    for row in table.rows() {
        let line = row.line;
        let refused = |what: &'static str| vec![Refusal::new(what).at("file").with("line", line as i64)];
        let cells = match row.cells {
            Ok(cells) => cells,
            Err(RowFault::Blank) => continue,
            Err(_) => return Err(refused("vote-table-row")),
        };
        let cell = |of: &[&str]| {
            column(of).and_then(|at| cells.get(at)).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
        };
        let Some(title) = local(&names, &TITLES, &cells) else { return Err(refused("vote-table-row")) };
        let Some(cost_cents) = super::read::cents(cell(&COSTS).unwrap_or("0")) else {
            return Err(refused("vote-table-cost"));
        };
        if options.len() >= OPTIONS_LIMIT {
            return Err(vec![Refusal::new("vote-options-most").at("file").with("most", OPTIONS_LIMIT as i64)]);
        }
        let of = DISTRICTS.iter().find_map(|word| {
            cell(&[word]).or_else(|| {
                Language::ALL.iter().find_map(|language| {
                    let at = local_column(&names, &[word], *language)?;
                    cells.get(at).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
                })
            })
        });
        options.push(NewOption {
            title,
            text: local(&names, &TEXTS, &cells),
            cost_cents,
            district: of.map(|typed| district(town, typed)),
            from: None,
            offered_by: None,
        });
    }
    if options.is_empty() { Err(vec![Refusal::new("vote-table-none").at("file")]) } else { Ok(options) }
}

/// The code of a district that is written by its code or by its name; what names none is kept as it is.
fn district(town: &Town, typed: &str) -> String {
    let all = town.part::<places::Districts>().all();
    let found = all.into_iter().find(|(code, name)| code == typed || name.eq_ignore_ascii_case(typed));
    found.map_or_else(|| typed.to_owned(), |(code, _)| code)
}
