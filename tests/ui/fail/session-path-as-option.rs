#[agentops::session(user::id = 3)]
fn run() {}

fn main() {}
