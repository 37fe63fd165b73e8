#[agentops::session]
pub enum Agent {}

fn main() {}
