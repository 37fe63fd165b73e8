#[agentops::operation(baggage(tenant = 7), leaf = true)]
fn run() {}

fn main() {}
