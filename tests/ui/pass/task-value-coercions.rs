//! Values that become what the signature says: trait objects, slices, pointers, references.
#![deny(warnings)]

use std::fmt::{Debug, Display};
use std::rc::Rc;
use std::sync::Arc;

#[agentops::task]
fn closure(add: u8) -> Result<Box<dyn Fn(u8) -> u8>, String> {
    Ok(Box::new(move |value| value + add))
}

#[agentops::task]
async fn closure_later(add: u8) -> Result<Box<dyn Fn(u8) -> u8 + Send>, String> {
    if add == 0 {
        return Ok(Box::new(|value| value));
    }
    Ok(Box::new(move |value| value + add))
}

#[agentops::task]
fn closure_of_arguments() -> Box<dyn for<'a> Fn(&'a str, u8) -> &'a str> {
    Box::new(|text, at| &text[usize::from(at)..])
}

#[agentops::task]
fn pointer(double: bool) -> fn(u8) -> u8 {
    if double { |value| value * 2 } else { |value| value }
}

#[agentops::task]
fn slice(list: &Vec<u8>) -> &[u8] {
    list
}

#[agentops::task]
fn unsized_array(list: &[u8; 2]) -> &[u8] {
    list
}

#[agentops::task]
async fn text(text: &String) -> &str {
    text
}

#[agentops::task]
fn shared(value: &mut u8) -> &u8 {
    value
}

#[agentops::task]
fn reborrowed(value: &mut Box<u8>) -> &mut u8 {
    value
}

#[agentops::task]
fn object(value: u8) -> Rc<dyn Debug> {
    Rc::new(value)
}

#[agentops::task]
fn list(value: u8) -> Vec<Box<dyn Display>> {
    vec![Box::new(value), Box::new("text")]
}

#[agentops::task]
fn boxed_slice() -> Box<[u8]> {
    Box::new([1, 2])
}

#[agentops::task]
fn upcast(value: Arc<dyn Upper>) -> Arc<dyn Debug> {
    value
}

trait Upper: Debug {}
impl Upper for u8 {}

#[agentops::task]
fn branches(first: bool) -> Box<dyn Iterator<Item = u8>> {
    if first {
        Box::new(0..2)
    } else {
        Box::new([1, 2, 3].into_iter())
    }
}

#[agentops::task]
fn array(value: u8) -> [Option<Box<dyn Debug>>; 2] {
    [Some(Box::new(value)), None]
}

#[agentops::task]
fn raw(value: &mut u8) -> *const u8 {
    value
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let captured = agentops::testing::capture_async(async {
        assert_eq!(closure(1).unwrap()(2), 3);
        assert_eq!(closure_later(0).await.unwrap()(2), 2);
        assert_eq!(closure_of_arguments()("text", 2), "xt");
        assert_eq!((pointer(true)(2), pointer(false)(2)), (4, 2));
        assert_eq!((slice(&vec![1]), unsized_array(&[1, 2])), (&[1][..], &[1, 2][..]));
        assert_eq!(text(&"text".to_owned()).await, "text");
        assert_eq!((shared(&mut 1), reborrowed(&mut Box::new(2))), (&1, &mut 2));
        assert_eq!(format!("{:?}", object(1)), "1");
        assert_eq!(list(1).iter().map(ToString::to_string).collect::<String>(), "1text");
        assert_eq!(*boxed_slice(), [1, 2]);
        assert_eq!(format!("{:?}", upcast(Arc::new(3))), "3");
        assert_eq!((branches(true).count(), branches(false).count()), (2, 3));
        assert!(array(1)[0].is_some());
        assert!(!raw(&mut 1).is_null());
    })
    .await;
    assert_eq!(captured.spans.len(), 18);
}
