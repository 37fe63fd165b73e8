#[agentops::session(headers = headers)]
fn run() {}

fn main() {}
