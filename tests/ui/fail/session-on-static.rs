#[agentops::session]
static SIZE: usize = 3;

fn main() {}
