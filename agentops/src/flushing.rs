//! Deliver what was recorded, before a session's function returns.
//!
//! Who records does not know who delivers: `init` leaves word here.

use std::fmt;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context as TaskContext, Poll, Waker};
use std::thread;

use agentops_spool::fork::PerProcess;
use pin_project_lite::pin_project;

/// Delivers what was recorded, within a deadline of its own.
pub(crate) trait Flush: Send + Sync {
    /// On this thread.
    fn flush(&self);

    /// On another thread, which calls `done` at the end; `false` if there is none.
    fn flush_elsewhere(&self, done: Box<dyn FnOnce() + Send>) -> bool;
}

static INSTALLED: PerProcess<Mutex<Option<Arc<dyn Flush>>>> = PerProcess::new(Mutex::default);

/// Makes `flush` the one in use; `None` where nothing is delivered.
pub(crate) fn install(flush: Option<Arc<dyn Flush>>) {
    *INSTALLED.lock().unwrap_or_else(PoisonError::into_inner) = flush;
}

fn installed() -> Option<Arc<dyn Flush>> {
    let installed = INSTALLED.lock();
    installed.unwrap_or_else(PoisonError::into_inner).clone()
}

/// Used by `#[agentops::session(flush)]` to deliver when it is dropped.
#[derive(Debug)]
#[must_use = "it delivers when it is dropped"]
pub struct FlushGuard(pub(crate) ());

impl Drop for FlushGuard {
    fn drop(&mut self) {
        if let Some(flush) = installed() {
            flush.flush();
        }
    }
}

/// Where a flush on another thread is.
#[derive(Debug, Default)]
struct Progress {
    is_done: bool,
    waker: Option<Waker>,
}

pin_project! {
    /// A future that delivers what was recorded once it is ready, and is ready then.
    #[must_use = "futures do nothing unless polled"]
    pub struct Flushed<F: Future> {
        #[pin]
        inner: F,
        // A panic is handed on once what was recorded is delivered. In a lock, which only
        // this has, because that is `Sync` and `UnwindSafe` whatever the value is.
        value: Mutex<Option<thread::Result<F::Output>>>,
        progress: Arc<Mutex<Progress>>,
    }
}

impl<F: Future> fmt::Debug for Flushed<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Flushed").finish_non_exhaustive()
    }
}

impl<F: Future> Flushed<F> {
    pub(crate) fn new(inner: F) -> Self {
        Self {
            inner,
            value: Mutex::new(None),
            progress: Arc::default(),
        }
    }
}

impl<F: Future> Future for Flushed<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut TaskContext<'_>) -> Poll<F::Output> {
        let this = self.project();
        let kept = this.value.get_mut().unwrap_or_else(PoisonError::into_inner);
        if kept.is_none() {
            let value = match catch_unwind(AssertUnwindSafe(|| this.inner.poll(cx))) {
                Ok(Poll::Pending) => return Poll::Pending,
                Ok(Poll::Ready(value)) => Ok(value),
                Err(panic) => Err(panic),
            };
            if !begin(this.progress) {
                return Poll::Ready(value.unwrap_or_else(|panic| resume_unwind(panic)));
            }
            *kept = Some(value);
        }
        let mut progress = this.progress.lock().unwrap_or_else(PoisonError::into_inner);
        if progress.is_done
            && let Some(value) = kept.take()
        {
            drop(progress);
            return Poll::Ready(value.unwrap_or_else(|panic| resume_unwind(panic)));
        }
        progress.waker = Some(cx.waker().clone());
        Poll::Pending
    }
}

/// Tells the future that it has waited long enough, also when the flush panics.
struct Done(Arc<Mutex<Progress>>);

impl Drop for Done {
    fn drop(&mut self) {
        let mut progress = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        progress.is_done = true;
        let waker = progress.waker.take();
        drop(progress);
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

/// Has another thread deliver; `false` if there is nothing to wait for.
fn begin(progress: &Arc<Mutex<Progress>>) -> bool {
    let Some(flush) = installed() else {
        return false;
    };
    let done = Done(Arc::clone(progress));
    flush.flush_elsewhere(Box::new(move || drop(done)))
}
