//! `impl Trait` among arguments and in return types, also nested.
#![deny(warnings)]

use std::fmt::Display;
use std::future::Future;

#[agentops::session]
fn numbers(end: u32) -> impl Iterator<Item = u32> + Clone {
    0..end
}

#[agentops::session(fields(label = %label))]
fn labelled(label: impl Display, values: impl IntoIterator<Item = u32>) -> u32 {
    let _ = label;
    values.into_iter().sum()
}

#[agentops::session]
fn fallible(text: &str) -> Result<impl Fn(u32) -> u32 + use<>, std::num::ParseIntError> {
    let step: u32 = text.parse()?;
    Ok(move |value| value + step)
}

#[agentops::session]
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(' ')
}

#[agentops::session]
fn future(value: u32) -> impl Future<Output = u32> + Send {
    async move { value }
}

#[agentops::session]
async fn later(values: impl Iterator<Item = u32>) -> impl Display {
    values.count()
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let captured = agentops::testing::capture_async(async {
        assert_eq!(numbers(3).clone().count(), 3);
        assert_eq!(labelled("sum", numbers(3)), 3);
        assert_eq!(fallible("2").unwrap()(1), 3);
        assert!(fallible("two").is_err());
        assert_eq!(words("a b").last(), Some("b"));
        assert_eq!(future(4).await, 4);
        assert_eq!(later(numbers(2)).await.to_string(), "2");
    });
    assert_eq!(
        captured.await.tree(),
        "session numbers\nsession numbers\nsession labelled\nsession fallible\n\
         session fallible: error\nsession words\nsession future\nsession numbers\nsession later\n"
    );
}
