#[agentops::session(metadata(plan =))]
fn run() {}

fn main() {}
