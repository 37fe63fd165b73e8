#[agentops::operation(leaf)]
fn tokenize(text: &str) -> Vec<u32> {
    text.bytes().map(u32::from).collect()
}
