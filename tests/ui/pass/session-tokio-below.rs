//! `#[tokio::main]` below the attribute: it still finds an `async fn` with its arguments.
#![deny(warnings)]

#[agentops::session(id = id)]
#[tokio::main(flavor = "current_thread")]
async fn run(id: u32, mut count: u32) -> Result<u32, String> {
    tokio::task::yield_now().await;
    count += inner(id).await;
    Ok(count)
}

#[agentops::session]
async fn inner(id: u32) -> u32 {
    tokio::task::yield_now().await;
    id
}

fn main() {
    let captured = agentops::testing::capture(|| assert_eq!(run(3, 4), Ok(7)));
    assert_eq!(captured.tree(), "session run\n  session inner\n");
}
