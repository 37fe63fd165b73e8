//! Futures: async for nothing, not `Send`, too large, by hand.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Mutex;

#[agentops::session]
pub async fn unused_async(value: u8) -> u8 {
    value
}

#[agentops::session]
pub async fn unused_async_unit() {}

#[agentops::agent]
pub fn manual_async_fn(value: u8) -> impl Future<Output = u8> {
    async move { value }
}

#[agentops::agent]
pub fn with_statements(value: u8, spare: u8) -> impl Future<Output = u8> + Send {
    let mut never_changed = value;
    async move { never_changed }
}

#[agentops::agent]
pub fn boxed(value: u8, spare: String) -> Pin<Box<dyn Future<Output = u8> + Send>> {
    let unused = 3;
    Box::pin(async move { return value; })
}

#[agentops::tool]
pub async fn not_send(value: Rc<u8>) -> u8 {
    std::future::ready(()).await;
    *value
}

#[agentops::tool]
pub async fn generic_not_send<T: Clone>(value: T) -> T {
    std::future::ready(()).await;
    value.clone()
}

#[agentops::task]
pub async fn holds_a_lock(list: &Mutex<Vec<u8>>) -> usize {
    let held = list.lock().unwrap();
    std::future::ready(()).await;
    held.len()
}

#[agentops::task]
pub async fn yields_async(value: u8) -> impl Future<Output = u8> {
    std::future::ready(()).await;
    std::future::ready(value)
}

#[agentops::task]
pub async fn large() -> u8 {
    let array = [0_u8; 20_000];
    std::future::ready(()).await;
    array.first().copied().unwrap_or_default()
}

#[agentops::task]
pub async fn awaits_large() -> u8 {
    large().await
}

#[agentops::workflow]
pub async fn drops_futures() {
    unused_async(1);
    std::future::ready(2);
    let _ = unused_async(3);
    std::future::ready(()).await;
}

#[agentops::workflow]
pub async fn redundant() -> u8 {
    async { unused_async(1).await }.await
}

#[agentops::workflow]
pub async fn recursive(value: u8) -> u8 {
    if value == 0 {
        return 0;
    }
    Box::pin(recursive(value.wrapping_sub(1))).await
}

#[agentops::llm_call]
pub async fn unit_awaited(value: u8) -> Option<()> {
    let unit = std::future::ready(()).await;
    Some(std::future::ready(()).await)
}

#[agentops::llm_call]
pub async fn question_marks(text: &str) -> Result<u8, std::num::ParseIntError> {
    let number = text.parse::<u8>()?;
    std::future::ready(()).await;
    Ok(text.parse::<u8>()?)
}

/// Nothing to find fault with.
#[agentops::session]
#[inline]
pub async fn clean(values: &[u8]) -> Option<u8> {
    let first = values.first().copied();
    std::future::ready(first).await
}
