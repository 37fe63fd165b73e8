//! Signatures: lifetimes, type parameters, too many arguments, unsafe.

use std::fmt::Display;

#[agentops::session]
pub fn needless_lifetimes<'a>(text: &'a str) -> &'a str {
    text
}

#[agentops::session]
pub async fn needless_lifetimes_later<'a>(text: &'a str) -> &'a str {
    std::future::ready(text).await
}

#[agentops::session]
pub fn unused_lifetime<'a>(value: u8) -> u8 {
    value
}

#[agentops::agent]
pub fn unused_parameter<T>(value: u8) -> u8 {
    value
}

#[agentops::agent]
pub fn impl_trait_argument(text: impl Display, count: u8) -> String {
    text.to_string()
}

#[agentops::agent]
pub fn bounds<T: Clone + ?Sized>(value: &T) -> &T
where
    T: Clone,
{
    value
}

#[agentops::tool]
pub fn many(a: u8, b: u8, c: u8, d: u8, e: u8, f: u8, g: u8, h: u8) -> bool {
    [a, b, c, d] == [e, f, g, h]
}

#[agentops::tool]
pub async fn many_later(a: bool, b: bool, c: bool, d: bool, e: u8, f: u8, g: u8, h: u8) -> bool {
    std::future::ready(a && b && c && d && e == f && g == h).await
}

#[agentops::task]
pub unsafe fn reads(pointer: *const u8) -> u8 {
    *pointer
}

#[agentops::task]
pub fn reads_safely(pointer: *const u8) -> u8 {
    unsafe { *pointer }
}

#[agentops::task]
pub unsafe fn unit_reads(pointer: *const u8) {
    drop(*pointer);
}

#[agentops::task]
pub extern "C" fn foreign(text: &str) -> u8 {
    text.as_bytes()[0]
}

#[agentops::workflow]
pub fn elided(list: &mut Vec<u8>) -> std::slice::Iter<u8> {
    list.iter()
}

#[agentops::workflow]
pub fn large(array: [u8; 1000], other: &mut &mut u8) -> u8 {
    array[0]
}

#[agentops::llm_call]
pub(crate) fn crate_wide(value: u8) -> u8 {
    value
}

#[agentops::llm_call]
fn once(value: u8) -> u8 {
    value
}

#[agentops::llm_call]
pub fn calls_once() -> u8 {
    once(1)
}
