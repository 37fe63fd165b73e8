//! `impl Trait` in every place of a return type: nested, in tuples, in arrays.
#![deny(warnings)]

use std::fmt::{Debug, Display};

#[agentops::operation]
fn adder(by: u32) -> impl Fn(u32) -> u32 + Copy + Send + Sync + 'static {
    move |value| value + by
}

#[agentops::operation]
fn counter() -> impl FnMut() -> u32 {
    let mut count = 0;
    move || {
        count += 1;
        count
    }
}

#[agentops::operation]
fn once(text: String) -> impl FnOnce() -> String {
    move || text
}

#[agentops::operation]
fn nested(end: u32) -> impl Iterator<Item = impl Display + Debug> + DoubleEndedIterator + ExactSizeIterator {
    (0..end).map(|value| format!("<{value}>")).collect::<Vec<_>>().into_iter()
}

#[agentops::operation]
fn tuple(text: &str) -> (impl Iterator<Item = char>, Option<impl Display>) {
    (text.chars(), text.split_once('=').map(|(_, value)| value))
}

#[agentops::operation]
fn curried(first: u32) -> impl Fn(u32) -> Option<u32> {
    move |second| first.checked_sub(second)
}

#[agentops::operation(leaf)]
fn in_array(value: u8) -> [impl Debug + Clone; 2] {
    [value; 2]
}

#[agentops::operation]
async fn later(value: u8) -> Result<impl Fn() -> u8, impl Debug> {
    if value == 0 {
        return Err("zero");
    }
    Ok(move || value)
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let captured = agentops::testing::capture_async(async {
        let add = adder(2);
        assert_eq!((add(1), add(2)), (3, 4));
        let mut count = counter();
        assert_eq!((count(), count()), (1, 2));
        assert_eq!(once("text".to_owned())(), "text");
        let mut items = nested(3);
        assert_eq!(items.len(), 3);
        assert_eq!(items.next_back().map(|item| item.to_string()), Some("<2>".to_owned()));
        let (letters, value) = tuple("key=value");
        assert_eq!(letters.count(), 9);
        assert_eq!(value.map(|value| value.to_string()).as_deref(), Some("value"));
        assert_eq!(curried(3)(2), Some(1));
        assert_eq!(format!("{:?}", in_array(1).clone()), "[1, 1]");
        assert_eq!(later(3).await.map(|value| value()).ok(), Some(3));
        assert_eq!(later(0).await.map(|value| value()).map_err(|error| format!("{error:?}")), Err("\"zero\"".to_owned()));
    })
    .await;
    assert_eq!(captured.spans.len(), 9);
    assert_eq!(captured.spans.last().map(|span| span.status), Some("error"));
}
