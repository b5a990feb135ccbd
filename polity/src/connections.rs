//! Connections: each has a time within which the head of a request must have come, and a pace at which its body must.

mod body;

pub use body::Pace;

use axum::{Router, extract::connect_info::IntoMakeServiceWithConnectInfo, middleware::map_request};
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use std::{net::SocketAddr, time::Duration};
use tokio::net::{TcpListener, TcpStream};
use tower::Service as _;

/// How long the head of a request may take, and a connection may wait for its next one: whoever sends half a line and then nothing would
/// keep a place for ever.
const HEAD_PATIENCE: Duration = Duration::from_secs(30);
/// How long we wait where no more connections can be taken.
const PAUSE: Duration = Duration::from_millis(200);

/// How long is waited for what a client sends.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// For the head of a request.
    pub head: Duration,
    /// For its body.
    pub body: Pace,
}

impl Default for Patience {
    fn default() -> Self {
        Self { head: HEAD_PATIENCE, body: Pace::default() }
    }
}

/// Serves connections until `stop` ends, then lets answers that were begun come to their end.
pub async fn serve(listener: TcpListener, router: Router, patience: Patience, stop: impl Future<Output = ()>) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(patience.head);
    let pace = patience.body;
    let router = router.layer(map_request(move |request| async move { body::watched(request, pace) }));
    let mut make = router.into_make_service_with_connect_info::<SocketAddr>();
    let connections = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        let (stream, peer) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    if !is_of_one_connection(&error) {
                        tracing::error!(%error, "no connection can be taken");
                        tokio::time::sleep(PAUSE).await;
                    }
                    continue;
                }
            },
            () = &mut stop => break,
        };
        take(&http, &mut make, (stream, peer), &connections).await;
    }
    drop(listener);
    connections.shutdown().await;
}

async fn take(
    http: &http1::Builder,
    make: &mut IntoMakeServiceWithConnectInfo<Router, SocketAddr>,
    (stream, peer): (TcpStream, SocketAddr),
    connections: &GracefulShutdown,
) {
    let service = match make.call(peer).await {
        Ok(service) => TowerToHyperService::new(service),
        Err(never) => match never {},
    };
    let connection = connections.watch(http.serve_connection(TokioIo::new(stream), service));
    // What ends a connection is its client's business.
    tokio::spawn(async move { connection.await.ok() });
}

/// Whether an error of `accept` is that of the one connection which was to be taken.
fn is_of_one_connection(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

#[cfg(test)]
#[path = "connections/tests.rs"]
mod tests;
