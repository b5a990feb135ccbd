//! How long things take when some of them are not over yet.

/// The longest time that is told apart, in seconds: 68 years.
pub const WAIT_LIMIT_SECONDS: u32 = u32::MAX >> 1;
/// Times under which a median has no interval.
const LEAST: usize = 20;
/// The 97.5th percentile of the standard normal distribution.
const NORMAL_97_5: f64 = 1.959_963_984_540_054;
/// What rounding may do to a product of shares.
const ROUNDING: f64 = 1e-12;
/// From so many on, sorting by digits is faster than by comparing.
const DIGITS_FROM: usize = 4_096;
const DIGIT_BITS: u32 = 11;

/// Times, each over or still running.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Waits {
    /// Twice the seconds, and one more where it is not over: sorted, an end comes before what was still running then.
    packed: Vec<u32>,
}

/// The least times within which half, and nine of ten, were over; `None` where that is not reached yet.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Within {
    /// All times.
    pub n: u64,
    /// Those that are over.
    pub over: u64,
    /// The median, in seconds.
    pub median: Option<u32>,
    /// The 90th percentile, in seconds.
    pub p90: Option<u32>,
    /// Between which seconds the true median lies with 95% certainty (the upper end may not be reached yet); none under 20 times, or where
    /// even the lower end is not reached.
    pub between: Option<(u32, Option<u32>)>,
}

impl Waits {
    /// One more: how long it took, or has lasted so far. What is beyond [`WAIT_LIMIT_SECONDS`] counts as that.
    pub fn push(&mut self, seconds: u32, is_over: bool) {
        self.packed.push(seconds.min(WAIT_LIMIT_SECONDS) << 1 | u32::from(!is_over));
    }

    /// All of several.
    pub fn of_all<'w>(all: impl Iterator<Item = &'w Self> + Clone) -> Self {
        let mut packed = Vec::with_capacity(all.clone().map(|one| one.packed.len()).sum());
        all.for_each(|one| packed.extend_from_slice(&one.packed));
        Self { packed }
    }

    /// How long those took that are over, in seconds, in any order.
    pub fn over(&self) -> impl Iterator<Item = u32> + '_ {
        self.packed.iter().filter(|one| **one & 1 == 0).map(|one| one >> 1)
    }

    /// How many are over.
    pub fn count_over(&self) -> u64 {
        self.over().count() as u64
    }

    /// In order.
    pub fn sorted(self) -> SortedWaits {
        SortedWaits(sort(self.packed))
    }
}

/// Times in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SortedWaits(Vec<u32>);

impl SortedWaits {
    /// How long those have lasted that are not over, in seconds, the shortest first.
    pub fn running(&self) -> Vec<u32> {
        self.0.iter().filter(|one| **one & 1 == 1).map(|one| one >> 1).collect()
    }

    /// Half and nine of ten by the estimate of Kaplan and Meier (*Nonparametric estimation from incomplete observations*, JASA 53, 1958);
    /// where all are over these are the nearest ranks. The interval of the median is that of Brookmeyer and Crowley (*A confidence interval
    /// for the median survival time*, Biometrics 38, 1982) with Greenwood's variance.
    pub fn within(&self) -> Within {
        let n = self.0.len();
        let mut found = Within {
            n: n as u64,
            over: self.0.iter().filter(|one| **one & 1 == 0).count() as u64,
            ..Within::default()
        };
        let (mut low, mut high) = (None, None);
        // Between two that are still running the product of shares is one fraction, and Greenwood's sum one difference.
        let (mut share, mut variance, mut begun) = (1.0_f64, 0.0_f64, n);
        let (mut at, mut left) = (0, n);
        while at < n && (found.p90.is_none() || high.is_none()) {
            let packed = self.0[at];
            let same = self.0[at..].iter().take_while(|one| **one == packed).count();
            at += same;
            if packed & 1 == 1 {
                if begun > left {
                    variance += 1.0 / left as f64 - 1.0 / begun as f64;
                    share *= left as f64 / begun as f64;
                }
                left -= same;
                begun = left;
                continue;
            }
            left -= same;
            let time = packed >> 1;
            let now = share * left as f64 / begun as f64;
            let reach = if left == 0 { 0.0 } else { variance + 1.0 / left as f64 - 1.0 / begun as f64 };
            let half = NORMAL_97_5 * now * reach.sqrt();
            let first = |place: &mut Option<u32>, is_reached: bool| {
                if place.is_none() && is_reached {
                    *place = Some(time);
                }
            };
            first(&mut found.median, now <= 0.5 + ROUNDING);
            first(&mut found.p90, now <= 0.1 + ROUNDING);
            first(&mut low, now - half <= 0.5 + ROUNDING);
            first(&mut high, now + half <= 0.5 + ROUNDING);
        }
        found.between = low.filter(|_| n >= LEAST).map(|low| (low, high));
        found
    }
}

