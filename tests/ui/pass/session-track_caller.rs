//! `Location::caller()` is the caller's line, with the attribute above and below.
#![deny(warnings)]

use std::panic::Location;

#[agentops::session]
#[track_caller]
fn below() -> u32 {
    Location::caller().line()
}

#[track_caller]
#[agentops::session]
fn above(add: u32) -> Result<u32, std::fmt::Error> {
    Ok(Location::caller().line() + add)
}

struct Agent;

impl Agent {
    #[agentops::session]
    #[track_caller]
    fn place(&self) -> &'static Location<'static> {
        Location::caller()
    }

    #[agentops::session]
    #[track_caller]
    fn unit(&self, expected: u32) {
        assert_eq!(Location::caller().line(), expected);
    }
}

fn main() {
    let captured = agentops::testing::capture(|| {
        assert_eq!(below(), line!());
        assert_eq!(above(0), Ok(line!()));
        assert_eq!(Agent.place().line(), line!());
        Agent.unit(line!());
    });
    assert_eq!(
        captured.tree(),
        "session below\nsession above\nsession place\nsession unit\n"
    );
}
