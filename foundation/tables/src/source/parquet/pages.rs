//! What the pages of a file say of themselves, read before the library unpacks one: it believes a page's own count of bytes and values.
//!
//! Headers are Thrift's compact protocol (apache/thrift, `thrift-compact-protocol.md`) of `PageHeader` in `parquet.thrift`.

use std::ops::Range;

/// Structs within structs that are followed.
const DEPTH_LIMIT: usize = 8;
/// Values that share their beginning with the one before (DELTA_BYTE_ARRAY): a short page can stand for any length.
const DELTA_BYTE_ARRAY: i32 = 7;

/// Pages of a whole file that are read: a writer makes one of some thousand values.
pub(super) const PAGES_LIMIT: u64 = 500_000;
/// Values of the dictionary of one column of one group: about 32 bytes of memory each. Writers stop at a megabyte of them.
pub(super) const DICTIONARY_LIMIT: u64 = 1_000_000;

/// The pages of one column of one group, together.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    /// How many they are.
    pub pages: u64,
    /// Bytes when unpacked.
    pub unpacked: u64,
    /// Values, nothing among them.
    pub values: u64,
    /// Bytes of the largest when unpacked.
    pub largest: u64,
    /// Of the dictionary, where there is one: its values, and its bytes when unpacked.
    pub dictionary: Option<(u64, u64)>,
}

/// A page, and where it and its parts are in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// Where its header is.
    pub header: Range<usize>,
    /// Where in the header the count of its packed bytes is.
    pub count: Range<usize>,
    /// Where its bytes are, as they are packed.
    pub body: Range<usize>,
    /// How many they are when unpacked.
    pub unpacked: usize,
    /// How many values it has.
    pub values: u64,
    /// Of these bytes, bytes at the beginning that are never packed (levels, in the second version).
    pub bare: usize,
    /// Whether the rest is packed at all.
    pub is_packed: bool,
    /// Whether it is a dictionary.
    pub is_dictionary: bool,
}

/// The pages between two places of the file, one after the other: there may be many, so nobody collects them. `None` for what is no page,
/// reaches out of the file, or stands for more than it says; then nothing follows.
pub(super) struct Pages<'b> {
    bytes: &'b [u8],
    at: usize,
    to: usize,
}

/// Goes through the pages between two places of the file.
pub(super) fn each(bytes: &[u8], from: u64, to: u64) -> Option<Pages<'_>> {
    Some(Pages { bytes, at: usize::try_from(from).ok()?, to: usize::try_from(to).ok()? })
}

impl Iterator for Pages<'_> {
    type Item = Option<Found>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.at >= self.to {
            return None;
        }
        let found = self.found();
        self.at = found.as_ref().map_or(usize::MAX, |page| page.body.end);
        Some(found)
    }
}

impl Pages<'_> {
    fn found(&self) -> Option<Found> {
        let (at, to) = (self.at, self.to);
        let mut reader = Reader { bytes: self.bytes.get(at..to)?, at: 0 };
        let page = reader.page()?;
        let begins = at.checked_add(reader.at)?;
        let ends = begins.checked_add(usize::try_from(page.packed).ok()?).filter(|ends| *ends <= to)?;
        let unpacked = usize::try_from(page.unpacked).ok()?;
        let bare = usize::try_from(page.bare).ok().filter(|bare| *bare <= unpacked && *bare <= ends - begins)?;
        Some(Found {
            header: at..begins,
            count: at + page.count.start..at + page.count.end,
            body: begins..ends,
            unpacked,
            values: page.values,
            bare,
            is_packed: !page.is_plain,
            is_dictionary: page.is_dictionary,
        })
    }
}

/// A number as a header holds it.
pub(super) fn coded(number: usize) -> Option<Vec<u8>> {
    // Zigzag: numbers from 0 on are doubled.
    let mut rest = u64::try_from(number).ok()?.checked_mul(2)?;
    let mut bytes = Vec::new();
    while rest >= 0x80 {
        bytes.push(u8::try_from(rest & 0x7f).ok()? | 0x80);
        rest >>= 7;
    }
    bytes.push(u8::try_from(rest).ok()?);
    Some(bytes)
}

/// Whether so many bytes can hold so many values of a dictionary, each of so many bits at least. The library makes room for as many as are
/// said before it looks.
pub(super) fn can_hold((values, bytes): (u64, u64), bits: u64) -> bool {
    values <= DICTIONARY_LIMIT && values.saturating_mul(bits) <= bytes.saturating_mul(8)
}

