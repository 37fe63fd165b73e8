#[agentops::workflow(metrics = "no")]
fn run() {}

fn main() {}
