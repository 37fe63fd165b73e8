#[agentops::session]
mod agent {}

fn main() {}
