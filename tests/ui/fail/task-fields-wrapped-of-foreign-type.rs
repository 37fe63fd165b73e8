struct Tier;

#[agentops::task(fields(tier = Some(tier)))]
fn run(tier: &Tier) {
    let _ = tier;
}

fn main() {}
