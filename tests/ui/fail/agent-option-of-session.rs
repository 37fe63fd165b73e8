#[agentops::agent(user = "u-7")]
fn run() {}

fn main() {}
