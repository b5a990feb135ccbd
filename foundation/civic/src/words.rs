//! Enums whose variants are words: in the database, in addresses, in forms and on the record.

/// Declares such an enum: its variants, their words (also for serde), and the way back.
///
/// `civic::words! { /** Which. */ Channel { /** By letter. */ Letter = "letter", /** At the counter. */ Counter = "counter" } }`
#[macro_export]
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$doc])* #[serde(rename = $word)] $variant),+ }

        impl $name {
            /// All of them, in the order in which they are offered.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Its word.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The one of this word.
            pub fn of_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.word() == word)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.word())
            }
        }

        impl std::str::FromStr for $name {
            type Err = String;
            fn from_str(word: &str) -> Result<Self, String> {
                Self::of_word(word).ok_or_else(|| format!("“{word}” is not known here"))
            }
        }
    };
}

#[cfg(test)]
mod tests {
    crate::words! {
        /// How somebody comes to the town.
        Channel { Letter = "letter", Counter = "counter" }
    }

    #[test]
    fn a_word_leads_back_to_its_variant() {
        let words: Vec<_> = Channel::ALL.iter().map(|one| one.word()).collect();
        assert_eq!(words, ["letter", "counter"]);
        assert_eq!(Channel::of_word("counter"), Some(Channel::Counter));
        assert_eq!(Channel::of_word("Counter"), None);
        assert_eq!("letter".parse::<Channel>().map(|one| one.to_string()), Ok("letter".to_owned()));
        assert!("fax".parse::<Channel>().unwrap_err().contains("fax"));
        assert_eq!(serde_json::to_string(&Channel::Letter).unwrap(), "\"letter\"");
    }
}
