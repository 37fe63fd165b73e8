//! Neither a missing prelude nor items of the user get in an expansion's way.
#![no_implicit_prelude]
#![deny(warnings)]

#[allow(dead_code)]
pub mod core {}

#[allow(dead_code)]
pub mod agentops {}

pub trait Catch {
    fn finish(&self) {}
    fn record(&self) {}
}

impl<T: ?::std::marker::Sized> Catch for T {}

#[::agentops::session(id = id, baggage(user.id = id), fields(a = ?id, b = %id, c = id))]
pub fn run(id: u32) -> u32 {
    id
}

#[::agentops::session(id = id)]
pub fn unit(id: u32) {
    run(id);
}

#[::agentops::llm_call(provider = "openai", model = "gpt-4o")]
pub async fn later(id: u32) -> ::std::result::Result<u32, ::std::string::String> {
    ::std::result::Result::Ok(id)
}

fn main() {
    let captured = ::agentops::testing::capture(|| {
        ::std::assert_eq!(run(3), 3);
        unit(3);
        ::std::mem::drop(later(3));
    });
    ::std::assert_eq!(
        captured.tree(),
        "session run\nsession unit\n  session run\n"
    );
}
