type Size = u8;

#[agentops::task(err(Debug))]
fn run() -> Size {
    3
}

fn main() {}
