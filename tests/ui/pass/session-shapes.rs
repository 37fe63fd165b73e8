//! An annotated `main` around functions of several shapes; it never returns.
#![deny(warnings)]
#![forbid(unreachable_code)]

use std::sync::Mutex;

#[agentops::session]
fn unit(count: &mut u32) {
    *count += 1;
}

#[agentops::session]
fn boxed(input: &str) -> Result<u32, Box<dyn std::error::Error>> {
    if input.is_empty() {
        return Err("empty".into());
    }
    Ok(input.parse()?)
}

#[agentops::session]
fn coerced(step: u32) -> Box<dyn Fn(u32) -> u32> {
    Box::new(move |value| value + step)
}

#[agentops::session]
fn tail_temporary(lock: Mutex<Vec<u8>>) -> usize {
    lock.lock().map_or(0, |list| list.len())
}

#[agentops::session]
fn never() -> ! {
    std::process::exit(0)
}

fn calls() {
    let mut count = 0;
    unit(&mut count);
    assert_eq!(count, 1);
    assert!(boxed("").is_err());
    assert_eq!(boxed("3").ok(), Some(3));
    assert_eq!(coerced(1)(2), 3);
    assert_eq!(tail_temporary(Mutex::new(vec![1])), 1);
}

#[agentops::session]
fn main() -> Result<(), String> {
    let captured = agentops::testing::capture(calls);
    assert_eq!(
        captured.tree(),
        "session unit\nsession boxed: error\nsession boxed\nsession coerced\nsession tail_temporary\n"
    );
    let error = captured.spans.iter().find(|span| span.status == "error");
    assert_eq!(error.map(|span| span.message.as_str()), Some("empty"));
    never()
}
