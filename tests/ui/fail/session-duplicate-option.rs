#[agentops::session(id = 1, id = 2)]
fn run() {}

fn main() {}
