//! The functions in edition 2021, where `gen` is no keyword.
#![deny(warnings)]

#[path = "../../functions.rs"]
mod functions;
#[path = "../../names.rs"]
mod names;

fn main() {
    functions::main();
    names::main();
}
