//! Eighteen async functions, each awaiting the next, spawned at the default recursion limit.
#![deny(warnings)]

#[agentops::session]
async fn step_1(value: u32) -> Result<u32, String> {
    step_2(value + 1).await
}

#[agentops::agent]
async fn step_2(value: u32) -> Result<u32, String> {
    step_3(value + 1).await
}

#[agentops::workflow]
async fn step_3(value: u32) -> Result<u32, String> {
    step_4(value + 1).await
}

#[agentops::task]
async fn step_4(value: u32) -> Result<u32, String> {
    step_5(value + 1).await
}

#[agentops::operation]
async fn step_5(value: u32) -> Result<u32, String> {
    step_6(value + 1).await
}

#[agentops::tool]
async fn step_6(value: u32) -> Result<u32, String> {
    step_7(value + 1).await
}

#[agentops::guardrail]
async fn step_7(value: u32) -> Result<u32, String> {
    step_8(value + 1).await
}

#[agentops::llm_call]
async fn step_8(value: u32) -> Result<u32, String> {
    step_9(value + 1).await
}

#[agentops::session]
async fn step_9(value: u32) -> Result<u32, String> {
    step_10(value + 1).await
}

#[agentops::agent]
async fn step_10(value: u32) -> Result<u32, String> {
    step_11(value + 1).await
}

#[agentops::workflow]
async fn step_11(value: u32) -> Result<u32, String> {
    step_12(value + 1).await
}

#[agentops::task]
async fn step_12(value: u32) -> Result<u32, String> {
    step_13(value + 1).await
}

#[agentops::operation]
async fn step_13(value: u32) -> Result<u32, String> {
    step_14(value + 1).await
}

#[agentops::tool]
async fn step_14(value: u32) -> Result<u32, String> {
    step_15(value + 1).await
}

#[agentops::guardrail]
async fn step_15(value: u32) -> Result<u32, String> {
    step_16(value + 1).await
}

#[agentops::llm_call]
async fn step_16(value: u32) -> Result<u32, String> {
    step_17(value + 1).await
}

#[agentops::session]
async fn step_17(value: u32) -> Result<u32, String> {
    step_18(value + 1).await
}

#[agentops::agent]
async fn step_18(value: u32) -> Result<u32, String> {
    tokio::task::yield_now().await;
    Ok(value + 1)
}

#[tokio::main]
async fn main() {
    let captured = agentops::testing::capture_async(async {
        let chain = tokio::spawn(agentops::in_context(step_1(0)));
        assert_eq!(chain.await.unwrap(), Ok(18));
        assert_eq!(tokio::spawn(step_1(0)).await.unwrap(), Ok(18));
    })
    .await;
    assert_eq!(captured.spans.len(), 18, "the second one has no context");
    let tree = captured.tree();
    let deepest = tree.lines().map(|line| line.len() - line.trim_start().len()).max();
    assert_eq!(deepest, Some(2 * 17));
}
