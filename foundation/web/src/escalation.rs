//! Who is told when a promise runs out.

use std::{fmt, str::FromStr};

/// Rungs a ladder may have.
pub const RUNGS_LIMIT: usize = 10;
/// Days before or after the promised end that a rung may lie.
pub const RUNG_DAYS_LIMIT: i64 = 365;

/// Who is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// Who works on it; where nobody does, as [`Told::Agency`].
    Officer,
    /// The agency's address and its officers.
    Agency,
    /// The administrators of the town.
    Administrator,
}

/// One rung of the ladder: who is told, so many working days after the promised end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rung {
    /// Working days of the agency after the promised end; negative before it.
    pub days: i64,
    /// Who is told.
    pub told: Told,
}

impl Told {
    const ALL: [Self; 3] = [Self::Officer, Self::Agency, Self::Administrator];

    /// The word for it in settings and entries.
    pub fn word(self) -> &'static str {
        match self {
            Self::Officer => "officer",
            Self::Agency => "agency",
            Self::Administrator => "administrator",
        }
    }
}

impl fmt::Display for Rung {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.days, self.told.word())
    }
}

impl FromStr for Rung {
    type Err = String;

    /// Reads `-1 officer`.
    fn from_str(text: &str) -> Result<Self, String> {
        let read = || {
            let (days, word) = text.trim().split_once(' ')?;
            let days = days.parse().ok().filter(|days: &i64| days.abs() <= RUNG_DAYS_LIMIT)?;
            let told = Told::ALL.into_iter().find(|told| told.word() == word.trim())?;
            Some(Self { days, told })
        };
        read().ok_or_else(|| {
            format!(
                "“{text}” is not a rung: write days after the promised end (negative before it) and officer, agency or administrator, as 5 administrator"
            )
        })
    }
}

/// Reads a ladder and puts its rungs in order of days.
///
/// # Errors
/// A sentence that names the rung that cannot be read, or the limit.
pub fn ladder(rungs: &[impl AsRef<str>]) -> Result<Vec<Rung>, String> {
    if rungs.len() > RUNGS_LIMIT {
        return Err(format!("a ladder has at most {RUNGS_LIMIT} rungs"));
    }
    let mut ladder = rungs.iter().map(|rung| rung.as_ref().parse()).collect::<Result<Vec<Rung>, String>>()?;
    ladder.sort_by_key(|rung| rung.days);
    Ok(ladder)
}

#[cfg(test)]
mod tests {
    use super::{Rung, Told, ladder};

    #[test]
    fn rungs_are_read_and_put_in_order() {
        let read = ladder(&["5 administrator", "-1 officer", "0 agency"]).unwrap();
        assert_eq!(read[0], Rung { days: -1, told: Told::Officer });
        assert_eq!(
            read.iter().map(ToString::to_string).collect::<Vec<_>>(),
            ["-1 officer", "0 agency", "5 administrator"]
        );
        for broken in ["", "officer", "1 mayor", "1.5 agency", "400 agency"] {
            assert!(ladder(&[broken]).unwrap_err().contains(broken), "{broken}");
        }
        assert!(ladder(&["1 agency"; 11]).is_err());
    }
}
