//! Temporaries of the last expression that borrow from locals and arguments, of every shape.
#![deny(warnings)]

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Mutex, RwLock};

#[agentops::llm_call(model = "m")]
fn locals(list: Vec<u8>) -> usize {
    let lock = Mutex::new(list);
    lock.lock().unwrap().len()
}

#[agentops::llm_call(model = "m")]
fn matched(lock: RwLock<Option<String>>) -> String {
    match lock.read().unwrap().as_deref() {
        Some(text) => text.to_owned(),
        None => lock.try_read().map_or_else(|_| "locked".to_owned(), |_| "none".to_owned()),
    }
}

#[agentops::llm_call(model = "m")]
fn compared(left: RefCell<Vec<u8>>, right: &RefCell<Vec<u8>>) -> bool {
    left.borrow().iter().eq(right.borrow().iter())
}

#[agentops::llm_call(model = lock.lock().unwrap().as_str())]
async fn later(lock: &Mutex<String>) -> usize {
    let local = Mutex::new(vec![1]);
    std::future::ready(()).await;
    lock.lock().unwrap().len() + local.lock().unwrap().len()
}

#[agentops::llm_call(model = "m")]
fn boxed(lock: &Mutex<Vec<u8>>) -> Pin<Box<dyn Future<Output = usize> + Send + '_>> {
    Box::pin(async move { lock.lock().unwrap().len() })
}

#[agentops::llm_call(model = "m")]
fn fallible(lock: Mutex<Vec<u8>>) -> Result<u8, String> {
    lock.lock().unwrap().first().copied().ok_or_else(|| "empty".to_owned())
}

#[agentops::llm_call(model = "m")]
fn unit(lock: &Mutex<Vec<u8>>) {
    lock.lock().unwrap().retain(|&value| value > 1)
}

#[agentops::llm_call(model = "m")]
fn conditional(lock: &Mutex<Vec<u8>>) -> usize {
    if let Some(&first) = lock.lock().unwrap().first() {
        usize::from(first)
    } else {
        // Released in front of the `else` in this edition.
        lock.try_lock().map_or(100, |list| list.len())
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let captured = agentops::testing::capture_async(async {
        assert_eq!(locals(vec![1, 2]), 2);
        assert_eq!(matched(RwLock::new(Some("text".to_owned()))), "text");
        assert_eq!(matched(RwLock::new(None)), "none");
        assert!(compared(RefCell::new(vec![1]), &RefCell::new(vec![1])));
        let name = Mutex::new("name".to_owned());
        assert_eq!(later(&name).await, 5);
        assert!(name.try_lock().is_ok(), "the option has released it");
        let list = Mutex::new(vec![1, 2]);
        assert_eq!(boxed(&list).await, 2);
        unit(&list);
        assert_eq!(conditional(&list), 2);
        assert_eq!(conditional(&Mutex::default()), 0);
        assert_eq!(fallible(Mutex::default()), Err("empty".to_owned()));
    })
    .await;
    assert_eq!(captured.spans.len(), 10);
    assert_eq!(captured.span("chat name").status, "unset");
}
