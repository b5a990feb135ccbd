//! Serves an assembled town until it is told to stop.

use crate::{assemble::Assembled, background, connections};
use anyhow::Context as _;
use std::{net::SocketAddr, time::Duration};
use tokio::net::TcpListener;

/// How long answers that were begun may take after the town was told to stop.
const GRACE: Duration = Duration::from_secs(10);

pub use web::stopping::Stopping;

/// Takes the address to listen at, before anything else is done.
///
/// # Errors
/// A sentence that names the address.
pub fn listen(address: SocketAddr) -> anyhow::Result<std::net::TcpListener> {
    let listener = std::net::TcpListener::bind(address).with_context(|| format!("nothing can listen at {address}"))?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}

/// Serves until an interrupt or a request to end, then lets answers that were begun come to their end.
///
/// # Errors
/// When the address is lost, or a part of the work in the background broke off.
pub async fn serve(assembled: Assembled, listener: std::net::TcpListener) -> anyhow::Result<()> {
    let Assembled { town, rooms, sequencer, jobs, subscribers } = assembled;
    let tell = town.part::<Stopping>().clone();
    let stop = tell.heard();
    let mut tasks = background::start(&town, sequencer, subscribers, jobs, &stop);
    let router = web::serve::router(town.clone(), rooms, people::who_is());
    let listener = TcpListener::from_std(listener)?;
    let served = connections::serve(listener, router, connections::Patience::default(), async move {
        told_to_stop().await;
        tracing::info!("stopping: answers that were begun come to their end");
        tell.tell();
    });
    let mut stopping = stop.clone();
    tokio::select! {
        () = served => {}
        () = async {
            let _ = stopping.wait_for(|stop| *stop).await;
            tokio::time::sleep(GRACE).await;
        } => tracing::warn!("some answers were cut off"),
        // Better ended and started again by whoever watches over the program than half alive.
        Some(Err(error)) = tasks.join_next() => anyhow::bail!("a part of the work in the background broke off: {error}"),
    }
    while tasks.join_next().await.is_some() {}
    tokio::task::spawn_blocking(move || town.db().close()).await?;
    Ok(())
}

/// Ends when the program is interrupted or asked to end.
pub async fn told_to_stop() {
    let interrupt = async {
        // Without this signal the program can still be told to end by the other one.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let end = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let end = std::future::pending::<()>();
    tokio::select! { () = interrupt => {}, () = end => {} }
}
