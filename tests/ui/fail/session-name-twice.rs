#[agentops::session("support chat", name = "chat")]
fn run() {}

fn main() {}
