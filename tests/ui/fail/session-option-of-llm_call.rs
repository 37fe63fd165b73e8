#[agentops::session("support chat", model = "gpt-4o")]
fn run() {}

fn main() {}
