//! Spawned futures that hold borrows, iterators and closures of any lifetime stay `Send`.
#![deny(warnings)]

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

trait Tool: Send + Sync {
    fn call<'a>(&'a self, input: &'a str) -> Pin<Box<dyn Future<Output = String> + Send + 'a>>;
}

struct Echo;

impl Tool for Echo {
    #[agentops::tool]
    fn call<'a>(&'a self, input: &'a str) -> Pin<Box<dyn Future<Output = String> + Send + 'a>> {
        Box::pin(async move { input.to_owned() })
    }
}

#[agentops::agent]
async fn run(tools: Arc<Vec<Arc<dyn Tool>>>, names: Vec<String>) -> Vec<String> {
    let mut said = vec![];
    for (tool, name) in tools.iter().zip(names.iter()) {
        said.push(tool.call(name).await);
    }
    let borrowed: Vec<&str> = names.iter().map(|name| name.as_str()).collect();
    said.push(lengths(&borrowed, &|name| name.len()).await);
    said
}

#[agentops::task]
async fn lengths(names: &[&str], of: &(dyn for<'x> Fn(&'x str) -> usize + Sync)) -> String {
    std::future::ready(()).await;
    let sum: Result<String, Box<dyn std::error::Error + Send + Sync>> =
        async { Ok(names.iter().map(|name| of(name)).sum::<usize>().to_string()) }.await;
    sum.unwrap()
}

#[agentops::task]
async fn count<'a, I: Iterator<Item = &'a str> + Send>(names: I) -> usize {
    tokio::task::yield_now().await;
    names.count()
}

#[agentops::workflow]
async fn counts() -> usize {
    let names = vec![String::new()];
    let filtered = names.iter().filter(|name| !name.is_empty()).map(|name| &**name);
    count(names.iter().map(String::as_str)).await + count(filtered).await
}

#[agentops::task]
async fn apply<F, Fut>(call: F) -> usize
where
    F: Fn(&str) -> Fut,
    Fut: Future<Output = usize>,
{
    call("text").await
}

#[agentops::workflow]
async fn applies() -> usize {
    apply(|text| {
        let length = text.len();
        async move { length }
    })
    .await
}

trait Store {
    fn put(&self, key: &str) -> impl Future<Output = usize> + Send;
}

struct Memory;

impl Store for Memory {
    #[agentops::task]
    async fn put(&self, key: &str) -> usize {
        tokio::task::yield_now().await;
        key.len()
    }
}

#[agentops::workflow]
async fn stores<S: Store + Send + Sync>(store: Arc<S>) -> usize {
    let key = "a key".to_owned();
    store.put("key").await + store.put(&key).await
}

#[tokio::main]
async fn main() {
    let captured = agentops::testing::capture_async(async {
        let tools: Arc<Vec<Arc<dyn Tool>>> = Arc::new(vec![Arc::new(Echo)]);
        let said = agentops::spawn(run(tools, vec!["name".to_owned(), "other".to_owned()]));
        assert_eq!(said.await.unwrap(), ["name", "9"]);
        assert_eq!(agentops::spawn(counts()).await.unwrap(), 1);
        assert_eq!(agentops::spawn(applies()).await.unwrap(), 4);
        assert_eq!(agentops::spawn(stores(Arc::new(Memory))).await.unwrap(), 8);
    })
    .await;
    assert_eq!(
        captured.tree(),
        "agent invoke_agent run\n  tool execute_tool call\n  task lengths\n\
         workflow invoke_workflow counts\n  task count\n  task count\n\
         workflow invoke_workflow applies\n  task apply\n\
         workflow invoke_workflow stores\n  task put\n  task put\n"
    );
}
