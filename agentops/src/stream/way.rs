//! Tell streams and futures from other values, and end the span of each.
//!
//! The type of a value decides, not how it is written: a boxed stream is seen
//! through every alias, and so is the boxed future that `async_trait` makes of an
//! async method. `streaming(&value).__agentops_way()` gives the way in which the span
//! goes on: with the stream or the future, or to its end.

use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;

use futures_core::Stream;

use crate::fallback::fallback;
use crate::flushing::Flushed;
use crate::future::{Instrumented, Looked};
use crate::left::Left;
use crate::live::OpenSpan;
use crate::seen::Seen;
use crate::stream::tap::{Look, Tap};
use crate::stream::traced::TracedStream;

fallback! {
    /// Used by `#[agentops::..]` to ask a value whether it is a stream or a future.
    Streaming, StreamingFuture, StreamingValue of &'a T
}

impl<T: TraceStream> Streaming<'_, T> {
    /// For streams that can be wrapped without a change of type.
    #[inline]
    pub fn __agentops_way(&self) -> StreamWay {
        let _ = self.asked();
        StreamWay
    }
}

impl<T: TraceFuture> StreamingFuture<'_, T> {
    /// For futures that can be wrapped without a change of type.
    #[inline]
    pub fn __agentops_way(&self) -> FutureWay {
        let _ = self.asked();
        FutureWay
    }
}

impl<T> StreamingValue<'_, T> {
    /// For all other values.
    #[inline]
    pub fn __agentops_way(&self) -> ValueWay {
        let _ = self.asked();
        ValueWay
    }
}

/// Looks at the items of what is no stream.
type NoLook = for<'a> fn(&'a Infallible, &mut Seen<'a>);

/// Used by `#[agentops::..]` to end the span with the value.
#[derive(Clone, Copy, Debug)]
pub struct ValueWay;

impl ValueWay {
    /// Ends the span.
    #[inline]
    pub fn end<T>(
        self,
        left: Left<'_>,
        value: T,
        look: impl for<'a> FnOnce(&'a T, &mut Seen<'a>),
        _: NoLook,
        keep: bool,
    ) -> T {
        Seen::conclude(left, &value, look, keep);
        value
    }
}

/// Used by `#[agentops::..]` to end the span with the stream.
#[derive(Clone, Copy, Debug)]
pub struct StreamWay;

impl StreamWay {
    /// Hands the span to the stream, or ends it where there is none.
    pub fn end<T: TraceStream>(
        self,
        left: Left<'_>,
        value: T,
        look: impl for<'a> FnOnce(&'a T, &mut Seen<'a>),
        item_look: Look<T::Item>,
        keep: bool,
    ) -> T {
        if value.is_stream() && left.is_open() {
            return value.traced(Tap::new(left.hand_on(), item_look, keep));
        }
        Seen::conclude(left, &value, look, keep);
        value
    }
}

/// Used by `#[agentops::..]` to end the span with the future.
#[derive(Clone, Copy, Debug)]
pub struct FutureWay;

impl FutureWay {
    /// Hands the span to the future.
    pub fn end<T: TraceFuture>(
        self,
        left: Left<'_>,
        value: T,
        _: impl for<'a> FnOnce(&'a T, &mut Seen<'a>),
        output_look: Look<T::Output>,
        keep: bool,
    ) -> T {
        match left.is_open() {
            true => value.traced(left.hand_on(), output_look, keep),
            false => value,
        }
    }
}

/// Used by `#[agentops::..]` for types that hold a future in a box.
pub trait TraceFuture: Sized {
    /// What the future gives.
    type Output;

    /// The same with its span.
    #[must_use]
    fn traced(self, span: OpenSpan, look: Look<Self::Output>, keep: bool) -> Self;
}

macro_rules! boxed_futures {
    ($($future:ty),*) => {$(
        impl<'f, V: 'f> TraceFuture for Pin<Box<$future>> {
            type Output = V;

            fn traced(self, span: OpenSpan, look: Look<V>, keep: bool) -> Self {
                Box::pin(Instrumented::within(span, self, Looked::new(look, keep)))
            }
        }
    )*};
}

boxed_futures!(
    dyn Future<Output = V> + 'f,
    dyn Future<Output = V> + Send + 'f,
    dyn Future<Output = V> + Send + Sync + 'f
);

