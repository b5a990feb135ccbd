//! The outermost layers: from an HTTP request to a visit, and from a stop to a page or a problem.

mod conditional;
mod doorman;
mod headers;
mod remembered;
mod slow_body;
mod stops;

pub use conditional::is_known;
pub use doorman::{FLASH_COOKIE, LANGUAGE_COOKIE, SESSION_COOKIE, VOICE_COOKIE};
pub use headers::{Embeddable, Sandboxed};
pub use slow_body::SlowBody;
pub(crate) use slow_body::too_slow;
pub(crate) use stops::panicked;

use crate::{
    Town,
    guard::mount,
    manifest::{Room, WhoIs},
};
use axum::{Router, middleware::from_fn_with_state};
use tower::ServiceBuilder;
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{CompressionLayer, DefaultPredicate, Predicate as _, predicate::NotForContentType},
};

/// Packed already, and read in parts: packed again, it could not be.
const PARQUET: &str = "application/vnd.apache.parquet";

/// The whole town as one service.
pub fn router(town: Town, rooms: Vec<Room>, who_is: WhoIs) -> Router {
    let rooms = mount(&town, rooms).fallback(|| async { crate::Stop::NotFound }).with_state(town.clone());
    let rooms = rooms.method_not_allowed_fallback(|| async { crate::stop::method_not_allowed() });
    let may_pack = DefaultPredicate::new().and(NotForContentType::const_new(PARQUET));
    let layers = ServiceBuilder::new()
        .layer(CompressionLayer::new().compress_when(may_pack))
        .layer(from_fn_with_state(
            doorman::Door { town, who_is, remembered: remembered::Remembered::default() },
            doorman::receive,
        ))
        .layer(CatchPanicLayer::custom(panicked));
    Router::new().fallback_service(layers.service(rooms))
}
