//! A town in memory, its people, and a clock to turn.
