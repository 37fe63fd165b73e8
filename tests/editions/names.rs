//! Names that became keywords in edition 2024.

use agentops::testing::capture;

#[agentops::tool(fields(gen = gen))]
fn gen(gen: u8, other: &u8) -> u8 {
    gen + other
}

#[agentops::tool]
async fn later(mut gen: u8) -> u8 {
    gen += 1;
    std::future::ready(gen).await
}

pub fn main() {
    let captured = capture(|| {
        assert_eq!(gen(1, &2), 3);
        assert_eq!(crate::functions::run(later(1)), 2);
    });
    assert_eq!(captured.span("execute_tool gen").int("gen"), Some(1));
    assert_eq!(captured.span("execute_tool gen").kind, "tool");
    assert_eq!(captured.spans.len(), 2);
}
