#[agentops::agent(nmae = "planner")]
fn run() {}

fn main() {}
