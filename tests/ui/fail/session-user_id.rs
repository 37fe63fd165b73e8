#[agentops::session(user_id = 7)]
fn run() {}

fn main() {}
