//! Results: large errors, needless wrapping, needless boxes, opaque types.

use std::collections::HashMap;
use std::error::Error;
use std::fmt::Debug;

pub struct Large([u8; 256]);

#[agentops::session]
pub fn large_error(good: bool) -> Result<u8, Large> {
    if good { Ok(1) } else { Err(Large([0; 256])) }
}

#[agentops::session]
pub async fn large_error_later(good: bool) -> Result<u8, Large> {
    std::future::ready(()).await;
    if good { Ok(1) } else { Err(Large([0; 256])) }
}

#[agentops::agent]
fn always_ok(value: u8) -> Result<u8, String> {
    Ok(value)
}

#[agentops::agent]
fn always_some(value: u8) -> Option<u8> {
    Some(value)
}

#[agentops::agent]
pub fn calls() -> Option<u8> {
    always_ok(1).ok()?;
    Some(always_some(2)?)
}

#[agentops::tool]
pub fn unit_error(good: bool) -> Result<(), ()> {
    if good { Ok(()) } else { Err(()) }
}

#[agentops::tool]
pub fn twice(value: Option<u8>) -> Option<Option<u8>> {
    Some(value)
}

#[agentops::tool]
pub fn type_complexity(map: HashMap<String, Vec<Option<Box<dyn Fn(u8, u8) -> Result<u8, Box<dyn Error>> + Send>>>>) -> Vec<Box<dyn Fn(Vec<Option<Box<dyn Debug>>>) -> Result<Option<u8>, Box<dyn Error + Send>>>> {
    drop(map);
    vec![]
}

#[agentops::tool]
pub async fn type_complexity_later() -> Vec<Box<dyn Fn(Vec<Option<Box<dyn Debug>>>) -> Result<Option<u8>, Box<dyn Error + Send>>>> {
    std::future::ready(vec![]).await
}

#[agentops::task]
pub fn boxed(text: Box<String>, list: Box<Vec<u8>>) -> Box<dyn Error> {
    text.as_str().into()
}

#[agentops::task]
pub fn opaque(end: u8) -> impl Iterator<Item = u8> {
    (0..end).into_iter().map(|value| value)
}

#[agentops::task]
pub fn opaque_fails(text: &str, spare: u8) -> Result<impl Debug + use<>, std::num::ParseIntError> {
    let number: u8 = text.parse()?;
    return Ok(number);
}

#[agentops::workflow]
pub fn closure(by: u8) -> impl Fn(u8) -> u8 {
    return move |value| value + by;
}

#[agentops::workflow]
#[must_use]
pub fn must_use(value: u8) -> u8 {
    value
}

#[agentops::workflow]
#[deprecated]
pub fn old() {}

#[agentops::workflow]
pub fn uses() {
    must_use(1);
    old();
    large_error(true);
    opaque(3);
}

#[agentops::llm_call]
pub fn defaults() -> (u8, String, f32) {
    (Default::default(), Default::default(), 0.1 + 0.2 as f32)
}
