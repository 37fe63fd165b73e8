#[agentops::workflow]
pub struct Steps {}

fn main() {}
