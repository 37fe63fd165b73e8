#[agentops::session]
pub struct Agent;

fn main() {}
