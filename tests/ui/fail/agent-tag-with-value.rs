#[agentops::agent(tags("beta" = 1))]
fn run() {}

fn main() {}
