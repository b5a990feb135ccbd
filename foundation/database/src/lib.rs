//! One transaction API over SQLite and PostgreSQL.
