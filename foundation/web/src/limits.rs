//! How often one address or one person may act, so that nobody can flood the desk.

use crate::{Refusal, Stop};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter, clock::Clock as _};
use serde::Deserialize;
use std::{hash::Hash, net::IpAddr, num::NonZeroU32, sync::Arc, time::Duration};

/// Quotas of a town; all per address (or per person, where signed in) and counted in memory, but for reports to the moderators,
/// which are counted in the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Anything that changes something, per minute.
    pub acts_per_minute: NonZeroU32,
    /// The same act on the same matter, per hour: a family or an office behind one address, not a crowd made up by one.
    pub same_matter_per_hour: NonZeroU32,
    /// Mails we send on an address's request (sign-in links, confirmations), per hour.
    pub mails_per_hour: NonZeroU32,
    /// Service requests by residents, per hour.
    pub requests_per_hour: NonZeroU32,
    /// Reports to the moderators, per hour.
    pub flags_per_hour: NonZeroU32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            acts_per_minute: NonZeroU32::new(60).expect("60 is not zero"),
            same_matter_per_hour: NonZeroU32::new(20).expect("20 is not zero"),
            mails_per_hour: NonZeroU32::new(12).expect("12 is not zero"),
            requests_per_hour: NonZeroU32::new(30).expect("30 is not zero"),
            flags_per_hour: NonZeroU32::new(20).expect("20 is not zero"),
        }
    }
}

/// Keeps count. IPv6 addresses count by their /64, the smallest network a household gets.
#[derive(Clone)]
pub struct Gates {
    acts: Arc<DefaultKeyedRateLimiter<IpAddr>>,
    same: Arc<DefaultKeyedRateLimiter<(IpAddr, String)>>,
    mails: Arc<DefaultKeyedRateLimiter<IpAddr>>,
    requests: Arc<DefaultKeyedRateLimiter<IpAddr>>,
}

impl Gates {
    /// Gates with these quotas.
    pub fn new(limits: Limits) -> Self {
        Self {
            acts: Arc::new(RateLimiter::keyed(Quota::per_minute(limits.acts_per_minute))),
            same: Arc::new(RateLimiter::keyed(Quota::per_hour(limits.same_matter_per_hour))),
            mails: Arc::new(RateLimiter::keyed(Quota::per_hour(limits.mails_per_hour))),
            requests: Arc::new(RateLimiter::keyed(Quota::per_hour(limits.requests_per_hour))),
        }
    }

    /// Counts that this address acts once more.
    ///
    /// # Errors
    /// How long it has to wait, when that was too often.
    pub fn act(&self, from: IpAddr) -> Result<(), Wait> {
        passed(&self.acts, &network_of(from))
    }

    /// Counts that this address does the same to the same matter once more.
    ///
    /// # Errors
    /// As [`Gates::act`].
    pub fn again(&self, from: IpAddr, matter: &str) -> Result<(), Wait> {
        passed(&self.same, &(network_of(from), matter.to_owned()))
    }

    /// Counts that this address has one more mail sent.
    ///
    /// # Errors
    /// As [`Gates::act`].
    pub fn mail(&self, from: IpAddr) -> Result<(), Wait> {
        passed(&self.mails, &network_of(from))
    }

    /// Counts that this address sends one more service request.
    ///
    /// # Errors
    /// As [`Gates::act`].
    pub fn request(&self, from: IpAddr) -> Result<(), Wait> {
        passed(&self.requests, &network_of(from))
    }

    /// Whether this address may act once more now.
    pub fn may_act(&self, from: IpAddr) -> bool {
        self.act(from).is_ok()
    }

    /// Whether this address may do the same to the same matter once more now.
    pub fn may_again(&self, from: IpAddr, matter: &str) -> bool {
        self.again(from, matter).is_ok()
    }

    /// Whether this address may have one more mail sent now.
    pub fn may_mail(&self, from: IpAddr) -> bool {
        self.mail(from).is_ok()
    }

    /// Whether this address may send one more service request now.
    pub fn may_request(&self, from: IpAddr) -> bool {
        self.request(from).is_ok()
    }

    /// Forgets addresses that have been quiet; called now and then.
    pub fn tidy(&self) {
        self.acts.retain_recent();
        self.same.retain_recent();
        self.mails.retain_recent();
        self.requests.retain_recent();
    }
}

/// How long to wait until something may be done again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait {
    /// Whole seconds, at least one; it is told in `Retry-After`.
    pub seconds: u32,
}

impl Wait {
    /// The refusal of this code (429), with the time to wait.
    pub fn refused(self, code: &'static str) -> Refusal {
        Refusal::new(code).again_in(self.seconds)
    }
}

impl From<Wait> for Refusal {
    fn from(wait: Wait) -> Self {
        wait.refused("too-often")
    }
}

impl From<Wait> for Stop {
    fn from(wait: Wait) -> Self {
        Refusal::from(wait).into()
    }
}

fn passed<K: Hash + Eq + Clone>(gate: &DefaultKeyedRateLimiter<K>, key: &K) -> Result<(), Wait> {
    gate.check_key(key).map_err(|until| {
        let left = until.wait_time_from(gate.clock().now());
        Wait { seconds: whole_seconds(left) }
    })
}

/// Rounded up, so that whoever waits so long is let in.
fn whole_seconds(left: Duration) -> u32 {
    u32::try_from(left.as_millis().div_ceil(1_000)).unwrap_or(u32::MAX).max(1)
}

/// The network an address counts by: itself, or the /64 of an IPv6 address.
pub fn network_of(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(v4) => IpAddr::V4(v4),
        IpAddr::V6(v6) => {
            let mut segments = v6.segments();
            segments[4..].fill(0);
            IpAddr::V6(segments.into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Gates, Limits, whole_seconds};
    use std::{num::NonZeroU32, time::Duration};

    #[test]
    fn a_closed_gate_says_when_it_opens() {
        let of = |number| NonZeroU32::new(number).unwrap();
        let gates = Gates::new(Limits { mails_per_hour: of(2), acts_per_minute: of(1), ..Limits::default() });
        let home = "192.0.2.7".parse().unwrap();
        assert!(gates.mail(home).is_ok() && gates.mail(home).is_ok());
        let wait = gates.mail(home).unwrap_err().seconds;
        assert!((1_790..=1_800).contains(&wait), "two an hour: the next in half an hour, not {wait} s");
        assert!(gates.act(home).is_ok());
        let wait = gates.act(home).unwrap_err().seconds;
        assert!((50..=60).contains(&wait), "{wait}");
        assert_eq!(
            (whole_seconds(Duration::ZERO), whole_seconds(Duration::from_millis(1_001))),
            (1, 2),
            "never too early"
        );
    }
}
