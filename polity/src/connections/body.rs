//! Bodies that come too slowly are cut off: whoever sends a byte now and then would keep a place, and what was read so far, for ever.

use axum::{
    body::{Body, BodyDataStream, Bytes, HttpBody as _},
    extract::Request,
};
use futures_util::{StreamExt as _, stream::unfold};
use std::time::Duration;
use tokio::time::{Instant, timeout_at};
use web::serve::SlowBody;

/// How fast a body must come.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// How long nothing at all may come.
    pub silence: Duration,
    /// How long it may take before its pace counts.
    pub start: Duration,
    /// Bytes that must have come, on average, for each second after that.
    pub bytes_per_second: u32,
}

impl Default for Pace {
    /// The slowest line of a mobile telephone brings ten times as much.
    fn default() -> Self {
        Self { silence: Duration::from_secs(30), start: Duration::from_secs(60), bytes_per_second: 500 }
    }
}

impl Pace {
    /// How long after its begin the body that has brought so many bytes must bring more, when the last came after `last`.
    fn until(self, received: u64, last: Duration) -> Duration {
        let earned_ms = received.saturating_mul(1_000) / u64::from(self.bytes_per_second.max(1));
        self.start.saturating_add(Duration::from_millis(earned_ms)).min(last + self.silence)
    }
}

/// What was read of a body so far.
struct Reading {
    body: BodyDataStream,
    begun: Instant,
    last: Duration,
    received: u64,
    pace: Pace,
    slow: SlowBody,
    is_over: bool,
}

/// The request with a body that ends in an error, and says so, when it comes too slowly.
pub(super) fn watched(mut request: Request, pace: Pace) -> Request {
    if request.body().is_end_stream() {
        return request;
    }
    let slow = SlowBody::default();
    request.extensions_mut().insert(slow.clone());
    request.map(|body| {
        let (body, begun) = (body.into_data_stream(), Instant::now());
        let reading = Reading { body, begun, last: Duration::ZERO, received: 0, pace, slow, is_over: false };
        Body::from_stream(unfold(reading, next))
    })
}

async fn next(mut reading: Reading) -> Option<(Result<Bytes, axum::BoxError>, Reading)> {
    if reading.is_over {
        return None;
    }
    let until = reading.begun + reading.pace.until(reading.received, reading.last);
    match timeout_at(until, reading.body.next()).await {
        Ok(None) => None,
        Ok(Some(Ok(bytes))) => {
            reading.received += bytes.len() as u64;
            reading.last = reading.begun.elapsed();
            Some((Ok(bytes), reading))
        }
        Ok(Some(Err(error))) => {
            reading.is_over = true;
            Some((Err(error.into()), reading))
        }
        Err(_) => {
            reading.is_over = true;
            reading.slow.tell();
            Some((Err("the body comes too slowly".into()), reading))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Pace;
    use std::time::Duration;

    #[test]
    fn a_body_earns_time_by_what_it_brings_and_loses_it_by_silence() {
        let s = Duration::from_secs;
        let pace = Pace { silence: s(30), start: s(60), bytes_per_second: 500 };
        assert_eq!(pace.until(0, s(0)), s(30), "nothing at all");
        assert_eq!(pace.until(100, s(59)), Duration::from_millis(60_200), "a byte now and then");
        assert_eq!(pace.until(5_000_000, s(100)), s(130), "a photo on a slow line");
    }
}
