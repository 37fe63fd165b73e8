#[agentops::session(metdata)]
fn run() {}

fn main() {}
