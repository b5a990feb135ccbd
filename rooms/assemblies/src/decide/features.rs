//! PURE: features, their quotas, and what they are called in other languages.

use civic::Language;
use lottery::{Assembly, Category, Fairness, Volunteer, prepare, read_quotas};
use std::collections::BTreeMap;
use web::Refusal;

/// Categories of one assembly: what people are asked.
const CATEGORIES_LIMIT: usize = 10;
/// Features of one category.
const FEATURES_LIMIT: usize = 40;
/// Names of columns of the pool that no category can have.
const TAKEN: [&str; 8] = ["id", "name", "email", "ticket", "nationbuilder_id", "unique_id", "volunteer", "key"];

/// Reads the table of quotas.
///
/// # Errors
/// `assembly-quotas` with the engine's sentence (line, column, what was expected), `assembly-categories`, `assembly-category-name`.
pub fn categories(text: &str) -> Result<Vec<Category>, Refusal> {
    let found = read_quotas(text).map_err(|error| engine(&error))?;
    let many = found.iter().any(|category| category.features.len() > FEATURES_LIMIT);
    if found.is_empty() || found.len() > CATEGORIES_LIMIT || many {
        return Err(Refusal::new("assembly-categories")
            .at("quotas")
            .with("categories", CATEGORIES_LIMIT)
            .with("features", FEATURES_LIMIT));
    }
    let taken = |name: &str| TAKEN.contains(&name.to_lowercase().as_str());
    let mut names: Vec<String> = found.iter().map(|category| category.name.to_lowercase()).collect();
    names.sort();
    let twice = names.windows(2).any(|two| two[0] == two[1]);
    match found.iter().find(|category| taken(&category.name)) {
        Some(category) => Err(Refusal::new("assembly-category-name").at("quotas").with("name", category.name.as_str())),
        None if twice => Err(Refusal::new("assembly-category-name").at("quotas").with("name", names[0].as_str())),
        None => Ok(found),
    }
}

fn engine(sentence: &impl ToString) -> Refusal {
    Refusal::new("assembly-quotas").at("quotas").with("sentence", sentence.to_string())
}

/// Whether so many seats can be filled under each category's quotas at all, whoever comes.
///
/// # Errors
/// `assembly-quotas` with the engine's sentence, which names the smallest change that helps.
pub fn feasible(categories: &[Category], seats: u32) -> Result<(), Refusal> {
    for category in categories {
        let mut volunteers = Vec::new();
        for (place, feature) in category.features.iter().enumerate() {
            for number in 0..feature.at_least.max(feature.at_most).min(seats).max(1) {
                volunteers.push(Volunteer { id: format!("{place}-{number}"), features: vec![place], address: None });
            }
        }
        // So that too few people are never the reason: the quotas are.
        let spare = (volunteers.len()..seats as usize).map(|number| Volunteer {
            id: format!("spare-{number}"),
            features: vec![0],
            address: None,
        });
        volunteers.extend(spare);
        let alone = Assembly { seats, categories: vec![category.clone()], volunteers, one_per_address: false };
        prepare(&alone, Fairness::Maximin, 1).map_err(|refusal| engine(&refusal))?;
    }
    Ok(())
}

/// Whether two tables of quotas ask the same things, in the same order.
pub fn same_features(one: &[Category], other: &[Category]) -> bool {
    let names = |all: &[Category]| -> Vec<(String, Vec<String>)> {
        all.iter().map(|one| (one.name.clone(), one.features.iter().map(|f| f.name.clone()).collect())).collect()
    };
    names(one) == names(other)
}

/// Quotas as the engine reads them.
pub fn quotas_csv(categories: &[Category]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail.
    let _ = writer.write_record(["category", "feature", "min", "max"]);
    for category in categories {
        for feature in &category.features {
            let (least, most) = (feature.at_least.to_string(), feature.at_most.to_string());
            let _ = writer.write_record([&category.name, &feature.name, &least, &most]);
        }
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// What categories and features are called in the town's other languages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Labels(BTreeMap<String, Vec<String>>);

impl Labels {
    /// Reads `Name | en español | بالعربية`, a line each: the name as it stands in the quotas, then es and ar.
    ///
    /// # Errors
    /// `assembly-label` for a name that is not in the quotas.
    pub fn read(text: &str, categories: &[Category]) -> Result<Self, Refusal> {
        let known = |name: &str| {
            categories.iter().any(|one| one.name == name || one.features.iter().any(|feature| feature.name == name))
        };
        let mut labels = BTreeMap::new();
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let mut parts = line.split('|').map(|part| part.trim().to_owned());
            let name = parts.next().unwrap_or_default();
            if !known(&name) {
                return Err(Refusal::new("assembly-label").at("labels").with("name", name));
            }
            labels.insert(name, parts.collect());
        }
        Ok(Self(labels))
    }

    /// A name in a language; as it stands in the quotas where no other is given.
    pub fn of(&self, name: &str, language: Language) -> String {
        let place = match language {
            Language::En => None,
            Language::Es => Some(0),
            Language::Ar => Some(1),
        };
        let found = place.and_then(|place| self.0.get(name)?.get(place)).filter(|label| !label.is_empty());
        found.cloned().unwrap_or_else(|| name.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::{Labels, categories, feasible, quotas_csv, same_features};
    use civic::Language;

    const GOOD: &str = "category,feature,min,max\nAge,16-29,2,4\nAge,30+,4,8\n";

    #[test]
    fn quotas_that_no_panel_meets_get_the_engines_sentence() {
        let found = categories(GOOD).unwrap();
        assert!(feasible(&found, 10).is_ok());
        for seats in [5, 13] {
            let sentence = format!("{:?}", feasible(&found, seats).unwrap_err().values);
            assert!(sentence.contains("No panel meets all quotas"), "{sentence}");
        }
        let few = feasible(&found, 13).unwrap_err();
        assert!(format!("{:?}", few.values).contains("at most"), "{few:?}");
    }

    #[test]
    fn faults_of_the_table_have_their_line() {
        for (text, said) in [("x", "first line"), ("category,feature,min,max\nAge,a,few,2\n", "line 2")] {
            let refusal = categories(text).unwrap_err();
            assert_eq!(refusal.code, "assembly-quotas");
            assert!(format!("{:?}", refusal.values).contains(said), "{refusal:?}");
        }
        let id = categories("category,feature,min,max\nID,a,0,2\n").unwrap_err();
        assert_eq!(id.code, "assembly-category-name");
    }

    #[test]
    fn what_is_written_is_read_again() {
        let found = categories("category,feature,min,max\n\"Age, in years\",\"16 \"\"to\"\" 29\",1,2\n").unwrap();
        assert_eq!(categories(&quotas_csv(&found)).unwrap(), found);
        assert!(!same_features(&found, &categories(GOOD).unwrap()));
    }

    #[test]
    fn labels_name_what_is_asked_and_nothing_else() {
        let found = categories(GOOD).unwrap();
        let labels = Labels::read("Age | Edad | العمر\n30+ | más de 30", &found).unwrap();
        let said = [Language::En, Language::Es, Language::Ar].map(|language| labels.of("Age", language));
        assert_eq!(said, ["Age", "Edad", "العمر"]);
        assert_eq!(labels.of("30+", Language::Ar), "30+");
        assert_eq!(Labels::read("Hair | Pelo", &found).unwrap_err().code, "assembly-label");
    }
}
