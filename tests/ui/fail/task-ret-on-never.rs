#[agentops::task(ret(Debug))]
fn run() -> ! {
    loop {}
}

fn main() {}
