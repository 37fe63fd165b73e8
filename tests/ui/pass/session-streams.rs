//! Streams go on working when they take the span along, opaque and boxed.
#![deny(warnings)]

use std::fmt;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use futures_core::Stream;

/// Counts up to its end, then stays there.
#[derive(Clone)]
struct Numbers<'a> {
    next: u32,
    end: &'a u32,
}

impl Stream for Numbers<'_> {
    type Item = Result<u32, fmt::Error>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.next == *self.end {
            return Poll::Ready(None);
        }
        self.next += 1;
        Poll::Ready(Some(Ok(self.next)))
    }
}

type Boxed<'a> = Pin<Box<dyn Stream<Item = Result<u32, fmt::Error>> + Send + 'a>>;

#[agentops::session]
fn opaque(end: &u32) -> impl Stream<Item = Result<u32, fmt::Error>> + Send + Unpin {
    Numbers { next: 0, end }
}

#[agentops::session]
async fn opaque_later(end: &u32) -> impl Stream<Item = Result<u32, fmt::Error>> + use<'_> {
    std::future::ready(()).await;
    Numbers { next: 0, end }
}

#[agentops::session]
fn opaque_result(end: &u32) -> Result<impl Stream<Item = Result<u32, fmt::Error>> + Send, fmt::Error> {
    if *end == 0 {
        return Err(fmt::Error);
    }
    Ok(Numbers { next: 0, end })
}

#[agentops::session]
async fn opaque_result_later(end: &u32) -> Result<impl Stream<Item = Result<u32, fmt::Error>>, fmt::Error> {
    std::future::ready(()).await;
    Ok(Numbers { next: 0, end })
}

#[agentops::session]
fn cloneable(end: &u32) -> impl Stream<Item = Result<u32, fmt::Error>> + Clone {
    Numbers { next: 0, end }
}

#[agentops::session]
fn optional(end: &u32) -> Option<impl Stream<Item = Result<u32, fmt::Error>>> {
    Some(Numbers { next: 0, end })
}

#[agentops::session]
fn boxed(end: &u32) -> Pin<Box<dyn Stream<Item = Result<u32, fmt::Error>> + Send + '_>> {
    Box::pin(Numbers { next: 0, end })
}

#[agentops::session]
async fn boxed_later(end: &u32) -> Boxed<'_> {
    Box::pin(Numbers { next: 0, end })
}

#[agentops::session]
async fn boxed_result(end: &u32) -> Result<Boxed<'_>, fmt::Error> {
    Ok(Box::pin(Numbers { next: 0, end }))
}

#[agentops::session(content = false)]
fn concrete(end: &u32) -> Numbers<'_> {
    Numbers { next: 0, end }
}

struct Model {
    end: u32,
}

impl Model {
    #[agentops::llm_call(model = "gpt-4o")]
    async fn stream(&self, prompt: &str) -> Result<impl Stream<Item = Result<u32, fmt::Error>> + Send, fmt::Error> {
        assert!(!prompt.is_empty());
        Ok(Numbers { next: 0, end: &self.end })
    }
}

fn count(stream: impl Stream) -> usize {
    let mut stream = pin!(stream);
    let mut ctx = Context::from_waker(Waker::noop());
    let mut items = 0;
    while let Poll::Ready(Some(_)) = stream.as_mut().poll_next(&mut ctx) {
        items += 1;
    }
    items
}

fn sent<T: Send>(stream: T) -> T {
    stream
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let end = 3;
    assert_eq!(count(sent(opaque(&end))), 3);
    assert_eq!(count(opaque_later(&end).await), 3);
    assert_eq!(opaque_result(&end).map(count), Ok(3));
    assert_eq!(opaque_result(&0).map(count), Err(fmt::Error));
    assert_eq!(opaque_result_later(&end).await.map(count), Ok(3));
    assert_eq!(count(cloneable(&end).clone()), 3);
    assert_eq!(optional(&end).map(count), Some(3));
    assert_eq!(count(sent(boxed(&end))), 3);
    assert_eq!(count(boxed_later(&end).await), 3);
    assert_eq!(boxed_result(&end).await.map(count), Ok(3));
    assert_eq!(count(concrete(&end)), 3);
    let model = Model { end };
    assert_eq!(model.stream("why?").await.map(count), Ok(3));
}
