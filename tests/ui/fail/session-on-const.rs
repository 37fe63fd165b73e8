#[agentops::session]
pub const LIMIT: u32 = 3;

fn main() {}
