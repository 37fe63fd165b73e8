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
    assert_eq!(run(1, 2), 12);
}
