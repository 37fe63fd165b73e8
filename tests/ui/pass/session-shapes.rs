//! Sessions on every shape of function, called and compared with their plain results.
#![deny(warnings)]
#![forbid(unreachable_code)]

use std::fmt::{Debug, Display};
use std::sync::Mutex;

struct Agent {
    chat: u32,
    steps: Vec<String>,
}

impl Agent {
    #[agentops::session(id = self.chat)]
    fn last(&mut self, step: String) -> Option<&mut String> {
        self.steps.push(step);
        self.steps.last_mut()
    }

    #[agentops::session("finish")]
    fn finish(mut self) -> Vec<String> {
        self.steps.push("end".to_owned());
        self.steps
    }
}

trait Tool {
    #[agentops::session(id = self.id())]
    fn run(&self) -> u32 {
        self.id() + 1
    }

    fn id(&self) -> u32;
}

impl Tool for u32 {
    #[agentops::session]
    fn id(&self) -> u32 {
        *self
    }
}

#[agentops::session]
fn unit(count: &mut u32) {
    *count += 1;
}

#[agentops::session(fields(input = ?input, rest = rest.len(), later))]
fn generic<'a, T: Debug + Display, const N: usize>(input: &'a T, rest: [u8; N]) -> (&'a T, usize) {
    (input, rest.len())
}

#[agentops::session]
fn patterns((left, mut right): (u32, u32), _: String, _unused: u8) -> u32 {
    right += left;
    right
}

#[agentops::session]
fn numbers(end: u32) -> impl Iterator<Item = u32> {
    0..end
}

#[agentops::session]
fn boxed(input: &str) -> Result<u32, Box<dyn std::error::Error>> {
    if input.is_empty() {
        return Err("empty".into());
    }
    Ok(input.parse()?)
}

#[agentops::session]
fn tail_temporary(lock: Mutex<Vec<u8>>) -> usize {
    lock.lock().map_or(0, |list| list.len())
}

#[agentops::session]
#[track_caller]
fn line() -> u32 {
    std::panic::Location::caller().line()
}

#[agentops::session]
fn never() -> ! {
    std::process::exit(0)
}

/// # Safety
///
/// `input` is valid.
#[agentops::session]
unsafe extern "C" fn foreign(input: *const u32) -> u32 {
    unsafe { *input }
}

#[agentops::session]
fn main() -> Result<(), String> {
    let mut agent = Agent {
        chat: 7,
        steps: Vec::new(),
    };
    assert_eq!(
        agent.last("start".to_owned()).map(|step| step.len()),
        Some(5)
    );
    assert_eq!(agent.finish(), ["start", "end"]);
    assert_eq!(3.run(), 4);
    let mut count = 0;
    unit(&mut count);
    assert_eq!(count, 1);
    assert_eq!(generic(&1, [0, 0]), (&1, 2));
    assert_eq!(patterns((1, 2), String::new(), 3), 3);
    assert_eq!(numbers(3).sum::<u32>(), 3);
    assert!(boxed("").is_err());
    assert_eq!(boxed("3").ok(), Some(3));
    assert_eq!(tail_temporary(Mutex::new(vec![1])), 1);
    assert_eq!(line(), line!());
    assert_eq!(unsafe { foreign(&raw const count) }, 1);
    never()
}
