#[agentops::session(frobnicate)]
fn run() {}

fn main() {}
