//! Unused arguments are still warned about where they are captured, used ones are not.
#![deny(warnings)]

#[agentops::session]
fn closure(used: u32, also: &str) -> String {
    format!("{used}{also}")
}

#[agentops::session]
fn guard(used: u32, mut changed: Vec<u32>) {
    changed.push(used);
    assert_eq!(changed.len(), 1);
}

#[agentops::session]
async fn future(used: u32, (left, right): (u32, u32)) -> u32 {
    used + left + right
}

#[agentops::session]
#[expect(unused_variables, reason = "a closure does not hide it")]
fn unused_in_closure(spare: u32) -> u32 {
    1
}

#[agentops::session]
#[expect(unused_variables, reason = "a guard does not hide it")]
fn unused_in_guard(spare: u32) {}

#[agentops::session]
#[track_caller]
#[expect(unused_variables, reason = "a guard with a value does not hide it")]
fn unused_in_tracked(spare: u32) -> u32 {
    1
}

#[agentops::session]
#[expect(unused_variables, reason = "a future does not hide it")]
async fn unused_in_future(spare: u32) {}

#[agentops::session]
#[expect(unused_variables, reason = "a pattern does not hide it")]
fn unused_in_pattern((left, right): (u32, u32)) -> u32 {
    left
}

#[agentops::session]
#[expect(unused_mut, reason = "captured once, changed never")]
fn unchanged(mut count: u32) {
    assert_eq!(count, 1);
}

#[agentops::session]
#[agentops::task]
#[expect(unused_variables, reason = "two attributes do not hide it")]
fn unused_below_two(spare: u32) {}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    assert_eq!(closure(1, "2"), "12");
    guard(1, vec![]);
    assert_eq!(future(1, (2, 3)).await, 6);
    unused_in_closure(1);
    unused_in_guard(1);
    unused_in_tracked(1);
    unused_in_future(1).await;
    unused_in_pattern((1, 2));
    unchanged(1);
    unused_below_two(1);
}
