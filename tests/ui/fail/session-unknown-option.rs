#[agentops::session(nmae = "support chat")]
fn run() {}

fn main() {}
