//! `?` on results, options, `ControlFlow` and `Poll`, with conversions of errors.
#![deny(warnings)]

use std::error::Error;
use std::fmt;
use std::ops::ControlFlow;
use std::task::Poll;

#[derive(Debug)]
enum TaskError {
    Parse(std::num::ParseIntError),
    Empty,
}

impl fmt::Display for TaskError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Parse(error) => write!(f, "parse: {error}"),
            Self::Empty => f.write_str("empty"),
        }
    }
}

impl Error for TaskError {}

impl From<std::num::ParseIntError> for TaskError {
    fn from(error: std::num::ParseIntError) -> Self {
        Self::Parse(error)
    }
}

#[agentops::task]
fn converted(text: &str) -> Result<u8, TaskError> {
    if text.is_empty() {
        Err(TaskError::Empty)?;
    }
    Ok(text.parse::<u8>()?)
}

#[agentops::task]
async fn converted_later(text: &str) -> Result<u8, TaskError> {
    Ok(std::future::ready(text.parse::<u8>()).await? + converted(text)?)
}

#[agentops::task]
fn erased(text: &str) -> Result<u8, Box<dyn Error + Send + Sync>> {
    let number = converted(text)?;
    let text = std::str::from_utf8(&[number])?.to_owned();
    if text == "A" {
        Err("an A")?
    }
    if text == "B" {
        return Err(format!("a {text}").into());
    }
    Ok(number)
}

#[agentops::task]
fn optional(list: &[Option<u8>]) -> Option<u8> {
    let first = (*list.first()?)?;
    Some(first + list.iter().flatten().next_back()?)
}

#[agentops::task]
fn controlled(list: &[u8]) -> ControlFlow<u8, ()> {
    for &value in list {
        stop(value)?;
    }
    ControlFlow::Continue(())
}

#[agentops::task]
fn stop(value: u8) -> ControlFlow<u8> {
    if value > 2 { ControlFlow::Break(value) } else { ControlFlow::Continue(()) }
}

#[agentops::task]
fn polled(of: Poll<Result<u8, TaskError>>) -> Poll<Result<u8, TaskError>> {
    let of = of?;
    of.map(|value| Ok(value + 1))
}

#[agentops::task]
fn unit(text: &str) -> Result<(), TaskError> {
    converted(text)?;
    Ok(())
}

#[agentops::task]
fn nested(text: &str) -> Option<Result<u8, TaskError>> {
    Some(converted(text.strip_prefix('#')?))
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let captured = agentops::testing::capture_async(async {
        assert_eq!(converted("1").ok(), Some(1));
        assert!(matches!(converted(""), Err(TaskError::Empty)));
        assert!(matches!(converted_later("x").await, Err(TaskError::Parse(_))));
        assert_eq!(converted_later("2").await.ok(), Some(4));
        assert_eq!(erased("65").unwrap_err().to_string(), "an A");
        assert_eq!(erased("66").unwrap_err().to_string(), "a B");
        assert_eq!(erased("67").ok(), Some(67));
        assert!(erased("x").unwrap_err().is::<TaskError>());
        assert_eq!(optional(&[Some(1), None]), Some(2));
        assert_eq!(optional(&[]), None);
        assert_eq!(controlled(&[1, 3, 2]), ControlFlow::Break(3));
        assert!(matches!(polled(Poll::Ready(Ok(1))), Poll::Ready(Ok(2))));
        assert!(polled(Poll::Pending).is_pending());
        assert!(unit("x").is_err() && unit("1").is_ok());
        assert!(nested("1").is_none());
        assert!(nested("#x").is_some_and(|result| result.is_err()));
    })
    .await;
    let messages = captured.spans.iter().filter(|span| span.name == "erased");
    assert_eq!(
        messages.map(|span| span.message.as_str()).collect::<Vec<_>>(),
        ["an A", "a B", "", "parse: invalid digit found in string"]
    );
}
