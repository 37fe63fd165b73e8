type Size = u8;

#[agentops::task(err(Debug))]
async fn run() -> Size {
    3
}

fn main() {}
