//! Temporaries of the last expression may borrow from an argument that is captured.
#![deny(warnings)]

use std::sync::Mutex;

#[agentops::session]
fn unit(list: Mutex<Vec<u32>>) {
    list.lock().unwrap().push(1)
}

#[agentops::session]
fn after_a_statement(list: Mutex<Vec<u32>>, value: u32) {
    let value = value + 1;
    list.lock().unwrap().push(value)
}

#[agentops::session]
#[track_caller]
fn tracked(list: Mutex<Vec<u32>>) -> usize {
    list.lock().unwrap().len()
}

#[agentops::session]
fn valued(list: Mutex<Vec<u32>>) -> usize {
    list.lock().unwrap().len()
}

#[agentops::session]
async fn later(list: Mutex<Vec<u32>>) {
    list.lock().unwrap().push(1)
}

#[agentops::session]
fn forever(list: Mutex<Vec<u32>>) -> ! {
    std::process::exit(list.lock().unwrap().pop().map_or(1, |_| 0))
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    unit(Mutex::default());
    after_a_statement(Mutex::default(), 1);
    assert_eq!(tracked(Mutex::default()), 0);
    assert_eq!(valued(Mutex::new(vec![1])), 1);
    later(Mutex::default()).await;
    forever(Mutex::new(vec![1]))
}
