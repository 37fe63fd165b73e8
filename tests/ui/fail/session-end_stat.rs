#[agentops::session(end_stat)]
fn run() {}

fn main() {}
