//! Constants of any name can name a span and a field.

const SITE: &str = "site.of.mine";
const KEY: &str = "key.of.mine";

#[agentops::task(name = SITE, fields({SITE} = 1, {KEY} = 2))]
fn run() {}

#[agentops::tool(name = SITE)]
async fn later() {}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let captured = agentops::testing::capture_async(async {
        run();
        later().await;
    })
    .await;
    assert_eq!(captured.tree(), "task site.of.mine\ntool execute_tool site.of.mine\n");
    let span = captured.span("site.of.mine");
    assert_eq!((span.int(SITE), span.int(KEY)), (Some(1), Some(2)));
}
