struct Tier;

#[agentops::task(ret(Display))]
fn run(tier: Tier) -> Tier {
    tier
}

fn main() {}
