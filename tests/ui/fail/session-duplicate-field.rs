#[agentops::session(fields(user.tier = "gold", "user.tier" = 3))]
fn run() {}

fn main() {}
