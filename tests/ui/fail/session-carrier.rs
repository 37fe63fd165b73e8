#[agentops::session(carrier = headers)]
fn run() {}

fn main() {}
