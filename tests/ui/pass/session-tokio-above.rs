//! `#[tokio::main]` above the attribute: the body it gets is annotated already.
#![deny(warnings)]

#[tokio::main(flavor = "current_thread")]
#[agentops::session(name = "whole program")]
async fn main() -> Result<(), String> {
    let here = agentops::Session::current();
    assert!(here.is_none(), "nothing records without a capture");
    let captured = agentops::testing::capture_async(inner(3)).await;
    assert_eq!(captured.tree(), "session inner\n");
    Ok(())
}

#[agentops::session]
async fn inner(id: u32) -> u32 {
    tokio::task::yield_now().await;
    id
}
