use super::{Pace, Patience, serve};
use axum::{Router, routing::get};
use std::{net::SocketAddr, time::Duration};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    time::sleep,
};

/// Serves a router at a port of its own; the answer is its address and how to end it.
async fn served(router: Router, patience: Patience) -> (SocketAddr, impl AsyncFnOnce()) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (end, ended) = tokio::sync::oneshot::channel::<()>();
    let served = tokio::spawn(serve(listener, router, patience, async move {
        let _ = ended.await;
    }));
    (address, async move || {
        end.send(()).unwrap();
        served.await.unwrap();
    })
}

/// Sends these pieces with a pause after each, then reads until the other side closes.
async fn answer_to(address: SocketAddr, pieces: &[&str], pause: Duration) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    for piece in pieces {
        // Who was answered already may find the connection closed.
        if stream.write_all(piece.as_bytes()).await.is_err() {
            break;
        }
        sleep(pause).await;
    }
    let mut answer = String::new();
    let _ = stream.read_to_string(&mut answer).await;
    answer
}

#[tokio::test]
async fn half_a_request_is_cut_off_and_a_whole_one_answered() {
    let router = Router::new().route("/", get(|| async { "here" }));
    let patience = Patience { head: Duration::from_millis(500), ..Patience::default() };
    let (address, end) = served(router, patience).await;
    let whole = answer_to(address, &["GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"], Duration::ZERO).await;
    assert!(whole.starts_with("HTTP/1.1 200") && whole.ends_with("here"), "{whole}");
    let half = answer_to(address, &["GET / HTTP/1.1\r\nhost:"], Duration::ZERO).await;
    assert!(!half.contains("200"), "{half}");
    end().await;
}

#[tokio::test]
async fn a_body_that_comes_too_slowly_is_answered_and_its_connection_closed() {
    let town = crate::house_tests::towns().remove(0);
    let quick = Duration::from_millis(300);
    let pace = Pace { silence: quick, start: quick, bytes_per_second: 500 };
    let (address, end) = served(town.router.clone(), Patience { body: pace, ..Patience::default() }).await;
    let head = "POST /sign-in HTTP/1.1\r\nhost: town.test\r\naccept: application/json\r\n\
                content-type: application/x-www-form-urlencoded\r\ncontent-length: 24\r\nconnection: close\r\n\r\n";
    let whole = answer_to(address, &[head, "email=a%40example.org&x="], Duration::from_millis(20)).await;
    assert!(!whole.contains("408"), "in pieces, and fast enough: {whole}");
    let silent = answer_to(address, &[head, "email="], Duration::ZERO).await;
    assert!(silent.starts_with("HTTP/1.1 408") && silent.contains("came so slowly"), "{silent}");
    assert!(silent.to_lowercase().contains("connection: close"), "{silent}");
    // A byte now and then is never silent for long, and too slow all the same.
    let drops: Vec<&str> = std::iter::once(head).chain(std::iter::repeat_n("x", 23)).collect();
    let dripping = answer_to(address, &drops, Duration::from_millis(100)).await;
    assert!(dripping.starts_with("HTTP/1.1 408"), "{dripping}");
    end().await;
}
