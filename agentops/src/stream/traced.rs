//! A stream within the span of the call that returned it.

use std::pin::Pin;
use std::task::{Context as TaskContext, Poll};

use futures_core::Stream;
use pin_project_lite::pin_project;

use crate::host::Attachment;
use crate::stream::tap::Tap;

pin_project! {
    /// A stream whose span ends with it.
    ///
    /// What the stream does runs within the span. Dropped before its end, the
    /// span ends as cancelled.
    #[must_use = "streams do nothing unless polled"]
    #[derive(Debug)]
    pub struct TracedStream<S: Stream> {
        // Taken out in place when the stream is over, within the span.
        #[pin]
        inner: Option<S>,
        tap: Tap<S::Item>,
    }

    impl<S: Stream> PinnedDrop for TracedStream<S> {
        fn drop(this: Pin<&mut Self>) {
            let mut this = this.project();
            if this.tap.is_open() {
                let attached = this.tap.attach();
                this.inner.set(None);
                drop(attached);
                this.tap.end(false);
            }
        }
    }
}

impl<S: Stream> TracedStream<S> {
    pub(crate) fn new(inner: S, tap: Tap<S::Item>) -> Self {
        Self {
            inner: Some(inner),
            tap,
        }
    }
}

impl<S: Stream> Stream for TracedStream<S> {
    type Item = S::Item;

    fn poll_next(self: Pin<&mut Self>, cx: &mut TaskContext<'_>) -> Poll<Option<S::Item>> {
        let this = self.project();
        let Some(inner) = this.inner.as_pin_mut() else {
            return Poll::Ready(None);
        };
        let mut polling = Polling::enter(this.tap);
        let polled = inner.poll_next(cx);
        polling.leave();
        match &polled {
            Poll::Ready(Some(item)) => polling.tap.item(item),
            Poll::Ready(None) => polling.tap.end(true),
            Poll::Pending => {}
        }
        polled
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.inner.as_ref().map_or((0, Some(0)), Stream::size_hint)
    }
}

/// One poll of the stream.
struct Polling<'a, I> {
    tap: &'a mut Tap<I>,
    attached: Option<Attachment>,
    has_left: bool,
}

impl<'a, I> Polling<'a, I> {
    fn enter(tap: &'a mut Tap<I>) -> Self {
        Self {
            attached: tap.attach(),
            tap,
            has_left: false,
        }
    }

    fn leave(&mut self) {
        self.has_left = true;
        self.attached = None;
    }
}

impl<I> Drop for Polling<'_, I> {
    /// Reached without [`Polling::leave`] when the stream panics.
    fn drop(&mut self) {
        if !self.has_left {
            self.attached = None;
            self.tap.panicked();
        }
    }
}
