#[agentops::llm_call]
fn opaque() -> impl Stream<Item = u32> + Send + 'static {
    numbers()
}

#[agentops::llm_call]
async fn opaque_result() -> Result<impl futures_core::Stream<Item = u32>, Error> {
    connect().await
}

#[agentops::llm_call]
fn boxed() -> Pin<Box<dyn Stream<Item = u32> + Send>> {
    Box::pin(numbers())
}

#[agentops::llm_call]
fn cloneable() -> impl Stream<Item = u32> + Clone {
    numbers()
}
