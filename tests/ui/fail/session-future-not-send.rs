use std::rc::Rc;

#[agentops::session]
async fn run() -> usize {
    let shared = Rc::new(3);
    std::future::ready(()).await;
    Rc::strong_count(&shared)
}

fn spawn(_: impl Send) {}

fn main() {
    spawn(run());
}
