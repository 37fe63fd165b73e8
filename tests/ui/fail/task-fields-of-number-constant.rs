const KEY: usize = 3;

#[agentops::task(fields({KEY} = 3))]
fn run() {}

fn main() {}
