//! What a question may do: read, and nothing else.

use rusqlite::hooks::{AuthAction, AuthContext, Authorization};

/// Functions that reach out of the engine, or whose only use is to take memory.
const FORBIDDEN: [&str; 9] = [
    "load_extension",
    "readfile",
    "writefile",
    "edit",
    "fts3_tokenizer",
    "sqlite_compileoption_get",
    "sqlite_compileoption_used",
    "randomblob",
    "zeroblob",
];

/// Tables of the engine's own that a question may use: they make rows of its values and know nothing of the files.
const OWN: [&str; 2] = ["json_each", "json_tree"];

/// Whether one step of a question about these tables is allowed.
pub(super) fn judge(tables: &[String], context: &AuthContext<'_>) -> Authorization {
    let good = match context.action {
        AuthAction::Select | AuthAction::Recursive => true,
        AuthAction::Read { table_name, .. } => {
            let name = table_name.to_lowercase();
            name == "data" || OWN.contains(&name.as_str()) || tables.contains(&name)
        }
        AuthAction::Function { function_name } => !FORBIDDEN.contains(&function_name.to_lowercase().as_str()),
        _ => false,
    };
    if good { Authorization::Allow } else { Authorization::Deny }
}

/// Whether a text begins, behind blanks and comments, as a question does.
pub(super) fn is_question(sql: &str) -> bool {
    let mut rest = sql.trim_start();
    loop {
        let after = if rest.starts_with("--") {
            rest.split_once('\n').map(|(_, after)| after)
        } else if rest.starts_with("/*") {
            rest.split_once("*/").map(|(_, after)| after)
        } else {
            break;
        };
        match after {
            Some(after) => rest = after.trim_start(),
            None => return false,
        }
    }
    let word: String = rest.chars().take_while(char::is_ascii_alphabetic).collect();
    ["select", "with", "values"].contains(&word.to_lowercase().as_str())
}
