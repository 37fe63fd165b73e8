//! The attributes by import, renamed, and through a glob.
#![deny(warnings)]

mod renamed {
    use agentops::session as run_of_the_agent;

    #[run_of_the_agent]
    pub fn run() -> u32 {
        super::globbed::call()
    }
}

mod globbed {
    use agentops::*;

    #[llm_call(model = "gpt-4o")]
    pub fn call() -> u32 {
        super::session()
    }
}

/// Functions may have the attribute's own name.
#[agentops::session]
fn session() -> u32 {
    3
}

fn main() {
    let captured = agentops::testing::capture(|| assert_eq!(renamed::run(), 3));
    assert_eq!(
        captured.tree(),
        "session run\n  llm_call chat gpt-4o\n    session session\n"
    );
}
