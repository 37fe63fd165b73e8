#[agentops::task(err(Debug))]
fn run() -> std::pin::Pin<Box<dyn Future<Output = u8>>> {
    Box::pin(async { 3 })
}

fn main() {}
