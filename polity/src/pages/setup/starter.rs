//! Categories that most towns begin with.

use super::at;
use civic::{Actor, LocalText};
use requests::{Category, Definition, Promise};
use serde::Deserialize;
use std::sync::OnceLock;
use web::{Answer, Stop, Town, forms::Submission};

/// A category to begin with.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Starter {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: LocalText,
    /// When to choose it.
    pub description: LocalText,
    keywords: Vec<String>,
    /// What is promised in public where it is taken.
    pub promise: Option<Promise>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Catalogue {
    category: Vec<Starter>,
}

/// All of them, in order.
pub fn all() -> &'static [Starter] {
    static ALL: OnceLock<Vec<Starter>> = OnceLock::new();
    ALL.get_or_init(|| {
        let read: Catalogue = toml::from_str(requests::STARTER).expect("a test reads the embedded categories");
        read.category
    })
}

/// Defines those that were chosen and are not there yet, each in public.
///
/// # Errors
/// A refusal where no agency was chosen.
pub async fn define(town: &Town, actor: &Actor, form: &Submission) -> Answer<()> {
    let code = form.text("organisation").unwrap_or_default().to_owned();
    let found = town.db().read(move |tx| people::organisations::by_code(tx, &code)).await.map_err(Stop::from)?;
    let Some(organisation) = found else { return Err(at("setup-agency", "organisation").into()) };
    let there = requests::category_codes(town);
    for (index, starter) in all().iter().enumerate() {
        if there.contains(&starter.code) || !form.all("categories").any(|code| code == starter.code) {
            continue;
        }
        let definition = Definition {
            name: starter.name.clone(),
            description: starter.description.clone(),
            group: None,
            keywords: starter.keywords.clone(),
            attributes: Vec::new(),
            promise: starter.promise,
            rules: requests::Rules::default(),
        };
        let position = i64::try_from(index + 1).unwrap_or(1);
        let category =
            Category { code: starter.code.clone(), organisation: organisation.id, position, active: true, definition };
        requests::define_category(town, actor.clone(), category).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::all;
    use civic::Language;
    use std::collections::BTreeSet;

    #[test]
    fn every_category_has_its_words_in_every_language() {
        assert!(all().len() >= 12);
        let codes: BTreeSet<_> = all().iter().map(|one| one.code.as_str()).collect();
        assert_eq!(codes.len(), all().len());
        for starter in all() {
            for language in Language::ALL {
                let texts = [&starter.name, &starter.description];
                assert!(
                    texts.iter().all(|text| text.exactly(language).is_some_and(|text| !text.is_empty())),
                    "{}",
                    starter.code
                );
            }
        }
    }
}
