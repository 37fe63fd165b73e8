#[agentops::task(parent = parent, root)]
fn run(parent: &agentops::Session) {
    let _ = parent;
}

fn main() {}
