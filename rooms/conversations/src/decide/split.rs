//! A statement that says several things becomes several statements that say one each.

use super::statement::{WriteFacts, fresh_words, may_write};
use crate::model::{Standing, Statement};
use web::{Refusal, Stop};

/// The most statements one can be split into.
pub const SPLIT_LIMIT: usize = 5;

/// Decides whether a statement may be split into these: it, as it stays, and the new ones, numbered from `next`. Its answers stay
/// with it, for what they answered was all of it; so the new ones begin without any.
///
/// # Errors
/// `conversation-closed`; `statement-split-not-open` for one that is not asked and does not wait; `statement-split-parts` for less
/// than two or more than [`SPLIT_LIMIT`]; those of a statement, with the field `parts`.
pub fn split(
    facts: &WriteFacts<'_>,
    before: &Statement,
    parts: &[String],
    next: i64,
) -> Result<(Statement, Vec<Statement>), Stop> {
    may_write(facts)?;
    let stands = matches!(before.standing, Standing::Open | Standing::Waiting) && !before.words.original.is_empty();
    if !stands {
        return Err(Refusal::conflict("statement-split-not-open").at("parts").into());
    }
    if !(2..=SPLIT_LIMIT).contains(&parts.len()) {
        return Err(Refusal::new("statement-split-parts").at("parts").with("most", SPLIT_LIMIT).into());
    }
    let mut all = facts.statements.to_vec();
    for (number, words) in (next..).zip(parts) {
        let facts = WriteFacts { statements: &all, ..*facts };
        let words = fresh_words(&facts, words).map_err(|refusal| refusal.at("parts"))?;
        let mut part =
            Statement { number, standing: Standing::Open, split_from: Some(before.number), ..before.clone() };
        (part.words.original, part.words.translations, part.at) = (words, Default::default(), facts.now);
        all.push(part);
    }
    let parts = all.split_off(facts.statements.len());
    Ok((Statement { standing: Standing::Split, pinned: false, ..before.clone() }, parts))
}

#[cfg(test)]
mod tests {
    use super::split;
    use crate::{
        decide::WriteFacts,
        model::{Conversation, Entry, Moderation, Standing, Statement, StatementWords},
    };
    use civic::{Actor, Language, LocalText, Moment};
    use web::Stop;

    fn statement(number: i64, words: &str, standing: Standing) -> Statement {
        let words =
            StatementWords { language: "en".to_owned(), original: words.to_owned(), translations: Default::default() };
        Statement {
            number,
            words,
            standing,
            meta: true,
            pinned: true,
            seeded: false,
            split_from: None,
            author: Some(7),
            at: Moment(0),
        }
    }

    fn conversation(closed_at: Option<Moment>) -> Conversation {
        Conversation {
            code: "C-7K2M".parse().unwrap(),
            question: LocalText::plain("How?"),
            introduction: LocalText::plain(""),
            organisation: None,
            moderation: Moderation::First,
            entry: Entry::Anybody,
            eligible: Default::default(),
            roll_print: String::new(),
            writing_until: None,
            map_shown: crate::model::MapShown::Open,
            opens_at: None,
            closes_at: None,
            published_at: Some(Moment(0)),
            closed_at,
            counted_at: None,
            undone_at: None,
            census: Default::default(),
            about: None,
            origin: None,
            seed: 1,
            made_at: Moment(0),
            updated_at: Moment(0),
            version: 1,
        }
    }

    fn tried(conversation: &Conversation, before: &Statement, parts: &[&str]) -> Result<Vec<Statement>, &'static str> {
        let all = [before.clone(), statement(3, "Trams should run at night", Standing::Open)];
        let actor = Actor::visitor(Language::En);
        let facts = WriteFacts {
            conversation,
            statements: &all,
            actor: &actor,
            is_known: true,
            on_roll: false,
            own: 0,
            facilitates: true,
            now: Moment(9),
        };
        let parts: Vec<String> = parts.iter().map(|part| (*part).to_owned()).collect();
        match split(&facts, before, &parts, 4) {
            Ok((after, parts)) => {
                assert_eq!((after.standing, after.pinned), (Standing::Split, false));
                assert_eq!(after.words, before.words, "the original keeps its words");
                Ok(parts)
            }
            Err(Stop::Refused(refusals)) => Err(refusals[0].code),
            Err(_) => Err("other"),
        }
    }

    #[test]
    fn each_part_says_one_thing_and_credits_the_whole() {
        let open = conversation(None);
        let whole = statement(2, "More trees and fewer cars", Standing::Open);
        let parts = tried(&open, &whole, &["There should be more trees", "There should be fewer cars"]).unwrap();
        assert_eq!(
            parts.iter().map(|part| (part.number, part.split_from)).collect::<Vec<_>>(),
            [(4, Some(2)), (5, Some(2))]
        );
        assert!(parts.iter().all(|part| part.author == Some(7) && part.meta && part.is_asked()));
    }

    #[test]
    fn what_cannot_be_split_is_refused() {
        let (open, closed) = (conversation(None), conversation(Some(Moment(5))));
        let whole = statement(2, "More trees and fewer cars", Standing::Open);
        let two = ["There should be more trees", "There should be fewer cars"];
        assert_eq!(tried(&closed, &whole, &two), Err("conversation-closed"));
        assert_eq!(tried(&open, &whole, &two[..1]), Err("statement-split-parts"));
        assert_eq!(tried(&open, &whole, &["a part here"; 6]), Err("statement-split-parts"));
        assert_eq!(tried(&open, &whole, &[two[0], "there should be MORE trees"]), Err("statement-same"));
        assert_eq!(tried(&open, &whole, &[two[0], "More trees and fewer cars"]), Err("statement-same"));
        assert_eq!(tried(&open, &whole, &[two[0], "Trams should run at night"]), Err("statement-same"));
        assert_eq!(tried(&open, &whole, &[two[0], "Why not at once?"]), Err("statement-question"));
        let out = Standing::Out(crate::model::built_in(crate::model::SEVERAL));
        for standing in [Standing::Split, Standing::Merged(3), out] {
            assert_eq!(
                tried(&open, &statement(2, "More trees and fewer cars", standing), &two),
                Err("statement-split-not-open")
            );
        }
        assert_eq!(tried(&open, &statement(2, "", Standing::Open), &two), Err("statement-split-not-open"));
    }
}
