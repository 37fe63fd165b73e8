struct Tier;

#[agentops::task(err(|error| error))]
fn run() -> Result<u32, Tier> {
    Err(Tier)
}

fn main() {}
