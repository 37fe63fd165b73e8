const KEY: &str = "tenant";

#[agentops::task(baggage({KEY} = 3))]
fn run() {}

fn main() {}
