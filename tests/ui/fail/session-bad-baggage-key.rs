#[agentops::session(baggage("user id" = 3))]
fn run() {}

fn main() {}