/// Adds up what the pages between two places of the file say; `None` where one of them is none, or a second is a dictionary.
pub(super) fn walk(bytes: &[u8], from: u64, to: u64) -> Option<Said> {
    let mut said = Said::default();
    for page in each(bytes, from, to)? {
        let page = page?;
        said.pages += 1;
        // With more of them the file is refused, whatever else they say.
        if said.pages > PAGES_LIMIT {
            break;
        }
        said.unpacked = said.unpacked.checked_add(page.unpacked as u64)?;
        said.largest = said.largest.max(page.unpacked as u64);
        said.values = said.values.checked_add(page.values)?;
        if page.is_dictionary && said.dictionary.replace((page.values, page.unpacked as u64)).is_some() {
            return None;
        }
    }
    Some(said)
}

#[derive(Default)]
struct Page {
    unpacked: u64,
    packed: u64,
    values: u64,
    count: Range<usize>,
    bare: u64,
    is_plain: bool,
    is_dictionary: bool,
}

struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl Reader<'_> {
    fn byte(&mut self) -> Option<u8> {
        let byte = *self.bytes.get(self.at)?;
        self.at += 1;
        Some(byte)
    }

    fn varint(&mut self) -> Option<u64> {
        let mut value = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(value);
            }
        }
        None
    }

    fn number(&mut self) -> Option<i64> {
        let coded = self.varint()?;
        Some((coded >> 1).cast_signed() ^ -(coded & 1).cast_signed())
    }

    /// A number of 32 bits: of a longer one the library takes the last bits alone.
    fn small(&mut self) -> Option<i32> {
        i32::try_from(self.number()?).ok()
    }

    /// The same, from 0 on.
    fn count(&mut self) -> Option<u64> {
        u64::try_from(self.small()?).ok()
    }

    fn skip(&mut self, length: u64) -> Option<()> {
        self.at = self.at.checked_add(usize::try_from(length).ok()?).filter(|at| *at <= self.bytes.len())?;
        Some(())
    }

    /// Goes through a struct; `take` gets each field's number and type, and says whether it has read it. `None` for a field that comes twice,
    /// or whose number is beyond 63: of these two readers need not take the same.
    fn fields(&mut self, depth: usize, take: &mut dyn FnMut(&mut Self, i64, u8) -> Option<bool>) -> Option<()> {
        let (mut id, mut seen) = (0_i64, 0_u64);
        loop {
            let head = self.byte()?;
            if head == 0 {
                return Some(());
            }
            id = if head >> 4 == 0 { self.number()? } else { id + i64::from(head >> 4) };
            let own = 1_u64.checked_shl(u32::from(u16::try_from(id).ok()?)).filter(|own| seen & own == 0)?;
            seen |= own;
            let kind = head & 0x0f;
            if !take(self, id, kind)? {
                self.pass(kind, depth, false)?;
            }
        }
    }

    /// Passes over a value of this type.
    fn pass(&mut self, kind: u8, depth: usize, in_list: bool) -> Option<()> {
        if depth >= DEPTH_LIMIT {
            return None;
        }
        match kind {
            // In lists some take them for a byte each, others for none.
            1 | 2 => (!in_list).then_some(()),
            3 => self.skip(1),
            4..=6 => self.varint().map(|_| ()),
            7 => self.skip(8),
            8 => {
                let length = self.varint()?;
                self.skip(length)
            }
            9 | 10 => {
                let head = self.byte()?;
                let count = if head >> 4 == 15 { self.varint()? } else { u64::from(head >> 4) };
                (0..count).try_for_each(|_| self.pass(head & 0x0f, depth + 1, true))
            }
            12 => self.fields(depth + 1, &mut |_, _, _| Some(false)),
            _ => None,
        }
    }

    fn page(&mut self) -> Option<Page> {
        let mut page = Page::default();
        let (mut kind_is, mut described, mut sizes) = (None, None, (None, None));
        self.fields(0, &mut |reader, id, kind| {
            match (id, kind) {
                (1, 5) => kind_is = Some(reader.small()?),
                (2, 5) => sizes.0 = Some(reader.count()?),
                (3, 5) => {
                    let begins = reader.at;
                    sizes.1 = Some(reader.count()?);
                    page.count = begins..reader.at;
                }
                // Of data, of a dictionary, and of data in the second version: one alone.
                (5 | 7 | 8, 12) => {
                    if described.replace(id).is_some() {
                        return None;
                    }
                    page.values = reader.values(id, &mut page.bare, &mut page.is_plain)?;
                }
                // A check sum, and of an index, neither of which is read here.
                (4, 5) | (6, 12) => return Some(false),
                (1..=8, _) => return None,
                _ => return Some(false),
            }
            Some(true)
        })?;
        // Its type says which of the structs the library goes by.
        page.is_dictionary = match (kind_is?, described) {
            (0, Some(5)) | (3, Some(8)) | (1, None) => false,
            (2, Some(7)) => true,
            _ => return None,
        };
        (page.unpacked, page.packed) = (sizes.0?, sizes.1?);
        Some(page)
    }

    /// How many values a page has, by the struct in the field of this number; `None` where their encoding is one that is not read, or a field
    /// is of another type than the library takes it for. In the second version the levels stand before the values, never packed, and the
    /// rest need not be packed.
    fn values(&mut self, described: i64, bare: &mut u64, is_plain: &mut bool) -> Option<u64> {
        let (mut count, mut coded) = (None, None);
        self.fields(1, &mut |reader, id, kind| {
            match (described, id, kind) {
                (_, 1, 5) => count = Some(reader.count()?),
                (5 | 7, 2, 5) | (8, 4, 5) => coded = Some(reader.small()?),
                (8, 5 | 6, 5) => *bare = bare.checked_add(reader.count()?)?,
                (8, 7, 1 | 2) => *is_plain = kind == 2,
                // How levels are coded, statistics, whether a dictionary is in order, how many are nothing: they say nothing of a size.
                (5, 3 | 4, 5) | (5, 5, 12) | (7, 3, 1 | 2) | (8, 2 | 3, 5) | (8, 8, 12) => return Some(false),
                (_, 1..=8, _) => return None,
                _ => return Some(false),
            }
            Some(true)
        })?;
        (coded? != DELTA_BYTE_ARRAY).then_some(count?)
    }
}

