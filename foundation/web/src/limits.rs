//! How often one address or one person may act, so that nobody can flood the desk.

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use serde::Deserialize;
use std::{net::IpAddr, num::NonZeroU32, sync::Arc};

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

    /// Whether this address may act once more now.
    pub fn may_act(&self, from: IpAddr) -> bool {
        self.acts.check_key(&network_of(from)).is_ok()
    }

    /// Whether this address may do the same to the same matter once more now.
    pub fn may_again(&self, from: IpAddr, matter: &str) -> bool {
        self.same.check_key(&(network_of(from), matter.to_owned())).is_ok()
    }

    /// Whether this address may have one more mail sent now.
    pub fn may_mail(&self, from: IpAddr) -> bool {
        self.mails.check_key(&network_of(from)).is_ok()
    }

    /// Whether this address may send one more service request now.
    pub fn may_request(&self, from: IpAddr) -> bool {
        self.requests.check_key(&network_of(from)).is_ok()
    }

    /// Forgets addresses that have been quiet; called now and then.
    pub fn tidy(&self) {
        self.acts.retain_recent();
        self.same.retain_recent();
        self.mails.retain_recent();
        self.requests.retain_recent();
    }
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
