#[agentops::workflow]
const fn run() {}

fn main() {}
