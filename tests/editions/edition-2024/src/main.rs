//! The functions in edition 2024.
#![deny(warnings)]

#[path = "../../functions.rs"]
mod functions;

fn main() {
    functions::main();
}
