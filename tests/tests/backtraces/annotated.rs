//! Functions that panic, annotated: those of the plain file, line by line.

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;

use super::{Panics, drop_copy, run};

/// Each function by its name, and a call that panics.
pub(crate) const PANICS: &[Panics] = &[
    ("value", || drop_copy(value(None))),
    ("overflow", || drop(overflow(200, 100))),
    ("unit", || unit(&[1], 1)),
    ("asserts", || asserts(&[1])),
    ("leaf", || drop_copy(leaf("text").len())),
    ("never", || never("message")),
    ("tracked", || drop_copy(tracked(&[]))),
    ("in_a_closure", || drop(in_a_closure(&[0]))),
    ("later", || drop_copy(run(later(Err(String::new()))))),
    ("unit_later", || run(unit_later(&[]))),
    ("never_later", || run(async { never_later(1).await })),
    ("boxed", || drop_copy(run(boxed(&[])))),
    ("boxed_early", || drop_copy(run(boxed_early(&[])))),
    ("future", || drop_copy(run(future(&RefCell::new(1))))),
    ("method", || drop_copy(*Counter(1).method(2))),
    ("method_later", || {
        drop_copy(run(Counter(1).method_later(2)).0);
    }),
];

pub(crate) struct Counter(u8);

#[agentops::task]
pub(crate) fn value(input: Option<u8>) -> u8 {
    let doubled = input.map(|value| value * 2);
    doubled.unwrap()
}

#[agentops::operation]
pub(crate) fn overflow(left: u8, right: u8) -> Result<u8, String> {
    if left == 0 {
        return Err("zero".to_owned());
    }
    Ok(1 + (left + right))
}

#[agentops::tool]
pub(crate) fn unit(list: &[u8], at: usize) {
    let mut sum = 0;
    sum += list[at];
    assert_eq!(sum, 1);
}

#[agentops::tool]
pub(crate) fn asserts(list: &[u8]) {
    let sum = list.iter().sum::<u8>();
    assert_eq!(sum, 3, "of {list:?}");
}

#[agentops::operation(leaf)]
pub(crate) fn leaf(text: &str) -> &str {
    &text[text.len() + 1..]
}

#[agentops::session]
pub(crate) fn never(message: &str) -> ! {
    let message = message.to_uppercase();
    panic!("{message}")
}

#[agentops::agent]
#[track_caller]
pub(crate) fn tracked(list: &[u8]) -> u8 {
    let found = list.last();
    *found.unwrap()
}

#[agentops::agent]
pub(crate) fn in_a_closure(list: &[u8]) -> Vec<u8> {
    let inverse = |value: &u8| 6 / value;
    list.iter().map(inverse).collect()
}

#[agentops::llm_call]
pub(crate) async fn later(input: Result<u8, String>) -> Option<u8> {
    std::future::ready(()).await;
    Some(input.unwrap())
}

#[agentops::workflow]
pub(crate) async fn unit_later(list: &[u8]) {
    let first = *std::future::ready(list).await.first().unwrap();
    assert!(first > 3);
}

#[agentops::workflow]
pub(crate) async fn never_later(code: u8) -> ! {
    std::future::ready(()).await;
    unreachable!("code {code}")
}

#[agentops::guardrail]
pub(crate) fn boxed<'a>(list: &'a [u8]) -> Pin<Box<dyn Future<Output = u8> + 'a>> {
    let first = list.first();
    Box::pin(async move { *first.unwrap() })
}

#[agentops::guardrail]
pub(crate) fn boxed_early<'a>(list: &'a [u8]) -> Pin<Box<dyn Future<Output = u8> + 'a>> {
    let first = list.first().unwrap();
    Box::pin(async move { *first })
}

#[agentops::task]
pub(crate) fn future(cell: &RefCell<u8>) -> impl Future<Output = u8> + '_ {
    let mut held = cell.borrow_mut();
    async move {
        *held += 1;
        *cell.borrow_mut()
    }
}

impl Counter {
    #[agentops::tool]
    pub(crate) fn method(&mut self, by: u8) -> &mut u8 {
        self.0 = self.0.checked_sub(by).unwrap();
        &mut self.0
    }

    #[agentops::tool]
    pub(crate) async fn method_later(self, by: u8) -> Self {
        Self(std::future::ready(self.0).await - by)
    }
}
