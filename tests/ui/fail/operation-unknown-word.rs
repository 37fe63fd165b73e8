#[agentops::operation(frobnicate)]
fn run() {}

fn main() {}
