//! The desk publishes words and photos that waited for it, leaves some out, or takes them back from the public.

use super::{Change, text_within};
use crate::model::DESCRIPTION_LIMIT;
use std::collections::BTreeMap;
use web::Refusal;

/// What an officer does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PublishAct {
    /// Publishes all that waits: texts in these words, by name, and else as they are.
    Publish {
        /// Other words, by the name of the text.
        words: BTreeMap<String, String>,
    },
    /// Leaves this out, as a photo.
    LeaveOut {
        /// Its name.
        part: String,
    },
    /// Takes up again what was left out: it is then as public as the rest.
    TakeUp {
        /// Its name.
        part: String,
    },
    /// Takes everything back from the public, in the words of its author.
    HoldBack,
}

/// Something that is not public.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Its name.
    pub name: String,
    /// What it says, where it is a text that may be published in other words.
    pub text: Option<String>,
    /// Whether it waits; else it was left out.
    pub waits: bool,
}

/// What the decision needs to know.
pub struct PublishFacts<'f> {
    /// What is not public.
    pub held: &'f [Held],
    /// The names of what is.
    pub public: &'f [String],
}

/// What happens to the words and photos.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// These become public, in other words where there are some.
    Publish(Vec<(String, Option<String>)>),
    /// This is left out; whether it was public until now.
    LeaveOut(String, bool),
    /// This is taken up again; whether it becomes public at once.
    TakeUp(String, bool),
    /// These are public no more.
    HoldBack(Vec<String>),
}

/// Decides what an officer's act changes.
///
/// # Errors
/// `publish-nothing` when nothing waits, `publish-part` for what is not there, `hold-back-nothing` when nothing is public, `text-too-long`,
/// `text-control`.
pub fn decide_publishing(facts: &PublishFacts<'_>, act: PublishAct) -> Result<Deed, Refusal> {
    let held = |part: &str, waits| facts.held.iter().any(|one| one.name == part && one.waits == waits);
    let unknown = || Refusal::conflict("publish-part").at("part");
    match act {
        PublishAct::Publish { words } => {
            let waiting = facts.held.iter().filter(|one| one.waits);
            let parts: Vec<_> = waiting.map(|one| in_words(one, &words)).collect::<Result<_, _>>()?;
            if parts.is_empty() { Err(Refusal::conflict("publish-nothing")) } else { Ok(Deed::Publish(parts)) }
        }
        PublishAct::LeaveOut { part } if held(&part, true) => Ok(Deed::LeaveOut(part, false)),
        PublishAct::LeaveOut { part } if facts.public.contains(&part) => Ok(Deed::LeaveOut(part, true)),
        PublishAct::TakeUp { part } if held(&part, false) => {
            let public = !facts.held.iter().any(|one| one.waits);
            Ok(Deed::TakeUp(part, public))
        }
        PublishAct::LeaveOut { .. } | PublishAct::TakeUp { .. } => Err(unknown()),
        PublishAct::HoldBack if facts.public.is_empty() => Err(Refusal::conflict("hold-back-nothing")),
        PublishAct::HoldBack => Ok(Deed::HoldBack(facts.public.to_vec())),
    }
}

/// What is published of something; other words only where they are other.
fn in_words(one: &Held, words: &BTreeMap<String, String>) -> Result<(String, Option<String>), Refusal> {
    let Some((text, typed)) = one.text.as_ref().zip(words.get(&one.name)) else { return Ok((one.name.clone(), None)) };
    let typed = text_within(typed, "words", DESCRIPTION_LIMIT)?;
    Ok((one.name.clone(), Some(typed).filter(|typed| typed != text)))
}

/// What the page and the record say of it: never a word of the words.
pub fn publishing_change(deed: &Deed) -> Change {
    let kind = |name: &str| name.split(':').next().unwrap_or_default().to_owned();
    match deed {
        Deed::Publish(parts) => {
            let mut change = Change::saying("request.published");
            if parts.iter().any(|(_, words)| words.is_some()) {
                change.detail.insert("words", "desk".to_owned());
            }
            if parts.iter().any(|(name, _)| name == "description") {
                change.detail.insert("description", "yes".to_owned());
            }
            let said: Vec<&str> = parts.iter().filter_map(|(name, _)| name.strip_prefix("said:")).collect();
            if !said.is_empty() {
                change.detail.insert("said", said.join(" "));
            }
            change
        }
        Deed::LeaveOut(part, _) => {
            let mut change = Change::saying("request.left-out");
            change.detail.insert("part", kind(part));
            change
        }
        Deed::TakeUp(part, _) => {
            let mut change = Change::saying("request.taken-up");
            change.detail.insert("part", kind(part));
            change
        }
        Deed::HoldBack(_) => Change::saying("request.held-back"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(name: &str, text: Option<&str>, waits: bool) -> Held {
        Held { name: name.to_owned(), text: text.map(str::to_owned), waits }
    }

    #[test]
    fn what_waits_is_published_and_what_was_left_out_is_not() {
        let held =
            [held("description", Some("by Eve"), true), held("photo:1", None, true), held("photo:2", None, false)];
        let facts = PublishFacts { held: &held, public: &[] };
        let as_it_is = decide_publishing(&facts, PublishAct::Publish { words: BTreeMap::new() }).unwrap();
        assert_eq!(as_it_is, Deed::Publish(vec![("description".to_owned(), None), ("photo:1".to_owned(), None)]));
        let words = |text: &str| BTreeMap::from([("description".to_owned(), text.to_owned())]);
        let Deed::Publish(parts) = decide_publishing(&facts, PublishAct::Publish { words: words(" by ██ ") }).unwrap()
        else {
            panic!("published")
        };
        assert_eq!(parts[0].1.as_deref(), Some("by ██"));
        let same = decide_publishing(&facts, PublishAct::Publish { words: words("by Eve") }).unwrap();
        assert_eq!(same, as_it_is, "the same words are no other words");
        let long = "x".repeat(DESCRIPTION_LIMIT + 1);
        let refused = decide_publishing(&facts, PublishAct::Publish { words: words(&long) }).unwrap_err();
        assert_eq!(refused.code, "text-too-long");
    }

    #[test]
    fn what_is_taken_up_is_as_public_as_the_rest() {
        let part = || "photo:2".to_owned();
        let with_rest = [held("description", Some("x"), true), held("photo:2", None, false)];
        let facts = PublishFacts { held: &with_rest, public: &[] };
        let up = decide_publishing(&facts, PublishAct::TakeUp { part: part() });
        assert_eq!(up, Ok(Deed::TakeUp(part(), false)));
        let facts = PublishFacts { held: &with_rest[1..], public: &["description".to_owned()] };
        assert_eq!(decide_publishing(&facts, PublishAct::TakeUp { part: part() }), Ok(Deed::TakeUp(part(), true)));
        let code = |act| decide_publishing(&facts, act).unwrap_err().code;
        assert_eq!(code(PublishAct::TakeUp { part: "description".to_owned() }), "publish-part");
        assert_eq!(code(PublishAct::LeaveOut { part: part() }), "publish-part", "it is left out already");
        assert_eq!(code(PublishAct::Publish { words: BTreeMap::new() }), "publish-nothing");
        assert_eq!(decide_publishing(&facts, PublishAct::HoldBack), Ok(Deed::HoldBack(vec!["description".to_owned()])));
    }
}
