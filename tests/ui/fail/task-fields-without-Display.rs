struct Tier;

#[agentops::task(fields(tier = %tier))]
fn run(tier: &Tier) {
    let _ = tier;
}

fn main() {}
