#[agentops::operation(leaf)]
async fn run() {}

fn main() {}
