//! Annotated functions as values: pointers, items, callbacks, in statics and arrays.
#![deny(warnings)]

use std::future::Future;

#[agentops::operation]
fn double(value: u8) -> u8 {
    value * 2
}

#[agentops::operation(leaf)]
fn half(value: u8) -> u8 {
    value / 2
}

#[agentops::operation]
fn trimmed(text: &str) -> &str {
    text.trim()
}

#[agentops::operation]
fn first<'a>(left: &'a str, _right: &str) -> &'a str {
    left
}

#[agentops::operation]
fn unit(value: &mut u8) {
    *value += 1;
}

#[agentops::operation]
async fn later(value: u8) -> u8 {
    value + 1
}

#[agentops::operation]
async fn borrowed(value: &u8) -> &u8 {
    value
}

#[agentops::operation]
fn generic<T: Default>() -> T {
    T::default()
}

#[agentops::operation]
fn pick(twice: bool) -> fn(u8) -> u8 {
    if twice { double } else { half }
}

struct Agent(u8);

impl Agent {
    #[agentops::operation]
    fn new(value: u8) -> Self {
        Self(value)
    }

    #[agentops::operation]
    fn value(&self) -> u8 {
        self.0
    }
}

static FUNCTIONS: [fn(u8) -> u8; 2] = [double, half];
const TRIM: for<'a> fn(&'a str) -> &'a str = trimmed;

fn apply<F: Future<Output = u8>>(function: impl Fn(u8) -> F) -> F {
    function(1)
}

async fn lent(function: impl for<'a> AsyncFn(&'a u8) -> &'a u8) -> u8 {
    *function(&5).await
}

fn is_zero_sized<F: Copy + Send + Sync + Unpin + 'static>(function: F) -> F {
    assert_eq!(size_of_val(&function), 0);
    function
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let captured = agentops::testing::capture_async(async {
        assert_eq!(FUNCTIONS.map(|function| function(4)), [8, 2]);
        let trimmed = TRIM(&" a ".to_owned()).len();
        assert_eq!(trimmed, 1);
        let chosen: for<'a, 'b> fn(&'a str, &'b str) -> &'a str = first;
        assert_eq!(chosen("a", &"b".to_owned()), "a");
        let mut count = 1;
        let change: &dyn Fn(&mut u8) = &unit;
        change(&mut count);
        assert_eq!(count, 2);
        assert_eq!(apply(later).await, 2);
        assert_eq!(lent(borrowed).await, 5);
        assert_eq!(generic::<u8> as fn() -> u8 as usize, generic::<u8> as fn() -> u8 as usize);
        assert_eq!(None.unwrap_or_else(generic::<String>), "");
        assert_eq!((pick(true)(2), pick(false)(2)), (4, 1));
        let values = [1, 2].map(Agent::new).iter().map(Agent::value).sum::<u8>();
        assert_eq!(values, 3);
        assert_eq!(is_zero_sized(double)(1), 2);
        is_zero_sized(later);
    })
    .await;
    assert_eq!(captured.spans.len(), 2 + 1 + 1 + 1 + 1 + 1 + 1 + 4 + 4 + 1);
}
