#[agentops::session("support chat" id = 3)]
fn run() {}

fn main() {}
