struct Tier;

#[agentops::task(err(Debug))]
fn run() -> Result<u32, Tier> {
    Err(Tier)
}

fn main() {}
