//! Decimals against fractions of whole numbers without limit.

use num_bigint::BigInt;
use num_rational::BigRational;
use proptest::prelude::*;
use rules::{DECIMALS_MAX, Decimal, QUOTIENT_DECIMALS};

fn exact(number: Decimal) -> BigRational {
    let (units, decimals) = number.parts();
    BigRational::new(units.into(), BigInt::from(10).pow(decimals.into()))
}

/// Rounded half to even at so many decimals.
fn rounded(number: &BigRational, decimals: u8) -> BigRational {
    let ten = BigRational::from(BigInt::from(10).pow(decimals.into()));
    let scaled = number * &ten;
    let (low, half) = (scaled.floor(), BigRational::new(1.into(), 2.into()));
    let rest = &scaled - &low;
    let odd = low.to_integer() % 2 != BigInt::from(0);
    let up = rest > half || (rest == half && odd);
    (low + BigRational::from(BigInt::from(i32::from(up)))) / ten
}

fn number() -> impl Strategy<Value = Decimal> {
    (any::<i64>(), 0_u32..19, 0..=DECIMALS_MAX)
        .prop_map(|(units, cut, decimals)| Decimal::new(i128::from(units / 10_i64.pow(cut)), decimals))
}

proptest! {
    #[test]
    fn arithmetic_is_exact_or_refused(one in number(), two in number()) {
        if let Some(sum) = one.plus(two) {
            prop_assert_eq!(exact(sum), exact(one) + exact(two));
        }
        if let Some(difference) = one.minus(two) {
            prop_assert_eq!(exact(difference), exact(one) - exact(two));
        }
        if let Some(product) = one.times(two) {
            prop_assert_eq!(exact(product), rounded(&(exact(one) * exact(two)), DECIMALS_MAX));
        }
        match one.over(two) {
            Some(quotient) => prop_assert_eq!(exact(quotient), rounded(&(exact(one) / exact(two)), QUOTIENT_DECIMALS)),
            None => prop_assert!(two == Decimal::ZERO || one.parts().0.unsigned_abs() > 1_000_000),
        }
        prop_assert_eq!(one.cmp(&two), exact(one).cmp(&exact(two)));
        prop_assert_eq!(one.to_string().parse::<Decimal>().unwrap(), one);
    }
}

#[test]
fn numbers_are_written_as_people_write_them() {
    let read = |text: &str| text.parse::<Decimal>();
    assert_eq!(read("12.50").unwrap().to_string(), "12.5");
    assert_eq!(read("12.50").unwrap().to_text(2), "12.50");
    assert_eq!(read("-0.05").unwrap().to_text(2), "-0.05");
    assert_eq!(read("7").unwrap().to_text(2), "7.00");
    for wrong in
        ["", "-", ".5", "5.", "1e3", "1,5", "٣", "0.0000000000000000001", "1000000000000000000000000000000000000000"]
    {
        assert!(read(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn nothing_wraps() {
    let most = Decimal::new(i128::MAX, 0);
    assert_eq!(most.plus(Decimal::from(1)), None);
    assert_eq!(most.times(Decimal::from(2)), None);
    assert_eq!(Decimal::new(i128::MIN, 0).negated(), None);
    assert_eq!(Decimal::from(1).over(Decimal::ZERO), None);
    assert!(most > Decimal::new(i128::MAX, 18));
    // How a number is written does not matter.
    assert_eq!(Decimal::new(i128::MAX / 10, 0).times(Decimal::new(10, 1)), Some(Decimal::new(i128::MAX / 10, 0)));
}
