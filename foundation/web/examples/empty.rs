//! An empty axum handler, the measure that `scripts/bench` compares pages with.
//! Usage: cargo run --release -p web --example empty -- 127.0.0.1:9000

use axum::{Router, routing::get};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:9000".to_owned());
    let listener = tokio::net::TcpListener::bind(address).await?;
    Ok(axum::serve(listener, Router::new().route("/", get(|| async {}))).await?)
}
