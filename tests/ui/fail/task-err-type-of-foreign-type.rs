struct Tier;

#[agentops::task(err(type = |error| error))]
fn run() -> Result<u32, Tier> {
    Err(Tier)
}

fn main() {}
