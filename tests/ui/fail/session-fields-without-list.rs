#[agentops::session(fields = "user.tier")]
fn run() {}

fn main() {}
