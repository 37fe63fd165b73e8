//! A facade crate can point the expansions at its own re-export.
#![deny(warnings)]

pub mod reexport {
    pub use agentops::*;
}

#[macro_export]
macro_rules! facade_session {
    ($name:ident) => {
        #[agentops::session(crate = $crate::reexport)]
        fn $name(id: u32) -> Result<u32, std::fmt::Error> {
            Ok(id)
        }
    };
}

facade_session!(through_macro);

#[reexport::session(crate = crate::reexport, id = id, baggage(id = id), fields(id = id))]
fn run(id: u32) -> u32 {
    id
}

#[reexport::llm_call(crate = crate::reexport, model = "gpt-4o")]
async fn later(id: u32) -> Result<u32, String> {
    Ok(id)
}

fn main() {
    let captured = reexport::testing::capture(|| {
        assert_eq!(run(3), 3);
        assert_eq!(through_macro(3), Ok(3));
        drop(later(3));
    });
    assert_eq!(captured.tree(), "session run\nsession through_macro\n");
}
