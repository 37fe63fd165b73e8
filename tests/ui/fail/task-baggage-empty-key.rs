#[agentops::task(baggage("" = 3))]
fn run() {}

fn main() {}
