//! The catalogue as it is searched: which datasets have a word, and which value of a field, as numbers. A part of it is never changed; what
//! changes meanwhile lies in a second, small part, until there is enough to make a new one.

use crate::{
    books::Filed,
    model::Dataset,
    search::{self, FIELDS},
};
use commons::search::{beginnings_of, words_of};
use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, OnceLock},
};

/// Points of a word of the title, and of any other.
const TITLE_POINTS: u8 = 3;
const WORD_POINTS: u8 = 1;

/// Datasets in the order in which they last changed, the newest first, with what is found by.
#[derive(Default)]
pub struct Part {
    /// The datasets.
    pub filed: Vec<Arc<Filed>>,
    /// Where a dataset is, by its id.
    places: HashMap<String, u32>,
    /// Words in their order, each with the datasets that have it: the place doubled, and one more where it is in the title.
    words: Vec<(Box<str>, Vec<u32>)>,
    /// For each of [`FIELDS`].
    facets: Vec<Values>,
    by_title: OnceLock<Vec<u32>>,
    by_name: OnceLock<Vec<u32>>,
}

/// The values of a field.
#[derive(Default)]
struct Values {
    values: Vec<String>,
    /// The values of a dataset stand in `of` from its own number here to that of the next.
    begins: Vec<u32>,
    of: Vec<u32>,
}

impl Part {
    /// Puts datasets in order and looks at each of their words.
    pub fn of(mut filed: Vec<Arc<Filed>>, agency_of: impl Fn(&Dataset) -> String) -> Self {
        filed.sort_by(|one, two| newest(one).cmp(&newest(two)));
        let mut words: HashMap<String, Vec<u32>> = HashMap::new();
        let mut own: BTreeMap<String, bool> = BTreeMap::new();
        for (place, one) in (0_u32..).zip(&filed) {
            let (title, all) = texts(&one.dataset);
            own.clear();
            words_of(&all).for_each(|word| {
                own.entry(word).or_insert(false);
            });
            words_of(&title).for_each(|word| {
                own.insert(word, true);
            });
            for (word, is_title) in std::mem::take(&mut own) {
                words.entry(word).or_default().push(place * 2 + u32::from(is_title));
            }
        }
        let mut words: Vec<(Box<str>, Vec<u32>)> = words
            .into_iter()
            .map(|(word, places)| (word.into_boxed_str(), places.into_boxed_slice().into_vec()))
            .collect();
        words.sort_unstable_by(|one, two| one.0.cmp(&two.0));
        let facets = FIELDS.iter().map(|field| Values::of(&filed, field, &agency_of)).collect();
        let places = (0..).zip(&filed).map(|(place, one)| (one.dataset.id.clone(), place)).collect();
        Self { filed, places, words, facets, by_title: OnceLock::new(), by_name: OnceLock::new() }
    }

    /// Where the dataset of this id is.
    pub fn place(&self, id: &str) -> Option<usize> {
        self.places.get(id).map(|place| *place as usize)
    }

    /// The points of each dataset for these words; 0 where one of them is missing. A word may be
    /// the beginning of one that is there, in any of its forms.
    pub fn points(&self, words: &[String]) -> Vec<u8> {
        let mut sums = vec![u8::from(words.is_empty()); self.filed.len()];
        for (number, word) in words.iter().enumerate() {
            let mut own = vec![0_u8; self.filed.len()];
            for (_, places) in beginnings_of(word).iter().flat_map(|form| self.beginning(form)) {
                for place in places {
                    let points = if place % 2 == 1 { TITLE_POINTS } else { WORD_POINTS };
                    let at = &mut own[(place / 2) as usize];
                    *at = points.max(*at);
                }
            }
            for (sum, points) in sums.iter_mut().zip(own) {
                *sum = if points == 0 || (number > 0 && *sum == 0) { 0 } else { *sum + points };
            }
        }
        sums
    }

