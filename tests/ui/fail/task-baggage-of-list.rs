#[agentops::task(baggage(tenant(3)))]
fn run() {}

fn main() {}
