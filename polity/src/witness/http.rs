//! The two calls of c2sp.org/tlog-witness, and a page that says what is watched.

use super::watched::{NotCosigned, Watched};
use axum::{
    Router,
    extract::{DefaultBodyLimit, Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use civic::Clock;
use std::{fmt::Write as _, sync::Arc};
use tokio::net::TcpListener;
use transparency_log::{AddCheckpoint, WitnessRefusal};

/// Bytes a body may have: 63 hashes and a note with many signatures.
const BODY_LIMIT_BYTES: usize = 64 * 1024;
const TEXT: &str = "text/plain; charset=utf-8";

#[derive(Clone)]
struct Serving {
    watched: Arc<Watched>,
    clock: Arc<dyn Clock>,
}

/// Serves until an interrupt or a request to end.
///
/// # Errors
/// When the address is lost.
pub async fn serve(
    watched: Arc<Watched>,
    clock: Arc<dyn Clock>,
    listener: std::net::TcpListener,
) -> anyhow::Result<()> {
    let router = Router::new()
        .route("/", get(overview))
        .route("/key", get(key))
        .route("/add-checkpoint", post(add_checkpoint))
        .route("/{hash}/checkpoint", get(last_checkpoint))
        .layer(DefaultBodyLimit::max(BODY_LIMIT_BYTES))
        .with_state(Serving { watched, clock });
    axum::serve(TcpListener::from_std(listener)?, router).with_graceful_shutdown(crate::serve::told_to_stop()).await?;
    Ok(())
}

async fn add_checkpoint(State(serving): State<Serving>, body: String) -> Response {
    let now = u64::try_from(serving.clock.now().micros() / 1_000_000).unwrap_or(0);
    let cosigned = tokio::task::spawn_blocking(move || {
        let asked: AddCheckpoint = body.parse()?;
        serving.watched.cosign(&asked, now)
    });
    match cosigned.await {
        Ok(Ok(line)) => ([(header::CONTENT_TYPE, TEXT)], line).into_response(),
        Ok(Err(NotCosigned::Refused(refusal))) => refused(&refusal),
        Ok(Err(NotCosigned::NotKept(error))) => {
            tracing::error!(%error, "nothing is cosigned: the checkpoint cannot be kept");
            (StatusCode::SERVICE_UNAVAILABLE, "Nothing can be kept here at the moment.\n").into_response()
        }
        Err(error) => {
            tracing::error!(%error, "a question broke off");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

fn refused(refusal: &WitnessRefusal) -> Response {
    let status = StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::BAD_REQUEST);
    match refusal {
        WitnessRefusal::OtherSize(size) => {
            (status, [(header::CONTENT_TYPE, "text/x.tlog.size")], format!("{size}\n")).into_response()
        }
        _ => (status, [(header::CONTENT_TYPE, TEXT)], format!("{refusal}\n")).into_response(),
    }
}

async fn last_checkpoint(State(serving): State<Serving>, Path(hash): Path<String>) -> Response {
    match serving.watched.last_of(&hash) {
        Some(note) => ([(header::CONTENT_TYPE, TEXT)], note).into_response(),
        None => (StatusCode::NOT_FOUND, "Nothing of this record was cosigned here.\n").into_response(),
    }
}

async fn key(State(serving): State<Serving>) -> Response {
    ([(header::CONTENT_TYPE, TEXT)], format!("{}\n", serving.watched.key().verifier())).into_response()
}

async fn overview(State(serving): State<Serving>) -> Response {
    let mut text = format!(
        "A witness of public records (c2sp.org/tlog-witness).\n\nIts key: {}\n\n",
        serving.watched.key().verifier()
    );
    for (name, size) in serving.watched.overview() {
        let size = size.map_or_else(|| "nothing cosigned yet".to_owned(), |size| format!("{size} entries cosigned"));
        // Writing into a text cannot fail.
        let _ = writeln!(text, "{name}: {size}, /{}/checkpoint", record::witnesses::origin_hash(&name));
    }
    ([(header::CONTENT_TYPE, TEXT)], text).into_response()
}
