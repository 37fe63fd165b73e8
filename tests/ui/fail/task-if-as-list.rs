#[agentops::task(if(true))]
fn run() {}

fn main() {}
