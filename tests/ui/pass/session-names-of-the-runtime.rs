//! Types of the user that are called like those of the runtime.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;

#[derive(Debug)]
pub struct Content(pub u8);
#[derive(Debug)]
pub struct Outcome;
#[derive(Debug)]
pub struct Kind;

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("outcome")
    }
}

struct Once(Option<Content>);

impl Stream for Once {
    type Item = Content;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Content>> {
        Poll::Ready(self.0.take())
    }
}

#[agentops::llm_call(model = "m")]
fn stream() -> impl Stream<Item = Content> {
    Once(Some(Content(1)))
}

#[agentops::llm_call(model = "n")]
fn fallible(kind: Kind) -> Result<impl Stream<Item = Content>, Outcome> {
    let _ = kind;
    Ok(Once(Some(Content(2))))
}

#[agentops::tool]
fn future() -> impl Future<Output = Result<Content, Outcome>> + Send {
    async {
        tokio::task::yield_now().await;
        let _ = call();
        Err(Outcome)
    }
}

#[agentops::task]
fn call() -> Result<Content, Outcome> {
    Ok(Content(3))
}

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let captured = agentops::testing::capture(|| {
        let mut streams = (Box::pin(stream()), Box::pin(fallible(Kind).unwrap()));
        let mut cx = Context::from_waker(std::task::Waker::noop());
        while let Poll::Ready(Some(_)) = streams.0.as_mut().poll_next(&mut cx) {}
        while let Poll::Ready(Some(_)) = streams.1.as_mut().poll_next(&mut cx) {}
        runtime.block_on(future()).unwrap_err();
    });
    assert_eq!(
        captured.tree(),
        "llm_call chat m\nllm_call chat n\ntool execute_tool future: error\n  task call\n"
    );
}
