#[agentops::session(flsh)]
fn run() {}

fn main() {}
