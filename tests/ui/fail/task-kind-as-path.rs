#[agentops::task(kind = SpanKind::Client)]
fn run() {}

fn main() {}
