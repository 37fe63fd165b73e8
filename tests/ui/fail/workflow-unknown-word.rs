#[agentops::workflow(frobnicate)]
fn run() {}

fn main() {}
