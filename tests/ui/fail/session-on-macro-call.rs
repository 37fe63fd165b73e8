#[agentops::session]
thread_local! {}

fn main() {}
