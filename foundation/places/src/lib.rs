//! Districts, their boundaries, and where a pin lies.
