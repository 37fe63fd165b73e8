//! Aliases of `Result` are seen as results: a default error, `io::Result`, `fmt::Result`.
#![deny(warnings)]

use std::fmt;
use std::io;

/// As in `anyhow`: no `Error` of its own, anything becomes it by `?`.
struct AnyError(Box<dyn std::error::Error + Send + Sync>);

type Result<T, E = AnyError> = std::result::Result<T, E>;

impl<E: std::error::Error + Send + Sync + 'static> From<E> for AnyError {
    fn from(error: E) -> Self {
        Self(Box::new(error))
    }
}

impl fmt::Display for AnyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "any: {}", self.0)
    }
}

impl fmt::Debug for AnyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "any {}", self.0)
    }
}

#[agentops::tool]
fn aliased(text: &str) -> Result<u8> {
    Ok(text.parse()?)
}

#[agentops::tool]
async fn aliased_later(text: &str) -> Result<u8> {
    let parsed: u8 = text.parse()?;
    tokio::task::yield_now().await;
    Ok(parsed)
}

#[agentops::tool]
fn with_error(text: &str) -> Result<u8, std::num::ParseIntError> {
    text.parse()
}

#[agentops::tool]
fn of_io() -> io::Result<()> {
    Err(io::Error::other("of io"))
}

#[agentops::tool]
async fn of_fmt() -> fmt::Result {
    Err(fmt::Error)
}

#[agentops::tool]
fn main() -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let captured = agentops::testing::capture(|| {
        assert_eq!(aliased("1").ok(), Some(1));
        assert!(aliased("x").is_err());
        assert_eq!(runtime.block_on(aliased_later("2")).ok(), Some(2));
        assert!(runtime.block_on(aliased_later("x")).is_err());
        assert!(with_error("x").is_err());
        assert!(of_io().is_err());
        assert!(runtime.block_on(of_fmt()).is_err());
    });
    let told = captured.spans.iter().map(|span| (span.status, span.message.as_str()));
    let digit = "invalid digit found in string";
    assert_eq!(
        told.collect::<Vec<_>>(),
        [
            ("ok", ""),
            ("error", &*format!("any: {digit}")),
            ("ok", ""),
            ("error", &*format!("any: {digit}")),
            ("error", digit),
            ("error", "of io"),
            ("error", &fmt::Error.to_string()),
        ]
    );
    Ok(())
}
