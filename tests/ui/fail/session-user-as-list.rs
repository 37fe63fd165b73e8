#[agentops::session(user(id = 7))]
fn run() {}

fn main() {}
