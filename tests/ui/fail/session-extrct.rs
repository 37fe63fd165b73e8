#[agentops::session(extrct)]
fn run() {}

fn main() {}
