//! Functions that a `macro_rules!` writes keep their own names and arguments.
#![deny(warnings)]

macro_rules! function {
    ($name:ident, $label:literal, $id:expr, $argument:ident, $output:ty) => {
        #[agentops::session($label, id = $id, fields(given = $argument))]
        fn $name(x: u32, $argument: u32) -> $output {
            x * 10 + $argument
        }
    };
}

function!(run, "label", 1 + 2, x, u32);

fn main() {
    let captured = agentops::testing::capture(|| assert_eq!(run(1, 2), 12));
    assert_eq!(captured.tree(), "session label\n");
    assert_eq!(captured.span("label").int("given"), Some(2));
    assert_eq!(captured.span("label").str("session.id"), Some("3"));
}
