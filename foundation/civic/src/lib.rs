//! The nouns every part of a town's platform shares.
