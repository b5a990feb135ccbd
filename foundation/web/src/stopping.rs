//! When it is time to stop.

use std::sync::Arc;
use tokio::sync::watch;

/// Tells streams and background work that it is time to stop; a part of the town.
#[derive(Clone)]
pub struct Stopping(Arc<watch::Sender<bool>>);

impl Default for Stopping {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(false)))
    }
}

impl Stopping {
    /// Turns true when it is time.
    pub fn heard(&self) -> watch::Receiver<bool> {
        self.0.subscribe()
    }

    /// Says that it is time.
    pub fn tell(&self) {
        self.0.send_replace(true);
    }
}
