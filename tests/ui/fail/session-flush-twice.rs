#[agentops::session(flush, flush)]
fn run() {}

fn main() {}
