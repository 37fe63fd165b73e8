//! Arguments that are unused, changed for nothing, oddly named or passed the wrong way.

use std::rc::Rc;
use std::sync::Arc;

#[agentops::session]
pub fn unused_sync(spare: u8, used: u8) -> u8 {
    used
}

#[agentops::agent]
pub fn unused_unit(spare: u8) {}

#[agentops::tool]
pub async fn unused_later(spare: u8) -> u8 {
    std::future::ready(1).await
}

#[agentops::task]
#[track_caller]
pub fn unused_tracked(spare: u8) -> u8 {
    1
}

#[agentops::workflow]
pub fn unused_pattern((left, right): (u8, u8), [first, ..]: [u8; 2]) -> u8 {
    left
}

#[agentops::llm_call(model = used)]
pub fn used_by_an_option(used: &str, size: usize) -> usize {
    used.len()
}

#[agentops::operation]
pub fn unused_mut_sync(mut count: u8) -> u8 {
    count
}

#[agentops::operation]
pub fn unused_mut_unit(mut count: Vec<u8>) {
    drop(count);
}

#[agentops::operation]
pub async fn unused_mut_later(mut count: u8) -> u8 {
    std::future::ready(count).await
}

#[agentops::operation(leaf)]
pub fn unused_mut_leaf(mut count: u8) -> u8 {
    count
}

#[agentops::guardrail]
pub fn assigned_for_nothing(mut value: u8) -> u8 {
    value = 3;
    value = 4;
    value
}

#[agentops::guardrail]
pub async fn assigned_for_nothing_later(mut value: u8) {
    value = 3;
    std::future::ready(()).await;
}

#[agentops::session]
pub fn notSnakeCase(Argument: u8, otherArgument: u8) -> u8 {
    Argument | otherArgument
}

#[agentops::session]
pub async fn notSnakeCaseLater(Argument: u8) -> u8 {
    std::future::ready(Argument).await
}

#[agentops::agent]
pub fn underscored(_used: u8, _unused: u8) -> u8 {
    _used
}

#[agentops::agent]
pub async fn underscored_later(_used: u8, _unused: u8) -> u8 {
    std::future::ready(_used).await
}

#[agentops::tool]
pub fn by_value(text: String, list: Vec<u8>) -> usize {
    text.len()
}

#[agentops::tool]
pub fn by_value_unit(text: String) {
    assert!(text.is_empty(), "it is not empty");
}

#[agentops::tool]
#[track_caller]
pub fn by_value_tracked(text: String) -> usize {
    text.len()
}

#[agentops::tool]
pub async fn by_value_later(text: String) -> usize {
    std::future::ready(text.len()).await
}

#[agentops::task]
pub fn by_reference(text: &String, list: &Vec<u8>, small: &u8, boxed: &Box<u8>) -> bool {
    text.is_empty() && list.is_empty() && *small == **boxed
}

#[agentops::task]
pub fn by_mutable_reference(count: &mut u8, list: &mut Vec<u8>) -> u8 {
    list.clear();
    *count
}

#[agentops::task]
pub fn counted(text: Rc<String>, list: Arc<Vec<u8>>, optional: &Option<u8>) -> bool {
    text.is_empty() && list.is_empty() && optional.is_none()
}

#[agentops::workflow]
pub fn shadows(value: u8, other: Option<u8>) -> u8 {
    let value = value;
    let value = value.wrapping_add(1);
    let Some(other) = other else { return value };
    let value = other;
    value
}

#[agentops::workflow]
pub async fn shadows_later(value: u8, other: u8) -> u8 {
    let value = value;
    let value = std::future::ready(other).await;
    value
}

#[agentops::llm_call]
#[allow(unused_variables, reason = "what is allowed stays quiet")]
pub fn allowed(spare: u8, mut also: u8) {}

#[agentops::llm_call]
#[expect(unused_variables, reason = "what is expected is found")]
pub async fn expected(spare: u8) -> u8 {
    std::future::ready(1).await
}

#[agentops::llm_call]
#[expect(unused_variables, reason = "and missed where it is not there")]
pub fn expected_for_nothing(used: u8) -> u8 {
    used
}
