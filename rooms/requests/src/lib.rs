//! Residents report problems in public space; the responsible agency answers.