#[cfg(test)]
mod tests {
    use super::{DICTIONARY_LIMIT, PAGES_LIMIT, Said, can_hold, coded, each, walk};

    /// A page of data: type 0, 300 bytes unpacked, 2 packed, then a struct with 5 values in this encoding; its two bytes follow.
    fn page(encoding: u8) -> Vec<u8> {
        vec![0x15, 0, 0x15, 0xd8, 4, 0x15, 4, 0x2c, 0x15, 10, 0x15, encoding * 2, 0, 0, 1, 2]
    }

    #[test]
    fn pages_are_added_up() {
        let two = [page(0), page(8)].concat();
        let end = two.len() as u64;
        assert_eq!(
            walk(&two, 0, end),
            Some(Said { pages: 2, unpacked: 600, values: 10, largest: 300, dictionary: None })
        );
        assert_eq!(walk(&two, end, end), Some(Said::default()));
    }

    #[test]
    fn a_dictionary_is_one_and_says_no_more_values_than_its_bytes_hold() {
        // Type 2, 20 bytes unpacked, none packed, then the struct of a dictionary with 5 values.
        let one = [0x15, 4, 0x15, 40, 0x15, 0, 0x4c, 0x15, 10, 0x15, 0, 0, 0];
        let said = walk(&one, 0, one.len() as u64).unwrap();
        assert_eq!((said.pages, said.dictionary), (1, Some((5, 20))));
        let two = [one, one].concat();
        assert_eq!(walk(&two, 0, two.len() as u64), None, "a second one");
        assert!(can_hold((5, 20), 32) && !can_hold((6, 20), 32) && can_hold((160, 20), 1) && !can_hold((161, 20), 1));
        assert!(can_hold((DICTIONARY_LIMIT, 1 << 40), 32) && !can_hold((DICTIONARY_LIMIT + 1, 1 << 40), 32));
        assert!(!can_hold((u64::MAX, u64::MAX), 0));
    }

    #[test]
    fn each_page_is_found_with_its_parts() {
        let two = [page(0), page(8)].concat();
        let found: Vec<_> = each(&two, 0, two.len() as u64).unwrap().map(|one| one.unwrap()).collect();
        assert_eq!((found[0].header.clone(), found[0].body.clone()), (0..14, 14..16));
        assert_eq!((found[1].header.clone(), found[1].unpacked, found[1].bare), (16..30, 300, 0));
        assert_eq!(&two[found[0].count.clone()], coded(2).unwrap());
        assert_eq!(coded(300).unwrap(), [0xd8, 4]);
        assert!(found.iter().all(|one| one.is_packed && !one.is_dictionary));
    }

