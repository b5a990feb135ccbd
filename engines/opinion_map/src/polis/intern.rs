use crate::limits;
use std::collections::HashMap;

/// Ids by number; most are small whole numbers, which need no hashing.
#[derive(Default)]
pub(super) struct Ids {
    pub(super) names: Vec<String>,
    small: Vec<u32>,
    others: HashMap<Vec<u8>, u32>,
}

const SMALL_MAX: usize = 1 << 22;
const NONE: u32 = u32::MAX;

impl Ids {
    /// The number of an id, a new one when it is new. None when it is empty, too long or not UTF-8.
    pub(super) fn number(&mut self, id: &[u8]) -> Option<u32> {
        let id = id.trim_ascii();
        if let Some(small) = small(id) {
            if small >= self.small.len() {
                self.small.resize((small + 1).next_power_of_two(), NONE);
            }
            if self.small[small] == NONE {
                self.small[small] = self.names.len() as u32;
                self.names.push(small.to_string());
            }
            return Some(self.small[small]);
        }
        if let Some(known) = self.others.get(id) {
            return Some(*known);
        }
        let name =
            std::str::from_utf8(id).ok().filter(|name| !name.is_empty() && name.len() <= limits::ID_BYTES_MAX)?;
        let number = self.names.len() as u32;
        self.names.push(name.to_owned());
        self.others.insert(id.to_vec(), number);
        Some(number)
    }
}

/// A whole number without leading zeros below the limit.
fn small(id: &[u8]) -> Option<usize> {
    if id.is_empty() || id.len() > 7 || (id[0] == b'0' && id.len() > 1) {
        return None;
    }
    let digits = id
        .iter()
        .try_fold(0usize, |sum, digit| digit.is_ascii_digit().then(|| sum * 10 + usize::from(digit - b'0')))?;
    (digits < SMALL_MAX).then_some(digits)
}
