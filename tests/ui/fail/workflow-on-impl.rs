struct Worker;

#[agentops::workflow]
impl Worker {}

fn main() {}
