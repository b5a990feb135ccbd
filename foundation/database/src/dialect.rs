//! The few things SQLite and PostgreSQL say differently.

/// How the text of a table ends that is to have no numbers of rows on SQLite (sqlite.org/withoutrowid.html).
const UNNUMBERED_END: &str = ") /* without rowid */;";

/// Which database it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// SQLite.
    Sqlite,
    /// PostgreSQL.
    Postgres,
}

impl Dialect {
    /// Behind a `select`: keeps the rows from being changed by others until the transaction ends.
    /// SQLite has one writer at a time, so there it is nothing.
    pub fn for_update(self) -> &'static str {
        match self {
            Self::Sqlite => "",
            Self::Postgres => " for update",
        }
    }

    /// The same, passing over rows that others hold.
    pub fn for_update_skip_locked(self) -> &'static str {
        match self {
            Self::Sqlite => "",
            Self::Postgres => " for update skip locked",
        }
    }

    /// The same, where others may hold it too: who wants to change the row waits for them.
    pub fn for_share(self) -> &'static str {
        match self {
            Self::Sqlite => "",
            Self::Postgres => " for share",
        }
    }

    /// Takes a town-wide lock until the transaction ends, if nobody else holds it: the query gives
    /// one boolean. On SQLite whoever writes holds it already.
    pub fn try_lock_sql(self) -> &'static str {
        match self {
            Self::Sqlite => "select $1 is not null",
            Self::Postgres => "select pg_try_advisory_xact_lock($1)",
        }
    }

    /// How many bytes the database has, one row with one whole number.
    pub(crate) fn size_sql(self) -> &'static str {
        match self {
            Self::Sqlite => "select page_count * page_size from pragma_page_count(), pragma_page_size()",
            Self::Postgres => "select pg_database_size(current_database())",
        }
    }

    /// Waits for a town-wide lock and holds it until the transaction ends.
    pub fn lock_sql(self, key: i64) -> String {
        match self {
            Self::Sqlite => "select 1".to_owned(),
            Self::Postgres => format!("select pg_advisory_xact_lock({key})"),
        }
    }

    /// A migration in this database's words. We write PostgreSQL's types; SQLite's strict tables
    /// (sqlite.org/stricttables.html) know only five. A table that ends with `) /* without rowid */;` has its rows in the
    /// order of its key and in no other there, so that nothing tells in which order they came.
    pub(crate) fn migration(self, sql: &str) -> String {
        if self == Self::Postgres {
            return sql.to_owned();
        }
        // SQLite compares text by its bytes already.
        let sql = sql.replace("double precision", "real").replace(" collate \"C\"", "");
        let statements = sql.split_inclusive(';').map(|statement| {
            let words: Vec<String> =
                statement.split_inclusive(|c: char| !c.is_ascii_alphanumeric() && c != '_').map(type_word).collect();
            let statement = words.concat();
            if statement.ends_with(UNNUMBERED_END) {
                statement.replace(UNNUMBERED_END, ") strict, without rowid;")
            } else if statement.trim_start().starts_with("create table") {
                statement.replace(';', " strict;")
            } else {
                statement
            }
        });
        statements.collect()
    }
}

/// One word, with the character behind it, with its type put into SQLite's terms.
fn type_word(word: &str) -> String {
    let (bare, end) = word.split_at(word.trim_end_matches(|c: char| !c.is_ascii_alphanumeric() && c != '_').len());
    let bare = match bare {
        "bigint" | "boolean" => "integer",
        "bytea" => "blob",
        other => other,
    };
    format!("{bare}{end}")
}

#[cfg(test)]
mod tests {
    use super::Dialect;

    #[test]
    fn one_text_becomes_both() {
        let text = "create table t (\n  id bigint primary key,\n  open boolean not null,\n  share double precision,\n  raw bytea,\n  word text collate \"C\"\n);\ncreate index t_open on t (open);";
        let sqlite = Dialect::Sqlite.migration(text);
        assert_eq!(
            sqlite,
            "create table t (\n  id integer primary key,\n  open integer not null,\n  share real,\n  raw blob,\n  word text\n) strict;\ncreate index t_open on t (open);"
        );
        assert_eq!(Dialect::Postgres.migration(text), text);
        let unnumbered = "create table t (\n  id text primary key\n) /* without rowid */;";
        let sqlite = "create table t (\n  id text primary key\n) strict, without rowid;";
        assert_eq!(Dialect::Sqlite.migration(unnumbered), sqlite);
    }
}
