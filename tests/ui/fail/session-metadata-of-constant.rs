const KEY: &str = "plan";

#[agentops::session(metadata({KEY} = 3))]
fn run() {}

fn main() {}
