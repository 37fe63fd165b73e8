//! Without the prelude, every attribute on every shape of function.
#![no_implicit_prelude]
#![deny(warnings)]

use ::std::assert_eq;

#[allow(dead_code)]
mod std {}

macro_rules! every {
    ($($attribute:ident)*) => {
        $(
            mod $attribute {
                pub struct Boxed;

                #[::agentops::$attribute]
                pub fn sync(id: u32, text: &str) -> ::std::option::Option<&str> {
                    if id == 0 { return ::std::option::Option::None; }
                    ::std::option::Option::Some(text)
                }

                #[::agentops::$attribute]
                pub fn unit(id: &mut u32) {
                    *id += 1;
                }

                #[::agentops::$attribute]
                pub async fn later(id: u32) -> ::std::result::Result<u32, ::std::string::String> {
                    ::std::result::Result::Err(::std::string::ToString::to_string(&id))
                }

                #[::agentops::$attribute]
                pub fn future(id: u32) -> impl ::std::future::Future<Output = u32> {
                    ::std::future::ready(id)
                }

                #[::agentops::$attribute]
                pub fn boxed(id: u32) -> ::std::pin::Pin<::std::boxed::Box<dyn ::std::future::Future<Output = u32>>> {
                    ::std::boxed::Box::pin(async move { id })
                }

                #[::agentops::$attribute]
                #[track_caller]
                pub fn tracked(id: u32) -> u32 {
                    id
                }

                impl Boxed {
                    #[::agentops::$attribute]
                    pub fn method(self: ::std::boxed::Box<Self>) -> ::std::boxed::Box<Self> {
                        self
                    }
                }
            }
        )*

        async fn calls() {
            let mut sum = 0;
            $(
                assert_eq!($attribute::sync(1, "text"), ::std::option::Option::Some("text"));
                $attribute::unit(&mut sum);
                assert_eq!($attribute::later(3).await, ::std::result::Result::Err(::std::string::ToString::to_string("3")));
                sum += $attribute::future(1).await + $attribute::boxed(1).await + $attribute::tracked(1);
                ::std::mem::drop(::std::boxed::Box::new($attribute::Boxed).method());
            )*
            assert_eq!(sum, 8 * 4);
        }
    };
}

every!(session agent workflow task operation tool guardrail llm_call);

fn main() {
    let runtime = ::tokio::runtime::Builder::new_current_thread().build();
    let runtime = ::std::result::Result::unwrap(runtime);
    let captured = runtime.block_on(::agentops::testing::capture_async(calls()));
    assert_eq!(captured.spans.len(), 8 * 7);
    let failed = ::std::iter::Iterator::filter(captured.spans.iter(), |span| span.status == "error");
    assert_eq!(::std::iter::Iterator::count(failed), 8);
}