/// Sorts; many by their digits, from the last.
fn sort(mut values: Vec<u32>) -> Vec<u32> {
    if values.len() < DIGITS_FROM {
        values.sort_unstable();
        return values;
    }
    let mut other = vec![0; values.len()];
    for shift in [0, DIGIT_BITS, 2 * DIGIT_BITS] {
        let digit = |value: u32| (value >> shift) as usize & ((1 << DIGIT_BITS) - 1);
        let mut places = vec![0_usize; 1 << DIGIT_BITS];
        values.iter().for_each(|value| places[digit(*value)] += 1);
        let mut before = 0;
        for place in &mut places {
            (*place, before) = (before, before + *place);
        }
        for value in &values {
            let place = &mut places[digit(*value)];
            other[*place] = *value;
            *place += 1;
        }
        std::mem::swap(&mut values, &mut other);
    }
    values
}

#[cfg(test)]
mod tests {
    use super::{WAIT_LIMIT_SECONDS, Waits, Within, sort};

    fn waits(times: impl IntoIterator<Item = (u32, bool)>) -> Waits {
        let mut waits = Waits::default();
        times.into_iter().for_each(|(seconds, is_over)| waits.push(seconds, is_over));
        waits
    }

    fn within(times: impl IntoIterator<Item = (u32, bool)>) -> Within {
        waits(times).sorted().within()
    }

    #[test]
    fn nearest_ranks_where_all_are_over() {
        assert_eq!(within([]), Within::default());
        let quantiles = |times: &mut dyn Iterator<Item = u32>| {
            let found = within(times.map(|time| (time, true)));
            (found.median, found.p90)
        };
        assert_eq!(quantiles(&mut [7].into_iter()), (Some(7), Some(7)));
        assert_eq!(quantiles(&mut (1..=10).rev()), (Some(5), Some(9)));
        assert_eq!(quantiles(&mut (1..=11)), (Some(6), Some(10)));
        let hundred = within((1..=100).map(|number| (number * 37 % 101, true)));
        assert_eq!((hundred.median, hundred.p90, hundred.between), (Some(50), Some(90), Some((41, Some(60)))));
    }

    /// Remission of leukaemia under 6-MP (Freireich and others, Blood 21, 1963; the worked example of the textbooks): the median is 23 weeks,
    /// and nine of ten is not reached. Its share at 13 weeks is 0.690 with a standard error of 0.107, the first whose band reaches one half.
    #[test]
    fn the_textbooks_example() {
        let over = [6, 6, 6, 7, 10, 13, 16, 22, 23].map(|week| (week, true));
        let running = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35].map(|week| (week, false));
        let found = within(over.into_iter().chain(running));
        assert_eq!((found.n, found.over, found.median, found.p90), (21, 9, Some(23), None));
        assert_eq!(found.between, Some((13, None)));
    }

    #[test]
    fn what_is_mostly_open_has_no_median_yet() {
        let found = within((0..7).map(|day| (day * 86_400, true)).chain((0..36).map(|day| (day * 86_400 + 9, false))));
        assert!(found.median.is_none() || found.median > Some(3 * 86_400), "{found:?}");
        let none = within((0..40).map(|day| (day, false)));
        assert_eq!((none.n, none.over, none.median, none.between), (40, 0, None, None));
        assert_eq!(waits([(5, false), (3, true), (1, false)]).sorted().running(), [1, 5]);
        assert_eq!(within([(u32::MAX, true)]).median, Some(WAIT_LIMIT_SECONDS));
    }

    #[test]
    fn many_are_sorted_as_few_are() {
        let many: Vec<u32> = (0..10_000_u32).map(|number| number.wrapping_mul(2_654_435_761)).collect();
        let mut slowly = many.clone();
        slowly.sort_unstable();
        assert_eq!(sort(many), slowly);
    }
}
