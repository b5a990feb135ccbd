//! Options from a table.

use crate::{commands::NewOption, model::OPTIONS_LIMIT};
use civic::{Language, LocalText};
use importing::{RowFault, Table, Wish};
use web::{Refusal, Town, forms::Submission};

/// Options from a CSV file with a header: `title` (and `title_es`, `title_ar`), `cost`, `text`, `district`. All rows, or none.
///
/// # Errors
/// A refusal with the line of the first row that cannot be taken, and why.
pub(super) fn options(town: &Town, form: &Submission) -> Result<Vec<NewOption>, Vec<Refusal>> {
    let file = form.file("file").ok_or_else(|| vec![Refusal::new("vote-table-none").at("file")])?;
    let table = Table::read(&file.bytes[..], &Wish::default());
    let table =
        table.map_err(|refusal| vec![Refusal::new("vote-table").at("file").with("problem", refusal.to_string())])?;
    let names: Vec<String> = table.header().iter().map(|name| name.trim().to_lowercase()).collect();
    let column = |name: &str| names.iter().position(|column| column == name);
    if column("title").is_none() {
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
        let cell = |name: &str| {
            column(name).and_then(|at| cells.get(at)).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
        };
        let Some(title) = cell("title") else { return Err(refused("vote-table-row")) };
        let Some(cost_cents) = super::read::cents(cell("cost").unwrap_or("0")) else {
            return Err(refused("vote-table-cost"));
        };
        if options.len() >= OPTIONS_LIMIT {
            return Err(vec![Refusal::new("vote-options-most").at("file").with("most", OPTIONS_LIMIT as i64)]);
        }
        let mut local = LocalText::plain(title);
        for language in [Language::Es, Language::Ar] {
            if let Some(words) = cell(&format!("title_{}", language.tag())) {
                local = local.with(language, words);
            }
        }
        options.push(NewOption {
            title: local,
            text: cell("text").map(LocalText::plain),
            cost_cents,
            district: cell("district").map(|typed| district(town, typed)),
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
