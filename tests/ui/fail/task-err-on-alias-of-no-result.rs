type Size = u8;

#[agentops::task(err(|error| error.to_string()))]
fn run() -> Size {
    3
}

fn main() {}
