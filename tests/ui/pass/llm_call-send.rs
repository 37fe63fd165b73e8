//! A future is `Send`, `Sync` and `Unpin` exactly when the plain one is.
#![deny(warnings)]

use std::rc::Rc;

#[agentops::llm_call(model = "gpt-4o")]
async fn sendable(prompt: String) -> usize {
    std::future::ready(()).await;
    prompt.len()
}

#[agentops::llm_call(model = "gpt-4o")]
async fn generic<T: Send + Sync>(value: &T) -> &T {
    std::future::ready(()).await;
    value
}

#[agentops::llm_call(model = "gpt-4o", fields(count = Rc::strong_count(&local)))]
async fn local(local: Rc<str>) -> usize {
    std::future::ready(()).await;
    local.len()
}

fn is_send_and_sync<T: Send + Sync>(value: T) -> T {
    value
}

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).build().unwrap();
    let captured = agentops::testing::capture(|| {
        runtime.block_on(async {
            assert_eq!(is_send_and_sync(sendable("hello".to_owned())).await, 5);
            assert_eq!(is_send_and_sync(generic(&3)).await, &3);
            assert_eq!(local("hello".into()).await, 5);
        });
    });
    assert_eq!(captured.tree(), "llm_call chat gpt-4o\n".repeat(3));
}
