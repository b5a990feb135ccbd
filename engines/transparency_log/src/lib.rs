//! A tamper-evident log: RFC 6962 Merkle tree in C2SP tiles, signed-note checkpoints and proofs, without any input or output.
