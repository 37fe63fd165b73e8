const SIZE: usize = 3;

#[agentops::task(name = SIZE)]
fn run() {}

fn main() {}
