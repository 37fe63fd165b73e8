//! Functions that call themselves, and each other.
#![deny(warnings)]

use std::future::Future;
use std::pin::Pin;

#[agentops::session]
fn factorial(n: u32) -> u32 {
    if n == 0 { 1 } else { n * factorial(n - 1) }
}

#[agentops::session]
async fn later(n: u32) -> u32 {
    if n == 0 {
        return 0;
    }
    Box::pin(later(n - 1)).await + 1
}

#[agentops::session]
fn boxed(n: u32) -> Pin<Box<dyn Future<Output = u32> + Send>> {
    Box::pin(async move { if n == 0 { 0 } else { boxed(n - 1).await } })
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let captured = agentops::testing::capture_async(async {
        assert_eq!(factorial(2), 2);
        assert_eq!(later(1).await, 1);
        assert_eq!(boxed(1).await, 0);
    });
    assert_eq!(
        captured.await.tree(),
        "session factorial\n  session factorial\n    session factorial\n\
         session later\n  session later\nsession boxed\n  session boxed\n"
    );
}
