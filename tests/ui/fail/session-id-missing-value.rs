#[agentops::session(id =, user = 3)]
fn run() {}

fn main() {}
