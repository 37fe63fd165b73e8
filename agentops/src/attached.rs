//! A future that runs in a context of its own.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context as TaskContext, Poll};

use opentelemetry::Context;
use pin_project_lite::pin_project;

use crate::host;

pin_project! {
    /// A future, polled and dropped with this context as the current one.
    ///
    /// OpenTelemetry's own drops the future outside of it, and must not be polled on a
    /// thread that is ending.
    #[must_use = "futures do nothing unless polled"]
    #[derive(Debug)]
    pub(crate) struct Attached<F> {
        // Taken out in place when the future is dropped.
        #[pin]
        inner: Option<F>,
        cx: Context,
    }

    impl<F> PinnedDrop for Attached<F> {
        fn drop(this: Pin<&mut Self>) {
            let mut this = this.project();
            let _attached = host::attach(this.cx.clone());
            this.inner.set(None);
        }
    }
}

impl<F> Attached<F> {
    pub(crate) fn new(inner: F, cx: Context) -> Self {
        let inner = Some(inner);
        Self { inner, cx }
    }
}

impl<F: Future> Future for Attached<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, task: &mut TaskContext<'_>) -> Poll<F::Output> {
        let this = self.project();
        let Some(inner) = this.inner.as_pin_mut() else {
            return Poll::Pending;
        };
        let _attached = host::attach(this.cx.clone());
        inner.poll(task)
    }
}
