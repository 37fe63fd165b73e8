#[agentops::session(fields(gen_ai.cost.total = 3))]
fn run() {}

fn main() {}
