pub struct Agent;

#[agentops::session]
impl Agent {}

fn main() {}
