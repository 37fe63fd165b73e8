//! `Pin<Box<dyn Future>>`: statements in front of `Box::pin` are kept and run at the call.
#![deny(warnings)]

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;

type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;
type LocalBoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

thread_local! {
    static SAID: RefCell<Vec<&'static str>> = const { RefCell::new(Vec::new()) };
}

fn say(word: &'static str) {
    SAID.with_borrow_mut(|said| said.push(word));
}

#[agentops::tool]
fn search<'a>(query: &'a str, mut limit: usize) -> Pin<Box<dyn Future<Output = usize> + Send + 'a>> {
    say("called");
    limit += 1;
    let length = query.len().min(limit);
    Box::pin(async move {
        say("polled");
        tokio::task::yield_now().await;
        length
    })
}

#[agentops::tool]
fn fails(early: bool) -> BoxFuture<'static, Result<u8, String>> {
    if early {
        say("early");
        return Box::pin(std::future::ready(Err("early".to_owned())));
    }
    say("late");
    Box::pin(async move { Err("late".to_owned())? })
}

struct Index {
    entries: Vec<String>,
}

impl Index {
    #[agentops::tool]
    fn first(&self) -> LocalBoxFuture<'_, Option<&String>> {
        let entries = &self.entries;
        let counted = std::rc::Rc::new(entries.len());
        Box::pin(async move { entries.first().filter(|_| *counted > 0) })
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let captured = agentops::testing::capture_async(async {
        let future = search("query", 1);
        assert_eq!(SAID.take(), ["called"]);
        assert_eq!(future.await, 2);
        assert_eq!(SAID.take(), ["polled"]);
        assert_eq!(tokio::spawn(fails(true)).await.unwrap(), Err("early".to_owned()));
        assert_eq!(fails(false).await, Err("late".to_owned()));
        assert_eq!(SAID.take(), ["early", "late"]);
        let index = Index { entries: vec!["one".to_owned()] };
        assert_eq!(index.first().await.map(String::as_str), Some("one"));
    })
    .await;
    assert_eq!(
        captured.tree(),
        "tool execute_tool search\ntool execute_tool fails: error\n\
         tool execute_tool fails: error\ntool execute_tool first\n"
    );
}
