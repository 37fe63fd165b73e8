//! Async methods with every receiver.
#![deny(warnings)]

use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;

#[derive(Clone, Default)]
struct Guard {
    count: u8,
}

impl Guard {
    #[agentops::guardrail]
    async fn by_ref(&self) -> &u8 {
        &self.count
    }

    #[agentops::guardrail]
    async fn by_mut(&mut self) -> &mut u8 {
        self.count += 1;
        &mut self.count
    }

    #[agentops::guardrail]
    async fn by_value(self) -> u8 {
        self.count
    }

    #[agentops::guardrail]
    async fn by_mut_value(mut self) -> Self {
        self.count += 1;
        self
    }

    #[agentops::guardrail]
    async fn boxed(self: Box<Self>) -> Self {
        *self
    }

    #[agentops::guardrail]
    async fn counted(self: Rc<Self>) -> usize {
        Rc::strong_count(&self)
    }

    #[agentops::guardrail]
    async fn shared(mut self: Arc<Self>) -> u8 {
        Arc::make_mut(&mut self).count += 1;
        self.count
    }

    #[agentops::guardrail]
    async fn pinned(mut self: Pin<&mut Self>, by: u8) -> u8 {
        self.count += by;
        tokio::task::yield_now().await;
        self.get_mut().count
    }

    #[agentops::guardrail]
    async fn typed(self: &Self) -> &Self {
        self
    }

    #[agentops::guardrail]
    async fn behind(self: &mut Box<Self>) -> u8 {
        self.count
    }

    #[agentops::guardrail]
    async fn lent<'a, 'b>(&'a self, other: &'b u8) -> &'b u8 {
        if self.count == 0 { other } else { &1 }
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let captured = agentops::testing::capture_async(async {
        let mut guard = Guard::default();
        assert_eq!(*guard.by_ref().await, 0);
        *guard.by_mut().await += 1;
        assert_eq!(guard.clone().by_mut_value().await.by_value().await, 3);
        assert_eq!(Box::new(guard.clone()).boxed().await.count, 2);
        assert_eq!(Rc::new(guard.clone()).counted().await, 1);
        assert_eq!(Arc::new(guard.clone()).shared().await, 3);
        assert_eq!(Pin::new(&mut guard).pinned(3).await, 5);
        assert_eq!(guard.typed().await.count, 5);
        assert_eq!(Box::new(guard.clone()).behind().await, 5);
        assert_eq!(*guard.lent(&9).await, 1);
    })
    .await;
    assert_eq!(captured.spans.len(), 11);
    assert!(captured.spans.iter().all(|span| span.kind == "guardrail" && span.status == "unset"));
}
