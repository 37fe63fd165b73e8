//! Take the current session and span along to other tasks and threads.

use std::future::Future;

use crate::attached::Attached;
use crate::host;

/// Runs a future in the context of the code that calls this, wherever it is polled.
///
/// For runtimes other than tokio, and for `FuturesUnordered` and the like:
/// `smol::spawn(agentops::in_context(work()))`.
///
/// ```
/// #[agentops::tool]
/// async fn search() -> usize {
///     7
/// }
///
/// #[agentops::session]
/// fn run() -> std::thread::JoinHandle<usize> {
///     let found = agentops::in_context(search());
///     std::thread::spawn(|| {
///         let runtime = tokio::runtime::Builder::new_current_thread().build();
///         runtime.map_or(0, |runtime| runtime.block_on(found))
///     })
/// }
///
/// let captured = agentops::testing::capture(|| run().join().ok());
/// assert_eq!(captured.tree(), "session run\n  tool execute_tool search\n");
/// ```
pub fn in_context<F: Future>(future: F) -> impl Future<Output = F::Output> + use<F> {
    Attached::new(future, host::current_context())
}

/// Runs a future that records nothing: neither spans of ours nor of OpenTelemetry's SDK, nor metrics of either's calls.
///
/// ```
/// #[agentops::tool]
/// async fn ping() {}
///
/// # tokio::runtime::Builder::new_current_thread().build()?.block_on(async {
/// let captured = agentops::testing::capture_async(agentops::suppressed(ping())).await;
/// assert_eq!(captured.tree(), "");
/// # });
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// Code that is not async holds the guard of
/// [`Context::enter_telemetry_suppressed_scope`](opentelemetry::Context::enter_telemetry_suppressed_scope).
pub fn suppressed<F: Future>(future: F) -> impl Future<Output = F::Output> + use<F> {
    Attached::new(future, host::current_context().with_telemetry_suppressed())
}

/// [`tokio::spawn`] in the context of the code that calls this.
///
/// A bare `tokio::spawn` begins outside of the session: its spans would be roots
/// of other traces.
///
/// ```
/// #[agentops::tool]
/// async fn search() {}
///
/// #[agentops::session]
/// async fn run() {
///     let _ = agentops::spawn(search()).await;
/// }
///
/// # tokio::runtime::Builder::new_current_thread().build()?.block_on(async {
/// let captured = agentops::testing::capture_async(run()).await;
/// assert_eq!(captured.tree(), "session run\n  tool execute_tool search\n");
/// # });
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// # Panics
/// As `tokio::spawn` does: outside of a tokio runtime.
#[cfg(feature = "tokio")]
#[track_caller]
pub fn spawn<F>(future: F) -> tokio::task::JoinHandle<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    tokio::spawn(in_context(future))
}

/// [`tokio::task::spawn_blocking`] in the context of the code that calls this.
///
/// # Panics
/// As `spawn_blocking` does: outside of a tokio runtime.
#[cfg(feature = "tokio")]
#[track_caller]
pub fn spawn_blocking<F, R>(work: F) -> tokio::task::JoinHandle<R>
where
    F: FnOnce() -> R + Send + 'static,
    R: Send + 'static,
{
    let cx = host::current_context();
    tokio::task::spawn_blocking(move || {
        let _attached = host::attach(cx);
        work()
    })
}
