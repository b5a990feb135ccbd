//! Accounts, sign-in, mandates and tokens.
