//! What the pages of a file say of themselves, read before the library unpacks one: it believes a page's own count of bytes and values.
//!
//! Headers are Thrift's compact protocol (apache/thrift, `thrift-compact-protocol.md`) of `PageHeader` in `parquet.thrift`.

use std::ops::Range;

/// Structs within structs that are followed.
const DEPTH_LIMIT: usize = 8;
/// Values that share their beginning with the one before (DELTA_BYTE_ARRAY): a short page can stand for any length.
const DELTA_BYTE_ARRAY: i64 = 7;

/// The pages of one column of one group, together.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    /// Bytes when unpacked.
    pub unpacked: u64,
    /// Values, nothing among them.
    pub values: u64,
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
    /// Of these, bytes at the beginning that are never packed (levels, in the second version).
    pub bare: usize,
    /// Whether the rest is packed at all.
    pub is_packed: bool,
    /// Whether it is a dictionary.
    pub is_dictionary: bool,
}

/// The pages between two places of the file, as [`walk`] has looked at them.
pub(super) fn all(bytes: &[u8], from: u64, to: u64) -> Option<Vec<Found>> {
    let (mut at, to) = (usize::try_from(from).ok()?, usize::try_from(to).ok()?);
    let mut found = Vec::new();
    while at < to {
        let mut reader = Reader { bytes: bytes.get(at..to)?, at: 0 };
        let page = reader.page()?;
        let begins = at.checked_add(reader.at)?;
        let ends = begins.checked_add(usize::try_from(page.packed).ok()?).filter(|ends| *ends <= to)?;
        let unpacked = usize::try_from(page.unpacked).ok()?;
        let bare = usize::try_from(page.bare).ok().filter(|bare| *bare <= unpacked && *bare <= ends - begins)?;
        found.push(Found {
            header: at..begins,
            count: at + page.count.start..at + page.count.end,
            body: begins..ends,
            unpacked,
            bare,
            is_packed: !page.is_plain,
            is_dictionary: page.is_dictionary,
        });
        at = ends;
    }
    Some(found)
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

/// Adds up what the pages between two places of the file say. `None` for what is no page, reaches out of the file, or stands for more
/// than it says.
pub(super) fn walk(bytes: &[u8], from: u64, to: u64) -> Option<Said> {
    let (mut at, to) = (usize::try_from(from).ok()?, usize::try_from(to).ok()?);
    let mut said = Said::default();
    while at < to {
        let mut reader = Reader { bytes: bytes.get(at..to)?, at: 0 };
        let page = reader.page()?;
        said.unpacked = said.unpacked.checked_add(page.unpacked)?;
        said.values = said.values.checked_add(page.values)?;
        at = at.checked_add(reader.at)?.checked_add(usize::try_from(page.packed).ok()?)?;
    }
    (at == to).then_some(said)
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

    fn skip(&mut self, length: u64) -> Option<()> {
        self.at = self.at.checked_add(usize::try_from(length).ok()?).filter(|at| *at <= self.bytes.len())?;
        Some(())
    }

    /// Goes through a struct; `take` gets each field's number and type, and says whether it has read it.
    fn fields(&mut self, depth: usize, take: &mut dyn FnMut(&mut Self, i64, u8) -> Option<bool>) -> Option<()> {
        let mut id = 0_i64;
        loop {
            let head = self.byte()?;
            if head == 0 {
                return Some(());
            }
            id = if head >> 4 == 0 { self.number()? } else { id + i64::from(head >> 4) };
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
            1 | 2 => self.skip(u64::from(in_list)),
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
        self.fields(0, &mut |reader, id, kind| {
            match (id, kind) {
                (2, 5) => page.unpacked = u64::try_from(reader.number()?).ok()?,
                (3, 5) => {
                    let begins = reader.at;
                    page.packed = u64::try_from(reader.number()?).ok()?;
                    page.count = begins..reader.at;
                }
                // Of data, of a dictionary, and of data in the second version.
                (5, 12) => page.values = reader.values(2, &mut page.bare, &mut page.is_plain)?,
                (7, 12) => {
                    page.is_dictionary = true;
                    page.values = reader.values(2, &mut 0, &mut false)?;
                }
                (8, 12) => page.values = reader.values(4, &mut page.bare, &mut page.is_plain)?,
                _ => return Some(false),
            }
            Some(true)
        })?;
        Some(page)
    }

    /// How many values a page has; `None` where their encoding, in the field of this number, is one that is not read. In the second version
    /// the levels stand before them, never packed, and the rest need not be packed.
    fn values(&mut self, encoding: i64, bare: &mut u64, is_plain: &mut bool) -> Option<u64> {
        let (mut count, mut coded) = (0, 0);
        let is_second = encoding == 4;
        self.fields(1, &mut |reader, id, kind| {
            match (id, kind) {
                (1, 5) => count = u64::try_from(reader.number()?).ok()?,
                (id, 5) if id == encoding => coded = reader.number()?,
                (5 | 6, 5) if is_second => *bare = bare.checked_add(u64::try_from(reader.number()?).ok()?)?,
                (7, 2) if is_second => *is_plain = true,
                _ => return Some(false),
            }
            Some(true)
        })?;
        (coded != DELTA_BYTE_ARRAY).then_some(count)
    }
}

#[cfg(test)]
mod tests {
    use super::{Said, all, coded, walk};

    /// A page of data: type 0, 300 bytes unpacked, 2 packed, then a struct with 5 values in this encoding; its two bytes follow.
    fn page(encoding: u8) -> Vec<u8> {
        vec![0x15, 0, 0x15, 0xd8, 4, 0x15, 4, 0x2c, 0x15, 10, 0x15, encoding * 2, 0, 0, 1, 2]
    }

    #[test]
    fn pages_are_added_up() {
        let two = [page(0), page(8)].concat();
        let end = two.len() as u64;
        assert_eq!(walk(&two, 0, end), Some(Said { unpacked: 600, values: 10 }));
        assert_eq!(walk(&two, end, end), Some(Said::default()));
    }

    #[test]
    fn each_page_is_found_with_its_parts() {
        let two = [page(0), page(8)].concat();
        let found = all(&two, 0, two.len() as u64).unwrap();
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
}
