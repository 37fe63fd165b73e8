const KEY: &str = "tenant";

#[agentops::task(fields({KEY} = 3, {KEY} = 4))]
fn run() {}

fn main() {}
