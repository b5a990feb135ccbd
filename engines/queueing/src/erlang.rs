//! The known answers for a line that has always been there.

/// The share of matters that are turned away where none may wait, for so many clerks and an offered load in clerks (arrivals times the
/// time of one); `None` for a load that is no positive number. Worked out by the recursion `B(c) = a B(c−1) / (c + a B(c−1))`, which stays
/// exact where powers and factorials overflow (Kleinrock I, 3.5).
pub fn erlang_b(clerks: u32, load: f64) -> Option<f64> {
    let is_load = load.is_finite() && load > 0.0;
    is_load.then(|| (1..=clerks).fold(1.0, |blocked, clerk| load * blocked / (f64::from(clerk) + load * blocked)))
}

/// The share of matters that must wait, where all may (Erlang's C): 1 where the load is as much as the clerks can do or more.
pub fn erlang_c(clerks: u32, load: f64) -> Option<f64> {
    let blocked = erlang_b(clerks, load)?;
    let busy = load / f64::from(clerks);
    Some(if busy < 1.0 { blocked / (1.0 - busy * (1.0 - blocked)) } else { 1.0 })
}

/// The mean time in the line, in days, before somebody begins: `C / (c μ − λ)`. `None` where the line grows without end.
pub fn mean_wait(arrivals_per_day: f64, per_clerk_day: f64, clerks: u32) -> Option<f64> {
    let spare = f64::from(clerks) * per_clerk_day - arrivals_per_day;
    if !spare.is_finite() || spare <= 0.0 {
        return None;
    }
    Some(erlang_c(clerks, arrivals_per_day / per_clerk_day)? / spare)
}

#[cfg(test)]
mod tests {
    use super::{erlang_b, erlang_c, mean_wait};

    fn near(found: Option<f64>, wanted: f64) {
        assert!(found.is_some_and(|found| (found - wanted).abs() < 5e-5), "{found:?} for {wanted}");
    }

    /// Worked out from the definitions in exact fractions: B(1, 1) = 1/2, B(2, 1) = 1/5, B(3, 2) = 4/19, C(2, 1) = 1/3, C(3, 2) = 4/9; with one
    /// clerk C is the load itself. B(10, 5) = 0.0184 and B(5, 3) = 0.1101 are in every printed table.
    #[test]
    fn the_printed_tables() {
        near(erlang_b(1, 1.0), 0.5);
        near(erlang_b(2, 1.0), 0.2);
        near(erlang_b(3, 2.0), 4.0 / 19.0);
        near(erlang_b(5, 3.0), 0.110_05);
        near(erlang_b(10, 5.0), 0.018_38);
        near(erlang_c(1, 0.7), 0.7);
        near(erlang_c(2, 1.0), 1.0 / 3.0);
        near(erlang_c(3, 2.0), 4.0 / 9.0);
    }

    #[test]
    fn many_clerks_do_not_overflow() {
        let found = erlang_c(1_000, 950.0).unwrap();
        assert!(found > 0.0 && found < 1.0, "{found}");
    }

    /// λ = 8, μ = 4, three clerks: 4/9 of (12 − 8)ths of a day. One clerk: λ / (μ (μ − λ)).
    #[test]
    fn the_mean_wait() {
        near(mean_wait(8.0, 4.0, 3), 1.0 / 9.0);
        near(mean_wait(3.0, 4.0, 1), 0.75);
        assert_eq!(mean_wait(12.0, 4.0, 3), None, "as many come as are done");
        assert_eq!((erlang_b(3, -1.0), erlang_b(3, f64::NAN), mean_wait(f64::NAN, 1.0, 1)), (None, None, None));
        assert_eq!(erlang_c(3, 4.0), Some(1.0));
    }
}
