//! Types, traits, macros and constants of the program with the names of the prelude's.
#![deny(warnings)]
#![allow(dead_code, unused_macros, non_upper_case_globals, non_camel_case_types)]

enum Option {
    Some,
    None,
}

struct Some;
struct None;
struct Ok;
struct Err;
struct Result;
struct Box;
struct String;
struct str;
struct bool;
struct u32;
trait Future {}
trait Fn {}
trait FnOnce {}
trait Sized {}
trait Send {}
trait Drop {}

mod std {}
mod alloc {}

const value: () = ();
static scope: () = ();
const draft: () = ();

macro_rules! line {
    () => {
        compile_error!("the expansion uses a macro of the program")
    };
}
macro_rules! file {
    () => {
        compile_error!("the expansion uses a macro of the program")
    };
}
macro_rules! module_path {
    () => {
        compile_error!("the expansion uses a macro of the program")
    };
}

#[agentops::session(id = id, baggage(a = id), fields(b = id, c = ?id, d = %id))]
fn run(id: u64) -> u64 {
    id
}

#[agentops::llm_call(provider = "openai", model = model)]
async fn later(model: &'static ::core::primitive::str) -> ::core::option::Option<u64> {
    ::core::option::Option::Some(run(3)).filter(|_| model == "gpt-4o")
}

#[agentops::session]
fn fails() -> ::core::result::Result<u64, ::core::fmt::Error> {
    ::core::result::Result::Err(::core::fmt::Error)
}

fn main() {
    let captured = ::agentops::testing::capture(|| {
        let mut future = ::core::pin::pin!(later("gpt-4o"));
        let mut context = ::core::task::Context::from_waker(::core::task::Waker::noop());
        assert!(::core::future::Future::poll(future.as_mut(), &mut context).is_ready());
        assert!(fails().is_err());
    });
    assert_eq!(
        captured.tree(),
        "llm_call chat gpt-4o\n  session run\nsession fails: error\n"
    );
}
