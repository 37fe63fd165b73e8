//! `async fn` in traits: default bodies, implementations, and `impl Future` declared instead.
#![deny(warnings)]

use std::future::Future;

trait Complete {
    fn complete(&self, prompt: &str) -> impl Future<Output = usize> + Send;

    async fn count(&self, prompt: &str) -> usize;

    #[agentops::session]
    fn twice(&self, prompt: &str) -> impl Future<Output = usize> {
        async { 2 * self.count(prompt).await }
    }
}

struct Client;

impl Complete for Client {
    #[agentops::llm_call(provider = "openai", model = "gpt-4o")]
    async fn complete(&self, prompt: &str) -> usize {
        std::future::ready(prompt.len()).await
    }

    #[agentops::session]
    async fn count(&self, prompt: &str) -> usize {
        self.complete(prompt).await
    }
}

async fn use_it(client: &impl Complete) -> usize {
    client.twice("hello").await
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let captured = agentops::testing::capture_async(async {
        assert_eq!(use_it(&Client).await, 10);
    });
    // The span is that of the future which `async_trait` makes, and not of its making.
    assert_eq!(
        captured.await.tree(),
        "session twice\n  session count\n    llm_call chat gpt-4o\n"
    );
}
