#[agentops::task(description = "Searches.")]
fn run() {}

fn main() {}
