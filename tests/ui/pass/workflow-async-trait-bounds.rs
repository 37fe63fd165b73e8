//! `async fn` in generic traits: associated types, bounds on the future, default bodies.
#![deny(warnings)]
#![allow(async_fn_in_trait)]

use std::fmt::Display;
use std::future::Future;

trait Pipeline {
    type Item: Display + Clone;
    type Error: Display;

    #[agentops::workflow]
    async fn all<I>(&mut self, items: I) -> Result<Vec<Self::Item>, Self::Error>
    where
        I: IntoIterator<Item = Self::Item>,
    {
        let mut done = Vec::new();
        for item in items {
            done.push(self.one(item).await?);
        }
        Ok(done)
    }

    fn one(&mut self, item: Self::Item) -> impl Future<Output = Result<Self::Item, Self::Error>> + Send;

    #[agentops::workflow]
    fn sent(self) -> impl Future<Output = u8> + Send
    where
        Self: Sized + Send,
    {
        async move {
            let _kept = self;
            tokio::task::yield_now().await;
            1
        }
    }

    #[agentops::task]
    async fn constant() -> &'static str
    where
        Self: Sized,
    {
        std::any::type_name::<Self::Item>()
    }
}

struct Double {
    limit: u32,
}

impl Pipeline for Double {
    type Item = u32;
    type Error = &'static str;

    #[agentops::task]
    async fn one(&mut self, item: u32) -> Result<u32, &'static str> {
        self.limit = self.limit.checked_sub(item).ok_or("over the limit")?;
        Ok(item * 2)
    }
}

fn send<F: Future + Send>(future: F) -> F {
    future
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let captured = agentops::testing::capture_async(async {
        let mut double = Double { limit: 3 };
        assert_eq!(double.all([1, 2]).await, Ok(vec![2, 4]));
        assert_eq!(double.all([1]).await, Err("over the limit"));
        assert_eq!(send(double.one(0)).await, Ok(0));
        assert_eq!(send(double.sent()).await, 1);
        assert_eq!(Double::constant().await, "u32");
    })
    .await;
    assert_eq!(
        captured.tree(),
        "workflow invoke_workflow all\n  task one\n  task one\n\
         workflow invoke_workflow all: error\n  task one: error\n\
         task one\nworkflow invoke_workflow sent\ntask constant\n"
    );
}