    fn beginning(&self, word: &str) -> impl Iterator<Item = &(Box<str>, Vec<u32>)> + use<'_> {
        let from = self.words.partition_point(|(known, _)| known.as_ref() < word);
        let word = word.to_owned();
        self.words[from..].iter().take_while(move |(known, _)| known.starts_with(word.as_str()))
    }

    /// Every word that a dataset of these has.
    pub fn words_of<'p>(&'p self, has: &'p [bool]) -> impl Iterator<Item = &'p str> {
        let is_seen = |places: &[u32]| places.iter().any(|place| has[(place / 2) as usize]);
        self.words.iter().filter(move |(_, places)| is_seen(places)).map(|(word, _)| word.as_ref())
    }

    /// Which datasets have one of these values in a field that is counted; `None` for another field.
    pub fn having(&self, field: &str, fits: impl Fn(&str) -> bool) -> Option<Vec<bool>> {
        // A part without datasets has no values.
        let values = self.facets.get(FIELDS.iter().position(|one| *one == field)?)?;
        let good: Vec<bool> = values.values.iter().map(|value| fits(value)).collect();
        let has = (0..self.filed.len()).map(|place| values.at(place).iter().any(|value| good[*value as usize]));
        Some(has.collect())
    }

    /// Adds up how many of the datasets at these places have each value of a field.
    pub fn count(&self, field: &str, places: impl Iterator<Item = usize>, sums: &mut BTreeMap<String, usize>) {
        let at = FIELDS.iter().position(|one| *one == field);
        let Some(values) = at.and_then(|at| self.facets.get(at)) else { return };
        let mut counts = vec![0_usize; values.values.len()];
        for place in places {
            for value in values.at(place) {
                counts[*value as usize] += 1;
            }
        }
        for (value, count) in values.values.iter().zip(counts).filter(|(_, count)| *count > 0) {
            *sums.entry(value.clone()).or_default() += count;
        }
    }

    /// The place of each dataset when all are sorted by their title.
    pub fn by_title(&self) -> &[u32] {
        self.by_title.get_or_init(|| self.ranks(|one, two| search::title(one).cmp(search::title(two))))
    }

    /// The same by name.
    pub fn by_name(&self) -> &[u32] {
        self.by_name.get_or_init(|| self.ranks(|one, two| one.dataset.name.cmp(&two.dataset.name)))
    }

    fn ranks(&self, order: impl Fn(&Filed, &Filed) -> std::cmp::Ordering) -> Vec<u32> {
        let mut places: Vec<usize> = (0..self.filed.len()).collect();
        places.sort_by(|one, two| order(&self.filed[*one], &self.filed[*two]));
        let mut ranks = vec![0; places.len()];
        for (rank, place) in (0..).zip(places) {
            ranks[place] = rank;
        }
        ranks
    }
}

impl Values {
    fn of(filed: &[Arc<Filed>], field: &str, agency_of: &impl Fn(&Dataset) -> String) -> Self {
        let mut known: HashMap<String, u32> = HashMap::new();
        let mut one = Self::default();
        for dataset in filed.iter().map(|one| &one.dataset) {
            one.begins.push(u32::try_from(one.of.len()).unwrap_or(u32::MAX));
            for value in search::plain_values(&agency_of(dataset), dataset, field) {
                let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
                let number = *known.entry(value.clone()).or_insert(next);
                if number == next && one.values.len() == number as usize {
                    one.values.push(value);
                }
                one.of.push(number);
            }
        }
        one.begins.push(u32::try_from(one.of.len()).unwrap_or(u32::MAX));
        one
    }

    fn at(&self, place: usize) -> &[u32] {
        &self.of[self.begins[place] as usize..self.begins[place + 1] as usize]
    }
}

/// What orders the datasets that fit equally well.
pub fn newest(one: &Filed) -> (std::cmp::Reverse<civic::Moment>, &str) {
    (std::cmp::Reverse(one.dataset.updated_at), one.dataset.name.as_str())
}

/// The words of the title, and of everything.
fn texts(dataset: &Dataset) -> (String, String) {
    let (mut all, mut title) = (String::new(), String::new());
    let texts: BTreeMap<civic::Language, String> = dataset.meta.title.clone().into();
    texts.values().for_each(|text| push(&mut title, text));
    let notes: BTreeMap<civic::Language, String> = dataset.meta.notes.clone().map(Into::into).unwrap_or_default();
    notes.values().for_each(|text| push(&mut all, text));
    push(&mut all, &title);
    push(&mut all, &dataset.name);
    for text in dataset.meta.tags.iter().chain([&dataset.meta.spatial, &dataset.meta.origin]) {
        push(&mut all, text);
    }
    for resource in &dataset.resources {
        push(&mut all, &resource.body.name);
        push(&mut all, &resource.body.description);
        for column in resource.body.info.iter().flat_map(|info| &info.columns) {
            push(&mut all, &column.name);
        }
    }
    (title, all)
}

fn push(all: &mut String, text: &str) {
    all.push_str(text);
    all.push(' ');
}
