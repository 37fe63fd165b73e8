//! Both attributes on one function: the upper one's span holds the lower one's.
#![deny(warnings)]

#[agentops::session(id = id)]
#[agentops::llm_call(model = "gpt-4o")]
fn both(id: u32, mut list: Vec<u32>) -> Vec<u32> {
    list.push(id);
    list
}

#[agentops::llm_call(model = model)]
#[agentops::session]
async fn both_later(model: &str) -> Result<&str, std::fmt::Error> {
    std::future::ready(()).await;
    Ok(model)
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let captured = agentops::testing::capture_async(async {
        assert_eq!(both(3, vec![]), [3]);
        assert_eq!(both_later("gpt-4o").await, Ok("gpt-4o"));
    });
    assert_eq!(
        captured.await.tree(),
        "session both\n  llm_call chat gpt-4o\nllm_call chat gpt-4o\n  session both_later\n"
    );
}
