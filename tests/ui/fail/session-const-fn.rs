#[agentops::session]
const fn run() -> u32 {
    3
}

fn main() {}
