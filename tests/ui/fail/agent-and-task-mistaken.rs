#[agentops::agent(version = 1.2, ret(fields(hits = 3)))]
#[agentops::task(err, args)]
fn run(step: usize) -> usize {
    step
}

fn main() {}
