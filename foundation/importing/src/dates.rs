//! Dates as people and programs write them, and which order a whole column has.

mod civil;

use jiff::{Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};

/// In which order the parts of a date stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateOrder {
    /// `2017-12-27`, `20171227`, RFC 3339, `2017/12/27 21:36`.
    YearFirst,
    /// `27/12/2017`, `27.12.17`, `27 December 2017`.
    DayFirst,
    /// `12/27/2017 09:36:22 PM`, `Dec 27, 2017`.
    MonthFirst,
    /// Seconds since 1970.
    UnixSeconds,
    /// Milliseconds since 1970.
    UnixMilliseconds,
}

impl DateOrder {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::YearFirst, Self::DayFirst, Self::MonthFirst, Self::UnixSeconds, Self::UnixMilliseconds];

    /// As in a mapping.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::YearFirst => "year-first",
            Self::DayFirst => "day-first",
            Self::MonthFirst => "month-first",
            Self::UnixSeconds => "unix-seconds",
            Self::UnixMilliseconds => "unix-milliseconds",
        }
    }
}

/// The years that are dates of a town.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2100;

/// The moment a cell means. A time without an offset is on the clocks of `zone` (where clocks are put back, the earlier of two;
/// where they are put forward, as long after the gap as it is in it); a day without a time is its midnight there.
pub fn read_moment(cell: &str, order: DateOrder, zone: &TimeZone) -> Option<Timestamp> {
    let cell = cell.trim();
    match order {
        DateOrder::UnixSeconds => unix(cell, 9..=11, 1),
        DateOrder::UnixMilliseconds => unix(cell, 12..=14, 1_000),
        _ => {
            if order == DateOrder::YearFirst
                && cell.len() > 10
                && let Ok(moment) = cell.parse::<Timestamp>()
            {
                return within_years(moment);
            }
            let (civil, offset) = civil::read(cell, order)?;
            let zoned = match offset {
                Some(offset) => offset.to_timestamp(civil).ok()?,
                None => zone.to_timestamp(civil).ok()?,
            };
            within_years(zoned)
        }
    }
}

fn unix(cell: &str, digits: std::ops::RangeInclusive<usize>, per_second: i64) -> Option<Timestamp> {
    let whole = cell.split('.').next()?;
    if !digits.contains(&whole.len()) || !whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number: i64 = whole.parse().ok()?;
    within_years(Timestamp::from_millisecond(number.checked_mul(1_000 / per_second)?).ok()?)
}

fn within_years(moment: Timestamp) -> Option<Timestamp> {
    YEARS.contains(&moment.to_zoned(TimeZone::UTC).year()).then_some(moment)
}

/// How the cells of a column read in each order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DateTally {
    seen: u64,
    fits: [u64; 5],
    only_day_first: u64,
    only_month_first: u64,
    differ: u64,
}

/// What a column is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DateVerdict {
    /// It has dates in this order.
    Sure(DateOrder),
    /// It has dates, and they can be read in each of these orders, to different days.
    Unsure(Vec<DateOrder>),
    /// It has no dates.
    NoDates,
}

/// Cells after which a column without one date is looked at no more.
const ENOUGH: u64 = 200;

impl DateTally {
    pub(crate) fn look_at(&mut self, cell: &str) {
        self.seen += 1;
        if self.seen > ENOUGH && self.fits.iter().all(|fits| *fits == 0) {
            return;
        }
        let read = DateOrder::ALL.map(|order| read_moment(cell, order, &TimeZone::UTC));
        for (fits, read) in self.fits.iter_mut().zip(&read) {
            *fits += u64::from(read.is_some());
        }
        match (read[1], read[2]) {
            (Some(day), Some(month)) => self.differ += u64::from(day != month),
            (Some(_), None) => self.only_day_first += 1,
            (None, Some(_)) => self.only_month_first += 1,
            (None, None) => {}
        }
    }

    /// The order in which nine of ten cells read, where the whole column leaves no doubt.
    pub fn verdict(&self) -> DateVerdict {
        let enough = |order: DateOrder| {
            let fits = self.fits[order as usize];
            fits > 0 && fits * 10 >= self.seen * 9
        };
        let (day, month) = (DateOrder::DayFirst, DateOrder::MonthFirst);
        for order in [DateOrder::YearFirst, DateOrder::UnixSeconds, DateOrder::UnixMilliseconds] {
            if enough(order) {
                return DateVerdict::Sure(order);
            }
        }
        match (enough(day), enough(month)) {
            (true, true) => self.day_or_month(),
            (true, false) => DateVerdict::Sure(day),
            (false, true) => DateVerdict::Sure(month),
            (false, false)
                if (self.only_day_first + self.only_month_first + self.differ) * 10 >= self.seen * 9
                    && self.seen > 0 =>
            {
                DateVerdict::Unsure(vec![day, month])
            }
            (false, false) => DateVerdict::NoDates,
        }
    }

    /// The orders in which at least half of the cells read, those that read most first: what a column means in which some cells are no dates.
    pub fn mostly(&self) -> Vec<DateOrder> {
        let fits = |order: &DateOrder| self.fits[*order as usize];
        let mut orders: Vec<DateOrder> =
            DateOrder::ALL.into_iter().filter(|order| fits(order) > 0 && fits(order) * 2 >= self.seen).collect();
        orders.sort_by_key(|order| std::cmp::Reverse(fits(order)));
        orders
    }

    /// A day beyond the twelfth decides, unless others speak against it.
    fn day_or_month(&self) -> DateVerdict {
        match (self.only_day_first > 0, self.only_month_first > 0, self.differ > 0) {
            (true, false, _) | (false, false, false) => DateVerdict::Sure(DateOrder::DayFirst),
            (false, true, _) => DateVerdict::Sure(DateOrder::MonthFirst),
            _ => DateVerdict::Unsure(vec![DateOrder::DayFirst, DateOrder::MonthFirst]),
        }
    }
}