/// Used by `#[agentops::session(flush)]` for futures in a box, which deliver at their end.
pub trait FlushFuture: Sized {
    /// The same, ready once what was recorded is delivered.
    #[must_use]
    fn flushed(self) -> Self;
}

impl<'f, V: 'f> FlushFuture for Pin<Box<dyn Future<Output = V> + 'f>> {
    fn flushed(self) -> Self {
        Box::pin(Flushed::new(self))
    }
}

impl<'f, V: Send + 'f> FlushFuture for Pin<Box<dyn Future<Output = V> + Send + 'f>> {
    fn flushed(self) -> Self {
        Box::pin(Flushed::new(self))
    }
}

impl<'f, V: Send + 'f> FlushFuture for Pin<Box<dyn Future<Output = V> + Send + Sync + 'f>> {
    fn flushed(self) -> Self {
        Box::pin(Flushed::new(self))
    }
}

/// Used by `#[agentops::..]` for types that hold a stream in a box.
pub trait TraceStream: Sized {
    /// What the stream yields.
    type Item;

    /// Whether there is a stream.
    fn is_stream(&self) -> bool {
        true
    }

    /// The same with its span.
    #[must_use]
    fn traced(self, tap: Tap<Self::Item>) -> Self;
}

macro_rules! boxed_streams {
    ($($stream:ty),*) => {$(
        impl<'s, I: 's> TraceStream for Pin<Box<$stream>> {
            type Item = I;

            fn traced(self, tap: Tap<I>) -> Self {
                Box::pin(TracedStream::new(self, tap))
            }
        }
    )*};
}

macro_rules! boxed_unpin_streams {
    ($($stream:ty),*) => {$(
        impl<'s, I: 's> TraceStream for Box<$stream> {
            type Item = I;

            fn traced(self, tap: Tap<I>) -> Self {
                Box::new(TracedStream::new(self, tap))
            }
        }
    )*};
}

boxed_unpin_streams!(
    dyn Stream<Item = I> + Unpin + 's,
    dyn Stream<Item = I> + Send + Unpin + 's,
    dyn Stream<Item = I> + Send + Sync + Unpin + 's
);

boxed_streams!(
    dyn Stream<Item = I> + 's,
    dyn Stream<Item = I> + Send + 's,
    dyn Stream<Item = I> + Send + Sync + 's
);

impl<S: TraceStream, E> TraceStream for Result<S, E> {
    type Item = S::Item;

    fn is_stream(&self) -> bool {
        self.as_ref().is_ok_and(TraceStream::is_stream)
    }

    fn traced(self, tap: Tap<S::Item>) -> Self {
        self.map(|stream| stream.traced(tap))
    }
}

/// Used by `#[agentops::..]` where a function returns `impl Future`.
///
/// The output is a parameter of its own, as the declared type may be all that tells it.
pub fn opaque_future<F, V>(
    left: Left<'_>,
    future: F,
    look: Look<V>,
    keep: bool,
) -> Instrumented<F, Looked<Look<V>>>
where
    F: Future<Output = V>,
{
    Instrumented::within(left.hand_on(), future, Looked::new(look, keep))
}

/// Used by `#[agentops::..]` where a function returns `impl Stream`.
///
/// The item is a parameter of its own, as the declared type may be all that tells it.
pub fn opaque_stream<S: Stream<Item = I>, I>(
    left: Left<'_>,
    stream: S,
    look: Look<I>,
    keep: bool,
) -> TracedStream<S> {
    traced(left.hand_on(), stream, look, keep)
}

fn traced<S: Stream<Item = I>, I>(
    span: OpenSpan,
    stream: S,
    look: Look<I>,
    keep: bool,
) -> TracedStream<S> {
    TracedStream::new(stream, Tap::new(span, look, keep))
}

/// Used by `#[agentops::..]` where a function returns `Result<impl Stream, _>`.
///
/// # Errors
/// The function's own.
pub fn opaque_stream_result<S: Stream<Item = I>, I, E>(
    left: Left<'_>,
    value: Result<S, E>,
    look: impl for<'a> FnOnce(&'a Result<S, E>, &mut Seen<'a>),
    item_look: Look<I>,
    keep: bool,
) -> Result<TracedStream<S>, E> {
    if value.is_ok() {
        return value.map(|stream| opaque_stream(left, stream, item_look, keep));
    }
    Seen::conclude(left, &value, look, false);
    value.map(|stream| traced(OpenSpan::default(), stream, item_look, false))
}
