//! The public record: an append-only, signed log of every public act.
