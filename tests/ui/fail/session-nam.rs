#[agentops::session(nam)]
fn run() {}

fn main() {}
