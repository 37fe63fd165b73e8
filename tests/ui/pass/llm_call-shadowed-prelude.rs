//! Functions, constants, types and macros of the program that are called like the prelude's.
#![deny(warnings)]
#![allow(dead_code, unused_macros, nonstandard_style)]

/// Variants and functions of the prelude, as functions and constants.
const Some: u8 = 1;
const None: u8 = 2;
fn Ok() {}
fn Err() {}
fn drop() {}
fn size_of() {}

struct Vec;
struct Pin;
struct Context;
struct Poll;
struct Option;
struct Iterator;
struct Default;
struct From;
struct Into;
struct Clone;
struct ToOwned;
struct usize;
struct u64;
struct f64;
struct char;
trait AsyncFn {}
trait FnMut {}
trait Sync {}
trait Copy {}
trait Unpin {}
trait Debug {}
trait Display {}
trait Error {}
trait Serialize {}
trait Stream {}

mod core {}
mod agentops {}

macro_rules! shadow {
    ($d:tt $($name:ident)*) => {$(
        macro_rules! $name {
            ($d($d t:tt)*) => {
                ::core::compile_error!("the expansion uses a macro of the program")
            };
        }
    )*};
}

shadow!($ panic unreachable todo format vec matches column stringify concat env include_str
    debug_assert thread_local println eprintln write format_args);

#[::agentops::llm_call(provider = "openai", model = model, fields(size = size))]
fn sync(model: &'static str, size: u8) -> u8 {
    size
}

#[::agentops::llm_call(model = "m")]
async fn later(list: ::std::vec::Vec<u8>) -> ::core::option::Option<u8> {
    list.into_iter().next()
}

#[::agentops::llm_call(model = "n")]
async fn fails() -> ::core::result::Result<u8, ::core::fmt::Error> {
    ::core::result::Result::Err(::core::fmt::Error)
}

#[::agentops::llm_call(model = "o")]
fn boxed() -> ::core::pin::Pin<Box<dyn ::core::future::Future<Output = u8>>> {
    Box::pin(::core::future::ready(1))
}

#[::agentops::llm_call(model = "p")]
fn opaque() -> impl ::core::future::Future<Output = u8> {
    ::core::future::ready(1)
}

#[::agentops::llm_call(model = "q")]
fn never() -> ! {
    ::std::process::exit(0)
}

#[::tokio::main(flavor = "current_thread")]
async fn main() {
    let captured = ::agentops::testing::capture_async(async {
        assert_eq!(sync("l", 3), 3);
        assert!(later(::std::vec::Vec::new()).await.is_none());
        assert!(fails().await.is_err());
        assert_eq!(boxed().await + opaque().await, 2);
    })
    .await;
    assert_eq!(
        captured.tree(),
        "llm_call chat l\nllm_call chat m\nllm_call chat n: error\nllm_call chat o\nllm_call chat p\n"
    );
    never()
}
