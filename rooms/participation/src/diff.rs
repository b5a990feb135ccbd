//! What changed between two texts, word by word.

use similar::{ChangeTag, TextDiff};

/// What became of a stretch of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Fate {
    /// They are in both.
    Kept,
    /// They are in the new text only.
    Added,
    /// They were in the old text only.
    Removed,
}

/// A stretch of words of one fate.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
pub struct Stretch {
    /// What became of it.
    pub fate: Fate,
    /// The words, with the blanks between them.
    pub words: String,
}

impl Stretch {
    /// Whether it is in the new text only.
    pub fn is_added(&self) -> bool {
        self.fate == Fate::Added
    }

    /// Whether it was in the old text only.
    pub fn is_removed(&self) -> bool {
        self.fate == Fate::Removed
    }
}

/// The stretches from which both texts can be read: without what was added the old, without what was removed the new. Words
/// that were replaced side by side are one stretch, with the blanks between them.
pub fn by_words(old: &str, new: &str) -> Vec<Stretch> {
    let mut weave = Weave::default();
    for change in TextDiff::from_words(old, new).iter_all_changes() {
        match change.tag() {
            ChangeTag::Equal => weave.keep(change.value()),
            ChangeTag::Insert => weave.change().added.push_str(change.value()),
            ChangeTag::Delete => weave.change().removed.push_str(change.value()),
        }
    }
    weave.end()
}

/// What is being put together: the present replacement, and a blank behind it that may turn out to lie within it.
#[derive(Default)]
struct Weave {
    done: Vec<Stretch>,
    removed: String,
    added: String,
    gap: String,
}

impl Weave {
    fn keep(&mut self, words: &str) {
        let replaced = !self.removed.is_empty() && !self.added.is_empty();
        if replaced && self.gap.is_empty() && words.chars().all(|c| c == ' ') {
            words.clone_into(&mut self.gap);
            return;
        }
        self.flush();
        self.put(Fate::Kept, words);
    }

    fn change(&mut self) -> &mut Self {
        let gap = std::mem::take(&mut self.gap);
        self.removed.push_str(&gap);
        self.added.push_str(&gap);
        self
    }

    fn flush(&mut self) {
        let (removed, added) = (std::mem::take(&mut self.removed), std::mem::take(&mut self.added));
        let gap = std::mem::take(&mut self.gap);
        self.put(Fate::Removed, &removed);
        self.put(Fate::Added, &added);
        self.put(Fate::Kept, &gap);
    }

    fn put(&mut self, fate: Fate, words: &str) {
        if words.is_empty() {
            return;
        }
        match self.done.last_mut().filter(|last| last.fate == fate) {
            Some(last) => last.words.push_str(words),
            None => self.done.push(Stretch { fate, words: words.to_owned() }),
        }
    }

    fn end(mut self) -> Vec<Stretch> {
        self.flush();
        self.done
    }
}

#[cfg(test)]
mod tests {
    use super::{Fate, by_words};
    use proptest::prelude::*;

    #[test]
    fn words_are_compared_as_words() {
        let told: Vec<(Fate, String)> =
            by_words("a bench by the lake", "two benches by the lake").into_iter().map(|s| (s.fate, s.words)).collect();
        assert_eq!(
            told,
            [
                (Fate::Removed, "a bench".to_owned()),
                (Fate::Added, "two benches".to_owned()),
                (Fate::Kept, " by the lake".to_owned())
            ]
        );
    }

    proptest! {
        #[test]
        fn both_texts_can_be_read_again(old in "[ab \n]{0,40}", new in "[ab \n]{0,40}") {
            let stretches = by_words(&old, &new);
            let without = |gone: Fate| {
                stretches.iter().filter(|s| s.fate != gone).map(|s| s.words.as_str()).collect::<String>()
            };
            prop_assert_eq!(without(Fate::Added), old);
            prop_assert_eq!(without(Fate::Removed), new);
        }
    }
}
