//! Items inside a body keep their scope and shadow nothing of the attribute's.
#![deny(warnings)]

#[agentops::session(id = label())]
fn run(count: u32) -> Count {
    use std::fmt::Write;

    struct Count(u32);
    const FACTOR: u32 = 2;

    fn label() -> Count {
        Count(FACTOR)
    }

    macro_rules! times {
        ($value:expr) => {
            $value * label().0
        };
    }

    let mut text = String::new();
    let _ = write!(text, "{}", times!(count));
    self::Count(text.parse().unwrap())
}

#[derive(Debug, PartialEq)]
struct Count(u32);

fn label() -> &'static str {
    "outer"
}

#[agentops::session]
fn nested() -> u32 {
    #[agentops::session]
    fn inner() -> u32 {
        3
    }
    let closure = || -> Option<u32> { Some(inner() + "1".parse::<u32>().ok()?) };
    closure().unwrap()
}

fn main() {
    let captured = agentops::testing::capture(|| {
        assert_eq!(run(3), Count(6));
        assert_eq!(nested(), 4);
    });
    assert_eq!(
        captured.tree(),
        "session run\nsession nested\n  session inner\n"
    );
    assert_eq!(captured.span("run").str("session.id"), Some("outer"));
}
