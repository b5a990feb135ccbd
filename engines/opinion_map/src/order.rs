use std::cmp::Ordering;

/// The order of ids: numbers by their value before words by their letters, so that 9 comes before 10.
pub(crate) fn by_id(one: &str, other: &str) -> Ordering {
    match (is_number(one), is_number(other)) {
        (true, true) => one.len().cmp(&other.len()).then_with(|| one.cmp(other)),
        (true, false) => Ordering::Less,
        (false, true) => Ordering::Greater,
        (false, false) => one.cmp(other),
    }
}

/// Whole numbers without leading zeros; all others are words, so that different ids are never equal.
fn is_number(id: &str) -> bool {
    !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit()) && (id == "0" || !id.starts_with('0'))
}

/// The positions of `ids` in the order of ids.
pub(crate) fn sorted<'a>(ids: impl Iterator<Item = &'a str>) -> Vec<u32> {
    // The order of `by_id` as a key: words after numbers, numbers by their length first.
    let key = |id: &'a str| if is_number(id) { (false, id.len(), id) } else { (true, 0, id) };
    let mut keys: Vec<((bool, usize, &str), u32)> = ids.map(key).zip(0..).collect();
    keys.sort_by_key(|(key, _)| *key);
    keys.into_iter().map(|(_, at)| at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_by_value_then_words() {
        let ids = ["b", "10", "9", "007", "", "0"];
        let named: Vec<&str> = sorted(ids.iter().copied()).into_iter().map(|at| ids[at as usize]).collect();
        assert_eq!(named, ["0", "9", "10", "", "007", "b"]);
    }
}
