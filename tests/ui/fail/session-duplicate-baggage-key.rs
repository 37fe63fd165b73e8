#[agentops::session(baggage(user.id = 3, user.id = 4))]
fn run() {}

fn main() {}
