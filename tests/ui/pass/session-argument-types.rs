//! Arguments and results of any type, with and without `Debug` and `Serialize`.
#![deny(warnings)]

use std::fmt::Display;
use std::future::Future;

/// Neither `Debug` nor `Serialize` nor `Clone` nor `Send`.
struct Opaque(std::rc::Rc<u32>);

trait Model {
    fn ask(&self, question: &str) -> String;
}

struct Echo;

impl Model for Echo {
    fn ask(&self, question: &str) -> String {
        question.to_owned()
    }
}

#[agentops::session]
fn opaque(input: Opaque, by_reference: &Opaque) -> Opaque {
    Opaque(std::rc::Rc::new(*input.0 + *by_reference.0))
}

#[agentops::session]
fn opaque_results(input: Opaque, fails: bool) -> Result<Opaque, Opaque> {
    if fails { Err(input) } else { Ok(input) }
}

#[agentops::session]
fn generic<T, const N: usize>(list: [T; N], other: Option<T>) -> Vec<T>
where
    T: PartialEq,
{
    list.into_iter().filter(|item| other.as_ref() != Some(item)).collect()
}

#[agentops::session]
fn opaque_types(text: impl Display, double: impl Fn(u32) -> u32, list: &[impl Display]) -> impl Display {
    format!("{text}{}{}", double(2), list.len())
}

#[agentops::session]
fn objects(model: &dyn Model, boxed: Box<dyn Model + Send>, call: &mut dyn FnMut(u32)) -> Box<dyn Model> {
    call(1);
    assert_eq!(model.ask("a"), boxed.ask("a"));
    boxed
}

#[agentops::session]
fn mutable<'a>(list: &'a mut Vec<u32>, slice: &mut [u32], text: &mut str) -> &'a mut u32 {
    slice[0] = 1;
    text.make_ascii_uppercase();
    list.push(2);
    &mut list[0]
}

#[agentops::session]
fn pointers(function: fn(u32) -> u32, pointer: *const u32, (): (), never: Option<std::convert::Infallible>) -> u32 {
    assert!(!pointer.is_null() && never.is_none());
    function(1)
}

#[agentops::session]
async fn futures<F: Future<Output = u32>>(future: F, text: impl AsRef<str> + Send) -> (u32, usize) {
    (future.await, text.as_ref().len())
}

#[agentops::session]
async fn borrowed<T: ?Sized>(value: &T, list: &mut Vec<u32>) -> usize {
    list.push(1);
    std::future::ready(()).await;
    size_of_val(value) + list.len()
}

/// Named like what the expansion calls, and like what it puts aside.
#[agentops::session]
#[expect(clippy::too_many_arguments, reason = "all the names at once")]
#[allow(unfulfilled_lint_expectations, reason = "only clippy knows it")]
fn names(
    start: u32,
    record: u32,
    argument: u32,
    arguments: u32,
    scope: u32,
    user: u32,
    call: u32,
    finish: u32,
    r#type: u32,
    value: u32,
) -> u32 {
    start + record + argument + arguments + scope + user + call + finish + r#type + value
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let wrap = |value| Opaque(std::rc::Rc::new(value));
    assert_eq!(*opaque(wrap(1), &wrap(2)).0, 3);
    assert!(opaque_results(wrap(1), false).is_ok());
    assert!(opaque_results(wrap(1), true).is_err());
    assert_eq!(generic([1, 2, 3], Some(2)), [1, 3]);
    assert_eq!(opaque_types("a", |value| value * 2, &[1]).to_string(), "a41");
    let mut sum = 0;
    assert_eq!(objects(&Echo, Box::new(Echo), &mut |value| sum += value).ask("b"), "b");
    assert_eq!(sum, 1);
    let mut text = "a".to_owned();
    assert_eq!(*mutable(&mut vec![], &mut [0], &mut text), 2);
    assert_eq!(text, "A");
    assert_eq!(pointers(|value| value, &3, (), None), 1);
    assert_eq!(futures(std::future::ready(1), "ab").await, (1, 2));
    assert_eq!(borrowed("abc", &mut vec![]).await, 4);
    assert_eq!(names(1, 1, 1, 1, 1, 1, 1, 1, 1, 1), 10);
}
