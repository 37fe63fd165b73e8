#[agentops::session(baggage(user.id))]
fn run() {}

fn main() {}
