#[agentops::session(fields(user.id = 7))]
fn run() {}

fn main() {}
