#[agentops::task(span_name = "search")]
fn run() {}

fn main() {}
