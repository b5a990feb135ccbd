//! Why something was not asked, or its answer not taken.

/// Why there is no answer. No text of the other side is in it, so it may be shown and kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OutgoingRefusal {
    /// The text is not an address of the web.
    #[error("this is not an address of the web: write https://host/path")]
    NotAnAddress,
    /// It is not https.
    #[error("only https:// addresses are asked")]
    NotHttps,
    /// It carries a name or a password.
    #[error("an address with a name or password before its host is not asked")]
    Credentials,
    /// One of the addresses of the host is not public.
    #[error("the host is not in the public network: its address is private, local or reserved")]
    NotPublic,
    /// The name has no address.
    #[error("the host is not known")]
    Unknown,
    /// It redirects where it may not, or too often.
    #[error("it redirects, and was not followed")]
    Redirected,
    /// It took too long.
    #[error("the answer took too long")]
    TooSlow,
    /// The answer is too large.
    #[error("the answer is too large")]
    TooLarge,
    /// Who asked does not want the answer any more.
    #[error("it was stopped")]
    Stopped,
    /// There is no connection, or not one that can be trusted or understood.
    #[error("there is no good connection: {0}")]
    Broken(String),
}
