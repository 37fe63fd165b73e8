#[agentops::session(id =)]
fn run() {}

fn main() {}
