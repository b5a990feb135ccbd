//! Connections: each has a time within which the head of a request must have come.

use axum::{Router, extract::connect_info::IntoMakeServiceWithConnectInfo};
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
pub const HEAD_PATIENCE: Duration = Duration::from_secs(30);
/// How long we wait where no more connections can be taken.
const PAUSE: Duration = Duration::from_millis(200);

/// Serves connections until `stop` ends, then lets answers that were begun come to their end. Each head has `patience` to come.
pub async fn serve(listener: TcpListener, router: Router, patience: Duration, stop: impl Future<Output = ()>) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(patience);
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
mod tests {
    use super::serve;
    use axum::{Router, routing::get};
    use std::time::Duration;
    use tokio::{
        io::{AsyncReadExt as _, AsyncWriteExt as _},
        net::{TcpListener, TcpStream},
    };

    #[tokio::test]
    async fn half_a_request_is_cut_off_and_a_whole_one_answered() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (end, ended) = tokio::sync::oneshot::channel::<()>();
        let router = Router::new().route("/", get(|| async { "here" }));
        let served = tokio::spawn(serve(listener, router, Duration::from_millis(500), async move {
            let _ = ended.await;
        }));
        let answer_to = |text: &'static str| async move {
            let mut stream = TcpStream::connect(address).await.unwrap();
            stream.write_all(text.as_bytes()).await.unwrap();
            let mut answer = String::new();
            let _ = stream.read_to_string(&mut answer).await;
            answer
        };
        let whole = answer_to("GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await;
        assert!(whole.starts_with("HTTP/1.1 200") && whole.ends_with("here"), "{whole}");
        let half = answer_to("GET / HTTP/1.1\r\nhost:").await;
        assert!(!half.contains("200"), "{half}");
        end.send(()).unwrap();
        served.await.unwrap();
    }
}