    #[test]
    fn what_is_no_page_is_none() {
        let good = page(0);
        let end = good.len() as u64;
        for bad in [end - 1, end + 1, u64::MAX] {
            assert_eq!(walk(&good, 0, bad), None, "{bad}");
        }
        assert_eq!(walk(&page(7), 0, end), None, "an encoding that stands for any length");
        assert_eq!(walk(&[0x15; 64], 0, 64), None);
        assert_eq!(walk(&[0x1c; 64], 0, 64), None, "structs in structs");
        assert_eq!(walk(&[0x19, 0xf5, 0xff, 0xff, 0xff, 0xff, 0x7f], 0, 7), None, "a list without end");
    }
    #[test]
    fn nothing_is_no_page_and_pages_are_counted() {
        assert_eq!(walk(&[0; 4096], 0, 4096), None, "a header of no field");
        for missing in [
            &[0x25, 0xd8, 4, 0x15, 0, 0x2c, 0x15, 10, 0x15, 0, 0, 0][..],
            &[0x15, 0, 0x25, 0, 0x2c, 0x15, 10, 0x15, 0, 0, 0],
            &[0x15, 0, 0x15, 0, 0x3c, 0x15, 10, 0x15, 0, 0, 0],
            &[0x15, 0, 0x15, 0, 0x15, 0, 0],
        ] {
            assert_eq!(walk(missing, 0, missing.len() as u64), None, "{missing:?}");
        }
        let many = page(0).repeat(usize::try_from(PAGES_LIMIT).unwrap() + 5);
        assert_eq!(walk(&many, 0, many.len() as u64).unwrap().pages, PAGES_LIMIT + 1, "it does not go on");
    }

    /// Each of these was measured as one thing here, and read as another by the library.
    #[test]
    fn what_two_readers_would_not_take_alike_is_none() {
        let of = |head: &[u8], described: &[u8]| [head, described, &[0]].concat();
        let (head, data) = ([0x15, 0, 0x15, 0, 0x15, 0], [0x2c, 0x15, 10, 0x15, 0, 0]);
        let ends = |bytes: &[u8]| walk(bytes, 0, bytes.len() as u64);
        assert_eq!(
            ends(&of(&head, &data)),
            Some(Said { pages: 1, unpacked: 0, values: 5, largest: 0, dictionary: None })
        );
        for (bad, why) in [
            (of(&[0x15, 0, 0x16, 0, 0x15, 0], &data), "a size of 64 bits"),
            (of(&[0x15, 0, 0x15, 0, 0x15, 0, 0x05, 4, 0], &data), "a size twice"),
            (of(&[0x15, 0, 0x15, 0, 0x15, 0, 0x11], &[0x1c, 0x15, 10, 0x15, 0, 0]), "a check sum that is a flag"),
            (of(&[0x15, 4, 0x15, 0, 0x15, 0], &data), "a dictionary by its type, data by its struct"),
            (of(&head, &[&data[..], &[0x2c, 0x15, 2, 0x15, 0, 0]].concat()), "data and a dictionary"),
            (of(&head, &[&data[..], &[0x05, 10, 0x15, 2, 0x15, 0, 0]].concat()), "data as a number"),
            (of(&head, &[0x2c, 0x15, 10, 0x15, 0, 0x05, 2, 2, 0]), "values twice"),
            (of(&head, &[0x2c, 0x16, 10, 0x15, 0, 0]), "values of 64 bits"),
            (of(&head, &[0x2c, 0x15, 10, 0x11, 0]), "an encoding that is a flag"),
            (of(&head, &[0x2c, 0x15, 10, 0x15, 0, 0x11, 0]), "levels that are a flag"),
            (of(&head, &[0x2c, 0x15, 10, 0x15, 0x8e, 0x80, 0x80, 0x80, 0x20, 0]), "7, when cut to 32 bits"),
            (of(&[0x15, 0, 0x15, 0x82, 0x80, 0x80, 0x80, 0x20, 0x15, 0], &data), "1, when cut to 32 bits"),
            (of(&head, &[0x2c, 0x15, 10, 0x15, 0, 0, 0x49, 0x11]), "a list of flags"),
            (of(&head, &[&data[..], &[0x05, 0x82, 0x80, 8, 2]].concat()), "a field beyond 16 bits"),
        ] {
            assert_eq!(ends(&bad), None, "{why}");
        }
    }
}
