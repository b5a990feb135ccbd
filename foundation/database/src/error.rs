//! What can go wrong, in terms the rest of the house can act on.

/// Why the database did not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DbError {
    /// A row that must be there is not.
    #[error("there is no such row")]
    NotFound,
    /// A row with this key is there already; names the constraint or columns.
    #[error("there is one already: {0}")]
    Unique(String),
    /// A row refers to one that is not there.
    #[error("a row refers to one that is not there: {0}")]
    ForeignKey(String),
    /// More acts wait than the queue holds.
    #[error("more acts are waiting than the database can take")]
    Busy,
    /// The database cannot be reached just now.
    #[error("the database cannot be reached: {0}")]
    Unavailable(String),
    /// The disk is full.
    #[error("the disk is full")]
    Full,
    /// The tables are not as this program needs them.
    #[error("{0}")]
    Migration(String),
    /// An act panicked; it was rolled back.
    #[error("an act broke off: {0}")]
    Panicked(String),
    /// Anything else: our mistake.
    #[error("{0}")]
    Other(String),
}

impl From<rusqlite::Error> for DbError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        let rusqlite::Error::SqliteFailure(code, message) = &error else {
            return Self::Other(error.to_string());
        };
        let text = message.clone().unwrap_or_else(|| code.to_string());
        match code.code {
            ErrorCode::ConstraintViolation if text.contains("FOREIGN KEY") => Self::ForeignKey(text),
            ErrorCode::ConstraintViolation if text.contains("UNIQUE") => Self::Unique(text),
            ErrorCode::DiskFull => Self::Full,
            ErrorCode::DatabaseBusy
            | ErrorCode::DatabaseLocked
            | ErrorCode::CannotOpen
            | ErrorCode::SystemIoFailure => Self::Unavailable(text),
            _ => Self::Other(text),
        }
    }
}

impl From<postgres::Error> for DbError {
    fn from(error: postgres::Error) -> Self {
        let Some(db) = error.as_db_error() else {
            return if error.is_closed() || std::error::Error::source(&error).is_some_and(|s| s.is::<std::io::Error>()) {
                Self::Unavailable(error.to_string())
            } else {
                Self::Other(error.to_string())
            };
        };
        let named = || db.constraint().unwrap_or(db.message()).to_owned();
        match db.code().code() {
            "23505" => Self::Unique(named()),
            "23503" => Self::ForeignKey(named()),
            "53100" => Self::Full,
            code if code.starts_with("57P") || code.starts_with("08") || code.starts_with("53") => {
                Self::Unavailable(db.message().to_owned())
            }
            _ => Self::Other(format!("{}: {}", db.code().code(), db.message())),
        }
    }
}
