#[agentops::operation(leaf, baggage(tenant = 7))]
fn run() {}

fn main() {}
