#[agentops::session(user.tier = "gold")]
fn run() {}

fn main() {}
