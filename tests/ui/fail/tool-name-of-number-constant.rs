const SIZE: usize = 3;

#[agentops::tool(name = SIZE)]
fn run() {}

fn main() {}
