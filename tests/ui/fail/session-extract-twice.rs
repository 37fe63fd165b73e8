#[agentops::session(extract = one, extract = two)]
fn run() {}

fn main() {}
