#[agentops::agent(tags(""))]
fn run() {}

fn main() {}
