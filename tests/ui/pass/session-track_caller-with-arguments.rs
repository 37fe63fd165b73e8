//! `Location::caller()` is the caller's line, also where arguments are captured.
#![deny(warnings)]

use std::panic::Location;

#[agentops::session]
#[track_caller]
fn value(add: u32, mut times: u32) -> u32 {
    times += 1;
    if times > 10 {
        return 0;
    }
    Location::caller().line() + add
}

#[agentops::session]
#[track_caller]
fn borrowed<'a>(text: &'a str, list: &'a mut Vec<u32>) -> (&'a str, &'a mut u32) {
    list.push(Location::caller().line());
    (text, &mut list[0])
}

#[agentops::session]
#[track_caller]
fn unit(expected: u32) {
    assert_eq!(Location::caller().line(), expected);
}

struct Agent {
    calls: u32,
}

impl Agent {
    #[agentops::session]
    #[track_caller]
    fn by_value(self, add: u32) -> u32 {
        self.calls + Location::caller().line() + add
    }

    #[agentops::session]
    #[track_caller]
    fn by_reference(&mut self, add: u32) -> &mut u32 {
        self.calls = Location::caller().line() + add;
        &mut self.calls
    }
}

fn main() {
    assert_eq!(value(0, 0), line!());
    assert_eq!(value(0, 10), 0);
    let mut list = vec![];
    assert_eq!(*borrowed("a", &mut list).1, line!());
    unit(line!());
    assert_eq!(Agent { calls: 0 }.by_value(0), line!());
    assert_eq!(*Agent { calls: 0 }.by_reference(0), line!());
}
