#[agentops::task(baggage(tenant =))]
fn run() {}

fn main() {}
