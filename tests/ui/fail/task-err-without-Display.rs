struct Tier;

#[agentops::task(err(Display))]
fn run() -> Result<u32, Tier> {
    Err(Tier)
}

fn main() {}
