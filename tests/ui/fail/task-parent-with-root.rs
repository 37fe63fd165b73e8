#[agentops::task(root, parent = parent)]
fn run(parent: &agentops::Session) {
    let _ = parent;
}

fn main() {}
