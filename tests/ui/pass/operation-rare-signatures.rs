//! Rare signatures: parameters named like primitives, projections, macros as types, deep bounds.
#![deny(warnings)]
#![allow(non_camel_case_types)]

use std::fmt::Debug;
use std::marker::PhantomData;
use std::rc::Rc;

trait Family {
    type Member<'a, T: 'a>;
    const COUNT: usize;

    fn member<'a, T>(value: &'a T) -> Self::Member<'a, T>;
}

struct References;

impl Family for References {
    type Member<'a, T: 'a> = &'a T;
    const COUNT: usize = 2;

    #[agentops::operation]
    fn member<'a, T>(value: &'a T) -> Self::Member<'a, T> {
        value
    }
}

#[agentops::operation]
fn primitives<bool, u8, str, usize>(a: bool, _: u8, _: PhantomData<str>, b: usize) -> (bool, usize) {
    (a, b)
}

#[agentops::operation]
async fn primitives_later<Option, String>(option: Option, _: &String) -> Option {
    option
}

#[agentops::operation]
fn projected<F: Family, T>(value: &T) -> (F::Member<'_, T>, [(); 2])
where
    F: Family,
    for<'a> F::Member<'a, T>: Clone,
{
    assert_eq!(<F as Family>::COUNT, 2);
    (F::member(value).clone(), [(); 2])
}

#[agentops::operation]
async fn projected_later<I>(mut items: I) -> Option<<I as Iterator>::Item>
where
    I: Iterator<Item: Debug + Clone>,
{
    items.next()
}

#[agentops::operation]
fn nested_borrow<'a>(list: &mut Vec<&'a str>, text: &'a str) -> Option<&'a str> {
    list.push(text);
    list.first().copied()
}

#[agentops::operation]
fn same_lifetime<'a>(list: &'a mut Vec<&'a str>) -> &'a mut [&'a str] {
    list
}

#[agentops::operation]
fn higher_rank(calls: &[&dyn for<'a> Fn(&'a str) -> Box<dyn Debug + 'a>]) -> Vec<String> {
    let text = "text".to_owned();
    calls.iter().map(|call| format!("{:?}", call(&text))).collect()
}

#[agentops::operation]
async fn generic_closure<F, R>(call: F) -> R
where
    F: AsyncFnOnce(u8) -> R,
{
    call(1).await
}

struct Agent<const NAME: char>;

impl<const NAME: char> Agent<NAME> {
    #[agentops::operation]
    fn behind(self: &Rc<Self>) -> char {
        NAME
    }

    #[agentops::operation]
    async fn outlives<'a>(&'a self, text: &'a str) -> (&'a Self, &'a str)
    where
        Self: 'a,
    {
        (self, text)
    }
}

#[agentops::operation]
fn const_block() -> [Option<Vec<u8>>; 2] {
    [const { None }; 2]
}

#[agentops::operation]
fn empty_tuple_of_types() -> ((), [(); 0], PhantomData<fn() -> !>) {
    Default::default()
}

#[agentops::operation]
fn unsafe_body(bytes: &[u8]) -> &str {
    unsafe { std::str::from_utf8_unchecked(bytes) }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let captured = agentops::testing::capture_async(async {
        assert_eq!(*References::member(&1), 1);
        assert_eq!(primitives(1, 2, PhantomData::<u8>, 3), (1, 3));
        assert_eq!(primitives_later(1, &2).await, 1);
        assert_eq!(projected::<References, _>(&3).0, &3);
        assert_eq!(projected_later([4, 5].into_iter()).await, Some(4));
        assert_eq!(nested_borrow(&mut vec![], "text"), Some("text"));
        same_lifetime(&mut vec!["a"])[0] = "b";
        assert_eq!(higher_rank(&[&|text| Box::new(text)]), ["\"text\""]);
        assert_eq!(generic_closure(async |value| value + 1).await, 2);
        assert_eq!(Rc::new(Agent::<'x'>).behind(), 'x');
        assert_eq!(Agent::<'y'>.outlives("text").await.1, "text");
        assert_eq!(const_block(), [None, None]);
        empty_tuple_of_types();
        assert_eq!(unsafe_body(b"text"), "text");
    })
    .await;
    assert_eq!(captured.spans.len(), 14 + 1);
}
