//! Addresses of mailboxes, of the plain kind only.

use std::{fmt, str::FromStr};

/// Characters an address may have (RFC 5321 section 4.5.3.1.3: a path has 256 with its brackets).
pub const EMAIL_LIMIT: usize = 254;
/// Characters before the @ (RFC 5321 section 4.5.3.1.1).
const LOCAL_LIMIT: usize = 64;
/// Characters of one label of a domain (RFC 1035 section 2.3.4).
const LABEL_LIMIT: usize = 63;

/// An e-mail address in ASCII (RFC 5321 dot-string), lower-case as a whole.
///
/// Two addresses are the same account exactly when they are the same bytes. Letters outside
/// ASCII are refused, because a database, a mail server and a person do not agree on which of
/// them are equal, and an account is taken over where they differ.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EmailAddress(String);

/// The text is not an address we can write to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an e-mail address looks like name@example.org, in plain letters, with at most {EMAIL_LIMIT} characters")]
pub struct EmailError;

impl EmailAddress {
    /// The address, lower-case.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for EmailAddress {
    type Err = EmailError;
    /// Accepts blanks around the address and capitals in it, as people type.
    fn from_str(text: &str) -> Result<Self, EmailError> {
        let text = text.trim_matches(' ').to_ascii_lowercase();
        let (local, domain) = text.rsplit_once('@').ok_or(EmailError)?;
        if text.len() <= EMAIL_LIMIT && is_local_part(local) && is_domain(domain) {
            Ok(Self(text))
        } else {
            Err(EmailError)
        }
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn is_local_part(local: &str) -> bool {
    let is_atom = |atom: &str| {
        !atom.is_empty() && atom.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&b))
    };
    local.len() <= LOCAL_LIMIT && local.split('.').all(is_atom)
}

fn is_domain(domain: &str) -> bool {
    let is_label = |label: &str| {
        (1..=LABEL_LIMIT).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    domain.contains('.') && domain.split('.').all(is_label)
}
