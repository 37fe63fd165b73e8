#[agentops::task(on_cancel = eror)]
fn run() {}

fn main() {}
